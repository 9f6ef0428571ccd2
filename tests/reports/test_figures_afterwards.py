"""What followed from complaints, and the year beside other years, on cases that can be counted by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from feedback_tui.enums import ClosingReason, Kind, OmbudsmanDecision, Outcome, Role, Status
from feedback_tui.models.register import TypedFigure
from feedback_tui.rules.months import month, quarter
from tests.reports.building import (
    ANSWERED,
    AS_OF,
    NORTH,
    SOUTH,
    YEAR,
    Agreed,
    Approach,
    Given,
    read,
)


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

    def test_what_the_council_gave_before_the_ombudsman_wrote_was_not_agreed_with_them(self) -> None:
        """An apology with the response, and an action of then that is due after the decision, are the council's own."""
        decision = Approach(
            date(2022, 9, 1),
            decided_on=date(2022, 12, 1),
            decision=OmbudsmanDecision.UPHELD,
            draft_on=date(2022, 11, 1),
        )
        own = ANSWERED.but(
            approaches=(decision,),
            remedies=(
                Agreed("apology", set_on=date(2022, 7, 1)),
                Agreed("apology", done_on=date(2022, 7, 1)),
                Agreed("payment", 5_000, due_on=date(2022, 12, 24), done_on=date(2022, 7, 4)),
                Agreed("payment", 5_000, due_on=date(2022, 12, 24), offered_on=date(2022, 7, 4)),
                Agreed("apology", due_on=date(2022, 7, 9), done_on=date(2022, 8, 1), approach=1),
            ),
            actions=(Agreed(due_on=date(2022, 12, 24), done_on=date(2023, 1, 9), set_on=date(2022, 7, 1)), Agreed()),
        )
        found = read(own, at="ombudsman")
        assert found["compliance"] == {"within": 0, "of": 0}
        assert [one["agreed"] for one in found["decisions"]] == [""]
        given = Agreed("apology", due_on=date(2022, 12, 9), done_on=date(2022, 12, 9), approach=1)
        agreed = own.but(
            remedies=(*own.remedies, given),
            actions=(*own.actions, Agreed(due_on=date(2023, 1, 9), set_on=date(2022, 11, 15))),
        )
        found = read(agreed, at="ombudsman")
        assert found["compliance"] == {"within": 1, "of": 2}
        assert [one["agreed"] for one in found["decisions"]] == ["apology; 1 action, 0 done"]

    def test_what_was_agreed_stands_beside_its_own_decision(self) -> None:
        case = ANSWERED.but(
            approaches=(
                Approach(date(2022, 7, 4), decided_on=date(2022, 9, 1), decision=OmbudsmanDecision.UPHELD),
                Approach(date(2022, 10, 3), decided_on=date(2022, 12, 1), decision=OmbudsmanDecision.NOT_UPHELD),
            ),
            remedies=(Agreed("apology", approach=1), Agreed("payment", 20_000, due_on=date(2023, 1, 9), approach=2)),
        )
        found = read(case, at="ombudsman")
        assert [one["agreed"] for one in found["decisions"]] == ["apology", "payment £200.00"]
        assert found["compliance"] == {"within": 0, "of": 0}

    def test_the_day_that_an_imported_action_was_agreed_is_not_known(self) -> None:
        """The import stores the day of the response for it, so its due date alone says what it belongs to."""
        decision = Approach(date(2022, 9, 1), decided_on=date(2022, 12, 1), decision=OmbudsmanDecision.UPHELD)
        action = Agreed(due_on=date(2022, 12, 24), done_on=date(2022, 12, 24), set_on=date(2022, 7, 1))
        case = ANSWERED.but(approaches=(decision,), actions=(action,))
        assert read(case, at="ombudsman.compliance") == {"within": 0, "of": 0}
        assert read(case.but(imported=True), at="ombudsman.compliance") == {"within": 1, "of": 1}

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
        assert (found["by_type"], found["paid"]) == ({"Payment": 2, "apology": 1}, 123.5)
        assert found["not_recorded"] == {"by_type": 1}

    def test_redress_with_a_date_is_in_time_or_not(self) -> None:
        due = date(2022, 9, 1)
        given = (Agreed(due_on=due, done_on=due), Agreed(due_on=due, done_on=AS_OF), Agreed(due_on=due), Agreed())
        assert read(ANSWERED.but(remedies=given), at="remedies.done") == {"within": 1, "of": 3}

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
        assert found == {"by_role": {"MP": 2, "councillor": 1}, "answered": {}, "not_recorded": {"by_role": 0}}


class TestRegulation18:
    def test_counts_only_what_stands_under_the_regulations(self) -> None:
        approach = (Approach(date(2022, 9, 1)),)
        cases = [
            ANSWERED.but(approaches=approach),
            ANSWERED.but(outcome=Outcome.PARTLY_UPHELD),
            ANSWERED.but(outcome=Outcome.NOT_UPHELD),
            ANSWERED.but(procedure="corporate", approaches=approach),
        ]
        assert self.specified(cases, "under_the_regulations") == (3, 2, 1)
        assert self.specified(cases, "all_complaints") == (4, 3, 2)

    def specified(self, cases: Sequence[Given], column: str) -> tuple[int, int, int]:
        """The three numbers that must be specified: received, well-founded, known to have gone to the Ombudsman."""
        found = read(*cases, at=f"regulation_18.{column}")
        return found["received"], found["well_founded"], found["ombudsman"]


class TestComparison:
    def test_takes_earlier_years_from_the_register(self) -> None:
        cases = [ANSWERED, ANSWERED.but(received_on=date(2021, 6, 1), outcome=None), Given(kind=Kind.COMPLIMENT)]
        last, this = read(*cases, at="comparison")
        assert (last["label"], last["complaints"], last["upheld"], last["typed"]) == ("2021/22", 1, 0, False)
        assert last["upheld_percent"] is None
        assert (this["label"], this["feedback"], this["compliments"], this["investigations"]) == ("2022/23", 2, 1, 1)
        assert (this["average_working_days"], this["upheld"], this["upheld_percent"]) == (20.0, 1, 100.0)

    def test_typed_figures_stand_for_a_year_that_the_register_does_not_count(self) -> None:
        typed = [
            TypedFigure(year="2017/18", name="investigations", value="170"),
            TypedFigure(year="2020/21", name="investigations", value="179"),
            TypedFigure(year="2020/21", name="upheld_percent", value="21%"),
            TypedFigure(year="2020/21", name="compliments", value="about 100"),
            TypedFigure(year="2021/22", name="average_working_days", value="34"),
            TypedFigure(year="2021/22", name="complaints", value="156"),
            TypedFigure(year="2022/23", name="investigations", value="999"),
        ]
        cases = [ANSWERED, ANSWERED.but(received_on=date(2022, 2, 1))]
        years = read(*cases, at="comparison", typed=typed)
        assert [year["label"] for year in years] == ["2017/18", "2020/21", "2021/22", "2022/23"]
        assert (years[0]["investigations"], years[0]["typed"]) == (170, True)
        assert (years[1]["investigations"], years[1]["upheld_percent"], years[1]["compliments"]) == (179, 21, None)
        assert (years[2]["complaints"], years[2]["average_working_days"], years[2]["typed"]) == (1, 20.0, False)
        assert (years[3]["investigations"], years[3]["typed"]) == (1, False)

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
