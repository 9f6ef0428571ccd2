"""Reopened cases, each stage by itself, teams and providers, one rate of findings, and regulation 18 point by point."""

from __future__ import annotations

from datetime import date
from typing import Any

from feedback_tui.enums import Outcome, Status
from feedback_tui.models.register import TypedFigure
from feedback_tui.reports.document.blocks import Section, Share, stated
from feedback_tui.reports.document.number_format import shown
from feedback_tui.reports.document.report import paper
from feedback_tui.reports.drilldown.cases import behind
from tests.reports.building import (
    ANSWERED,
    AS_OF,
    NORTH,
    SHROPSHIRE,
    SOUTH,
    WIGAN,
    YEAR,
    Agreed,
    Due,
    Given,
    Point,
    Reopening,
    empty_engine,
    figures_of_cases,
    read,
    stored,
)

RETURN = "The return under regulation 18"


def section_of(*cases: Given, title: str, **options: Any) -> Section:
    found = paper(figures_of_cases(*cases, **options))
    return next(section for section in found.sections if section.title == title)


def lines(section: Section, key: str) -> dict[str, list[str]]:
    table = next(table for table in section.tables if table.key == key)
    return {row.label: [shown(cell) for cell in row.cells] for row in table.rows}


class TestRegulation18:
    def test_a_case_without_a_settled_procedure_is_under_them(self) -> None:
        """Its three working days and its six months run from receipt, whatever procedure it gets."""
        unsettled = Given(procedure=None, points=(Point(category="Charges"),), learning=("finance",))
        cases = [ANSWERED, unsettled, ANSWERED.but(procedure="corporate")]
        assert read(*cases, at="regulation_18.under_the_regulations.received") == 2
        assert section_of(*cases, title=RETURN).paragraphs[1] == (
            "1 complaint case is without a settled procedure: the first column counts such cases as well."
        )
        with stored(empty_engine(), cases) as session:
            listed = behind(session, SHROPSHIRE, YEAR, AS_OF, "regulation_18.under_the_regulations.received")
        assert [line.reference for line in listed.lines] == ["T-1", "T-2"]

    def test_each_point_stands_in_its_own_column(self) -> None:
        care, charges = Point(category="Care"), Point(category="Charges")
        mine = ANSWERED.but(points=(care,), learning=("finance", None), actions=(Agreed(done_on=date(2022, 8, 1)),))
        other = ANSWERED.but(procedure="corporate", points=(charges,), learning=("staff",), actions=(Agreed(),))
        assert lines(section_of(*[mine] * 6, *[other] * 2, title=RETURN), "regulation_18") == {
            "Complaints received": ["6", "8"],
            "Well-founded: upheld or partly upheld": ["6", "8"],
            "Known to have gone to the Ombudsman in the year": ["0", "0"],
            "Subject matter (the most frequent categories)": [
                "Care 100% (6 of 6)", "Care 75% (6 of 8); Charges 25% (2 of 8)",
            ],
            "Matters of general importance": ["for the council to write: no figure says it", "–"],
            "Action taken or to be taken to improve services": [
                "12 points of learning; 6 actions, of which 6 done",
                "14 points of learning; 8 actions, of which 6 done",
            ],
        }  # fmt: skip

    def test_a_council_without_such_a_procedure_has_no_unsettled_case_under_them(self) -> None:
        profile = SHROPSHIRE.model_copy(
            update={"procedures": tuple(one for one in SHROPSHIRE.procedures if one.key == "corporate"), "headline": ()}
        )
        found = read(Given(procedure=None), at="regulation_18.under_the_regulations.received", profile=profile)
        assert found == 0


