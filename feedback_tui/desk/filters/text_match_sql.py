"""The tests of `text_match`, as conditions of a statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, func, type_coerce

from feedback_tui.storage.backend.case_insensitive import any_capitals
from feedback_tui.storage.search.like_pattern import ESCAPE


def contains(column: ColumnElement[Any], like: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Returns the condition that a column contains a part, given as its `pattern`."""
    return any_capitals(type_coerce(column, String)).like(like, escape=ESCAPE)


def same_word(column: ColumnElement[Any], word: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Returns the condition that a column is this word, ignoring upper and lower case."""
    return func.lower(column) == func.lower(word)
