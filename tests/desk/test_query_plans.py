"""The queue's cost grows with what is open, not with the register: its statements go by indexes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.desk.case.caller_lookup import where_we_are
from feedback_tui.desk.case.known_people import known_of
from feedback_tui.desk.case.page import case_page
from feedback_tui.desk.case_list import cases
from feedback_tui.desk.earlier_cases import earlier_cases, find_references
from feedback_tui.desk.filters.filter_parser import Setting, read_filter
from feedback_tui.desk.find import find
from feedback_tui.desk.investigators import held_by
from feedback_tui.desk.learning_ledger import ledger, ledger_counts
from feedback_tui.desk.morning import morning
from feedback_tui.desk.name_suggestions import people_named
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_reader import queue, queue_counts, queue_place
from feedback_tui.enums import Kind
from feedback_tui.models.register_row import RegisterRow
from feedback_tui.reports.figures import figures_of
from feedback_tui.reports.management_reports import ombudsman_now, open_now, owed, response_times
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.register import Register
from tests.desk.cases import plans

pytestmark = pytest.mark.of_a_file

TODAY = date(2024, 6, 3)
EVERYTHING = QueueFilter("Enable", "Sam Reed", "Pat Lowe", overdue=False, every_deadline=False, words="ann lee")
BIG = ("feedback_case", "stage", "complaint_point", "party", "person", "deadline", "event")


@pytest.mark.parametrize(
    "read",
    [
        lambda register: queue(register, TODAY, None, 50, 0),
        lambda register: queue(register, TODAY, None, 50, 5000),
        lambda register: queue(register, TODAY, QueueFilter(every_deadline=True)),
        lambda register: queue(register, TODAY, EVERYTHING),
        lambda register: queue_counts(register, TODAY),
        lambda register: queue_counts(register, TODAY, EVERYTHING),
        lambda register: queue_place(register, TODAY, None, 1, 1),
    ],
)
def test_no_table_of_the_queue_is_read_from_end_to_end(
    shropshire: Register, read: Callable[[Register], object]
) -> None:
    found = plans(shropshire, lambda: read(shropshire))
    lines = [line for plan in found for line in plan]
    assert [line for line in lines if line.startswith("SCAN") and any(f"SCAN {table}" in line for table in BIG)] == []
    assert [line for line in lines if "AUTOMATIC" in line] == []
    assert any("USING INDEX ix_deadline_open (state=?)" in line for line in lines)
    assert any("feedback_case USING" in line and "ix_case_status" in line for line in lines)


def test_a_page_of_the_queue_stops_at_its_last_row(shropshire: Register) -> None:
    """It walks the open deadlines in the order of their dates: only rows of one date are sorted, and none is kept."""
    (dated, *_others) = [
        plan
        for plan in plans(shropshire, lambda: queue(shropshire, TODAY, None, 50, 0))
        if any("ix_deadline_open" in line for line in plan)
    ]
    assert "ix_deadline_open" in dated[0]
    sorted_, kept = "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY", ("MATERIALIZE", "CO-ROUTINE", "FOR ORDER BY")
    assert any(line.startswith(sorted_) or line.endswith("LAST 2 TERMS OF ORDER BY") for line in dated)
    # The look-ups of the hold that a row's case is on, its rule and its day, each sort the few of one case.
    of_a_row = 2
    whole = [line for line in dated if any(word in line for word in kept) and not line.startswith(sorted_)]
    assert whole == ["USE TEMP B-TREE FOR ORDER BY"] * of_a_row


def _scans(register: Register, read: Callable[[Register], object]) -> list[str]:
    """The large tables that are read from end to end, as the database says it; also an index that it makes itself."""
    lines = [line for plan in plans(register, lambda: read(register)) for line in plan]
    return [line for line in lines if "AUTOMATIC" in line or any(f"SCAN {table}" in line for table in BIG)]


def _meaning(text: str) -> Callable[[Register], object]:
    """A page of the queue under a filter as it is typed."""

    def read(register: Register) -> object:
        setting = Setting(TODAY, register.calendar, "Sam Reed", {})
        return queue(register, TODAY, QueueFilter(where=read_filter(text, setting).wanted), 50)

    return read


@pytest.mark.parametrize(
    "read",
    [
        *map(
            _meaning,
            (
                "team:enable due:<today", "kind:complaint status:investigating", "person:lee", "received:2024-05",
                "category:staff theme:charging", "deadline:acknowledgement", "-officer:sam", "outcome:upheld hoist",
            ),
        ),
        lambda register: case_page(register, "A", TODAY),
        lambda register: where_we_are(register, "A", TODAY),
        lambda register: morning(register, TODAY),
        lambda register: held_by(register, "Pat Lowe"),
        lambda register: open_now(register, TODAY),
        lambda register: owed(register, TODAY),
        lambda register: ombudsman_now(register, TODAY),
        lambda register: response_times(register, TODAY),
        lambda register: figures_of(register, reporting_year("2024/25"), TODAY),
    ],
)  # fmt: skip
def test_what_is_read_of_a_case_a_day_or_a_year_goes_by_indexes(
    shropshire: Register, read: Callable[[Register], object]
) -> None:
    on_the_day = Actor(shropshire, "Sam Reed", TODAY, now=lambda: datetime.combine(TODAY, time(12), UTC))
    import_cases(on_the_day, [RegisterRow(reference="A", kind=Kind.COMPLAINT, received_on=TODAY)])
    assert _scans(shropshire, read) == []


@pytest.mark.parametrize(
    ("read", "read_whole"),
    [
        (lambda register: earlier_cases(register, "Ann Lee", contact="07700 900123"), "person person_name"),
        (lambda register: people_named(register, "ann"), "person_name"),
        (lambda register: known_of(register, "Ann Lee"), "person person_name"),
        (lambda register: ledger(register, TODAY), "action learning feedback_case"),
        (lambda register: ledger_counts(register, TODAY), "action learning feedback_case"),
    ],
)
def test_what_looks_anywhere_in_a_name_reads_the_people_once_and_the_ledger_what_was_learned(
    shropshire: Register, read: Callable[[Register], object], read_whole: str
) -> None:
    """No index knows the middle of a name; and the ledger is of everything that was learned."""
    lines = _scans(shropshire, read)
    assert {line.split()[1] for line in lines} <= set(read_whole.split()), lines


def test_a_reference_is_looked_up(shropshire: Register) -> None:
    found = plans(shropshire, lambda: find_references(shropshire, "ASC-24-0001"))
    assert found[-2] == ["SEARCH feedback_case USING INDEX ix_feedback_case_reference_key (reference_key=?)"]


def test_a_page_of_all_cases_is_read_in_the_order_of_an_index(shropshire: Register) -> None:
    found = plans(shropshire, lambda: cases(shropshire, TODAY, limit=50, offset=5000))
    lines = [line for plan in found for line in plan]
    assert any("feedback_case USING COVERING INDEX ix_case_latest" in line for line in lines)
    assert [line for line in lines if "AUTOMATIC" in line] == []


def test_a_search_looks_at_no_case_but_those_that_are_restricted_and_those_it_found(shropshire: Register) -> None:
    """Which cases are restricted is asked with every letter typed: over a million cases it took longer than a word."""
    found = plans(shropshire, lambda: find(shropshire, "hoist"))
    lines = [line for plan in found for line in plan]
    assert any("feedback_case USING COVERING INDEX ix_case_restricted" in line for line in lines)
    assert [line for line in lines if line.startswith("SCAN feedback_case") and "INDEX" not in line] == []
