"""The deadlines of a case as its steps are taken: caused, met, moved, ended. Every verb goes through these."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.errors import InvalidInput, Problem, StepNotAllowed
from feedback_tui.casework.reopened_deadlines import count_anew
from feedback_tui.enums import (
    CountsFrom,
    DeadlineKind,
    DeadlineState,
    Kind,
    OmbudsmanDecision,
    Part,
    Status,
    StepKey,
    Unit,
)
from feedback_tui.models.case import Case, Stage
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.ombudsman import OmbudsmanRecord
from feedback_tui.models.people import Party, Person
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.deadlines import DueDate, Facts, consent_day, count_on, limits_of
from feedback_tui.rules.lifecycle.closing import ERASED, REOPENED
from feedback_tui.rules.lifecycle.follow_up import ACTION_OWED, REDRESS_OWED, THANKS_OWED
from feedback_tui.rules.lifecycle.investigator import DRAFTED, INVESTIGATED
from feedback_tui.rules.lifecycle.lifecycle import BY_KEY, Standing, instead, refusal
from feedback_tui.rules.lifecycle.ombudsman import TO_COMPLY, WITH_OMBUDSMAN
from feedback_tui.rules.lifecycle.people import MARKED, NAMED, SOMEONE, WRITER
from feedback_tui.rules.procedure_choice import refuse_procedure
from feedback_tui.rules.procedures import Profile, UnknownProcedure, Version
from feedback_tui.rules.working_days import WorkingCalendar

K = DeadlineKind
STAGE_1 = (K.STAGE_1_TARGET, K.STAGE_1_LIMIT, K.RESPONSE_PROMISED)
STAGE_2 = (K.STAGE_2_ACKNOWLEDGEMENT, K.STAGE_2_TARGET, K.STAGE_2_LIMIT)
STAYING = (K.ACTION, K.REMEDY, K.OMBUDSMAN_REPLY, K.PERSISTENCE_REVIEW)
"""What stays in the queue after a case is closed."""
AIMS = (K.STAGE_1_TARGET, K.STAGE_2_TARGET)
LIMITS = (K.STAGE_1_LIMIT, K.STAGE_2_LIMIT)
_ORDER = {kind: number for number, kind in enumerate(DeadlineKind)}


class Owed(Protocol):
    """A deadline, in the register or on its way in."""

    kind: DeadlineKind
    state: DeadlineState
    due_on: date
    met_on: date | None
    stage_number: int | None


D = TypeVar("D", bound=Owed)
D_co = TypeVar("D_co", bound=Owed, covariant=True)


class Owing(Protocol[D_co]):
    """What has deadlines: a case, in the register or on its way in."""

    @property
    def deadlines(self) -> Iterable[D_co]: ...


def stage_of(case: Case, number: int | None = None) -> Stage:
    """The stage of this number; without one, the stage that the case is in."""
    wanted = case.stage_number if number is None else number
    return next(stage for stage in case.stages if stage.number == wanted)


def version_of(case: Case, profile: Profile) -> Version | None:
    """The version of the procedure that the case runs under; None while it is not settled."""
    if case.procedure is None:
        return None
    return profile.procedure(case.procedure).version(case.procedure_version or "1")


def standing(case: Case, profile: Profile, facts: Collection[str] | None = None) -> Standing:
    """What the table of the life of a case needs to know of this one; of its `facts` these alone, where they are named.

    Most facts are looked for in rows below the case, each a question to the database: a step asks for what it needs.
    """
    version = version_of(case, profile)
    return Standing(
        kind=case.kind,
        status=case.status,
        acknowledged=(case if case.stage_number == 1 else stage_of(case)).acknowledged_on is not None,
        answered=stage_of(case, 1).responded_on is not None,
        stages=version.stages if version else 1,
        then=version.then if version else "Ombudsman",
        stage=case.stage_number,
        facts=frozenset(fact for fact in (_HOLDS if facts is None else facts) if _HOLDS[fact](case)),
    )


def owes_compliance(record: OmbudsmanRecord) -> bool:
    """Whether the Ombudsman decided something that is still to be complied with."""
    agreed = record.decision is OmbudsmanDecision.UPHELD or bool(record.agreed)
    return record.decision is not None and agreed and record.complied_on is None


def _people(case: Case) -> Iterator[Person]:
    return (party.person for party in case.parties if party.person is not None)


_HOLDS: Mapping[str, Callable[[Case], bool]] = {
    INVESTIGATED: lambda case: bool(stage_of(case).investigator),
    DRAFTED: lambda case: stage_of(case).draft_received_on is not None,
    ACTION_OWED: lambda case: any(action.done_on is None for action in case.actions),
    REDRESS_OWED: lambda case: any(remedy.done_on is None for remedy in case.remedies),
    ERASED: lambda case: case.erased_on is not None,
    REOPENED: lambda case: case.reopened_on is not None and stage_of(case).responded_on is not None,
    THANKS_OWED: lambda case: case.thanked_on is None,
    WITH_OMBUDSMAN: lambda case: any(record.decision is None for record in case.ombudsman),
    TO_COMPLY: lambda case: any(owes_compliance(record) for record in case.ombudsman),
    SOMEONE: lambda case: bool(case.parties),
    NAMED: lambda case: any(person.name and person.died_on is None for person in _people(case)),
    WRITER: lambda case: any(party.part is not Part.CUSTOMER and party.ended_on is None for party in case.parties),
    MARKED: lambda case: any(person.same_as_id is not None for person in _people(case)),
}
"""What else may hold of a case, for the rows that need it."""


def require(case: Case, key: StepKey, actor: Actor) -> None:
    """Raises StepNotAllowed, with the reason and what is possible instead, where the case does not allow this step."""
    step, profile = BY_KEY[key], actor.register.profile
    asked = (ERASED, REOPENED, step.needs) if step.needs else (ERASED, REOPENED)
    if (why := refusal(key, standing(case, profile, asked))) is not None:
        raise StepNotAllowed(
            f"{case.reference} – {step.words}: not possible, {why}. {instead(standing(case, profile))}"
        )


def days_taken(version: Version | None, stage: Stage, calendar: WorkingCalendar, until: date) -> int:
    """Working days from the start of a stage to its answer: the council's, or the law's where that sets the limit."""
    closures = version is None or version.answers_count_closures(stage.number)
    return calendar.counting(closures=closures).between(stage.started_on, until)


def facts_of(case: Case) -> Facts:
    """The days that limits are counted from."""
    review = next((stage for stage in case.stages if stage.number == 2), None)
    return Facts(
        received_on=case.received_on,
        acknowledged_on=case.acknowledged_on,
        consent_on=consent_day(
            ((party.authority, party.authority_on) for party in case.parties if party.ended_on is None),
            case.received_on,
        ),
        review_requested_on=review.started_on if review else None,
        review_acknowledged_on=review.acknowledged_on if review else None,
    )


def settle_procedure(case: Case, key: str, actor: Actor, adult_social_care: bool | None = None) -> None:
    """Puts the case under a procedure, in the version in force when it was received.

    `adult_social_care`: whether any part of it is about that, where the officer was asked. Raises InvalidInput.
    """
    profile = actor.register.profile
    try:
        procedure = profile.procedure(key)
        why = refuse_procedure(profile, key, about_adult_social_care=bool(adult_social_care))
    except UnknownProcedure as error:
        raise InvalidInput([Problem("procedure", f"{error}.")]) from None
    if why is not None:
        raise InvalidInput([Problem("procedure", why)])
    if case.kind not in procedure.kinds:
        raise InvalidInput([Problem("procedure", f"{procedure.name} is not for the kind {case.kind}.")])
    if procedure.names_provider and not any(point.provider for point in case.points):
        raise InvalidInput([Problem("provider", f"{procedure.name}: name the provider it is about.")])
    if case.procedure == procedure.key:
        return  # It keeps the version it began under.
    if case.procedure is None and not procedure.regulations_2009:
        _lift_six_months(case)
    case.procedure = procedure.key
    case.procedure_version = procedure.version_on(case.received_on).version
    stage = stage_of(case, 1)
    stage.procedure, stage.procedure_version = case.procedure, case.procedure_version


def _lift_six_months(case: Case) -> None:
    """They ran while the procedure was not settled; it turns out that the case never was under the Regulations."""
    for deadline in case.deadlines:
        if deadline.kind is K.STATUTORY_LIMIT and deadline.state is DeadlineState.OPEN:
            deadline.state = DeadlineState.SUPERSEDED


def cause_deadlines(case: Case, actor: Actor) -> None:
    """Brings the counted deadlines to what the procedure and the facts now say.

    New ones are added; an open one that a person did not fix is counted again. Where another rule holds now, the old
    deadline stays on record as superseded and the new one begins beside it; one that the procedure does not have is
    superseded, but for the six months, which no procedure ends (reg 14). What was met, missed or ended stays as it is.
    """
    if case.kind is not Kind.COMPLAINT:
        return
    wanted = _wanted(case, actor)
    there = {
        deadline.kind: deadline
        for deadline in case.deadlines
        if deadline.unit is not Unit.FIXED and deadline.state is not DeadlineState.SUPERSEDED
    }
    for kind, due in wanted.items():
        old = there.get(kind)
        if old is not None and (old.state is not DeadlineState.OPEN or old.fixed_by_hand):
            continue
        if old is not None and _same_rule(old, due):
            _count_again(old, due, actor)
            continue
        if old is not None:
            old.state = DeadlineState.SUPERSEDED
        case.deadlines.append(counted_deadline(due, actor))
    for deadline in there.values():
        if deadline.kind not in (*wanted, *STAYING, K.STATUTORY_LIMIT) and deadline.state is DeadlineState.OPEN:
            deadline.state = DeadlineState.SUPERSEDED


def _wanted(case: Case, actor: Actor) -> dict[DeadlineKind, DueDate]:
    profile = actor.register.profile
    version = version_of(case, profile)
    under_2009 = case.procedure is not None and profile.procedure(case.procedure).regulations_2009
    return wanted_dates(version, facts_of(case), actor.register.calendar, regulations_2009=under_2009)


def wanted_dates(
    version: Version | None, facts: Facts, calendar: WorkingCalendar, *, regulations_2009: bool
) -> dict[DeadlineKind, DueDate]:
    """What a procedure asks for, as far as its dates can be known, by kind. The Ombudsman's own record owes the reply.

    Without a procedure: what holds while it is not settled.
    """
    found: dict[DeadlineKind, DueDate] = {}
    for limit in sorted(
        limits_of(version, regulations_2009=regulations_2009), key=lambda limit: _ORDER[limit.deadline]
    ):
        start = facts.day(limit.counts_from)
        due_on = None if start is None else count_on(limit, start, calendar)
        if due_on is not None and limit.deadline is not K.OMBUDSMAN_REPLY:
            found[limit.deadline] = DueDate(limit.deadline, due_on, limit, start)
    return found


def _same_rule(deadline: Deadline, due: DueDate) -> bool:
    limit = due.limit
    return (deadline.counts_from, deadline.count, deadline.unit) == (limit.counts_from, limit.count, limit.unit)


def _count_again(deadline: Deadline, due: DueDate, actor: Actor) -> None:
    """Counts an open deadline again; a date that was extended stays what was told, unless the limit passes it."""
    fresh = counted_values(due, actor.register.calendar)
    for name in ("counted_from", "rule", "source"):
        setattr(deadline, name, fresh[name])
    days = actor.register.calendar.counting(closures=due.limit.closures_count)
    count_anew(deadline, fresh["due_on"], days)


def counted_deadline(due: DueDate, actor: Actor) -> Deadline:
    """A new open deadline from a counted date."""
    return Deadline(**counted_values(due, actor.register.calendar))


def counted_values(due: DueDate, calendar: WorkingCalendar) -> dict[str, Any]:
    """What a deadline is that was counted."""
    return {
        "stage_number": _stage_number(due.deadline),
        "kind": due.deadline,
        "state": DeadlineState.OPEN,
        "counts_from": due.limit.counts_from,
        "counted_from": due.counted_from,
        "count": due.limit.count,
        "unit": due.limit.unit,
        "rule": due.limit.rule,
        "source": due.limit.source,
        "calendar": calendar.counting(closures=due.limit.closures_count).fingerprint,
        "original_due_on": due.due_on,
        "due_on": due.due_on,
    }


def fixed_deadline(kind: DeadlineKind, due_on: date, set_on: date, rule: str, stage: int | None = None) -> Deadline:
    """A new open deadline on a date that a person or a letter set."""
    return Deadline(**fixed_values(kind, due_on, set_on, rule, stage))


def fixed_values(kind: DeadlineKind, due_on: date, set_on: date, rule: str, stage: int | None = None) -> dict[str, Any]:
    """What a deadline is that someone set."""
    return {
        "stage_number": _stage_number(kind) if stage is None else stage,
        "kind": kind,
        "state": DeadlineState.OPEN,
        "counts_from": CountsFrom.SET,
        "counted_from": set_on,
        "unit": Unit.FIXED,
        "rule": rule,
        "fixed_by_hand": True,
        "original_due_on": due_on,
        "due_on": due_on,
    }


def consent_deadline(party: Party, asked_on: date, due_on: date) -> Deadline:
    """Consent that was asked for on a person's part, due back."""
    deadline = fixed_deadline(K.CONSENT, due_on, asked_on, "consent asked for")
    deadline.party = party
    return deadline


