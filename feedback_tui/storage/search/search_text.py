"""The text of each case for the search index, read from the tables or collected as new rows are added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Select, Table, bindparam, literal, select, union_all
from sqlalchemy.engine import Connection, Dialect
from sqlmodel import SQLModel

from feedback_tui.models.base import is_personal
from feedback_tui.models.case import Case
from feedback_tui.models.event import Event, Words
from feedback_tui.models.people import Party, Person
from feedback_tui.storage.audit.change_capture import Change, table_of
from feedback_tui.text import folded_words

_OPEN_WORDS = {
    "feedback_case": ("channel", "officer", "system_reference", "recipient_role", "compliment_source"),
    "stage": ("investigator", "officer", "signed_by"),
    "complaint_point": ("team", "provider", "category", "subcategory", "theme"),
    "ombudsman_record": ("their_reference",),
    "remedy": ("kind",),
    "learning": ("area",),
    "action": ("owner",),
}
"""Columns that are searched besides those with personal text."""
_IDS: Any = bindparam("ids", expanding=True)
Text = tuple[int, int, str]
"""A text of a row: the part of the index, the number of its column, and the text."""


class Said(NamedTuple):
    """The text of a case in the parts of the index."""

    reference: str
    people: str
    words: str


def said_by(connection: Connection, case_ids: list[int]) -> dict[int, Said]:
    """Returns the text of each of these cases, read from the tables."""
    if len(case_ids) == 1:
        one = _one_case_said(connection.dialect)
        rows: Iterable[Any] = connection.exec_driver_sql(one.sql, one.given(case_ids[0]))
    else:
        rows = connection.execute(_everything_said(), {"ids": case_ids})
    return {
        case_id: _in_parts((part, said) for _, part, said in of_case)
        for case_id, of_case in groupby(rows, key=lambda row: row[0])
    }


def _in_parts(texts: Iterable[tuple[int, str]]) -> Said:
    """Joins texts by part, in their order and without repetitions."""
    parts: tuple[dict[str, None], ...] = ({}, {}, {})
    for part, said in texts:
        if said:
            parts[part][said] = None
    return Said(*("\n".join((*part, *_folded(part))) for part in parts))


def _folded(part: Iterable[str]) -> Iterable[str]:
    """Returns a line with the folded forms of words that need them, or nothing."""
    words = dict.fromkeys(word for said in part for word in folded_words(said))
    return (" ".join(words),) if words else ()


class SaidByNewCases:
    """Collects the text of new cases as their rows are added. Same result as `said_by`, in a third of the time."""

    def __init__(self) -> None:
        self._texts: dict[int, list[tuple[int, int, int, str]]] = {}
        self._of_people: dict[int, Sequence[Text]] = {}

    def add(self, table: str, row_id: int, case_id: int, texts: Sequence[Text], person_id: object = None) -> None:
        """Adds the texts of a new row. The texts of a person are added with each party that refers to them
        (`person_id`), so the person must be added first."""
        if table == Person.__tablename__:
            self._of_people[row_id] = texts
            return
        found = self._texts.get(case_id)
        if found is None:
            found = self._texts[case_id] = []
        found += [(part, number, row_id, said) for part, number, said in texts]
        if isinstance(person_id, int):
            found += [(part, number, row_id, said) for part, number, said in self._of_people.get(person_id, ())]

    def take(self) -> dict[int, Said]:
        """Returns the text of each case whose rows were added since the last call."""
        taken, self._texts, self._of_people = self._texts, {}, {}
        return {case_id: _in_parts((text[0], text[3]) for text in sorted(texts)) for case_id, texts in taken.items()}


def columns_said(table: Table) -> Mapping[str, tuple[int, int]]:
    """Returns the searched columns of a table, each with its part of the index and its number."""
    return {
        piece.column.key: (piece.part, number)
        for number, piece in enumerate(_pieces())
        if piece.column.table is table and table.name != Words.__tablename__
    }


def says_otherwise(change: Change) -> bool:
    """Whether a captured change alters the searched text of its case."""
    if isinstance(change, str):
        return False  # Many rows changed alike: no words.
    table, _, before, after = change
    columns = {*_columns(before), *_columns(after)}
    # A row that moves to another case changes the text of both.
    moved = bool(before and after) and "case_id" in columns
    return moved or not _searched(str(table)).isdisjoint(columns)


def _columns(side: object) -> Iterable[str]:
    return side if isinstance(side, dict) else ()


@cache
def _searched(name: str) -> frozenset[str]:
    """Returns the columns of a table on which a case's searched text depends, including whose party it is."""
    whose = ("person_id",) if name == Party.__tablename__ else ()
    return frozenset((*columns_said(SQLModel.metadata.tables[name]), *whose))


