"""The figures that years are compared by: counted in the register, or typed by the council."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from feedback_tui.reports.declarations.declaration import Division, Figure, Measure, Member, Plain, json_number

COMPARED = (
    Figure("feedback", "Feedback"),
    Figure("compliments", "Compliments"),
    Figure("enquiries", "Enquiries"),
    Figure("complaints", "Complaint cases"),
    Figure("investigations", "Investigations"),
    Figure("average_working_days", "Average working days to respond", measure=Measure.AVERAGE),
    Figure("upheld", "Investigations upheld"),
    Figure("ombudsman", "Went to the Ombudsman"),
)
"""In the order of the table."""
UPHELD, OMBUDSMAN = COMPARED[-2:]
UPHELD_OF = Figure("upheld_of", "Investigations with an outcome")
UPHELD_PERCENT = Figure("upheld_percent", "Upheld, as a percentage", measure=Measure.RATE)


def _family(key: str, words: str, thing: str, measure: Measure = Measure.COUNT) -> Division:
    def counts(year: Any) -> Mapping[str, Any]:
        found: Mapping[str, Any] = year.parts.get(key, {})
        return found

    return Division(key, words, None, thing, counts=counts, measure=measure)


THEMES = _family("theme", "The last years by theme", "Theme")
GROUPS = _family("group", "The last years by group of procedures", "Group")
PROCEDURES = _family("procedure", "The last years by procedure", "Procedure")
AVERAGES = _family(
    "average_working_days", "Average working days of the last years by procedure", "Procedure", Measure.AVERAGE
)
OUTCOME = _family("outcome", "The last years by outcome", "Outcome")
ACTIVITY = _family("activity", "The activity of the last years", "Activity", Measure.TYPED)
COUNCIL = _family("council", "The whole council in the last years", "Figure", Measure.TYPED)
FAMILIES = (
    GROUPS,
    _family("group_investigations", "Investigations of the last years by group of procedures", "Group"),
    _family("group_upheld", "Investigations upheld in the last years by group of procedures", "Group"),
    _family("group_upheld_of", "Investigations with an outcome in the last years by group of procedures", "Group"),
    _family(
        "group_average_working_days",
        "Average working days of the last years by group of procedures",
        "Group",
        Measure.AVERAGE,
    ),
    PROCEDURES,
    AVERAGES,
    _family("team", "The last years by team", "Team"),
    _family("channel", "The last years by channel", "Channel"),
    THEMES,
    OUTCOME,
    ACTIVITY,
    COUNCIL,
)
"""In the order of their tables."""


def _day(of: date | None) -> str | None:
    return None if of is None else of.isoformat()


def _parts(year: Any) -> dict[str, dict[str, Any]]:
    return {family: {word: json_number(value) for word, value in words.items()} for family, words in year.parts.items()}


COMPARED_YEAR: tuple[Member, ...] = (
    Plain("label", lambda year: year.label),
    *COMPARED[:-1],
    UPHELD_OF,
    UPHELD_PERCENT,
    OMBUDSMAN,
    Plain("typed", lambda year: year.typed),
    Plain("counted_from", lambda year: _day(year.counted_from)),
    Plain("counted_to", lambda year: _day(year.counted_to)),
    Plain("parts", _parts),
)
"""One year beside others, in the order of the JSON."""
