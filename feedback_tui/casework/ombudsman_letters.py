"""Verbs for the Ombudsman's other letters (first contact, assessment query, draft decision) and for compliance.

Each belongs to one approach; the case is not reopened.
"""

from __future__ import annotations

from datetime import timedelta

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    date_problems,
    due_problems,
    fixed_deadline,
    owes_compliance,
    refuse_problems,
    require,
    settle,
)
from feedback_tui.casework.errors import Problem
from feedback_tui.casework.ombudsman import (
    came_on,
    draft_deadline,
    fill_in,
    ombudsman_of,
    query_deadline,
    record_meant,
)
from feedback_tui.enums import DeadlineKind, DeadlineState, OmbudsmanStatus, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.inputs.follow_up import Compliance, OmbudsmanChoice, OmbudsmanDraft, OmbudsmanQuery
from feedback_tui.models.ombudsman import OmbudsmanRecord
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.deadlines import DRAFT_RULE, QUERY_RULE
from feedback_tui.rules.procedures import UnknownOmbudsman


def ombudsman_query(actor: Actor, reference: str, given: OmbudsmanQuery, seen: int | None = None) -> StepResult:
    """Records the first contact, or the assessment query and its answer.

    The answer is due on the date stated in the query. After a decision it begins a new approach. Raises StepNotAllowed,
    InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.OMBUDSMAN_QUERY, actor)
        record = record_meant(case, given.record, again=bool(given.first_contact_on or given.query_on))
        refuse_problems(_query_problems(actor, case, record, given))
        columns = ("first_contact_on", "query_on", "query_due_on", "query_answered_on")
        fill_in(record, given, *columns, "their_reference", "category", "summary")
        _owe_answer(case, record)
        work.record(
            StepKey.OMBUDSMAN_QUERY,
            case,
            given.query_answered_on or given.query_on or given.first_contact_on or actor.today,
            from_status=case.status,
            details={name: day.isoformat() for name in columns if (day := getattr(given, name)) is not None},
        )
    return done(case)


def ombudsman_draft(actor: Actor, reference: str, given: OmbudsmanDraft, seen: int | None = None) -> StepResult:
    """Records the draft decision, and that the council's comments were sent. Raises StepNotAllowed, InvalidInput."""
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.OMBUDSMAN_DRAFT, actor)
        record = record_meant(case, given.record, again=False)
        refuse_problems(_draft_problems(actor, record, given))
        fill_in(record, given, "draft_decision_on", "draft_due_on", "draft_answered_on")
        _owe_comments(case, record, actor)
        work.record(
            StepKey.OMBUDSMAN_DRAFT,
            case,
            given.draft_answered_on or given.draft_decision_on or actor.today,
            from_status=case.status,
            reason=given.words,
            details={
                "draft": given.draft_decision_on.isoformat() if given.draft_decision_on else None,
                "comments_due": given.draft_due_on.isoformat() if given.draft_due_on else None,
                "comments_sent": given.draft_answered_on.isoformat() if given.draft_answered_on else None,
            },
        )
    return done(case)


def choose_ombudsman(actor: Actor, reference: str, given: OmbudsmanChoice, seen: int | None = None) -> StepResult:
    """Sets the Ombudsman to be named in the case's letters, or goes back to the usual one of its procedure.

    Existing deadlines stay. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.CHOOSE_OMBUDSMAN, actor)
        profile, key, problems = actor.register.profile, None, []
        if given.ombudsman_key is not None:
            try:
                key = profile.ombudsman(given.ombudsman_key).key
            except UnknownOmbudsman as error:
                problems.append(Problem("ombudsman_key", f"{error}."))
        usual = profile.usual_ombudsman(case.procedure, case.procedure_version)
        if usual is not None and key == usual.key:
            key = None
        if not problems and key == case.ombudsman_key:
            problems.append(Problem("ombudsman_key", "That is the Ombudsman of this case already."))
        if not given.reason:
            problems.append(Problem("reason", "Give the reason: what it is about that this Ombudsman looks at."))
        refuse_problems(problems)
        old, case.ombudsman_key = case.ombudsman_key, key
        work.record(
            StepKey.CHOOSE_OMBUDSMAN,
            case,
            actor.today,
            from_status=case.status,
            reason=given.reason,
            details={"from": old or (usual.key if usual else None), "to": key or (usual.key if usual else None)},
        )
    return done(case)


def comply(actor: Actor, reference: str, given: Compliance, seen: int | None = None) -> StepResult:
    """Records that everything agreed with the Ombudsman is done.

    Raises StepNotAllowed; InvalidInput while agreed redress is not done.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.COMPLIED, actor)
        owing = [record for record in case.ombudsman if owes_compliance(record)]
        record = owing[-1] if given.record is None else record_meant(case, given.record, again=False)
        agreed = [remedy for remedy in case.remedies if record.id is not None and remedy.ombudsman_id == record.id]
        problems = date_problems(
            "on",
            "The compliance",
            given.on,
            actor.today,
            not_before=max(
                (day for day in (record.decided_on, *(each.done_on for each in agreed)) if day), default=None
            ),
            before="the decision, or the last of what was agreed was done",
        )
        if record not in owing:
            problems.append(
                Problem("record", f"Approach {record.position} has nothing that is still to be complied with.")
            )
        if not agreed and not record.agreed:
            problems.append(
                Problem(
                    "record",
                    "Nothing that was agreed with them is on record: write it with the decision, or as redress.",
                )
            )
        if left := [str(each.position) for each in agreed if each.done_on is None]:
            problems.append(Problem("on", f"Redress {', '.join(left)} was agreed with them and is not done yet."))
        refuse_problems(problems)
        record.complied_on, record.status = given.on, OmbudsmanStatus.COMPLIED
        in_time = all(
            each.done_on is not None and (each.due_on is None or each.done_on <= each.due_on) for each in agreed
        )
        work.record(
            StepKey.COMPLIED,
            case,
            given.on,
            from_status=case.status,
            reason=given.words,
            details={"approach": record.position, "in_time": "yes" if in_time else "no"}
            if agreed
            else {"approach": record.position},
        )
    return done(case)


