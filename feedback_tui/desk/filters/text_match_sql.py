"""The same as conditions of a statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, func, type_coerce

from feedback_tui.storage.backend.case_insensitive import any_capitals
from feedback_tui.storage.search.like_pattern import ESCAPE


def contains(column: ColumnElement[Any], like: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether a column holds a part anywhere, given as its `pattern`."""
    return any_capitals(type_coerce(column, String)).like(like, escape=ESCAPE)


def same_word(column: ColumnElement[Any], word: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether a column holds this open word."""
    return func.lower(column) == func.lower(word)
