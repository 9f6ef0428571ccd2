"""Verbs that correct a case's text and facts, its points, and its handling with other bodies.

A correction is an event, so the former values stay on record.
"""

from __future__ import annotations

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    date_problems,
    laws_of_case,
    refuse_problems,
    require,
    stage_of,
    version_of,
)
from feedback_tui.casework.errors import InvalidInput, Problem
from feedback_tui.casework.log import late_problems, points_of
from feedback_tui.enums import Kind, StepKey
from feedback_tui.models.case import Case, ComplaintPoint
from feedback_tui.models.inputs.early_closure import CaseCorrection, JointHandling, PointChange
from feedback_tui.rules.case_summary import first_words, is_made
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.laws import cited
from feedback_tui.text import one_line

OF_CASE = (
    *("description", "summary", "wanted", "channel", "happened_on", "late_reason", "compliment_source"),
    *("recipient_role", "system_reference", "safeguarding_on"),
)
_WORDS = ("description", "summary", "wanted", "late_reason")
OF_POINT = ("team", "theme")
_POINT = ("text", "team", "provider", "category", "subcategory", "theme")
_COUNCIL = ("", "council", "the council", "us")


def correct(actor: Actor, reference: str, given: CaseCorrection, seen: int | None = None) -> StepResult:
    """Corrects text and facts of a case; fields left out stay. Raises StepNotAllowed, InvalidInput."""
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.CORRECT, actor)
        point = case.points[0] if case.points else None
        wanted = {name: getattr(given, name) for name in OF_CASE if getattr(given, name) is not None}
        wanted |= {name.value: "" for name in given.not_known}
        # A summary made from the description follows it, unless the summary itself is corrected.
        follows = is_made(case.summary, case.description)
        if given.description and follows and wanted.get("summary", case.summary) == case.summary:
            wanted["summary"] = first_words(given.description)
        elif given.summary == "":
            wanted["summary"] = first_words(wanted.get("description", case.description))
        of_point = {name: getattr(given, name) for name in OF_POINT if getattr(given, name) is not None}
        changed = [name for name, value in wanted.items() if (getattr(case, name) or "") != value]
        changed += [name for name, value in of_point.items() if point is None or (getattr(point, name) or "") != value]
        refuse_problems(_correction_problems(actor, case, given, changed))
        for name, value in wanted.items():
            setattr(case, name, value or ("" if name in _WORDS else None))
        if of_point:
            if point is None:
                point = ComplaintPoint(position=1)
                case.points.append(point)
            for name, value in of_point.items():
                setattr(point, name, value or None)
        work.record(
            StepKey.CORRECT,
            case,
            actor.today,
            from_status=case.status,
            reason=given.reason,
            details={"what": changed},
        )
    return done(case)


def change_points(actor: Actor, reference: str, given: PointChange, seen: int | None = None) -> StepResult:
    """Adds, changes or removes a point; findings stay. Raises StepNotAllowed, InvalidInput."""
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.POINTS, actor)
        problems = date_problems(
            "on", "The change", given.on, actor.today, not_before=case.received_on, before="the receipt"
        )
        point = _point_at(case, given)
        how = "taken out" if given.remove else "added" if point is None else "changed"
        if given.remove:
            problems += _removal_problems(case, point)
        elif point is None:
            problems += _adding_problems(case, given)
        elif not _point_differs(point, given):
            problems.append(Problem("text", f"Nothing is different from what stands there of point {point.position}."))
        refuse_problems(problems)
        if given.remove and point is not None:
            case.points.remove(point)
            for later in case.points:
                later.position -= later.position > point.position
        elif point is None:
            (fresh,) = points_of((given.point,))
            fresh.position = max((each.position for each in case.points), default=0) + 1
            case.points.append(fresh)
        else:
            for name in _POINT:
                setattr(point, name, getattr(given.point, name))
        _require_provider(case, actor)
        number = given.position or case.points[-1].position
        work.record(
            StepKey.POINTS,
            case,
            given.on,
            from_status=case.status,
            reason=given.reason,
            details={"point": number, "how": how},
        )
    return done(case)


