"""What followed from complaints: redress, learning, actions."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import exists, func

from feedback_tui.reports.counting.counted_cases import ACTION, CASE, LEARNING, REMEDY, STAGE
from feedback_tui.reports.counting.ombudsman import kept_in_time, promise_judged
from feedback_tui.reports.declarations.complaints import CASES, INVESTIGATIONS
from feedback_tui.reports.declarations.declaration import Block, Division, Figure, Measure, Population, where
from feedback_tui.reports.declarations.figure_query import Of
from feedback_tui.rules.findings import WELL_FOUNDED

REMEDIES_AGREED = Population("redress on complaint cases received", lambda asking: asking.received().each(Of.REMEDIES))
ALL_REMEDIES = Figure(
    "remedies", "Redress", REMEDIES_AGREED, value=lambda remedies: remedies.by_type.base, in_json=False
)
BY_TYPE = Division(
    "by_type",
    "Redress",
    ALL_REMEDIES,
    "Redress",
    lambda asking, asked, word: asked.where(REMEDY.c.kind.in_(asking.spellings((REMEDY.c.kind,), word))),
    lacking=where(REMEDY.c.kind.is_(None)),
)
PAID = Figure(
    "paid",
    "Paid, in pounds",
    ALL_REMEDIES,
    value=lambda found: Decimal(found.paid_pence).scaleb(-2),
    measure=Measure.AMOUNT,
)
WITH_AMOUNT = Figure(
    "with_amount",
    "With an amount",
    ALL_REMEDIES,
    where(REMEDY.c.amount_pence > 0),
    in_json=False,
    printed=False,
)
REMEDIES_DUE = Figure(
    "of",
    "Given or overdue",
    ALL_REMEDIES,
    lambda asking, asked: asked.where(REMEDY.c.due_on.is_not(None), promise_judged(REMEDY, asking.as_of)),
)
REMEDIES_IN_TIME = Figure("within", "In time", REMEDIES_DUE, where(kept_in_time(REMEDY)))
REMEDIES_DONE = Block("done", lambda remedies: remedies.done, (REMEDIES_IN_TIME, REMEDIES_DUE))
REMEDIES = Block(
    "remedies", lambda figures: figures.remedies, (BY_TYPE, PAID, REMEDIES_DONE, ALL_REMEDIES, WITH_AMOUNT)
)

_LEARNED = exists().where(LEARNING.c.case_id == CASE.c.id)
LEARNING_CASES = Figure("cases", "Complaint cases with learning", CASES, where(_LEARNED))
UPHELD = Figure(
    "of",
    "Upheld or partly upheld",
    INVESTIGATIONS,
    where(STAGE.c.outcome.in_(WELL_FOUNDED)),
    lambda learning: learning.upheld,
)
UPHELD_LEARNED = Figure(
    "cases", "Upheld or partly upheld, with learning", UPHELD, where(_LEARNED), lambda learning: learning.upheld_cases
)
OF_UPHELD = Block("of_upheld", lambda learning: learning, (UPHELD_LEARNED, UPHELD))

POINTS_OF_LEARNING = Population(
    "points of learning from complaint cases received", lambda asking: asking.received().each(Of.LEARNING)
)
ALL_POINTS = Figure(
    "points", "Points of learning", POINTS_OF_LEARNING, value=lambda learning: learning.by_area.base, in_json=False
)
BY_AREA = Division(
    "by_area",
    "Points of learning by area",
    ALL_POINTS,
    "Area",
    lambda asking, asked, word: asked.where(LEARNING.c.area.in_(asking.spellings((LEARNING.c.area,), word))),
    lacking=where(LEARNING.c.area.is_(None)),
)

ACTIONS_AGREED = Population("actions from complaint cases received", lambda asking: asking.received().each(Of.ACTIONS))
ACTIONS_DUE = Figure("due", "Actions", ACTIONS_AGREED)
ACTIONS_DONE = Figure("done", "Done", ACTIONS_DUE, where(ACTION.c.done_on.is_not(None)))
ACTIONS_OVERDUE = Figure(
    "overdue",
    "Overdue",
    ACTIONS_DUE,
    lambda asking, asked: asked.where(ACTION.c.done_on.is_(None), ACTION.c.due_on < asking.as_of),
)
ACTIONS_OPEN = Figure(
    "open",
    "Still in time, or without a date",
    ACTIONS_DUE,
    lambda asking, asked: asked.where(
        ACTION.c.done_on.is_(None), ~func.coalesce(ACTION.c.due_on < asking.as_of, False)
    ),
    lambda actions: actions.due - actions.done - actions.overdue,
    in_json=False,
)
ACTIONS = Block(
    "actions", lambda learning: learning.actions, (ACTIONS_DUE, ACTIONS_DONE, ACTIONS_OVERDUE, ACTIONS_OPEN)
)
LEARNING_AND_ACTIONS = Block(
    "learning", lambda figures: figures.learning, (LEARNING_CASES, OF_UPHELD, BY_AREA, ACTIONS, ALL_POINTS)
)
