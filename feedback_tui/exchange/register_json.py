"""The whole register as JSON, written and read: every table with events and text, the profile and the days off.

The CSV is for people and spreadsheets and is limited to its columns. JSON loses nothing: a register written and read
again is the same row by row, and its chain of events is intact.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from sqlmodel import Session, func, select

from feedback_tui.exchange.file_limits import BYTES_A_VALUE, FREE_VALUES, LARGEST_JSON
from feedback_tui.folders import data_folder
from feedback_tui.models.case import Case
from feedback_tui.plain_error import PlainError
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend import schema, schema_version
from feedback_tui.storage.backend.addresses import on_server, register_file
from feedback_tui.storage.backend.backend import keeper_of
from feedback_tui.storage.backend.encryption_keys import alike
from feedback_tui.storage.backend.server_timeouts import long_work
from feedback_tui.storage.bulk.dump import bring_up, everything, fill, misfits, rebuild
from feedback_tui.storage.bulk.replace_empty import refill
from feedback_tui.storage.errors import NoRegister
from feedback_tui.storage.maintenance.atomic_files import write_safely
from feedback_tui.storage.maintenance.restore import restore
from feedback_tui.storage.maintenance.unfinished_files import unfinished_folder
from feedback_tui.storage.register import Register, open_register

FORMAT = "feedback-tui register"
MOST_TOLD = 50
TOLD_EVERY = 5000
"""Pieces of text (two for each row) between two calls of `progress`."""


class BadExport(PlainError):
    """A JSON file that cannot be read as a register; the message says why."""


@dataclass(frozen=True)
class ReadBack:
    """The result of reading an export: how many cases are new and how many were there already; and where the replaced
    empty register is kept (None if there was none)."""

    new: int
    unchanged: int
    kept: Path | None = None


@long_work()
def write_json(register: Register, path: Path, progress: Callable[[int], None] | None = None) -> int:
    """Writes the whole register to a JSON file, completely or not at all, and returns the number of cases.

    An existing file is replaced. `progress` is called with the number of rows written; an error that it raises stops
    the work. Raises RegisterError if the file cannot be written.
    """
    pieces = []
    with register.reading() as session:
        for number, piece in enumerate(_pieces(session)):
            pieces.append(piece)
            if progress is not None and number % TOLD_EVERY == 0:
                progress(number // 2)
        cases = _cases(session)
    write_safely(path, "".join(pieces))
    return cases


@long_work()
def read_json(path: Path, where: str, *, check_only: bool = False) -> ReadBack:
    """Creates the register at `where` from an export, if there is none or only an empty one, which is kept.

    A register with exactly the content of the export is left as it is. Nothing is changed unless the whole export is
    sound, and with `check_only` never. Raises BadExport, also if the register has other cases; RegisterError.
    """
    tables = _tables_in(path)
    cases = len(tables["feedback_case"])
    if (register := _standing(where)) is not None:
        try:
            with register.reading() as session:
                if there := _cases(session):
                    _require_same(session, path, where, there, tables)
                    return ReadBack(0, there)
        finally:
            register.close()
    with _folder_for_a_copy(where) as folder:
        made = folder / "register.db"
        made.touch(mode=0o600)
        if not on_server(where):
            alike(made, register_file(where))
        rebuild(made, tables)
        require_sound(made, path)
        if check_only:
            return ReadBack(cases, 0)
        kept = _onto_server(where, tables, path) if on_server(where) else restore(made, where).kept
    return ReadBack(cases, 0, kept)


@contextmanager
def _folder_for_a_copy(where: str) -> Iterator[Path]:
    """Yields a temporary folder for making the register, readable by this user only: beside the register's file if
    possible, otherwise, and for a server, in the user's data folder. Folders left by a killed import are deleted at the
    next start. Raises BadExport if no folder can be created."""
    beside = data_folder() if on_server(where) else register_file(where).parent
    try:
        if not (beside.is_dir() and os.access(beside, os.W_OK)):
            beside = data_folder()
            beside.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadExport(f"{beside} cannot be written: {error.strerror}. Nothing was imported.") from None
    with unfinished_folder(beside) as folder:
        yield folder


def _onto_server(where: str, tables: dict[str, list[dict[str, Any]]], path: Path) -> Path | None:
    """Writes the tables into an empty database, or replaces those of a register without cases. Raises RegisterError.

    The program makes no backups of a server, so an export of the replaced register is kept beside `path`, the file that
    is imported. Returns the path of that export, or None if there was no register.
    """
    register = _standing(where)
    if register is None:
        keeper_of(where).create(lambda connection: fill(connection, tables))
        return None
    kept = _free_name(path.expanduser().absolute())
    try:
        write_json(register, kept)
        try:
            refill(register, tables)
        except BaseException:
            kept.unlink()
            raise
    finally:
        register.close()
    return kept


def _free_name(path: Path) -> Path:
    """Returns a free file name beside the file that is read, for the replaced register."""
    names = (path.with_name(f"{path.stem}-before{number}.json") for number in chain([""], count(2)))
    return next(name for name in names if not name.exists())


def _standing(where: str) -> Register | None:
    """Returns the register that exists at `where`, opened; None if there is none. Raises RegisterError."""
    if not on_server(where) and not register_file(where).exists():
        return None
    try:
        return open_register(where)
    except NoRegister:
        return None


def _pieces(session: Session) -> Iterator[str]:
    """Yields the text of the file, one line for each row of a table."""
    yield f'{{"format": {json.dumps(FORMAT)}, "schema": {json.dumps(schema_version.HEAD)}, "tables": {{'
    for number, (name, rows) in enumerate(everything(session)):
        yield f"{',' if number else ''}\n{json.dumps(name)}: ["
        for position, row in enumerate(rows):
            yield f"{',' if position else ''}\n{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}"
        yield "\n]"
    yield "\n}}\n"


def _tables_in(path: Path) -> dict[str, list[dict[str, Any]]]:
    try:
        document = json.loads(_within_limits(path, path.expanduser()))
    except OSError as error:
        raise BadExport(f"{path} cannot be read: {error.strerror}.") from None
    except json.JSONDecodeError as error:
        raise BadExport(f"{path} is not JSON, or not all of it: line {error.lineno}, {error.msg}.") from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise BadExport(f"{path} is not the JSON of a register.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise BadExport(f"{path} is not the JSON of a register: this program’s export makes one.")
    if document.get("schema") not in schema.known_shapes():
        raise BadExport(
            f"{path} was written by a later version of this program (its tables are of “{document.get('schema')}”, "
            f"here they are of “{schema_version.HEAD}”). Import it with that version."
        )
    tables = document.get("tables")
    if not isinstance(tables, dict) or not all(isinstance(rows, list) for rows in tables.values()):
        raise BadExport(f"{path} has no tables.")
    if document["schema"] != schema_version.HEAD:
        bring_up(tables)
    _refuse(
        path,
        [
            f"{found.table}{f' row {found.row}' if found.row else ''}{f', {found.column}' if found.column else ''}: "
            f"{found.words}"
            for found in misfits(tables)
        ],
    )
    return tables


def _within_limits(path: Path, file: Path) -> str:
    """Returns the text of an export. Raises BadExport if it is larger, or has more values, than the limits allow."""
    with file.open("rb") as opened:
        # Checked on the open file, because other things than plain files have no size and perhaps no end.
        found = os.fstat(opened.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise BadExport(f"{path} is no file: name one that holds an export.")
        if found.st_size > LARGEST_JSON:
            raise BadExport(
                f"{path} is larger than {LARGEST_JSON / 1e9:g} GB, which is the limit for an export that is read as a "
                "whole. Restore a backup of the register instead, or copy it (feedback-tui copy)."
            )
        data = opened.read(found.st_size)
    values = sum(data.count(sign) for sign in (b",", b"[", b"{"))
    if values > (most := FREE_VALUES + len(data) // BYTES_A_VALUE):
        raise BadExport(
            f"{path} has {values:,} values, and a file of its size may have at most {most:,}: it is no export of this "
            "program. Nothing was imported; export the register again."
        )
    return data.decode("utf-8-sig")


def _require_same(session: Session, path: Path, where: str, there: int, tables: dict[str, list[Any]]) -> None:
    """Raises BadExport if the register's content differs from the export."""
    if any(list(rows) != tables[name] for name, rows in everything(session)):
        raise BadExport(
            f"{where} holds {there} case{'s' if there > 1 else ''} already, and was left as it is: an export is read "
            f"into a new or an empty register. Name another place for {path} with --db."
        )


def require_sound(made: Path, path: Path) -> None:
    """Raises BadExport if the chain of events is broken, or does not agree with the rows."""
    register = open_register(str(made))
    try:
        _refuse(path, [finding.words for finding in check(register).findings])
    finally:
        register.close()


def _refuse(path: Path, wrong: list[str]) -> None:
    if wrong:
        more = [f"… and {len(wrong) - MOST_TOLD} more"] if len(wrong) > MOST_TOLD else []
        listed = "\n".join(f"  {line}" for line in [*wrong[:MOST_TOLD], *more])
        raise BadExport(f"{path} is not what was exported; nothing was imported.\n{listed}")


def _cases(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Case)).one()