def _owe_comments(case: Case, record: OmbudsmanRecord, actor: Actor) -> None:
    """Adds or moves the deadline for comments on a draft decision; if they were sent, marks it as met or missed.

    It is the date in the Ombudsman's letter, or counted by the calendar days that the profile has for this Ombudsman.
    Without either there is no deadline.
    """
    assert record.draft_decision_on is not None
    ombudsman = ombudsman_of(case, actor)
    days = ombudsman.comments.days if ombudsman else None
    owed = draft_deadline(case, record)
    if record.draft_due_on is None and days is not None:
        record.draft_due_on = record.draft_decision_on + timedelta(days=days)
    if record.draft_due_on is None:
        return
    if owed is None:
        owed = fixed_deadline(DeadlineKind.OMBUDSMAN_REPLY, record.draft_due_on, record.draft_decision_on, DRAFT_RULE)
        owed.ombudsman = record
        case.deadlines.append(owed)
    owed.due_on = record.draft_due_on
    if record.draft_answered_on is not None and owed.state is not DeadlineState.CANCELLED:
        settle(owed, record.draft_answered_on)


def _owe_answer(case: Case, record: OmbudsmanRecord) -> None:
    """Adds or updates the deadline for the answer to the query, and settles it once answered."""
    owed = query_deadline(case, record)
    if owed is None and record.query_due_on is not None and record.decision is None:
        owed = fixed_deadline(
            DeadlineKind.OMBUDSMAN_REPLY, record.query_due_on, record.query_on or record.query_due_on, QUERY_RULE
        )
        owed.ombudsman = record
        case.deadlines.append(owed)
    if owed is None:
        return
    if record.query_due_on is not None:
        owed.due_on = record.query_due_on
    if record.query_answered_on is not None and owed.state is not DeadlineState.CANCELLED:
        settle(owed, record.query_answered_on)


def _query_problems(actor: Actor, case: Case, record: OmbudsmanRecord, given: OmbudsmanQuery) -> list[Problem]:
    if given == OmbudsmanQuery(record=given.record):
        return [
            Problem("query_on", "Give what came from the Ombudsman: the day of their first contact, or of their query.")
        ]
    contact = given.first_contact_on or record.first_contact_on
    asked, due_on = given.query_on or record.query_on, given.query_due_on
    problems = date_problems(
        "first_contact_on", "The first contact", contact, actor.today, not_before=case.received_on, before="the receipt"
    )
    problems += date_problems(
        "query_on",
        "Their query",
        asked,
        actor.today,
        not_before=contact or case.received_on,
        before="their first contact" if contact else "the receipt",
    )
    problems += date_problems(
        "query_answered_on", "The answer", given.query_answered_on, actor.today, not_before=asked, before="their query"
    )
    problems += due_problems("query_due_on", "The date their query states", due_on, actor)
    if asked is None and (given.query_answered_on or due_on):
        problems.append(Problem("query_on", "Give the day their query came first."))
    if asked is not None and due_on is not None and due_on < asked:
        problems.append(
            Problem("query_due_on", f"The date their query states ({long_date(due_on)}) is before it came.")
        )
    if contact is None and asked is None and record.received_on is None:
        problems.append(Problem("query_on", "Give the day of their first contact, or of their query."))
    received = record.received_on
    if received is not None and any(
        day is not None and day > received for day in (given.first_contact_on, given.query_on)
    ):
        problems.append(Problem("query_on", f"Their enquiry came on {long_date(received)}: a query comes before it."))
    return problems


def _draft_problems(actor: Actor, record: OmbudsmanRecord, given: OmbudsmanDraft) -> list[Problem]:
    drafted = given.draft_decision_on or record.draft_decision_on
    if drafted is None:
        return [Problem("draft_decision_on", "Give the day their draft decision came.")]
    if given == OmbudsmanDraft(record=given.record):
        return [Problem("draft_answered_on", "Give the day our comments went out, or write them.")]
    came = came_on(record)
    problems = date_problems(
        "draft_decision_on", "Their draft decision", drafted, actor.today, not_before=came, before="they first wrote"
    )
    problems += date_problems(
        "draft_answered_on",
        "The comments",
        given.draft_answered_on,
        actor.today,
        not_before=drafted,
        before="the draft",
    )
    problems += due_problems("draft_due_on", "The date for comments", given.draft_due_on, actor)
    if given.draft_due_on is not None and given.draft_due_on < drafted:
        problems.append(Problem("draft_due_on", "The date for comments is before the draft came."))
    if record.decided_on is not None and drafted > record.decided_on:
        problems.append(Problem("draft_decision_on", f"They decided on {long_date(record.decided_on)} already."))
    return problems
