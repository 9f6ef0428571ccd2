"""A register that another program changed beneath an open desk: brought to a newer version, or copied over."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import NewCase, Note
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend import schema, schema_version
from feedback_tui.storage.errors import NewerRegister, RegisterMoved
from feedback_tui.storage.maintenance.backup import backup
from feedback_tui.storage.register import Register, open_register
from tests.torture.damage import everything
from tests.torture.migrating import next_version
from tests.torture.stock import RECEIVED, actor_on

COMMENT = NewCase(kind=Kind.COMMENT, received_on=RECEIVED, description="Good and bad.")
NEWER = "UPDATE alembic_version SET version_num = '9002'"


def bring_up(register: Register) -> None:
    """What a newer program does to the register meanwhile."""
    with register.engine.begin() as connection:
        connection.execute(text(NEWER))


@pytest.mark.parametrize(
    "use",
    [
        lambda register: log(actor_on(register), COMMENT),
        lambda register: note(actor_on(register), "ASC-26-0001", Note(on=RECEIVED, words="Rang.")),
        lambda register: register.reading().__enter__(),
        check,
    ],
    ids=["log", "note", "read", "check"],
)
def test_an_older_desk_stops_before_it_reads_or_writes(furnished: Register, use: Callable[[Register], object]) -> None:
    bring_up(furnished)
    with furnished.engine.execution_options(reading=True).connect() as connection:
        before = connection.execute(text("SELECT count(*), max(id) FROM event")).one()
    with pytest.raises(NewerRegister, match="update the program, and open the register again"):
        use(furnished)
    with furnished.engine.execution_options(reading=True).connect() as connection:
        assert connection.execute(text("SELECT count(*), max(id) FROM event")).one() == before


@pytest.mark.of_a_file
def test_a_real_migration_beneath_an_older_desk(
    furnished_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = open_register(str(furnished_path))
    sam = actor_on(older)
    note(sam, "ASC-26-0001", Note(on=RECEIVED, words="Rang."))
    with monkeypatch.context() as newer:
        newer.setattr(schema, "MIGRATIONS", next_version(tmp_path))
        newer.setattr(schema_version, "HEAD", "9002")
        open_register(str(furnished_path)).close()
        brought_up = everything(furnished_path)
    with pytest.raises(NewerRegister, match="Nothing was saved"):
        note(sam, "ASC-26-0001", Note(on=RECEIVED, words="Rang again."))
    assert everything(furnished_path) == brought_up
    older.close()


@pytest.mark.of_a_file
def test_who_waits_for_the_lock_while_it_is_brought_up_writes_nothing(furnished: Register) -> None:
    """It looked before, and got the lock after: what counts is what stands there under the lock."""
    sam, told = actor_on(furnished), list[BaseException]()
    note(sam, "ASC-26-0001", Note(on=RECEIVED, words="Rang."))

    def save() -> None:
        try:
            note(sam, "ASC-26-0001", Note(on=RECEIVED, words="Rang again."))
        except BaseException as error:
            told.append(error)

    with closing(sqlite3.connect(furnished.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute(NEWER)
        before = other.execute("SELECT count(*) FROM event").fetchone()
        waiting = threading.Thread(target=save)
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive(), "it waits for the lock"
        other.execute("COMMIT")
        waiting.join(10)
        assert [type(error) for error in told] == [NewerRegister]
        assert other.execute("SELECT count(*) FROM event").fetchone() == before


@pytest.mark.of_a_file
@pytest.mark.parametrize("then", ["read", "write", "check", "back up"])
@pytest.mark.parametrize("what", ["an older copy", "its twin", "another register"])
def test_a_file_copied_over_the_open_one_is_noticed(
    furnished_path: Path, empty_template: Path, tmp_path: Path, what: str, then: str
) -> None:
    """The same inode, and where it is a twin that was worked on as much, the same counter of changes in its header."""
    other = Path(shutil.copy(furnished_path, tmp_path / "other.db"))
    if what == "another register":
        shutil.copy(empty_template, other)
    register = open_register(str(furnished_path))
    sam = actor_on(register)
    if what == "its twin":
        twin = open_register(str(other))
        note(actor_on(twin), "ASC-26-0001", Note(on=RECEIVED, words="Wrote."))
        twin.close()
    note(sam, "ASC-26-0001", Note(on=RECEIVED, words="Rang."))
    inode = furnished_path.stat().st_ino
    shutil.copyfile(other, furnished_path)
    assert furnished_path.stat().st_ino == inode
    copied = everything(furnished_path)
    uses: dict[str, Callable[[], object]] = {
        "read": lambda: register.reading().__enter__(),
        "write": lambda: note(sam, "ASC-26-0001", Note(on=RECEIVED, words="Rang again.")),
        "check": lambda: check(register),
        "back up": lambda: backup(register),
    }
    with pytest.raises(RegisterMoved, match="open the register again"):
        uses[then]()
    register.close()
    assert everything(furnished_path) == copied, "nothing was written between its pages"
    again = open_register(str(furnished_path))
    assert check(again).sound
    again.close()


@pytest.mark.of_a_file
def test_two_desks_on_one_file_see_each_others_events_as_the_record_going_on(furnished_path: Path) -> None:
    one, two = open_register(str(furnished_path)), open_register(str(furnished_path))
    for turn in range(3):
        for register in (one, two):
            note(actor_on(register), "ASC-26-0001", Note(on=RECEIVED, words=f"Turn {turn}."))
            with register.reading():
                pass
    assert check(one).sound
    one.close()
    two.close()
