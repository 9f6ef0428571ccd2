"""What was received, month by month, and the council's headline."""

from __future__ import annotations

from collections.abc import Iterator

from feedback_tui.reports.document.blocks import Row, Section, Table
from feedback_tui.reports.document.number_format import (
    NONE,
    capital,
    counted,
    day,
    listed,
    month_name,
    most,
    number,
    one,
    share,
    shares,
)
from feedback_tui.reports.figure_rows import Figures, rounded

SEVERAL = {
    "complaint": "complaints",
    "concern": "concerns",
    "compliment": "compliments",
    "comment": "comments",
    "enquiry": "enquiries",
}


def received(figures: Figures) -> Section:
    """Totals by kind, month and quarter."""
    feedback = figures.feedback
    of = counted(feedback.total, "piece", "pieces") + " of feedback"
    paragraphs = [_total(figures)]
    if feedback.total:
        each = [
            f"{SEVERAL[kind]} for {share(count, feedback.total)}"
            if place
            else f"{capital(SEVERAL[kind])} account for {share(count, feedback.total, 'of the feedback received')}"
            for place, (kind, count) in enumerate(feedback.by_kind.items())
        ]
        paragraphs.append(f"{listed(each)}.")
        paragraphs.append(_months(figures))
    if figures.headline.parts:
        paragraphs.append(_headline(figures))
    return Section(
        "Feedback received",
        tuple(paragraphs),
        (
            shares(
                "Feedback by kind",
                "Kind",
                ((capital(SEVERAL[kind]), count) for kind, count in feedback.by_kind.items()),
                feedback.total,
                of=of,
                bars=True,
                keys=[f"feedback.by_kind.{kind}" for kind in feedback.by_kind],
            ),
            shares(
                "Feedback by month",
                "Month",
                ((month_name(label), count) for label, count in feedback.by_month.items()),
                feedback.total,
                of=of,
                bars=True,
                keys=[f"feedback.by_month.{label}" for label in feedback.by_month],
            ),
            shares(
                "Feedback by quarter",
                "Quarter",
                feedback.by_quarter.items(),
                feedback.total,
                of=of,
                bars=True,
                keys=[f"feedback.by_quarter.{label}" for label in feedback.by_quarter],
            ),
            *_activities(figures),
        ),
    )


def _total(figures: Figures) -> str:
    feedback, span = figures.feedback, figures.span
    when = f"In {span.label} ({day(span.start)} to {day(span.end)})"
    pieces = counted(feedback.total, "piece", "pieces")
    if not feedback.total:
        return f"{when} {figures.council} received {pieces} of feedback."
    kinds = [counted(count, kind, SEVERAL[kind]) for kind, count in feedback.by_kind.items()]
    return f"{when} {figures.council} received {pieces} of feedback: {listed(kinds)}."


def _months(figures: Figures) -> str:
    feedback = figures.feedback
    busiest = most(feedback.by_month)
    average = (
        f"On average {one(feedback.monthly_average)} were received a month, over {counted(feedback.months, 'month')}."
    )
    if len(feedback.by_month) == 1 or len(busiest) > 3:
        return average
    names = listed([month_name(label) for label in busiest])
    were = "was the busiest month" if len(busiest) == 1 else "were the busiest months"
    each = "" if len(busiest) == 1 else " each"
    return f"{average} {names} {were}, with {number(feedback.by_month[busiest[0]])}{each}."


def _headline(figures: Figures) -> str:
    headline = figures.headline
    parts = [f"{_part(part)} {number(count)}" for part, count in headline.parts.items()]
    words = f"The headline count is {number(headline.count)}: {listed(parts)}."
    if headline.of_activity:
        words += f" That is {share(headline.count, headline.of_activity, 'of the activity of the year', '0.1')}."
    return words


def _part(part: str) -> str:
    family, _, word = part.partition(":")
    if family == "ombudsman":
        return "to the Ombudsman"
    return SEVERAL.get(word, word) if family == "kind" else f"{word} complaints"


def _activities(figures: Figures) -> Iterator[Table]:
    """What the council did beside what it received about it."""
    if figures.activities:
        yield Table(
            "Feedback beside the year's activity",
            ("Activity", "Number", "Complaint cases for each 1,000", "Feedback for each 1,000"),
            tuple(
                Row(
                    name,
                    (
                        done,
                        rounded(1000 * figures.complaints.cases, done) if done else NONE,
                        rounded(1000 * figures.feedback.total, done) if done else NONE,
                    ),
                )
                for name, done in figures.activities.items()
            ),
            "The activity is as the council typed it.",
        )
