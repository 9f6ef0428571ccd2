"""What is published gives no small count away: no line withheld can be worked out from the rest of its table."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.reports.as_text import paper_as_text
from feedback_tui.reports.paper.shapes import Share, Table
from feedback_tui.reports.small_numbers import WITHHELD, publishable, withheld
from feedback_tui.words import Kind, Outcome
from tests.reports.building import ANSWERED, Given, Point, figures_of_cases

LIMIT = 5


@given(numbers=st.lists(st.integers(0, 9), max_size=5), limit=st.integers(2, 6))
def test_no_withheld_line_can_be_worked_out_from_the_total(numbers: list[int], limit: int) -> None:
    small = {place for place, n in enumerate(numbers) if 0 < n < limit}
    hidden = withheld(numbers, small)
    if hidden is None:
        return
    assert small <= hidden
    assert all(numbers[place] for place in hidden)
    total = sum(numbers[place] for place in hidden)
    fits = [guess for guess in product(range(1, total + 1), repeat=len(hidden)) if sum(guess) == total]
    for place in range(len(hidden)):
        assert len({guess[place] for guess in fits}) > 1


@pytest.mark.parametrize(
    ("numbers", "hidden"),
    [
        ([20, 30], set()),
        ([20, 3, 30], {0, 1}),
        ([20, 3, 4, 30], {1, 2}),
        ([20, 1, 1, 30], {0, 1, 2}),
        ([3], None),
        ([3, 0, 0], None),
        ([1, 1], None),
    ],
)
def test_the_smallest_lines_keep_the_small_ones_company(numbers: list[int], hidden: set[int] | None) -> None:
    assert withheld(numbers, {place for place, n in enumerate(numbers) if 0 < n < LIMIT}) == hidden


def teams(**counts: int) -> list[Given]:
    return [ANSWERED.but(points=(Point(team=team),)) for team, count in counts.items() for _ in range(count)]


def table_of(cases: list[Given], caption: str) -> Table | None:
    whole = publishable(figures_of_cases(*cases), LIMIT)
    tables = [table for section in whole.sections for table in section.tables]
    return next((table for table in tables if table.caption == caption), None)


def test_a_small_team_and_the_next_one_are_withheld() -> None:
    found = table_of(teams(North=20, South=8, East=3), "Complaint cases by team")
    assert found is not None
    assert {row.label: row.cells[0] for row in found.rows} == {"North": 20, "South": WITHHELD, "East": WITHHELD}


def test_withheld_lines_are_not_in_the_order_of_their_size() -> None:
    found = table_of(teams(North=20, Zeal=4, Acorn=1, Middle=2), "Complaint cases by team")
    assert found is not None
    assert [row.label for row in found.rows] == ["North", "Acorn", "Middle", "Zeal"]


def test_a_table_that_cannot_hide_its_small_line_is_left_out() -> None:
    assert table_of(teams(North=3), "Complaint cases by team") is None


def test_the_first_section_goes_where_a_kind_is_small() -> None:
    cases = [*teams(North=20), *[Given(kind=Kind.COMMENT, procedure=None)] * 2]
    assert table_of(cases, "Feedback by kind") is None
    assert table_of(cases, "Feedback by quarter") is None


def test_no_small_count_stands_in_any_table_and_no_sentence_is_left() -> None:
    cases = [*teams(North=20, South=3), *[ANSWERED.but(procedure="corporate", outcome=Outcome.NOT_UPHELD)] * 2]
    whole = publishable(figures_of_cases(*cases), LIMIT)
    assert "Counts under 5 are withheld" in " ".join(paper_as_text(whole).split())
    for section in whole.sections:
        assert section.paragraphs == ()
        for table in section.tables:
            for row in table.rows:
                counts = [cell.count if isinstance(cell, Share) else cell for cell in row.cells]
                assert not [count for count in counts if isinstance(count, int) and 0 < count < LIMIT], table.caption
