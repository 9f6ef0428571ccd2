"""The steps about people, and those that say what a case is, for the random walk: what each leads to, and how."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from feedback_tui.casework.authority import record_authority
from feedback_tui.casework.correct import change_points, correct, joint_handling
from feedback_tui.casework.duty import Done, Duty
from feedback_tui.casework.one_person import limit_contact, mark_apart, mark_same
from feedback_tui.casework.people import add_person, correct_person, record_death
from feedback_tui.casework.restrict import attach, restrict
from feedback_tui.casework.ways import change_kind, decline, join, pass_on, settle_on_the_spot
from feedback_tui.models import people_steps as people
from feedback_tui.models import ways_steps as ways
from feedback_tui.models.steps import PointInput
from feedback_tui.words import Authority, Kind, NotAccepted, Persistence, Role, Status, StepKey

K, S = StepKey, Status
Moves = dict[Status, Status | None]
NOT_VOID: Moves = {status: status for status in S if status is not S.VOID}
OPEN: Moves = {status: status for status in S if status.is_open}
BEFORE: tuple[Status, ...] = (S.LOGGED, S.ACKNOWLEDGED)
MAY: dict[StepKey, Moves] = {
    **{key: {**NOT_VOID} for key in (K.ADD_PERSON, K.CORRECT_PERSON, K.DEATH, K.SAME_PERSON, K.APART, K.PERSISTENCE)},
    **{key: {**NOT_VOID} for key in (K.CORRECT, K.RESTRICT, K.ATTACH)},
    **{key: {**OPEN} for key in (K.AUTHORITY, K.POINTS, K.JOINT)},
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

    def on(self, duty: Duty) -> date: ...

    def ahead(self, duty: Duty) -> date: ...


Step = Callable[[Duty, str, Chance], Done]


def _another(chance: Chance) -> str:
    return f"ASC-26-000{1 + chance.number % 6}"


STEPS: dict[StepKey, Step] = {
    K.ADD_PERSON: lambda duty, ref, chance: add_person(
        duty, ref, people.NewPerson(on=chance.on(duty), name=f"Cy Lee {chance.number}", role=Role.CARER)
    ),
    K.CORRECT_PERSON: lambda duty, ref, chance: correct_person(
        duty,
        ref,
        people.PersonCorrection(
            on=chance.on(duty),
            position=1 + chance.number % 3,
            name="Ann Lee",
            contact=f"{chance.number} High St",
            ended_on=chance.on(duty) if chance.number % 5 == 0 else None,
        ),
    ),
    K.AUTHORITY: lambda duty, ref, chance: record_authority(
        duty,
        ref,
        people.AuthorityInput(
            on=chance.on(duty),
            position=2,
            authority=list(Authority)[chance.number % 9],
            due_on=chance.ahead(duty) if chance.yes else None,
            words="In writing" if chance.yes else "",
            relationship="daughter",
            suitable=chance.number % 4 > 0,
        ),
    ),
    K.DEATH: lambda duty, ref, chance: record_death(
        duty,
        ref,
        people.Death(on=chance.on(duty), position=1 + chance.number % 3, carried_on_by=2 if chance.yes else None),
    ),
    K.SAME_PERSON: lambda duty, ref, chance: mark_same(
        duty, ref, people.SamePerson(on=chance.on(duty), position=1, reference=_another(chance), other_position=1)
    ),
    K.APART: lambda duty, ref, chance: mark_apart(duty, ref, people.Apart(on=chance.on(duty), position=1)),
    K.PERSISTENCE: lambda duty, ref, chance: limit_contact(
        duty,
        ref,
        people.Limits(
            on=chance.on(duty),
            position=1,
            step=[*Persistence, None][chance.number % 4],
            reason="Forty calls",
            review_on=chance.ahead(duty),
        ),
    ),
    K.CORRECT: lambda duty, ref, chance: correct(
        duty, ref, ways.CaseCorrection(reason="Read again", description=f"Late {chance.number} times", team="North")
    ),
    K.POINTS: lambda duty, ref, chance: change_points(
        duty,
        ref,
        ways.PointChange(
            on=chance.on(duty),
            position=None if chance.yes else 1 + chance.number % 3,
            remove=chance.number % 4 == 0 and not chance.yes,
            point=PointInput(team="East", text=f"{chance.number}"),
        ),
    ),
    K.CHANGE_KIND: lambda duty, ref, chance: change_kind(
        duty,
        ref,
        ways.KindChange(
            on=chance.on(duty),
            kind=Kind.COMPLAINT if chance.yes else Kind.ENQUIRY,
            reason="So it is",
            procedure="statutory-adult" if chance.yes else None,
        ),
    ),
    K.JOINT: lambda duty, ref, chance: joint_handling(
        duty, ref, ways.JointHandling(on=chance.on(duty), bodies=("County Hospital",) if chance.yes else ())
    ),
    K.RESTRICT: lambda duty, ref, chance: restrict(
        duty,
        ref,
        ways.Restriction(
            on=chance.on(duty),
            officers=("Sam Reed", "Lou West", "Kim Ode") if chance.yes else (),
            reason="A colleague's aunt",
        ),
    ),
    K.ATTACH: lambda duty, ref, chance: attach(
        duty, ref, ways.Document(on=chance.on(duty), what="A letter", place=f"DMS {chance.number}")
    ),
    K.SETTLE: lambda duty, ref, chance: settle_on_the_spot(
        duty, ref, ways.Settlement(on=chance.on(duty), oral=True, satisfied=chance.yes)
    ),
    K.DECLINE: lambda duty, ref, chance: decline(
        duty,
        ref,
        ways.Declining(
            on=chance.on(duty),
            why=list(NotAccepted)[chance.number % 9],
            words="In writing",
            told_on=chance.on(duty),
            ombudsman_told=chance.yes,
        ),
    ),
    K.PASS_ON: lambda duty, ref, chance: pass_on(
        duty, ref, ways.PassingOn(on=chance.on(duty), to="The hospital", told_on=chance.on(duty))
    ),
    K.JOIN: lambda duty, ref, chance: join(
        duty, ref, ways.Joining(on=chance.on(duty), reference=_another(chance), reason="The same visit")
    ),
}
