"""The same register in a file and on a server of this machine: what an officer waits for, and the ratio.

``python -m tests.benchmarks.both [CASES]``. Each reading is done in turn on the two, and the best of five is taken. The
register is one of the stocks; its rows go to the server by COPY, as it takes a million.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import cast

import psycopg
from sqlalchemy.engine import Connection, make_url
from sqlmodel import Session, SQLModel

from feedback_tui.desk.case.page import case_page
from feedback_tui.desk.find import find
from feedback_tui.desk.queue.queue_reader import queue, queue_counts
from feedback_tui.models.tables import TABLES
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.audit.change_capture import table_of
from feedback_tui.storage.backend import schema
from feedback_tui.storage.backend.backend import keeper_of
from feedback_tui.storage.backend.server_roles import OFFICER
from feedback_tui.storage.backend.server_sequences import catch_up
from feedback_tui.storage.make_roles import make_roles
from feedback_tui.storage.register import Register, open_register
from tests.benchmarks.stock import UNTIL, stock
from tests.places import EMPTY
from tests.postgres import Server, server

TURNS = 5
LOGIN = "officer_at_work"
READINGS: dict[str, Callable[[Register, str], object]] = {
    "first page of the queue": lambda register, _: queue(register, UNTIL, limit=50),
    "counts of the queue": lambda register, _: queue_counts(register, UNTIL),
    "a case": lambda register, reference: case_page(register, reference, UNTIL),
    "find two words": lambda register, _: find(register, "carer late", most=20),
    "find a rare word": lambda register, _: find(register, "fluramide", most=20),
    "the year": lambda register, _: figures_of(register, reporting_year("2025/26"), UNTIL),
}
_SEARCHED = (
    "INSERT INTO search SELECT case_id, reference, people, words, setweight(to_tsvector('simple', {0}), 'A') || "
    "setweight(to_tsvector('simple', {1}), 'B') || setweight(to_tsvector('simple', {2}), 'D') FROM searched"
)
_BARE = r"regexp_replace(normalize({}, NFKD), '[\u0300-\u036f]', '', 'g')"


def on_server(path: Path, own: Server) -> Register:
    """The register of a file on a server, which knows how its rows are spread."""
    with psycopg.connect(f"{own.url}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE desk {EMPTY}")
    keeper_of(f"{own.url}/desk").create(lambda connection: _fill(connection, path))
    with psycopg.connect(f"{own.url}/desk", autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return open_register(f"{own.url}/desk")


def as_officer(owned: Register) -> Register:
    """The register as an officer has it open: what a login is held to, it is held to in what is measured."""
    make_roles(owned.where)
    with psycopg.connect(owned.where, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {LOGIN} LOGIN IN ROLE {OFFICER}")
    owned.close()
    register = open_register(make_url(owned.where).set(username=LOGIN).render_as_string())
    register.reader = LOGIN
    return register


def _fill(made: Connection, path: Path) -> None:
    schema.make(made)
    tables = {table_of(model).name for model in TABLES}
    connection = cast("psycopg.Connection[object]", made.connection.driver_connection)
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file, schema.loading(made):
        for table in SQLModel.metadata.sorted_tables:
            if table.name in tables:
                _copy(file, connection, f'"{table.name}"', [column.name for column in table.columns])
        connection.execute("CREATE TEMPORARY TABLE searched (case_id integer, reference text, people text, words text)")
        _copy(file, connection, "search_content", ["id", "c0", "c1", "c2"], "searched")
        connection.execute(_SEARCHED.format(*map(_BARE.format, ("reference", "people", "words"))).encode())
    catch_up(Session(made))


def _copy(
    file: sqlite3.Connection, connection: psycopg.Connection[object], table: str, columns: list[str], to: str = ""
) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    target = f"COPY {to} FROM STDIN" if to else f"COPY {table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(target.encode()) as copying:
        for row in file.execute(f"SELECT {names} FROM {table}"):
            copying.write_row(row)


def main(cases: int) -> None:
    """Prints the table."""
    path = stock(cases, say=print)
    with server("shared_buffers=1GB work_mem=64MB maintenance_work_mem=512MB max_wal_size=8GB") as own:
        begun = time.monotonic()
        registers = (open_register(str(path)), as_officer(on_server(path, own)))
        print(f"{cases:,} cases, copied to the server in {time.monotonic() - begun:.0f} s")
        reference = queue(registers[0], UNTIL, limit=1)[0].reference
        print(f"{'':26}{'file':>11}{'server':>11}{'ratio':>7}")
        for what, read in READINGS.items():
            best = [float("inf"), float("inf")]
            for _ in range(TURNS):
                for number, register in enumerate(registers):
                    begun = time.monotonic()
                    read(register, reference)
                    best[number] = min(best[number], time.monotonic() - begun)
            print(f"{what:26}{best[0] * 1000:9.1f}ms{best[1] * 1000:9.1f}ms{best[1] / best[0]:7.2f}", flush=True)
        for register in registers:
            register.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
