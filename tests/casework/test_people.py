"""The people of a case: their parts, authority and consent, a death, one person in two cases, limits on contact."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback_tui.casework.authority import record_authority
from feedback_tui.casework.contact import letter
from feedback_tui.casework.linked_people import limit_contact, mark_apart, mark_same
from feedback_tui.casework.people import add_person, correct_person, record_death
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case.known_people import known_of
from feedback_tui.desk.case.letter_fields import LetterTo, write
from feedback_tui.desk.case.owed import NOBODY_COMPLAINS, duties
from feedback_tui.desk.case.warnings import warnings
from feedback_tui.desk.earlier_cases import earlier_cases
from feedback_tui.enums import Authority, DeadlineKind, DeadlineState, Part, Persistence, Role
from feedback_tui.models.inputs.contact import LetterInput
from feedback_tui.models.inputs.people import (
    Apart,
    AuthorityInput,
    Death,
    Limits,
    NewPerson,
    PersonCorrection,
    SamePerson,
)
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, refused

D, A, K, S = date, Authority, DeadlineKind, DeadlineState
NOW = D(2024, 3, 20)


def add(case: Casework, name: str = "Bea Lee", **more: Any) -> object:
    given = {"on": D(2024, 3, 4), "name": name, "role": Role.FAMILY, **more}
    return add_person(case.actor(NOW), case.reference, NewPerson.model_validate(given))


def authority(case: Casework, basis: Authority, on: date = D(2024, 3, 5), **more: Any) -> object:
    given = {"on": on, "position": 2, "authority": basis, **more}
    return record_authority(case.actor(NOW), case.reference, AuthorityInput.model_validate(given))


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A complaint about Ann Lee's care, with Bea, her daughter, as person 2."""
    case = Casework(shropshire).log(customer_name="Ann Lee", channel="telephone")
    add(case, relationship="daughter", may_be_told="only about the visits")
    return case


def test_several_complainants_each_with_what_they_may_be_told(case: Casework) -> None:
    add(case, "Cy Lee", role=Role.AFFECTED, preferred_contact="email", safe_contact="Not at home")
    page = case.page(NOW)
    assert [(each.position, each.name, each.part, each.may_be_told) for each in page.people] == [
        (1, "Ann Lee", Part.CUSTOMER, ""),
        (2, "Bea Lee", Part.COMPLAINANT, "only about the visits"),
        (3, "Cy Lee", Part.COMPLAINANT, ""),
    ]
    assert warnings(page) == ["Cy Lee – Safe contact: Not at home"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "Bea Lee"}, "is a complainant in this case already"),
        ({"name": ""}, "someone without a name is anonymous"),
        ({"name": "Cy Lee", "on": D(2024, 3, 1)}, "before the receipt"),
    ],
)
def test_who_is_not_added(case: Casework, given: dict[str, Any], words: str) -> None:
    with refused(case.register, words):
        add(case, **given)


def test_a_correction_keeps_what_stood_before(case: Casework) -> None:
    given = PersonCorrection(
        on=NOW, position=2, name="Bea Leigh", role=Role.FAMILY, relationship="daughter", reason="Misheard",
        may_be_told="only about the visits",
    )  # fmt: skip
    correct_person(case.actor(NOW), case.reference, given)
    event = case.last_event()
    assert event.details == {"person": 2, "what": ["name"]}
    assert [(each.name, each.before, each.after) for each in event.changed] == [("name", "Bea Lee", "Bea Leigh")]
    with refused(case.register, "Nothing is different"):
        correct_person(case.actor(NOW), case.reference, given)
    with refused(case.register, "has no person 3: there is 1 Ann Lee, 2 Bea Leigh"):
        correct_person(case.actor(NOW), case.reference, given.model_copy(update={"position": 3}))


def test_consent_is_asked_for_chased_and_received_and_nothing_else_waits(case: Casework) -> None:
    before = {kind: row for kind, row in case.dates().items() if kind is not K.CONSENT}
    authority(case, A.CONSENT_REQUESTED, due_on=D(2024, 3, 19))
    authority(case, A.CONSENT_REQUESTED, D(2024, 3, 20), due_on=D(2024, 4, 3))
    assert case.dates()[K.CONSENT] == (S.OPEN, D(2024, 3, 19), D(2024, 4, 3))
    assert case.last_event().details["chased"] is True
    assert case.page(NOW).people[1].authority_on == D(2024, 3, 5)
    authority(case, A.CONSENT_RECEIVED, D(2024, 3, 20), words="A signed form")
    assert case.deadline(K.CONSENT).state is S.MET
    assert {kind: row for kind, row in case.dates().items() if kind is not K.CONSENT} == before


