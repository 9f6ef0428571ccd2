"""Places for registers of the tests: files, or, where a server is named, databases on it. The tests are the same.

``FEEDBACK_TUI_TEST_SERVER=postgresql://user@host:port`` names the server; `make test-postgres` starts one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine

from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import create_register, open_register
from feedback_tui.storage.whole import everything

SERVER = os.environ.get("FEEDBACK_TUI_TEST_SERVER", "")
_number = count(1)


@cache
def empty_place(profile: str) -> str:
    """An empty register of a shipped profile, made once a session: it takes half a second. Copy it; never open it."""
    place = new_place(Path(tempfile.mkdtemp(prefix="feedback-tui-tests-")), profile)
    create_register(place, profile_text(profile)).close()
    return place


def new_place(folder: Path, name: str = "register") -> str:
    """A place where no register stands yet."""
    if not SERVER:
        return str(folder / f"{name}-{next(_number)}.db")
    return _database("TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")


def copy_of(place: str, folder: Path) -> str:
    """A place with all that stands in `place`, which nobody has open."""
    if not SERVER:
        return str(shutil.copy(place, new_place(folder, Path(place).stem)))
    return _database(f'TEMPLATE "{place.rsplit("/", 1)[1]}"')


def everything_in(place: str) -> dict[str, list[dict[str, object]]]:
    """All that a register holds, table by table."""
    register = open_register(place)
    try:
        with register.reading() as session:
            return {name: list(rows) for name, rows in everything(session)}
    finally:
        register.close()


def _database(how: str) -> str:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"{worker}_{os.getpid()}_{next(_number)}"
    _run(f'CREATE DATABASE "{name}" {how}')
    return f"{SERVER}/{name}"


def drop(place: str) -> None:
    """Takes a register of the tests away; a file goes with its folder."""
    if SERVER:
        _run(f'DROP DATABASE IF EXISTS "{place.rsplit("/", 1)[1]}" WITH (FORCE)')


def _run(statement: str) -> None:
    with _administration().connect() as connection:
        connection.execute(text(statement))


@cache
def _administration() -> Engine:
    url = SERVER.replace("postgresql://", "postgresql+psycopg://") + "/postgres"
    return create_engine(url, isolation_level="AUTOCOMMIT")
