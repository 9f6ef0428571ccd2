"""The cases behind a figure of acknowledgements and responses in time."""

from __future__ import annotations

from sqlalchemy import and_, exists, func

from feedback_tui.reports.counting.counted_cases import CASE, EXTENSION, STAGE
from feedback_tui.reports.counting.timeliness import (
    acknowledged_within,
    acknowledgement_judged,
    band_labels,
    judged_acknowledgements,
    judged_responses,
    only_as_extended,
    told_in_time,
)
from feedback_tui.reports.drilldown.figure_query import Asked, Of
from feedback_tui.reports.drilldown.span_query import Asking, among


def acknowledgement(asking: Asking, rest: str, base: Asked) -> Asked:
    """Complaint cases of `base` by whether they were acknowledged in time."""
    judged = judged_acknowledgements(asking.span, asking.as_of)
    within, of = acknowledged_within(judged), acknowledgement_judged(judged, asking.as_of)
    return base.where(
        among(judged, {"within": within, "of": of, "late": and_(of, ~func.coalesce(within, False))}[rest])
    )


def extended(asking: Asking, rest: str) -> Asked:
    """What was put off by agreement at stage 1."""
    base = asking.received()
    match rest:
        case "cases":
            put_off = exists().where(EXTENSION.c.case_id == CASE.c.id, EXTENSION.c.stage_number == 1)
            return base.where(put_off)
        case "told.of":
            return base.each(Of.EXTENSIONS)
        case "told.late":
            return base.each(Of.EXTENSIONS).where(~func.coalesce(told_in_time(), False))
        case "told.within":
            return base.each(Of.EXTENSIONS).where(told_in_time())
        case _:
            raise ValueError(rest)


def stage_1(asking: Asking, rest: str) -> Asked:
    """Responses at stage 1, of all procedures or one."""
    for key in (None, *(procedure.key for procedure in asking.profile.procedures)):
        if rest.startswith(f"{key or 'all'}."):
            return timely(asking, rest.partition(".")[2], asking.received(None if key is None else [key]))
    raise ValueError(rest)


def timely(asking: Asking, rest: str, base: Asked) -> Asked:
    """Responses of `base` by their days, bands, and whether in time."""
    name, _, word = rest.partition(".")
    judged, taken = judged_responses(asking.span), STAGE.c.working_days_taken
    answered = base.where(STAGE.c.responded_on.is_not(None))
    with_days = answered.where(taken.is_not(None))
    ways = {
        "within_target": judged.c.responded_on <= judged.c.target,
        "of_target": judged.c.target.is_not(None),
        "after_target": judged.c.responded_on > judged.c.target,
        "within_limit": judged.c.responded_on <= judged.c.limit,
        "of_limit": judged.c.limit.is_not(None),
        "after_limit": judged.c.responded_on > judged.c.limit,
        "within_extended": only_as_extended(judged),
    }
    match name:
        case "responded":
            return answered
        case "working_days" if word == "n":
            return with_days
        case "bands":
            bounds = (-1, *asking.profile.response_bands)
            place = band_labels(asking.profile.response_bands).index(word)
            above = with_days.where(taken > bounds[place])
            return above if place == len(bounds) - 1 else above.where(taken <= bounds[place + 1])
        case "by_month" if word.endswith(".n"):
            return asking.month(word.removesuffix(".n"), with_days)
        case "by_quarter" if word.endswith(".n"):
            return asking.quarter(word.removesuffix(".n"), with_days)
        case _:
            return answered.where(among(judged, ways[name]))
