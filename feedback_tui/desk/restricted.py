"""Restricted cases in lists: others see that one is there, with its reference, kind, status and dates, and whom to ask.

Nothing else of it is shown, looked into, suggested or sorted by: what a list leaves out could be asked for letter by
letter. The figures of a year count it all the same.

A reader is the officer that the register was opened for (`Register.reader`). A statement that looks into words or names
asks `open_to_reader`, and is run with `reader_value`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, case, func, literal, or_, select
from sqlmodel import Session

from feedback_tui.desk.filters.text_match import pattern
from feedback_tui.desk.filters.text_match_sql import contains
from feedback_tui.desk.tables import CASE
from feedback_tui.rules.restricted_access import may_open

_READER = "reader"


def open_to_reader(restricted_to: ColumnElement[Any] = CASE.c.restricted_to) -> ColumnElement[bool]:
    """Whether the reader may open a case. Stricter than `may_open` with letters whose capitals SQL does not know."""
    names = literal(";").concat(func.coalesce(restricted_to, "")).concat(";")
    like = bindparam(_READER, value=_pattern(""), type_=String())
    return or_(restricted_to.is_(None), contains(names, like))


def or_restricted(words: ColumnElement[Any]) -> ColumnElement[str]:
    """A case's words as a column of a list: “restricted” where the reader may not open it."""
    return case((open_to_reader(), words), else_=literal("restricted"))


def closed_to(session: Session, reader: str) -> list[str]:
    """The references of the cases that the reader may not open."""
    query = select(CASE.c.reference, CASE.c.restricted_to).where(CASE.c.restricted_to.is_not(None))
    rows = session.execute(query.order_by(CASE.c.reference_key))
    return [reference for reference, names in rows if not may_open(names, reader)]


def reader_value(reader: str) -> dict[str, str]:
    """The value that goes with `open_to_reader`."""
    return {_READER: _pattern(reader)}


def _pattern(reader: str) -> str:
    # Nobody's name: two separators side by side stand in no list of names.
    return pattern(f";{reader.strip()};")
