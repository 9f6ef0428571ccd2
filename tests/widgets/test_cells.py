"""Words in cells: exactly as wide as asked, whatever stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from feedback_tui.widgets.cell_width import Cut, fit


@given(st.text(max_size=60), st.integers(0, 40), st.sampled_from(["end", "middle"]))
def test_any_text_fills_exactly_its_cells_and_holds_no_control_character(text: str, width: int, cut: Cut) -> None:
    fitted = fit(text, width, cut)
    assert cell_len(fitted) == width
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in fitted)


@pytest.mark.parametrize(
    ("text", "width", "cut", "fitted"),
    [
        ("Enable", 10, "end", "Enable    "),
        ("Social Work Team - North", 12, "end", "Social Work…"),
        ("Social Work Team - North", 12, "middle", "Social…North"),
        ("日本語の苦情", 7, "end", "日本語…"),
        ("two\nlines", 12, "end", "two lines   "),
    ],
)
def test_what_is_cut_says_so(text: str, width: int, cut: Cut, fitted: str) -> None:
    assert fit(text, width, cut) == fitted
