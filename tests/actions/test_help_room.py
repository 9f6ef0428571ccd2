"""The help of every screen keeps its keys, words and explanations apart."""

from __future__ import annotations

import pytest

from feedback_tui.actions.action import Place, Situation
from feedback_tui.actions.catalogue import at
from feedback_tui.actions.key_names import printed
from feedback_tui.screens.help.help import WIDTH, help_lines


@pytest.mark.parametrize("place", list(Place))
def test_a_long_key_stands_apart_from_its_words_and_no_line_is_too_long(place: Place) -> None:
    lines = help_lines(place, Situation()).plain.splitlines()
    assert max(map(len, lines)) <= WIDTH
    for action in at(place):
        keys = " ".join(printed(key) for key in action.keys)
        if keys:
            assert any(line.startswith(f" {keys} ") for line in lines), (keys, action.words)
