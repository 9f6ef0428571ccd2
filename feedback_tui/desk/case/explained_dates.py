"""Explains a date on record: how it was counted, day by day, by which rule and source, and what moved it later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from feedback_tui.desk.case.page import CasePage, DeadlineView
from feedback_tui.enums import DeadlineState, Unit
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.explain_dates import explain_count
from feedback_tui.rules.late_holidays import NOT_COUNTED
from feedback_tui.rules.sources import Sourced
from feedback_tui.rules.working_days import OutsideCalendar, WorkingCalendar
from feedback_tui.text import one_line, safe_text


class Tone(Enum):
    """What kind of line it is."""

    HEAD = auto()
    PLAIN = auto()
    MOVED = auto()
    """The date was moved: it differs from the one counted first."""
    WORDS = auto()
    """Text written by an officer."""
    DONE = auto()


@dataclass(frozen=True)
class Line:
    """One line of an explanation."""

    text: str
    tone: Tone = Tone.PLAIN


def explained(page: CasePage, due: DeadlineView, calendar: WorkingCalendar, width: int) -> list[Line]:
    """Returns lines that explain how one recorded date was counted, why it was moved, and whether it was met. `width`
    is in cells. If a date cannot be counted again, a line says so; nothing is raised."""
    return [*_counted(due, calendar, width), *_counted_again(page, due), *_extended(page, due), *_done(due)]


def _counted(due: DeadlineView, calendar: WorkingCalendar, width: int) -> Iterator[Line]:
    if due.unit is Unit.FIXED:
        yield Line(f"{due.kind.label}: {long_date(due.original_due_on)}", Tone.HEAD)
        yield Line(f"  Not counted: {safe_text(due.rule)}, set on {long_date(due.counted_from)}")
        return
    try:
        told = explain_count(
            due.kind,
            due.counted_from,
            due.count,
            due.unit,
            calendar,
            rule=due.rule,
            source=due.source,
            sourced=_sourced(due),
            why_no_closures=due.why_no_closures,
        )
    except OutsideCalendar as error:
        yield Line(f"{due.kind.label}: {long_date(due.due_on)}. It cannot be counted again: {error}")
        return
    first, *rest = told.lines(width)
    yield Line(first, Tone.HEAD)
    yield from (Line(safe_text(line)) for line in rest)
    if told.due_on != due.original_due_on:
        yield Line("")
        yield Line(f"On record it is {long_date(due.original_due_on)}:", Tone.MOVED)
        if told.closures and due.state is DeadlineState.OPEN:
            yield Line("  closure days had moved it (“days-off by-law” counts it again as the law does).")
        else:
            yield Line("  the days off that the register counts with have changed since.")


def _sourced(due: DeadlineView) -> Sourced | None:
    """Returns the source of a deadline and how it was checked; None if it has no source."""
    if not due.source:
        return None
    return Sourced.model_validate(
        {
            "source": due.source,
            "page": due.source_page,
            "read_on": due.source_read_on,
            **({"checked": due.source_checked} if due.source_checked else {}),
        }
    )


def _counted_again(page: CasePage, due: DeadlineView) -> Iterator[Line]:
    """Yields the recorded changes of days off that fall within the period counted."""
    if due.unit is not Unit.WORKING_DAYS or due.fixed_by_hand:
        return
    for event in page.timeline:
        if due.number not in event.moved:
            continue
        told = str(event.details.get("days_off", ""))
        days = [_in_words(day) for day in told.split(", ") if _is_across(day, due)]
        yield Line("")
        yield Line(f"Counted again on {long_date(event.happened_on)}, by {one_line(event.officer)}", Tone.MOVED)
        yield from (Line(f"  {one_line(day)}") for day in ([told] if told == NOT_COUNTED else days))


def _is_across(day: str, due: DeadlineView) -> bool:
    try:
        return due.counted_from < date.fromisoformat(day[:10]) <= due.due_on
    except ValueError:
        return False


def _in_words(day: str) -> str:
    """Returns an entry of the record (``2022-09-19 State Funeral`` or ``2022-09-19 back``) as a sentence."""
    on, _, why = day.partition(" ")
    what = "a working day again" if why == "back" else f"a day off, {why}"
    return f"{long_date(date.fromisoformat(on))}: {what}"


def _extended(page: CasePage, due: DeadlineView) -> Iterator[Line]:
    if due.agreed_to is not None:
        yield Line("")
        yield Line(f"A longer time was agreed before they end: {long_date(due.agreed_to)}", Tone.MOVED)
    if due.due_on == due.original_due_on:
        return
    yield Line("")
    yield Line(f"Moved to {long_date(due.due_on)}", Tone.MOVED)
    for extension in page.extensions:
        if extension.stage_number != due.stage_number:
            continue
        told = f", told {long_date(extension.told_on)}" if extension.told_on else ""
        agreed = ", agreed" if extension.agreed else ""
        yield Line(
            f"  by {one_line(extension.officer)}: from {long_date(extension.extended_from)} to "
            f"{long_date(extension.extended_to)}{told}{agreed}"
        )
        if extension.reason:
            yield Line(f"    {safe_text(extension.reason)}", Tone.WORDS)


def _done(due: DeadlineView) -> Iterator[Line]:
    if due.met_on:
        done = "in time" if due.state is DeadlineState.MET else "late"
        yield Line("")
        yield Line(f"Done on {long_date(due.met_on)}, {done}.", Tone.DONE)