class _Piece(NamedTuple):
    """A searched column: whose case it is, its part of the index, and its order."""

    owner: ColumnElement[Any]
    part: int
    column: Column[Any]
    place: ColumnElement[Any]
    joined: ColumnElement[bool] | None = None


@lru_cache(1)
def _pieces() -> tuple[_Piece, ...]:
    """Returns all searched columns. Part 0 is the reference, part 1 people, part 2 other text."""
    case = table_of(Case)
    pieces: list[_Piece] = [_Piece(case.c.id, 0, case.c.reference, case.c.id)]
    # Sorted by name, because metadata lists tables in the order of imports, and every program must build the same text.
    for name, table in sorted(SQLModel.metadata.tables.items()):
        owner = table.c.id if name == case.name else table.c.get("case_id")
        if owner is None or name in (Event.__tablename__, Words.__tablename__):
            continue
        pieces += [
            _Piece(owner, 2, column, table.c.id)
            for column in table.columns
            if is_personal(column) or column.key in _OPEN_WORDS.get(name, ())
        ]
    party, person = table_of(Party), table_of(Person)
    named = party.c.person_id == person.c.id
    pieces += [
        _Piece(party.c.case_id, 1, column, party.c.id, named) for column in person.columns if is_personal(column)
    ]
    event, words = table_of(Event), table_of(Words)
    pieces.append(_Piece(event.c.case_id, 2, words.c.text, event.c.id, words.c.digest == event.c.reason))
    return tuple(pieces)


@lru_cache(1)
def _everything_said() -> Select[Any]:
    """Selects a row for each text of the cases `ids`: case id, part and text."""
    said = union_all(*(_query(number, piece) for number, piece in enumerate(_pieces()))).subquery()
    return select(said.c.case_id, said.c.part, said.c.said).order_by(
        said.c.case_id, said.c.part, said.c.piece, said.c.place
    )


@dataclass(frozen=True)
class _Ready:
    """A compiled statement for the texts of one case, which each step runs."""

    sql: str
    order: tuple[str, ...] | None
    """The names of its parameters in order, for drivers with positional parameters."""
    values: Mapping[str, Any]

    def given(self, case_id: int) -> Any:
        values = {name: case_id if name.startswith("ids") else value for name, value in self.values.items()}
        return values if self.order is None else tuple(values[name] for name in self.order)


@lru_cache(4)
def _one_case_said(dialect: Dialect) -> _Ready:
    ready = _everything_said().compile(dialect=dialect).construct_expanded_state({"ids": [0]})
    order = None if ready.positiontup is None else tuple(ready.positiontup)
    return _Ready(ready.statement, order, ready.parameters)


def _query(number: int, piece: _Piece) -> Select[Any]:
    query: Select[Any, Any, Any, Any, Any] = select(
        piece.owner.label("case_id"),
        literal(piece.part).label("part"),
        literal(number).label("piece"),
        piece.place.label("place"),
        piece.column.label("said"),
    )
    # Most of these columns are empty; filtering here avoids reading them.
    query = query.where(piece.owner.in_(_IDS), piece.column.is_not(None))
    return query if piece.joined is None else query.where(piece.joined)
