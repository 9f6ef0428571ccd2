"""Filters that an officer keeps: any text comes back as it was, and the rest of the file stays."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback_tui.preferences import read_preferences
from feedback_tui.saved_filters import MOST, drop_filter, keep_filter, saved_filters
from feedback_tui.text import one_line

HAND = '# my own\nlook = "light"\n\n[keys]\nnew = "f7"  # as I like it\n'


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=30), text=st.text(max_size=60))
def test_any_filter_comes_back_and_the_file_stays(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text(HAND + '\n[filters]\nold = "x"\n', "utf-8")
    if not one_line(name):
        assert keep_filter(name, text, path) == "A name is missing."
        return
    assert keep_filter(name, text, path) is None
    assert saved_filters(path) == {"old": "x", one_line(name, 40): one_line(text)}
    assert path.read_text("utf-8").startswith(HAND)
    assert read_preferences(path).problems == ()
    assert drop_filter("old", path) is None
    assert drop_filter(one_line(name, 40), path) is None
    assert path.read_text("utf-8") == HAND
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_wrong_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text("look = ", "utf-8")
    assert saved_filters(path) == {}
    assert keep_filter("a", "b", path) is not None
    assert path.read_text("utf-8") == "look = "


def test_no_more_filters_are_kept_than_the_most(tmp_path: Path) -> None:
    path = tmp_path / "new" / "preferences.toml"
    for number in range(MOST):
        assert keep_filter(f"n{number}", "open", path) is None
    assert "delete one first" in str(keep_filter("one more", "open", path))
