"""Spans as officers type them, and the one before or after."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.rules.report_spans import between, span_of, step

TODAY = date(2026, 4, 20)


@pytest.mark.parametrize(
    ("typed", "label", "start", "end"),
    [
        ("2025/26", "2025/26", date(2025, 4, 1), date(2026, 3, 31)),
        ("2025-2026", "2025/26", date(2025, 4, 1), date(2026, 3, 31)),
        ("2011-12", "2011/12", date(2011, 4, 1), date(2012, 3, 31)),
        (" 2025/26  q2", "2025/26 Q2", date(2025, 7, 1), date(2025, 9, 30)),
        ("Q1", "2026/27 Q1", date(2026, 4, 1), date(2026, 6, 30)),
        ("2025-06", "2025-06", date(2025, 6, 1), date(2025, 6, 30)),
        ("2025-06-02 to 2025-08-15", "2025-06-02 to 2025-08-15", date(2025, 6, 2), date(2025, 8, 15)),
        ("01/04/2025 – 31/03/2026", "2025/26", date(2025, 4, 1), date(2026, 3, 31)),
        ("2025-07-01..2025-09-30", "2025/26 Q2", date(2025, 7, 1), date(2025, 9, 30)),
        ("2025-06-01 to 2025-06-30", "2025-06", date(2025, 6, 1), date(2025, 6, 30)),
    ],
)
def test_a_span_is_read_as_it_is_typed(typed: str, label: str, start: date, end: date) -> None:
    found = span_of(typed, TODAY)
    assert (found.label, found.start, found.end) == (label, start, end)


@pytest.mark.parametrize("typed", ["", "2025", "2025/27", "q5", "summer", "2025-13", "2025-06-01 to", "x to y"])
def test_what_is_no_span_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        span_of(typed, TODAY)


def test_the_end_is_not_before_the_start() -> None:
    with pytest.raises(ValueError, match="comes first"):
        between(date(2025, 6, 2), date(2025, 6, 1))


@pytest.mark.parametrize(
    ("typed", "steps", "label"),
    [
        ("2025/26", -1, "2024/25"),
        ("2025/26 Q4", 1, "2026/27 Q1"),
        ("2025/26 Q1", -1, "2024/25 Q4"),
        ("2025-12", 1, "2026-01"),
        ("2024-03", -1, "2024-02"),
        ("2025-06-02 to 2025-06-08", 1, "2025-06-09 to 2025-06-15"),
        ("2025-04-01 to 2025-05-31", -1, "2025-02-01 to 2025-03-31"),
    ],
)
def test_the_span_after_a_span_is_as_long(typed: str, steps: int, label: str) -> None:
    assert step(span_of(typed, TODAY), steps).label == label
