"""Stage 2: asked for, acknowledged, answered, by people who did not handle stage 1."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.review import acknowledge_review, refuse_stage
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case.letter_fields import LetterTo, write
from feedback_tui.enums import ClosingReason, DeadlineKind, DeadlineState, LearningSaid, Outcome, Status, StepKey
from feedback_tui.models.inputs.stages import Acknowledgement, LearningInput, StageRefusal
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, one_event, refused
from tests.conftest import actor_on

K, S = DeadlineKind, DeadlineState
ANSWERED, ASKED, TOLD, SENT = date(2026, 4, 23), date(2026, 5, 11), date(2026, 5, 13), date(2026, 6, 11)
"""Monday 25 May 2026 is a bank holiday: 20 working days from 13 May is 11 June."""


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A corporate complaint under the Code, answered at stage 1."""
    case = Casework(shropshire).log(date(2026, 4, 7), "corporate")
    case.acknowledge(date(2026, 4, 9))
    case.investigate(date(2026, 4, 9))
    case.respond(ANSWERED, Outcome.NOT_UPHELD, learning=(LearningInput(area="communication"),))
    return case


def test_it_goes_to_another_officer_and_has_dates_of_its_own(case: Casework) -> None:
    with one_event(case.register):
        done = case.request_review(ASKED, "Kim Ode", investigator="Lou West", reason="They were not heard")
    assert done.status is Status.IN_REVIEW
    assert [(line.kind, line.due_on) for line in done.deadlines] == [(K.STAGE_2_ACKNOWLEDGEMENT, date(2026, 5, 18))]
    page = case.page()
    assert page.officer == "Kim Ode"
    first, second = page.stages
    assert (first.officer, first.investigator, first.outcome) == ("Sam Reed", "Pat Lowe", Outcome.NOT_UPHELD)
    assert (second.number, second.started_on, second.officer, second.investigator, second.procedure_version) == (
        2,
        ASKED,
        "Kim Ode",
        "Lou West",
        "2",
    )
    event = case.last_event()
    assert (event.step, event.from_status, event.to_status, event.words) == (
        StepKey.REQUEST_REVIEW,
        Status.RESPONSE_SENT,
        Status.IN_REVIEW,
        "They were not heard",
    )
    assert event.details == {"officer": "Kim Ode", "investigator": "Lou West"}


def test_its_response_is_due_from_its_acknowledgement(case: Casework) -> None:
    case.request_review(ASKED)
    with one_event(case.register):
        done = case.acknowledge_review(TOLD, channel="email", promised_on=date(2026, 6, 5))
    assert done.status is Status.IN_REVIEW
    dates = case.dates()
    assert dates[K.STAGE_2_ACKNOWLEDGEMENT] == (S.MET, date(2026, 5, 18), date(2026, 5, 18))
    assert dates[K.STAGE_2_LIMIT] == (S.OPEN, SENT, SENT)
    assert dates[K.RESPONSE_PROMISED] == (S.OPEN, date(2026, 6, 5), date(2026, 6, 5))
    assert case.page().stages[1].acknowledged_on == TOLD
    assert case.last_event().details == {"channel": "email", "promised": "2026-06-05"}


def test_its_response_closes_what_it_owed_and_leaves_stage_1_as_it_was(case: Casework) -> None:
    case.request_review(ASKED)
    case.acknowledge_review(TOLD)
    with one_event(case.register):
        done = case.respond_review(SENT, Outcome.UPHELD, signed_by="Director")
    assert (done.status, done.deadlines) == (Status.RESPONSE_SENT, ())
    page = case.page()
    assert [(stage.outcome, stage.working_days_taken) for stage in page.stages] == [
        (Outcome.NOT_UPHELD, 12),
        (Outcome.UPHELD, 22),
    ]
    assert page.points[0].finding is Outcome.NOT_UPHELD
    assert page.learning_said is LearningSaid.RECORDED
    assert case.dates()[K.STAGE_2_LIMIT] == (S.MET, SENT, SENT)
    assert case.dates()[K.STAGE_1_LIMIT] == (S.MET, ANSWERED, ANSWERED)
    assert case.close(SENT).status is Status.CLOSED


def test_a_review_answered_without_an_acknowledgement(case: Casework) -> None:
    case.request_review(ASKED)
    case.respond_review(date(2026, 5, 19), Outcome.UPHELD)
    late = case.deadline(K.STAGE_2_ACKNOWLEDGEMENT)
    assert (late.state, late.met_on) == (S.MISSED, date(2026, 5, 19))


