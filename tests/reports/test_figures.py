"""Each figure of the year, on cases small enough to be counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback_tui.models.register import TypedFigure
from feedback_tui.reports.shapes import By
from feedback_tui.rules.months import month, quarter
from feedback_tui.words import ClosingReason, Kind, OmbudsmanDecision, Outcome, Role, Status
from tests.reports.building import (
    ANSWERED,
    AS_OF,
    WIGAN,
    YEAR,
    Agreed,
    Approach,
    Due,
    Given,
    Point,
    figures_of_cases,
    summary,
)


def read(*cases: Given, at: str, **options: Any) -> Any:
    """One figure of the summary: ``complaints.by_team``."""
    found: Any = summary(*cases, **options)
    for key in at.split("."):
        found = found[key]
    return found


NORTH, SOUTH = Point(team="North"), Point(team="South")


class TestWhatWasReceived:
    def test_counts_by_kind_month_and_quarter_only_what_was_received_in_the_year(self) -> None:
        feedback = read(
            Given(received_on=date(2022, 4, 1)),
            Given(received_on=date(2023, 3, 31)),
            Given(kind=Kind.COMPLIMENT, received_on=date(2022, 10, 5)),
            Given(received_on=date(2022, 3, 31)),
            Given(received_on=date(2023, 4, 1)),
            at="feedback",
        )
        assert feedback["total"] == 3
        assert feedback["by_kind"] == {"complaint": 2, "compliment": 1}
        assert feedback["by_month"] | {"2022-04": 1, "2022-10": 1, "2023-03": 1} == feedback["by_month"]
        assert len(feedback["by_month"]) == 12
        assert feedback["by_quarter"] == {"Q1": 1, "Q2": 0, "Q3": 1, "Q4": 1}
        assert feedback["monthly_average"] == 0.3

    def test_the_average_of_a_year_under_way_is_over_the_months_that_have_begun(self) -> None:
        cases = [Given(received_on=date(2022, 4, 10))] * 9
        assert read(*cases, at="feedback.monthly_average", as_of=date(2022, 5, 3)) == 4.5

    def test_a_void_case_counts_nowhere(self) -> None:
        void = ANSWERED.but(
            status=Status.VOID,
            points=(NORTH,),
            reviewed=True,
            approaches=(Approach(date(2022, 9, 1), decided_on=date(2022, 12, 1), decision=OmbudsmanDecision.UPHELD),),
            remedies=(Agreed("payment", 5000),),
            learning=("communication",),
            actions=(Agreed(due_on=date(2022, 12, 1)),),
        )
        with_void, without = summary(ANSWERED, void), summary(ANSWERED)
        assert with_void == without

    def test_a_settled_concern_is_feedback_and_no_complaint(self) -> None:
        settled = Given(kind=Kind.CONCERN, status=Status.CLOSED, closed_on=date(2022, 6, 2), procedure=None)
        found: Any = summary(ANSWERED, settled)
        assert found["feedback"]["by_kind"] == {"complaint": 1, "concern": 1}
        assert found["complaints"]["cases"] == 1
        assert found["acknowledgement"] == {"within": 1, "of": 1}

    def test_a_quarter_and_a_month_count_their_own_days(self) -> None:
        june, july = Given(received_on=date(2022, 6, 30)), Given(received_on=date(2022, 7, 1))
        first = summary(june, july, span=quarter(YEAR, 1))
        assert first["year"] == {"label": "2022/23 Q1", "start": "2022-04-01", "end": "2022-06-30"}
        assert read(june, july, at="feedback.by_month", span=month("2022-07")) == {"2022-07": 1}
        assert read(june, july, at="feedback.by_quarter", span=month("2022-07")) == {"Q2": 1}


class TestHeadline:
    def test_is_the_sum_that_the_profile_names_as_a_share_of_the_activity_that_was_typed(self) -> None:
        cases = [
            ANSWERED.but(procedure="formal-simple"),
            ANSWERED.but(procedure="formal-complex", approaches=(Approach(date(2022, 8, 1)),)),
            ANSWERED.but(procedure="informal"),
            Given(kind=Kind.ENQUIRY, procedure=None),
            Given(kind=Kind.COMPLIMENT, procedure=None),
        ]
        activity = TypedFigure(year="2022/23", name="activity", value="22,475")
        headline = read(*cases, at="feedback.headline", profile=WIGAN, typed=[activity])
        assert headline == {
            "count": 5,
            "of_activity": 22475,
            "parts": {"group:formal": 2, "procedure:informal": 1, "ombudsman": 1, "kind:enquiry": 1},
        }

    def test_has_no_activity_where_none_was_typed_or_it_is_of_another_year(self) -> None:
        other = TypedFigure(year="2021/22", name="activity", value="17327")
        assert read(ANSWERED, at="feedback.headline.of_activity", typed=[other]) is None


class TestComplaints:
    def test_a_case_with_two_teams_counts_once_under_each(self) -> None:
        both = Given(points=(NORTH, SOUTH, Point(team="North", category="Delay")))
        cut = figures_of_cases(both, Given(points=(NORTH,)), Given()).complaints.by[By.TEAM]
        assert cut.counts == {"North": 2, "South": 1}
        assert (cut.total, cut.base, cut.without, cut.repeated) == (3, 3, 1, 1)

    def test_spellings_that_differ_in_case_are_one_word_under_the_spelling_most_cases_have(self) -> None:
        cases = [
            Given(points=(NORTH, Point(team="NORTH"))),
            Given(points=(Point(team="north"),), procedure="corporate"),
            Given(points=(NORTH,)),
        ]
        found: Any = summary(*cases)
        assert found["complaints"]["by_team"] == {"North": 3}
        assert found["groups"]["statutory"]["by_team"] == {"North": 2}
        assert found["groups"]["corporate"]["by_team"] == {"North": 1}
        assert read(Given(channel="Email"), Given(channel="email"), at="complaints.by_channel") == {"Email": 2}

    def test_a_subcategory_stands_under_its_category(self) -> None:
        cases = [
            Given(points=(Point(category="Standards", subcategory="delay"), Point(category="STANDARDS"))),
            Given(points=(Point(category="Staff", subcategory="delay"),)),
            Given(points=(Point(category="Standards", subcategory="Delay"),)),
            Given(points=(Point(category="Standards", subcategory="delay"),)),
        ]
        found: Any = summary(*cases)["complaints"]
        assert found["by_category"] == {"Standards": 3, "Staff": 1}
        assert found["by_subcategory"] == {"Standards > delay": 3, "Staff > delay": 1}
        assert found["not_recorded"]["by_subcategory"] == 0

    def test_counts_the_roles_of_those_who_complained(self) -> None:
        cases = [Given(roles=(Role.FAMILY, Role.MP)), Given(roles=(Role.FAMILY,)), Given(roles=(None,)), Given()]
        found: Any = summary(*cases)["complaints"]
        assert found["by_correspondent"] == {"family": 2, "MP": 1}
        assert found["not_recorded"]["by_correspondent"] == 2

    def test_withdrawn_without_an_investigation_is_no_investigation(self) -> None:
        gone = {"status": Status.CLOSED, "closed_on": date(2022, 6, 9)}
        cases = [
            ANSWERED,
            Given().but(**gone, closing_reason=ClosingReason.WITHDRAWN),
            Given().but(**gone, outcome=Outcome.WITHDRAWN),
            Given().but(**gone, closing_reason=ClosingReason.SIGNPOSTED),
            Given().but(**gone),
            Given(),
        ]
        found: Any = summary(*cases)
        complaints = found["complaints"]
        assert (complaints["cases"], complaints["investigations"]) == (6, 1)
        assert complaints["not_investigated"] == {"withdrawn": 2, "signposted": 1}
        assert complaints["not_recorded"]["not_investigated"] == 1
        assert complaints["not_yet_investigated"] == 1
        assert found["outcomes"]["stage_1"] == {"upheld": 1, "open": 0}

    def test_an_investigation_has_an_outcome_or_is_open_and_they_add_up(self) -> None:
        started = Given(status=Status.INVESTIGATING, started_on=date(2022, 6, 7))
        closed = started.but(status=Status.CLOSED, closed_on=date(2022, 8, 1))
        cases = [
            ANSWERED,
            ANSWERED.but(outcome=Outcome.PARTLY_UPHELD),
            ANSWERED.but(outcome=None),
            started,
            closed.but(closing_reason=ClosingReason.WITHDRAWN),
            closed.but(closing_reason=ClosingReason.COURT_OR_CLAIM),
            closed.but(outcome=Outcome.NO_FINDING, closing_reason=ClosingReason.COURT_OR_CLAIM),
        ]
        outcomes = read(*cases, at="outcomes.stage_1")
        assert outcomes == {
            "upheld": 1,
            "partly upheld": 1,
            "no finding": 1,
            "withdrawn": 1,
            "closed without outcome": 1,
            "open": 2,
        }
        assert sum(outcomes.values()) == read(*cases, at="complaints.investigations") == 7

    def test_stage_2_adds_up_to_the_reviews(self) -> None:
        reviewed = ANSWERED.but(procedure="corporate", reviewed=True, status=Status.IN_REVIEW)
        outcomes = read(reviewed, reviewed.but(review_outcome=Outcome.NOT_UPHELD), ANSWERED, at="outcomes")
        assert outcomes["stage_2"] == {"not upheld": 1, "open": 1}
        assert outcomes["reviews"] == 2


class TestTimeliness:
    def test_averages_the_days_and_puts_them_into_the_bands_of_the_profile(self) -> None:
        cases = [ANSWERED.but(working_days=days) for days in (0, 25, 26, 65, 66)]
        found = read(*cases, ANSWERED.but(procedure="corporate", working_days=1), at="stage_1")
        assert list(found) == ["all", "statutory-adult", "corporate"]
        assert found["statutory-adult"]["average_working_days"] == 36.4
        assert found["statutory-adult"]["bands"] == {"0-25": 2, "26-65": 2, "66+": 1}
        assert found["corporate"]["average_working_days"] == 1.0
        assert found["all"]["responded"] == 6

    def test_rounds_halves_up(self) -> None:
        # 20 cases: 1/20 = 0.05 is 0.1; banker's rounding, or a float, would give 0.0.
        cases = [ANSWERED.but(working_days=days) for days in (1, *[0] * 19)]
        assert read(*cases, at="stage_1.all.average_working_days") == 0.1

    def test_no_responses_have_no_average(self) -> None:
        assert read(Given(), at="stage_1.all.average_working_days") is None

    def test_in_time_is_on_the_due_date_and_against_the_original(self) -> None:
        due, day_after = date(2022, 7, 8), date(2022, 7, 11)
        on_it = ANSWERED.but(responded_on=due)
        late = ANSWERED.but(responded_on=day_after)
        moved = late.but(targets=(Due(due, day_after),))
        extended = moved.but(extended=True)
        assert read(on_it, late, at="stage_1.all.within_target") == 1
        assert read(on_it, late, at="stage_1.all.within_limit") == 2
        assert read(moved, at="stage_1.all.within_target") == 0
        assert read(moved, at="stage_1.all.within_extended") == 0
        assert read(extended, at="stage_1.all.within_target") == 0
        assert read(extended, at="stage_1.all.within_extended") == 1
        assert read(extended.but(responded_on=date(2022, 7, 12)), at="stage_1.all.within_extended") == 0
        assert read(on_it.but(extended=True), at="stage_1.all.within_extended") == 0

    def test_a_date_that_the_procedure_does_not_have_judges_nothing(self) -> None:
        found = read(ANSWERED, ANSWERED.but(procedure="corporate", targets=()), at="stage_1")
        assert (found["corporate"]["within_target"], found["corporate"]["of_target"]) == (0, 0)
        assert (found["all"]["within_target"], found["all"]["of_target"]) == (1, 1)
        assert (found["all"]["within_limit"], found["all"]["of_limit"]) == (2, 2)

    def test_a_superseded_date_judges_nothing(self) -> None:
        moved = ANSWERED.but(limits=(Due(date(2022, 6, 8), superseded=True), Due(date(2022, 9, 5))))
        assert read(moved, at="stage_1.all.within_limit") == 1

    @pytest.mark.parametrize(
        ("case", "counted"),
        [
            (ANSWERED, (1, 1)),
            (ANSWERED.but(acknowledged_on=date(2022, 6, 9)), (0, 1)),
            (Given(acknowledgement=Due(date(2022, 6, 8))), (0, 1)),
            (Given(acknowledgement=Due(date(2022, 6, 8), AS_OF)), (0, 0)),
            (Given(acknowledgement=Due(AS_OF)), (0, 0)),
            (ANSWERED.but(acknowledged_on=None), (0, 1)),
            (ANSWERED.but(acknowledged_on=None, responded_on=date(2022, 6, 8)), (1, 1)),
            (
                Given(acknowledgement=Due(date(2022, 6, 8)), status=Status.CLOSED, closed_on=date(2022, 6, 8)),
                (0, 0),
            ),
            (
                Given(acknowledgement=Due(date(2022, 6, 8)), status=Status.CLOSED, closed_on=date(2022, 6, 9)),
                (0, 1),
            ),
        ],
    )
    def test_acknowledged_or_overdue_for_it(self, case: Given, counted: tuple[int, int]) -> None:
        within, of = counted
        assert read(case, at="acknowledgement") == {"within": within, "of": of}


class TestGroups:
    def test_count_the_procedures_of_a_group_together(self) -> None:
        cases = [
            ANSWERED.but(procedure="formal-simple", points=(NORTH,), channel="letter", working_days=10),
            ANSWERED.but(procedure="formal-complex", points=(NORTH, SOUTH), working_days=31),
            ANSWERED.but(procedure="informal", points=(SOUTH,), outcome=Outcome.RESOLVED_INFORMALLY),
            Given(procedure=None),
        ]
        groups = read(*cases, at="groups", profile=WIGAN)
        assert list(groups) == ["informal", "formal"]
        formal = groups["formal"]
        assert (formal["cases"], formal["investigations"]) == (2, 2)
        assert formal["by_team"] == {"North": 2, "South": 1}
        assert formal["by_channel"] == {"email": 1, "letter": 1}
        assert formal["outcomes"] == {"upheld": 2, "open": 0}
        assert formal["average_working_days"] == 20.5
        assert formal["bands"] == {"0-20": 1, "21-30": 0, "31+": 1}
        assert groups["informal"]["outcomes"] == {"resolved informally": 1, "open": 0}


class TestOmbudsman:
    def test_decisions_are_of_the_year_they_were_made_in(self) -> None:
        last_year = ANSWERED.but(
            received_on=date(2021, 9, 1),
            approaches=(Approach(date(2022, 2, 1), decided_on=date(2022, 5, 1), decision=OmbudsmanDecision.UPHELD),),
        )
        next_year = ANSWERED.but(
            approaches=(
                Approach(date(2022, 12, 1), decided_on=date(2023, 4, 3), decision=OmbudsmanDecision.NOT_ACCEPTED),
            )
        )
        awaiting = ANSWERED.but(approaches=(Approach(date(2023, 3, 1), due_on=date(2023, 3, 29)),))
        found = read(last_year, next_year, awaiting, at="ombudsman")
        assert found["decided"] == {"upheld": 1}
        assert found["upheld"] == 1
        assert (found["received"], found["not_accepted"], found["investigated"], found["awaiting"]) == (2, 1, 1, 1)

    def test_received_is_not_accepted_and_investigated_together(self) -> None:
        decided = {"decided_on": date(2022, 12, 1)}
        approaches = [Approach(date(2022, 9, 1), **decided, decision=decision) for decision in OmbudsmanDecision]
        found = read(
            *(ANSWERED.but(approaches=(one,)) for one in [*approaches, Approach(date(2022, 9, 1))]), at="ombudsman"
        )
        assert found["received"] == 10
        assert (found["not_accepted"], found["investigated"], found["awaiting"]) == (5, 5, 1)
        assert list(found["decided"]) == list(OmbudsmanDecision)
        assert found["upheld_of"] == 2

    def test_replies_are_judged_by_the_date_their_letter_states(self) -> None:
        due = date(2022, 9, 29)
        asked = Approach(date(2022, 9, 1), due_on=due)
        approaches = [
            Approach(date(2022, 9, 1), due_on=due, responded_on=due),
            Approach(date(2022, 9, 1), due_on=due, responded_on=date(2022, 9, 30)),
            asked,
            Approach(date(2023, 4, 1), due_on=AS_OF),
            Approach(date(2022, 9, 1), due_on=due, decided_on=due, decision=OmbudsmanDecision.NOT_ACCEPTED),
        ]
        found = read(*(ANSWERED.but(approaches=(one,)) for one in approaches), at="ombudsman.replies")
        assert found == {"within": 1, "of": 3}

    def test_compliance_is_what_was_agreed_with_upheld_decisions_of_the_year(self) -> None:
        decided_on = date(2022, 12, 1)
        decision = Approach(date(2022, 9, 1), decided_on=decided_on, decision=OmbudsmanDecision.UPHELD)
        case = ANSWERED.but(
            approaches=(decision,),
            actions=(
                Agreed(due_on=date(2022, 11, 30), done_on=date(2022, 12, 24)),
                Agreed(due_on=decided_on, done_on=decided_on),
                Agreed(due_on=date(2023, 1, 9), done_on=date(2023, 1, 10)),
                Agreed(due_on=date(2023, 9, 1)),
                Agreed(),
            ),
            remedies=(Agreed("payment", 200_000, due_on=date(2023, 2, 1)),),
        )
        assert read(case, ANSWERED.but(actions=case.actions), at="ombudsman.compliance") == {"within": 1, "of": 3}


class TestRedressAndLearning:
    def test_counts_each_remedy_and_what_was_paid(self) -> None:
        case = ANSWERED.but(remedies=(Agreed("apology"), Agreed("Payment", 12_345), Agreed("payment", 5), Agreed()))
        found = read(case, Given(kind=Kind.ENQUIRY, remedies=(Agreed("apology"),)), at="remedies")
        assert found == {"by_type": {"Payment": 2, "apology": 1}, "paid": 123.5, "not_recorded": {"by_type": 1}}

    def test_learning_counts_cases_and_points_apart(self) -> None:
        cases = [
            ANSWERED.but(learning=("communication", "communication", "finance")),
            ANSWERED.but(outcome=Outcome.NOT_UPHELD, learning=("communication",)),
            ANSWERED.but(outcome=Outcome.PARTLY_UPHELD),
            Given(learning=(None,)),
        ]
        found = read(*cases, at="learning")
        assert found["cases"] == 3
        assert found["of_upheld"] == {"cases": 1, "of": 2}
        assert found["by_area"] == {"communication": 3, "finance": 1}
        assert found["not_recorded"] == {"by_area": 1}

    def test_actions_are_due_done_or_overdue(self) -> None:
        actions = (
            Agreed(due_on=date(2022, 9, 1), done_on=date(2022, 10, 1)),
            Agreed(due_on=date(2023, 4, 19)),
            Agreed(due_on=AS_OF),
            Agreed(),
        )
        assert read(ANSWERED.but(actions=actions), at="learning.actions") == {"due": 4, "done": 1, "overdue": 1}


class TestPraiseAndEnquiries:
    def test_compliments_by_team_and_source(self) -> None:
        praise = Given(kind=Kind.COMPLIMENT, procedure=None, points=(NORTH,), source="sent direct")
        found = read(praise, praise.but(points=(NORTH, SOUTH), source=None), ANSWERED, at="compliments")
        assert found == {
            "by_team": {"North": 2, "South": 1},
            "by_source": {"sent direct": 1},
            "not_recorded": {"by_team": 0, "by_source": 1},
        }

    def test_enquiries_by_role(self) -> None:
        enquiry = Given(kind=Kind.ENQUIRY, procedure=None, roles=(Role.COUNCILLOR,))
        found = read(enquiry, enquiry.but(roles=(Role.MP,)), enquiry.but(roles=(Role.MP,)), at="enquiries")
        assert found == {"by_role": {"MP": 2, "councillor": 1}, "not_recorded": {"by_role": 0}}


class TestRegulation18:
    def test_counts_only_what_stands_under_the_regulations(self) -> None:
        approach = (Approach(date(2022, 9, 1)),)
        cases = [
            ANSWERED.but(approaches=approach),
            ANSWERED.but(outcome=Outcome.PARTLY_UPHELD),
            ANSWERED.but(outcome=Outcome.NOT_UPHELD),
            ANSWERED.but(procedure="corporate", approaches=approach),
        ]
        assert read(*cases, at="regulation_18") == {
            "under_the_regulations": {"received": 3, "well_founded": 2, "ombudsman": 1},
            "all_complaints": {"received": 4, "well_founded": 3, "ombudsman": 2},
        }


class TestComparison:
    def test_takes_earlier_years_from_the_register(self) -> None:
        cases = [ANSWERED, ANSWERED.but(received_on=date(2021, 6, 1), outcome=None), Given(kind=Kind.COMPLIMENT)]
        last, this = read(*cases, at="comparison")
        assert (last["label"], last["complaints"], last["upheld"], last["typed"]) == ("2021/22", 1, 0, False)
        assert last["upheld_percent"] is None
        assert (this["label"], this["feedback"], this["compliments"], this["investigations"]) == ("2022/23", 2, 1, 1)
        assert (this["average_working_days"], this["upheld"], this["upheld_percent"]) == (20.0, 1, 100.0)

    def test_typed_figures_stand_for_the_whole_of_an_earlier_year(self) -> None:
        typed = [
            TypedFigure(year="2020/21", name="investigations", value="179"),
            TypedFigure(year="2021/22", name="average_working_days", value="34"),
            TypedFigure(year="2021/22", name="upheld_percent", value="21%"),
            TypedFigure(year="2021/22", name="compliments", value="about 100"),
            TypedFigure(year="2022/23", name="investigations", value="999"),
        ]
        cases = [ANSWERED, ANSWERED.but(received_on=date(2022, 2, 1))]
        years = read(*cases, at="comparison", typed=typed)
        assert [year["label"] for year in years] == ["2020/21", "2021/22", "2022/23"]
        assert years[0]["investigations"] == 179
        assert (years[1]["average_working_days"], years[1]["upheld_percent"]) == (34, 21)
        assert (years[1]["complaints"], years[1]["compliments"], years[1]["typed"]) == (None, None, True)
        assert (years[2]["investigations"], years[2]["typed"]) == (1, False)

    def test_a_quarter_stands_beside_the_same_quarter_of_the_years_before(self) -> None:
        cases = [ANSWERED, ANSWERED.but(received_on=date(2021, 6, 30)), ANSWERED.but(received_on=date(2021, 7, 1))]
        years = read(*cases, at="comparison", span=quarter(YEAR, 1))
        assert [(year["label"], year["complaints"]) for year in years] == [("2021/22 Q1", 1), ("2022/23 Q1", 1)]

    def test_february_of_a_leap_year_has_its_last_day(self) -> None:
        cases = [ANSWERED.but(received_on=date(2024, 2, 29)), ANSWERED.but(received_on=date(2025, 2, 28))]
        years = read(*cases, at="comparison", span=month("2025-02"), as_of=date(2025, 3, 1))
        assert [(year["label"], year["complaints"]) for year in years] == [("2024-02", 1), ("2025-02", 1)]


class TestReconciliation:
    def test_every_difference_is_explained(self) -> None:
        cases = [
            ANSWERED.but(points=(NORTH, SOUTH)),
            Given(),
            Given(status=Status.CLOSED, closed_on=date(2022, 6, 9), closing_reason=ClosingReason.DUPLICATE),
        ]
        rows = {row["table"]: row for row in read(*cases, at="reconciliation")}
        assert rows["complaints.by_team"] == {
            "table": "complaints.by_team",
            "total": 2,
            "base": 3,
            "explained_by": "2 cases with no team recorded; 1 counted again: cases with more than one team",
        }
        assert rows["complaints.investigations"]["explained_by"] == (
            "1 closed without an investigation (duplicate 1); 1 open and not yet investigated"
        )
        assert rows["outcomes.stage_1"]["explained_by"] == ""
        for row in rows.values():
            assert row["total"] == row["base"] or row["explained_by"]

    def test_equal_totals_that_hide_two_differences_say_so(self) -> None:
        row = next(
            row
            for row in read(Given(points=(NORTH, SOUTH)), Given(), at="reconciliation")
            if row["table"] == "complaints.by_team"
        )
        assert row["total"] == row["base"] == 2
        assert row["explained_by"]


def test_an_empty_register_has_a_year_of_zeros() -> None:
    found: Any = summary()
    assert found["feedback"]["total"] == 0
    assert found["outcomes"]["stage_1"] == {"open": 0}
    assert found["stage_1"]["all"]["bands"] == {"0-25": 0, "26-65": 0, "66+": 0}
    assert [year["label"] for year in found["comparison"]] == ["2022/23"]


def test_open_words_go_by_size_then_name() -> None:
    teams = ["b", "a", "c", "c"]
    cases = [Given(points=(Point(team=team),)) for team in teams]
    assert list(read(*cases, at="complaints.by_team")) == ["c", "a", "b"]
