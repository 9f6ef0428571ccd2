"""On a server too the readers go by indexes: no large table is read whole for a page, a case, a word or a year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.desk.case.page import case_page
from feedback_tui.desk.earlier_cases import find_references
from feedback_tui.desk.find import find
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_reader import queue, queue_counts, queue_place
from feedback_tui.enums import Kind
from feedback_tui.models.register_row import RegisterRow
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.backend.server_functions import SEARCHED
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework
from tests.conftest import actor_on
from tests.desk.cases import plans
from tests.desk.stock import busy_register
from tests.desk.test_query_plans import BIG, EVERYTHING, TODAY

pytestmark = pytest.mark.of_a_server
RECORDED = datetime.now(UTC).date() + timedelta(days=1)
"""A server stamps what is recorded with its own time: as of an earlier day a year is counted as it stood then."""


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
def test_the_queue_reads_no_large_table_whole(shropshire: Register, read: Callable[[Register], object]) -> None:
    assert _read_whole(plans(shropshire, lambda: read(shropshire))) == []


def test_a_case_a_reference_and_a_search(shropshire: Register) -> None:
    case = Casework(shropshire).log(customer_name="Ann Lee", description="The hoist broke")
    found = plans(shropshire, lambda: case_page(shropshire, case.reference, TODAY))
    assert sum(len(plan) for plan in found) > 10
    assert _read_whole(found) == []
    found = plans(shropshire, lambda: find_references(shropshire, case.reference))
    assert any("ix_feedback_case_reference_key" in line for plan in found for line in plan)
    lines = [line for plan in plans(shropshire, lambda: find(shropshire, "hoist")) for line in plan]
    assert any("ix_case_restricted" in line for line in lines)


def test_the_function_that_searches_goes_by_the_index(known: Register) -> None:
    """What a function does shows in no plan: it is asked as it stands in it."""
    asked = {"looked_for": "to_tsquery('simple', 'hoist:*')", "without": "ARRAY[0]", "most": "50", "shown": "''"}
    search = re.sub(r"\b(looked_for|without|most|shown)\b", lambda found: asked[found[0]], SEARCHED)
    with known.engine.connect() as connection:
        # What was written lately stands beside the index, until the server has the time.
        connection.exec_driver_sql("SELECT gin_clean_pending_list('ix_search_said')")
        lines = [str(line) for line in connection.exec_driver_sql(f"EXPLAIN {search}").scalars()]
    assert any("ix_search_said" in line for line in lines)
    assert _read_whole([lines]) == []


@pytest.fixture(scope="module")
def known(either: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Two thousand cases of two busy years, and twenty of long ago; the server knows how they are spread."""
    with busy_register(tmp_path_factory.mktemp("known"), 2000, TODAY) as register:
        procedure = register.profile.procedures[0].key
        days = (date(2013, 5, day) for day in range(1, 21))
        old = [
            RegisterRow(reference=f"OLD-{day.day}", kind=Kind.COMPLAINT, received_on=day, procedure=procedure)
            for day in days
        ]
        import_cases(actor_on(register, TODAY), old)
        with register.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("ANALYZE")
        yield register


@pytest.mark.parametrize(
    "read",
    [
        lambda register: queue(register, TODAY, None, 50, 0),
        lambda register: queue(register, TODAY, QueueFilter(every_deadline=True), 50),
        lambda register: case_page(register, "OLD-7", TODAY),
        lambda register: find(register, "hoist"),
        lambda register: find(register, "carer late"),
        lambda register: figures_of(register, reporting_year("2013/14"), RECORDED),
    ],
)
def test_what_is_read_of_a_small_part_goes_by_indexes_as_the_server_knows_it(
    known: Register, read: Callable[[Register], object]
) -> None:
    """No switch is thrown: a page, a case and a year long ago are few of its cases, and the index is the cheaper way.

    What it needs of most cases it may well read from end to end.
    """
    found = plans(known, lambda: read(known), of_a_large_one=False)
    assert _read_whole(found) == []


def test_the_year_has_an_index_for_all_that_it_joins(known: Register) -> None:
    """As on a file: also for the year that is most of the register."""
    for year in ("2013/14", "2023/24"):
        found = plans(known, lambda year=year: figures_of(known, reporting_year(year), TODAY))  # type: ignore[misc]
        assert len(found) > 20
        assert _read_whole(found) == []


def _read_whole(found: list[list[str]]) -> list[str]:
    lines = [line for plan in found for line in plan]
    return [line for line in lines if any(f"Seq Scan on {table} " in line for table in BIG)]