def test_it_may_be_asked_for_after_the_case_was_closed(case: Casework) -> None:
    case.close(date(2026, 4, 30))
    done = case.request_review(ASKED)
    assert done.status is Status.IN_REVIEW
    assert case.page().closed_on is None


def test_its_extension_has_its_own_allowance(case: Casework) -> None:
    case.request_review(ASKED)
    case.acknowledge_review(TOLD)
    told, most = date(2026, 6, 8), date(2026, 7, 9)
    with refused(case.register, "Past Thu 9 July 2026", "a good reason", field="agreed"):
        case.extend(told, date(2026, 7, 10))
    with refused(case.register, "before the request for Stage 2", field="told_on"):
        case.extend(date(2026, 5, 8), most)
    case.extend(told, most)
    dates = case.dates()
    assert dates[K.STAGE_2_LIMIT] == (S.OPEN, SENT, most)
    promised = case.deadline(K.RESPONSE_PROMISED)
    assert (promised.stage_number, promised.due_on) == (2, most)
    assert case.page().extensions[0].stage_number == 2


def test_withdrawn_or_ended_it_has_an_outcome_and_comes_back_as_it_was(case: Casework) -> None:
    case.request_review(ASKED)
    case.acknowledge_review(TOLD)
    before = case.page()
    case.withdraw(date(2026, 5, 20))
    page = case.page()
    assert (page.status, page.stages[1].outcome) == (Status.CLOSED, Outcome.WITHDRAWN)
    assert page.closing_reason is None  # it was answered, at stage 1
    case.reopen(date(2026, 5, 21))
    with refused(case.register, "decided before the investigation", "court or claim", field="reason"):
        case.close(date(2026, 5, 22), reason=ClosingReason.TRANSFERRED)
    case.close(date(2026, 5, 22), reason=ClosingReason.COURT_OR_CLAIM)
    assert case.page().stages[1].outcome is Outcome.NO_FINDING
    case.reopen(date(2026, 5, 23))
    again = case.page()
    assert (again.status, again.stages, again.deadlines) == (before.status, before.stages, before.deadlines)