class TestReopened:
    DAY = date(2022, 9, 1)

    def counts(self, *cases: Given, **options: Any) -> tuple[int, int]:
        found = read(*cases, at="complaints", **options)
        return found["reopened"], found["answered_since"]

    def test_counts_a_case_once_however_often_it_was_reopened(self) -> None:
        twice = ANSWERED.but(reopenings=(Reopening(self.DAY), Reopening(date(2022, 10, 3))))
        assert self.counts(twice, ANSWERED) == (1, 0)

    def test_not_what_was_undone(self) -> None:
        assert self.counts(ANSWERED.but(reopenings=(Reopening(self.DAY, undone=True),))) == (0, 0)

    def test_an_imported_case_that_was_answered_again(self) -> None:
        assert self.counts(ANSWERED.but(answered_again_on=self.DAY)) == (1, 1)
        review = ANSWERED.but(reviewed=True, review_responded_on=date(2022, 8, 1), review_answered_again_on=self.DAY)
        assert self.counts(review) == (1, 1)

    def test_one_closed_without_an_answer_that_got_its_first(self) -> None:
        late = ANSWERED.but(reopenings=(Reopening(date(2022, 6, 15)),))
        assert self.counts(late) == (1, 1)
        assert self.counts(late, as_of=date(2022, 6, 20)) == (1, 0)
        assert self.counts(late, as_of=date(2022, 6, 14)) == (0, 0)

    def test_the_report_says_so(self) -> None:
        waits = ANSWERED.but(reopenings=(Reopening(self.DAY),), reopened_on=self.DAY)
        again = ANSWERED.but(reopenings=(Reopening(self.DAY),), answered_again_on=date(2022, 9, 20))
        found = section_of(waits, again, ANSWERED, title="Outcomes")
        assert found.paragraphs[-1] == "Reopened after closing: 2 cases; answered since then: 1."


def test_a_response_by_a_team_is_counted_once_however_it_is_spelt() -> None:
    case = ANSWERED.but(points=(Point(team="North", provider="Home"), Point(team="NORTH", provider="Home")))
    found = read(case, ANSWERED.but(points=(NORTH, SOUTH), working_days=None), at="teams")
    assert found == {
        "North": {"responded": 2, "with_days": 1, "average_working_days": 20},
        "South": {"responded": 1, "with_days": 0, "average_working_days": None},
    }
    assert read(case, at="providers") == {"Home": {"responded": 1, "with_days": 1, "average_working_days": 20}}


def test_teams_and_providers_have_their_response_times_and_their_findings() -> None:
    quick = ANSWERED.but(points=(Point(team="North", provider="Home"),), working_days=10)
    slow = ANSWERED.but(points=(SOUTH,), working_days=30, outcome=Outcome.NOT_UPHELD)
    open_one = Given(points=(SOUTH,), started_on=date(2022, 6, 7), status=Status.INVESTIGATING)
    cases = [*[quick] * 5, *[slow] * 5, open_one]
    in_time, outcomes = (section_of(*cases, title=title) for title in ("In time", "Outcomes"))
    assert lines(in_time, "teams") == {
        "North": ["5", "10.0 (5)"],
        "South": ["5", "30.0 (5)"],
        "All": ["10", "20.0 (10)"],
    }
    assert lines(in_time, "providers") == {"Home": ["5", "10.0 (5)"]}
    assert {label: cells[-1] for label, cells in lines(outcomes, "outcomes.by_team").items()} == {
        "North": "100% (5 of 5)", "South": "0% (0 of 5)", "All": "50% (5 of 10)",
    }  # fmt: skip
    assert lines(outcomes, "outcomes.by_provider") == {"Home": ["5", "0", "0", "100% (5 of 5)"]}


class TestStageByStage:
    REVIEWED = ANSWERED.but(
        procedure="corporate",
        reviewed=True,
        review_responded_on=date(2022, 9, 9),
        review_working_days=15,
        review_outcome=Outcome.NOT_UPHELD,
        review_targets=(Due(date(2022, 9, 8)),),
        review_limits=(Due(date(2022, 9, 9)),),
    )

    def test_each_stage_has_its_own_line(self) -> None:
        waiting = self.REVIEWED.but(review_responded_on=None, review_working_days=None, review_outcome=None)
        found = lines(section_of(*[self.REVIEWED] * 5, waiting, *[ANSWERED] * 4, title="Outcomes"), "stages")
        assert found == {
            "Stage 1": ["10", "10", "20.0 (10)", "100% (10 of 10)", "100% (10 of 10)", "100% (10 of 10)"],
            "Stage 2": ["6", "5", "15.0 (5)", "0% (0 of 5)", "100% (5 of 5)", "0% (0 of 5)"],
        }

    def test_the_json_has_each_stage_as_it_has_the_first(self) -> None:
        found = read(self.REVIEWED, ANSWERED, at="stage_2")
        assert found["all"] == found["corporate"]
        assert found.keys() == {"all", "corporate"}
        assert {key: found["all"][key] for key in ("responded", "within_target", "of_target", "within_limit")} == {
            "responded": 1, "within_target": 0, "of_target": 1, "within_limit": 1,
        }  # fmt: skip
        first = read(self.REVIEWED, ANSWERED, at="stage_1.all")
        assert found["all"].keys() == first.keys() - {"by_month", "by_quarter"}

    def test_without_a_second_stage_there_is_no_such_table(self) -> None:
        section = section_of(*[ANSWERED] * 4, title="Outcomes")
        assert [table.key for table in section.tables if table.key == "stages"] == []


