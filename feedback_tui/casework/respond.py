"""The verbs that send a response, with findings, redress, learning and actions."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    AIMS,
    LIMITS,
    date_problems,
    days_taken,
    due_problems,
    end_open,
    fixed_deadline,
    last_step,
    meet,
    move_on,
    refuse_problems,
    require,
    rules_of,
    stage_of,
    version_of,
)
from feedback_tui.casework.errors import Problem, StepNotAllowed
from feedback_tui.casework.review import of_stage
from feedback_tui.casework.six_months import meet_six_months
from feedback_tui.casework.stage_parts import stage_problems
from feedback_tui.enums import DeadlineKind, DeadlineState, Kind, LearningSaid, Outcome, StageTime, Status, StepKey
from feedback_tui.models.case import Case, Stage, StageFinding
from feedback_tui.models.inputs.stages import ActionInput, LearningInput, RemedyInput, Response
from feedback_tui.models.redress import Action, Learning, Remedy
from feedback_tui.rules.findings import FINDINGS, NO_FINDINGS_NEEDED, overall_outcome
from feedback_tui.rules.hold_reasons import hold_words, process_of

K = DeadlineKind
ANSWERED = (
    *(*K.each(StageTime.ACKNOWLEDGEMENT), K.RESPONSE_PROMISED, *AIMS, *LIMITS),
    *(K.STATUTORY_LIMIT, K.DRAFT, K.NEXT_UPDATE, K.REVIEW_HOLD),
)
"""Deadlines that a response meets: it also acknowledges, counts as the promised update, and ends a hold."""


def respond(actor: Actor, reference: str, given: Response, seen: int | None = None) -> StepResult:
    """Records a response (reg 14), with a finding for each point and the overall outcome.

    The working days from receipt are stored. A response to a case reopened after its answer is a further one: the first
    keeps its date and days, so that past years' figures do not change, and findings change only if new ones are given.

    Raises StepNotAllowed; InvalidInput for a wrong date, a point without a finding, an outcome other than the findings
    give without a reason, or a payment without an amount.
    """
    return _send(actor, reference, given, seen, StepKey.RESPOND)


def respond_review(actor: Actor, reference: str, given: Response, seen: int | None = None) -> StepResult:
    """Records the response of the later stage that is under way. Raises StepNotAllowed, InvalidInput."""
    return _send(actor, reference, given, seen, StepKey.RESPOND_REVIEW)


def respond_stage(actor: Actor, reference: str, given: Response, number: int, seen: int | None = None) -> StepResult:
    """Records the response of the stage with this number. Raises StepNotAllowed, also if the case is in another stage;
    InvalidInput."""
    return _send(actor, reference, given, seen, StepKey.RESPOND if number == 1 else StepKey.RESPOND_REVIEW, number)


def _send(
    actor: Actor, reference: str, given: Response, seen: int | None, key: StepKey, number: int | None = None
) -> StepResult:
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        if number not in (None, case.stage_number):
            raise StepNotAllowed(
                f"{case.reference} is in stage {case.stage_number}, not in stage {number}: nothing was saved. "
                f"--stage {case.stage_number} is the response that it can have."
            )
        require(case, key, actor)
        stage = stage_of(case)
        findings = _findings(case, given)
        refuse_problems(_problems(actor, case, given, findings))
        again, findings_stand = stage.responded_on is not None, _findings_stand(stage, given)
        channel, signed_by = given.channel or case.channel, given.signed_by or None
        if again:
            stage.answered_again_on = given.on
        else:
            stage.responded_on, stage.response_channel, stage.signed_by = given.on, channel, signed_by
            stage.working_days_taken = days_taken(
                version_of(case, actor.register.profile), stage, actor.register.calendar, given.on
            )
        case.reopened_on = None
        if case.kind is Kind.COMPLAINT and not findings_stand:
            _set_outcome(case, stage, given, findings)
        if case.kind is Kind.COMPLAINT:
            case.learning_said = _learning_said(case, given)
        add_learning(case, given.learning, given.actions, given.on)
        add_remedies(case, given.remedies, given.on)
        old = move_on(case, Status.RESPONSE_SENT)
        meet_six_months(case, given.on)
        meet(case, ANSWERED, given.on)
        end_open(case)
        work.record(
            key,
            case,
            given.on,
            from_status=old,
            reason=given.outcome_reason,
            details={
                "outcome": stage.outcome,
                "channel": channel,
                "working_days": None if again else stage.working_days_taken,
                "signed_by": signed_by,
                "after_reopening": again or None,
                **of_stage(stage.number),
            },
        )
    return done(case)


def _findings_stand(stage: Stage, given: Response) -> bool:
    """Whether a further response keeps the earlier findings: it gives no finding and no outcome."""
    return stage.responded_on is not None and not any(given.findings) and given.outcome is None


def add_learning(
    case: Case, learning: tuple[LearningInput, ...], actions: tuple[ActionInput, ...], on: date | None = None
) -> None:
    """Adds learning and actions agreed on `on`; an action with a date gets a deadline."""
    for learned in learning:
        case.learning.append(Learning(position=len(case.learning) + 1, area=learned.area, text=learned.text))
    one = case.learning[-1].position if len(learning) == 1 else None
    for planned in actions:
        action = Action(
            position=len(case.actions) + 1,
            learning_position=one,
            text=planned.text,
            owner=planned.owner or None,
            due_on=planned.due_on,
        )
        case.actions.append(action)
        if action.due_on is not None:
            deadline = fixed_deadline(K.ACTION, action.due_on, on or case.received_on, "action agreed")
            deadline.action = action
            case.deadlines.append(deadline)


def add_remedies(case: Case, remedies: tuple[RemedyInput, ...], on: date | None = None) -> None:
    """Adds redress agreed on `on`; redress with a date gets a deadline."""
    for agreed in remedies:
        remedy = Remedy(
            position=len(case.remedies) + 1,
            kind=agreed.kind,
            amount_pence=None if agreed.amount is None else int(agreed.amount * 100),
            due_on=agreed.due_on,
        )
        case.remedies.append(remedy)
        if remedy.due_on is not None:
            deadline = fixed_deadline(K.REMEDY, remedy.due_on, on or case.received_on, "redress agreed")
            deadline.remedy = remedy
            case.deadlines.append(deadline)


def _findings(case: Case, given: Response) -> list[Outcome | None]:
    """Returns a finding for each point: those given, a single one for all points, or the outcome if
    there is one point."""
    if len(given.findings) == 1:
        return [given.findings[0]] * len(case.points)
    if not given.findings and given.outcome in FINDINGS and len(case.points) == 1:
        return [given.outcome]
    return list(given.findings) + [None] * (len(case.points) - len(given.findings))


def _problems(actor: Actor, case: Case, given: Response, findings: list[Outcome | None]) -> list[Problem]:
    last, before = last_step(case)
    problems = date_problems("on", "The response", given.on, actor.today, not_before=last, before=before)
    problems += _follow_up_problems(actor, case, given)
    if case.status is Status.ON_HOLD and not given.on_hold_too:
        problems.append(_hold_problem(case))
    if case.kind is not Kind.COMPLAINT:
        if given.findings or given.outcome is not None:
            problems.append(
                Problem("findings", f"Only a complaint has findings and an outcome; this is of the kind {case.kind}.")
            )
        return problems
    if _findings_stand(stage_of(case), given):
        return problems + _learning_problems(case, given)
    if case.procedure is None:
        problems.append(Problem("procedure", "Settle the procedure first: start the investigation with it."))
    problems += stage_problems(case, rules_of(case, actor.register.profile), given, findings)
    if any(finding not in (*FINDINGS, None) for finding in findings):
        problems.append(Problem("findings", f"A finding is one of: {', '.join(FINDINGS)}."))
    elif len(findings) > len(case.points):
        problems.append(Problem("findings", f"There are {len(findings)} findings for {len(case.points)} points."))
    elif given.outcome not in NO_FINDINGS_NEEDED and None in findings:
        missing = [str(number) for number, finding in enumerate(findings, start=1) if finding is None]
        which = "the complaint point" if len(findings) == 1 else f"complaint point {', '.join(missing)}"
        problems.append(Problem("findings", f"Give a finding for {which}: {', '.join(FINDINGS)}."))
    elif given.outcome is not None and given.outcome not in NO_FINDINGS_NEEDED:
        follows = overall_outcome(findings)
        if given.outcome is not follows and not given.outcome_reason:
            problems.append(
                Problem("outcome_reason", f"The findings give “{follows}”: give the reason for “{given.outcome}”.")
            )
    return problems + _learning_problems(case, given)


def _learning_problems(case: Case, given: Response) -> list[Problem]:
    problems = []
    if given.learning_said is LearningSaid.NONE and given.learning:
        problems.append(Problem("learning_said", "Learning is given, so it is recorded, not “none”."))
    if given.learning_said is LearningSaid.RECORDED and not (given.learning or case.learning):
        problems.append(Problem("learning_said", "No learning is given: write what was learned, or say “awaited”."))
    return problems


def _hold_problem(case: Case) -> Problem:
    holds = [row for row in case.deadlines if row.kind is K.REVIEW_HOLD and row.state is DeadlineState.OPEN]
    process, again = (process_of(holds[-1].rule), holds[-1].due_on) if holds else (process_of(None), None)
    return Problem(
        "on_hold_too",
        f"It is {hold_words(process, again)}: a response may get in the way of that. Take it off hold first, or say "
        "that the response goes out all the same.",
    )


def _follow_up_problems(actor: Actor, case: Case, given: Response) -> list[Problem]:
    """Returns what is wrong with the redress, the learning and the actions."""
    problems = []
    for remedy in given.remedies:
        if remedy.kind is None:
            problems.append(Problem("remedies", "Say what the redress is: an apology, a payment, a reassessment."))
        if (remedy.kind or "").casefold() == "payment" and not remedy.amount:
            problems.append(Problem("remedies", "A payment needs its amount in pounds."))
    if any(not (learned.area or learned.text) for learned in given.learning):
        problems.append(Problem("learning", "Say what was learned, or in which area."))
    if any(not action.text for action in given.actions):
        problems.append(Problem("actions", "Say what will be done."))
    dated: list[tuple[str, str, RemedyInput | ActionInput]] = [
        *(("remedies", "The redress", remedy) for remedy in given.remedies),
        *(("actions", "The action", action) for action in given.actions),
    ]
    for field, what, each in dated:
        problems += due_problems(field, f"{what}'s date", each.due_on, actor)
    return problems


def _set_outcome(case: Case, stage: Stage, given: Response, findings: list[Outcome | None]) -> None:
    if stage.number == 1:
        for point, finding in zip(case.points, findings, strict=True):
            point.finding = finding
    else:
        _set_later_findings(case, stage.number, findings)
    stage.outcome = given.outcome or overall_outcome(findings)
    stage.outcome_reason = given.outcome_reason


def _set_later_findings(case: Case, stage: int, findings: list[Outcome | None]) -> None:
    """Stores a later stage's finding for each point; a point without a finding has no row."""
    there = {row.point_position: row for row in case.stage_findings if row.stage_number == stage}
    for point, finding in zip(case.points, findings, strict=True):
        row = there.pop(point.position, None)
        if finding is None:
            if row is not None:
                case.stage_findings.remove(row)
        elif row is None:
            case.stage_findings.append(StageFinding(stage_number=stage, point_position=point.position, finding=finding))
        else:
            row.finding = finding


def _learning_said(case: Case, given: Response) -> LearningSaid:
    if given.learning or case.learning:
        return LearningSaid.RECORDED
    return given.learning_said or case.learning_said or LearningSaid.AWAITED
