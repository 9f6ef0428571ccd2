"""Complaint cases: the results of stage 1, the divisions (by team and so on), the endings, and each group of
procedures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import and_, exists

from feedback_tui.desk.filters.case_filter import CaseFilter
from feedback_tui.enums import ClosingReason
from feedback_tui.reports.counting.counted_cases import CASE, LATER_STAGES, POINT, STAGE
from feedback_tui.reports.counting.points import PATH
from feedback_tui.reports.counting.reopened import answered_since, reopened
from feedback_tui.reports.declarations import figure_query
from feedback_tui.reports.declarations.declaration import (
    Block,
    Crossed,
    Dimension,
    Division,
    Each,
    Figure,
    Measure,
    where,
)
from feedback_tui.reports.declarations.figure_query import (
    CLOSED,
    INVESTIGATED,
    NOT_INVESTIGATED,
    Asked,
    at_stage,
    column_of,
    ended,
)
from feedback_tui.reports.declarations.span_query import OPEN_WORDS, Asking, under
from feedback_tui.reports.declarations.timeliness import COMPLAINT_CASES, RESPONDED, TIMELINESS
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
REOPENED = Figure("reopened", "Reopened", CASES, lambda asking, asked: asked.where(reopened(asking.as_of)))
ANSWERED_SINCE = Figure(
    "answered_since",
    "Answered since they were reopened",
    REOPENED,
    lambda asking, asked: asked.where(answered_since(asking.as_of)),
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
        REOPENED,
        ANSWERED_SINCE,
        *CUTS.values(),
        WITH_PROVIDER,
    ),
)


def _by_outcome(key: str, words: str, of: Figure, number: int, counts: Callable[[Any], Counts]) -> Division:
    def ended_so(asking: Asking, asked: Asked, word: str) -> Asked:
        return asked.where(at_stage(number, ended(word, column_of(number, "outcome"))))

    return Division(key, words, of, "Outcome", ended_so, counts)


def _reached(number: int) -> Figure:
    """The figure of the cases that came to a stage after the first."""
    key, words = ("reviews", "Reviews") if number == 2 else (f"reached_stage_{number}", f"Came to Stage {number}")
    return Figure(key, words, CASES, where(at_stage(number)), lambda outcomes: outcomes.reached[number])


REACHED = {1: INVESTIGATIONS} | {number: _reached(number) for number in LATER_STAGES}
"""What has an outcome at each stage: the investigations at stage 1, the cases that came to a later one."""
STAGE_OUTCOMES = {
    number: _by_outcome(
        f"stage_{number}",
        f"Outcomes at {'stage' if number == 1 else 'Stage'} {number}",
        of,
        number,
        lambda outcomes, number=number: outcomes.stages[number],  # type: ignore[misc]
    )
    for number, of in REACHED.items()
}
STAGE_2_REFUSED = Figure(
    "stage_2_refused",
    "Stage 2 asked for and refused",
    CASES,
    where(STAGE.c.next_stage_refused_on.is_not(None)),
)
OUTCOMES_BY_PROCEDURE = Crossed(
    "by_procedure",
    "Outcomes by procedure",
    CUTS[By.PROCEDURE],
    STAGE_OUTCOMES[1],
    lambda outcomes: outcomes.by_procedure,
)
OUTCOMES_BY_TEAM = Crossed(
    "by_team",
    "Outcomes by team",
    CUTS[By.TEAM],
    STAGE_OUTCOMES[1],
    lambda outcomes: outcomes.by_team,
    lambda outcomes: outcomes.without_team,
)
OUTCOMES_BY_PROVIDER = Crossed(
    "by_provider",
    "Outcomes by provider",
    CUTS[By.PROVIDER],
    STAGE_OUTCOMES[1],
    lambda outcomes: outcomes.by_provider,
    lambda outcomes: outcomes.without_provider,
)
OUTCOMES = Block(
    "outcomes",
    lambda figures: figures.outcomes,
    (
        *STAGE_OUTCOMES.values(),
        *(REACHED[number] for number in LATER_STAGES),
        STAGE_2_REFUSED,
        OUTCOMES_BY_PROCEDURE,
        OUTCOMES_BY_TEAM,
        OUTCOMES_BY_PROVIDER,
    ),
)

ANSWERED_WITH_DAYS = Figure(
    "with_days", "With working days on record", RESPONDED, where(STAGE.c.working_days_taken.is_not(None))
)
AVERAGE_DAYS = Figure("average_working_days", "Average days", ANSWERED_WITH_DAYS, measure=Measure.AVERAGE)


def _answered_by(by: By, key: str) -> Each:
    return Each(
        key,
        lambda figures: getattr(figures, key),
        lambda asking: asking.words(by),
        lambda asking, name: asking.named(by, name),
        (RESPONDED, ANSWERED_WITH_DAYS, AVERAGE_DAYS),
        CUTS[by],
    )


TEAMS, PROVIDERS = _answered_by(By.TEAM, "teams"), _answered_by(By.PROVIDER, "providers")
"""The first responses at stage 1 by team, and by provider."""


def _of_group(asking: Asking, name: str) -> CaseFilter:
    return under(procedure.key for procedure in asking.profile.procedures if procedure.group == name)


GROUP_OUTCOMES = _by_outcome("outcomes", "Outcomes at stage 1", INVESTIGATIONS, 1, lambda group: group.outcomes)
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