class TestOneRate:
    """“Upheld” has one rate, of the findings, and each rate its base beside it."""

    CASES = (
        *[ANSWERED.but(points=(Point(team="North", provider="Home"),))] * 4,
        *[ANSWERED.but(outcome=Outcome.PARTLY_UPHELD)] * 3,
        *[ANSWERED.but(outcome=Outcome.NOT_UPHELD, procedure="corporate")] * 5,
        *[ANSWERED.but(outcome=Outcome.NO_FINDING)] * 2,
        ANSWERED.but(outcome=Outcome.WITHDRAWN, status=Status.CLOSED, closed_on=date(2022, 8, 1)),
        Given(started_on=date(2022, 6, 7), status=Status.INVESTIGATING),
    )

    def test_its_base_is_what_has_a_finding(self) -> None:
        section = section_of(*self.CASES, title="Outcomes")
        assert section.paragraphs[:2] == (
            "Of 12 investigations with a finding, 33% (4 of 12) were upheld, 25% (3 of 12) were partly upheld and 42% "
            "(5 of 12) were not upheld.",
            "The others: no finding 2, withdrawn 1 and open 1.",
        )
        assert lines(section, "outcomes.stage_1") == {
            "Upheld": ["4", "33% (4 of 12)"], "Partly upheld": ["3", "25% (3 of 12)"],
            "Not upheld": ["5", "42% (5 of 12)"], "No finding": ["2", "–"], "Withdrawn": ["1", "–"], "Open": ["1", "–"],
        }  # fmt: skip

    def test_no_other_share_of_what_was_upheld_stands_anywhere(self) -> None:
        """Not of all investigations, of those with any outcome, or of what was received."""
        found = paper(figures_of_cases(*self.CASES))
        bases = {
            (table.key, int(cell.base.value))
            for section in found.sections
            for table in section.tables
            for row in table.rows
            for heading, cell in zip(table.columns[1:], row.cells, strict=True)
            if isinstance(cell, Share) and ("upheld" in row.label.casefold() or "upheld" in heading.casefold())
        }
        assert bases == {
            ("outcomes.stage_1", 12), ("outcomes.by_procedure", 7), ("outcomes.by_procedure", 5),
            ("outcomes.by_procedure", 12), ("outcomes.by_team", 4), ("outcomes.by_team", 12),
            ("outcomes.by_provider", 4), ("code", 12), ("code", 0), ("learning.cases", 7),
            ("groups.statutory.outcomes", 7), ("groups.corporate.outcomes", 5),
        }  # fmt: skip

    def test_what_was_resolved_informally_is_no_finding(self) -> None:
        informal = ANSWERED.but(procedure="informal", outcome=Outcome.RESOLVED_INFORMALLY)
        formal = ANSWERED.but(procedure="formal-simple")
        section = section_of(*[informal] * 160, *[formal] * 10, title="Outcomes", profile=WIGAN)
        assert section.paragraphs[0].startswith("Of 10 investigations with a finding, 100% (10 of 10) were upheld")

    def test_what_earlier_reports_gave_has_another_name(self) -> None:
        typed = [TypedFigure(year="2021/22", name="upheld_percent", value="21")]
        section = section_of(*self.CASES, title="The last years", typed=typed)
        assert section.paragraphs[-3:] == (
            "Upheld or partly upheld, of the investigations with a finding: 2021/22 not known; 2022/23 58% (7 of 12).",
            "As earlier reports gave it, upheld in full, of the investigations with any outcome: 2021/22 21% as typed, "
            "its number not known; 2022/23 27% (4 of 15).",
            "Not in the figures of 2022/23 yet is what 1 investigation, still open, will find.",
        )

    def test_every_rate_names_its_base_beside_it(self) -> None:
        for section in paper(figures_of_cases(*self.CASES)).sections:
            for table in section.tables:
                for cell in (cell for row in table.rows for cell in row.cells if isinstance(cell, Share) and cell.base):
                    assert f"of {cell.base.value:,}" in shown(cell)
                    assert stated(cell)[1].figure.words
