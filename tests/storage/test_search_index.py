"""The words of every case can be searched: at once after each step, whatever is typed, and never anything else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, Integer, event
from sqlmodel import Session, SQLModel, select

from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.casework.notes import note
from feedback_tui.casework.undo import undo
from feedback_tui.enums import Outcome, StepKey
from feedback_tui.exchange.demo import fictional_register
from feedback_tui.exchange.register_csv import read_rows
from feedback_tui.exchange.register_json import read_json, write_json
from feedback_tui.models.base import WordType
from feedback_tui.models.case import Case, ComplaintPoint, Stage
from feedback_tui.models.contact import Attachment, Chase, Contact
from feedback_tui.models.deadline import Deadline, Extension
from feedback_tui.models.inputs.stages import LearningInput, Note, PointInput
from feedback_tui.models.ombudsman import OmbudsmanRecord
from feedback_tui.models.people import Party, Person
from feedback_tui.models.redress import Action, Learning, Remedy
from feedback_tui.storage.audit.change_capture import BOOKKEEPING, table_of
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.maintenance.backup import backup
from feedback_tui.storage.maintenance.restore import restore
from feedback_tui.storage.register import Register, open_register
from feedback_tui.storage.search import search_index
from feedback_tui.storage.search.search_text import columns_said
from tests.casework.cases import RECEIVED, Casework
from tests.conftest import actor_on

BELOW: tuple[type[SQLModel], ...] = (
    Action, Attachment, Chase, Contact, Extension, Learning, OmbudsmanRecord, Remedy,
)  # fmt: skip


def found(register: Register, words: str) -> list[int]:
    with register.reading() as session:
        count, hits = search_index.search(session.connection(), words, 50)
    assert count == len(hits)
    return sorted(hit.case_id for hit in hits)


@pytest.fixture
def cases(shropshire: Register) -> Register:
    first = Casework(shropshire).log(
        customer_name="Ann O'Brien", correspondent_name="محمد علي", contact="01743 555 010",
        description="The hoist broke; 50% of visits late 😀",
    )  # fmt: skip
    first.investigate(RECEIVED, "Pat Lowe")
    first.respond(RECEIVED, Outcome.UPHELD, learning=(LearningInput(area="communication", text="Ring back first"),))
    Casework(shropshire).log(description="Café gave no menu", customer_name="Zoë Ödegård")
    return shropshire


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("hoist", [1]), ("HOI", [1]), ("O'Brien", [1]), ("o'brien ann", [1]), ("50%", [1]), ("محمد", [1]),
        ("😀", []), ("hoist 😀", [1]), ("cafe", [2]), ("ödegard zoe", [2]), ("Pat Lowe", [1]), ("ring back", [1]),
        ("ASC-24-0002", [2]), ("asc-24", [1, 2]), ("555 010", [1]), ("hoist menu", []), ("", []), ("   ", []),
        ('"', []), ("AND OR NOT", []), ("hoist*", [1]), ("words:hoist", []), ("NEAR(a b)", []), ("(", []),
        ("\x00hoist", [1]),        ("-hoist", [1]), ("x" * 5000, []), ("' OR 1=1 --", []), ("{reference}:", []),
    ],
)  # fmt: skip
def test_words_find_the_cases_that_have_them(cases: Register, words: str, who: list[int]) -> None:
    assert found(cases, words) == who


def test_a_snippet_shows_where(cases: Register) -> None:
    with cases.reading() as session:
        _, (hit,) = search_index.search(session.connection(), "hoist", 5)
    assert f"The {search_index.BEGIN}hoist{search_index.END} broke" in hit.snippet


def test_each_step_is_found_at_once_and_what_is_undone_is_not(cases: Register) -> None:
    actor = actor_on(cases, RECEIVED + timedelta(days=1))
    note(actor, "ASC-24-0002", Note(on=RECEIVED, words="She rang about the ramp"))
    assert found(cases, "ramp") == [2]
    other = Casework(cases, "ASC-24-0002")
    other.acknowledge(RECEIVED)
    other.withdraw(RECEIVED, "The zebra left")
    assert found(cases, "zebra") == [2]
    undo(other.actor(RECEIVED), other.reference)
    assert check(cases).sound


def test_it_says_what_the_rows_do_whatever_column_of_whatever_row_is_changed(shropshire: Register) -> None:
    """What is not searched leaves it alone; nothing that is searched may be taken for that."""
    case = Casework(shropshire).log(description="Late", customer_name="Ann Lee", points=(PointInput(team="North"),))
    for model in BELOW:
        with changing(case) as session:
            values: dict[str, Any] = {**_required(model), "case_id": 1}
            session.add(model(**values))
        assert_searched(shropshire)
    tables: tuple[type[SQLModel], ...] = (Case, Stage, ComplaintPoint, Party, Person, Deadline, *BELOW)
    for model in tables:
        table = table_of(model)
        for column in table.columns:
            if column.primary_key or column.foreign_keys or column.key in (*BOOKKEEPING, "reference_key"):
                continue
            with changing(case) as session:
                setattr(session.exec(select(model)).first(), column.key, _other(column))
            assert_searched(shropshire)
            if column.key in columns_said(table):
                assert found(shropshire, str(_other(column))) == [1]


def test_who_has_a_part_is_found_by_it_and_not_after(shropshire: Register) -> None:
    case = Casework(shropshire).log(customer_name="Ann Lee")
    assert found(shropshire, "Ann") == [1]
    with changing(case) as session:
        session.get_one(Case, 1).parties = []
    assert found(shropshire, "Ann") == []
    assert_searched(shropshire)


@contextmanager
def changing(case: Casework) -> Iterator[Session]:
    """A step without words of its own that changes what the block does."""
    with case.actor(RECEIVED).transaction() as work:
        yield work.session
        work.record(StepKey.NOTE, work.session.get_one(Case, 1), RECEIVED, from_status=None)


def assert_searched(register: Register) -> None:
    with register.reading() as session:
        assert search_index.differences(session.connection()) == 0


def _required(model: type[SQLModel]) -> dict[str, Any]:
    needed = (column for column in table_of(model).columns if model.model_fields[column.key].is_required())
    return {column.key: _other(column) for column in needed}


def _other(column: Column[Any]) -> Any:
    """A value that the column does not have yet."""
    if isinstance(column.type, WordType):
        return list(column.type.vocabulary)[-1]
    if isinstance(column.type, Date):
        return RECEIVED + timedelta(days=9)
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Integer):
        return 7
    return f"{column.key} of {column.table.name}"[: getattr(column.type, "length", None)]


def test_a_step_that_says_nothing_new_leaves_it_alone(cases: Register) -> None:
    sent: list[str] = []
    event.listen(cases.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
    Casework(cases, "ASC-24-0002").acknowledge(RECEIVED)
    assert sent
    assert not [sql for sql in sent if search_index.INDEX in sql]


def test_a_refused_step_changes_nothing_in_it(cases: Register) -> None:
    with pytest.raises(StepNotAllowed):
        note(actor_on(cases, RECEIVED), "ASC-24-0002", Note(on=RECEIVED, words=""))
    assert check(cases).findings == ()


@pytest.mark.of_a_file
def test_imports_are_found_and_check_knows_the_index(shropshire: Register, tmp_path: Path) -> None:
    rows = read_rows(fictional_register(40, RECEIVED, profile=shropshire.profile), shropshire.profile, RECEIVED)
    import_cases(actor_on(shropshire, RECEIVED), rows)
    with shropshire.reading() as session:
        assert not search_index.is_behind(session.connection())
        assert search_index.differences(session.connection()) == 0
    assert len(found(shropshire, rows[7].reference)) == 1
    file = tmp_path / "whole.json"
    write_json(shropshire, file)
    read_json(file, str(tmp_path / "again.db"))
    again = open_register(str(tmp_path / "again.db"))
    again_found = found(again, rows[7].reference)
    again.close()
    assert len(again_found) == 1
    with shropshire.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE search_content SET c2 = 'other' WHERE id = 3")
        connection.exec_driver_sql("DELETE FROM search WHERE rowid = 4")
    assert [(one.part, one.words) for one in check(shropshire).findings] == [
        ("search", "What is searched is not what 2 cases say.")
    ]
    with shropshire.engine.begin() as connection:
        search_index.rebuild(connection)
    assert check(shropshire).sound


@pytest.mark.of_a_file
def test_a_damaged_index_keeps_no_one_from_a_backup(shropshire: Register, tmp_path: Path) -> None:
    """Newer engines find a fault of the index when they look into the file: it is made from what is stored."""
    Casework(shropshire).log(description="Unmistakablezebra")
    with shropshire.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE search_data SET block = zeroblob(length(block)) WHERE id > 10")
    findings = check(shropshire).findings
    if sqlite3.sqlite_version_info >= (3, 44):
        assert [one.part for one in findings] == ["search"]
        assert "The index of words is damaged" in findings[0].words
    kept = backup(shropshire, tmp_path / "kept.db")
    restored = restore(kept, str(tmp_path / "again.db")).path
    again = open_register(str(restored))
    with again.engine.begin() as writing:
        search_index.rebuild(writing)
    assert check(again).sound
    assert len(found(again, "unmistakablezebra")) == 1
    again.close()


@pytest.mark.of_a_file
def test_what_is_purged_is_gone_from_the_file(shropshire: Register) -> None:
    case = Casework(shropshire).log(description="Unmistakablezebra")
    with shropshire.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE feedback_case SET summary = '', description = ''")
        search_index.purge(connection, [1])
        kept = connection.exec_driver_sql("SELECT count(*) FROM search_data WHERE instr(block, CAST('zebra' AS BLOB))")
        assert kept.scalar_one() == 0
    assert case.reference
    assert found(shropshire, "unmistakablezebra") == []


@pytest.mark.of_a_file
def test_a_question_that_no_one_waits_for_is_given_up_and_the_next_one_answered(
    cases: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letters come faster than a million cases are ranked: the questions of earlier ones must not stand in the way."""
    monkeypatch.setattr(search_index, "LOOK_AFTER", 1)
    for _ in range(3):
        with pytest.raises(search_index.Stopped), cases.reading() as session:
            search_index.search(session.connection(), "hoist", 50, stopped=lambda: True)
        assert found(cases, "hoist") == [1]
        with cases.reading() as session:
            count, _hits = search_index.search(session.connection(), "hoist", 50, stopped=lambda: False)
        assert count == 1
