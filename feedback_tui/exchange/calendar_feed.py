"""The open deadlines as a calendar (RFC 5545): one all-day event for each, with the same UID in every feed.

A calendar is shared more widely than a register, so it contains the reference and what is due, and summaries only on
request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from feedback_tui.desk.queue.queue_row import QueueRow
from feedback_tui.plain_error import PlainError
from feedback_tui.storage.maintenance.atomic_files import write_safely
from feedback_tui.text import one_line

MADE_BY = "-//Feedback TUI//Deadlines//EN"
LONGEST_LINE = 75
"""Octets (RFC 5545, 3.1)."""
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")


class NotACalendar(PlainError, ValueError):
    """The file exists and is not a calendar, or has another suffix; it is not overwritten."""


def calendar(rows: Iterable[QueueRow], name: str, now: datetime, *, with_summaries: bool = False) -> str:
    """Returns the calendar of these rows; rows without a date are left out. `now` is the time stamp of the events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MADE_BY}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(name)}")
    for row in rows:
        lines += _event(row, now, with_summaries)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def write_calendar(path: Path, text: str) -> None:
    """Writes the feed, replacing an earlier one. Raises NotACalendar if another file is there, or for another suffix
    than .ics; RegisterError."""
    path = path.expanduser().absolute()
    if path.suffix.casefold() != ".ics":
        raise NotACalendar(f"{path.name}: a calendar is written to a file that ends in .ics.")
    if path.exists() and not _is_calendar(path):
        raise NotACalendar(f"{path} is there and is no calendar: it was left as it is. Name another file.")
    write_safely(path, text)


def _is_calendar(path: Path) -> bool:
    with path.open("rb") as file:
        return path.stat().st_size == 0 or file.read(15).upper() == b"BEGIN:VCALENDAR"


def _event(row: QueueRow, now: datetime, with_summaries: bool) -> Iterator[str]:
    if row.due_on is None or row.deadline is None or row.deadline_id is None:
        return
    yield "BEGIN:VEVENT"
    yield f"UID:{_NOT_IN_A_NAME.sub('-', row.reference)}-{row.deadline_id}@feedback-tui"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(row.due_on)}"
    yield f"DTEND;VALUE=DATE:{_day(row.due_on + timedelta(days=1))}"
    yield f"SUMMARY:{_text(f'{row.reference}: {row.owed}')}"
    if with_summaries and row.summary:
        yield f"DESCRIPTION:{_text(row.summary)}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _text(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return one_line(words)


def _folded(line: str) -> Iterator[str]:
    """Yields a line in pieces of at most 75 octets, each after the first begun with a space; no character is split."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8", "replace"))
        if size + octets > LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
