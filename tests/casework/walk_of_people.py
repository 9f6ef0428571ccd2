"""The steps about people, and those that say what a case is, for the random walk: what each leads to, and how."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.casework.authority import record_authority
from feedback_tui.casework.correct import change_points, correct, joint_handling
from feedback_tui.casework.early_closure import change_kind, decline, join, pass_on, settle_on_the_spot
from feedback_tui.casework.linked_people import limit_contact, mark_apart, mark_same
from feedback_tui.casework.people import add_person, correct_person, record_death
from feedback_tui.casework.provider import record_provider
from feedback_tui.casework.restrict import attach, restrict
from feedback_tui.enums import Authority, Kind, NotAccepted, Persistence, Role, Status, StepKey
from feedback_tui.models.inputs import early_closure as ways
from feedback_tui.models.inputs import people
from feedback_tui.models.inputs.provider import ProviderPart
from feedback_tui.models.inputs.stages import PointInput

K, S = StepKey, Status
Moves = dict[Status, Status | None]
NOT_VOID: Moves = {status: status for status in S if status is not S.VOID}
OPEN: Moves = {status: status for status in S if status.is_open}
BEFORE: tuple[Status, ...] = (S.LOGGED, S.ACKNOWLEDGED)
MAY: dict[StepKey, Moves] = {
    **{key: {**NOT_VOID} for key in (K.ADD_PERSON, K.CORRECT_PERSON, K.DEATH, K.SAME_PERSON, K.APART, K.PERSISTENCE)},
    **{key: {**NOT_VOID} for key in (K.CORRECT, K.RESTRICT, K.ATTACH)},
    **{key: {**OPEN} for key in (K.AUTHORITY, K.POINTS, K.JOINT, K.PROVIDER)},
    **{key: dict.fromkeys(BEFORE, S.CLOSED) for key in (K.DECLINE, K.PASS_ON, K.JOIN)},
    K.CHANGE_KIND: {status: status for status in BEFORE},
    K.SETTLE: {S.LOGGED: S.CLOSED},
}


class Chance(Protocol):
    """What was drawn for a step."""

    @property
    def yes(self) -> bool: ...

    @property
    def number(self) -> int: ...

    def on(self, actor: Actor) -> date: ...

    def ahead(self, actor: Actor) -> date: ...


Step = Callable[[Actor, str, Chance], StepResult]


def _another(chance: Chance) -> str:
    return f"ASC-26-000{1 + chance.number % 6}"


STEPS: dict[StepKey, Step] = {
    K.ADD_PERSON: lambda actor, ref, chance: add_person(
        actor, ref, people.NewPerson(on=chance.on(actor), name=f"Cy Lee {chance.number}", role=Role.CARER)
    ),
    K.CORRECT_PERSON: lambda actor, ref, chance: correct_person(
        actor,
        ref,
        people.PersonCorrection(
            on=chance.on(actor),
            position=1 + chance.number % 3,
            name="Ann Lee",
            contact=f"{chance.number} High St",
            ended_on=chance.on(actor) if chance.number % 5 == 0 else None,
        ),
    ),
    K.AUTHORITY: lambda actor, ref, chance: record_authority(
        actor,
        ref,
        people.AuthorityInput(
            on=chance.on(actor),
            position=2,
            authority=list(Authority)[chance.number % 9],
            due_on=chance.ahead(actor) if chance.yes else None,
            words="In writing" if chance.yes else "",
            relationship="daughter",
            suitable=chance.number % 4 > 0,
        ),
    ),
    K.DEATH: lambda actor, ref, chance: record_death(
        actor,
        ref,
        people.Death(on=chance.on(actor), position=1 + chance.number % 3, carried_on_by=2 if chance.yes else None),
    ),
    K.SAME_PERSON: lambda actor, ref, chance: mark_same(
        actor, ref, people.SamePerson(on=chance.on(actor), position=1, reference=_another(chance), other_position=1)
    ),
    K.APART: lambda actor, ref, chance: mark_apart(actor, ref, people.Apart(on=chance.on(actor), position=1)),
    K.PERSISTENCE: lambda actor, ref, chance: limit_contact(
        actor,
        ref,
        people.Limits(
            on=chance.on(actor),
            position=1,
            step=[*Persistence, None][chance.number % 4],
            reason="Forty calls",
            review_on=chance.ahead(actor),
        ),
    ),
    K.CORRECT: lambda actor, ref, chance: correct(
        actor, ref, ways.CaseCorrection(reason="Read again", description=f"Late {chance.number} times", team="North")
    ),
    K.POINTS: lambda actor, ref, chance: change_points(
        actor,
        ref,
        ways.PointChange(
            on=chance.on(actor),
            position=None if chance.yes else 1 + chance.number % 3,
            remove=chance.number % 4 == 0 and not chance.yes,
            point=PointInput(team="East", text=f"{chance.number}"),
        ),
    ),
    K.CHANGE_KIND: lambda actor, ref, chance: change_kind(
        actor,
        ref,
        ways.KindChange(
            on=chance.on(actor),
            kind=Kind.COMPLAINT if chance.yes else Kind.ENQUIRY,
            reason="So it is",
            procedure="statutory-adult" if chance.yes else None,
        ),
    ),
    K.JOINT: lambda actor, ref, chance: joint_handling(
        actor, ref, ways.JointHandling(on=chance.on(actor), bodies=("County Hospital",) if chance.yes else ())
    ),
    K.PROVIDER: lambda actor, ref, chance: record_provider(
        actor, ref, ProviderPart(asked_on=chance.on(actor), answer_due_on=chance.ahead(actor))
    ),
    K.RESTRICT: lambda actor, ref, chance: restrict(
        actor,
        ref,
        ways.Restriction(
            on=chance.on(actor),
            officers=("Sam Reed", "Lou West", "Kim Ode") if chance.yes else (),
            reason="A colleague's aunt",
        ),
    ),
    K.ATTACH: lambda actor, ref, chance: attach(
        actor, ref, ways.Document(on=chance.on(actor), what="A letter", place=f"DMS {chance.number}")
    ),
    K.SETTLE: lambda actor, ref, chance: settle_on_the_spot(
        actor, ref, ways.Settlement(on=chance.on(actor), oral=True, satisfied=chance.yes)
    ),
    K.DECLINE: lambda actor, ref, chance: decline(
        actor,
        ref,
        ways.Declining(
            on=chance.on(actor),
            why=list(NotAccepted)[chance.number % len(NotAccepted)],
            words="In writing",
            told_on=chance.on(actor),
            ombudsman_told=chance.yes,
        ),
    ),
    K.PASS_ON: lambda actor, ref, chance: pass_on(
        actor, ref, ways.PassingOn(on=chance.on(actor), to="The hospital", told_on=chance.on(actor))
    ),
    K.JOIN: lambda actor, ref, chance: join(
        actor, ref, ways.Joining(on=chance.on(actor), other=_another(chance), reason="The same visit")
    ),
}
