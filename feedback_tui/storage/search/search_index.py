"""The full-text index of every case: the text in its rows, and the notes and reasons of its events.

The folded names of its people (`name_index`) are updated together with it.

It is updated in the transaction that changes a case, so that it never disagrees with it. SQLite uses FTS5, PostgreSQL a
tsvector column. Both find letters with or without accents.

Fast path, with `name_index`. Gain: a search does not read every case. Cost: each step updates the index. Tested against
the texts in the rows by tests/storage/test_search_index.py. Delete it when registers are so small that reading every
case is fast enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from feedback_tui.storage.backend.sqlite_engine import of_server
from feedback_tui.storage.search import name_index
from feedback_tui.storage.search.name_index import NAMES
from feedback_tui.storage.search.search_text import Said, said_by
from feedback_tui.text import folded

INDEX = "search"
DERIVED = (INDEX, NAMES)
"""Tables on a server that are derived from the others."""
TABLES_OF_IT = (*(f"{INDEX}{part}" for part in ("", "_data", "_idx", "_content", "_docsize", "_config")), NAMES)
"""Tables of the index in a SQLite file, with the index of names."""
AT_ONCE = 500
"""How many cases are indexed at once."""
MOST_WORDS, LONGEST_WORD = 12, 60
"""The limits of a search: how many words, and how many characters of each."""
LOOK_AFTER = 10_000
"""SQLite steps between two checks whether the answer is still wanted; takes a few milliseconds."""
BEGIN, END = "\x02", "\x03"
"""The marks around a found word in a snippet; no stored text contains them."""
_PARTS = ", ".join(Said._fields)


class Stopped(Exception):
    """The search was abandoned."""


class Found(NamedTuple):
    """A case that was found, and a snippet of its text with the found words between BEGIN and END."""

    case_id: int
    snippet: str


def refresh(connection: Connection, case_ids: Iterable[int]) -> None:
    """Replaces the index entries of these cases, in the transaction that changes them."""
    wanted = sorted(set(case_ids))
    for start in range(0, len(wanted), AT_ONCE):
        lot = wanted[start : start + AT_ONCE]
        _forget(connection, lot)
        insert(connection, said_by(connection, lot))


def rebuild(connection: Connection) -> None:
    """Rebuilds the whole index from the rows; nothing deleted or damaged is left in it."""
    if not of_server(connection):
        # FTS5 deletes entries by their text, which may not work in a damaged index.
        connection.exec_driver_sql(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")
    connection.exec_driver_sql(f"DELETE FROM {INDEX}")
    connection.exec_driver_sql(f"DELETE FROM {NAMES}")
    for lot in _lots(connection):
        insert(connection, said_by(connection, lot))
    if not of_server(connection):
        connection.exec_driver_sql(f"INSERT INTO {INDEX}({INDEX}) VALUES ('optimize')")


def purge(connection: Connection, case_ids: Iterable[int]) -> None:
    """Replaces the index entries of these cases, and rewrites all segments, so that no erased text is left."""
    refresh(connection, case_ids)
    if not of_server(connection):
        connection.exec_driver_sql(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")


def is_behind(connection: Connection) -> bool:
    """Whether the index lacks cases: it is new, or another program added cases."""
    cases = connection.exec_driver_sql("SELECT count(*) FROM feedback_case").scalar_one()
    counted = INDEX if of_server(connection) else f"{INDEX}_docsize"
    return bool(connection.exec_driver_sql(f"SELECT count(*) FROM {counted}").scalar_one() != cases)


def differences(connection: Connection) -> int:
    """Returns for how many cases the index and the rows differ."""
    kept, key, parts = (INDEX, "case_id", _PARTS) if of_server(connection) else (f"{INDEX}_content", "id", "c0, c1, c2")
    wrong = 0
    seen = 0
    for lot in _lots(connection):
        said = said_by(connection, lot)
        ids = ", ".join(map(str, lot))
        rows = connection.exec_driver_sql(f"SELECT {key}, {parts} FROM {kept} WHERE {key} IN ({ids})")
        there = {row[0]: Said(*row[1:]) for row in rows}
        seen += len(there)
        wrong += sum(there.get(case_id) != words for case_id, words in said.items())
        wrong += name_index.differences(connection, lot)
    more = connection.exec_driver_sql(f"SELECT count(*) FROM {kept}").scalar_one() - seen
    return wrong + int(more)


def is_named_in(problem: str) -> bool:
    """Whether a problem that SQLite reported concerns the index. Newer versions check it too."""
    return "fts5" in problem.casefold()


def words_of(text: str) -> list[str]:
    """Returns the words to search for. Those without a letter or digit are left out, as the index does."""
    parts = (part.replace("\0", "")[:LONGEST_WORD] for part in text.split())
    return [part for part in parts if re.search(r"\w", part.replace("_", " "))][:MOST_WORDS]


def search(
    connection: Connection,
    text: str,
    most: int,
    *,
    without: Collection[int] = (),
    stopped: Callable[[], bool] | None = None,
) -> tuple[int, list[Found]]:
    """Returns how many cases contain every word of `text` (or a word that begins with it), and the best `most` of them.

    No input raises an error. Cases in `without` are not searched. Raises Stopped if `stopped` returns True during a
    search in a file.
    """
    words = words_of(text)
    if not words:
        return 0, []
    if of_server(connection):
        return _on_the_server(connection, words, most, without)
    # Quoted, so that O'Brien, 50% and * are not taken for operators of FTS5.
    asked = " AND ".join(f"({' OR '.join(map(_quoted, _ways(word)))})" for word in words)
    which = f"{INDEX} MATCH ?" + (f" AND rowid NOT IN ({', '.join(map(str, map(int, without)))})" if without else "")
    with _until(connection, stopped):
        count = connection.exec_driver_sql(f"SELECT count(*) FROM {INDEX} WHERE {which}", (asked,)).scalar_one()
        rows = connection.exec_driver_sql(
            f"SELECT rowid, snippet({INDEX}, -1, ?, ?, '…', 14) FROM {INDEX} WHERE {which} "
            f"ORDER BY bm25({INDEX}, 10.0, 6.0, 1.0), rowid DESC LIMIT ?",
            (BEGIN, END, asked, most),
        )
        return int(count), [Found(row[0], row[1]) for row in rows]


def _ways(word: str) -> list[str]:
    """Returns a word as typed and folded: the index has both forms."""
    return list(dict.fromkeys((word, folded(word) or word)))


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"*'


@contextmanager
def _until(connection: Connection, stopped: Callable[[], bool] | None) -> Iterator[None]:
    """Ends a search in a file early by raising Stopped once `stopped` returns True. Otherwise the search for each
    letter typed would run to its end beside the next."""
    driver = connection.connection.driver_connection
    if stopped is None or driver is None:
        yield
        return
    driver.set_progress_handler(stopped, LOOK_AFTER)
    try:
        yield
    except OperationalError:
        if stopped():
            raise Stopped from None
        raise
    finally:
        driver.set_progress_handler(None, 0)


def _forget(connection: Connection, case_ids: list[int]) -> None:
    name_index.take_out(connection, case_ids)
    key = "case_id" if of_server(connection) else "rowid"
    connection.exec_driver_sql(f"DELETE FROM {INDEX} WHERE {key} IN ({', '.join(map(str, case_ids))})")


def insert(connection: Connection, said: Mapping[int, Said]) -> None:
    """Adds the index entries of these cases, which must have none yet."""
    if not said:
        return
    name_index.put_in(connection, said)
    if not of_server(connection):
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
    """Returns a text without accents; SQLite's index does that by itself."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _lots(connection: Connection) -> Iterator[list[int]]:
    ids = [row[0] for row in connection.exec_driver_sql("SELECT id FROM feedback_case ORDER BY id")]
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _quoted_there(word: str) -> str:
    return "'" + _bare(word).replace("\\", "\\\\").replace("'", "''") + "':*"


def _apart_there(word: str) -> str:
    """Splits a word at hyphens and apostrophes, because PostgreSQL's parser would also look for the whole word."""
    return "(" + " & ".join(map(_quoted_there, re.findall(r"\w+", word) or [word])) + ")"


def _on_the_server(
    connection: Connection, words: list[str], most: int, without: Collection[int]
) -> tuple[int, list[Found]]:
    """Searches with the server's index. Words are quoted, so that none is taken for an operator of tsquery."""
    asked = " & ".join(f"({' | '.join((*map(_quoted_there, _ways(word)), _apart_there(word)))})" for word in words)
    shown = f"StartSel={BEGIN}, StopSel={END}, MaxWords=14, MinWords=7, MaxFragments=1"
    # Through a function of the owner: with a row policy PostgreSQL would not use the index.
    rows = connection.exec_driver_sql(
        "SELECT case_id, snippet, found FROM public.feedback_search(%s, %s, %s::integer[], %s)",
        (asked, most, sorted(without), shown),
    ).all()
    return int(rows[0][2]) if rows else 0, [Found(row[0], row[1]) for row in rows]
