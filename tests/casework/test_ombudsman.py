"""The Ombudsman's record: beside the case, with its own status and its own date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback_tui.enums import (
    DeadlineKind,
    DeadlineState,
    Kind,
    OmbudsmanDecision,
    OmbudsmanStatus,
    Outcome,
    Status,
    StepKey,
    Unit,
)
from feedback_tui.storage.register import Register
from tests.casework.cases import RECEIVED, Casework, one_event, refused

K, S = DeadlineKind, DeadlineState
ENQUIRY, DUE = date(2024, 5, 1), date(2024, 5, 29)
"""28 calendar days, over a bank holiday that does not count."""


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A complaint that was answered and closed."""
    case = Casework(shropshire).log()
    case.respond(date(2024, 3, 7), Outcome.NOT_UPHELD)
    case.close(date(2024, 3, 8))
    return case


def test_an_enquiry_owes_a_reply_in_28_calendar_days_and_leaves_the_case_closed(case: Casework) -> None:
    with one_event(case.register):
        done = case.ombudsman(ENQUIRY, received_on=ENQUIRY, their_reference="23 012 345")
    assert done.status is Status.CLOSED
    (line,) = done.deadlines
    assert (line.kind, line.due_on, line.rule) == (K.OMBUDSMAN_REPLY, DUE, "28 calendar days from ombudsman enquiry")
    reply = case.deadline(K.OMBUDSMAN_REPLY)
    assert (reply.count, reply.unit, reply.counted_from, reply.fixed_by_hand) == (
        28,
        Unit.CALENDAR_DAYS,
        ENQUIRY,
        False,
    )
    assert "section 2, Ombudsman" in reply.source
    (record,) = case.page().ombudsman
    assert (record.status, record.received_on, record.due_on, record.their_reference) == (
        OmbudsmanStatus.WITH_OMBUDSMAN,
        ENQUIRY,
        DUE,
        "23 012 345",
    )
    event = case.last_event()
    assert (event.step, event.from_status, event.to_status) == (StepKey.OMBUDSMAN, Status.CLOSED, Status.CLOSED)
    assert event.details == {"received": "2024-05-01", "due": "2024-05-29"}


def test_the_date_their_letter_states_stands(case: Casework) -> None:
    case.ombudsman(ENQUIRY, received_on=ENQUIRY, due_on=date(2024, 5, 15))
    reply = case.deadline(K.OMBUDSMAN_REPLY)
    assert (reply.due_on, reply.original_due_on, reply.rule, reply.unit) == (
        date(2024, 5, 15),
        date(2024, 5, 15),
        "the date their letter states",
        Unit.FIXED,
    )


def test_a_date_stated_afterwards_takes_the_place_of_the_28_days(case: Casework) -> None:
    case.ombudsman(ENQUIRY, received_on=ENQUIRY)
    case.ombudsman(date(2024, 5, 2), due_on=date(2024, 5, 20))
    assert case.dates()[K.OMBUDSMAN_REPLY] == (S.OPEN, date(2024, 5, 20), date(2024, 5, 20))
    assert case.page().ombudsman[0].due_on == date(2024, 5, 20)


def test_more_time_that_they_give_keeps_the_first_date_on_record(case: Casework) -> None:
    case.ombudsman(ENQUIRY, received_on=ENQUIRY, due_on=date(2024, 5, 15))
    case.ombudsman(date(2024, 5, 14), due_on=date(2024, 5, 22))
    assert case.dates()[K.OMBUDSMAN_REPLY] == (S.OPEN, date(2024, 5, 15), date(2024, 5, 22))


def test_a_corrected_day_of_receipt_counts_again_but_for_a_date_they_stated(case: Casework) -> None:
    case.ombudsman(ENQUIRY, received_on=ENQUIRY)
    case.ombudsman(ENQUIRY, received_on=date(2024, 4, 29))
    assert case.dates()[K.OMBUDSMAN_REPLY] == (S.OPEN, date(2024, 5, 27), date(2024, 5, 27))
    case.ombudsman(ENQUIRY, due_on=date(2024, 5, 15))
    case.ombudsman(ENQUIRY, received_on=date(2024, 4, 30))
    assert case.dates()[K.OMBUDSMAN_REPLY] == (S.OPEN, date(2024, 5, 15), date(2024, 5, 15))
    assert case.page().ombudsman[0].received_on == date(2024, 4, 30)


@pytest.mark.parametrize(("replied", "state"), [(DUE, S.MET), (date(2024, 5, 30), S.MISSED)])
def test_a_reply_is_in_time_or_late(case: Casework, replied: date, state: DeadlineState) -> None:
    case.ombudsman(ENQUIRY, received_on=ENQUIRY)
    with one_event(case.register):
        done = case.ombudsman(replied, responded_on=replied)
    assert done.deadlines == ()
    assert (case.deadline(K.OMBUDSMAN_REPLY).state, case.deadline(K.OMBUDSMAN_REPLY).met_on) == (state, replied)
    assert case.page().ombudsman[0].status is OmbudsmanStatus.REPLIED


