"""Names struck out of words that are to be printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.rules.anonymise import STRUCK, anonymised, names_in


@pytest.mark.parametrize(
    ("words", "names", "left"),
    [
        ("Ann Lee was kind, and LEE smiled", ["Ann Lee"], f"{STRUCK} was kind, and {STRUCK} smiled"),
        ("Will you thank Will?", ["Will Hope"], f"{STRUCK} you thank {STRUCK}?"),
        ("I will hope so", ["Will Hope"], "I will hope so"),
        ("Mrs Tudor-Evans and Dr. Roberts came", [], f"{STRUCK} and {STRUCK} came"),
        ("Siân O'Brien’s visit; Leeds", ["Siân O'Brien", "Lee"], f"{STRUCK}’s visit; Leeds"),
        ("the carer", ["Mrs A. The"], "the carer"),
    ],
)
def test_names_are_struck_out_and_other_words_are_not(words: str, names: list[str], left: str) -> None:
    assert anonymised(words, names) == left


NAME = st.from_regex(r"[A-ZÉ][a-zé'’-]{0,6}( [A-ZÉ][a-zé'’-]{1,6}){0,2}", fullmatch=True)


@given(
    st.lists(NAME, min_size=1, max_size=3), st.lists(st.sampled_from(["was", "kind", ",", "to", "-", "'s"]), max_size=8)
)
def test_nothing_of_a_name_is_left(names: list[str], between: list[str]) -> None:
    words = " ".join([*between, *names, *between, *(name.upper() for name in names)])
    assert names_in(anonymised(words, names), names) == ()
