"""Which columns the queue has at which width: who and what come before anything that the line beneath has."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.screens.queue.queue_rows import queue_columns
from feedback_tui.screens.shared.hidden_names import Names
from feedback_tui.widgets.table_columns import widths

TODAY = date(2026, 4, 15)
ALWAYS = {"When", "What is due", "Reference", "Who", "In short"}
PREVIEW = 48
"""Cells of the preview at 120; 64 at 160."""
EDGES = 2
"""The cursor, and the scroll bar."""


@pytest.mark.parametrize(
    ("cells", "more", "more_of_one_officer"),
    [
        (80, set(), set()),
        (100, {"Officer", "Team"}, {"Team", "Kind"}),
        (120 - PREVIEW, set(), set()),
        (120, {"Officer", "Team", "Kind", "Date"}, {"Team", "Kind", "Date"}),
        (160 - 64, {"Officer"}, {"Team"}),
        (160, {"Officer", "Team", "Kind", "Date", "Investigator"}, {"Team", "Kind", "Date", "Investigator"}),
    ],
)
def test_columns_give_way_in_order(cells: int, more: set[str], more_of_one_officer: set[str]) -> None:
    every = queue_columns(lambda: TODAY, Names())
    for columns, expected in (
        (every, ALWAYS | more),
        (tuple(c for c in every if not c.unless_alike), ALWAYS | more_of_one_officer),
    ):
        given = widths(columns, cells - EDGES)
        shown = {column.heading: size for column, size in zip(columns, given, strict=True) if size}
        assert set(shown) == expected
        assert sum(shown.values()) + len(shown) - 1 <= cells - EDGES
        assert shown["Who"] >= 12
        assert shown["In short"] >= (28 if expected > ALWAYS else 18)
    assert [column.heading for column in every if column.unless_alike] == ["Officer"]
