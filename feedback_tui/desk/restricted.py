"""Restricted cases in lists. Others see only the reference, kind, status, dates and officer.

Nothing else of such a case is shown, searched, suggested or sorted by, because hidden text could otherwise be guessed
letter by letter. What is hidden is declared in `rules.restricted_access`, which masks the rows; a statement that sorts
or groups by a column uses `as_shown`, since it cannot wait for the rows. The figures of a year count these cases. The
reader is the officer that the register was opened for (`Register.reader`). A statement that searches text or names uses
`open_to_reader` and is run with `reader_value`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, case, func, literal, or_, select
from sqlmodel import Session

from feedback_tui.desk.filters.text_match import pattern
from feedback_tui.desk.filters.text_match_sql import contains
from feedback_tui.desk.tables import CASE
from feedback_tui.rules.restricted_access import HIDDEN_FIELDS, RESTRICTED, may_open

_READER = "reader"


def open_to_reader(restricted_to: ColumnElement[Any] = CASE.c.restricted_to) -> ColumnElement[bool]:
    """Returns the condition that the reader may open a case. For names with letters whose case SQL does not convert, it
    refuses some readers whom `may_open` accepts."""
    names = literal(";").concat(func.coalesce(restricted_to, "")).concat(";")
    like = bindparam(_READER, value=_pattern(""), type_=String())
    return or_(restricted_to.is_(None), contains(names, like))


def or_restricted(words: ColumnElement[Any]) -> ColumnElement[str]:
    """Returns a column's text, or “restricted” if the reader may not open the case."""
    return case((open_to_reader(), words), else_=literal(RESTRICTED))


def as_shown(
    column: ColumnElement[Any], restricted_to: ColumnElement[Any] = CASE.c.restricted_to
) -> ColumnElement[Any]:
    """Returns a column as lists show it: empty if it is one of `HIDDEN_FIELDS` and the reader may not open the case.

    A statement that contains it must be run with the parameter `reader_value`.
    """
    return case((open_to_reader(restricted_to), column), else_=None) if column.key in HIDDEN_FIELDS else column


def closed_to(session: Session, reader: str) -> list[str]:
    """Returns the references of the cases that the reader may not open."""
    query = select(CASE.c.reference, CASE.c.restricted_to).where(CASE.c.restricted_to.is_not(None))
    rows = session.execute(query.order_by(CASE.c.reference_key))
    return [reference for reference, names in rows if not may_open(names, reader)]


def reader_value(reader: str) -> dict[str, str]:
    """Returns the bound value for `open_to_reader`."""
    return {_READER: _pattern(reader)}


def _pattern(reader: str) -> str:
    # An empty reader gives two separators in a row, which no list of names contains.
    return pattern(f";{reader.strip()};")
