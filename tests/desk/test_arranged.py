"""The queue in other orders and groups: the same rows, sorted in SQL, each group one run of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest

from feedback_tui.desk.filters.case_filter import Field, counted
from feedback_tui.desk.queue.queue import queue, queue_groups, queue_place
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_reader import queue_cases
from feedback_tui.desk.queue.queue_row import QueueRow
from feedback_tui.desk.queue.sort_and_group import Arrangement, Grouping, QueueOrder
from feedback_tui.storage.register import Register
from tests.desk.stock import busy_register

TODAY = date(2025, 11, 20)
FILTERS = (None, QueueFilter(overdue=True), QueueFilter(every_deadline=True, where=counted(kind="complaint")))


@pytest.fixture(scope="module")
def register(either: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with busy_register(tmp_path_factory.mktemp("arranged"), 90, TODAY) as opened:
        yield opened


def _name(row: QueueRow, by: str) -> tuple[bool, str]:
    name = str(getattr(row, by) or "").lower()
    return name == "", name


def _part(row: QueueRow) -> int:
    if row.due_on is None:
        return 4
    return 0 if row.due_on < TODAY else 1 if row.due_on == TODAY else 2 if (row.due_on - TODAY).days <= 3 else 3


def _soonest(row: QueueRow) -> tuple[bool, date]:
    return row.due_on is None, row.due_on or TODAY


@pytest.mark.parametrize(("group", "order"), list(product(Grouping, QueueOrder)))
def test_the_same_rows_so_sorted_and_each_has_its_place(register: Register, group: Grouping, order: QueueOrder) -> None:
    arranged = Arrangement(group, order)
    for wanted in FILTERS:
        usual, found = queue(register, TODAY, wanted), queue(register, TODAY, wanted, arranged=arranged)
        assert sorted(row.key for row in found) == sorted(row.key for row in usual)
        pieces = [row for at in range(0, len(found), 9) for row in queue(register, TODAY, wanted, 9, at, arranged)]
        assert pieces == found
        keys = [
            (
                _part(row) if group is Grouping.DUE else 0 if group is Grouping.NOTHING else _name(row, group),
                *_own(row, order),
            )
            for row in found
        ]
        assert keys == sorted(keys)
        groups = queue_groups(register, TODAY, wanted, group)
        assert sum(one.count for one in groups) == len(found)
        start = 0
        for one in groups:
            run = found[start : start + one.count]
            if group not in (Grouping.DUE, Grouping.NOTHING):
                assert {_name(row, group)[1] for row in run} == {one.name.lower()}
            start += one.count
        for place in (0, len(found) // 2):
            row = found[place]
            assert queue_place(register, TODAY, wanted, row.case_id, row.deadline_id, arranged) == place


def _own(row: QueueRow, order: QueueOrder) -> tuple[object, ...]:
    match order:
        case QueueOrder.DUE:
            return (_soonest(row), row.reference.lower())
        case QueueOrder.REFERENCE:
            return (row.reference.lower(),)
        case QueueOrder.RECEIVED:
            return ()
    return (_name(row, order), _soonest(row))


def test_the_cases_of_the_rows_are_each_there_once(register: Register) -> None:
    wanted = QueueFilter(where=counted(kind="complaint"))
    rows = queue(register, TODAY, wanted)
    assert queue_cases(register, TODAY, wanted) == {row.case_id: row.reference for row in rows}
    assert Field.KIND in {term.field for term in wanted.terms.terms}
