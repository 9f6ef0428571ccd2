"""Full-text search of cases: descriptions, names, notes, letters, learning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.desk.tables import CASE
from feedback_tui.enums import Kind, Status
from feedback_tui.storage.register import Register
from feedback_tui.storage.search.search_index import BEGIN, END, search

MOST = 50
EVERY_CASE = 2**31 - 1
"""A limit larger than any number of cases."""


@dataclass(frozen=True)
class FoundCase:
    """A case that was found, and an excerpt around the words: pieces of text, each with whether it was searched for."""

    reference: str
    kind: Kind
    status: Status
    received_on: date
    summary: str
    pieces: tuple[tuple[str, bool], ...]

    @property
    def snippet(self) -> str:
        """The excerpt as plain text."""
        return "".join(words for words, _ in self.pieces)


@dataclass(frozen=True)
class FoundCases:
    """How many cases were found, and the best of them."""

    count: int
    cases: tuple[FoundCase, ...]


def find(register: Register, text: str, most: int = MOST, *, stopped: Callable[[], bool] | None = None) -> FoundCases:
    """Returns the cases that have every word of `text`, or a word that begins with it, best first, at most `most`. No
    character of `text` has a special meaning.

    Cases that the reader may not open are neither searched nor counted. `stopped` is called now and then; if it returns
    True, the search ends by raising Stopped.
    """
    with register.reading() as session:
        closed = frozenset[int]()
        if not register.is_limited:
            closed = frozenset(session.execute(_closed(), reader_value(register.reader)).scalars())
        count, found = search(session.connection(), text, most, without=closed, stopped=stopped)
        asked = {"ids": [hit.case_id for hit in found]}
        rows = {row.id: row for row in session.execute(_these(), asked)} if found else {}
    return FoundCases(
        count,
        tuple(
            FoundCase(row.reference, row.kind, row.status, row.received_on, row.summary, _pieces(hit.snippet))
            for hit in found
            if (row := rows.get(hit.case_id)) is not None
        ),
    )


@lru_cache(1)
def _closed() -> Select[Any]:
    """Returns a query for the cases that the reader may not open. Restricted cases are few and have an index."""
    return select(CASE.c.id).where(CASE.c.restricted_to.is_not(None), ~open_to_reader())


@lru_cache(1)
def _these() -> Select[Any]:
    """Returns a query for what is shown of the cases `ids`, without their descriptions, which can be long."""
    shown = (CASE.c.id, CASE.c.reference, CASE.c.kind, CASE.c.status, CASE.c.received_on, CASE.c.summary)
    return select(*shown).where(CASE.c.id.in_(bindparam("ids", expanding=True)))


def recent_cases(register: Register, references: list[str]) -> list[FoundCase]:
    """Returns these cases as they are now, in this order. Cases that are gone or may not be opened are left out."""
    keys = [reference.casefold() for reference in references]
    query = select(CASE).where(CASE.c.reference_key.in_(keys), open_to_reader())
    with register.reading() as session:
        rows = {row.reference_key: row for row in session.execute(query, reader_value(register.reader))}
    return [
        FoundCase(row.reference, row.kind, row.status, row.received_on, row.summary, ((row.summary, False),))
        for key in keys
        if (row := rows.get(key)) is not None
    ]


def _pieces(snippet: str) -> tuple[tuple[str, bool], ...]:
    plain, *rest = " ".join(snippet.split()).split(BEGIN)
    pieces = [(plain, False)]
    for part in rest:
        hit, _, after = part.partition(END)
        pieces += [(hit, True), (after, False)]
    return tuple(piece for piece in pieces if piece[0])
