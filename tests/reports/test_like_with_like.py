"""What the report compares: each comparison that would mislead, and the sentence that stands there instead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.errors import InvalidInput
from feedback_tui.casework.log import log
from feedback_tui.casework.typed_figures import YearFigure, set_figures
from feedback_tui.enums import ClosingReason, Kind, OmbudsmanDecision, Outcome, Status
from feedback_tui.lists.writers import csv_lines
from feedback_tui.models.inputs.stages import NewCase
from feedback_tui.models.register import TypedFigure
from feedback_tui.reports.document.blocks import Section, Table
from feedback_tui.reports.document.number_format import shown
from feedback_tui.reports.document.report import paper
from feedback_tui.reports.drilldown.cases import behind
from feedback_tui.reports.list_columns import table_listing
from feedback_tui.storage.register import Register
from tests.reports.building import (
    ANSWERED,
    AS_OF,
    SHROPSHIRE,
    WIGAN,
    YEAR,
    Approach,
    Given,
    Point,
    empty_engine,
    figures_of_cases,
    read,
    stored,
)

SECTIONS = ("Feedback received", "In time")
EARLY = Given(received_on=date(2021, 4, 1))
"""The register holds 2021/22 from its first day."""


def last_years(*cases: Given, **options: Any) -> Section:
    found = paper(figures_of_cases(*cases, **options))
    return next(section for section in found.sections if section.title == "The last years")


def table(section: Section, key: str = "comparison") -> Table:
    return next(table for table in section.tables if table.key == key)


def line(of: Table, label: str) -> list[str]:
    return next([shown(cell) for cell in row.cells] for row in of.rows if row.label == label)


class TestARunningYear:
    JUNE, AUTUMN = date(2022, 6, 1), date(2022, 10, 3)
    CASES = (
        EARLY,
        *[ANSWERED.but(received_on=date(2021, 6, 1), responded_on=date(2021, 12, 1))] * 9,
        *[Given(received_on=date(2021, 11, 1))] * 20,
        *[ANSWERED] * 12,
    )

    def test_is_compared_with_the_same_days_of_the_years_before(self) -> None:
        """At the end of July 2022: 10 of 2021 had come in by then, not the 30 of the whole year."""
        section = last_years(*self.CASES, as_of=date(2022, 7, 31))
        found = table(section)
        assert found.columns == ("Figure", "2021/22 to 31 July", "2022/23 to 31 July", "Change")
        assert line(found, "Complaint cases") == ["10", "12", "+2 (+20.0% of 10)"]
        assert section.paragraphs[0] == (
            "2022/23 is running: it is compared with the same days of the years before, to 31 July, as the register "
            "stood then."
        )

    def test_what_was_answered_later_was_open_on_that_day(self) -> None:
        found = table(last_years(*self.CASES, as_of=date(2022, 7, 31)))
        assert line(found, "Investigations upheld")[:2] == ["0", "12"]
        assert line(table(last_years(*self.CASES)), "Investigations upheld")[:2] == ["9", "12"]

    def test_no_change_is_computed_from_a_year_typed_as_a_whole(self) -> None:
        typed = [TypedFigure(year="2021/22", name="complaints", value="156")]
        found = table(last_years(ANSWERED.but(received_on=date(2022, 4, 1)), typed=typed, as_of=self.JUNE))
        assert line(found, "Complaint cases") == ["156", "1", "–"]
        assert "2021/22 was typed as a whole, and 2022/23 is running: no change is computed." in found.note

    def test_what_is_counted_so_far_is_not_called_the_year(self) -> None:
        found = paper(figures_of_cases(*self.CASES, as_of=date(2022, 7, 10)))
        assert "what was received from 1 April 2022 to 10 July 2022; decisions" in found.about
        assert found.about.endswith("2022/23 is not over: it runs to 31 March 2023.")
        first = found.sections[0]
        assert first.paragraphs[0].startswith("In 2022/23 so far (1 April 2022 to 10 July 2022) Shropshire Council")
        assert any("a month, over 4 months (the last to 10 July)." in said for said in first.paragraphs)

    def test_months_and_quarters_to_come_have_no_line(self) -> None:
        found = paper(figures_of_cases(*self.CASES, as_of=date(2022, 7, 10)))
        received, in_time = (next(one for one in found.sections if one.title == title) for title in SECTIONS)
        months = ["April 2022", "May 2022", "June 2022", "July 2022"]
        for of, key, labels in (
            (received, "feedback.by_month", months),
            (received, "feedback.by_quarter", ["Q1", "Q2"]),
            (in_time, "stage_1.all.by_month", months),
            (in_time, "stage_1.all.by_quarter", ["Q1", "Q2"]),
        ):
            assert [row.label for row in table(of, key).rows] == labels
        assert table(in_time, "stage_1.by_quarter").columns == ("Procedure", "Q1", "Q2")

    def test_no_rate_is_given_of_an_activity_of_the_whole_year(self) -> None:
        def typed() -> list[TypedFigure]:
            return [TypedFigure(year="2022/23", name="activity: assessments", value="4000")]

        running = paper(figures_of_cases(*self.CASES, typed=typed(), as_of=date(2022, 7, 10))).sections[0]
        over = paper(figures_of_cases(*self.CASES, typed=typed())).sections[0]
        assert line(table(running, "feedback.activities"), "assessments") == ["4,000", "–", "–"]
        assert line(table(over, "feedback.activities"), "assessments") == ["4,000", "3.0", "3.0"]
        assert not any("of the activity of the year" in said for said in running.paragraphs)
        assert any("of the activity of the year" in said for said in over.paragraphs)

    def test_a_year_that_is_over_is_compared_whole(self) -> None:
        section = last_years(*self.CASES)
        assert line(table(section), "Complaint cases") == ["30", "12", "-18 (-60.0% of 30)"]
        assert table(section).columns[1:3] == ("2021/22", "2022/23")


class TestARegisterThatBeginsWithinASpan:
    CASES = (*[ANSWERED.but(received_on=date(2021, 10, 1))] * 6, *[ANSWERED] * 12)

    def test_says_from_when_and_computes_no_change(self) -> None:
        section = last_years(*self.CASES)
        found = table(section)
        assert found.columns[1] == "2021/22 from 1 October"
        assert line(found, "Complaint cases") == ["6", "12", "–"]
        assert "No change is computed over 2021/22, which the register holds only in part." in found.note
        assert section.paragraphs[0] == ("The register begins on 1 October 2021: it holds 2021/22 from then only.")
        assert all(row.cells[-1] == "–" for each in section.tables for row in each.rows)

    def test_its_first_year_says_so_where_the_feedback_is_counted(self) -> None:
        first = paper(figures_of_cases(*[ANSWERED] * 3)).sections[0]
        assert "The register begins on 1 June 2022: what came in before that is not counted." in first.paragraphs

    def test_a_few_quiet_days_at_the_start_are_no_beginning(self) -> None:
        cases = [ANSWERED.but(received_on=date(2021, 4, 9)), *[ANSWERED] * 2]
        assert read(*cases, at="comparison")[0]["counted_from"] is None


def test_a_year_is_not_compared_with_the_one_before_the_last() -> None:
    typed = [TypedFigure(year="2020/21", name="complaints", value="156")]
    found = table(last_years(ANSWERED.but(received_on=date(2022, 4, 1)), typed=typed))
    assert line(found, "Complaint cases") == ["156", "1", "–"]
    assert "Nothing is known of 2021/22, the year before: no change is computed." in found.note


class TestTypedFigures:
    def test_groups_are_compared_with_the_same_group(self) -> None:
        """Formal with formal: 71 after 59, whatever came in informally."""
        formal = ANSWERED.but(procedure="formal-simple", received_on=date(2022, 4, 1))
        informal = ANSWERED.but(procedure="informal", outcome=Outcome.RESOLVED_INFORMALLY)
        typed = [
            TypedFigure(year="2021/22", name="group: formal", value="59"),
            TypedFigure(year="2021/22", name="group_upheld: formal", value="20"),
            TypedFigure(year="2021/22", name="group_average_working_days: formal", value="21.5"),
            TypedFigure(year="2021/22", name="outcome: not upheld", value="23"),
            TypedFigure(year="2021/22", name="enquiries", value="150"),
        ]
        cases = [*[formal] * 71, *[informal] * 162, *[Given(kind=Kind.ENQUIRY, procedure=None)] * 177]
        section = last_years(*cases, typed=typed, profile=WIGAN)
        assert line(table(section, "comparison.group"), "formal") == ["59", "71", "+12 (+20.3% of 59)"]
        assert line(table(section, "comparison.group_upheld"), "formal") == ["20", "71", "+51 (+255.0% of 20)"]
        assert line(table(section, "comparison.group_average_working_days"), "formal")[:2] == ["21.5", "20.0"]
        assert line(table(section, "comparison.outcome"), "not upheld")[:2] == ["23", "0"]
        assert line(table(section), "Enquiries") == ["150", "177", "+27 (+18.0% of 150)"]

    def test_council_wide_figures_are_no_part_of_the_activity(self) -> None:
        def typed() -> list[TypedFigure]:
            return [
                TypedFigure(year="2022/23", name="activity: assessments", value="4000"),
                TypedFigure(year="2022/23", name="council: complaints", value="950"),
                TypedFigure(year="2021/22", name="activity: assessments", value="3900"),
            ]

        case = ANSWERED.but(received_on=date(2022, 4, 1))
        found = figures_of_cases(case, typed=typed())
        assert found.headline.of_activity == Decimal(4000)
        assert found.council_wide == {"complaints": Decimal(950)}
        first = paper(found).sections[0]
        assert line(table(first, "feedback.council_wide"), "complaints") == ["950"]
        earlier = table(last_years(case, typed=typed()), "comparison.activity")
        assert line(earlier, "assessments") == ["3,900", "4,000", "+100 (+2.6% of 3,900)"]

    def test_one_of_a_year_that_the_register_counts_is_refused_with_the_reason(self, shropshire: Register) -> None:
        actor = Actor(shropshire, "officer", AS_OF)
        log(actor, NewCase(kind=Kind.COMPLIMENT, received_on=date(2022, 6, 6), description="Thank you"))
        with pytest.raises(InvalidInput, match="the register counts it itself: it holds 1 case") as refused:
            set_figures(actor, [YearFigure("2022/23", "investigations", "999")])
        assert "investigations of 2022/23 cannot be typed" in str(refused.value)
        done = set_figures(
            actor,
            [
                YearFigure("2021/22", "investigations", "156"),
                YearFigure("2022/23", "activity: assessments", "4000"),
                YearFigure("2022/23", "council: complaints", "950"),
            ],
        )
        assert done.new == 3


def test_a_rank_is_given_over_a_complete_list_alone() -> None:
    typed = [TypedFigure(year="2021/22", name="theme: Care", value="9")]
    cases = [ANSWERED.but(received_on=date(2022, 4, 1), points=(Point(theme="Care"),))] * 6
    found = table(last_years(*cases, typed=typed), "comparison.theme")
    assert line(found, "Care")[:2] == ["9", "6 (1)"]


@pytest.mark.parametrize(("base", "share"), [(1, "1 of 1"), (4, "4 of 4"), (5, "100% (5 of 5)")])
def test_no_per_cent_is_given_of_a_base_under_5(base: int, share: str) -> None:
    found = paper(figures_of_cases(*[ANSWERED] * base)).sections[0].tables[0]
    assert shown(found.rows[0].cells[1]) == share
    listing = table_listing(found)
    assert csv_lines(listing.cells()).count("100") == (1 if base == 5 else 0)


def test_what_is_not_answered_or_ended_is_said_to_be_in_no_figure() -> None:
    """An average of the responses sent says nothing of what still waits; nor do findings of what is open."""
    waiting = Given(started_on=date(2022, 6, 7), status=Status.INVESTIGATING)
    cases = [*[EARLY.but(started_on=date(2021, 5, 1))] * 6, *[ANSWERED] * 6, *[waiting] * 3]
    found = paper(figures_of_cases(*cases))
    in_time = next(section for section in found.sections if section.title == "In time")
    assert (
        "No response was sent in 3 investigations, open or ended without one: they are in no average."
        in in_time.paragraphs
    )
    said = last_years(*cases).paragraphs[-1]
    assert said == "Not in the figures of 2022/23 yet is what 3 investigations, still open, will find."


def test_no_per_cent_is_given_of_a_change_in_the_average_of_a_part() -> None:
    """How many responses such an average is of is not known beside it: 26.1 to 8.0 days may be of two."""
    cases = [ANSWERED.but(received_on=date(2021, 4, 1), working_days=40)] * 6 + [ANSWERED] * 6
    section = last_years(*cases)
    assert line(table(section, "comparison.average_working_days"), "Statutory complaint, adult social care") == [
        "40.0", "20.0", "-20.0",
    ]  # fmt: skip
    assert line(table(section), "Average working days to respond") == ["40.0", "20.0", "-20.0 (-50.0% of 40.0)"]


def test_no_per_cent_of_a_small_year_stands_in_a_change() -> None:
    small = [EARLY, *[ANSWERED.but(received_on=date(2021, 6, 1))] * 3, *[ANSWERED] * 9]
    assert line(table(last_years(*small)), "Complaint cases") == ["4", "9", "+5"]


class TestAsOfAPastDay:
    DAY = date(2022, 6, 30)

    def test_what_came_later_is_not_counted(self) -> None:
        found = read(ANSWERED, ANSWERED.but(received_on=date(2022, 7, 1)), at="complaints.cases", as_of=self.DAY)
        assert found == 1

    def test_what_was_answered_closed_or_decided_later_was_open(self) -> None:
        decided = Approach(
            date(2022, 6, 20), date(2022, 7, 18), date(2022, 7, 18), date(2022, 9, 1), OmbudsmanDecision.UPHELD
        )
        cases = [
            ANSWERED.but(approaches=(decided,), learning=("finance",)),
            Given(
                status=Status.CLOSED,
                closed_on=date(2022, 8, 1),
                closing_reason=ClosingReason.SIGNPOSTED,
                acknowledgement=None,
            ),
        ]
        then = read(*cases, at="outcomes.stage_1", as_of=self.DAY)
        assert then == {"open": 1}
        assert read(*cases, at="complaints.not_investigated", as_of=self.DAY) == {}
        assert read(*cases, at="complaints.not_yet_investigated", as_of=self.DAY) == 1
        assert read(*cases, at="stage_1.all.responded", as_of=self.DAY) == 0
        ombudsman = read(*cases, at="ombudsman", as_of=self.DAY)
        assert (ombudsman["received"], ombudsman["awaiting"], ombudsman["decided"]) == (1, 1, {})
        assert read(*cases, at="learning.cases", as_of=self.DAY) == 0
        now = read(*cases, at="outcomes.stage_1")
        assert now == {"upheld": 1, "open": 0}

    def test_the_list_behind_a_figure_is_of_that_day_too(self) -> None:
        with stored(empty_engine(), [ANSWERED, Given(received_on=date(2022, 7, 1))]) as session:
            assert behind(session, SHROPSHIRE, YEAR, self.DAY, "outcomes.stage_1.open").count == 1
            assert behind(session, SHROPSHIRE, YEAR, AS_OF, "outcomes.stage_1.open").count == 0

    def test_an_acknowledgement_that_came_later_was_overdue(self) -> None:
        late = ANSWERED.but(acknowledged_on=date(2022, 7, 4))
        assert read(late, at="acknowledgement", as_of=self.DAY) == {"within": 0, "of": 1}
        assert read(late, at="acknowledgement", as_of=date(2022, 6, 8)) == {"within": 0, "of": 0}