class TestRefused:
    """What Stage 2 cannot be."""

    def test_by_the_people_of_stage_1(self, case: Casework) -> None:
        for officer, investigator, said, field in [
            ("sam reed", "", "Sam Reed handled stage 1: Stage 2 goes to another officer", "officer"),
            ("Pat  Lowe", "", "Pat Lowe investigated stage 1: Stage 2 goes to another officer", "officer"),
            ("Kim Ode", "PAT LOWE", "Pat Lowe investigated stage 1: Stage 2 goes to another", "investigator"),
            ("Kim Ode", "Sam Reed", "Sam Reed handled stage 1: Stage 2 goes to another investigator", "investigator"),
            ("", "", "Name the officer for Stage 2: another than Sam Reed", "officer"),
        ]:
            with refused(case.register, said, field=field):
                case.request_review(ASKED, officer, investigator=investigator)

    def test_where_the_procedure_has_one_stage_it_says_what_comes_instead(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(date(2026, 4, 7))
        case.respond(ANSWERED, Outcome.NOT_UPHELD)
        with refused(shropshire, "its procedure has one stage: what comes next is the Ombudsman", "Possible now:"):
            case.request_review(ASKED)

    def test_before_a_response_or_twice(self, case: Casework) -> None:
        unanswered = Casework(case.register).log(date(2026, 4, 7), "corporate")
        with refused(case.register, "Stage 2 follows a response", "Possible now: Acknowledge"):
            unanswered.request_review(ASKED)
        case.request_review(ASKED)
        with refused(case.register, "Stage 2 is under way"):
            case.request_review(ASKED)
        case.respond_review(TOLD, Outcome.UPHELD)
        with refused(case.register, "Stage 2 was done: what comes next is the Ombudsman"):
            case.request_review(ASKED)

    def test_dates_out_of_order(self, case: Casework) -> None:
        with refused(case.register, "before the stage 1 response (Thu 23 April 2026)", field="on"):
            case.request_review(date(2026, 4, 22))
        case.request_review(ASKED)
        for on, said in [(date(2026, 5, 8), "before the request"), (date(2026, 5, 13), "after today")]:
            with refused(case.register, said, field="on"):
                acknowledge_review(actor_on(case.register, date(2026, 5, 12)), case.reference, Acknowledgement(on=on))
        case.acknowledge_review(TOLD)
        with refused(case.register, "before the acknowledgement of Stage 2", field="on"):
            case.respond_review(date(2026, 5, 12), Outcome.UPHELD)

    def test_a_second_acknowledgement_of_stage_2_is_refused(self, case: Casework) -> None:
        """A second date would count the limit again."""
        case.request_review(ASKED)
        case.acknowledge_review(TOLD)
        with refused(case.register, "Stage 2 was acknowledged already"):
            case.acknowledge_review(date(2026, 5, 14))

    def test_steps_of_stage_2_where_there_is_none(self, case: Casework) -> None:
        with refused(case.register, "no Stage 2 is under way", "Stage 2 asked for"):
            case.acknowledge_review(ASKED)
        with refused(case.register, "no Stage 2 is under way"):
            case.respond_review(ASKED, Outcome.UPHELD)
        case.request_review(ASKED)
        with refused(case.register, "it is in review", "Send the Stage 2 response"):
            case.respond(TOLD, Outcome.UPHELD)
        with refused(case.register, "Give a finding", field="findings"):
            case.respond_review(TOLD)


REASONS = "It was answered in full, and nothing new was said"


def refuse(case: Casework, **more: Any) -> StepResult:
    told = more.pop("told_on", TOLD)
    given = {"reason": REASONS, "told_on": told, "ombudsman_told": True, **more}
    return refuse_stage(case.actor(TOLD), case.reference, StageRefusal.model_validate(given))


def test_stage_2_is_refused_with_reasons(case: Casework) -> None:
    with one_event(case.register):
        done = refuse(case, asked_on=ASKED)
    assert done.status is Status.RESPONSE_SENT
    page = case.page()
    (first,) = page.stages
    assert (first.next_stage_asked_on, first.next_stage_refused_on, first.next_stage_refusal) == (ASKED, TOLD, REASONS)
    assert (page.last_contact.on, page.last_contact.what) == (TOLD, "told that Stage 2 is refused")
    letter = write(page, case.register.profile, LetterTo(case.register.profile.letter("stage-refused")), TOLD)
    assert REASONS in letter.text
    assert case.register.profile.ombudsman("lgsco").in_a_letter in letter.text
    undo(case.actor(TOLD), case.reference)
    assert case.page().stages[0].next_stage_refused_on is None


def test_a_stage_2_that_was_opened_is_refused_and_comes_back_when_that_is_undone(case: Casework) -> None:
    case.request_review(ASKED, "Kim Ode", investigator="Lou West")
    before = case.dates()
    with one_event(case.register):
        done = refuse(case)
    assert (done.status, case.page().officer, len(case.page().stages)) == (Status.RESPONSE_SENT, "Sam Reed", 1)
    assert case.page().stages[0].next_stage_asked_on == ASKED
    assert case.deadline(K.STAGE_2_ACKNOWLEDGEMENT).state is S.CANCELLED
    assert case.page().open_deadlines == ()
    undo(case.actor(TOLD), case.reference)
    assert (case.page().status, case.page().officer, case.dates()) == (Status.IN_REVIEW, "Kim Ode", before)


def test_a_refused_stage_2_may_be_asked_for_again(case: Casework) -> None:
    refuse(case, asked_on=ASKED)
    assert case.request_review(TOLD).status is Status.IN_REVIEW
    assert case.page().stages[0].next_stage_refused_on == TOLD


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"asked_on": None}, "asked_on"),
        ({"asked_on": date(2026, 4, 22)}, "asked_on"),
        ({"told_on": None}, "told_on"),
        ({"told_on": date(2026, 5, 10)}, "told_on"),
        ({"ombudsman_told": False}, "ombudsman_told"),
    ],
)
def test_a_refusal_of_stage_2_is_whole_or_it_is_none(case: Casework, given: dict[str, Any], field: str) -> None:
    with refused(case.register, field=field):
        refuse(case, **{"asked_on": ASKED, **given})


def test_where_there_is_no_stage_2_none_is_refused(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.investigate(date(2024, 3, 6))
    case.respond(date(2024, 3, 20), Outcome.UPHELD)
    with refused(shropshire, "its procedure has one stage: what comes next is the Ombudsman"):
        refuse(case, asked_on=date(2024, 3, 21))


def test_before_the_response_no_stage_2_is_refused(shropshire: Register) -> None:
    case = Casework(shropshire).log(date(2026, 4, 7), "corporate")
    with refused(shropshire, "Stage 2 follows a response"):
        refuse(case, asked_on=ASKED)