def test_a_refused_representative_is_told_why_and_leaves(case: Casework) -> None:
    with refused(case.register, "is not suitable", field="words"):
        authority(case, A.LACKS_CAPACITY, suitable=False)
    why = "Acts against her wishes"
    with refused(case.register, "was told in writing", field="told_on"):
        authority(case, A.LACKS_CAPACITY, suitable=False, words=why)
    authority(case, A.LACKS_CAPACITY, suitable=False, words=why, told_on=D(2024, 3, 6))
    page, profile = case.page(NOW), case.register.profile
    daughter = page.people[1]
    assert NOBODY_COMPLAINS in list(duties(page))
    assert (daughter.ended_on, daughter.authority_words) == (D(2024, 3, 5), why)
    assert daughter.refusal_told_on == D(2024, 3, 6)
    assert daughter.no_letters is not None
    written = write(page, profile, LetterTo(profile.letter("representative-refused")), NOW)
    assert f"Dear {daughter.name}" in written.text
    assert f"The reason is: {why}" in written.text
    assert case.register.profile.ombudsman("lgsco").in_a_letter in written.text
    sent = {"on": NOW, "person": 2, "text": "Dear Bea"}
    with refused(case.register, "has had no part in the case", field="person"):
        letter(case.actor(NOW), case.reference, LetterInput.model_validate({**sent, "key": "closing"}))
    letter(case.actor(NOW), case.reference, LetterInput.model_validate({**sent, "key": "representative-refused"}))
    assert case.page(NOW).contacts[-1].letter == "representative-refused"


@pytest.mark.parametrize("basis", [A.LACKS_CAPACITY, A.PARENT, A.FOR_A_CHILD])
def test_the_grounds_are_recorded_of_a_representative_of_a_child_or_of_who_lacks_capacity(
    case: Casework, basis: Authority
) -> None:
    with refused(case.register, "Write the grounds (reg 5): that Bea Lee acts in", field="words"):
        authority(case, basis, suitable=True)
    authority(case, basis, suitable=True, words="Lives with her, and nobody else can")
    assert case.page(NOW).people[1].authority is basis


def test_grounds_that_were_not_written_are_owed(shropshire: Register) -> None:
    owed = "Record the grounds on which Bea Lee acts for the customer (regulation 5)"
    logged: dict[str, Any] = {
        "customer_name": "Ann Lee",
        "correspondent_name": "Bea Lee",
        "correspondent_role": Role.FAMILY,
    }
    case = Casework(shropshire).log(authority=A.FOR_A_CHILD, **logged)
    assert owed in list(duties(case.page(NOW)))
    authority(case, A.FOR_A_CHILD, suitable=True, words="Her grandmother has care of her")
    assert owed not in list(duties(case.page(NOW)))


def test_regulation_5_is_cited_for_social_care_alone(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure="corporate", correspondent_name="Bea Lee", correspondent_role=Role.FAMILY)
    with refused(shropshire, "Say whether Bea Lee is suitable to act in the customer's interest.", field="suitable"):
        given = AuthorityInput(on=D(2024, 3, 5), position=1, authority=A.LACKS_CAPACITY)
        record_authority(case.actor(NOW), case.reference, given)


def test_a_councillor_needs_no_written_consent(shropshire: Register) -> None:
    case = Casework(shropshire).log(
        customer_name="Ann Lee", correspondent_name="Cllr Day", correspondent_role=Role.COUNCILLOR
    )
    authority(case, A.COUNCILLOR_FOR_CONSTITUENT)
    assert case.page(NOW).people[1].authority is A.COUNCILLOR_FOR_CONSTITUENT
    with refused(shropshire, "is not an MP", field="authority"):
        authority(case, A.MP_FOR_CONSTITUENT)


@pytest.mark.parametrize(
    ("basis", "given", "words"),
    [
        (A.CONSENT_REQUESTED, {}, "by when consent is to be back"),
        (A.CONSENT_REQUESTED, {"due_on": D(2024, 3, 5)}, "by the day it is asked for"),
        (A.CONSENT_REFUSED, {}, "A refusal is written"),
        (A.CUSTOMER_HAS_DIED, {}, "Say whether Bea Lee is suitable"),
        (A.OWN_COMPLAINT, {}, "is not the customer"),
        (A.MP_FOR_CONSTITUENT, {}, "is not an MP"),
        (A.CONSENT_RECEIVED, {"on": D(2024, 3, 1)}, "before the receipt"),
        (A.CONSENT_RECEIVED, {"position": 1}, "theirs is their own complaint"),
    ],
)
def test_authority_that_cannot_be_is_refused(
    case: Casework, basis: Authority, given: dict[str, Any], words: str
) -> None:
    with refused(case.register, words):
        authority(case, basis, **given)


