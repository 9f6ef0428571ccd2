"""The ends of a case and the way back: withdrawn, closed, reopened, logged in error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.close import close_case, reopen, void, withdraw
from feedback_tui.enums import ClosingReason, DeadlineKind, DeadlineState, Kind, Outcome, Status, StepKey
from feedback_tui.models.inputs.stages import ActionInput, Closing, Reason, Withdrawal
from feedback_tui.storage.register import Register
from tests.casework.cases import ACKNOWLEDGE_BY, AIM, LIMIT, RECEIVED, SIX_MONTHS, Casework, one_event, refused
from tests.conftest import actor_on

K, S = DeadlineKind, DeadlineState
ENDED = date(2024, 3, 8)
FOUR = {
    K.ACKNOWLEDGEMENT: ACKNOWLEDGE_BY,
    K.STAGE_1_TARGET: AIM,
    K.STAGE_1_LIMIT: LIMIT,
    K.STATUTORY_LIMIT: SIX_MONTHS,
}
BEFORE_ONLY = ["not accepted", "signposted", "transferred", "duplicate"]
AT_ANY_TIME = ["withdrawn", "no authority", "cannot be reached", "court or claim"]


def answered(register: Register, **more: object) -> Casework:
    """A statutory complaint that was answered, with an action that is still owed."""
    case = Casework(register).log()
    case.investigate(date(2024, 3, 5))
    case.respond(date(2024, 3, 7), Outcome.UPHELD, actions=(ActionInput(text="Train", due_on=date(2024, 5, 1)),))
    return case


class TestWithdrawn:
    """The complainant withdraws."""

    def test_before_the_investigation_there_is_no_outcome(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        with one_event(shropshire):
            done = case.withdraw(ENDED, "Her daughter asked her to")
        assert (done.status, done.deadlines) == (Status.CLOSED, ())
        page = case.page()
        assert (page.closed_on, page.closing_reason, page.stages[0].outcome) == (ENDED, ClosingReason.WITHDRAWN, None)
        assert {row.kind: (row.state, row.due_on) for row in page.deadlines} == {
            kind: (S.CANCELLED, due_on) for kind, due_on in FOUR.items()
        }
        event = case.last_event()
        assert (event.step, event.from_status, event.to_status, event.words) == (
            StepKey.WITHDRAW,
            Status.LOGGED,
            Status.CLOSED,
            "Her daughter asked her to",
        )

    def test_during_the_investigation_that_is_its_outcome(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.acknowledge(date(2024, 3, 5))
        case.investigate(date(2024, 3, 6))
        case.withdraw(ENDED)
        page = case.page()
        assert (page.closing_reason, page.stages[0].outcome) == (ClosingReason.WITHDRAWN, Outcome.WITHDRAWN)
        assert case.deadline(K.ACKNOWLEDGEMENT).state is S.MET

    @pytest.mark.parametrize("kind", [Kind.ENQUIRY, Kind.COMMENT, Kind.CONCERN])
    def test_others_may_be_withdrawn_too(self, shropshire: Register, kind: Kind) -> None:
        case = Casework(shropshire).log(procedure=None, kind=kind)
        assert case.withdraw(ENDED).status is Status.CLOSED

    def test_refused_out_of_order_or_once_answered(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.investigate(date(2024, 3, 6))
        for on, said in [(date(2024, 3, 5), "before the start of the investigation"), (ENDED, "after today")]:
            with refused(shropshire, said, field="on"):
                withdraw(actor_on(shropshire, date(2024, 3, 7)), case.reference, Withdrawal(on=on, reason="x"))
        done = answered(shropshire)
        with refused(shropshire, "a case that was answered or closed cannot be withdrawn", "Possible now:"):
            done.withdraw(ENDED)
        done.close(ENDED)
        with refused(shropshire, "cannot be withdrawn (it is closed)", "Reopen"):
            done.withdraw(ENDED)


class TestClosed:
    """A case ends: answered, or with the reason why it never was."""

    def test_answered_it_needs_no_reason_and_its_actions_stay_owed(self, shropshire: Register) -> None:
        case = answered(shropshire)
        with one_event(shropshire):
            done = case.close(ENDED)
        assert (done.status, [line.kind for line in done.deadlines]) == (Status.CLOSED, [K.ACTION])
        page = case.page()
        assert (page.closed_on, page.closing_reason, page.stages[0].outcome) == (ENDED, None, Outcome.UPHELD)
        event = case.last_event()
        assert (event.step, event.from_status, event.details) == (StepKey.CLOSE, Status.RESPONSE_SENT, {})

    @pytest.mark.parametrize("reason", [*BEFORE_ONLY, *AT_ANY_TIME])
    def test_before_the_investigation_any_reason_of_the_list_fits(self, shropshire: Register, reason: str) -> None:
        case = Casework(shropshire).log()
        case.acknowledge(date(2024, 3, 5))
        with refused(shropshire, "No response was sent", reason, field="reason"):
            case.close(ENDED)
        case.close(ENDED, reason=ClosingReason(reason), words="As the letter says")
        page = case.page()
        assert (page.closing_reason, page.stages[0].outcome) == (reason, None)
        event = case.last_event()
        assert (event.details, event.words) == ({"reason": reason}, "As the letter says")

    @pytest.mark.parametrize("reason", AT_ANY_TIME)
    def test_an_investigation_that_ends_without_an_answer_has_no_finding(
        self, shropshire: Register, reason: str
    ) -> None:
        case = Casework(shropshire).log()
        case.investigate(date(2024, 3, 5))
        case.close(ENDED, reason=ClosingReason(reason))
        outcome = Outcome.WITHDRAWN if reason == "withdrawn" else Outcome.NO_FINDING
        assert case.page().stages[0].outcome is outcome

    @pytest.mark.parametrize("reason", BEFORE_ONLY)
    def test_once_it_is_investigated_it_is_no_longer_turned_away(self, shropshire: Register, reason: str) -> None:
        case = Casework(shropshire).log()
        case.investigate(date(2024, 3, 5))
        with refused(
            shropshire, f"“{reason}” is decided before", "send the response", "court or claim", field="reason"
        ):
            case.close(ENDED, reason=ClosingReason(reason))

    @pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.COMPLAINT])
    def test_what_is_no_complaint_closes_without_more(self, shropshire: Register, kind: Kind) -> None:
        case = Casework(shropshire).log(procedure=None, kind=kind)
        assert case.close(ENDED).status is Status.CLOSED

    def test_a_closing_that_cannot_be_is_refused_at_its_field(self, shropshire: Register) -> None:
        case = answered(shropshire)
        with refused(shropshire, "It was answered", field="reason"):
            case.close(ENDED, reason=ClosingReason.WITHDRAWN)
        sam = actor_on(shropshire, ENDED)
        for on, said in [
            (date(2024, 3, 6), "before the response (Thu 7 March 2024)"),
            (date(2024, 3, 9), "after today"),
        ]:
            with refused(shropshire, said, field="on"):
                close_case(sam, case.reference, Closing(on=on))
        case.close(ENDED)
        with refused(shropshire, "it is closed", "Possible now: Ombudsman, Reopen"):
            case.close(ENDED)


class TestReopened:
    """Reopening brings back what closing took, and moves nothing."""

    @pytest.mark.parametrize("begun", [False, True])
    def test_an_unanswered_case_has_its_deadlines_back(self, shropshire: Register, begun: bool) -> None:
        case = Casework(shropshire).log()
        case.acknowledge(date(2024, 3, 5), promised_on=date(2024, 4, 5))
        if begun:
            case.investigate(date(2024, 3, 6), draft_due_on=date(2024, 3, 20))
            case.extend(date(2024, 3, 7), date(2024, 4, 24), next_update_on=date(2024, 4, 15))
        before = case.page()
        case.withdraw(ENDED)
        with one_event(shropshire):
            done = case.reopen(date(2024, 5, 1), "She changed her mind")
        after = case.page()
        assert done.status is before.status
        assert (after.closed_on, after.closing_reason) == (None, None)
        assert (after.deadlines, after.stages) == (before.deadlines, before.stages)
        event = case.last_event()
        assert (event.step, event.from_status, event.to_status, event.words) == (
            StepKey.REOPEN,
            Status.CLOSED,
            before.status,
            "She changed her mind",
        )

    def test_an_answered_case_is_answered_again_and_owes_no_more(self, shropshire: Register) -> None:
        case = answered(shropshire)
        before = case.page()
        case.close(ENDED)
        assert case.reopen(ENDED).status is Status.RESPONSE_SENT
        assert case.page().deadlines == before.deadlines

    def test_a_reply_that_the_ombudsman_no_longer_waits_for_stays_ended(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.ombudsman(date(2024, 3, 5), received_on=date(2024, 3, 5))
        case.ombudsman(date(2024, 3, 6), decided_on=date(2024, 3, 6), decision="referred back")
        case.withdraw(ENDED)
        case.reopen(ENDED)
        assert case.deadline(K.OMBUDSMAN_REPLY).state is S.CANCELLED
        assert case.deadline(K.STAGE_1_TARGET).state is S.OPEN

    def test_what_another_procedure_superseded_stays_so(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.investigate(date(2024, 3, 5), procedure="corporate")
        before = case.page()
        case.withdraw(ENDED)
        case.reopen(ENDED)
        assert case.page().deadlines == before.deadlines

    def test_a_settled_concern_can_be_reopened(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(procedure=None, kind=Kind.CONCERN, settled_on=RECEIVED)
        assert case.reopen(RECEIVED).status is Status.LOGGED

    def test_a_reopening_that_cannot_be_is_refused_at_its_field(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        with refused(shropshire, "only a closed case can be reopened", "Possible now: Acknowledge"):
            case.reopen(ENDED)
        case.withdraw(ENDED)
        with refused(shropshire, "Give the reason for reopening", field="reason"):
            case.reopen(ENDED, " ")
        sam = actor_on(shropshire, date(2024, 3, 11))
        for on, said in [(date(2024, 3, 7), "before the closing"), (date(2024, 3, 12), "after today")]:
            with refused(shropshire, said, field="on"):
                reopen(sam, case.reference, Reason(on=on, reason="x"))


class TestLoggedInError:
    """Void: on record, counted nowhere, owing nothing."""

    def test_nothing_is_owed_any_more(self, shropshire: Register) -> None:
        case = answered(shropshire)
        case.ombudsman(ENDED, received_on=ENDED)
        with one_event(shropshire):
            done = void(case.actor(ENDED), case.reference, Reason(on=ENDED, reason="Logged twice"))
        assert (done.status, done.deadlines) == (Status.VOID, ())
        assert {row.state for row in case.page().deadlines} == {S.MET, S.CANCELLED}
        event = case.last_event()
        assert (event.step, event.from_status, event.words) == (StepKey.VOID, Status.RESPONSE_SENT, "Logged twice")

    def test_a_closed_case_can_be_void(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.withdraw(ENDED)
        assert void(case.actor(ENDED), case.reference, Reason(on=ENDED, reason="x")).status is Status.VOID

    def test_refused_without_a_reason_or_twice(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        with refused(shropshire, "never removed without one", field="reason"):
            void(case.actor(ENDED), case.reference, Reason(on=ENDED, reason=""))
        with refused(shropshire, "after today", field="on"):
            void(case.actor(RECEIVED), case.reference, Reason(on=ENDED, reason="x"))
        void(case.actor(ENDED), case.reference, Reason(on=ENDED, reason="x"))
        anything: list[Callable[[], StepResult]] = [
            lambda: void(case.actor(ENDED), case.reference, Reason(on=ENDED, reason="x")),
            lambda: case.acknowledge(ENDED),
            lambda: case.reopen(ENDED),
            lambda: case.ombudsman(ENDED, received_on=ENDED),
            lambda: case.close(ENDED),
        ]
        for again in anything:
            with refused(shropshire, "it was marked as logged in error and counts nowhere", "Undo"):
                again()
