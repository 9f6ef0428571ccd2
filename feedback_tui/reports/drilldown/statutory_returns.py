"""The cases behind the regulation 18 return and the Code's annual figures."""

from __future__ import annotations

from feedback_tui.desk.filters.findings_sql import outcome_that_stands
from feedback_tui.reports.counting.counted_cases import STAGE
from feedback_tui.reports.counting.ombudsman import came_in
from feedback_tui.reports.counting.timeliness import judged_reviews, review_within
from feedback_tui.reports.drilldown import figure_query
from feedback_tui.reports.drilldown.figure_query import INVESTIGATED, Asked, Of, ended
from feedback_tui.reports.drilldown.span_query import Asking, among, under
from feedback_tui.reports.drilldown.timeliness import acknowledgement, timely
from feedback_tui.reports.figure_rows import CLOSED_WITHOUT_OUTCOME, OPEN
from feedback_tui.rules.findings import WELL_FOUNDED


def regulation_18(asking: Asking, rest: str) -> Asked:
    """What regulation 18 asks to be counted."""
    regulated = [procedure.key for procedure in asking.profile.procedures if procedure.regulations_2009]
    column, _, point = rest.partition(".")
    return _returned(asking, point, {"under_the_regulations": regulated, "all_complaints": None}[column])


def code(asking: Asking, rest: str) -> Asked:
    """The figures of the Code."""
    coded = [procedure.key for procedure in asking.profile.procedures if not procedure.adult_social_care]
    column, _, point = rest.partition(".")
    procedures = {"under_the_code": coded, "all_complaints": None}[column]
    base, (name, _, word) = asking.received(procedures), point.partition(".")
    match name:
        case "not_accepted":
            return base.where(figure_query.not_investigated_because(word))
        case "acknowledgement":
            return acknowledgement(asking, word, base)
        case "stage_1":
            return timely(asking, {"within": "within_limit", "of": "of_limit"}[word], base)
        case "extended":
            return timely(asking, "within_extended", base)
        case "well_founded":
            return base.where(INVESTIGATED, STAGE.c.outcome.in_(WELL_FOUNDED))
        case "with_outcome":
            return base.where(INVESTIGATED, ~ended(OPEN), ~ended(CLOSED_WITHOUT_OUTCOME))
        case "reviews":
            return base.each(Of.REVIEWS)
        case "stage_2":
            judged = judged_reviews(asking.span)
            ways = {"within": review_within(judged), "of": judged.c.id.is_not(None)}
            return base.where(among(judged, ways[word]))
        case _:
            return _returned(asking, point, procedures)


def _returned(asking: Asking, point: str, procedures: list[str] | None) -> Asked:
    base = asking.received(procedures)
    match point:
        case "received":
            return base
        case "well_founded":
            return base.where(INVESTIGATED, outcome_that_stands(STAGE).in_(WELL_FOUNDED))
        case "ombudsman":
            there = figure_query.anything() if procedures is None else figure_query.anything().but(under(procedures))
            return there.each(Of.APPROACHES).where(came_in(asking.span))
        case _:
            raise ValueError(point)
