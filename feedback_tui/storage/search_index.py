"""The words of every case, to be searched: what the tables hold now, and the notes and reasons of its events.

Kept up to date in the transaction that changes a case, so that it never says anything else. In a file it is an index of
SQLite's own (FTS5), on a server a table with one of PostgreSQL's (tsvector). Either finds a letter with or without its
accents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, literal, select, union_all
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from feedback_tui.models.base import is_personal
from feedback_tui.models.case import Case
from feedback_tui.models.event import Event, Words
from feedback_tui.models.people import Party, Person
from feedback_tui.storage.capture import table_of

INDEX = "search"
TABLES_OF_IT = tuple(f"{INDEX}{part}" for part in ("", "_data", "_idx", "_content", "_docsize", "_config"))
"""The tables that the index consists of in a file."""
AT_ONCE = 500
"""Cases whose words are gathered together."""
MOST_WORDS, LONGEST_WORD = 12, 60
"""More, or longer, than anyone looks for."""
BEGIN, END = "\x02", "\x03"
"""What stands around a found word in a snippet: no stored text has these."""
_OPEN_WORDS = {
    "feedback_case": ("channel", "officer", "system_reference", "recipient_role", "compliment_source"),
    "stage": ("investigator", "officer", "signed_by"),
    "complaint_point": ("team", "provider", "category", "subcategory", "theme"),
    "ombudsman_record": ("their_reference",),
    "remedy": ("kind",),
    "learning": ("area",),
    "action": ("owner",),
}
"""Columns that are searched beside those that hold people's words."""


_PARTS = "reference, people, words"
_IDS: Any = bindparam("ids", expanding=True)


class Found(NamedTuple):
    """A case that has the words, and where: a piece of its text with what was found between BEGIN and END."""

    case_id: int
    snippet: str


class _Words(NamedTuple):
    reference: str
    people: str
    words: str


def refresh(connection: Connection, case_ids: Iterable[int]) -> None:
    """Puts what these cases say now in place of what they said. In the transaction of whoever changed them."""
    wanted = sorted(set(case_ids))
    for start in range(0, len(wanted), AT_ONCE):
        lot = wanted[start : start + AT_ONCE]
        _forget(connection, lot)
        _insert(connection, _gathered(connection, lot))


def rebuild(connection: Connection) -> None:
    """Makes the index anew from what every case says; nothing that is gone is left in it."""
    connection.exec_driver_sql(f"DELETE FROM {INDEX}")
    for lot in _lots(connection):
        _insert(connection, _gathered(connection, lot))
    if _in_a_file(connection):
        connection.exec_driver_sql(f"INSERT INTO {INDEX}({INDEX}) VALUES ('optimize')")


