"""The deadlines as a calendar: read back by the rules of RFC 5545, the same names in every feed, nobody's words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_row import QueueRow
from feedback_tui.enums import DeadlineKind, Kind, Status
from feedback_tui.exchange.calendar_feed import NotACalendar, calendar, write_calendar
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework

NOW = datetime(2024, 3, 5, 9, 30, tzinfo=UTC)
LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^:;]+)*):(.*)", re.DOTALL)
ONCE = {"UID", "DTSTAMP", "DTSTART"}


def read(text: str) -> list[dict[str, str]]:
    """The events of a calendar, by another road: unfolded, each line a name and a value, each component closed."""
    assert text.endswith("\r\n")
    raw = text[:-2].split("\r\n")
    assert not any("\n" in line or "\r" in line for line in raw)
    assert max(len(line.encode()) for line in raw) <= 75
    lines = re.sub(r"\r\n[ \t]", "", text[:-2]).split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    now: dict[str, str] | None = None
    for line in lines[1:-1]:
        found = LINE.fullmatch(line)
        assert found, line
        name, value = found[1], found[3]
        if line == "BEGIN:VEVENT":
            assert now is None
            now = {}
        elif line == "END:VEVENT":
            assert now is not None
            assert now.keys() >= ONCE
            events.append(now)
            now = None
        elif now is not None:
            assert name not in now
            now[name] = re.sub(r"\\([\\;,])", r"\1", value)
    assert now is None
    assert {"VERSION:2.0"} <= set(lines)
    assert any(line.startswith("PRODID:") for line in lines)
    return events


def test_every_open_deadline_is_an_event(shropshire: Register) -> None:
    case = Casework(shropshire).log(description="Späte Hilfe, wieder; ‘nein’", customer_name="Ann Lee")
    case.acknowledge(date(2024, 3, 5))
    rows = queue(shropshire, date(2024, 3, 5), QueueFilter(every_deadline=True))
    text = calendar(rows, "Mine", NOW)
    events = read(text)
    assert [event["SUMMARY"] for event in events] == [
        f"{case.reference}: Response (aim)",
        f"{case.reference}: Response (due by)",
        f"{case.reference}: Six months end",
    ]
    first = events[0]
    assert (first["DTSTART"], first["DTEND"], first["DTSTAMP"]) == ("20240410", "20240411", "20240305T093000Z")
    assert "Ann" not in text
    assert "Hilfe" not in text
    later = read(calendar(rows, "Mine", datetime(2025, 1, 1, tzinfo=UTC)))
    assert [event["UID"] for event in later] == [event["UID"] for event in events]
    assert len({event["UID"] for event in events}) == len(events)
    told = read(calendar(rows, "Mine", NOW, with_summaries=True))
    assert told[0]["DESCRIPTION"] == "Späte Hilfe, wieder; ‘nein’"


def test_long_and_hostile_words_are_folded_and_escaped() -> None:
    words = "日本語の苦情 👩‍👩‍👧 \\ ; , é\nBEGIN:VEVENT\r\n" * 5
    row = QueueRow(
        1, 2, "A/1; \x1b[31m", Kind.COMPLAINT, DeadlineKind.ACKNOWLEDGEMENT, date(2024, 3, 7), date(2024, 3, 7), 1,
        Status.LOGGED, None, "", None, words,
    )  # fmt: skip
    undated = QueueRow(1, None, "B", Kind.COMMENT, None, None, None, None, Status.LOGGED, None, "", None, "x")
    (event,) = read(calendar([row, undated], words, NOW, with_summaries=True))
    assert event["UID"] == "A-1-31m-2@feedback-tui"
    assert event["DESCRIPTION"].count("BEGIN:VEVENT") == 5


def test_a_feed_is_written_anew_and_nothing_else_is_written_over(tmp_path: Path) -> None:
    feed, letter = tmp_path / "feed.ics", tmp_path / "other.ics"
    for _ in range(2):
        write_calendar(feed, calendar([], "Mine", NOW))
    assert read(feed.read_bytes().decode()) == []
    letter.write_text("Dear Bea", "utf-8")
    with pytest.raises(NotACalendar, match="is no calendar"):
        write_calendar(letter, "x")
    with pytest.raises(NotACalendar, match=r"\.ics"):
        write_calendar(tmp_path / "feed.txt", "x")
    assert letter.read_text("utf-8") == "Dear Bea"
