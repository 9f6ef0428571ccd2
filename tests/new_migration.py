"""Begins a migration: ``make migration NAME=what_it_does`` writes its file and raises HEAD.

The number is the next free one; the newest migration is the one before it. What it does is written by hand, as SQL.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from feedback_tui.storage.backend import schema, schema_version

TEMPLATE = '''"""{words}"""

# Frozen once it is released: what stands here is run as it is for as long as registers of {before} are brought up.
# - It imports nothing of the program: what the program says today may be something else tomorrow. It has its own SQL.
# - New columns are nullable, and null means: as before. It writes no value that events tell of (`check` compares them).
# - It runs on SQLite and on PostgreSQL; where they differ, ask op.get_bind().dialect.name.
# - A column is added in place (ALTER TABLE … ADD COLUMN), not by copying the table.
# Afterwards: the model, tests/storage/test_migrations.py, `make contract`; before a release `make keep-register`.

from alembic import op

revision = "{number}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    raise NotImplementedError("Write what this migration does: op.execute(…)")
'''
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
HEAD_LINE = re.compile(r'^HEAD = "\d{4}"$', re.MULTILINE)


def begin(name: str, migrations: Path, version_file: Path) -> Path:
    """Writes the next migration into the folder of `migrations`, and its number as HEAD; gives the new file.

    Raises ValueError where the name is not words in lower case joined by ``_``, or the newest one is not HEAD.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"“{name}” is not a name: what it does, as lower-case words joined by _ (the_day_it_was_told)")
    newest = max(path.name.split("_")[0] for path in migrations.glob("[0-9]*.py"))
    text = version_file.read_text("utf-8")
    if f'HEAD = "{newest}"' not in text:
        raise ValueError(f"the newest migration is {newest}, and {version_file} names another: put that right first")
    number = f"{int(newest) + 1:04}"
    path = migrations / f"{number}_{name}.py"
    path.write_text(TEMPLATE.format(words=name.replace("_", " "), number=number, before=newest), "utf-8")
    version_file.write_text(HEAD_LINE.sub(f'HEAD = "{number}"', text), "utf-8")
    return path


def main() -> None:
    """Begins a migration of the program."""
    if len(sys.argv) != 2 or not sys.argv[1]:
        sys.exit("make migration NAME=what_it_does")
    try:
        path = begin(sys.argv[1], schema.MIGRATIONS / "versions", Path(schema_version.__file__))
    except ValueError as error:
        sys.exit(str(error))
    print(f"Begun: {path.relative_to(Path.cwd())}. HEAD in {Path(schema_version.__file__).name} names it.")


if __name__ == "__main__":
    main()