def purge(connection: Connection, case_ids: Iterable[int]) -> None:
    """Takes out whatever is not said by these cases any more, down to the last segment: for erasure."""
    refresh(connection, case_ids)
    if _in_a_file(connection):
        connection.exec_driver_sql(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")


def is_behind(connection: Connection) -> bool:
    """Whether the index does not have every case: it was just made, or another program wrote cases."""
    cases = connection.exec_driver_sql("SELECT count(*) FROM feedback_case").scalar_one()
    counted = f"{INDEX}_docsize" if _in_a_file(connection) else INDEX
    return bool(connection.exec_driver_sql(f"SELECT count(*) FROM {counted}").scalar_one() != cases)


def differences(connection: Connection) -> int:
    """How many cases the index says something else of than their rows."""
    kept, key, parts = (
        (f"{INDEX}_content", "id", "c0, c1, c2") if _in_a_file(connection) else (INDEX, "case_id", _PARTS)
    )
    wrong = 0
    seen = 0
    for lot in _lots(connection):
        said = _gathered(connection, lot)
        ids = ", ".join(map(str, lot))
        rows = connection.exec_driver_sql(f"SELECT {key}, {parts} FROM {kept} WHERE {key} IN ({ids})")
        there = {row[0]: _Words(*row[1:]) for row in rows}
        seen += len(there)
        wrong += sum(there.get(case_id) != words for case_id, words in said.items())
    more = connection.exec_driver_sql(f"SELECT count(*) FROM {kept}").scalar_one() - seen
    return wrong + int(more)


def words_of(text: str) -> list[str]:
    """The words that are looked for: what has no letter or figure in it is left out, as the index has it."""
    parts = (part.replace("\0", "")[:LONGEST_WORD] for part in text.split())
    return [part for part in parts if re.search(r"\w", part.replace("_", " "))][:MOST_WORDS]


def search(connection: Connection, text: str, most: int, *, without: Collection[int] = ()) -> tuple[int, list[Found]]:
    """How many cases have every word of `text` (or one that begins with it), and the best of them.

    Never raises for what is typed. The cases `without` are neither looked into nor counted.
    """
    words = words_of(text)
    if not words:
        return 0, []
    if not _in_a_file(connection):
        return _on_the_server(connection, words, most, without)
    # Each in quotes: O'Brien, 50% and * are words here, not the index's own signs.
    asked = " ".join('"' + word.replace('"', '""') + '"*' for word in words)
    which = f"{INDEX} MATCH ?" + (f" AND rowid NOT IN ({', '.join(map(str, map(int, without)))})" if without else "")
    count = connection.exec_driver_sql(f"SELECT count(*) FROM {INDEX} WHERE {which}", (asked,)).scalar_one()
    rows = connection.exec_driver_sql(
        f"SELECT rowid, snippet({INDEX}, -1, ?, ?, '…', 14) FROM {INDEX} WHERE {which} "
        f"ORDER BY bm25({INDEX}, 10.0, 6.0, 1.0), rowid DESC LIMIT ?",
        (BEGIN, END, asked, most),
    )
    return int(count), [Found(row[0], row[1]) for row in rows]


def _in_a_file(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _forget(connection: Connection, case_ids: list[int]) -> None:
    key = "rowid" if _in_a_file(connection) else "case_id"
    connection.exec_driver_sql(f"DELETE FROM {INDEX} WHERE {key} IN ({', '.join(map(str, case_ids))})")


def _insert(connection: Connection, said: Mapping[int, _Words]) -> None:
    if not said:
        return
    if _in_a_file(connection):
        connection.exec_driver_sql(
            f"INSERT INTO {INDEX}(rowid, {_PARTS}) VALUES (?, ?, ?, ?)",
            [(case_id, *words) for case_id, words in said.items()],
        )
        return
    weighed = " || ".join(f"setweight(to_tsvector('simple', %s), '{weight}')" for weight in "ABD")
    connection.exec_driver_sql(
        f"INSERT INTO {INDEX}(case_id, {_PARTS}, said) VALUES (%s, %s, %s, %s, {weighed})",
        [(case_id, *words, *map(_bare, words)) for case_id, words in said.items()],
    )


def _bare(text: str) -> str:
    """A text without accents, as SQLite's index has it by itself."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _lots(connection: Connection) -> Iterator[list[int]]:
    ids = [row[0] for row in connection.exec_driver_sql("SELECT id FROM feedback_case ORDER BY id")]
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _gathered(connection: Connection, case_ids: list[int]) -> dict[int, _Words]:
    """What each of these cases says."""
    rows = connection.execute(_everything_said(), {"ids": case_ids})
    found: dict[int, _Words] = {}
    for case_id, of_case in groupby(rows, key=lambda row: row[0]):
        parts: list[list[str]] = [[], [], []]
        for _, part, said in of_case:
            if said and said not in parts[part]:
                parts[part].append(said)
        found[case_id] = _Words(*("\n".join(part) for part in parts))
    return found


@lru_cache(1)
def _everything_said() -> Select[Any]:
    """A row for each text of the cases `ids`: the case, which part it is (0 reference, 1 people, 2 words), the text."""
    case = table_of(Case)
    pieces: list[_Piece] = [_Piece(case.c.id, 0, case.c.reference, case.c.id)]
    # In the order of their names: the tables stand there in the order of whichever import came first, and every program
    # must say the same of a case.
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
    said = union_all(*(_query(number, piece) for number, piece in enumerate(pieces))).subquery()
    return select(said.c.case_id, said.c.part, said.c.said).order_by(
        said.c.case_id, said.c.part, said.c.piece, said.c.place
    )


class _Piece(NamedTuple):
    """One column that is searched: whose case it is, which part of the index, and in which order."""

    owner: ColumnElement[Any]
    part: int
    column: ColumnElement[Any]
    place: ColumnElement[Any]
    joined: ColumnElement[bool] | None = None


def _query(number: int, piece: _Piece) -> Select[Any]:
    query: Select[Any, Any, Any, Any, Any] = select(
        piece.owner.label("case_id"),
        literal(piece.part).label("part"),
        literal(number).label("piece"),
        piece.place.label("place"),
        piece.column.label("said"),
    )
    query = query.where(piece.owner.in_(_IDS))
    return query if piece.joined is None else query.where(piece.joined)


def _on_the_server(
    connection: Connection, words: list[str], most: int, without: Collection[int]
) -> tuple[int, list[Found]]:
    """The same by the server's own index. Each word in quotes, so that none is a sign of its query language."""
    asked = " & ".join("'" + _bare(word).replace("\\", "\\\\").replace("'", "''") + "':*" for word in words)
    hidden = f"AND case_id NOT IN ({', '.join(map(str, map(int, without)))})" if without else ""
    which = f"FROM {INDEX}, to_tsquery('simple', %s) AS asked WHERE said @@ asked {hidden}"
    count = connection.exec_driver_sql(f"SELECT count(*) {which}", (asked,)).scalar_one()
    shown = f"StartSel={BEGIN}, StopSel={END}, MaxWords=14, MinWords=7, MaxFragments=1"
    rows = connection.exec_driver_sql(
        f"SELECT case_id, ts_headline('simple', concat_ws(E'\\n', {_PARTS}), asked, %s) {which} "
        "ORDER BY ts_rank(said, asked) DESC, case_id DESC LIMIT %s",
        (shown, asked, most),
    )
    return int(count), [Found(row[0], row[1]) for row in rows]