def joint_handling(actor: Actor, reference: str, given: JointHandling, seen: int | None = None) -> StepResult:
    """Records the bodies with which a complaint is handled, who leads, who signs, and the consent to share; under the
    2009 Regulations, reg 9.

    Raises StepNotAllowed; InvalidInput also for a commissioned provider, for which the council itself answers.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.JOINT, actor)
        refuse_problems(_joint_problems(actor, case, given))
        case.joint_with = ";".join(given.bodies) or None
        case.joint_lead = (given.lead or "the council") if given.bodies else None
        case.joint_signatory = (given.signatory or None) if given.bodies else None
        case.sharing_consent_on = given.consent_on if given.bodies else None
        work.record(
            StepKey.JOINT,
            case,
            given.on,
            from_status=case.status,
            reason=given.reason,
            details={
                "with": list(given.bodies) or "no other body any more",
                "lead": case.joint_lead,
                "signs": case.joint_signatory,
                "consent_to_share": given.consent_on.isoformat()
                if case.sharing_consent_on and given.consent_on
                else None,
            },
        )
    return done(case)


def _correction_problems(actor: Actor, case: Case, given: CaseCorrection, changed: list[str]) -> list[Problem]:
    problems = []
    if not changed:
        problems.append(Problem("reason", "Nothing is different from what stands there."))
    if not given.reason:
        problems.append(Problem("reason", "Give the reason: how the right words or facts are known."))
    if given.description is not None and not given.description and case.description:
        problems.append(Problem("description", "Leave what they said: a case without its words says nothing."))
    problems += [
        Problem(day.value, "Give the day, or say that it is not known: not both.")
        for day in given.not_known
        if getattr(given, day.value) is not None
    ]
    problems += date_problems("safeguarding_on", "The safeguarding concern", given.safeguarding_on, actor.today)
    if "happened_on" not in changed or given.happened_on is None:
        return problems
    problems += date_problems("happened_on", "The date of the event", given.happened_on, actor.today)
    if given.happened_on > case.received_on:
        problems.append(
            Problem("happened_on", f"That is after the receipt ({long_date(case.received_on)}): correct that first.")
        )
    reason = case.late_reason if given.late_reason is None else given.late_reason
    if case.kind is Kind.COMPLAINT and not reason:
        problems += late_problems(given.happened_on, case.received_on, laws_of_case(case, actor.register.profile))
    return problems


def _point_at(case: Case, given: PointChange) -> ComplaintPoint | None:
    if given.position is None:
        if given.remove:
            raise InvalidInput([Problem("position", "Say which point is taken out.")])
        return None
    for point in case.points:
        if point.position == given.position:
            return point
    raise InvalidInput(
        [Problem("position", f"{case.reference} has no point {given.position}: it has {len(case.points)}.")]
    )


def _adding_problems(case: Case, given: PointChange) -> list[Problem]:
    if not any(getattr(given.point, name) for name in _POINT):
        return [Problem("text", "Say what the point is about: its words, team, category or theme.")]
    if stage_of(case).responded_on is not None:
        return [Problem("position", "The response gave a finding for each point: a new matter is a new case.")]
    return []


def _removal_problems(case: Case, point: ComplaintPoint | None) -> list[Problem]:
    assert point is not None
    if len(case.points) == 1:
        return [Problem("position", "It is the only point: a case is about something. Change it instead.")]
    if point.finding is not None:
        return [Problem("position", f"Point {point.position} has a finding ({point.finding}): it stays on record.")]
    if stage_of(case, 1).responded_on is not None:
        return [Problem("position", "It was answered: its points stay on record.")]
    if any(
        learned.point_position is not None and learned.point_position >= point.position for learned in case.learning
    ):
        return [Problem("position", f"Learning was recorded under point {point.position} or a later one: it stays.")]
    return []


def _point_differs(point: ComplaintPoint, given: PointChange) -> bool:
    return any((getattr(point, name) or "") != (getattr(given.point, name) or "") for name in _POINT)


def _require_provider(case: Case, actor: Actor) -> None:
    profile = actor.register.profile
    if version_of(case, profile) is None or case.procedure is None:
        return
    procedure = profile.procedure(case.procedure)
    if procedure.names_provider and not any(point.provider for point in case.points):
        raise InvalidInput([Problem("provider", f"{procedure.name}: name the provider it is about.")])


def _joint_problems(actor: Actor, case: Case, given: JointHandling) -> list[Problem]:
    problems = date_problems("on", "The date", given.on, actor.today, not_before=case.received_on, before="the receipt")
    problems += date_problems(
        "consent_on", "The consent", given.consent_on, actor.today, not_before=case.received_on, before="the receipt"
    )
    if not given.bodies and case.joint_with is None:
        problems.append(Problem("bodies", "Name the other body: an NHS trust, an integrated care board."))
    commissioned = {name.casefold() for name in actor.register.profile.vocabulary.providers}
    commissioned |= {point.provider.casefold() for point in case.points if point.provider}
    rule = cited("reg 6(1A)", laws_of_case(case, actor.register.profile))
    for body in given.bodies:
        if body.casefold() in commissioned:
            problems.append(
                Problem(
                    "bodies",
                    f"{one_line(body, 60)} is a commissioned provider: the council answers for it{rule}. Name it as "
                    "the provider of a point, and record who investigates.",
                )
            )
    bodies = [body.casefold() for body in given.bodies]
    if given.bodies and given.lead.casefold() not in (*bodies, *_COUNCIL):
        problems.append(Problem("lead", f"One of them leads: the council, or {', '.join(given.bodies)}."))
    return problems
