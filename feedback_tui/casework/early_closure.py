"""Verbs that change a case's kind or close it before an investigation: settled on the spot, not accepted, passed on,
joined."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    STAYING,
    cause_deadlines,
    date_problems,
    end_open,
    last_step,
    laws_of_case,
    meet,
    move_on,
    refuse_problems,
    require,
    settle_procedure,
    stage_of,
    version_of,
)
from feedback_tui.casework.errors import InvalidInput, Problem, StepNotAllowed
from feedback_tui.casework.log import is_late, late_problems, laws_if
from feedback_tui.enums import ClosingReason, DeadlineKind, DeadlineState, Kind, NotAccepted, Status, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.inputs.early_closure import Declining, Joining, KindChange, PassingOn, Settlement
from feedback_tui.rules.channels import WRITTEN
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.laws import cited
from feedback_tui.rules.refusal_grounds import ground_for, needs_way_on, time_limit, why_no_ground
from feedback_tui.storage.unit_of_work import UnitOfWork


def change_kind(actor: Actor, reference: str, given: KindChange, seen: int | None = None) -> StepResult:
    """Changes the kind of a case.

    A new complaint's deadlines are counted from the original receipt, even if they have passed; those of a case that is
    no longer a complaint are superseded. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.CHANGE_KIND, actor)
        refuse_problems(_kind_problems(actor, case, given))
        old = case.kind
        case.kind = given.kind
        if given.happened_on is not None:
            case.happened_on = given.happened_on
        case.late_reason = given.late_reason or case.late_reason
        if given.kind is Kind.COMPLAINT:
            if given.procedure is not None:
                settle_procedure(case, given.procedure, actor, given.adult_social_care)
            cause_deadlines(case, actor)
            if case.acknowledged_on is not None:
                meet(case, (DeadlineKind.ACKNOWLEDGEMENT,), case.acknowledged_on)
        else:
            _no_complaint(case)
        work.record(
            StepKey.CHANGE_KIND,
            case,
            given.on,
            from_status=case.status,
            reason=given.reason,
            details={"from": old, "to": given.kind, "procedure": case.procedure},
        )
    return done(case)


def settle_on_the_spot(actor: Actor, reference: str, given: Settlement, seen: int | None = None) -> StepResult:
    """Closes a case raised orally and settled to the person's satisfaction by the end of the next working day (2009
    Regulations, reg 8(1)(c)).

    It becomes a concern: no letter is due, and it is not counted for acknowledgements. Raises StepNotAllowed;
    InvalidInput if a condition does not hold, so that it stays a complaint.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.SETTLE, actor)
        refuse_problems(_settlement_problems(actor, case, given))
        was, case.kind = case.kind, Kind.CONCERN
        _no_complaint(case)
        end_open(case)
        case.closed_on = given.on
        old = move_on(case, Status.CLOSED)
        work.record(
            StepKey.SETTLE, case, given.on, from_status=old, reason=given.words, details={"from": was, "to": case.kind}
        )
    return done(case)


def decline(actor: Actor, reference: str, given: Declining, seen: int | None = None) -> StepResult:
    """Closes a complaint that is not accepted, on a ground of the law that it is under, with the written explanation.

    Raises StepNotAllowed; InvalidInput for a reason that is no ground of that law (`rules.refusal_grounds`), with what
    to do instead; without the explanation, the day they were told, or, where the law or that ground requires it, the
    information about the Ombudsman.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.DECLINE, actor)
        problems = _ending_problems(actor, case, given.on, given.told_on)
        if not given.words:
            problems.append(Problem("words", "A refusal is written, with its reason: write it."))
        if given.told_on is None:
            problems.append(Problem("told_on", "Give the day they were told in writing."))
        refuse_problems(problems + _ground_problems(actor, case, given))
        case.not_accepted, case.refusal_told_on = given.why, given.told_on
        no_authority = given.why is NotAccepted.NO_AUTHORITY
        reason = ClosingReason.NO_AUTHORITY if no_authority else ClosingReason.NOT_ACCEPTED
        old = _close(case, given.on, reason)
        work.record(
            StepKey.DECLINE,
            case,
            given.on,
            from_status=old,
            reason=given.words,
            details={
                "reason": given.why,
                "told": _iso(given.told_on),
                "ombudsman_right_told": given.ombudsman_told or None,
            },
        )
    return done(case)


