"""References in the order of their numbers: ASC-26-9 before ASC-26-10, whatever comes before the number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, literal_column

_FIGURES: ColumnElement[str] = literal_column("'0123456789'")


def by_number(reference_key: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """What to sort by: all before the last number, that number's length, then the reference as it is."""
    return [func.rtrim(reference_key, _FIGURES), func.length(reference_key), reference_key]
