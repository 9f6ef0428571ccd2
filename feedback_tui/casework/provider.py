"""Records the provider's part in a complaint about a registered adult social care provider.

Source: 2009 Regulations, reg 11 (in force from 1 October 2010, SI 2009/1768 reg 2; read second-hand). Its forerunner,
reg 10, was read in its text on 1 December 2026 and asks the same: the complainant is asked whether details may be sent,
they are sent, and the complainant is told which part the council handles itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    date_problems,
    due_problems,
    fixed_deadline,
    meet,
    refuse_problems,
    require,
)
from feedback_tui.casework.errors import Problem
from feedback_tui.enums import DeadlineKind, DeadlineState, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.inputs.provider import ProviderPart
from feedback_tui.rules.dates import long_date

K = DeadlineKind
_DAYS = ("asked_on", "answered_on", "sent_on", "told_on", "response_on")
_COLUMNS = (*_DAYS, "agreed", "sent_to", "kept")


def record_provider(actor: Actor, reference: str, given: ProviderPart, seen: int | None = None) -> StepResult:
    """Records what is known of the provider's part; what is left out stays as it is.

    The complainant's answer and the provider's are owed by their dates, where one is given. Raises StepNotAllowed, also
    for a procedure that is not under the 2009 Regulations; InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.PROVIDER, actor)
        new = {name: getattr(given, name) for name in _COLUMNS if _is_new(case, given, name)}
        refuse_problems(_problems(actor, case, given, new))
        for name, value in new.items():
            setattr(case, f"provider_{name}", value)
        _owe(case, K.PROVIDER_CONSENT, given.answer_due_on, case.provider_asked_on, "the complainant’s answer")
        _owe(case, K.PROVIDER_ANSWER, given.response_due_on, case.provider_sent_on, "the provider’s answer")
        if given.answered_on is not None:
            meet(case, (K.PROVIDER_CONSENT,), given.answered_on)
        if given.response_on is not None:
            meet(case, (K.PROVIDER_ANSWER,), given.response_on)
        days = {name.removesuffix("_on"): new.get(name) for name in _DAYS}
        work.record(
            StepKey.PROVIDER,
            case,
            max((day for day in days.values() if day), default=actor.today),
            from_status=case.status,
            details={
                **{name: day.isoformat() for name, day in days.items() if day},
                "agreed": {None: None, True: "yes", False: "no"}[new.get("agreed")],
                "to": new.get("sent_to"),
                "answer_due": given.answer_due_on.isoformat() if given.answer_due_on else None,
                "response_due": given.response_due_on.isoformat() if given.response_due_on else None,
            },
        )
    return done(case)


def _is_new(case: Case, given: ProviderPart, name: str) -> bool:
    """Returns whether `given` has a value for this field that differs from the case's."""
    value = getattr(given, name)
    return value not in (None, "") and value != getattr(case, f"provider_{name}")


def _owe(case: Case, kind: DeadlineKind, due_on: date | None, since: date | None, rule: str) -> None:
    """Adds the deadline for an expected answer, or moves it; its original date stays."""
    if due_on is None or since is None:
        return
    for deadline in case.deadlines:
        if deadline.kind is kind and deadline.state is DeadlineState.OPEN:
            deadline.due_on = due_on
            return
    case.deadlines.append(fixed_deadline(kind, due_on, since, rule))


def _problems(actor: Actor, case: Case, given: ProviderPart, new: Mapping[str, object]) -> list[Problem]:
    asked = given.asked_on or case.provider_asked_on
    answered = given.answered_on or case.provider_answered_on
    agreed = case.provider_agreed if given.agreed is None else given.agreed
    sent = given.sent_on or case.provider_sent_on
    problems: list[Problem] = []
    if not new and given.answer_due_on is None and given.response_due_on is None:
        problems.append(Problem("asked_on", "Say what was asked, answered, sent, told or received, and when."))
    received = (case.received_on, "the receipt")
    for field, what, day, (after, before) in (
        ("asked_on", "The question", given.asked_on, received),
        ("answered_on", "The answer", given.answered_on, (asked, "the question") if asked else received),
        ("sent_on", "The sending", given.sent_on, (answered, "the complainant’s answer") if answered else received),
        ("told_on", "The telling", given.told_on, received),
        ("response_on", "The provider’s answer", given.response_on, (sent, "the sending") if sent else received),
    ):
        problems += date_problems(field, what, day, actor.today, not_before=after, before=before)
    if given.answered_on is not None and asked is None:
        problems.append(Problem("asked_on", "Give the day on which the complainant was asked."))
    if (given.answered_on is None) is not (given.agreed is None):
        field = "agreed" if given.agreed is None else "answered_on"
        problems.append(Problem(field, "Say what the complainant answered, and on which day."))
    if given.sent_on is not None and agreed is not True:
        problems.append(Problem("sent_on", "Nothing is sent to the provider unless the complainant agrees (reg 11)."))
    if given.sent_on is not None and not (given.sent_to or case.provider_sent_to):
        problems.append(Problem("sent_to", "Name the provider that the details were sent to."))
    if given.response_on is not None and sent is None:
        problems.append(Problem("sent_on", "Give the day on which the details were sent to the provider."))
    kept, told_on = given.kept or case.provider_kept, given.told_on or case.provider_told_on
    if bool(kept) is not bool(told_on):
        field = "told_on" if kept else "kept"
        problems.append(Problem(field, "Say which part the council handles itself, and when they were told (reg 11)."))
    problems += _due(actor, "answer_due_on", given.answer_due_on, asked, "the complainant was asked", answered)
    done_on = given.response_on or case.provider_response_on
    return problems + _due(
        actor, "response_due_on", given.response_due_on, sent, "the details were sent to the provider", done_on
    )


def _due(
    actor: Actor, field: str, due_on: date | None, since: date | None, what: str, answered: date | None
) -> list[Problem]:
    """Returns what is wrong with the date by which an answer is due."""
    if due_on is None:
        return []
    if since is None:
        return [Problem(field, f"Give the day on which {what} first.")]
    problems = due_problems(field, "The date of the answer", due_on, actor)
    if due_on <= since:
        problems.append(Problem(field, f"That is not after the day on which {what} ({long_date(since)})."))
    if answered is not None:
        problems.append(Problem(field, f"The answer came on {long_date(answered)}: none is waited for."))
    return problems
