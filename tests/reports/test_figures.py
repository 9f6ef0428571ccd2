"""What was received and what complaints were about, on cases small enough to be counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from feedback_tui.enums import ClosingReason, Kind, NotAccepted, OmbudsmanDecision, Outcome, Role, Status
from feedback_tui.models.register import TypedFigure
from feedback_tui.reports.figure_rows import By
from feedback_tui.rules.months import month, quarter
from tests.reports.building import (
    ANSWERED,
    NORTH,
    SOUTH,
    WIGAN,
    YEAR,
    Agreed,
    Approach,
    Given,
    Point,
    figures_of_cases,
    read,
    summary,
)


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

    def test_those_not_accepted_are_counted_by_why(self) -> None:
        refused = Given(status=Status.CLOSED, closed_on=date(2022, 6, 9), closing_reason=ClosingReason.NOT_ACCEPTED)
        late = refused.but(not_accepted=NotAccepted.OUT_OF_TIME)
        found: Any = summary(late, late, refused.but(not_accepted=NotAccepted.EMPLOYMENT), refused, ANSWERED)
        complaints = found["complaints"]
        assert complaints["not_investigated"] == {"not accepted": 4}
        assert complaints["refused"] == {"employment": 1, "out of time": 2}
        assert complaints["not_recorded"]["refused"] == 1

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


def test_the_code_counts_the_versions_of_procedures_that_are_under_it() -> None:
    """Shropshire's corporate procedure is under the Code from its second version on; provider complaints never are."""
    before, under = ANSWERED.but(procedure="corporate", version="1"), ANSWERED.but(procedure="corporate", version="2")
    found = read(before, before, under, ANSWERED.but(procedure="statutory-provider"), at="code")
    assert found["under_the_code"]["received"] == found["under_the_code"]["stage_1"]["of"] == 1
    assert found["all_complaints"]["received"] == 4
    none = read(before, at="code.under_the_code")
    assert (none["received"], none["ombudsman"], none["acknowledgement"]["of"]) == (0, 0, 0)
