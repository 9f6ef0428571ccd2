"""The deadlines of a case: created, met, moved and ended as its steps are taken. All verbs use these functions."""

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
    Law,
    OmbudsmanDecision,
    Part,
    StageEntry,
    StageTime,
    Status,
    StepKey,
    Unit,
)
from feedback_tui.models.case import Case, Stage
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.ombudsman import OmbudsmanRecord
from feedback_tui.models.people import Party, Person
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.deadlines import DueDate, Facts, StageDays, consent_day, count_on, limits_of
from feedback_tui.rules.lifecycle import later_stages as later
from feedback_tui.rules.lifecycle.closing import ERASED, KEPT, REOPENED
from feedback_tui.rules.lifecycle.follow_up import ACTION_OWED, REDRESS_OWED, THANKS_OWED
from feedback_tui.rules.lifecycle.investigator import DRAFTED, INVESTIGATED
from feedback_tui.rules.lifecycle.lifecycle import BY_KEY, Standing, instead, refusal, step_now
from feedback_tui.rules.lifecycle.ombudsman import TO_COMPLY, WITH_OMBUDSMAN
from feedback_tui.rules.lifecycle.people import MARKED, NAMED, SOMEONE, WRITER
from feedback_tui.rules.procedure_choice import refuse_procedure
from feedback_tui.rules.procedures import Profile, UnknownProcedure, Version
from feedback_tui.rules.refusal_grounds import laws_of
from feedback_tui.rules.stage_rules import StageRules, as_before
from feedback_tui.rules.working_days import WorkingCalendar

K = DeadlineKind
STAYING = (K.ACTION, K.REMEDY, K.OMBUDSMAN_REPLY, K.PERSISTENCE_REVIEW, K.KEEPING_REVIEW)
"""Deadlines that stay open after a case is closed."""
AIMS = K.each(StageTime.TARGET)
LIMITS = K.each(StageTime.LIMIT, StageTime.REPLY)
"""The final deadlines of a stage: its limit, or the council's reply to a panel's report."""
_ORDER = {kind: number for number, kind in enumerate(DeadlineKind)}


class Owed(Protocol):
    """A deadline: a row of the register, or one about to be inserted by an import."""

    kind: DeadlineKind
    state: DeadlineState
    due_on: date
    met_on: date | None
    stage_number: int | None


D = TypeVar("D", bound=Owed)
D_co = TypeVar("D_co", bound=Owed, covariant=True)


class Owing(Protocol[D_co]):
    """Something with deadlines: a case of the register, or one about to be inserted by an import."""

    @property
    def deadlines(self) -> Iterable[D_co]: ...


def stage_of(case: Case, number: int | None = None) -> Stage:
    """Returns the stage with this number; None means the current stage."""
    wanted = case.stage_number if number is None else number
    return next(stage for stage in case.stages if stage.number == wanted)


def version_of(case: Case, profile: Profile) -> Version | None:
    """Returns the version of the procedure that the case runs under; None while no procedure is settled."""
    if case.procedure is None:
        return None
    return profile.procedure(case.procedure).version(case.procedure_version or "1")


def rules_of(case: Case, profile: Profile, number: int | None = None) -> StageRules:
    """Returns the procedure's rules for a stage of the case; None means the current stage."""
    stage, version = case.stage_number if number is None else number, version_of(case, profile)
    return version.stage(stage) if version else as_before(stage)


def laws_of_case(case: Case, profile: Profile) -> tuple[Law, ...]:
    """Returns the law that a case is under; each that it may be under, while its procedure is not settled."""
    return laws_of(profile, case.procedure, case.procedure_version)


def standing(case: Case, profile: Profile, facts: Collection[str] | None = None) -> Standing:
    """Returns what the table of steps needs to know of a case. Only the named `facts` are looked up; None means all.

    Most facts are in other tables and cost a query each, so a step asks only for those it needs.
    """
    version = version_of(case, profile)
    return Standing(
        kind=case.kind,
        status=case.status,
        acknowledged=(case if case.stage_number == 1 else stage_of(case)).acknowledged_on is not None,
        answered=stage_of(case).responded_on is not None,
        stages=version.stages if version else 1,
        then=version.then if version else "Ombudsman",
        stage=case.stage_number,
        laws=laws_of_case(case, profile),
        facts=frozenset(
            fact
            for fact in ((*_HOLDS, *_HOLDS_OF_A_STAGE) if facts is None else facts)
            if (_HOLDS[fact](case) if fact in _HOLDS else _holds_of_the_stage(fact, case, version))
        ),
    )


