"""The words of every case, to be searched: what the tables hold now, and the notes and reasons of its events.

With them the folded names of its people (`name_index`), kept at the same moments.

Kept up to date in the transaction that changes a case, so that it never says anything else. In a file it is an index of
SQLite's own (FTS5), on a server a table with one of PostgreSQL's (tsvector). Either finds a letter with or without its
accents.
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
"""The tables that are made from the others alone, on a server."""
TABLES_OF_IT = (*(f"{INDEX}{part}" for part in ("", "_data", "_idx", "_content", "_docsize", "_config")), NAMES)
"""The tables that the index consists of in a file."""
AT_ONCE = 500
"""Cases whose words are gathered together."""
MOST_WORDS, LONGEST_WORD = 12, 60
"""More, or longer, than anyone looks for."""
LOOK_AFTER = 10_000
"""Steps of the database after which a question is asked whether it is still wanted: some milliseconds."""
BEGIN, END = "\x02", "\x03"
"""What stands around a found word in a snippet: no stored text has these."""
_PARTS = ", ".join(Said._fields)


class Stopped(Exception):
    """No one waits for the answer any more."""


class Found(NamedTuple):
    """A case that has the words, and where: a piece of its text with what was found between BEGIN and END."""

    case_id: int
    snippet: str


def refresh(connection: Connection, case_ids: Iterable[int]) -> None:
    """Puts what these cases say now in place of what they said. In the transaction of whoever changed them."""
    wanted = sorted(set(case_ids))
    for start in range(0, len(wanted), AT_ONCE):
        lot = wanted[start : start + AT_ONCE]
        _forget(connection, lot)
        insert(connection, said_by(connection, lot))


def rebuild(connection: Connection) -> None:
    """Makes the index anew from what every case says; nothing that is gone is left in it, nor what was damaged."""
    if not of_server(connection):
        # Rows go from the index by the words that they have: from a damaged one not all of them would.
        connection.exec_driver_sql(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")
    connection.exec_driver_sql(f"DELETE FROM {INDEX}")
    connection.exec_driver_sql(f"DELETE FROM {NAMES}")
    for lot in _lots(connection):
        insert(connection, said_by(connection, lot))
    if not of_server(connection):
        connection.exec_driver_sql(f"INSERT INTO {INDEX}({INDEX}) VALUES ('optimize')")


def purge(connection: Connection, case_ids: Iterable[int]) -> None:
    """Takes out whatever is not said by these cases any more, down to the last segment: for erasure."""
    refresh(connection, case_ids)
    if not of_server(connection):
        connection.exec_driver_sql(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")


def is_behind(connection: Connection) -> bool:
    """Whether the index does not have every case: it was just made, or another program wrote cases."""
    cases = connection.exec_driver_sql("SELECT count(*) FROM feedback_case").scalar_one()
    counted = INDEX if of_server(connection) else f"{INDEX}_docsize"
    return bool(connection.exec_driver_sql(f"SELECT count(*) FROM {counted}").scalar_one() != cases)


def differences(connection: Connection) -> int:
    """How many cases the index says something else of than their rows."""
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
    """Whether a fault that SQLite found in a file is one of the index: newer engines look into that by themselves."""
    return "fts5" in problem.casefold()


def words_of(text: str) -> list[str]:
    """The words that are looked for: what has no letter or figure in it is left out, as the index has it."""
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
    """How many cases have every word of `text` (or one that begins with it), and the best of them.

    Never raises for what is typed. The cases `without` are neither looked into nor counted. Raises Stopped, in a file,
    where `stopped` comes to say so.
    """
    words = words_of(text)
    if not words:
        return 0, []
    if of_server(connection):
        return _on_the_server(connection, words, most, without)
    # Each in quotes: O'Brien, 50% and * are words here, not the index's own signs.
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
    """A word as it was typed, and folded: the index has both of what it would not find by itself."""
    return list(dict.fromkeys((word, folded(word) or word)))


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"*'


@contextmanager
def _until(connection: Connection, stopped: Callable[[], bool] | None) -> Iterator[None]:
    """A question in a file that is given up once no one waits for its answer: it would be ranked to its end, and the
    next letter's question beside it."""
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
    """Puts in what these cases say, of which the index has nothing yet."""
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
    """A text without accents, as SQLite's index has it by itself."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _lots(connection: Connection) -> Iterator[list[int]]:
    ids = [row[0] for row in connection.exec_driver_sql("SELECT id FROM feedback_case ORDER BY id")]
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _quoted_there(word: str) -> str:
    return "'" + _bare(word).replace("\\", "\\\\").replace("'", "''") + "':*"


def _apart_there(word: str) -> str:
    """A word that a hyphen or an apostrophe divides, as the words that it consists of: a server's parser keeps it whole
    as well, and would look for that."""
    return "(" + " & ".join(map(_quoted_there, re.findall(r"\w+", word) or [word])) + ")"


def _on_the_server(
    connection: Connection, words: list[str], most: int, without: Collection[int]
) -> tuple[int, list[Found]]:
    """The same by the server's own index. Each word in quotes, so that none is a sign of its query language."""
    asked = " & ".join(f"({' | '.join((*map(_quoted_there, _ways(word)), _apart_there(word)))})" for word in words)
    shown = f"StartSel={BEGIN}, StopSel={END}, MaxWords=14, MinWords=7, MaxFragments=1"
    # By a function of the owner's: a policy on the rows would keep the index from being used.
    rows = connection.exec_driver_sql(
        "SELECT case_id, snippet, found FROM public.feedback_search(%s, %s, %s::integer[], %s)",
        (asked, most, sorted(without), shown),
    ).all()
    return int(rows[0][2]) if rows else 0, [Found(row[0], row[1]) for row in rows]