def pass_on(actor: Actor, reference: str, given: PassingOn, seen: int | None = None) -> StepResult:
    """Closes a case that belongs to another body, as signposted or transferred.

    Under the 2009 Regulations a complaint that is sent on to another responsible body counts as made to it (reg 6(5)
    and (6)). Care that people arrange themselves is signposted to the provider, then the Ombudsman. Raises
    StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.PASS_ON, actor)
        problems = _ending_problems(actor, case, given.on, given.told_on)
        if not given.to:
            problems.append(Problem("to", "Say to whom: the body or service it belongs to."))
        if given.told_on is None:
            problems.append(Problem("told_on", "Give the day they were told."))
        refuse_problems(problems)
        case.passed_on_to, case.refusal_told_on = given.to, given.told_on
        how = ClosingReason.TRANSFERRED if given.transferred else ClosingReason.SIGNPOSTED
        old = _close(case, given.on, how)
        work.record(
            StepKey.PASS_ON,
            case,
            given.on,
            from_status=old,
            reason=given.words,
            details={"how": how, "to": given.to, "told": _iso(given.told_on)},
        )
    return done(case)


def join(actor: Actor, reference: str, given: Joining, seen: int | None = None) -> StepResult:
    """Closes a case as a duplicate of another one.

    Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.JOIN, actor)
        other = find_case(work, given.other)
        refuse_problems(_ending_problems(actor, case, given.on, None) + _joining_problems(work, case, other))
        case.duplicate_of_id = other.id
        old = _close(case, given.on, ClosingReason.DUPLICATE)
        work.record(
            StepKey.JOIN, case, given.on, from_status=old, reason=given.reason, details={"goes_on_as": other.reference}
        )
    return done(case)


def joined_to(work: UnitOfWork, case: Case) -> list[str]:
    """Returns the references of the cases closed as duplicates of this one."""
    query = select(Case.reference).where(Case.duplicate_of_id == case.id).order_by(Case.reference)
    return list(work.session.exec(query).all())


def require_nothing_joined(work: UnitOfWork, case: Case, what: str) -> None:
    """Raises StepNotAllowed if other cases were closed as duplicates of this one, because they continue in it."""
    if joined := joined_to(work, case):
        raise StepNotAllowed(
            f"{case.reference} – {what}: not possible, {', '.join(joined)} was joined to it as a duplicate and goes on "
            "here. Reopen that first."
        )


def _no_complaint(case: Case) -> None:
    """Removes what only a complaint has: the procedure is cleared, and its open deadlines are superseded."""
    for deadline in case.deadlines:
        if deadline.state is DeadlineState.OPEN and deadline.kind not in (*STAYING, DeadlineKind.CONSENT):
            deadline.state = DeadlineState.SUPERSEDED
    case.procedure = case.procedure_version = None
    stage = stage_of(case, 1)
    stage.procedure = stage.procedure_version = None


def _close(case: Case, on: date, reason: ClosingReason) -> Status:
    case.closed_on, case.closing_reason = on, reason
    end_open(case)
    return move_on(case, Status.CLOSED)


def _ending_problems(actor: Actor, case: Case, on: date, told_on: date | None) -> list[Problem]:
    last, before = last_step(case)
    problems = date_problems("on", "The closing", on, actor.today, not_before=last, before=before)
    return problems + date_problems(
        "told_on", "The telling", told_on, actor.today, not_before=case.received_on, before="the receipt"
    )


