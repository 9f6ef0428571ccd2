"""The schema: the models and the migrations say the same, and a migration leaves the register whole or as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from feedback_tui.casework.follow_up import note
from feedback_tui.models.steps import Note
from feedback_tui.storage import schema
from feedback_tui.storage.backup import backups
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.integrity import check
from feedback_tui.storage.register import Register, open_register
from tests.torture.damage import everything
from tests.torture.migrating import REMAKE_TRIGGERS, next_version
from tests.torture.stock import RECEIVED, duty_on


def without_versions(path: Path) -> list[object]:
    """Everything that is stored, but for the schema version and the columns that the new version adds."""
    new = {"feedback_case": "colour", "event": "weather"}
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: list[object] = []
        for table in sorted(set(tables) - {"alembic_version"}):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != new.get(table)]
            names = ", ".join(f'"{name}"' for name in columns)
            found.append((table, connection.execute(f"SELECT {names} FROM {table} ORDER BY 1").fetchall()))
        return found


@pytest.fixture
def a_new_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's next version, whose migration rebuilds the table that all others belong to."""
    monkeypatch.setattr(schema, "MIGRATIONS", next_version(tmp_path))
    monkeypatch.setattr(schema, "HEAD", "9002")


def test_head_is_the_newest_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [schema.HEAD]
    assert {revision.revision for revision in script.walk_revisions()} == schema.known_shapes()


def test_the_migrations_make_what_the_models_say(register: Register) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlmodel import SQLModel

    with register.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        assert schema.differences(connection) == []
        assert schema.missing_triggers(connection) == []
        connection.rollback()


@pytest.mark.usefixtures("a_new_version")
def test_an_older_register_is_brought_up_after_a_verified_backup(furnished_path: Path) -> None:
    old, all_of_it = without_versions(furnished_path), everything(furnished_path)
    register = open_register(str(furnished_path))
    with register.engine.connect() as connection:
        assert schema.shape_of(connection) == "9002"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert schema.missing_triggers(connection) == []
        connection.rollback()
    assert without_versions(furnished_path) == old, "no child lost with its rebuilt parent"
    (kept,) = backups(register.where)
    kept.verify()
    assert (kept.why, kept.shape) == ("migration", "0001")
    assert everything(kept.path) == all_of_it
    with pytest.raises(IntegrityError, match="never changed or removed"), register.reading() as session:
        session.connection().exec_driver_sql("DELETE FROM event")
    register.close()
    open_register(str(furnished_path)).close()
    assert len(backups(str(furnished_path))) == 1, "nothing to bring up the second time"


@pytest.mark.usefixtures("a_new_version")
def test_what_was_recorded_before_a_migration_still_agrees(furnished_path: Path) -> None:
    register = open_register(str(furnished_path))
    note(duty_on(register), "ASC-26-0004", Note(on=RECEIVED, words="After the update."))
    parts = {finding.part for finding in check(register).findings}
    assert parts == {"schema"}, "the models of this test do not know the new columns; all else is sound"
    register.close()


@pytest.mark.parametrize(
    "then",
    [
        "pass",  # the rebuilt table has lost its triggers
        REMAKE_TRIGGERS + "    op.execute('DELETE FROM complaint_point')",
        REMAKE_TRIGGERS + "    op.execute('UPDATE deadline SET case_id = 999')",
        "raise ValueError('a fault in the migration')",
        "op.execute('SELECT * FROM nothing')",
    ],
)
def test_a_bad_migration_changes_nothing(
    furnished_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", next_version(tmp_path, then))
    monkeypatch.setattr(schema, "HEAD", "9002")
    before = everything(furnished_path)
    with pytest.raises(RegisterError) as error:
        open_register(str(furnished_path))
    assert "\n" not in str(error.value)
    assert everything(furnished_path) == before
    monkeypatch.undo()
    register = open_register(str(furnished_path))
    assert check(register).sound, "the version before goes on with it"
    register.close()


@pytest.mark.usefixtures("a_new_version")
def test_no_backup_no_migration(furnished_path: Path) -> None:
    furnished_path.with_name(f"{furnished_path.name}-backups").write_text("a file in the way")
    before = everything(furnished_path)
    with pytest.raises(RegisterError):
        open_register(str(furnished_path))
    assert everything(furnished_path) == before


@pytest.mark.usefixtures("a_new_version")
def test_what_another_program_brought_up_meanwhile_is_left_as_it_is(furnished_path: Path) -> None:
    """It saw the old version, and waited for the lock while the other migrated."""
    register = open_register(str(furnished_path))
    done = everything(furnished_path)
    schema.migrate(register.engine)
    assert everything(furnished_path) == done
    register.close()
