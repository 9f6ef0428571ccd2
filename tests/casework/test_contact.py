"""What is said, sent or tried: each contact kept, the update that was due done by it, the next one owed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.contact import contact, letter, next_update
from feedback_tui.casework.hold import hold, resume
from feedback_tui.casework.undo import undo
from feedback_tui.enums import Contact, DeadlineKind, DeadlineState, OtherProcess, Outcome, StepKey
from feedback_tui.models.inputs.contact import ContactInput, LetterInput, NextUpdate
from feedback_tui.models.inputs.stages import Hold, Reason
from feedback_tui.models.people import Person
from feedback_tui.storage.register import Register
from tests.casework.cases import SIX_MONTHS, Casework, everything, one_event, refused

D, K, S = date, DeadlineKind, DeadlineState
TODAY = D(2024, 3, 18)


@pytest.fixture
def case(shropshire: Register) -> Casework:
    return Casework(shropshire).log(customer_name="Ann Lee", correspondent_name="Bea Lee", description="No carer came")


def log(case: Casework, kind: Contact, today: date = TODAY, **more: Any) -> StepResult:
    return contact(case.actor(today), case.reference, ContactInput(**{"on": today, "kind": kind, **more}))


def send(case: Casework, key: str, today: date = TODAY, **more: Any) -> StepResult:
    given = {"on": today, "key": key, "text": "Dear Bea Lee", **more}
    return letter(case.actor(today), case.reference, LetterInput(**given))


def has_died(register: Register, number: int, **values: Any) -> None:
    """Writes to a person as the verbs about people do, whichever they are."""
    with register.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == number).values(**values))  # type: ignore[arg-type]


def test_a_call_is_kept_and_changes_no_date(shropshire: Register, case: Casework) -> None:
    before = case.dates()
    with one_event(shropshire):
        log(case, Contact.CALL_FROM, channel="telephone", person=2, words="She asks who comes on Sunday")
    page = case.page()
    (row,) = page.contacts
    assert (row.kind, row.person, row.text) == (Contact.CALL_FROM, "Bea Lee", "She asks who comes on Sunday")
    assert (page.last_contact.on, page.last_contact.what) == (row.contacted_on, "call from them")
    assert case.dates() == before
    event = case.last_event()
    assert event.step is StepKey.CONTACT
    assert event.words is None, "what was said stands on the contact alone"
    assert event.details == {"kind": "call from them", "channel": "telephone", "with": "complainant"}


def test_failed_tries_are_counted_until_someone_is_reached(case: Casework) -> None:
    log(case, Contact.CALL_TO, D(2024, 3, 5))
    for day in (6, 7, 8):
        log(case, Contact.FAILED_TRY, D(2024, 3, day))
    page = case.page()
    assert page.failed_tries == 3
    assert page.last_contact.on == D(2024, 3, 5)
    log(case, Contact.FINAL_NOTICE, D(2024, 3, 11), words="Call by 25 March")
    page = case.page()
    assert page.failed_tries == 0
    assert page.final_notice is not None
    log(case, Contact.CALL_FROM, D(2024, 3, 12))
    assert case.page().final_notice is None


def test_each_holding_letter_does_the_update_and_owes_the_next(case: Casework) -> None:
    next_update(case.actor(D(2024, 3, 5)), case.reference, NextUpdate(to=D(2024, 3, 18)))
    assert case.dates()[K.NEXT_UPDATE] == (S.OPEN, D(2024, 3, 18), D(2024, 3, 18))
    log(case, Contact.HOLDING_LETTER, words="A report is awaited", next_update_on=D(2024, 4, 2))
    send(case, "holding", D(2024, 4, 3), next_update_on=D(2024, 4, 17))
    updates = [(row.state, row.due_on) for row in case.page().deadlines if row.kind is K.NEXT_UPDATE]
    assert updates == [
        (S.OPEN, D(2024, 4, 17)),
        (S.MET, D(2024, 3, 18)),
        (S.MISSED, D(2024, 4, 2)),
    ]
    log(case, Contact.CALL_FROM, D(2024, 4, 4))
    log(case, Contact.CALL_TO, D(2024, 4, 5), told=True)
    assert not [row for row in case.page().open_deadlines if row.kind is K.NEXT_UPDATE]


def test_the_next_update_is_moved_with_a_reason_once_it_is_late(shropshire: Register, case: Casework) -> None:
    next_update(case.actor(D(2024, 3, 5)), case.reference, NextUpdate(to=D(2024, 3, 11)))
    later = case.actor(D(2024, 3, 12))
    with refused(shropshire, "give the reason why it is put off", field="reason"):
        next_update(later, case.reference, NextUpdate(to=D(2024, 3, 20)))
    next_update(later, case.reference, NextUpdate(to=D(2024, 3, 20), reason="The manager is away"))
    states = [row.state for row in case.page().deadlines if row.kind is K.NEXT_UPDATE]
    assert states == [S.OPEN, S.SUPERSEDED]
    with refused(shropshire, "They hear by Wed 20 March 2024 already", field="to"):
        next_update(later, case.reference, NextUpdate(to=D(2024, 3, 20)))


def test_a_letter_is_noted_as_it_went_out(shropshire: Register, case: Casework) -> None:
    with one_event(shropshire):
        send(case, "Acknowledgement", text="Dear Bea Lee\n\nThank you.", person=2, channel="letter")
    (row,) = case.page().contacts
    assert (row.letter, row.kind, row.text) == ("acknowledgement", Contact.LETTER_TO, "Dear Bea Lee\n\nThank you.")
    before = everything(shropshire)["contact"]
    undo(case.actor(TODAY), case.reference)
    assert before
    assert everything(shropshire)["contact"] == []


Wrong = tuple[Callable[[Casework], StepResult], str, str]


@pytest.mark.parametrize(
    ("step", "words", "field"),
    [
        (lambda case: log(case, Contact.CALL_TO, on=D(2024, 3, 19)), "after today", "on"),
        (lambda case: log(case, Contact.CALL_TO, on=D(2024, 3, 1)), "before the receipt", "on"),
        (lambda case: log(case, Contact.HOLDING_LETTER), "why it takes longer", "words"),
        (lambda case: log(case, Contact.FAILED_TRY, told=True), "Nobody was reached", "kind"),
        (lambda case: log(case, Contact.CALL_TO, person=3), "numbered 1 to 2", "person"),
        (lambda case: log(case, Contact.CALL_TO, next_update_on=TODAY), "give a later day", "next_update_on"),
        (lambda case: send(case, "holding", text=" "), "empty", "text"),
        (
            lambda case: send(case, "holding", text="Dear [missing: who it goes to], [missing: the reason]"),
            "still lacks who it goes to, the reason",
            "text",
        ),
        (lambda case: send(case, "nonsense"), "use acknowledgement, consent-request, holding", ""),
        (lambda case: next_update(case.actor(TODAY), case.reference, NextUpdate(to=D(2024, 3, 15))), "later day", "to"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_at_its_field(
    shropshire: Register, case: Casework, step: Callable[[Casework], StepResult], words: str, field: str
) -> None:
    with refused(shropshire, words, field=field):
        step(case)


def test_no_letter_goes_to_one_who_has_died_and_a_safe_way_is_asked_about(shropshire: Register, case: Casework) -> None:
    has_died(shropshire, 1, died_on=D(2024, 3, 10))
    with refused(shropshire, "Ann Lee died on", "Who carries it on?", field="person"):
        send(case, "holding", person=1)
    with refused(shropshire, "Ann Lee died on", field="person"):
        log(case, Contact.CALL_TO, person=1)
    has_died(shropshire, 2, safe_contact="Only by her mobile, never to the house")
    with refused(shropshire, "never to the house", field="safe"):
        send(case, "holding", person=2)
    send(case, "holding", person=2, safe=True)


def test_a_closed_case_takes_a_call_and_promises_nothing(shropshire: Register, case: Casework) -> None:
    case.withdraw(D(2024, 3, 11))
    log(case, Contact.CALL_FROM)
    with refused(shropshire, "no one waits for news of it", field="next_update_on"):
        log(case, Contact.CALL_FROM, next_update_on=D(2024, 4, 2))
    with refused(shropshire, "no one waits for news of it"):
        next_update(case.actor(TODAY), case.reference, NextUpdate(to=D(2024, 4, 2)))


def test_six_months_that_were_missed_are_an_open_duty_until_the_reason_is_written(case: Casework) -> None:
    late = D(2024, 9, 5)
    assert not case.page(SIX_MONTHS).why_owed
    assert case.page(late).why_owed
    log(case, Contact.CALL_TO, late, told=True)
    assert case.page(late).why_owed, "a call is not in writing"
    send(case, "holding", late)
    assert not case.page(late).why_owed
    assert case.deadline(K.STATUTORY_LIMIT).state is S.OPEN, "the six months stay missed until it is answered"


def test_last_contact_counts_all_that_reached_or_came_from_them(shropshire: Register) -> None:
    case = Casework(shropshire).log(D(2026, 4, 7), "corporate")

    def last() -> tuple[date, str]:
        found = case.page().last_contact
        return found.on, found.what

    assert last() == (D(2026, 4, 7), "received")
    case.acknowledge(D(2026, 4, 9))
    assert last() == (D(2026, 4, 9), "acknowledged")
    hold(
        case.actor(D(2026, 4, 10)),
        case.reference,
        Hold(
            on=D(2026, 4, 10),
            process=OtherProcess.POLICE,
            reason="They asked us to wait",
            told_on=D(2026, 4, 10),
            look_again_on=D(2026, 4, 14),
        ),
    )
    assert last() == (D(2026, 4, 10), "told that it is on hold")
    resume(case.actor(D(2026, 4, 14)), case.reference, Reason(on=D(2026, 4, 14), reason="They are done"))
    assert last() == (D(2026, 4, 10), "told that it is on hold"), "taking it off hold tells no one"
    case.investigate(D(2026, 4, 15))
    case.extend(D(2026, 4, 16), D(2026, 5, 8))
    assert last() == (D(2026, 4, 16), "told that it takes longer")
    log(case, Contact.FAILED_TRY, D(2026, 4, 17))
    assert (last()[0], case.page().failed_tries) == (D(2026, 4, 16), 1)
    case.respond(D(2026, 4, 23), Outcome.NOT_UPHELD)
    assert (last(), case.page().failed_tries) == ((D(2026, 4, 23), "response sent"), 0)
    case.request_review(D(2026, 5, 11))
    assert last() == (D(2026, 5, 11), "Stage 2 asked for")
    case.acknowledge_review(D(2026, 5, 13))
    assert last() == (D(2026, 5, 13), "Stage 2 acknowledged")
    case.respond_review(D(2026, 6, 1), Outcome.NOT_UPHELD)
    assert last() == (D(2026, 6, 1), "Stage 2 response sent")
    undo(case.actor(D(2026, 6, 1)), case.reference)
    assert last() == (D(2026, 5, 13), "Stage 2 acknowledged"), "what was undone did not happen"
