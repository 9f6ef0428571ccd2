"""What followed, behind a figure: the Ombudsman, redress, learning."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import and_, exists, func, or_

from feedback_tui.enums import OmbudsmanDecision
from feedback_tui.reports.counting.counted_cases import ACTION, CASE, LEARNING, OMBUDSMAN, REMEDY, STAGE
from feedback_tui.reports.counting.ombudsman import (
    agreed_with,
    came_in,
    decided_in,
    kept_in_time,
    promise_judged,
    replied_within,
    reply_judged,
    upheld_cases,
)
from feedback_tui.reports.drilldown import figure_query
from feedback_tui.reports.drilldown.figure_query import INVESTIGATED, Asked, Of
from feedback_tui.reports.drilldown.span_query import Asking
from feedback_tui.rules.findings import WELL_FOUNDED

TURNED_AWAY = [decision for decision in OmbudsmanDecision if not decision.investigated]


def ombudsman(asking: Asking, rest: str) -> Asked | list[Asked]:
    """Approaches to the Ombudsman, and how what was agreed is complied with."""
    record, base = OMBUDSMAN.c, figure_query.anything().each(Of.APPROACHES)
    received, decided = base.where(came_in(asking.span)), base.where(decided_in(asking.span))
    name, _, word = rest.partition(".")
    match rest:
        case "received":
            return received
        case "not_accepted":
            return received.where(record.decision.in_(TURNED_AWAY))
        case "investigated":
            return received.where(or_(record.decision.is_(None), record.decision.not_in(TURNED_AWAY)))
        case "awaiting":
            return received.where(record.decision.is_(None))
        case "upheld":
            return decided.where(record.decision == OmbudsmanDecision.UPHELD)
        case "upheld_of":
            return decided.where(record.decision.in_([OmbudsmanDecision.UPHELD, OmbudsmanDecision.NOT_UPHELD]))
        case "replies.within":
            return received.where(reply_judged(asking.as_of), replied_within())
        case "replies.of":
            return received.where(reply_judged(asking.as_of))
        case _ if name == "decided":
            return decided.where(record.decision == OmbudsmanDecision(word))
        case _ if name == "compliance":
            return [_agreed(asking, word, Of.ACTIONS), _agreed(asking, word, Of.REMEDIES)]
        case _:
            raise ValueError(rest)


def _agreed(asking: Asking, word: str, of: Of) -> Asked:
    """What was agreed with upheld decisions, on their cases."""
    agreed = ACTION if of is Of.ACTIONS else REMEDY
    upheld = upheld_cases(asking.span)
    since = exists().where(agreed_with(agreed, upheld, asking.span))
    judged = promise_judged(agreed, asking.as_of)
    return (
        figure_query.anything()
        .each(of)
        .where(since, {"within": and_(judged, kept_in_time(agreed)), "of": judged}[word])
    )


def remedies(asking: Asking, rest: str) -> Asked:
    """Redress on the complaint cases."""
    name, _, word = rest.partition(".")
    base = asking.received().each(Of.REMEDIES)
    match name:
        case "by_type":
            return base.where(REMEDY.c.kind.in_(asking.spellings((REMEDY.c.kind,), word)))
        case "not_recorded" if word == "by_type":
            return base.where(REMEDY.c.kind.is_(None))
        case "with_amount":
            return base.where(REMEDY.c.amount_pence > 0)
        case "done" if word in ("within", "of"):
            judged = promise_judged(REMEDY, asking.as_of)
            due = base.where(REMEDY.c.due_on.is_not(None), judged)
            return due if word == "of" else due.where(kept_in_time(REMEDY))
        case _:
            raise ValueError(rest)


def learning(asking: Asking, rest: str) -> Asked:
    """Learning from the complaint cases, and its actions."""
    base, learned = asking.received(), exists().where(LEARNING.c.case_id == CASE.c.id)
    upheld = base.where(INVESTIGATED, STAGE.c.outcome.in_(WELL_FOUNDED))
    points, actions = base.each(Of.LEARNING), base.each(Of.ACTIONS)
    overdue = and_(ACTION.c.done_on.is_(None), ACTION.c.due_on < asking.as_of)
    name, _, word = rest.partition(".")
    ways: dict[str, Callable[[], Asked]] = {
        "cases": lambda: base.where(learned),
        "of_upheld.cases": lambda: upheld.where(learned),
        "of_upheld.of": lambda: upheld,
        "actions.due": lambda: actions,
        "actions.done": lambda: actions.where(ACTION.c.done_on.is_not(None)),
        "actions.open": lambda: actions.where(ACTION.c.done_on.is_(None), ~func.coalesce(overdue, False)),
        "actions.overdue": lambda: actions.where(overdue),
        "not_recorded.by_area": lambda: points.where(LEARNING.c.area.is_(None)),
    }
    if name == "by_area":
        return points.where(LEARNING.c.area.in_(asking.spellings((LEARNING.c.area,), word)))
    return ways[rest]()
