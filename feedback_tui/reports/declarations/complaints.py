"""Complaint cases: the results of stage 1, the divisions (by team and so on), the endings, and each group of
procedures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, exists

from feedback_tui.desk.filters.case_filter import CaseFilter
from feedback_tui.enums import ClosingReason, Outcome
from feedback_tui.reports.counting.counted_cases import CASE, POINT, STAGE
from feedback_tui.reports.counting.points import PATH
from feedback_tui.reports.declarations import figure_query
from feedback_tui.reports.declarations.declaration import (
    Block,
    Crossed,
    Dimension,
    Division,
    Each,
    Figure,
    Population,
    where,
)
from feedback_tui.reports.declarations.figure_query import (
    CLOSED,
    INVESTIGATED,
    NOT_INVESTIGATED,
    REVIEW,
    Asked,
    Of,
    ended,
)
from feedback_tui.reports.declarations.span_query import OPEN_WORDS, Asking, under
from feedback_tui.reports.declarations.timeliness import COMPLAINT_CASES, TIMELINESS
from feedback_tui.reports.figure_rows import By, Counts

CASES = Figure("cases", "Complaint cases", COMPLAINT_CASES)
INVESTIGATIONS = Figure("investigations", "Investigated", CASES, where(INVESTIGATED))
NEVER_INVESTIGATED = Figure(
    "never_investigated",
    "Closed without an investigation",
    CASES,
    where(NOT_INVESTIGATED, CLOSED),
    lambda complaints: complaints.not_investigated.base,
    in_json=False,
)
NO_REASON = and_(CASE.c.closing_reason.is_(None), STAGE.c.outcome.is_(None))
BY_REASON = Division(
    "not_investigated",
    "Closed without an investigation",
    NEVER_INVESTIGATED,
    "Because",
    lambda asking, asked, word: asked.where(figure_query.not_investigated_because(word)),
    lacking=where(NO_REASON),
    nothing="no reason recorded",
)
NOT_ACCEPTED = Figure(
    "not_accepted",
    "Not accepted",
    NEVER_INVESTIGATED,
    where(CASE.c.closing_reason == ClosingReason.NOT_ACCEPTED),
    lambda complaints: complaints.refused.base,
    in_json=False,
)
BY_REFUSAL = Division(
    "refused",
    "Not accepted, by reason",
    NOT_ACCEPTED,
    "Because",
    lambda asking, asked, word: asked.where(figure_query.refused(word)),
    lacking=where(figure_query.refused(None)),
    nothing="No reason recorded",
    one="reason for not accepting it",
)
NOT_YET_INVESTIGATED = Figure(
    "not_yet_investigated", "Open, not investigated so far", CASES, where(NOT_INVESTIGATED, ~CLOSED)
)


def _by(by: By, thing: str, dimension: Dimension, nothing: str = "Not recorded", one: str = "") -> Division:
    return Division(
        by.value,
        f"Complaint cases by {thing.casefold()}",
        CASES,
        thing,
        lambda asking, asked, word: asking.cut(by, word, asked),
        lambda row: row.by[by],
        lambda asking, asked: asking.without(by, asked),
        nothing,
        one,
        dimension,
    )


CUTS = {
    By.PROCEDURE: _by(By.PROCEDURE, "Procedure", Dimension.PARTITION, "Not settled yet"),
    By.TEAM: _by(By.TEAM, "Team", Dimension.SEVERAL_VALUED),
    By.PROVIDER: _by(By.PROVIDER, "Provider", Dimension.SEVERAL_VALUED, "No provider named"),
    By.CATEGORY: _by(By.CATEGORY, "Category", Dimension.SEVERAL_VALUED),
    By.SUBCATEGORY: _by(By.SUBCATEGORY, "Sub-category", Dimension.SEVERAL_VALUED, "No sub-category"),
    By.THEME: _by(By.THEME, "Theme", Dimension.SEVERAL_VALUED),
    By.CHANNEL: _by(By.CHANNEL, "Channel", Dimension.PARTITION),
    By.CORRESPONDENT: _by(By.CORRESPONDENT, "Complainant", Dimension.SEVERAL_VALUED, one="complainant's role"),
}

_NAMING_ONE = and_(POINT.c.case_id == CASE.c.id, POINT.c.provider.is_not(None))
_THEIR_PATH = POINT.c.category + PATH + POINT.c.subcategory


def _of_provider(asking: Asking, asked: Asked, word: str) -> Asked:
    written = asking.spellings(OPEN_WORDS[By.SUBCATEGORY], word)
    return asked.where(exists().where(_NAMING_ONE, _THEIR_PATH.in_(written)))


PROVIDER_CASES = Figure(
    "cases",
    "Complaint cases that name a provider",
    CASES,
    where(exists().where(_NAMING_ONE)),
    lambda cut: cut.base,
)
PROVIDER_SUBCATEGORIES = Division(
    "by_subcategory",
    "Complaints about providers by sub-category",
    PROVIDER_CASES,
    "Sub-category",
    _of_provider,
    lambda cut: cut,
    where(~exists().where(_NAMING_ONE, _THEIR_PATH.is_not(None))),
    "No sub-category",
    dimension=Dimension.SEVERAL_VALUED,
)
WITH_PROVIDER = Block(
    "with_provider",
    lambda complaints: complaints.provider_subcategories,
    (PROVIDER_CASES, PROVIDER_SUBCATEGORIES),
)
COMPLAINTS = Block(
    "complaints",
    lambda figures: figures.complaints,
    (
        CASES,
        INVESTIGATIONS,
        NEVER_INVESTIGATED,
        BY_REASON,
        NOT_ACCEPTED,
        BY_REFUSAL,
        NOT_YET_INVESTIGATED,
        *CUTS.values(),
        WITH_PROVIDER,
    ),
)


def _by_outcome(
    key: str,
    words: str,
    of: Population | Figure,
    counts: Callable[[Any], Counts] | None = None,
    column: ColumnElement[Outcome | None] = STAGE.c.outcome,
) -> Division:
    return Division(key, words, of, "Outcome", lambda asking, asked, word: asked.where(ended(word, column)), counts)


ALL_REVIEWS = Population("reviews of complaint cases received", lambda asking: asking.received().each(Of.REVIEWS))
STAGE_1_OUTCOMES = _by_outcome("stage_1", "Outcomes at stage 1", INVESTIGATIONS)
REVIEWS = Figure("reviews", "Reviews", ALL_REVIEWS)
STAGE_2_OUTCOMES = _by_outcome("stage_2", "Outcomes at Stage 2", REVIEWS, column=REVIEW.c.outcome)
STAGE_2_REFUSED = Figure(
    "stage_2_refused",
    "Stage 2 asked for and refused",
    CASES,
    where(STAGE.c.next_stage_refused_on.is_not(None)),
    by_query=True,
)
OUTCOMES_BY_PROCEDURE = Crossed(
    "by_procedure",
    "Outcomes by procedure",
    CUTS[By.PROCEDURE],
    STAGE_1_OUTCOMES,
    lambda outcomes: outcomes.by_procedure,
)
OUTCOMES_BY_TEAM = Crossed(
    "by_team",
    "Outcomes by team",
    CUTS[By.TEAM],
    STAGE_1_OUTCOMES,
    lambda outcomes: outcomes.by_team,
    lambda outcomes: outcomes.without_team,
)
OUTCOMES = Block(
    "outcomes",
    lambda figures: figures.outcomes,
    (STAGE_1_OUTCOMES, STAGE_2_OUTCOMES, REVIEWS, STAGE_2_REFUSED, OUTCOMES_BY_PROCEDURE, OUTCOMES_BY_TEAM),
)


def _of_group(asking: Asking, name: str) -> CaseFilter:
    return under(procedure.key for procedure in asking.profile.procedures if procedure.group == name)


GROUP_OUTCOMES = _by_outcome("outcomes", "Outcomes at stage 1", INVESTIGATIONS)
GROUP_TIMELINESS = Block("", lambda group: group.stage_1, TIMELINESS)
GROUPS = Each(
    "groups",
    lambda figures: figures.groups,
    lambda asking: {procedure.group for procedure in asking.profile.procedures},
    _of_group,
    (
        CASES,
        INVESTIGATIONS,
        *CUTS.values(),
        GROUP_OUTCOMES,
        GROUP_TIMELINESS,
    ),
)
"""Each group of procedures by itself."""
