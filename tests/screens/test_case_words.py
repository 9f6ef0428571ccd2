"""A case in words: what is too long for its line is set in, whatever script it is in."""

from __future__ import annotations

import pytest
from textual.content import Content

from feedback_tui.screens.case.case_words import set_in


@pytest.mark.parametrize(
    ("line", "width", "shown"),
    [
        ("Team        short", 20, ["Team        short"]),
        ("Team        two words more", 24, ["Team        two words", "            more"]),
        ("1  Remind the desk of it", 14, ["1  Remind the", "   desk of it"]),
        ("   indented words go on", 12, ["   indented", "   words go", "   on"]),
        ("plain words go on", 11, ["plain words", "go on"]),
        ("名前  日本語の苦情です", 14, ["名前  日本語の", "      苦情です"]),
        ("unbrokenwordwithoutend", 10, ["unbrokenwo", "rdwithoute", "nd"]),
        ("first\n\nWhat  is beneath", 13, ["first", "", "What  is", "      beneath"]),
    ],
)
def test_what_is_too_long_goes_on_beneath_its_second_column(line: str, width: int, shown: list[str]) -> None:
    said = set_in(Content.assemble((line, "bold")), width)
    assert [part.plain.rstrip() for part in said.split("\n", allow_blank=True)] == shown
    assert all(part.cell_length <= width for part in said.split("\n", allow_blank=True))
