"""What is published gives no small count away: no line withheld can be worked out from the rest of its table."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback_tui.enums import ClosingReason, Kind, OmbudsmanDecision, Outcome, Role, Status
from feedback_tui.reports.declarations.numbers import Number
from feedback_tui.reports.document.blocks import Mean, Share, Table, Withholding, stated
from feedback_tui.reports.document.number_format import plain
from feedback_tui.reports.renderers.as_text import paper_as_text
from feedback_tui.reports.small_numbers import WITHHELD, publishable, withheld
from tests.reports.building import ANSWERED, Agreed, Approach, Given, Point, figures_of_cases

LIMIT = 5
KINDS_OF_CASE = (
    *(ANSWERED.but(points=(Point(team=team, category=about),), outcome=outcome, channel=channel)
      for team, about, outcome, channel in (
          ("North", "Delay", Outcome.UPHELD, "email"),
          ("North", "Delay", Outcome.NOT_UPHELD, "letter"),
          ("South", "Conduct", Outcome.PARTLY_UPHELD, "email"),
          ("East", "Charges", Outcome.UPHELD, "telephone"),
      )),
    ANSWERED.but(procedure="corporate", responded_on=date(2022, 9, 30), learning=("finance",)),
    ANSWERED.but(acknowledged_on=date(2022, 6, 30), extended=True, remedies=(Agreed("apology"),)),
    Given(status=Status.CLOSED, closing_reason=ClosingReason.WITHDRAWN),
    Given(kind=Kind.COMPLIMENT, procedure=None, source="sent direct", points=(Point(team="North"),)),
    Given(kind=Kind.ENQUIRY, procedure=None, roles=(Role.MP,)),
    ANSWERED.but(approaches=(Approach(date(2022, 8, 1), date(2022, 8, 29), date(2022, 8, 20), date(2022, 12, 1),
                                      OmbudsmanDecision.UPHELD),), actions=(Agreed(due_on=date(2023, 1, 1)),)),
)  # fmt: skip
"""What the registers of the last test are made of."""


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
    assert {row.label: plain(row.cells[0]) for row in found.rows} == {"North": 20, "South": WITHHELD, "East": WITHHELD}


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
                counts = [stated(cell)[0].value for cell in row.cells if isinstance(cell, Share | Number)]
                assert not [count for count in counts if isinstance(count, int) and 0 < count < LIMIT], table.caption


def said_by(cell: object) -> list[int]:
    """Every count that can be read off a cell: a share says its part, its base and the rest."""
    match cell:
        case Share(count, base):
            return [int(count.value), int(base.value), int(base.value - count.value)]
        case Mean(_, Number(n)) | Number(int() as n):
            return [int(n)]
        case _:
            return []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=st.lists(st.sampled_from(range(len(KINDS_OF_CASE))), min_size=20, max_size=120))
def test_no_register_lets_a_small_count_be_read_or_worked_out(register: list[int]) -> None:
    """No cell says 1 to 4, and what a table withholds is two lines or more that share their sum."""
    whole = publishable(figures_of_cases(*(KINDS_OF_CASE[number] for number in register)), LIMIT)
    for section in whole.sections:
        for table in section.tables:
            shown = [row for row in table.rows if WITHHELD not in row.cells]
            for row in shown:
                alone = len(row.cells) == 2 and isinstance(row.cells[1], Share) and row.cells[0] == row.cells[1].count
                said = [number for cell in row.cells[: 1 if alone else None] for number in said_by(cell)]
                assert not [n for n in said if 0 < n < LIMIT], (table.caption, row)
            hidden = len(table.rows) - len(shown)
            if not hidden or table.withholding is Withholding.LINE_BY_LINE:
                continue
            assert not table.bars
            assert not table.parts
            assert hidden > 1, table.caption
            bases = {
                int(row.cells[1].base.value) for row in shown if len(row.cells) == 2 and isinstance(row.cells[1], Share)
            }
            for base in bases:
                counts = [number for row in shown if not row.total for number in said_by(row.cells[0])]
                assert base - sum(counts) > hidden or base < sum(counts), table.caption


def test_no_table_is_made_without_saying_how_it_may_be_published() -> None:
    (withholding,) = (field for field in fields(Table) if field.name == "withholding")
    assert withholding.default is MISSING is withholding.default_factory
    assert {"Withholding", Withholding} & {withholding.type}
