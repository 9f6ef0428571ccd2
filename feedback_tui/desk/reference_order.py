"""Sorts references by their numbers: ASC-26-9 before ASC-26-10."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, literal_column

_FIGURES: ColumnElement[str] = literal_column("'0123456789'")


def by_number(reference_key: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """Returns the sort columns: the text before the last number, the length, then the reference."""
    return [func.rtrim(reference_key, _FIGURES), func.length(reference_key), reference_key]
