"""Logging: what is stored, which deadlines it causes, and what is refused with its reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.log import log
from feedback_tui.enums import Authority, DeadlineKind, DeadlineState, Kind, Part, Role, Status, StepKey, Unit
from feedback_tui.models.inputs.stages import NewCase, PointInput
from feedback_tui.storage.register import Register
from tests.casework.cases import (
    ACKNOWLEDGE_BY,
    AIM,
    LIMIT,
    RECEIVED,
    SIX_MONTHS,
    Casework,
    one_event,
    refused,
)
from tests.conftest import MakeRegister, actor_on

K = DeadlineKind
OPEN = DeadlineState.OPEN


def test_a_statutory_complaint_owes_what_its_procedure_and_the_law_say(shropshire: Register) -> None:
    with one_event(shropshire):
        case = Casework(shropshire).log(
            channel="letter",
            description="No carer came on Sunday.\nNor on Monday.",
            wanted="A carer who comes",
            customer_name="Ann O'Brien",
            correspondent_name="Bea O'Brien",
            correspondent_role=Role.FAMILY,
            authority=Authority.CONSENT_REQUESTED,
            contact="01743 000000",
            points=(PointInput(team="Enable", theme="Care plans"), PointInput(team="Reablement (START)")),
        )
    page = case.page()
    assert (page.reference, page.status, page.version) == ("ASC-24-0001", Status.LOGGED, 1)
    assert page.summary == "No carer came on Sunday. Nor on Monday."
    assert (page.procedure, page.procedure_version) == ("statutory-adult", "1")
    assert [(person.part, person.name, person.contact) for person in page.people] == [
        (Part.CUSTOMER, "Ann O'Brien", ""),
        (Part.COMPLAINANT, "Bea O'Brien", "01743 000000"),
    ]
    assert page.people[1].authority is Authority.CONSENT_REQUESTED
    assert [(point.position, point.team) for point in page.points] == [(1, "Enable"), (2, "Reablement (START)")]
    assert case.dates() == {
        K.ACKNOWLEDGEMENT: (OPEN, ACKNOWLEDGE_BY, ACKNOWLEDGE_BY),
        K.STAGE_1_TARGET: (OPEN, AIM, AIM),
        K.STAGE_1_LIMIT: (OPEN, LIMIT, LIMIT),
        K.STATUTORY_LIMIT: (OPEN, SIX_MONTHS, SIX_MONTHS),
    }
    aim = case.deadline(K.STAGE_1_TARGET)
    assert (aim.rule, aim.counted_from, aim.count, aim.unit) == (
        "25 working days from receipt",
        RECEIVED,
        25,
        Unit.WORKING_DAYS,
    )
    assert aim.calendar == shropshire.calendar.fingerprint
    (event,) = page.timeline
    assert (event.step, event.from_status, event.to_status) == (StepKey.LOG, None, Status.LOGGED)
    assert (event.officer, event.happened_on) == ("Sam Reed", RECEIVED)
    assert event.details == {"kind": "complaint", "channel": "letter", "procedure": "statutory-adult"}


def test_a_complaint_without_a_procedure_is_acknowledged_in_three_working_days_all_the_same(code: Register) -> None:
    case = Casework(code).log(procedure=None)
    assert case.dates() == {
        K.ACKNOWLEDGEMENT: (OPEN, ACKNOWLEDGE_BY, ACKNOWLEDGE_BY),
        K.STATUTORY_LIMIT: (OPEN, SIX_MONTHS, SIX_MONTHS),
    }


@pytest.mark.parametrize(
    ("profile", "procedure", "received", "due"),
    [
        ("shropshire", "corporate", date(2024, 3, 4), {K.ACKNOWLEDGEMENT: "2024-03-07", K.STAGE_1_LIMIT: "2024-04-17"}),
        # The Code, from April 2026: stage 1 runs from the acknowledgement, which has not come.
        ("shropshire", "corporate", date(2026, 4, 7), {K.ACKNOWLEDGEMENT: "2026-04-14"}),
        (
            "wigan",
            "informal",
            date(2024, 3, 4),
            {K.ACKNOWLEDGEMENT: "2024-03-07", K.STAGE_1_LIMIT: "2024-03-11", K.STATUTORY_LIMIT: "2024-09-03"},
        ),
        (
            "wigan",
            "formal-complex",  # its limit is a date agreed with the complainant
            date(2024, 3, 4),
            {K.ACKNOWLEDGEMENT: "2024-03-07", K.STAGE_1_TARGET: "2024-04-17", K.STATUTORY_LIMIT: "2024-09-03"},
        ),
        # Received on a Saturday: Monday is day 1.
        (
            "wigan",
            "formal-simple",
            date(2024, 3, 2),
            {
                K.ACKNOWLEDGEMENT: "2024-03-06",
                K.STAGE_1_TARGET: "2024-03-22",
                K.STAGE_1_LIMIT: "2024-04-02",
                K.STATUTORY_LIMIT: "2024-09-01",
            },
        ),
    ],
)
def test_each_procedure_causes_its_own_deadlines(
    make_register: MakeRegister, profile: str, procedure: str, received: date, due: dict[DeadlineKind, str]
) -> None:
    case = Casework(make_register(profile)).log(received, procedure)
    assert {kind: original.isoformat() for kind, (_, original, _) in case.dates().items()} == due


@pytest.mark.parametrize("kind", [Kind.CONCERN, Kind.COMPLIMENT, Kind.COMMENT, Kind.ENQUIRY])
def test_what_is_no_complaint_has_no_deadline(shropshire: Register, kind: Kind) -> None:
    case = Casework(shropshire).log(procedure=None, kind=kind)
    assert case.dates() == {}
    assert case.page().status is Status.LOGGED


def test_references_follow_each_other_and_step_over_one_that_was_typed(shropshire: Register) -> None:
    typed = Casework(shropshire).log(reference="asc-24-0002")
    assert typed.reference == "asc-24-0002"
    assert [Casework(shropshire).log().reference for _ in range(2)] == ["ASC-24-0001", "ASC-24-0003"]
    with refused(shropshire, "There is a case ASC-24-0002 already.", field="reference"):
        Casework(shropshire).log(reference="ASC-24-0002")


def test_a_concern_settled_on_the_spot_is_closed_and_owes_no_letter(shropshire: Register) -> None:
    friday, monday, tuesday = date(2024, 3, 8), date(2024, 3, 11), date(2024, 3, 12)
    concern = {"kind": Kind.CONCERN, "procedure": None, "channel": "telephone"}
    with one_event(shropshire):
        case = Casework(shropshire).log(friday, settled_on=monday, **concern)
    page = case.page()
    assert (page.status, page.closed_on, page.deadlines) == (Status.CLOSED, monday, ())
    assert page.timeline[0].to_status is Status.CLOSED
    with refused(shropshire, "end of the next working day", "it stays a complaint", field="settled_on"):
        Casework(shropshire).log(friday, settled_on=tuesday, **concern)
    with refused(shropshire, "in writing", "it stays a complaint", field="settled_on"):
        Casework(shropshire).log(friday, settled_on=friday, **{**concern, "channel": "Email"})
    with refused(shropshire, "Only a concern", field="settled_on"):
        Casework(shropshire).log(friday, settled_on=friday, channel="telephone")
    with refused(shropshire, "before the receipt", field="settled_on"):
        log(
            actor_on(shropshire, friday),
            NewCase(kind=Kind.CONCERN, received_on=friday, settled_on=date(2024, 3, 7)),
        )


class TestWhoStandsInIt:
    """The people of a case: nobody who was named, and no contact, is lost."""

    def people(self, register: Register, **names: Any) -> list[tuple[Part, Role | None, str, str]]:
        page = Casework(register).log(**names).page()
        return [(person.part, person.role, person.name, person.contact) for person in page.people]

    def test_a_customer_who_writes_is_one_person(self, shropshire: Register) -> None:
        found = self.people(
            shropshire,
            customer_name="Ann Lee",
            correspondent_name="Ann Lee",
            correspondent_role=Role.CUSTOMER,
            contact="ann@example.org",
        )
        assert found == [
            (Part.CUSTOMER, None, "Ann Lee", "ann@example.org"),
            (Part.COMPLAINANT, Role.CUSTOMER, "Ann Lee", "ann@example.org"),
        ]

    def test_a_customer_whose_name_is_written_otherwise_keeps_both_names(self, shropshire: Register) -> None:
        found = self.people(
            shropshire, customer_name="Ann Lee", correspondent_name="A. Lee", correspondent_role=Role.CUSTOMER
        )
        assert [name for _, _, name, _ in found] == ["Ann Lee", "A. Lee"]

    def test_the_contact_is_of_whoever_wrote(self, shropshire: Register) -> None:
        assert self.people(shropshire, customer_name="Ann Lee", contact="5 High St") == [
            (Part.CUSTOMER, None, "Ann Lee", "5 High St")
        ]
        assert self.people(
            shropshire, customer_name="Ann Lee", correspondent_role=Role.CUSTOMER, contact="5 High St"
        ) == [(Part.CUSTOMER, None, "Ann Lee", "5 High St"), (Part.COMPLAINANT, Role.CUSTOMER, "", "")]
        assert self.people(
            shropshire, customer_name="Ann Lee", correspondent_role=Role.ANONYMOUS, contact="a@example.org"
        ) == [(Part.CUSTOMER, None, "Ann Lee", ""), (Part.COMPLAINANT, Role.ANONYMOUS, "", "a@example.org")]

    def test_a_contact_without_any_name_is_kept(self, shropshire: Register) -> None:
        assert self.people(shropshire, contact="07700 900000") == [(Part.COMPLAINANT, None, "", "07700 900000")]

    def test_no_one_is_made_up(self, shropshire: Register) -> None:
        assert self.people(shropshire) == []
        assert self.people(shropshire, correspondent_role=Role.ANONYMOUS) == [
            (Part.COMPLAINANT, Role.ANONYMOUS, "", "")
        ]


class TestTwelveMonths:
    """Reg 12: within 12 months of the event, or of learning of it; later with a good reason."""

    def test_the_anniversary_is_still_within(self, shropshire: Register) -> None:
        assert Casework(shropshire).log(happened_on=date(2023, 3, 4)).reference

    def test_a_day_later_asks_for_the_reason_and_takes_it(self, shropshire: Register) -> None:
        with refused(shropshire, "more than 12 months", "Fri 3 March 2023", "good reason", field="late_reason"):
            Casework(shropshire).log(happened_on=date(2023, 3, 3))
        case = Casework(shropshire).log(happened_on=date(2023, 3, 3), late_reason="She was in hospital")
        assert case.page().late_reason == "She was in hospital"

    def test_praise_is_never_too_late(self, shropshire: Register) -> None:
        assert Casework(shropshire).log(procedure=None, kind=Kind.COMPLIMENT, happened_on=date(2020, 1, 1)).reference

    def test_nothing_is_complained_of_before_it_happened(self, shropshire: Register) -> None:
        with refused(shropshire, "after the receipt", field="happened_on"):
            log(actor_on(shropshire, date(2024, 3, 8)), self.happening(date(2024, 3, 5)))
        with refused(shropshire, "after today", field="happened_on"):
            log(actor_on(shropshire, RECEIVED), self.happening(date(2024, 3, 5)))

    def happening(self, on: date) -> NewCase:
        return NewCase(kind=Kind.COMPLAINT, received_on=RECEIVED, happened_on=on)


def test_a_date_of_receipt_that_cannot_be_is_refused(shropshire: Register) -> None:
    sam = actor_on(shropshire, RECEIVED)
    with refused(shropshire, "after today", field="received_on"):
        log(sam, NewCase(kind=Kind.COMPLAINT, received_on=date(2024, 3, 5)))
    with refused(shropshire, "is the year right?", field="received_on"):
        log(sam, NewCase(kind=Kind.COMPLAINT, received_on=date(1924, 3, 4)))
    with refused(shropshire, "Is the year right?"):
        log(Actor(shropshire, "Sam", date(2060, 12, 31)), NewCase(kind=Kind.COMPLAINT, received_on=date(2060, 12, 30)))


def test_every_problem_is_told_at_once(shropshire: Register) -> None:
    given = NewCase(
        kind=Kind.ENQUIRY, received_on=date(2024, 3, 5), procedure="corporate", happened_on=date(2024, 3, 6)
    )
    with refused(shropshire, "The date of receipt", "The date of the event", "Only a complaint has a procedure"):
        log(actor_on(shropshire, RECEIVED), given)


def test_a_procedure_is_one_of_the_profile_and_fits_the_case(shropshire: Register, code: Register) -> None:
    with refused(shropshire, "“informal” is not a procedure", "statutory-adult, statutory-provider", field="procedure"):
        Casework(shropshire).log(procedure="informal")
    with refused(shropshire, "name the provider", field="provider"):
        Casework(shropshire).log(procedure="statutory-provider", points=(PointInput(team="Enable"),))
    named = (PointInput(team="Enable"), PointInput(provider="Brook House"))
    assert Casework(shropshire).log(procedure="Statutory-Provider", points=named).page().procedure == (
        "statutory-provider"
    )
    with refused(code, "does not apply to adult social care", "choose statutory-adult", field="procedure"):
        Casework(code).log(procedure="lgsco-code", adult_social_care=True)
    assert Casework(code).log(procedure="lgsco-code", adult_social_care=False).page().procedure == "lgsco-code"
    assert Casework(code).log(procedure="statutory-adult", adult_social_care=True).page().procedure == "statutory-adult"


def test_an_open_word_may_not_hold_what_separates_words_in_the_register() -> None:
    for name in ("a;b", "a > b"):
        with pytest.raises(ValidationError, match="cannot stand in a name"):
            PointInput(team=name)


def test_words_are_made_safe_on_the_way_in(shropshire: Register) -> None:
    page = Casework(shropshire).log(description="\x1b]0;PWNED\x07 [/] ‮", customer_name="  Ann\n Lee ").page()
    assert page.description == "␛]0;PWNED␇ [/] �"
    assert page.people[0].name == "Ann Lee"
