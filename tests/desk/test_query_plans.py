"""The queue's cost grows with what is open, not with the register: its statements go by indexes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from feedback_tui.desk.case_list import cases
from feedback_tui.desk.find import find
from feedback_tui.desk.queue import QueueFilter, queue, queue_counts, queue_place
from feedback_tui.desk.search import find_references
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