def meet(case: Owing[Owed], kinds: Collection[DeadlineKind], on: date, stage: int | None = None) -> None:
    """Marks the open deadlines of these kinds as done on `on`: met in time, or missed and answered late."""
    for deadline in case.deadlines:
        if deadline.kind in kinds and deadline.state is DeadlineState.OPEN and stage in (None, deadline.stage_number):
            settle(deadline, on)


def settle(deadline: Owed, on: date) -> None:
    """Marks one deadline as done on `on`, judged by the date as it stands."""
    deadline.met_on = on
    deadline.state = DeadlineState.MET if on <= deadline.due_on else DeadlineState.MISSED


def end_open(case: Owing[Owed], keep: Collection[DeadlineKind] = STAYING) -> None:
    """Cancels the open deadlines of a case that ends, but those that outlive it."""
    for deadline in case.deadlines:
        if deadline.state is DeadlineState.OPEN and deadline.kind not in keep:
            deadline.state = DeadlineState.CANCELLED


def bring_back(case: Case) -> None:
    """Opens the deadlines again that closing the case had cancelled, with the dates that they had.

    Of one that was answered, what its response had left without an answer stays so.
    """
    if stage_of(case).responded_on is not None:
        return
    for deadline in case.deadlines:
        ended = deadline.state is DeadlineState.CANCELLED and deadline.kind not in STAYING
        if ended and deadline.stage_number in (None, case.stage_number):
            deadline.state = DeadlineState.OPEN


