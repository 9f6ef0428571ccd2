"""What a report of a span that is still running says and leaves out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from feedback_tui.reports.counting.feedback import first_of, quarter_label
from feedback_tui.reports.document.number_format import day, short_day
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.rules.months import months_of


def running_to(figures: Figures) -> date | None:
    """Returns the last day that is counted, if the span is not over then; else None."""
    return figures.comparison[-1].counted_to


def span_words(figures: Figures) -> str:
    """Returns the days that are counted: ``1 April 2022 to 31 March 2023``, or those so far."""
    return f"{day(figures.span.start)} to {day(running_to(figures) or figures.span.end)}"


def begun(figures: Figures) -> Callable[[str], bool]:
    """Returns the predicate of the labels of months and quarters that have begun: nothing is said of those to come."""
    to = running_to(figures)
    months = [label for label in months_of(figures.span) if to is None or first_of(label) <= to]
    return {*months, *(quarter_label(first_of(label), figures.span) for label in months)}.__contains__


def not_over(figures: Figures) -> str:
    """Returns what to say of the last month counted, if it is not over; else ""."""
    to = running_to(figures)
    return "" if to is None else f" (the last to {short_day(to)})"