def _holds_of_the_stage(fact: str, case: Case, version: Version | None) -> bool:
    """Returns whether a fact about the current stage holds; always False if the version has no tables of its stages."""
    if version is None or not version.tables:
        return False
    stage = stage_of(case)
    following = version.stage(stage.number + 1) if stage.number < version.stages else None
    return stage.responded_on is None and _HOLDS_OF_A_STAGE[fact](stage, version.stage(stage.number), following)


def owes_compliance(record: OmbudsmanRecord) -> bool:
    """Whether the Ombudsman's decision was upheld or has agreed actions, and compliance is not recorded yet."""
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
    KEPT: lambda case: case.kept_since is not None,
    REOPENED: lambda case: case.reopened_on is not None and stage_of(case).responded_on is not None,
    THANKS_OWED: lambda case: case.thanked_on is None,
    WITH_OMBUDSMAN: lambda case: any(record.decision is None for record in case.ombudsman),
    TO_COMPLY: lambda case: any(owes_compliance(record) for record in case.ombudsman),
    SOMEONE: lambda case: bool(case.parties),
    NAMED: lambda case: any(person.name and person.died_on is None for person in _people(case)),
    WRITER: lambda case: any(party.part is not Part.CUSTOMER and party.ended_on is None for party in case.parties),
    MARKED: lambda case: any(person.same_as_id is not None for person in _people(case)),
}
"""Facts of a case that steps may require."""
_HOLDS_OF_A_STAGE: Mapping[str, Callable[[Stage, StageRules, StageRules | None], bool]] = {
    later.MAY_SKIP: lambda _stage, rules, following: (
        following is not None and (rules.may_be_skipped or following.entered is StageEntry.COUNCIL)
    ),
    later.HAS_PARTS: lambda _stage, rules, _following: any(part in later.NAMED for part in rules.needs),
    later.TO_AGREE: lambda stage, rules, _following: rules.agrees_a_record and stage.record_agreed_on is None,
    later.TO_BE_HELD: lambda stage, rules, _following: rules.has_panel and stage.panel_held_on is None,
    later.TO_BE_RECEIVED: lambda stage, _rules, _following: (
        stage.panel_held_on is not None and stage.report_received_on is None
    ),
}
"""Facts about the current stage that steps may require, from the stage, its rules and those of the next one."""


def require(case: Case, key: StepKey, actor: Actor) -> None:
    """Raises StepNotAllowed, with the reason and the steps possible instead, if the case does not allow this step."""
    needs, profile = BY_KEY[key].needs, actor.register.profile
    stands = standing(case, profile, (ERASED, KEPT, REOPENED, *filter(None, [needs])))
    if (why := refusal(key, stands)) is not None:
        words = step_now(key, stands).words
        raise StepNotAllowed(f"{case.reference} – {words}: not possible, {why}. {instead(standing(case, profile))}")


def days_taken(version: Version | None, stage: Stage, calendar: WorkingCalendar, until: date) -> int:
    """Returns the working days from the start of a stage to `until`. Closure days of the council do not count as
    working days unless the law sets the stage's limit."""
    closures = version is None or version.answers_count_closures(stage.number)
    return calendar.counting(closures=closures).between(stage.started_on, until)


def facts_of(case: Case) -> Facts:
    """Returns the dates that deadlines are counted from."""
    return Facts(
        received_on=case.received_on,
        acknowledged_on=case.acknowledged_on,
        consent_on=consent_day(
            ((party.authority, party.authority_on) for party in case.parties if party.ended_on is None),
            case.received_on,
        ),
        stages={
            stage.number: StageDays(
                stage.started_on,
                stage.acknowledged_on,
                stage.record_agreed_on,
                stage.panel_held_on,
                stage.report_received_on,
            )
            for stage in case.stages
        },
    )