def date_problems(
    field: str, what: str, on: date | None, today: date, *, not_before: date | None = None, before: str = ""
) -> list[Problem]:
    """What is wrong with a date of something done: after today, or before the step that it follows."""
    if on is None:
        return []
    if on > today:
        return [Problem(field, f"{what} ({long_date(on)}) is after today: it is recorded when it has happened.")]
    if not_before is not None and on < not_before:
        return [Problem(field, f"{what} ({long_date(on)}) is before {before} ({long_date(not_before)}).")]
    return []


def due_problems(field: str, what: str, due_on: date | None, actor: Actor) -> list[Problem]:
    """What is wrong with a date that something is due: a year that working days cannot be counted in."""
    calendar = actor.register.calendar
    if due_on is None or calendar.first <= due_on <= calendar.last:
        return []
    years = f"{calendar.first.year} to {calendar.last.year}"
    return [Problem(field, f"{what} ({long_date(due_on)}) is outside the years {years}: is the year right?")]


def last_step(case: Case) -> tuple[date, str]:
    """The latest day on which something was done in the stage that the case is in, and what that was."""
    stage = stage_of(case)
    if stage.number == 1:
        steps = [
            (case.received_on, "the receipt"),
            (case.acknowledged_on, "the acknowledgement"),
            (stage.investigation_started_on, "the start of the investigation"),
            (stage.draft_received_on, "the draft"),
            (stage.signed_off_on, "the sign-off"),
            (stage.responded_on, "the response"),
            (case.reopened_on, "the reopening"),
            (stage.answered_again_on, "the further response"),
        ]
    else:
        steps = [
            (stage.started_on, "the request for Stage 2"),
            (stage.acknowledged_on, "the acknowledgement of Stage 2"),
            (stage.draft_received_on, "the draft"),
            (stage.signed_off_on, "the sign-off"),
            (stage.responded_on, "the Stage 2 response"),
            (case.reopened_on, "the reopening"),
            (stage.answered_again_on, "the further Stage 2 response"),
        ]
    return max(((on, what) for on, what in steps if on is not None), key=lambda step: step[0])


