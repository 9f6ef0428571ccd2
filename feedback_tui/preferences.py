"""An officer's preferences: a TOML file, read at the start. Errors in the file never stop the program from starting."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from feedback_tui.actions.catalogue import use_keys
from feedback_tui.actions.key_names import written
from feedback_tui.actions.key_remapping import FIXED, Keys, keys_from, topics
from feedback_tui.folders import config_folder
from feedback_tui.text import one_line

LOOKS = {"dark": "desk-dark", "light": "desk-light", "high-contrast": "desk-high-contrast"}
"""The themes by their names in the file, each with the program's name."""
_KNOWN = ("look", "start", "lock_after_minutes", "keys", "filters")
STARTS = ("queue", "today")
LOCK_AFTER = 15
"""Minutes; councils usually require this for unattended desks."""
LONGEST_UNLOCKED = 600
_LOOK = re.compile(r"^look\s*=.*$", re.MULTILINE)
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)


@dataclass(frozen=True)
class Preferences:
    """The preferences of an officer. Wrong entries are left out and listed in `problems`."""

    look: str = "dark"
    keys: Keys = field(default_factory=dict)
    lock_after_minutes: int = LOCK_AFTER
    """Minutes without a key until the screen is locked; 0 for never."""
    start: str = "queue"
    """The first screen, one of STARTS."""
    problems: tuple[str, ...] = ()
    """A sentence for each thing that is wrong with the file."""

    def use(self) -> None:
        """Sets the keys of the actions. Must be called before the first screen is created, because bindings are made
        from them."""
        if self.keys:
            use_keys(self.keys)


def preferences_file() -> Path:
    """Returns the path of the preferences; the file may not exist."""
    return config_folder() / "preferences.toml"


def read_preferences(path: Path | None = None) -> Preferences:
    """Returns the preferences in the file. Never raises: everything that is wrong is listed in `problems`."""
    path = path or preferences_file()
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return Preferences()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        return Preferences(problems=(f"{path} cannot be read: {why}. The program's own keys hold.",))
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Preferences(problems=(f"{path} cannot be read: {one_line(str(error))}. The program's own keys hold.",))
    return _read(text, data)


def _read(text: str, data: dict[str, Any]) -> Preferences:
    from feedback_tui.rules.toml_lines import TomlLines

    lines = TomlLines(text)
    problems: list[tuple[int, str]] = [
        (lines.of((name,)), f"“{one_line(name)}” is no preference: {' and '.join(_KNOWN)} are")
        for name in data
        if name not in _KNOWN
    ]
    look = data.get("look", "dark")
    if not isinstance(look, str) or look not in LOOKS:
        problems.append((lines.of(("look",)), f"there is no look “{one_line(str(look))}”: {', '.join(LOOKS)} are"))
        look = "dark"
    start = data.get("start", STARTS[0])
    if start not in STARTS:
        why = f"no screen “{one_line(str(start))}” opens first: {' or '.join(STARTS)} does"
        problems.append((lines.of(("start",)), why))
        start = STARTS[0]
    minutes = data.get("lock_after_minutes", LOCK_AFTER)
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 0 <= minutes <= LONGEST_UNLOCKED:
        why = f"write whole minutes from 1 to {LONGEST_UNLOCKED}, or 0 for never"
        problems.append((lines.of(("lock_after_minutes",)), why))
        minutes = LOCK_AFTER
    given = data.get("keys", {})
    if not isinstance(given, dict):
        problems.append((lines.of(("keys",)), 'keys are a table: a line [keys], and beneath it lines like new = "n"'))
        given = {}
    keys, wrong = keys_from(given)
    problems += [(lines.of(("keys", name)), one_line(why)) for name, why in wrong.items()]
    said = tuple(f"line {line}: {words}." for line, words in sorted(problems))
    return Preferences(look, keys, minutes, start, said)


def choose_look(name: str, path: Path | None = None) -> str | None:
    """Writes the theme `name` into the file and leaves the rest unchanged.

    Returns None, or a message that says why it could not be written.
    """
    look = next((word for word, own in LOOKS.items() if own == name), None)
    if look is None:
        return None
    line = f'look = "{look}"'

    def changed(text: str) -> str:
        table = _TABLE.search(text)
        top = text[: table.start()] if table else text
        top = _LOOK.sub(line, top, count=1) if _LOOK.search(top) else f"{line}\n{top}"
        return top + (text[table.start() :] if table else "")

    return write_preferences(changed, "The look", path)


def write_preferences(change: Callable[[str], str], what: str, path: Path | None = None) -> str | None:
    """Replaces the file's text by the result of `change`, completely or not at all, readable by this user only.

    Returns None, or a message that says why `what` could not be written.
    """
    path = path or preferences_file()
    try:
        text = path.read_text("utf-8-sig") if path.exists() else ""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(".new")
        fresh.write_text(change(text), "utf-8")
        fresh.chmod(0o600)
        fresh.replace(path)
    except (OSError, UnicodeDecodeError) as error:
        return f"{what} could not be written to {path}: {getattr(error, 'strerror', None) or error}."
    return None


def template() -> str:
    """Returns a preferences file to start from: every action with its current keys, all as comments."""
    lines = [
        "# Preferences of feedback-tui. Take the # away from a line to change it; restart the program.",
        '# A key is written as it is typed: a, A, ?, f5, ctrl+r, space, enter, pageup, left. Several: ["f5", "r"].',
        "",
        f'# look = "dark"    # {", ".join(LOOKS)}',
        '# start = "queue"    # the screen that opens first: queue, today',
        f"# lock_after_minutes = {LOCK_AFTER}    # minutes without a key until the screen is covered; 0: never",
        "",
        "[keys]",
    ]
    for topic, actions in topics():
        lines += ["", f"# {topic}"]
        for action in actions:
            if action.name in FIXED:
                continue
            keys = ", ".join(f'"{written(key)}"' for key in action.keys)
            value = keys if len(action.keys) == 1 else f"[{keys}]"
            lines.append(f"# {f'{action.name} = {value}':<40}  # {action.words}")
    return "\n".join(lines) + "\n"
