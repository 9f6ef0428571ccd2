"""Columns: they fit, the least important goes first, and what is left over goes where it helps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.widgets.table_columns import GAP, Column, widths, worth_showing

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


def test_a_column_that_wants_room_has_it_before_one_that_goes_sooner_is_shown() -> None:
    columns = (
        Column[str]("Key", str, 4, 4, 1),
        Column[str]("Words", str, 10, 30, 2, grows=True, wants=20),
        Column[str]("More", str, 6, 6, 3),
    )
    assert widths(columns, 15) == [4, 10, 0]
    assert widths(columns, 31) == [4, 26, 0]  # 4 + 20 + 6 and two gaps are 32
    assert widths(columns, 32) == [4, 20, 6]


def test_a_column_that_says_the_same_in_every_row_makes_room() -> None:
    first, same = Column[str]("First", str, 4, 4, 1), Column[str]("Same", len_of, 4, 4, 2, unless_alike=True)
    assert worth_showing((first, same), ["aa", "bb"]) == (first,)
    assert worth_showing((first, same), ["aa", "b"]) == (first, same)
    assert worth_showing((first, same), []) == (first, same)


def len_of(text: str) -> str:
    return str(len(text))