def _ground_problems(actor: Actor, case: Case, given: Declining) -> list[Problem]:
    """Returns what is wrong with the reason of a refusal, under the law that the case is under."""
    profile = actor.register.profile
    laws = laws_of_case(case, profile)
    ground = ground_for(given.why, laws)
    if ground is None:
        return [Problem("why", why_no_ground(given.why, laws))]
    problems = []
    if needs_way_on(ground, laws) and not given.ombudsman_told:
        version = version_of(case, profile)
        where = version.then.partition(" (")[0] if version else "Ombudsman"
        problems.append(
            Problem("ombudsman_told", f"Tell them that they may go to the {where} about this, and record it.")
        )
    months, cited = time_limit(laws)
    if given.why is NotAccepted.OUT_OF_TIME and not is_late(case.happened_on, case.received_on, laws):
        said = f"It happened on {long_date(case.happened_on)}" if case.happened_on else "No date of the event stands"
        problems.append(
            Problem("why", f"{said}: out of time is more than {months} months before the receipt{cited}. Correct it.")
        )
    return problems


def _kind_problems(actor: Actor, case: Case, given: KindChange) -> list[Problem]:
    problems = date_problems(
        "on", "The change", given.on, actor.today, not_before=case.received_on, before="the receipt"
    )
    if given.kind is case.kind:
        problems.append(Problem("kind", f"It is of the kind {case.kind} already."))
    if not given.reason:
        problems.append(Problem("reason", "Give the reason: what it turned out to be, and how that is known."))
    if given.kind is not Kind.COMPLAINT:
        if given.procedure:
            problems.append(
                Problem("procedure", f"Only a complaint has a procedure; this is of the kind {given.kind}.")
            )
        return problems
    problems += date_problems("happened_on", "The date of the event", given.happened_on, actor.today)
    happened_on = given.happened_on or case.happened_on
    if happened_on is not None and happened_on > case.received_on:
        problems.append(Problem("happened_on", f"That is after the receipt ({long_date(case.received_on)})."))
    elif not (given.late_reason or case.late_reason):
        laws = laws_if(actor.register.profile, given.procedure, case.received_on)
        problems += late_problems(happened_on, case.received_on, laws)
    return problems


def _settlement_problems(actor: Actor, case: Case, given: Settlement) -> list[Problem]:
    rule = cited("reg 8", laws_of_case(case, actor.register.profile))
    stays = f"it stays a complaint{rule}, informal where there is such a procedure"
    problems = date_problems(
        "on", "The settlement", given.on, actor.today, not_before=case.received_on, before="the receipt"
    )
    if not given.oral:
        problems.append(Problem("oral", f"Only what was raised orally is settled on the spot: {stays}."))
    elif (case.channel or "").casefold() in WRITTEN:
        problems.append(Problem("oral", f"It came in writing ({case.channel}), not orally: {stays}."))
    if not given.satisfied:
        problems.append(Problem("satisfied", f"They must be satisfied: {stays}."))
    last = actor.register.calendar.law.add(case.received_on, 1)
    if given.on > last:
        problems.append(Problem("on", f"Settled after {long_date(last)}, the end of the next working day: {stays}."))
    return problems


def _joining_problems(work: UnitOfWork, case: Case, other: Case) -> list[Problem]:
    if other is case:
        return [Problem("other", f"{case.reference} is this case: name the one that goes on.")]
    if other.status is Status.VOID:
        return [Problem("other", f"{other.reference} was marked as logged in error: it does not go on.")]
    if other.duplicate_of_id is not None:
        goes_on = work.session.get(Case, other.duplicate_of_id)
        assert goes_on is not None
        where = "this case" if goes_on is case else goes_on.reference
        return [Problem("other", f"{other.reference} is a duplicate itself, of {where}: join it to the one going on.")]
    if joined := joined_to(work, case):
        raise InvalidInput(
            [Problem("other", f"{', '.join(joined)} was joined to {case.reference}: that one is what goes on.")]
        )
    return []


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
