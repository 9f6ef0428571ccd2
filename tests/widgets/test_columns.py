"""Columns: they fit, the least important goes first, and what is left over goes where it helps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.widgets.columns import GAP, Column, widths

COLUMNS: tuple[Column[str], ...] = (
    Column("When", str, 8, 9, 1),
    Column("Team", str, 10, 20, 3),
    Column("Summary", str, 10, 10, 2, grows=True),
)


@given(st.integers(0, 300))
def test_columns_never_take_more_than_the_room_there_is(room: int) -> None:
    given_ = widths(COLUMNS, room)
    shown = [size for size in given_ if size]
    assert not shown or sum(shown) + GAP * (len(shown) - 1) <= room


def test_the_last_in_rank_goes_first_and_the_growing_one_takes_the_rest() -> None:
    assert widths(COLUMNS, 20) == [9, 0, 10]
    assert widths(COLUMNS, 100) == [9, 20, 69]
