"""Acknowledgements, extensions, and responses in time."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, Subquery, exists, func

from feedback_tui.desk.filters.case_filter import CaseFilter
from feedback_tui.reports.counting.counted_cases import CASE, EXTENSION, STAGES
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
    Member,
    Narrow,
    Population,
    everything,
    where,
)
from feedback_tui.reports.declarations.figure_query import Asked, Of, at_stage, column_of
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


def _judged(condition: Callable[[Subquery], ColumnElement[bool]], number: int) -> Narrow:
    """Returns the predicate of a figure of judged responses of a stage from a condition on their columns."""

    def narrow(asking: Asking, asked: Asked) -> Asked:
        judged = judged_responses(asking.span, number=number)
        return asked.where(among(judged, condition(judged)))

    return narrow


def _banded(asking: Asking, asked: Asked, band: str, number: int) -> Asked:
    taken, bounds = column_of(number, "working_days_taken"), (-1, *asking.profile.response_bands)
    place = band_labels(asking.profile.response_bands).index(band)
    upper = [taken <= bounds[place + 1]] if place < len(bounds) - 1 else []
    return asked.where(at_stage(number, taken > bounds[place], *upper))


def _month(asking: Asking, label: str) -> CaseFilter:
    return asking.month(label)


def _quarter(asking: Asking, label: str) -> CaseFilter:
    return asking.quarter(label)


class ResponseFigures:
    """The figures on the first responses of one stage: how long they took, and whether in time by their original
    dates."""

    def __init__(self, number: int) -> None:
        first = number == 1

        def judged(key: str, words: str, of: Figure, condition: Callable[[Subquery], ColumnElement[bool]]) -> Figure:
            return Figure(key, words, of, _judged(condition, number), implies=of is not self.responded)

        def after(key: str, words: str, of: Figure, condition: Callable[[Subquery], ColumnElement[bool]]) -> Figure:
            base = key.removeprefix("after_")
            return Figure(
                f"after_{base}",
                words,
                of,
                _judged(condition, number),
                lambda found: getattr(found, f"of_{base}") - getattr(found, f"within_{base}"),
                implies=True,
                in_json=False,
                printed=False,
            )

        answered = column_of(number, "responded_on").is_not(None)
        with_days = column_of(number, "working_days_taken").is_not(None)
        self.responded = Figure("responded", "Sent", COMPLAINT_CASES, where(at_stage(number, answered)))
        self.of_target = judged(
            "of_target", "Responses with an aim", self.responded, lambda found: found.c.target.is_not(None)
        )
        self.within_target = judged(
            "within_target", "Within the aim", self.of_target, lambda found: found.c.responded_on <= found.c.target
        )
        self.after_target = after(
            "after_target", "After the aim", self.of_target, lambda found: found.c.responded_on > found.c.target
        )
        self.of_limit = judged(
            "of_limit", "Responses with a date due", self.responded, lambda found: found.c.limit.is_not(None)
        )
        self.within_limit = judged(
            "within_limit", "By the date due", self.of_limit, lambda found: found.c.responded_on <= found.c.limit
        )
        self.after_limit = after(
            "after_limit", "After the date due", self.of_limit, lambda found: found.c.responded_on > found.c.limit
        )
        self.within_extended = Figure(
            "within_extended",
            "Only as extended",
            self.responded,
            _judged(lambda found: only_as_extended(found, number), number),
            printed=first,
        )
        self.with_days = Figure("n", "Number", self.responded, where(at_stage(number, with_days)))
        self.bands = Division(
            "bands",
            "Working days to respond",
            self.with_days,
            "Working days",
            lambda asking, asked, band: _banded(asking, asked, band, number),
            printed=first,
        )
        self.average = Figure("average", "Average", self.with_days, measure=Measure.AVERAGE)
        self.average_working_days = Figure(
            "average_working_days",
            "Average working days to respond",
            self.with_days,
            measure=Measure.AVERAGE,
            printed=False,
        )
        self.spread = tuple(
            Figure(key, words, self.with_days, measure=Measure.SPREAD, printed=first)
            for key, words in (
                ("lowest", "Lowest"),
                ("lower_quartile", "Lower quartile"),
                ("median", "Median"),
                ("upper_quartile", "Upper quartile"),
                ("highest", "Highest"),
            )
        )
        self.days = (self.with_days, self.average, *self.spread)
        self.working_days = Block("working_days", lambda found: found.days, self.days)

    @property
    def members(self) -> tuple[Member, ...]:
        """All of them, in the order of the JSON."""
        return (
            self.responded,
            self.average_working_days,
            self.within_target,
            self.of_target,
            self.after_target,
            self.within_limit,
            self.of_limit,
            self.after_limit,
            self.within_extended,
            self.bands,
            self.working_days,
        )


AT_STAGE = {number: ResponseFigures(number) for number in STAGES}
"""The figures on the responses of each stage."""
_FIRST = AT_STAGE[1]
RESPONDED, WITH_DAYS, BANDS, AVERAGE = _FIRST.responded, _FIRST.with_days, _FIRST.bands, _FIRST.average
OF_TARGET, WITHIN_TARGET, AFTER_TARGET = _FIRST.of_target, _FIRST.within_target, _FIRST.after_target
OF_LIMIT, WITHIN_LIMIT, AFTER_LIMIT = _FIRST.of_limit, _FIRST.within_limit, _FIRST.after_limit
WITHIN_EXTENDED, WORKING_DAYS = _FIRST.within_extended, _FIRST.working_days
LOWEST, LOWER_QUARTILE, MEDIAN, UPPER_QUARTILE, HIGHEST = _FIRST.spread
DAYS_BY_MONTH = Each(
    "by_month", lambda found: found.by_month, lambda asking: months_of(asking.span), _month, _FIRST.days
)
DAYS_BY_QUARTER = Each(
    "by_quarter",
    lambda found: found.by_quarter,
    lambda asking: {quarter_label(first_of(month), asking.span) for month in months_of(asking.span)},
    _quarter,
    _FIRST.days,
)
TIMELINESS: tuple[Member, ...] = (*_FIRST.members, DAYS_BY_MONTH, DAYS_BY_QUARTER)
"""The first responses to some complaint cases at stage 1."""
ALL = "all"


def _of_procedure(asking: Asking, name: str) -> CaseFilter:
    return everything(asking, name) if name == ALL else under([name])


def _responses_of(number: int) -> Each:
    return Each(
        f"stage_{number}",
        lambda figures: figures.responses[number],
        lambda asking: [ALL, *(procedure.key for procedure in asking.profile.procedures)],
        _of_procedure,
        TIMELINESS if number == 1 else AT_STAGE[number].members,
    )


RESPONSES = {number: _responses_of(number) for number in STAGES}
"""By stage: all responses, then those of each procedure."""
STAGE_1 = RESPONSES[1]
