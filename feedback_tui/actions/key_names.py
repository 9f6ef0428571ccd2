"""The names of keys: Textual's, as shown to officers, and as officers write them in the preferences file."""

from __future__ import annotations

import unicodedata
from string import punctuation

_PRINT = {
    "enter": "⏎",
    "space": "space",
    "slash": "/",
    "question_mark": "?",
    "escape": "esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "insert": "Ins",
    "delete": "Del",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_OTHER_NAMES = {
    "esc": "escape",
    "return": "enter",
    "⏎": "enter",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page up": "pageup",
    "page down": "pagedown",
    "ins": "insert",
    "del": "delete",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
}
"""Names that officers write for a key, with Textual's name."""
_SIGNS = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Signs whose Unicode name differs from Textual's."""
NEVER_SENT = frozenset(
    {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+enter", "shift+enter", "ctrl+space", "ctrl+z", "ctrl+c"}
)
"""Keys that many terminals send as another key, or keep for themselves."""
_NAMED = frozenset({*_PRINT, "backspace", *(f"f{number}" for number in range(1, 21))} - {"slash", "question_mark"})


def printed(key: str) -> str:
    """Returns a key as shown to officers: ``^s`` for ctrl+s, ``F2``, ``?``."""
    if key in _PRINT:
        return _PRINT[key]
    if key.startswith("ctrl+"):
        return f"^{printed(key.removeprefix('ctrl+'))}"
    if key.startswith("shift+"):
        return f"Shift+{printed(key.removeprefix('shift+'))}"
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return _character(key) or key


def written(key: str) -> str:
    """Returns a key as written in the preferences file: ``ctrl+s``, ``f2``, ``?``."""
    return _character(key) or key


def read_key(text: str) -> str | None:
    """Returns Textual's name of the key that `text` means, or None."""
    words = text.strip()
    if len(words) == 1 and words.isprintable() and words not in _OTHER_NAMES:
        return _name_of(words)
    plain = words.casefold().replace("^", "ctrl+").replace("control+", "ctrl+")
    *before, last = plain.split("+") if plain != "+" else [plain]
    last = _OTHER_NAMES.get(last, last)
    if last in _NAMED and set(before) <= {"ctrl", "shift", "alt"}:
        return "+".join([*before, last])
    if len(last) == 1 and before == ["ctrl"] and last.isascii() and last.isalnum():
        return f"ctrl+{last}"
    return None


def is_typed(key: str) -> bool:
    """Returns whether the key types a letter or sign into a field."""
    return key == "space" or len(key) == 1 or _character(key) is not None


def _name_of(character: str) -> str:
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _SIGNS.get(name, name) or character


def _character(key: str) -> str | None:
    """Returns the sign that a key with a long name types, or None."""
    if len(key) == 1 or "+" in key or key in _NAMED:
        return None
    # Both hyphens and spaces become “_” in Textual's names: GREATER-THAN SIGN is “greater_than_sign”.
    if (sign := next((sign for sign in punctuation if _name_of(sign) == key), None)) is not None:
        return sign
    name = next((name for name, other in _SIGNS.items() if other == key), key)
    for spelled in (name.replace("_", " "), name.replace("_", "-")):
        try:
            return unicodedata.lookup(spelled)
        except KeyError:
            continue
    return None
