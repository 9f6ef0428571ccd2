"""Cases that make a year's figures uncertain, to check before publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlmodel import col

from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.desk.tables import CASE
from feedback_tui.enums import Kind, LearningSaid, Outcome, Status
from feedback_tui.models.case import Case, ComplaintPoint, Stage
from feedback_tui.rules.months import Span
from feedback_tui.storage.register import Register


@dataclass(frozen=True)
class Wobble:
    """One thing about one case that makes a figure uncertain."""

    reference: str
    what: str
    kind: Kind
    received_on: date
    status: Status
    summary: str


def wobbles(register: Register, span: Span, today: date) -> list[Wobble]:
    """Returns what is missing or inconsistent in the cases received in `span` that the reader may open, by kind of
    problem, then by reference. Void cases are left out."""
    complaint = col(Case.kind) == Kind.COMPLAINT
    point = exists().where(col(ComplaintPoint.case_id) == col(Case.id))
    answered = col(Stage.responded_on).is_not(None)
    upheld = col(Stage.outcome).in_([Outcome.UPHELD, Outcome.PARTLY_UPHELD])
    asked: list[tuple[str, ColumnElement[bool]]] = [
        ("no team", ~point.where(col(ComplaintPoint.team).is_not(None))),
        ("no category", and_(complaint, ~point.where(col(ComplaintPoint.category).is_not(None)))),
        ("no procedure", and_(complaint, col(Case.procedure).is_(None), col(Case.closing_reason).is_(None))),
        ("no channel", and_(complaint, col(Case.channel).is_(None))),
        ("never acknowledged", and_(complaint, col(Case.acknowledged_on).is_(None))),
        ("answered, but no outcome", and_(complaint, answered, col(Stage.outcome).is_(None))),
        (
            "upheld or partly upheld, and learning not said",
            and_(
                complaint,
                upheld,
                or_(col(Case.learning_said).is_(None), col(Case.learning_said) == LearningSaid.AWAITED),
            ),
        ),
        (
            "investigation never started, and not closed",
            and_(
                complaint,
                col(Stage.investigation_started_on).is_(None),
                ~answered,
                col(Case.closed_on).is_(None),
            ),
        ),
        (
            "closed without a response or a reason",
            and_(complaint, ~answered, col(Case.closed_on).is_not(None), col(Case.closing_reason).is_(None)),
        ),
        ("acknowledged before it was received", col(Case.acknowledged_on) < col(Case.received_on)),
        ("answered before it was received", col(Stage.responded_on) < col(Case.received_on)),
        ("a date after today", or_(col(Case.received_on) > today, col(Stage.responded_on) > today)),
    ]
    found: list[Wobble] = []
    with register.reading() as session:
        for what, wrong in asked:
            cases = session.execute(
                select(
                    *map(col, (Case.reference, Case.kind, Case.received_on, Case.status)),
                    CASE.c.summary,
                )
                .join(Stage, and_(col(Stage.case_id) == col(Case.id), col(Stage.number) == 1))
                .where(
                    col(Case.received_on).between(span.start, span.end),
                    col(Case.status) != Status.VOID,
                    wrong,
                    open_to_reader(),
                )
                .order_by(col(Case.reference_key)),
                reader_value(register.reader),
            )
            found += [Wobble(reference, what, *case) for reference, *case in cases]
    return found
