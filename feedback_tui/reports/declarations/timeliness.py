"""Acknowledgements, extensions, and responses in time."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, Subquery, exists, func

from feedback_tui.desk.filters.case_filter import CaseFilter
from feedback_tui.reports.counting.counted_cases import CASE, EXTENSION, STAGE
from feedback_tui.reports.counting.feedback import first_of, quarter_label
from feedback_tui.reports.counting.timeliness import (
    acknowledged_within,
    acknowledgement_judged,
    band_labels,
    judged_acknowledgements,
    judged_responses,
    only_as_extended,
    told_in_time,
)
from feedback_tui.reports.declarations.declaration import (
    Block,
    Division,
    Each,
    Figure,
    Measure,
    Narrow,
    Population,
    everything,
    where,
)
from feedback_tui.reports.declarations.figure_query import Asked, Of
from feedback_tui.reports.declarations.span_query import Asking, among, under
from feedback_tui.rules.months import months_of

COMPLAINT_CASES = Population("complaint cases received", Asking.received)


def _acknowledged(asking: Asking, asked: Asked) -> Asked:
    judged = judged_acknowledgements(asking.span, asking.as_of)
    return asked.where(among(judged, acknowledgement_judged(judged, asking.as_of)))


def _in_time(asking: Asking, asked: Asked) -> Asked:
    judged = judged_acknowledgements(asking.span, asking.as_of)
    return asked.where(among(judged, acknowledged_within(judged)))


def _late(asking: Asking, asked: Asked) -> Asked:
    judged = judged_acknowledgements(asking.span, asking.as_of)
    return asked.where(among(judged, ~func.coalesce(acknowledged_within(judged), False)))


ACKNOWLEDGEMENTS = Figure("of", "Acknowledged, or overdue for it", COMPLAINT_CASES, _acknowledged)
ACKNOWLEDGED_IN_TIME = Figure("within", "In time", ACKNOWLEDGEMENTS, _in_time, implies=True)
ACKNOWLEDGED_LATE = Figure(
    "late", "Late, or overdue", ACKNOWLEDGEMENTS, _late, lambda found: found.of - found.within, in_json=False
)
_ACKNOWLEDGEMENT = (ACKNOWLEDGED_IN_TIME, ACKNOWLEDGEMENTS, ACKNOWLEDGED_LATE)
ACKNOWLEDGEMENT = Block("acknowledgement", lambda row: row.acknowledgement, _ACKNOWLEDGEMENT)

EXTENDED_CASES = Figure(
    "cases",
    "Extended by agreement",
    COMPLAINT_CASES,
    where(exists().where(EXTENSION.c.case_id == CASE.c.id, EXTENSION.c.stage_number == 1)),
)
_EXTENSIONS = Population("extensions at stage 1", lambda asking: asking.received().each(Of.EXTENSIONS))
EXTENSIONS = Figure("of", "Extensions", _EXTENSIONS)
TOLD_IN_TIME = Figure("within", "By the date that was put off", EXTENSIONS, where(told_in_time()))
TOLD_LATE = Figure(
    "late",
    "Later, or not on record",
    EXTENSIONS,
    where(~func.coalesce(told_in_time(), False)),
    lambda found: found.of - found.within,
    in_json=False,
)
TOLD = Block("told", lambda extended: extended.told, (TOLD_IN_TIME, EXTENSIONS, TOLD_LATE))
EXTENDED = Block("extended", lambda figures: figures.extended, (EXTENDED_CASES, TOLD))


def _judged(condition: Callable[[Subquery], ColumnElement[bool]]) -> Narrow:
    """Returns the predicate of a figure of judged responses from a condition on their columns."""

    def narrow(asking: Asking, asked: Asked) -> Asked:
        judged = judged_responses(asking.span)
        return asked.where(among(judged, condition(judged)))

    return narrow


def _banded(asking: Asking, asked: Asked, band: str) -> Asked:
    taken, bounds = STAGE.c.working_days_taken, (-1, *asking.profile.response_bands)
    place = band_labels(asking.profile.response_bands).index(band)
    above = asked.where(taken > bounds[place])
    return above if place == len(bounds) - 1 else above.where(taken <= bounds[place + 1])


def _month(asking: Asking, label: str) -> CaseFilter:
    return asking.month(label)


def _quarter(asking: Asking, label: str) -> CaseFilter:
    return asking.quarter(label)


RESPONDED = Figure("responded", "Sent", COMPLAINT_CASES, where(STAGE.c.responded_on.is_not(None)))
OF_TARGET = Figure(
    "of_target", "Responses with an aim", RESPONDED, _judged(lambda judged: judged.c.target.is_not(None))
)
WITHIN_TARGET = Figure(
    "within_target",
    "Within the aim",
    OF_TARGET,
    _judged(lambda judged: judged.c.responded_on <= judged.c.target),
    implies=True,
)
AFTER_TARGET = Figure(
    "after_target",
    "After the aim",
    OF_TARGET,
    _judged(lambda judged: judged.c.responded_on > judged.c.target),
    lambda found: found.of_target - found.within_target,
    implies=True,
    in_json=False,
    printed=False,
)
OF_LIMIT = Figure(
    "of_limit", "Responses with a date due", RESPONDED, _judged(lambda judged: judged.c.limit.is_not(None))
)
WITHIN_LIMIT = Figure(
    "within_limit",
    "By the date due",
    OF_LIMIT,
    _judged(lambda judged: judged.c.responded_on <= judged.c.limit),
    implies=True,
)
AFTER_LIMIT = Figure(
    "after_limit",
    "After the date due",
    OF_LIMIT,
    _judged(lambda judged: judged.c.responded_on > judged.c.limit),
    lambda found: found.of_limit - found.within_limit,
    implies=True,
    in_json=False,
    printed=False,
)
WITHIN_EXTENDED = Figure("within_extended", "Only as extended", RESPONDED, _judged(only_as_extended))
WITH_DAYS = Figure("n", "Number", RESPONDED, where(STAGE.c.working_days_taken.is_not(None)))
BANDS = Division("bands", "Working days to respond", WITH_DAYS, "Working days", _banded)
AVERAGE = Figure("average", "Average", WITH_DAYS, measure=Measure.AVERAGE)
LOWEST, LOWER_QUARTILE, MEDIAN, UPPER_QUARTILE, HIGHEST = (
    Figure(key, words, WITH_DAYS, measure=Measure.SPREAD)
    for key, words in (
        ("lowest", "Lowest"),
        ("lower_quartile", "Lower quartile"),
        ("median", "Median"),
        ("upper_quartile", "Upper quartile"),
        ("highest", "Highest"),
    )
)
AVERAGE_WORKING_DAYS = Figure(
    "average_working_days", "Average working days to respond", WITH_DAYS, measure=Measure.AVERAGE, printed=False
)
_DAYS = (WITH_DAYS, AVERAGE, LOWEST, LOWER_QUARTILE, MEDIAN, UPPER_QUARTILE, HIGHEST)
WORKING_DAYS = Block("working_days", lambda found: found.days, _DAYS)
DAYS_BY_MONTH = Each("by_month", lambda found: found.by_month, lambda asking: months_of(asking.span), _month, _DAYS)
DAYS_BY_QUARTER = Each(
    "by_quarter",
    lambda found: found.by_quarter,
    lambda asking: {quarter_label(first_of(month), asking.span) for month in months_of(asking.span)},
    _quarter,
    _DAYS,
)
TIMELINESS = (
    RESPONDED,
    AVERAGE_WORKING_DAYS,
    WITHIN_TARGET,
    OF_TARGET,
    AFTER_TARGET,
    WITHIN_LIMIT,
    OF_LIMIT,
    AFTER_LIMIT,
    WITHIN_EXTENDED,
    BANDS,
    WORKING_DAYS,
    DAYS_BY_MONTH,
    DAYS_BY_QUARTER,
)
"""The first responses to some complaint cases: how long they took, and whether in time by their original dates."""
ALL = "all"


def _of_procedure(asking: Asking, name: str) -> CaseFilter:
    return everything(asking, name) if name == ALL else under([name])


STAGE_1 = Each(
    "stage_1",
    lambda figures: figures.stage_1,
    lambda asking: [ALL, *(procedure.key for procedure in asking.profile.procedures)],
    _of_procedure,
    TIMELINESS,
)
"""All responses at stage 1, then those of each procedure."""
