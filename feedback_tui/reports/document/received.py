"""The section on what was received by month, and the council's headline."""

from __future__ import annotations

from collections.abc import Iterator

from feedback_tui.reports.declarations.numbers import Numbers, Piece, numbers_of
from feedback_tui.reports.declarations.received import (
    ACTIVITIES,
    BY_KIND,
    BY_MONTH,
    BY_QUARTER,
    CASES_PER_1000,
    COUNCIL_WIDE,
    FEEDBACK,
    FEEDBACK_PER_1000,
    HEADLINE,
    HEADLINE_COUNT,
    HEADLINE_PARTS,
    MONTHLY_AVERAGE,
    OF_ACTIVITY,
    RECEIVED,
    TOTAL,
)
from feedback_tui.reports.document.blocks import Row, Section, Sentence, Table, Withholding, sentence
from feedback_tui.reports.document.number_format import (
    NONE,
    capital,
    counted,
    day,
    division_table,
    listed,
    month_name,
    most,
    number,
    share,
)
from feedback_tui.reports.document.running import begun, not_over, running_to, span_words
from feedback_tui.reports.figure_rows import Figures

SEVERAL = {
    "complaint": "complaints",
    "concern": "concerns",
    "compliment": "compliments",
    "comment": "comments",
    "enquiry": "enquiries",
}


def received(figures: Figures) -> Section:
    """Returns the section on feedback received by kind, month and quarter."""
    feedback = numbers_of(figures).block(FEEDBACK)
    found = feedback.block(RECEIVED)
    total, kinds = found[TOTAL], found.words(BY_KIND)
    of = sentence(counted(total, "piece", "pieces"), " of feedback")
    paragraphs = [_total(figures, found), *_beginning(figures)]
    if total:
        each = [
            sentence(f"{SEVERAL[kind]} for ", share(count, total))
            if place
            else sentence(f"{capital(SEVERAL[kind])} account for ", share(count, total, "of the feedback received"))
            for place, (kind, count) in enumerate(kinds.items())
        ]
        paragraphs.append(sentence(listed(each), "."))
        paragraphs.append(_months(figures, found))
    if figures.headline.parts:
        paragraphs.append(_headline(feedback.block(HEADLINE), running_to(figures) is not None))
    names = {kind: capital(SEVERAL[kind]) for kind in kinds}
    months = {label: month_name(label) for label in figures.feedback.by_month}
    there = begun(figures)
    return Section(
        "Feedback received",
        tuple(paragraphs),
        (
            division_table(found, BY_KIND, total, Withholding.TOGETHER, of=of, names=names, bars=True),
            division_table(found, BY_MONTH, total, Withholding.LEFT_OUT, of=of, names=months, bars=True, only=there),
            division_table(found, BY_QUARTER, total, Withholding.TOGETHER, of=of, bars=True, only=there),
            *_activities(feedback, running_to(figures) is not None),
            *_council_wide(feedback),
        ),
    )


def _total(figures: Figures, found: Numbers) -> str:
    total = found[TOTAL]
    so_far = "" if running_to(figures) is None else " so far"
    when = f"In {figures.span.label}{so_far} ({span_words(figures)})"
    received = sentence(f"{when} {figures.council} received ", counted(total, "piece", "pieces"), " of feedback")
    kinds = [counted(count, kind, SEVERAL[kind]) for kind, count in found.words(BY_KIND).items()]
    return sentence(received, ": ", listed(kinds), ".") if total else sentence(received, ".")


def _beginning(figures: Figures) -> Iterator[str]:
    """Yields a sentence if the register begins within the span."""
    if (begins := figures.comparison[-1].counted_from) is not None:
        yield f"The register begins on {day(begins)}: what came in before that is not counted."


def _months(figures: Figures, found: Numbers) -> str:
    months = found.words(BY_MONTH)
    busiest = most(months)
    over = f"{counted(figures.feedback.months, 'month')}{not_over(figures)}"
    average = sentence("On average ", number(found[MONTHLY_AVERAGE]), f" were received a month, over {over}.")
    if len(months) == 1 or len(busiest) > 3:
        return average
    names = listed([Sentence.of([Piece(month_name(label), (months[label],))]) for label in busiest])
    were = "was the busiest month" if len(busiest) == 1 else "were the busiest months"
    each = "" if len(busiest) == 1 else " each"
    return sentence(average, " ", names, f" {were}, with ", number(months[busiest[0]]), f"{each}.")


def _headline(headline: Numbers, running: bool) -> str:
    parts = [sentence(f"{_part(part)} ", number(count)) for part, count in headline.words(HEADLINE_PARTS).items()]
    count, activity = headline[HEADLINE_COUNT], headline.known(OF_ACTIVITY)
    words = sentence("The headline count is ", number(count), ": ", listed(parts), ".")
    if activity and not running:  # The activity is that of the whole year.
        words = sentence(words, " That is ", share(count, activity, "of the activity of the year", "0.1"), ".")
    return words


def _part(part: str) -> str:
    family, _, word = part.partition(":")
    if family == "ombudsman":
        return "to the Ombudsman"
    return SEVERAL.get(word, word) if family == "kind" else f"{word} complaints"


def _council_wide(feedback: Numbers) -> Iterator[Table]:
    """Yields a table of the council-wide figures, if any were typed."""
    if typed := feedback.words(COUNCIL_WIDE):
        yield Table(
            COUNCIL_WIDE.words,
            (COUNCIL_WIDE.thing, "Number"),
            tuple(Row(name, (value,)) for name, value in typed.items()),
            Withholding.LEFT_OUT,
            "Of all services of the council, as it typed them: no part of what is counted here, and no base of it.",
            key=f"{feedback.prefix}{COUNCIL_WIDE.key}",
        )


def _activities(feedback: Numbers, running: bool) -> Iterator[Table]:
    """Yields the table of the year's activities as typed, with complaint cases and feedback per 1,000 of each, if the
    year is over; none without them."""
    done = feedback.words(ACTIVITIES)
    if done:
        cases, pieces = feedback.words(CASES_PER_1000), feedback.words(FEEDBACK_PER_1000)
        if running:
            cases, pieces = {}, {}
        yield Table(
            ACTIVITIES.words,
            (ACTIVITIES.thing, "Number", CASES_PER_1000.words, FEEDBACK_PER_1000.words),
            tuple(Row(name, (count, cases.get(name, NONE), pieces.get(name, NONE))) for name, count in done.items()),
            Withholding.LEFT_OUT,
            "The activity is as the council typed it."
            + (" No rates are given before the year is over: it is that of the whole year." if running else ""),
            key=f"{feedback.prefix}{ACTIVITIES.key}",
        )
