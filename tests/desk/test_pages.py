"""The queue in pages: read piece by piece it is the whole list, whatever the page and wherever it begins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_reader import queue_counts
from feedback_tui.enums import Kind, Outcome
from feedback_tui.models.inputs.stages import PointInput
from feedback_tui.storage.register import Register
from tests.casework.cases import RECEIVED, Casework

TODAY = RECEIVED + timedelta(days=40)
FILTERS = st.builds(
    QueueFilter,
    team=st.sampled_from(["", "", "north", "nowhere"]),
    officer=st.sampled_from(["", "", "Kim Ode"]),
    overdue=st.booleans(),
    every_deadline=st.booleans(),
    words=st.sampled_from(["", "", "asc", "enquiry", "no such word"]),
)


@pytest.fixture
def register(shropshire: Register) -> Register:
    """Cases with and without dates, overdue and not, of two officers and two teams."""
    for number in range(12):
        officer = "Kim Ode" if number % 3 else "Sam Reed"
        team = PointInput(team="North" if number % 2 else "South")
        kind = Kind.ENQUIRY if number % 4 == 3 else Kind.COMPLAINT
        case = Casework(shropshire, officer=officer).log(
            RECEIVED + timedelta(days=3 * number),
            "statutory-adult" if kind is Kind.COMPLAINT else None,
            kind=kind,
            points=(team,),
        )
        if number % 5 == 0:
            case.respond(TODAY, Outcome.UPHELD)
    return shropshire


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=FILTERS, limit=st.integers(0, 9), offset=st.integers(0, 40))
def test_a_page_is_a_piece_of_the_whole(register: Register, wanted: QueueFilter, limit: int, offset: int) -> None:
    whole = queue(register, TODAY, wanted)
    assert queue(register, TODAY, wanted, limit, offset) == whole[offset : offset + limit]
    assert queue(register, TODAY, wanted, offset=offset) == whole[offset:]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=FILTERS, day=st.integers(-10, 200))
def test_the_counts_are_those_of_the_rows(register: Register, wanted: QueueFilter, day: int) -> None:
    today = RECEIVED + timedelta(days=day)
    sunday = today + timedelta(days=6 - today.weekday())
    due = [row.due_on for row in queue(register, today, wanted)]
    dated = [day for day in due if day is not None]
    counts = queue_counts(register, today, wanted)
    assert (counts.overdue, counts.today, counts.this_week, counts.later, counts.undated) == (
        sum(day < today for day in dated),
        sum(day == today for day in dated),
        sum(today < day <= sunday for day in dated),
        sum(day > sunday for day in dated),
        len(due) - len(dated),
    )


def test_any_walk_through_the_pages_meets_each_row_once(register: Register) -> None:
    whole = queue(register, TODAY, QueueFilter(every_deadline=True))
    for size in (1, 4, 7, len(whole), len(whole) + 5):
        keys: list[str] = []
        while page := queue(register, TODAY, QueueFilter(every_deadline=True), size, len(keys)):
            keys += [row.key for row in page]
        assert keys == [row.key for row in whole]
        assert len(set(keys)) == len(keys)
