"""The working reports, on a register worked on by the verbs that officers use."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.casework.ombudsman import ombudsman
from feedback_tui.models.inputs.stages import OmbudsmanStep, PointInput
from feedback_tui.reports.document.blocks import Table
from feedback_tui.reports.document.number_format import plain
from feedback_tui.reports.drilldown.cases import cases_behind
from feedback_tui.reports.management_reports import ombudsman_now, open_now, owed, quarter_report, response_times
from feedback_tui.reports.renderers.as_text import paper_as_text
from feedback_tui.rules.months import year_of
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework
from tests.conftest import actor_on

TODAY = date(2024, 4, 10)
"""A Wednesday; the aim of what was received on 4 March 2024 (tests.casework.cases)."""


@pytest.fixture
def register(shropshire: Register) -> Register:
    """Three cases: one in time, one overdue for its acknowledgement, one with the Ombudsman."""
    investigated = Casework(shropshire).log(points=(PointInput(team="North"),))
    investigated.acknowledge(date(2024, 3, 5))
    investigated.investigate(date(2024, 3, 6), investigator="Pat Lowe")
    Casework(shropshire).log(points=(PointInput(team="South"),), officer="Kim Ode")
    appealed = Casework(shropshire).log(date(2024, 4, 8), points=(PointInput(team="North"),))
    ombudsman(actor_on(shropshire, TODAY), appealed.reference, OmbudsmanStep(received_on=date(2024, 4, 9)))
    return shropshire


def cells(table: Table) -> dict[str, tuple[object, ...]]:
    return {row.label: tuple(map(plain, row.cells)) for row in table.rows}


def test_open_and_overdue_by_team_and_investigator(register: Register) -> None:
    found = open_now(register, TODAY).sections[0]
    assert found.paragraphs == ("3 cases open or with something owed; 1 with something overdue.",)
    assert cells(found.tables[0]) == {"South": (1, 1), "North": (2, 0)}
    assert cells(found.tables[1]) == {"Nobody yet": (2, 1), "Pat Lowe": (1, 0)}


def test_what_each_manager_owes_by_sunday(register: Register) -> None:
    found = owed(register, TODAY).sections[0]
    assert found.paragraphs[0] == "Due by 14 April 2024: 4, of which 1 overdue."
    captions = [table.caption for table in found.tables]
    # The acknowledgement that is late, and the aim of the response that is due today.
    assert "Kim Ode: 2 owed" in captions
    assert "Pat Lowe: 1 owed" in captions
    pat = found.tables[captions.index("Pat Lowe: 1 owed")].rows[0]
    assert tuple(map(plain, pat.cells)) == ("Response (aim)", "Wed 10 Apr 2024", "today", "North")


def test_the_ombudsman_in_the_running_year(register: Register) -> None:
    found = ombudsman_now(register, TODAY).sections[0]
    assert found.paragraphs[0].endswith("1 complaint went to the Ombudsman; 1 of these await a decision.")
    assert found.tables[0].rows[0].cells[1] == "Tue 7 May 2024"


def test_each_count_of_what_is_open_lists_as_many_cases(register: Register) -> None:
    for table in open_now(register, TODAY).sections[0].tables:
        for row in table.rows:
            for place, count in enumerate(map(plain, row.cells)):
                if key := row.key(place):
                    assert cases_behind(register, year_of(TODAY), TODAY, key).count == count, key


def test_the_quarter_that_ended_last_stands_beside_what_is_open_now(register: Register) -> None:
    found = quarter_report(register, TODAY)
    assert found.title == "Quarterly report 2023/24 Q4"
    assert found.sections[0].paragraphs[0].startswith("In 2023/24 Q4 (1 January 2024 to 31 March 2024)")
    assert found.sections[-1].title == "Open now"


def test_response_times_are_of_the_last_twelve_whole_months(register: Register) -> None:
    found = response_times(register, TODAY).sections[0]
    assert found.paragraphs[0] == "What was received from 1 April 2023 to 31 March 2024."
    assert len(found.tables[0].rows) == 12


def test_nothing_owed_can_be_printed(shropshire: Register) -> None:
    for report in (open_now, owed, ombudsman_now, response_times, quarter_report):
        assert paper_as_text(report(shropshire, TODAY), 80)
