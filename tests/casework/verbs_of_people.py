"""The verbs about people, and those that say what a case is, each once on a case that allows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.authority import record_authority
from feedback_tui.casework.change import change_procedure
from feedback_tui.casework.correct import change_points, correct, joint_handling
from feedback_tui.casework.early_closure import change_kind, decline, join, pass_on, settle_on_the_spot
from feedback_tui.casework.linked_people import limit_contact, mark_apart, mark_same
from feedback_tui.casework.people import add_person, correct_person, record_death
from feedback_tui.casework.provider import record_provider
from feedback_tui.casework.restrict import attach, restrict
from feedback_tui.desk.earlier_cases import find_references
from feedback_tui.enums import Authority, Kind, NotAccepted, Persistence, Role
from feedback_tui.models.inputs.early_closure import (
    CaseCorrection,
    Declining,
    Document,
    Joining,
    JointHandling,
    KindChange,
    PassingOn,
    PointChange,
    Restriction,
    Settlement,
)
from feedback_tui.models.inputs.people import (
    Apart,
    AuthorityInput,
    Death,
    Limits,
    NewPerson,
    PersonCorrection,
    SamePerson,
)
from feedback_tui.models.inputs.provider import ProviderPart
from feedback_tui.models.inputs.stages import PointInput, ProcedureChange
from tests.casework.cases import Casework

RECEIVED, TODAY = date(2026, 4, 7), date(2026, 5, 20)
OTHER = "OTHER-1"
"""A case of Ann Lee beside the one that a verb is tried on."""
Before = tuple[Callable[[Casework], object], ...]


def _about_care(case: Casework) -> object:
    given = ProcedureChange(on=date(2026, 4, 8), procedure="statutory-adult", reason="It is about care")
    return change_procedure(case.actor(date(2026, 4, 8)), case.reference, given)


def with_daughter(case: Casework) -> object:
    """Bea Lee, the daughter, is person 2."""
    given = NewPerson(
        on=RECEIVED, name="Bea Lee", role=Role.FAMILY, relationship="daughter", safe_contact="Not by post"
    )
    return add_person(case.actor(RECEIVED), case.reference, given)


def consent_asked(case: Casework) -> object:
    given = AuthorityInput(
        on=date(2026, 4, 9), position=2, authority=Authority.CONSENT_REQUESTED, due_on=date(2026, 5, 11)
    )
    return record_authority(case.actor(date(2026, 4, 9)), case.reference, given)


def with_another_case(case: Casework) -> object:
    """It may be there already: some tests try one verb after the other on one register."""
    if find_references(case.register, OTHER):
        return None
    return Casework(case.register).log(RECEIVED, customer_name="Ann Lee", reference=OTHER)


def marked_as_one(case: Casework) -> object:
    return mark_same(case.actor(TODAY), case.reference, SamePerson(on=TODAY, position=1, reference=OTHER))


Given = tuple[str, Callable[..., StepResult], tuple[Any, ...], Before]
PEOPLE: tuple[Given, ...] = (
    ("add person", add_person, (NewPerson(on=TODAY, name="Cy Lee", role=Role.CARER, contact="07700 900 123"),), ()),
    (
        "correct person",
        correct_person,
        (PersonCorrection(on=TODAY, position=1, name="Anne Lee", contact="6 High St", interpreter="Polish"),),
        (),
    ),
    (
        "end a part",
        correct_person,
        (
            PersonCorrection(
                on=TODAY, position=2, name="Bea Lee", role=Role.FAMILY, relationship="daughter",
                safe_contact="Not by post", ended_on=TODAY,
            ),
        ),
        (with_daughter, consent_asked),
    ),
    (
        "ask consent",
        record_authority,
        (
            AuthorityInput(
                on=TODAY, position=2, authority=Authority.CONSENT_REQUESTED, due_on=date(2026, 6, 10),
                may_be_told="about the visits",
            ),
        ),
        (with_daughter,),
    ),
    (
        "chase consent",
        record_authority,
        (AuthorityInput(on=TODAY, position=2, authority=Authority.CONSENT_REQUESTED, due_on=date(2026, 6, 10)),),
        (with_daughter, consent_asked),
    ),
    (
        "consent received",
        record_authority,
        (AuthorityInput(on=TODAY, position=2, authority=Authority.CONSENT_RECEIVED, words="A signed form"),),
        (with_daughter, consent_asked),
    ),
    (
        "death",
        record_death,
        (Death(on=TODAY, position=1, carried_on_by=2, words="Her daughter rang"),),
        (with_daughter, consent_asked),
    ),
    (
        "same person",
        mark_same,
        (SamePerson(on=TODAY, position=1, reference=OTHER),),
        (with_another_case,),
    ),
    (
        "not the same person",
        mark_apart,
        (Apart(on=TODAY, position=1, reason="Two of a name"),),
        (with_another_case, marked_as_one),
    ),
    (
        "limits on contact",
        limit_contact,
        (
            Limits(
                on=TODAY, position=1, step=Persistence.RESTRICTION, reason="Forty calls", review_on=date(2026, 11, 20)
            ),
        ),
        (),
    ),
)  # fmt: skip
WAYS: tuple[Given, ...] = (
    (
        "correct",
        correct,
        (
            CaseCorrection(
                reason="Read again", description="The carer came late", channel="letter", team="B",
                happened_on=date(2026, 4, 1),
            ),
        ),
        (),
    ),
    ("add a point", change_points, (PointChange(on=TODAY, point=PointInput(team="B", text="The bill")),), ()),
    ("change a point", change_points, (PointChange(on=TODAY, position=1, point=PointInput(team="B")),), ()),
    (
        "turn into an enquiry",
        change_kind,
        (KindChange(on=TODAY, kind=Kind.ENQUIRY, reason="An MP asked on a constituent's behalf"),),
        (),
    ),
    (
        "joint",
        joint_handling,
        (JointHandling(on=TODAY, bodies=("County Hospital",), lead="County Hospital", consent_on=TODAY),),
        (),
    ),
    ("provider", record_provider, (ProviderPart(asked_on=TODAY, answer_due_on=date(2026, 6, 30)),), (_about_care,)),
    ("restrict", restrict, (Restriction(on=TODAY, officers=("Sam Reed", "Kim Ode"), reason="A colleague's aunt"),), ()),
    ("attach", attach, (Document(on=TODAY, what="The letter", place="DMS 4711"),), ()),
    (
        "settle",
        settle_on_the_spot,
        (Settlement(on=date(2026, 4, 8), oral=True, satisfied=True, words="A carer was sent"),),
        (),
    ),
    (
        "decline",
        decline,
        (Declining(on=TODAY, why=NotAccepted.EMPLOYMENT, words="Their pay", told_on=TODAY, ombudsman_told=True),),
        (),
    ),
    ("pass on", pass_on, (PassingOn(on=TODAY, to="County Hospital", told_on=TODAY, words="By letter"),), ()),
    ("join", join, (Joining(on=TODAY, other=OTHER, reason="The same visit"),), (with_another_case,)),
)  # fmt: skip
