"""On a server too the readers go by indexes: no large table is read from end to end for a page, a case, a search."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback_tui.desk.case import case_page
from feedback_tui.desk.find import find
from feedback_tui.desk.queue import QueueFilter, queue, queue_counts, queue_place
from feedback_tui.desk.search import find_references
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework
from tests.desk.cases import plans
from tests.desk.test_query_plans import BIG, EVERYTHING, TODAY

pytestmark = pytest.mark.of_a_server


@pytest.mark.parametrize(
    "read",
    [
        lambda register: queue(register, TODAY, None, 50, 0),
        lambda register: queue(register, TODAY, QueueFilter(every_deadline=True)),
        lambda register: queue(register, TODAY, EVERYTHING),
        lambda register: queue_counts(register, TODAY),
        lambda register: queue_counts(register, TODAY, EVERYTHING),
        lambda register: queue_place(register, TODAY, None, 1, 1),
    ],
)
def test_the_queue(shropshire: Register, read: Callable[[Register], object]) -> None:
    assert _read_whole(plans(shropshire, lambda: read(shropshire))) == []


def test_a_case_a_reference_and_a_search(shropshire: Register) -> None:
    case = Casework(shropshire).log(customer_name="Ann Lee", description="The hoist broke")
    found = plans(shropshire, lambda: case_page(shropshire, case.reference, TODAY))
    assert sum(len(plan) for plan in found) > 10
    assert _read_whole(found) == []
    found = plans(shropshire, lambda: find_references(shropshire, case.reference))
    assert any("ix_feedback_case_reference_key" in line for plan in found for line in plan)
    lines = [line for plan in plans(shropshire, lambda: find(shropshire, "hoist")) for line in plan]
    assert any("ix_search_said" in line for line in lines)
    assert any("ix_case_restricted" in line for line in lines)


def _read_whole(found: list[list[str]]) -> list[str]:
    lines = [line for plan in found for line in plan]
    return [line for line in lines if any(f"Seq Scan on {table} " in line for table in BIG)]
