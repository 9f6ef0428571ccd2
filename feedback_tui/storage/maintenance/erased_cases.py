"""The list of erased cases, kept beside the register and outside its backups, so that restoring an older backup does
not bring erased text back.

A case is identified by the hash of its first event, because ids and references may be given again after a restore.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from feedback_tui.enums import StepKey
from feedback_tui.storage.backend import schema, schema_version
from feedback_tui.storage.backend.addresses import register_file
from feedback_tui.storage.backend.file_backend import RegisterFile
from feedback_tui.storage.backend.file_names import ERASED, other_names
from feedback_tui.storage.backend.sqlite_engine import READING, open_engine
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.maintenance.atomic_files import write_safely
from feedback_tui.storage.register import Register


@dataclass(frozen=True)
class Erased:
    """A case whose text was erased. It holds no personal data."""

    begun: str
    """The hash of the case's first event."""
    reference: str
    on: date


def list_beside(path: Path) -> Path:
    """Returns the path of a register's list of erased cases."""
    return path.with_name(path.name + ERASED)


def note_erased(register: Register) -> None:
    """Adds the erasures on record to the list beside the register. Raises RegisterError."""
    with register.reading() as session:
        known = {**read_list(register.path), **recorded(session.connection())}
    keep_list(register.path, known)


def keep_list(path: Path, known: dict[str, Erased]) -> None:
    """Writes `known` to the list beside the register at `path`, if it differs. Raises RegisterError."""
    if known != _list_at(list_beside(path)):
        write_safely(list_beside(path), as_list(known.values()))


def erased_of(where: str) -> dict[str, Erased]:
    """Returns all cases ever erased from the register at `where`: from the list, and from its record if that can be
    read."""
    path = register_file(where)
    found = read_list(path)
    if path.is_file():
        engine = open_engine(path)
        try:
            with engine.execution_options(**{READING: True}).connect() as connection:
                found |= recorded(connection)
        except (SQLAlchemyError, RegisterError):
            # The register may be damaged, which is a reason to restore a backup; the list is enough then.
            pass
        finally:
            engine.dispose()
    return found


def read_list(path: Path) -> dict[str, Erased]:
    """Returns the list beside the register at `path`, joined with those beside its former names; empty if there is
    none.

    Raises RegisterError if a list is damaged.
    """
    found: dict[str, Erased] = {}
    for name in (*other_names(path), path):
        found |= _list_at(list_beside(name))
    return found


def _list_at(beside: Path) -> dict[str, Erased]:
    try:
        told = _listed(beside)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError):
        raise RegisterError(
            f"{beside}, the list of what was erased, cannot be read. Nothing was changed; put it back from a copy, or "
            "take it away, if nothing was erased."
        ) from None
    return {each.begun: each for each in told}


def as_list(erased: Iterable[Erased]) -> str:
    """Returns a list of erased cases as JSON text."""
    told = [asdict(each) | {"on": each.on.isoformat()} for each in erased]
    return json.dumps({"erased": told}, ensure_ascii=False, indent=1) + "\n"


def read_kept_list(file: Path) -> list[Erased]:
    """Reads a list of erased cases that was kept elsewhere. Raises RegisterError if it is not one."""
    try:
        return _listed(file)
    except OSError as error:
        raise RegisterError(f"{file} cannot be read: {error.strerror}. Nothing was changed.") from None
    except (ValueError, TypeError, KeyError):
        raise RegisterError(f"{file} is no list of what was erased. Nothing was changed.") from None


def _listed(file: Path) -> list[Erased]:
    stored = json.loads(file.read_text("utf-8"))["erased"]
    return [Erased(each["begun"], each["reference"], date.fromisoformat(each["on"])) for each in stored]


def recorded(connection: Connection) -> dict[str, Erased]:
    """Returns the erased cases that the event record names, by the hash of their first event."""
    sql = (
        "SELECT (SELECT begun.hash FROM event AS begun WHERE begun.case_id = event.case_id ORDER BY begun.id LIMIT 1), "
        "feedback_case.reference, event.happened_on FROM event "
        f"JOIN feedback_case ON feedback_case.id = event.case_id WHERE event.step = '{StepKey.ERASE}' ORDER BY event.id"
    )
    found = connection.exec_driver_sql(sql).all()
    return {str(begun): Erased(str(begun), str(reference), _day(on)) for begun, reference, on in found}


def unerased(connection: Connection, gone: dict[str, Erased]) -> dict[int, Erased]:
    """Returns those cases of `gone` that are in this register and not erased, by case id."""
    already = recorded(connection)
    sql = "SELECT case_id, hash FROM event WHERE id IN (SELECT min(id) FROM event GROUP BY case_id)"
    return {
        int(case_id): gone[begun]
        for case_id, begun in connection.exec_driver_sql(sql)
        if case_id is not None and begun in gone and begun not in already
    }


@contextmanager
def open_copy(path: Path) -> Iterator[Register]:
    """Opens an unpublished copy of a register for changes.

    A copy of an earlier version is migrated; the original is not touched.
    """
    register = Register(RegisterFile(path))
    engine = register.engine
    try:
        with engine.execution_options(**{READING: True}).connect() as connection:
            shape = schema.shape_of(connection)
        if shape != schema_version.HEAD:
            schema.migrate(engine)
        yield register
    finally:
        engine.dispose()


def _day(stored: object) -> date:
    return stored if isinstance(stored, date) else date.fromisoformat(str(stored))
