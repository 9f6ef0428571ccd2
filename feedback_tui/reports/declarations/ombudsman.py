"""What went to the Ombudsman, and how the council kept to it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import ColumnElement, Table, or_

from feedback_tui.enums import OmbudsmanDecision
from feedback_tui.reports.counting.counted_cases import ACTION, OMBUDSMAN, REMEDY
from feedback_tui.reports.counting.ombudsman import (
    agreed_with_upheld,
    came_in,
    decided_in,
    kept_in_time,
    promise_judged,
    replied_within,
    reply_judged,
)
from feedback_tui.reports.declarations import figure_query
from feedback_tui.reports.declarations.declaration import Block, Division, Figure, Measure, Plain, Population, where
from feedback_tui.reports.declarations.figure_query import Asked, Of
from feedback_tui.reports.declarations.numbers import Number, Piece
from feedback_tui.reports.declarations.span_query import Asking
from feedback_tui.reports.figure_rows import Decided

_RECORD = OMBUDSMAN.c
_TURNED_AWAY = [decision for decision in OmbudsmanDecision if not decision.investigated]


def _approaches(when: Callable[[Asking], ColumnElement[bool]]) -> Callable[[Asking], Asked]:
    """Returns the query for approaches about cases of the scope, whenever those cases were received."""
    return lambda asking: figure_query.anything().but(asking.scope).each(Of.APPROACHES).where(when(asking))


APPROACHES = Population("approaches to the Ombudsman", _approaches(lambda asking: came_in(asking.span)))
RECEIVED = Figure("received", "All", APPROACHES)
NOT_ACCEPTED = Figure("not_accepted", "Not accepted", RECEIVED, where(_RECORD.decision.in_(_TURNED_AWAY)))
INVESTIGATED = Figure(
    "investigated",
    "Taken for investigation",
    RECEIVED,
    where(or_(_RECORD.decision.is_(None), _RECORD.decision.not_in(_TURNED_AWAY))),
)
AWAITING = Figure("awaiting", "Awaiting a decision", INVESTIGATED, where(_RECORD.decision.is_(None)))
DECISIONS_MADE = Population("decisions of the Ombudsman", _approaches(lambda asking: decided_in(asking.span)))
DECISIONS = Figure(
    "decisions_made",
    "Decisions of the Ombudsman",
    DECISIONS_MADE,
    value=lambda found: sum(found.decided.values()),
    in_json=False,
)
DECIDED = Division(
    "decided",
    "Decisions of the Ombudsman",
    DECISIONS,
    "Decision",
    lambda asking, asked, word: asked.where(_RECORD.decision == OmbudsmanDecision(word)),
)
UPHELD_OF = Figure(
    "upheld_of",
    "Decided upheld or not upheld",
    DECISIONS,
    where(_RECORD.decision.in_([OmbudsmanDecision.UPHELD, OmbudsmanDecision.NOT_UPHELD])),
    lambda found: found.upheld_or_not,
)
UPHELD = Figure("upheld", "Upheld", UPHELD_OF, where(_RECORD.decision == OmbudsmanDecision.UPHELD))

REPLIES = Figure(
    "of", "Replies to the Ombudsman", RECEIVED, lambda asking, asked: asked.where(reply_judged(asking.as_of))
)
REPLIED_IN_TIME = Figure("within", "In time", REPLIES, where(replied_within()))
REPLIED = Block("replies", lambda ombudsman: ombudsman.replies, (REPLIED_IN_TIME, REPLIES))


def _agreed(asking: Asking) -> list[Asked]:
    """Returns the queries for actions, then redress, agreed with upheld decisions and done or overdue."""
    return [
        figure_query.anything()
        .each(of)
        .where(agreed_with_upheld(table, asking.span), promise_judged(table, asking.as_of))
        for of, table in ((Of.ACTIONS, ACTION), (Of.REMEDIES, REMEDY))
    ]


def _kept(asking: Asking, asked: Asked) -> Asked:
    table: Table = ACTION if asked.of is Of.ACTIONS else REMEDY
    return asked.where(kept_in_time(table))


AGREED_WITH_DECISIONS = Population("actions and redress agreed with upheld decisions, done or overdue", _agreed)
AGREED = Figure("of", "Actions and redress agreed with upheld decisions", AGREED_WITH_DECISIONS)
KEPT_IN_TIME = Figure("within", "In time", AGREED, _kept)
COMPLIANCE = Block("compliance", lambda ombudsman: ombudsman.compliance, (KEPT_IN_TIME, AGREED))

AGREED_AMOUNT = Figure("amount", "Redress agreed, in pounds", measure=Measure.AMOUNT, in_json=False)
AGREED_ACTIONS = Figure("actions", "Actions agreed", in_json=False)
AGREED_DONE = Figure("done", "Actions agreed and done", in_json=False)


def agreed_in_short(one: Decided, place: int = 0) -> list[Piece]:
    """Returns what was agreed with a decision, in pieces: ``payment £200.00``, ``2 actions, 1 done``.

    `place` is the index of the decision in its table.
    """
    agreed, key = one.counted, f"ombudsman.decisions.{place}"
    parts: list[Piece] = []
    for kind, pence in agreed.remedies:
        pounds = Decimal(pence).scaleb(-2)
        number = Number(pounds, f"{key}.amount.{kind}", AGREED_AMOUNT, listed=False)
        words = kind or "redress"
        parts.append(Piece(f"{words} £{pounds:,.2f}", (number,), words) if pence else Piece(words))
    if agreed.actions:
        numbers = (
            Number(agreed.actions, f"{key}.actions", AGREED_ACTIONS, listed=False),
            Number(agreed.done, f"{key}.done", AGREED_DONE, listed=False),
        )
        noun = "action" if agreed.actions == 1 else "actions"
        parts.append(Piece(f"{agreed.actions} {noun}, {agreed.done} done", numbers, "actions"))
    return parts


WENT_TO_THE_OMBUDSMAN = Block(
    "ombudsman",
    lambda figures: figures.ombudsman,
    (
        RECEIVED,
        NOT_ACCEPTED,
        INVESTIGATED,
        AWAITING,
        DECIDED,
        UPHELD,
        UPHELD_OF,
        REPLIED,
        COMPLIANCE,
        DECISIONS,
        Plain(
            "decisions",
            lambda ombudsman: [
                {
                    "complaint": one.complaint,
                    "decision": one.decision,
                    "agreed": one.agreed or "; ".join(piece.words for piece in agreed_in_short(one)),
                }
                for one in ombudsman.decisions
            ],
        ),
    ),
)
