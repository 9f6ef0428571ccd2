"""How what an officer types is looked for in the register: without regard to case, and `%` and `_` mean themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, func, type_coerce

from feedback_tui.storage.capitals import any_capitals
from feedback_tui.text import safe_text

MOST_PARTS, LONGEST_PART = 20, 100
"""More, or longer, than anyone types: past them a filter looks no further."""
_ESCAPE = "/"


def parts_of(words: str) -> tuple[str, ...]:
    """The parts that are looked for, each anywhere: as they would stand in the register."""
    return tuple(part[:LONGEST_PART] for part in safe_text(words).split()[:MOST_PARTS])


def pattern(part: str) -> str:
    """The pattern that `contains` takes for a part."""
    for sign in (_ESCAPE, "%", "_"):
        part = part.replace(sign, _ESCAPE + sign)
    return f"%{part.lower()}%"


def contains(column: ColumnElement[Any], like: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether a column holds a part anywhere, given as its `pattern`."""
    return any_capitals(type_coerce(column, String)).like(like, escape=_ESCAPE)


def same_word(column: ColumnElement[Any], word: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether a column holds this open word."""
    return func.lower(column) == func.lower(word)
