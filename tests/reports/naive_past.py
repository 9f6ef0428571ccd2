"""A case as it stood on a past day, field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from feedback_tui.enums import Outcome, Status
from tests.reports.building import Agreed, Approach, Given


def stood(case: Given, day: date) -> Given:
    """The case as it stood at the end of `day`; one that had not come in is logged in error, and so counts nowhere."""

    def by(on: date | None) -> date | None:
        return on if on and on <= day else None

    def approach(one: Approach) -> Approach:
        came = one.received_on or one.decided_on
        if came and came > day:
            return Approach(None)
        return Approach(
            by(one.received_on),
            None if one.received_on and one.received_on > day else one.due_on,
            by(one.responded_on),
            by(one.decided_on),
            None if one.decided_on and one.decided_on > day else one.decision,
            by(one.draft_on),
        )

    def outcome(found: Outcome | None, answered: date | None) -> Outcome | None:
        later = answered > day if answered else closed_later
        return None if later else found

    def agreed(some: tuple[Agreed, ...]) -> tuple[Agreed, ...]:
        found = []
        for one in some:
            set_on = one.set_on if one.due_on else None
            agreed_on = set_on or case.responded_on
            if not (agreed_on and agreed_on > day):
                found.append(replace(one, done_on=by(one.done_on), offered_on=by(one.offered_on)))
        return tuple(found)

    if case.received_on > day:
        return case.but(status=Status.VOID, approaches=tuple(Approach(None) for _ in case.approaches))
    closed_later = case.closed_on is not None and case.closed_on > day
    status = case.status
    if status is Status.CLOSED and closed_later:
        status = Status.LOGGED
    late = case.responded_on is not None and case.responded_on > day
    return case.but(
        status=status,
        closed_on=by(case.closed_on),
        closing_reason=None if closed_later else case.closing_reason,
        not_accepted=None if closed_later else case.not_accepted,
        acknowledged_on=by(case.acknowledged_on),
        started_on=by(case.started_on),
        responded_on=by(case.responded_on),
        working_days=None if late else case.working_days,
        outcome=outcome(case.outcome, case.responded_on),
        review_outcome=outcome(case.review_outcome, case.review_responded_on),
        review_responded_on=by(case.review_responded_on),
        review_working_days=None
        if case.review_responded_on and case.review_responded_on > day
        else case.review_working_days,
        reopenings=tuple(one for one in case.reopenings if one.on <= day),
        reopened_on=by(case.reopened_on),
        answered_again_on=by(case.answered_again_on),
        review_answered_again_on=by(case.review_answered_again_on),
        extended=case.extended and not (case.told_on and case.told_on > day),
        approaches=tuple(map(approach, case.approaches)),
        remedies=agreed(case.remedies),
        actions=agreed(case.actions),
        learning=() if late else case.learning,
    )
