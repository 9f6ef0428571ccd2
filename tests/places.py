"""Places for registers of the tests: files, or, where a server is named, databases on it. The tests are the same.

``FEEDBACK_TUI_TEST_SERVER=postgresql://user@host:port`` names the server; `make test-postgres` starts one. What takes
long to make is made once: in a file for each process of the tests, on a server for all of them; each test has a copy.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine, make_url

from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.bulk.dump import everything
from feedback_tui.storage.register import create_register, open_register

SERVER = os.environ.get("FEEDBACK_TUI_TEST_SERVER", "")
EMPTY = "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
"""How a database is made that a register can stand in."""
PATIENCE = 60.0
"""Seconds to wait for the others to leave a database that is copied."""
_number = count(1)
_made: dict[str, str] = {}
_turns: list[int] = []
"""The turn that this process has, if any."""
_ONE_AT_A_TIME = 1
"""The advisory lock of what two processes of the tests must not do at once."""


def empty_place(profile: str) -> str:
    """An empty register of a shipped profile. Copy it; never open it."""
    return made_once(f"empty_{profile}", lambda place: create_register(place, profile_text(profile)).close())


def made_once(name: str, make: Callable[[str], object]) -> str:
    """The place that `make` fills, and leaves closed, once a session. Copy it; never open it."""
    if name not in _made:
        _made[name] = _on_the_server_once(name, make) if SERVER else _in_a_file(name, make)
    return _made[name]


def new_place(folder: Path, name: str = "register") -> str:
    """A place where no register stands yet."""
    if not SERVER:
        return str(folder / f"{name}-{next(_number)}.db")
    return database(EMPTY)


def copy_of(place: str, folder: Path) -> str:
    """A place with all that stands in `place`, which nobody has open."""
    if not SERVER:
        return str(shutil.copy(place, new_place(folder, Path(place).stem)))
    _wait_until_left(_name_of(place))
    return database(f'TEMPLATE "{_name_of(place)}" {_as_files()}')


def for_officer(place: str, name: str) -> str:
    """The place as this officer names it: on a server who is logged in is who works."""
    return login_of(place, name) if SERVER else place


def login_of(place: str, name: str, role: str = "") -> str:
    """A place on the server as this login names it, which has the role; without one it may do everything."""
    # Logins are the whole server's: two processes of the tests must not make one at once.
    with one_at_a_time():
        if not _administration_says(f"SELECT count(*) FROM pg_roles WHERE rolname = '{name}'"):
            _run(f'CREATE ROLE "{name}" LOGIN {"" if role else "SUPERUSER"}')
        if role:
            _run(f'GRANT {role} TO "{name}"')
    return make_url(place).set(username=name).render_as_string(hide_password=False)


def drop(place: str) -> None:
    """Takes a register of the tests away; a file goes with its folder."""
    if SERVER:
        _run(f'DROP DATABASE IF EXISTS "{_name_of(place)}" WITH (FORCE)')


def everything_in(place: str) -> dict[str, list[dict[str, object]]]:
    """All that a register holds, table by table."""
    register = open_register(place)
    try:
        with register.reading() as session:
            return {name: list(rows) for name, rows in everything(session)}
    finally:
        register.close()


def database(how: str) -> str:
    """A new database of this process, made so."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"{worker}_{os.getpid()}_{next(_number)}"
    _run(f'CREATE DATABASE "{name}" {how}')
    # What everyone may do in a database is no part of what is copied.
    _run(f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC')
    return f"{SERVER}/{name}"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """While this process does what touches the whole server: roles, and what is made once for all.

    What is made so may itself make what is made once, or a login: it is the same turn.
    """
    if _turns:
        yield
        return
    with _administration().connect() as connection:
        connection.execute(text(f"SELECT pg_advisory_lock({_ONE_AT_A_TIME})"))
        _turns.append(_ONE_AT_A_TIME)
        try:
            yield
        finally:
            _turns.clear()
            connection.execute(text(f"SELECT pg_advisory_unlock({_ONE_AT_A_TIME})"))


def _in_a_file(name: str, make: Callable[[str], object]) -> str:
    place = new_place(Path(tempfile.mkdtemp(prefix="feedback-tui-tests-")), name)
    make(place)
    return place


def _on_the_server_once(name: str, make: Callable[[str], object]) -> str:
    with one_at_a_time():
        if not _administration_says(f"SELECT count(*) FROM pg_database WHERE datname = '{name}'"):
            place = database(EMPTY)
            make(place)
            _wait_until_left(_name_of(place))
            _run(f'ALTER DATABASE "{_name_of(place)}" RENAME TO "{name}"')
    return f"{SERVER}/{name}"


def _name_of(place: str) -> str:
    return place.rsplit("/", 1)[1]


def _administration_says(query: str) -> int:
    with _administration().connect() as connection:
        return int(connection.execute(text(query)).scalar_one())


def _wait_until_left(name: str) -> None:
    """Waits until no one is connected to a database: a server takes a moment to notice that one has left."""
    end = time.monotonic() + PATIENCE
    while _administration_says(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'"):
        assert time.monotonic() < end, f"someone is connected to {name} still"
        time.sleep(0.05)


def _run(statement: str) -> None:
    with _administration().connect() as connection:
        connection.execute(text(statement))


@cache
def _as_files() -> str:
    """How a database is copied: file by file, a third of the time that it takes by the log, which nobody here reads.

    Before PostgreSQL 15 there was no other way, and no word for it.
    """
    version = _administration_says("SELECT current_setting('server_version_num')::integer")
    return "STRATEGY file_copy" if version >= 150000 else ""


@cache
def _administration() -> Engine:
    url = SERVER.replace("postgresql://", "postgresql+psycopg://") + "/postgres"
    return create_engine(url, isolation_level="AUTOCOMMIT")
