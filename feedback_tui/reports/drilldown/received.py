"""What was received behind a figure: feedback of every kind, compliments, enquiries."""

from __future__ import annotations

from feedback_tui.desk.filters.case_filter import Field, counted, having
from feedback_tui.enums import Kind
from feedback_tui.reports.counting.counted_cases import CASE, STAGE
from feedback_tui.reports.drilldown import figure_query
from feedback_tui.reports.drilldown.figure_query import Asked
from feedback_tui.reports.drilldown.span_query import Asking
from feedback_tui.reports.figure_rows import By


def feedback(asking: Asking, rest: str) -> Asked:
    """Feedback of every kind, by kind, month and quarter."""
    base = figure_query.feedback(asking.span)
    name, _, word = rest.partition(".")
    match name:
        case "total":
            return base
        case "by_kind":
            return base.but(counted(kind=Kind(word)))
        case "by_month":
            return asking.month(word, base)
        case "by_quarter":
            return asking.quarter(word, base)
        case _:
            raise ValueError(rest)


def compliments(asking: Asking, rest: str) -> Asked:
    """Compliments by team and source."""
    base = figure_query.of_kind(Kind.COMPLIMENT, asking.span)
    name, _, word = rest.partition(".")
    match (name, word):
        case ("by_team", _):
            return asking.cut(By.TEAM, word, base)
        case ("by_source", _):
            written = asking.spellings((CASE.c.compliment_source,), word)
            return base.but(having(Field.SOURCE, *written))
        case ("not_recorded", "by_team"):
            return asking.without(By.TEAM, base)
        case ("not_recorded", "by_source"):
            return base.but(having(Field.SOURCE))
        case _:
            raise ValueError(rest)


def enquiries(asking: Asking, rest: str) -> Asked:
    """Enquiries by who asked, and those answered."""
    base = figure_query.of_kind(Kind.ENQUIRY, asking.span)
    name, _, word = rest.partition(".")
    match (name, word):
        case ("by_role", _):
            return asking.cut(By.CORRESPONDENT, word, base)
        case ("answered", _):
            return asking.cut(By.CORRESPONDENT, word, base.where(STAGE.c.responded_on.is_not(None)))
        case ("not_recorded", "by_role"):
            return asking.without(By.CORRESPONDENT, base)
        case _:
            raise ValueError(rest)
