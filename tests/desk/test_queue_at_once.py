"""The queue read at once is the queue: the same statements, the same rows; and what it cannot read it leaves alone."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_tui.casework.days_off import change_days_off
from feedback_tui.casework.restrict import restrict
from feedback_tui.desk.filters.case_filter import Field, having
from feedback_tui.desk.queue import queue as either_way
from feedback_tui.desk.queue.fast_first_page import STATEMENTS, groups_at_once, queue_at_once
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_reader import queue, queue_groups
from feedback_tui.desk.queue.sort_and_group import Arrangement, Grouping, QueueOrder
from feedback_tui.models.inputs.early_closure import Restriction
from feedback_tui.models.inputs.stages import DaysOffChange
from feedback_tui.rules.working_days import DayOff
from feedback_tui.storage.backend import encryption_keys
from feedback_tui.storage.register import Register, open_register
from feedback_tui.storage.unopened import Unopened
from tests.casework.cases import Casework
from tests.conftest import actor_on
from tests.desk.stock import busy_register
from tests.statements import written

pytestmark = pytest.mark.of_a_file

TODAY = date(2026, 6, 3)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with busy_register(tmp_path_factory.mktemp("at_once"), 300, TODAY) as register:
        first = queue(register, TODAY)[0]
        restrict(
            actor_on(register, TODAY),
            first.reference,
            Restriction(on=TODAY, officers=("Pat Lowe", first.officer), reason="A relative works here"),
        )
        yield register


def test_the_statements_are_those_of_the_queue() -> None:
    """Where this fails: look at what changed, then `make statements`."""
    assert {path.stem: path.read_text("utf-8") for path in STATEMENTS.glob("*.sql")} == written()


@settings(deadline=None)
@given(
    days=st.integers(-40, 200),
    reader=st.sampled_from(["", "Pat Lowe", "Sam"]),
    limit=st.one_of(st.none(), st.integers(1, 400)),
    overdue=st.booleans(),
    every=st.booleans(),
)
def test_it_gives_what_the_queue_gives(
    busy: Register, days: int, reader: str, limit: int | None, overdue: bool, every: bool
) -> None:
    today = TODAY + timedelta(days=days)
    busy.reader = reader
    try:
        plain = queue(busy, today, QueueFilter(overdue=overdue, every_deadline=every), limit)
    finally:
        busy.reader = ""
    assert plain or overdue
    assert queue_at_once(busy.where, today, reader, limit, overdue=overdue, every=every) == plain


@settings(deadline=None, max_examples=30)
@given(days=st.integers(-40, 200))
def test_the_groups_are_those_of_the_queue(busy: Register, days: int) -> None:
    today = TODAY + timedelta(days=days)
    assert groups_at_once(busy.where, today) == queue_groups(busy, today, None, Grouping.DUE)


def test_a_register_is_opened_at_once_and_asked_the_ordinary_way_from_its_first_reading_on(busy: Register) -> None:
    opened = open_register(busy.where)
    assert opened.is_fresh
    assert (opened.calendar, opened.profile) == (busy.calendar, busy.profile)
    assert opened.is_fresh
    first = either_way.queue(opened, TODAY), either_way.queue_groups(opened, TODAY, None, Grouping.DUE)
    assert opened.is_fresh
    assert queue(opened, TODAY) == queue_at_once(busy.where, TODAY, "")
    assert not opened.is_fresh
    assert first == (either_way.queue(opened, TODAY), either_way.queue_groups(opened, TODAY, None, Grouping.DUE))
    opened.close()


@pytest.mark.parametrize(
    ("asked", "offset", "opens"),
    [
        ({}, 0, False),
        ({"overdue": True, "every_deadline": True}, 0, False),
        ({}, 5, True),
        ({"team": "north"}, 0, True),
        ({"words": "care"}, 0, True),
        ({"where": having(Field.OFFICER, "Sam")}, 0, True),
    ],
)
def test_only_the_first_page_without_a_filter_is_read_without_opening(
    busy: Register, asked: dict[str, Any], offset: int, opens: bool
) -> None:
    """A command hands in a register that is not opened yet: it gets the rows of the opened one, and opens no more."""
    opened: list[Register] = []

    def open_it() -> Register:
        opened.append(busy)
        return busy

    wanted, closed = QueueFilter(**asked), Unopened(busy.where, busy.reader, open_it)
    assert either_way.queue(closed, TODAY, wanted, 40, offset) == queue(busy, TODAY, wanted, 40, offset)
    assert bool(opened) is opens


def test_another_order_is_read_by_opening(busy: Register) -> None:
    arranged = Arrangement(Grouping.NOTHING, QueueOrder.REFERENCE)
    opened = open_register(busy.where)
    assert either_way.queue(opened, TODAY, arranged=arranged) == queue(busy, TODAY, arranged=arranged)
    assert not opened.is_fresh
    opened.close()


def test_days_off_are_those_of_now(busy: Register) -> None:
    """A closure day that was just stored moves no date here, but is counted in what is left."""
    before = queue_at_once(busy.where, TODAY, "") or []
    later = next(row for row in before if row.due_on and row.due_on > TODAY + timedelta(days=7))
    assert later.due_on is not None
    closed = next(
        day
        for day in (TODAY + timedelta(days=n) for n in range(1, 8))
        if busy.calendar.is_working_day(day) and day < later.due_on
    )
    change_days_off(actor_on(busy, TODAY), DaysOffChange(added=(DayOff(day=closed, why="Snow"),)))
    again = queue_at_once(busy.where, TODAY, "")
    assert again == queue(busy, TODAY)
    assert again != before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(bytes(range(256)) * 64),
        lambda path: _run(path, "PRAGMA application_id = 7"),
        lambda path: _run(path, "UPDATE alembic_version SET version_num = '0009'"),
        lambda path: _run(path, "DELETE FROM alembic_version"),
        lambda path: _run(path, "DELETE FROM setting WHERE key = 'calendar'"),
        lambda path: _run(path, "DELETE FROM day_off"),
        lambda path: _run(path, "UPDATE feedback_case SET kind = 'grumble'"),
        lambda path: _run(path, "UPDATE deadline SET due_on = 'soon'"),
        lambda path: _run(path, "ALTER TABLE deadline RENAME COLUMN due_on TO due"),
    ],
)
def test_what_is_no_sound_register_of_this_shape_is_left_to_the_ordinary_way(
    shropshire: Register, spoil: Callable[[Path], object]
) -> None:
    Casework(shropshire).log()
    shropshire.close()
    assert queue_at_once(shropshire.where, TODAY, "")
    spoil(shropshire.path)
    assert queue_at_once(shropshire.where, TODAY, "") is None


def test_a_server_and_an_encrypted_register_too(tmp_path: Path) -> None:
    assert queue_at_once("postgresql+psycopg://localhost/feedback", TODAY, "") is None
    path = tmp_path / "register.db"
    path.write_bytes(random.Random(3).randbytes(16384))
    assert queue_at_once(str(path), TODAY, "") is None
    encryption_keys.hold(path, encryption_keys.Key("four plain words here"))
    assert queue_at_once(str(path), TODAY, "") is None
    encryption_keys.let_go(path)


def _run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(statement)
