"""Migrations killed at every statement: the register is the old one or the new one, and a verified backup stands by.

To be run in a process that has no threads, since it forks.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from feedback_tui.storage.backend import schema, schema_version
from feedback_tui.storage.maintenance.backup import backups, backups_folder
from feedback_tui.storage.register import open_register
from tests.torture.count import Count
from tests.torture.damage import everything
from tests.torture.killing import killed
from tests.torture.stock import an_empty_register, furnish

REBUILDS = '''
"""Rebuilds the parent of all tables, and the table of events, with a new column each."""
import sqlalchemy as sa
from alembic import op

revision = "9002"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("feedback_case", recreate="always") as table:
        table.add_column(sa.Column("colour", sa.String(10), nullable=True))
    with op.batch_alter_table("event", recreate="always") as table:
        table.add_column(sa.Column("weather", sa.String(10), nullable=True))
    {then}
'''
REMAKE_TRIGGERS = """
    from feedback_tui.storage.backend.event_triggers import TRIGGERS
    for sql in TRIGGERS.values():
        op.execute(sql)
"""


def next_version(folder: Path, then: str = REMAKE_TRIGGERS) -> Path:
    """A folder of migrations with one more than there are, whose last statements are `then`."""
    migrations = folder / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations)
    text = REBUILDS.format(head=schema_version.HEAD, then=then)
    (migrations / "versions" / "9002_a_new_version.py").write_text(text, "utf-8")
    return migrations


def run(folder: Path, rounds: int) -> Count:
    """Kills a migration at its first statement, its second, and so on, `rounds` times."""
    count = Count("A register is the old or the new one when its migration is killed")
    template = an_empty_register(folder / "template.db")
    register = open_register(str(template))
    furnish(register)
    register.close()
    old = everything(template)
    migrations, path = next_version(folder), folder / "register.db"
    for number in range(rounds):
        shutil.rmtree(backups_folder(path), ignore_errors=True)
        shutil.copyfile(template, path)
        killed(lambda say, number=number: _migrate(path, migrations, number, say), 30)  # type: ignore[misc]
        count.tried += 1
        with closing(sqlite3.connect(path)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()
            shape = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        count.tell("old" if shape == schema_version.HEAD else "new")
        if sound != ("ok",):
            count.broken.append(f"killed at statement {number}: {sound}")
        elif shape == schema_version.HEAD and everything(path) != old:
            count.broken.append(f"killed at statement {number}: neither old nor new")
        elif not any(everything(kept.path) == old for kept in backups(str(path))):
            count.broken.append(f"killed at statement {number}: no backup")
        if shape != schema_version.HEAD:
            break
    return count


def _migrate(path: Path, migrations: Path, statement: int, say: Callable[[str], None]) -> None:
    schema.MIGRATIONS, schema_version.HEAD = migrations, "9002"
    seen = [0]

    def die(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        if seen[0] or sql.startswith(("CREATE", "INSERT", "DROP", "ALTER")):
            seen[0] += 1
        if seen[0] > statement:
            os.kill(os.getpid(), signal.SIGKILL)

    migrate = schema.migrate

    def watched(engine: Engine) -> None:
        event.listen(engine, "before_cursor_execute", die)
        migrate(engine)

    schema.migrate = watched
    open_register(str(path)).close()
    say("migrated")