def test_a_decision_ends_the_record_and_a_reply_that_is_no_longer_wanted(case: Casework) -> None:
    decided = date(2024, 5, 10)
    case.ombudsman(ENQUIRY, received_on=ENQUIRY)
    case.ombudsman(decided, decided_on=decided, decision=OmbudsmanDecision.CLOSED_AFTER_INITIAL_ENQUIRIES)
    (record,) = case.page().ombudsman
    assert (record.status, record.decided_on) == (OmbudsmanStatus.DECIDED, decided)
    assert case.deadline(K.OMBUDSMAN_REPLY).state is S.CANCELLED
    assert case.last_event().details == {"decided": "2024-05-10", "decision": "closed after initial enquiries"}
    # The reply had gone out, and is recorded only now: the decision stands.
    case.ombudsman(date(2024, 5, 13), responded_on=date(2024, 5, 9))
    (record,) = case.page().ombudsman
    assert record.status is OmbudsmanStatus.DECIDED
    assert case.deadline(K.OMBUDSMAN_REPLY).state is S.MET


def test_all_at_once_and_again_after_a_decision(case: Casework) -> None:
    case.ombudsman(
        date(2024, 7, 1),
        received_on=ENQUIRY,
        responded_on=DUE,
        decided_on=date(2024, 7, 1),
        decision=OmbudsmanDecision.UPHELD,
    )
    case.ombudsman(date(2024, 8, 1), received_on=date(2024, 8, 1))
    first, second = case.page().ombudsman
    assert (first.decision, first.status) == (OmbudsmanDecision.UPHELD, OmbudsmanStatus.DECIDED)
    assert (second.position, second.status, second.due_on) == (2, OmbudsmanStatus.WITH_OMBUDSMAN, date(2024, 8, 29))
    case.ombudsman(date(2024, 8, 20), responded_on=date(2024, 8, 20))
    assert [record.responded_on for record in case.page().ombudsman] == [DUE, date(2024, 8, 20)]


def test_straight_to_the_ombudsman_leaves_the_complaint_as_it_is(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    before = case.dates()
    done = case.ombudsman(date(2024, 3, 6), received_on=date(2024, 3, 6))
    assert done.status is Status.LOGGED
    assert {kind: dates for kind, dates in case.dates().items() if kind is not K.OMBUDSMAN_REPLY} == before


@pytest.mark.parametrize(
    ("given", "said", "field"),
    [
        ({}, "a date at least", "received_on"),
        ({"received_on": date(2024, 5, 3)}, "after today", "received_on"),
        ({"received_on": date(1954, 5, 3)}, "is the year right", "received_on"),
        ({"received_on": ENQUIRY, "due_on": date(2024, 4, 30)}, "before it was received", "due_on"),
        ({"received_on": ENQUIRY, "due_on": date(2924, 4, 30)}, "is the year right", "due_on"),
        ({"received_on": ENQUIRY, "responded_on": date(2024, 4, 30)}, "before the enquiry", "responded_on"),
        ({"received_on": ENQUIRY, "responded_on": date(2024, 5, 3)}, "after today", "responded_on"),
        ({"responded_on": ENQUIRY}, "Give the day their enquiry was received", "received_on"),
        ({"due_on": DUE}, "Give the day their enquiry was received", "received_on"),
        (
            {"decided_on": ENQUIRY, "decision": OmbudsmanDecision.NOT_ACCEPTED},
            "for a decision that came unasked, the day it came",
            "received_on",
        ),
        ({"received_on": ENQUIRY, "decided_on": ENQUIRY}, "give both", "decision"),
        ({"received_on": ENQUIRY, "decision": OmbudsmanDecision.UPHELD}, "give both", "decision"),
        (
            {
                "received_on": date(2024, 4, 29),
                "responded_on": date(2024, 5, 1),
                "decided_on": date(2024, 4, 30),
                "decision": OmbudsmanDecision.UPHELD,
            },
            "before the reply",
            "decided_on",
        ),
    ],
)
def test_an_approach_that_contradicts_itself_is_refused_at_its_field(
    case: Casework, given: dict[str, Any], said: str, field: str
) -> None:
    with refused(case.register, said, field=field):
        case.ombudsman(date(2024, 5, 2), **given)


def test_only_a_complaint_goes_there(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure=None, kind=Kind.ENQUIRY)
    with refused(shropshire, "it is an enquiry, and that is for a complaint"):
        case.ombudsman(RECEIVED, received_on=RECEIVED)