def settle_procedure(case: Case, key: str, actor: Actor, adult_social_care: bool | None = None) -> None:
    """Puts the case under a procedure, in the version in force when the case was received.

    `adult_social_care` says whether any part of it is about adult social care, if the officer was asked. Raises
    InvalidInput.
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
    """Supersedes the six months, which ran while no procedure was settled: the case is not under
    the 2009 Regulations."""
    for deadline in case.deadlines:
        if deadline.kind is K.STATUTORY_LIMIT and deadline.state is DeadlineState.OPEN:
            deadline.state = DeadlineState.SUPERSEDED


def cause_deadlines(case: Case, actor: Actor) -> None:
    """Brings the counted deadlines of a complaint up to date with its procedure and dates.

    New deadlines are added, and open ones that were not fixed by hand are counted again. If another rule applies now,
    the old deadline is superseded and a new one added. A deadline that the procedure does not have is superseded,
    except the six months, which no procedure ends (reg 14). Deadlines that were met, missed or cancelled do not change.
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
    """Returns the deadlines that a procedure asks for, by kind, if their start is known.

    Without a procedure, returns those that apply until one is settled. The reply to the Ombudsman is left out: its
    deadline belongs to the Ombudsman's record.
    """
    found: dict[DeadlineKind, DueDate] = {}
    for limit in sorted(
        limits_of(version, regulations_2009=regulations_2009), key=lambda limit: _ORDER[limit.deadline]
    ):
        start = facts.start_of(limit)
        due_on = None if start is None else count_on(limit, start, calendar)
        if due_on is not None and limit.deadline is not K.OMBUDSMAN_REPLY:
            found[limit.deadline] = DueDate(limit.deadline, due_on, limit, start)
    return found


def _same_rule(deadline: Deadline, due: DueDate) -> bool:
    limit = due.limit
    return (deadline.counts_from, deadline.count, deadline.unit) == (limit.counts_from, limit.count, limit.unit)


def _count_again(deadline: Deadline, due: DueDate, actor: Actor) -> None:
    """Counts an open deadline again. A date that was extended stays, unless the new count is later
    (`due_once_recounted`)."""
    fresh = counted_values(due, actor.register.calendar)
    for name in ("counted_from", "rule", "source"):
        setattr(deadline, name, fresh[name])
    days = actor.register.calendar.counting(closures=due.limit.closures_count)
    count_anew(deadline, fresh["due_on"], days)


def counted_deadline(due: DueDate, actor: Actor) -> Deadline:
    """Returns a new open deadline with a counted date."""
    return Deadline(**counted_values(due, actor.register.calendar))


def counted_values(due: DueDate, calendar: WorkingCalendar) -> dict[str, Any]:
    """Returns the columns of a new open deadline with a counted date."""
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
    """Returns a new open deadline on a date that a person or a letter set."""
    return Deadline(**fixed_values(kind, due_on, set_on, rule, stage))


def fixed_values(kind: DeadlineKind, due_on: date, set_on: date, rule: str, stage: int | None = None) -> dict[str, Any]:
    """Returns the columns of a new open deadline on a date that a person or a letter set."""
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
    """Returns the deadline for consent requested on `asked_on` from this party."""
    deadline = fixed_deadline(K.CONSENT, due_on, asked_on, "consent asked for")
    deadline.party = party
    return deadline


def meet(case: Owing[Owed], kinds: Collection[DeadlineKind], on: date, stage: int | None = None) -> None:
    """Marks the open deadlines of these kinds as done on `on`; with `stage`, only those of that stage."""
    for deadline in case.deadlines:
        if deadline.kind in kinds and deadline.state is DeadlineState.OPEN and stage in (None, deadline.stage_number):
            settle(deadline, on)


def settle(deadline: Owed, on: date) -> None:
    """Marks one deadline as done on `on`: met if not after the current due date, else missed."""
    deadline.met_on = on
    deadline.state = DeadlineState.MET if on <= deadline.due_on else DeadlineState.MISSED


