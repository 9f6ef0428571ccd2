"""The provider's part in a complaint under the 2009 Regulations: asked, answered, sent, told, received."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.provider import record_provider
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case.owed import ASK_PROVIDER, SEND_TO_PROVIDER, TELL_WHAT_IS_KEPT, duties
from feedback_tui.desk.queue.queue import queue
from feedback_tui.enums import DeadlineKind, DeadlineState, StepKey
from feedback_tui.models.inputs.provider import ProviderPart
from feedback_tui.models.inputs.stages import PointInput
from feedback_tui.rules.lifecycle.lifecycle import refusal
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, one_event, refused

D, K, S = date, DeadlineKind, DeadlineState
ASKED, ANSWERED, SENT, NOW = D(2024, 3, 5), D(2024, 3, 8), D(2024, 3, 11), D(2024, 4, 2)
PROVIDER = PointInput(provider="Abbey Care", team="North", text="Late")


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A complaint about a commissioned provider."""
    return Casework(shropshire).log(procedure="statutory-provider", points=(PROVIDER,))


def record(case: Casework, **given: Any) -> StepResult:
    return record_provider(case.actor(NOW), case.reference, ProviderPart.model_validate(given))


def agreed(case: Casework) -> None:
    record(case, asked_on=ASKED, answer_due_on=D(2024, 3, 19))
    record(case, answered_on=ANSWERED, agreed=True)


def test_what_is_waited_for_is_owed_by_its_date(case: Casework) -> None:
    with one_event(case.register):
        record(case, asked_on=ASKED, answer_due_on=D(2024, 3, 19))
    owed = [(row.deadline, row.due_on) for row in queue(case.register, NOW) if row.deadline is K.PROVIDER_CONSENT]
    assert owed == [(K.PROVIDER_CONSENT, D(2024, 3, 19))]
    record(case, answered_on=ANSWERED, agreed=True)
    assert case.deadline(K.PROVIDER_CONSENT).state is S.MET
    record(case, sent_on=SENT, sent_to="Abbey Care", response_due_on=D(2024, 3, 25))
    assert case.deadline(K.PROVIDER_ANSWER).state is S.OPEN
    record(case, response_on=D(2024, 3, 26))
    assert case.deadline(K.PROVIDER_ANSWER).state is S.MISSED
    undo(case.actor(NOW), case.reference)
    assert (case.page().provider_response_on, case.deadline(K.PROVIDER_ANSWER).state) == (None, S.OPEN)


def test_the_part_that_the_council_keeps_is_told(case: Casework) -> None:
    record(case, kept="The assessment", told_on=ASKED)
    page = case.page()
    assert (page.provider_kept, page.provider_told_on) == ("The assessment", ASKED)


def test_a_later_date_moves_the_one_that_stands(case: Casework) -> None:
    record(case, asked_on=ASKED, answer_due_on=D(2024, 3, 19))
    record(case, answer_due_on=D(2024, 3, 28))
    (due,) = (due for due in case.page().deadlines if due.kind is K.PROVIDER_CONSENT)
    assert (due.original_due_on, due.due_on) == (D(2024, 3, 19), D(2024, 3, 28))


def test_the_page_says_what_is_owed(case: Casework) -> None:
    assert ASK_PROVIDER in duties(case.page())
    agreed(case)
    assert ASK_PROVIDER not in duties(case.page())
    assert SEND_TO_PROVIDER in duties(case.page())
    record(case, sent_on=SENT, sent_to="Abbey Care")
    assert SEND_TO_PROVIDER not in duties(case.page())
    assert TELL_WHAT_IS_KEPT in duties(case.page())
    record(case, kept="The assessment", told_on=SENT)
    assert TELL_WHAT_IS_KEPT not in duties(case.page())


def test_a_date_for_an_answer_that_nobody_can_give_yet_says_which_day_comes_first(case: Casework) -> None:
    with refused(case.register, "Give the day on which the complainant was asked first", field="answer_due_on"):
        record(case, answer_due_on=NOW)
    agreed(case)
    with refused(case.register, "Give the day on which the details were sent to the provider", field="response_due_on"):
        record(case, response_due_on=NOW)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "asked_on"),
        ({"asked_on": D(2024, 3, 1)}, "asked_on"),
        ({"asked_on": D(2024, 4, 3)}, "asked_on"),
        ({"answered_on": ANSWERED, "agreed": True}, "asked_on"),
        ({"asked_on": ASKED, "answered_on": ANSWERED}, "agreed"),
        ({"asked_on": ASKED, "agreed": False}, "answered_on"),
        ({"asked_on": ANSWERED, "answered_on": ASKED, "agreed": True}, "answered_on"),
        ({"asked_on": ASKED, "answered_on": ANSWERED, "agreed": False, "sent_on": SENT, "sent_to": "x"}, "sent_on"),
        ({"asked_on": ASKED, "answered_on": ANSWERED, "agreed": True, "sent_on": ASKED, "sent_to": "x"}, "sent_on"),
        ({"asked_on": ASKED, "answered_on": ANSWERED, "agreed": True, "sent_on": SENT}, "sent_to"),
        ({"sent_on": SENT, "sent_to": "x"}, "sent_on"),
        ({"response_on": SENT}, "sent_on"),
        ({"kept": "The assessment"}, "told_on"),
        ({"told_on": ASKED}, "kept"),
        ({"answer_due_on": NOW}, "answer_due_on"),
        ({"asked_on": ASKED, "answer_due_on": ASKED}, "answer_due_on"),
        ({"response_due_on": NOW}, "response_due_on"),
    ],
)
def test_what_does_not_fit_is_refused(case: Casework, given: dict[str, Any], field: str) -> None:
    with refused(case.register, field=field):
        record(case, **given)


def test_an_answer_that_came_is_waited_for_no_more(case: Casework) -> None:
    agreed(case)
    with refused(case.register, "none is waited for", field="answer_due_on"):
        record(case, answer_due_on=D(2024, 4, 9))
    with refused(case.register, "Say what was asked", field="asked_on"):
        record(case, asked_on=ASKED)


def test_it_is_for_complaints_under_the_2009_regulations(shropshire: Register) -> None:
    corporate = Casework(shropshire).log(procedure="corporate", points=(PROVIDER,))
    with refused(shropshire, "it is for complaints under the 2009 Regulations, and this one is under no statute"):
        record(corporate, asked_on=ASKED)
    assert ASK_PROVIDER not in duties(corporate.page())
    unsettled = Casework(shropshire).log(reference="U-1", procedure=None)
    with refused(shropshire, "the procedure is not settled: settle it first"):
        record(unsettled, asked_on=ASKED)


def test_it_is_settled_while_the_case_is_open(case: Casework) -> None:
    case.withdraw(D(2024, 3, 8))
    with refused(case.register, "is settled while it is open"):
        record(case, asked_on=ASKED)
    assert refusal(StepKey.PROVIDER, case.page().standing) is not None
