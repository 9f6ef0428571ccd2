"""Acknowledging: reg 13, the period told, and the limits that run from the acknowledgement."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.contact import RECORD_LETTER, letter
from feedback_tui.desk.case.letter_fields import LetterTo, write
from feedback_tui.desk.case.owed import RECORD_OWED, duties
from feedback_tui.enums import DeadlineKind, DeadlineState, Discussion, Kind, Outcome, Status, StepKey
from feedback_tui.models.inputs.contact import LetterInput
from feedback_tui.models.inputs.stages import Acknowledgement, FirstAcknowledgement
from feedback_tui.storage.register import Register
from tests.casework.cases import ACKNOWLEDGE_BY, AIM, LIMIT, RECEIVED, SIX_MONTHS, Casework, one_event, refused
from tests.conftest import actor_on

K, S = DeadlineKind, DeadlineState


def test_in_time_it_is_met(shropshire: Register) -> None:
    case = Casework(shropshire).log(channel="letter")
    with one_event(shropshire):
        done = case.acknowledge(ACKNOWLEDGE_BY, channel="email", discussion=Discussion.ACCEPTED)
    assert (done.status, done.version) == (Status.ACKNOWLEDGED, 2)
    assert [line.kind for line in done.deadlines] == [K.STAGE_1_TARGET, K.STAGE_1_LIMIT, K.STATUTORY_LIMIT]
    page = case.page()
    assert (page.acknowledged_on, page.acknowledged_by, page.discussion) == (
        ACKNOWLEDGE_BY,
        "email",
        Discussion.ACCEPTED,
    )
    met = case.deadline(K.ACKNOWLEDGEMENT)
    assert (met.state, met.met_on, met.due_on) == (S.MET, ACKNOWLEDGE_BY, ACKNOWLEDGE_BY)
    event = case.last_event()
    assert (event.step, event.from_status, event.to_status) == (
        StepKey.ACKNOWLEDGE,
        Status.LOGGED,
        Status.ACKNOWLEDGED,
    )
    assert event.details == {"channel": "email", "discussion": "accepted"}
    assert event.happened_on == ACKNOWLEDGE_BY


def test_a_day_late_it_is_missed_and_answered(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.acknowledge(date(2024, 3, 8))
    late = case.deadline(K.ACKNOWLEDGEMENT)
    assert (late.state, late.met_on, late.original_due_on) == (S.MISSED, date(2024, 3, 8), ACKNOWLEDGE_BY)


def test_it_goes_out_the_way_the_case_came_in_unless_said(shropshire: Register) -> None:
    case = Casework(shropshire).log(channel="letter")
    case.acknowledge(RECEIVED)
    assert case.page().acknowledged_by == "letter"


def test_the_period_told_is_a_deadline_of_the_case(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.acknowledge(date(2024, 3, 5), discussion=Discussion.DECLINED, promised_on=date(2024, 4, 5))
    told = case.deadline(K.RESPONSE_PROMISED)
    assert (told.state, told.due_on, told.original_due_on) == (S.OPEN, date(2024, 4, 5), date(2024, 4, 5))
    assert (told.fixed_by_hand, told.stage_number, told.counted_from) == (True, 1, date(2024, 3, 5))
    assert case.dates()[K.STAGE_1_TARGET] == (S.OPEN, AIM, AIM)
    assert case.last_event().details["promised"] == "2024-04-05"


def test_under_the_code_stage_1_runs_from_the_acknowledgement(shropshire: Register) -> None:
    case = Casework(shropshire).log(date(2026, 4, 7), "corporate")
    case.acknowledge(date(2026, 4, 9))
    limit = case.deadline(K.STAGE_1_LIMIT)
    assert (limit.due_on, limit.counted_from, limit.rule) == (
        date(2026, 4, 23),
        date(2026, 4, 9),
        "10 working days from acknowledgement",
    )


def test_a_complaint_under_investigation_stays_so(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.investigate(RECEIVED)
    assert case.acknowledge(date(2024, 3, 5)).status is Status.INVESTIGATING


@pytest.mark.parametrize("kind", [Kind.ENQUIRY, Kind.COMMENT, Kind.CONCERN])
def test_others_may_be_acknowledged_with_a_period_told(shropshire: Register, kind: Kind) -> None:
    case = Casework(shropshire).log(procedure=None, kind=kind)
    assert case.acknowledge(RECEIVED, promised_on=date(2024, 3, 18)).status is Status.ACKNOWLEDGED
    assert case.dates() == {K.RESPONSE_PROMISED: (S.OPEN, date(2024, 3, 18), date(2024, 3, 18))}


class TestRefused:
    """What an acknowledgement cannot be."""

    def test_dates_out_of_order(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        sam = actor_on(shropshire, date(2024, 3, 6))
        for given, said, field in [
            (Acknowledgement(on=date(2024, 3, 3)), "before the receipt (Mon 4 March 2024)", "on"),
            (Acknowledgement(on=date(2024, 3, 7)), "after today", "on"),
            (Acknowledgement(on=date(2024, 3, 6), promised_on=date(2024, 3, 5)), "before it was told", "promised_on"),
            (Acknowledgement(on=date(2024, 3, 6), promised_on=date(2204, 3, 5)), "is the year right", "promised_on"),
        ]:
            with refused(shropshire, said, field=field):
                acknowledge(sam, case.reference, given)

    def test_a_period_past_the_six_months(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        with refused(shropshire, "The six months end on Tue 3 September 2024", field="promised_on"):
            case.acknowledge(RECEIVED, promised_on=date(2024, 9, 4))
        case.acknowledge(RECEIVED, promised_on=SIX_MONTHS)

    def test_a_discussion_declined_without_a_period(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        with refused(shropshire, "set the period", field="promised_on"):
            case.acknowledge(RECEIVED, discussion=Discussion.DECLINED)

    def test_a_second_period_told(self, shropshire: Register) -> None:
        """A change to the period told goes through an extension, with its reason (reg 17)."""
        case = Casework(shropshire).log()
        case.investigate(RECEIVED)
        case.extend(date(2024, 3, 5), date(2024, 5, 1))
        with refused(shropshire, "ends on Wed 1 May 2024 already", "extend it", field="promised_on"):
            case.acknowledge(date(2024, 3, 6), promised_on=date(2024, 5, 10))
        case.acknowledge(date(2024, 3, 6), discussion=Discussion.DECLINED)

    def test_a_second_acknowledgement_is_refused(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.acknowledge(RECEIVED)
        with refused(shropshire, "it was acknowledged already", "Possible now:", "Start the investigation"):
            case.acknowledge(date(2024, 3, 5))

    def test_after_the_response_or_the_end(self, shropshire: Register) -> None:
        answered = Casework(shropshire).log()
        answered.respond(date(2024, 3, 6), Outcome.UPHELD)
        with refused(shropshire, "comes before the response", "Possible now: Ombudsman, Close"):
            answered.acknowledge(date(2024, 3, 7))
        withdrawn = Casework(shropshire).log()
        withdrawn.withdraw(RECEIVED)
        with refused(shropshire, "it is closed", "Reopen"):
            withdrawn.acknowledge(RECEIVED)

    def test_a_compliment_is_not_acknowledged(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(procedure=None, kind=Kind.COMPLIMENT)
        with refused(shropshire, "it is a compliment", "Possible now: Close"):
            case.acknowledge(RECEIVED)

    def test_a_reference_that_no_case_has_is_refused(self, shropshire: Register) -> None:
        with refused(shropshire, "There is no case ASC-24-9999."):
            Casework(shropshire, "ASC-24-9999").acknowledge(RECEIVED)


def test_its_dates_follow_from_the_receipt_alone(shropshire: Register) -> None:
    """Acknowledging moves none of them."""
    case = Casework(shropshire).log()
    case.acknowledge(date(2024, 3, 6))
    dates = case.dates()
    assert (dates[K.STAGE_1_TARGET][2], dates[K.STAGE_1_LIMIT][2], dates[K.STATUTORY_LIMIT][2]) == (
        AIM,
        LIMIT,
        SIX_MONTHS,
    )


RECORD = "They said that no carer came on Sunday"


def test_an_oral_complaint_owes_its_written_record(shropshire: Register) -> None:
    case = Casework(shropshire).log(channel="Telephone", description=RECORD, correspondent_name="Ann Lee")
    case.acknowledge(date(2024, 3, 6))
    assert f"{RECORD_OWED} (regulation 13(2))" in duties(case.page())
    page, profile = case.page(), shropshire.profile
    text = write(page, profile, LetterTo(profile.letter(RECORD_LETTER)), date(2024, 3, 7)).text
    assert RECORD in text
    sent = LetterInput(on=date(2024, 3, 7), key=RECORD_LETTER, text="Dear Ann")
    letter(case.actor(date(2024, 3, 7)), case.reference, sent)
    assert case.page().record_sent_on == date(2024, 3, 7)
    assert not any(RECORD_OWED in duty for duty in duties(case.page()))


def test_the_record_goes_with_the_acknowledgement(shropshire: Register) -> None:
    case = Casework(shropshire).log(channel="in person", description=RECORD)
    given = FirstAcknowledgement(on=date(2024, 3, 6), record_sent_on=date(2024, 3, 6))
    acknowledge(case.actor(date(2024, 3, 6)), case.reference, given)
    assert case.page().record_sent_on == date(2024, 3, 6)
    assert case.last_event().details["record_sent"] == "2024-03-06"
    assert not any(RECORD_OWED in duty for duty in duties(case.page()))


@pytest.mark.parametrize(
    ("channel", "procedure", "owed"),
    [
        ("telephone", "statutory-adult", True),
        ("telephone", None, True),
        ("telephone", "corporate", False),
        ("email", "statutory-adult", False),
        ("pigeon", "statutory-adult", False),
    ],
)
def test_the_record_is_owed_under_the_2009_regulations_where_it_was_oral(
    shropshire: Register, channel: str, procedure: str | None, owed: bool
) -> None:
    case = Casework(shropshire).log(channel=channel, procedure=procedure)
    found = [duty for duty in duties(case.page()) if RECORD_OWED in duty]
    assert bool(found) is owed
    assert all(("regulation" in duty) is (procedure is not None) for duty in found)


@pytest.mark.parametrize("day", [date(2024, 3, 1), date(2024, 3, 7)])
def test_the_record_is_sent_between_receipt_and_today(shropshire: Register, day: date) -> None:
    case = Casework(shropshire).log(channel="telephone")
    given = FirstAcknowledgement(on=date(2024, 3, 6), record_sent_on=day)
    with refused(shropshire, field="record_sent_on"):
        acknowledge(case.actor(date(2024, 3, 6)), case.reference, given)