def end_open(case: Owing[Owed], keep: Collection[DeadlineKind] = STAYING) -> None:
    """Cancels the open deadlines of a case that ends, except the kinds in `keep`."""
    for deadline in case.deadlines:
        if deadline.state is DeadlineState.OPEN and deadline.kind not in keep:
            deadline.state = DeadlineState.CANCELLED


def bring_back(case: Case) -> None:
    """Reopens the deadlines that closing the case had cancelled, with their dates.

    If the current stage was answered, nothing is reopened.
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
    """Returns what is wrong with the date of something done: after `today`, or before `not_before`. Both days
    themselves are allowed."""
    if on is None:
        return []
    if on > today:
        return [Problem(field, f"{what} ({long_date(on)}) is after today: it is recorded when it has happened.")]
    if not_before is not None and on < not_before:
        return [Problem(field, f"{what} ({long_date(on)}) is before {before} ({long_date(not_before)}).")]
    return []


def due_problems(field: str, what: str, due_on: date | None, actor: Actor) -> list[Problem]:
    """Returns what is wrong with a due date: a year outside the calendar of working days."""
    calendar = actor.register.calendar
    if due_on is None or calendar.first <= due_on <= calendar.last:
        return []
    years = f"{calendar.first.year} to {calendar.last.year}"
    return [Problem(field, f"{what} ({long_date(due_on)}) is outside the years {years}: is the year right?")]


def last_step(case: Case) -> tuple[date, str]:
    """Returns the latest date on which something was done in the current stage, and what it was."""
    stage = stage_of(case)
    first, name = stage.number == 1, f"Stage {stage.number}"
    steps = [
        (stage.started_on, beginning_of(stage)),
        (
            case.acknowledged_on if first else stage.acknowledged_on,
            f"the acknowledgement{'' if first else f' of {name}'}",
        ),
        (stage.record_agreed_on, "the agreed record"),
        (stage.investigation_started_on if first else None, "the start of the investigation"),
        (stage.draft_received_on, "the draft"),
        (stage.signed_off_on, "the sign-off"),
        (stage.panel_held_on, "the panel"),
        (stage.report_received_on, "the panel’s report"),
        (stage.responded_on, f"the {'' if first else f'{name} '}response"),
        (case.reopened_on, "the reopening"),
        (stage.answered_again_on, f"the further {'' if first else f'{name} '}response"),
    ]
    return max(((on, what) for on, what in steps if on is not None), key=lambda step: step[0])


def beginning_of(stage: Stage) -> str:
    """Returns how a stage began, in words."""
    return "the receipt" if stage.number == 1 else f"the request for Stage {stage.number}"


def responses_owed(case: Owing[D]) -> list[D]:
    """Returns the open deadlines for a response: period told, aim and limit."""
    kinds = (K.RESPONSE_PROMISED, *AIMS, *LIMITS)
    return [deadline for deadline in case.deadlines if deadline.kind in kinds and deadline.state is DeadlineState.OPEN]


def response_expected(owed: Sequence[Owed], on: date | None = None) -> date | None:
    """Returns the date by which a response is expected: the period told, else the aim, else the limit; None if there is
    none.

    With `on`, dates before that day are passed over.
    """
    for kinds in ((K.RESPONSE_PROMISED,), AIMS, LIMITS):
        for deadline in owed:
            if deadline.kind in kinds and (on is None or deadline.due_on >= on):
                return deadline.due_on
    return None


def move_responses(owed: Sequence[Owed], to: date) -> None:
    """Extends deadlines for a response: the period told and the aim move to `to`; the limit only if `to` is later."""
    for deadline in owed:
        if deadline.kind not in LIMITS or to > deadline.due_on:
            deadline.due_on = to


def refuse_problems(problems: list[Problem]) -> None:
    """Raises InvalidInput if there are any problems."""
    if problems:
        raise InvalidInput(problems)


def move_on(case: Case, to: Status) -> Status:
    """Sets the status of a case, and returns the old one."""
    old, case.status = case.status, to
    return old


def _stage_number(kind: DeadlineKind) -> int | None:
    if kind in (K.RESPONSE_PROMISED, K.DRAFT):
        return 1
    return None if kind is K.ACKNOWLEDGEMENT else kind.stage
