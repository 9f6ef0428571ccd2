"""An officer's own keys: what is right holds, what is wrong is said in a sentence, and nothing stops the start."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedback_tui.actions import ACTIONS, BY_NAME, Place, at, use_keys
from feedback_tui.actions.key_names import is_typed, printed, read_key, written
from feedback_tui.actions.key_remapping import FIXED, keys_from
from feedback_tui.preferences import Preferences, choose_look, read_preferences, template


@pytest.fixture(autouse=True)
def own_keys_again() -> Iterator[None]:
    yield
    use_keys({})


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [
        ("a", "a", "a"),
        ("A", "A", "A"),
        ("?", "question_mark", "?"),
        ("/", "slash", "/"),
        ("+", "plus", "+"),
        ("-", "minus", "-"),
        (";", "semicolon", ";"),
        ("F5", "f5", "F5"),
        ("Ctrl+R", "ctrl+r", "^r"),
        ("^r", "ctrl+r", "^r"),
        ("esc", "escape", "esc"),
        ("PgUp", "pageup", "PgUp"),
        ("space", "space", "space"),
        ("é", "é", "é"),
        ("shift+f3", "shift+f3", "Shift+F3"),
    ],
)
def test_a_key_is_read_as_officers_write_it(text: str, key: str, shown: str) -> None:
    assert read_key(text) == key
    assert printed(key) == shown
    assert read_key(written(key)) == key


@pytest.mark.parametrize("text", ["", "ab", "ctrl+", "hyper+x", "ctrl+pling", "f99", "\x1b", "a b"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert read_key(text) is None


def test_a_letter_is_typed_and_an_f_key_is_not() -> None:
    keys = ("a", "slash", "space", "f5", "ctrl+s", "escape", "é")
    assert [key for key in keys if is_typed(key)] == ["a", "slash", "space", "é"]


def test_two_actions_may_change_keys_with_each_other() -> None:
    good, wrong = keys_from({"new": "e", "explain": ["n", "f6"]})
    assert wrong == {}
    use_keys(good)
    assert BY_NAME["new"].keys == ("e",)
    assert [action.name for action in at(Place.QUEUE) if "n" in action.keys] == ["explain"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"nwe": "n"}, "there is no action “nwe”"),
        ({"new": "hyper"}, "“hyper” for “new” is not a key"),
        ({"new": 5}, "“new” wants a key in quotes"),
        ({"new": "ctrl+m"}, "does not arrive in many terminals"),
        ({"save": "s"}, "would be typed into a field"),
        ({"back": "f4"}, "“back” keeps its keys, esc"),
        ({"new": "a"}, "“a” for “new” is taken: on the screen “queue” it is “step_acknowledge” (Acknowledge)"),
        ({"new": "f7", "goto": "f7"}, "“F7” for “goto” is taken: on the screen “queue” it is “new” (New)"),
        ({"mine": "j"}, "it is “down” (Down)"),
    ],
)
def test_what_is_wrong_is_said_by_name(given: dict[str, object], words: str) -> None:
    good, wrong = keys_from(given)
    assert words in "".join(wrong.values())
    assert not set(good) & set(wrong)


def test_the_wrong_line_is_named_and_the_others_hold(tmp_path: Path) -> None:
    file = tmp_path / "preferences.toml"
    file.write_text('look = "light"\ncolour = 1\n[keys]\nnew = "f6"\nmine = "a"\n')
    found = read_preferences(file)
    assert (found.look, found.keys) == ("light", {"new": ("f6",)})
    assert [problem.partition(":")[0] for problem in found.problems] == ["line 2", "line 5"]


@pytest.mark.parametrize("text", ["[keys", 'look = "pink"', "keys = 3", "look = 5", "[keys]\nnew = {a=1}", "[look]\n"])
def test_no_file_stops_the_start(tmp_path: Path, text: str) -> None:
    file = tmp_path / "preferences.toml"
    file.write_text(text)
    found = read_preferences(file)
    assert (found.look, found.keys, len(found.problems)) == ("dark", {}, 1)
    assert "\n" not in found.problems[0]
    file.write_bytes(b"\xff\xfe\x00")
    assert read_preferences(file).problems
    assert read_preferences(tmp_path).problems
    assert read_preferences(tmp_path / "none.toml") == Preferences()


def test_the_template_says_what_holds_and_every_line_of_it_can_be_taken_in(tmp_path: Path) -> None:
    file = tmp_path / "preferences.toml"
    file.write_text(template())
    assert read_preferences(file) == Preferences()
    bare = "\n".join(
        line.removeprefix("# ") if " = " in line and "#" in line[2:] else line for line in template().splitlines()
    )
    file.write_text(bare)
    assert set(tomllib.loads(bare)["keys"]) == {action.name for action in ACTIONS} - FIXED
    found = read_preferences(file)
    assert found.problems == ()
    assert found.keys == {action.name: action.keys for action in ACTIONS if action.name not in FIXED}


def test_choosing_a_look_leaves_the_rest_of_the_file_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "preferences.toml"
    assert choose_look("desk-light", file) is None
    assert read_preferences(file).look == "light"
    file.write_text('# mine\nlook = "light" # bright room\n[keys]\nlook = 1\n')
    assert choose_look("desk-high-contrast", file) is None
    assert file.read_text() == '# mine\nlook = "high-contrast"\n[keys]\nlook = 1\n'
    (tmp_path / "plain").write_text("")
    assert "could not be written" in (choose_look("desk-dark", tmp_path / "plain" / "preferences.toml") or "")
