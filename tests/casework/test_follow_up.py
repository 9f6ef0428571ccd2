"""Beside the stages: notes on the timeline, actions and redress that are done; and two officers at one case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.close import void
from feedback_tui.casework.errors import ConflictError
from feedback_tui.casework.notes import action_done, note, remedy_done
from feedback_tui.enums import DeadlineKind, DeadlineState, Outcome, Status, StepKey
from feedback_tui.models.inputs.stages import Acknowledgement, ActionInput, Finished, Note, Reason, RemedyInput
from feedback_tui.storage.register import Register
from tests.casework.cases import RECEIVED, Casework, everything, one_event, refused
from tests.conftest import actor_on

K, S = DeadlineKind, DeadlineState
SENT, DUE = date(2024, 3, 7), date(2024, 5, 1)


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A closed complaint with two actions and a payment that are owed."""
    case = Casework(shropshire).log()
    case.respond(
        SENT,
        Outcome.UPHELD,
        actions=(ActionInput(text="Train", due_on=DUE), ActionInput(text="Write it down")),
        remedies=(RemedyInput(kind="payment", amount=Decimal(100), due_on=DUE),),
    )
    case.close(SENT)
    return case


def test_a_note_stands_on_the_timeline_with_its_words(case: Casework) -> None:
    with one_event(case.register):
        done = note(case.actor(date(2024, 3, 12)), case.reference, Note(on=date(2024, 3, 11), words="She called.\nNo."))
    assert done.status is Status.CLOSED
    event = case.last_event()
    assert (event.step, event.happened_on, event.words, event.from_status, event.to_status) == (
        StepKey.NOTE,
        date(2024, 3, 11),
        "She called.\nNo.",
        Status.CLOSED,
        Status.CLOSED,
    )
    with refused(case.register, "it is empty", field="words"):
        note(case.actor(SENT), case.reference, Note(on=SENT, words=" \n"))
    with refused(case.register, "after today", field="on"):
        note(case.actor(SENT), case.reference, Note(on=date(2024, 3, 8), words="x"))


@pytest.mark.parametrize(("on", "state"), [(DUE, S.MET), (date(2024, 5, 2), S.MISSED)])
def test_an_action_is_done_in_time_or_late(case: Casework, on: date, state: DeadlineState) -> None:
    with one_event(case.register):
        done = action_done(case.actor(on), case.reference, Finished(position=1, on=on))
    assert [line.kind for line in done.deadlines] == [K.REMEDY]
    assert case.page().actions[0].done_on == on
    assert (case.deadline(K.ACTION).state, case.deadline(K.ACTION).met_on) == (state, on)
    event = case.last_event()
    assert (event.step, event.happened_on, event.details) == (StepKey.ACTION_DONE, on, {"number": 1})


def test_redress_done_meets_its_deadline_alone(case: Casework) -> None:
    with one_event(case.register):
        remedy_done(case.actor(DUE), case.reference, Finished(position=1, on=DUE))
    assert case.page().remedies[0].done_on == DUE
    assert case.deadline(K.REMEDY).state is S.MET
    assert case.deadline(K.ACTION).state is S.OPEN
    assert case.last_event().step is StepKey.REMEDY_DONE


def test_an_action_without_a_date_can_be_done_too(case: Casework) -> None:
    action_done(case.actor(DUE), case.reference, Finished(position=2, on=DUE))
    assert [action.done_on for action in case.page().actions] == [None, DUE]


def test_what_cannot_be_done_is_refused(case: Casework) -> None:
    with refused(case.register, "has no action 3: they are numbered 1 to 2", field="position"):
        action_done(case.actor(DUE), case.reference, Finished(position=3, on=DUE))
    for on, said in [(date(2024, 3, 3), "before the receipt"), (date(2024, 5, 2), "after today")]:
        with refused(case.register, said, field="on"):
            action_done(case.actor(DUE), case.reference, Finished(position=1, on=on))
    action_done(case.actor(DUE), case.reference, Finished(position=1, on=DUE))
    with refused(case.register, "action 1 was done on Wed 1 May 2024 already"):
        action_done(case.actor(DUE), case.reference, Finished(position=1, on=DUE))
    void(case.actor(DUE), case.reference, Reason(on=DUE, reason="x"))
    with refused(case.register, "logged in error: nothing is owed on it"):
        remedy_done(case.actor(DUE), case.reference, Finished(position=1, on=DUE))
    other = Casework(case.register).log()
    with refused(case.register, "has no redress 1: none was agreed", field="position"):
        remedy_done(other.actor(DUE), other.reference, Finished(position=1, on=DUE))


def test_what_another_officer_changed_meanwhile_is_not_written_over(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    seen = case.page().version
    Casework(shropshire, case.reference, "Kim Ode").investigate(RECEIVED)
    with refused(
        shropshire, f"Kim Ode changed {case.reference} meanwhile (investigation started)", "Nothing was saved"
    ):
        acknowledge(case.actor(RECEIVED), case.reference, Acknowledgement(on=RECEIVED), seen)
    assert acknowledge(case.actor(RECEIVED), case.reference, Acknowledgement(on=RECEIVED), seen + 1).version == seen + 2


def test_a_change_below_the_case_is_a_change_of_the_case(case: Casework) -> None:
    """Even one that is recorded at the same moment as the one before it."""
    seen = case.page().version
    still = case.page().changed_at
    sam = actor_on(case.register, DUE)
    frozen = type(sam)(case.register, "Kim Ode", DUE, now=lambda: still)
    note(frozen, case.reference, Note(on=DUE, words="A call"))
    assert case.page().version == seen + 1
    before = everything(case.register)
    with pytest.raises(ConflictError, match="Kim Ode changed"):
        note(sam, case.reference, Note(on=DUE, words="Another"), seen)
    assert everything(case.register) == before
