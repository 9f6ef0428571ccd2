"""An officer's saved filters, by name, in the table ``[filters]`` of their preferences.

They are saved as typed, so ``due<fri`` means another Friday next week.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from feedback_tui.preferences import preferences_file, write_preferences
from feedback_tui.text import one_line

LONGEST_NAME, MOST = 40, 60
_TABLE = re.compile(r"^[ \t]*\[filters\][^\n]*\n?(?:(?![ \t]*\[)[^\n]*\n?)*", re.MULTILINE)


def saved_filters(path: Path | None = None) -> dict[str, str]:
    """Returns the filters by name, in the order they were saved; {} if the file cannot be read."""
    return _read(path or preferences_file()) or {}


def _read(path: Path) -> dict[str, str] | None:
    """Returns the filters in a file; {} if there is no file; None if it cannot be read."""
    import tomllib

    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    found = data.get("filters", {})
    if not isinstance(found, dict):
        return {}
    return {one_line(name, LONGEST_NAME): text for name, text in found.items() if isinstance(text, str)}


def keep_filter(name: str, text: str, path: Path | None = None) -> str | None:
    """Saves a filter under a name, replacing one of the same name. Returns None, or a message that says why it could
    not."""
    name = one_line(name, LONGEST_NAME)
    if not name:
        return "A name is missing."
    found = _read(path or preferences_file())
    if found is None:
        return _unreadable(path)
    if name not in found and len(found) >= MOST:
        return f"{MOST} filters are kept already: delete one first."
    return _write({**found, name: one_line(text)}, path)


def drop_filter(name: str, path: Path | None = None) -> str | None:
    """Deletes a filter. Returns None, or a message that says why it could not."""
    found = _read(path or preferences_file())
    if found is None:
        return _unreadable(path)
    found.pop(name, None)
    return _write(found, path)


def _unreadable(path: Path | None) -> str:
    return f"{path or preferences_file()} cannot be read, and was left as it is: feedback-tui keys says what is wrong."


def _write(filters: dict[str, str], path: Path | None) -> str | None:
    lines = [f"{_string(name)} = {_string(text)}\n" for name, text in filters.items()]
    table = "[filters]\n" + "".join(lines) if lines else ""

    def changed(text: str) -> str:
        without = _TABLE.sub("", text).rstrip("\n")
        return "\n\n".join(part for part in (without, table.rstrip("\n")) if part) + "\n"

    return write_preferences(changed, "The filter", path)


def _string(text: str) -> str:
    """Returns a TOML string: the same as JSON's, except for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