def responses_owed(case: Owing[D]) -> list[D]:
    """The open deadlines for the response of the stage that the case is in: period told, aim and limit."""
    kinds = (K.RESPONSE_PROMISED, *AIMS, *LIMITS)
    return [deadline for deadline in case.deadlines if deadline.kind in kinds and deadline.state is DeadlineState.OPEN]


def response_expected(owed: Sequence[Owed], on: date | None = None) -> date | None:
    """The date that the response is expected by: the period told, else the aim, else the limit.

    With `on`: the first of these that has not passed on that day. None where there is none.
    """
    for kinds in ((K.RESPONSE_PROMISED,), AIMS, LIMITS):
        for deadline in owed:
            if deadline.kind in kinds and (on is None or deadline.due_on >= on):
                return deadline.due_on
    return None


def move_responses(owed: Sequence[Owed], to: date) -> None:
    """Extends what is owed: the period told and the aim move, the limit only where the new date is past it."""
    for deadline in owed:
        if deadline.kind not in LIMITS or to > deadline.due_on:
            deadline.due_on = to


def six_months_end(case: Case) -> date | None:
    """The last day of the six months (reg 14), where they are running for this case."""
    running = (deadline for deadline in case.deadlines if deadline.state is DeadlineState.OPEN)
    return next((deadline.due_on for deadline in running if deadline.kind is K.STATUTORY_LIMIT), None)


def refuse_problems(problems: list[Problem]) -> None:
    """Raises InvalidInput where there is any problem."""
    if problems:
        raise InvalidInput(problems)


def move_on(case: Case, to: Status) -> Status:
    """Gives the case a new status, and returns the old."""
    old, case.status = case.status, to
    return old


def _stage_number(kind: DeadlineKind) -> int | None:
    if kind in STAGE_2:
        return 2
    return 1 if kind in STAGE_1 or kind is K.DRAFT else None