def test_an_mp_needs_no_written_consent(case: Casework) -> None:
    add(case, "Dee Roe", part=Part.REPRESENTATIVE, role=Role.MP)
    authority(case, A.MP_FOR_CONSTITUENT, position=3)
    assert case.page(NOW).people[2].authority is A.MP_FOR_CONSTITUENT


def test_a_death_stops_letters_and_the_wait_for_consent_and_asks_who_carries_it_on(case: Casework) -> None:
    authority(case, A.CONSENT_REQUESTED, due_on=D(2024, 3, 19))
    actor = case.actor(NOW)
    with refused(case.register, "Someone else carries it on"):
        record_death(actor, case.reference, Death(on=D(2024, 3, 18), position=1, carried_on_by=1))
    record_death(actor, case.reference, Death(on=D(2024, 3, 18), position=1, carried_on_by=2))
    page = case.page(NOW)
    assert (page.people[0].no_letters, page.people[1].no_letters) == ("they died on Mon 18 March 2024", None)
    assert case.deadline(K.CONSENT).state is S.CANCELLED
    assert warnings(page) == ["Ann Lee – Died on Mon 18 March 2024: no letters"]
    with refused(case.register, "died on Mon 18 March 2024"):
        record_death(actor, case.reference, Death(on=D(2024, 3, 18), position=1))
    record_death(actor, case.reference, Death(on=NOW, position=2))
    assert "who carries it on is not recorded" in warnings(case.page(NOW))[-1]
    undo(actor, case.reference)
    undo(actor, case.reference)
    assert (case.page(NOW).people[0].died_on, case.deadline(K.CONSENT).state) == (None, S.OPEN)


@pytest.fixture
def earlier(case: Casework) -> Casework:
    """An earlier case of Anne Leigh, who is Ann Lee under another name, with limits on contact."""
    earlier = Casework(case.register).log(D(2024, 2, 5), customer_name="Anne Leigh", contact="01743 555 123")
    given = Limits(
        on=D(2024, 2, 6), position=1, step=Persistence.RESTRICTION, reason="Forty calls", review_on=D(2024, 8, 6)
    )
    limit_contact(earlier.actor(NOW), earlier.reference, given)
    return earlier


def test_one_person_under_two_names_until_they_are_two_again(case: Casework, earlier: Casework) -> None:
    def found(name: str, contact: str = "") -> list[str]:
        return [row.reference for row in earlier_cases(case.register, name, contact=contact)]

    assert found("Anne Leigh") == [earlier.reference]
    mark_same(
        case.actor(NOW), case.reference, SamePerson(on=NOW, position=1, reference=earlier.reference, other_position=1)
    )
    assert found("Anne Leigh") == found("Ann Lee") == [case.reference, earlier.reference]
    assert found("", "01743-555123") == [case.reference, earlier.reference]
    limits = "Limits on contact: restriction since Tue 6 February 2024, looked at again on Tue 6 August 2024"
    assert warnings(case.page(NOW)) == [f"Anne Leigh – {limits} ({earlier.reference})"]
    assert [known.lines for known in known_of(case.register, "Ann Lee")] == [(limits,)]
    with refused(case.register, "marked as one already"):
        mark_same(case.actor(NOW), case.reference, SamePerson(on=NOW, position=1, reference=earlier.reference))
    mark_apart(case.actor(NOW), case.reference, Apart(on=NOW, position=1, reason="Two of a name"))
    assert found("Ann Lee") == [case.reference]
    with refused(case.register, "no one in it was marked as one"):
        mark_apart(case.actor(NOW), case.reference, Apart(on=NOW, position=1))


def test_a_person_whom_another_case_goes_by_is_not_undone(case: Casework, earlier: Casework) -> None:
    given = SamePerson(on=NOW, position=1, reference=case.reference, other_position=2)
    mark_same(earlier.actor(NOW), earlier.reference, given)
    with refused(case.register, f"on {earlier.reference} the person is marked as one"):
        undo(case.actor(NOW), case.reference)


def test_limits_on_contact_are_reviewed_and_ended(earlier: Casework) -> None:
    actor = earlier.actor(NOW)
    earlier.close(D(2024, 3, 1), reason="signposted")
    assert earlier.deadline(K.PERSISTENCE_REVIEW).state is S.OPEN, "it outlives the case"
    with refused(earlier.register, "no limit stands without a review"):
        limit_contact(
            actor, earlier.reference, Limits(on=NOW, position=1, step=Persistence.SINGLE_CONTACT, reason="Still")
        )
    limit_contact(actor, earlier.reference, Limits(on=NOW, position=1, reason="Calls have stopped"))
    assert earlier.deadline(K.PERSISTENCE_REVIEW).state is S.MET
    assert earlier.page(NOW).people[0].persistence is None
    with refused(earlier.register, "no limits on contact"):
        limit_contact(actor, earlier.reference, Limits(on=NOW, position=1, reason="Again"))
