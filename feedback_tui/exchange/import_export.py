"""Import and export of the register with progress, for the commands and the screens.

`progress` is called with what is being done, how much is done, and the total (0 if unknown). An error that it raises
stops the work, and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.casework.view_log import all_opened_as_keeper
from feedback_tui.desk.restricted import closed_to
from feedback_tui.exchange.column_mapping import Headings
from feedback_tui.exchange.register_csv import read_register, write_register
from feedback_tui.exchange.register_json import write_json
from feedback_tui.models.register_row import RegisterRow
from feedback_tui.storage.backend.server_timeouts import long_work
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.maintenance.backup import Why, backup
from feedback_tui.storage.register import Register

Progress = Callable[[str, int, int], None]
KINDS = (".csv", ".json")


def quietly(what: str, done: int, of: int) -> None:
    """A Progress that does nothing."""


@long_work()
def bring_in(
    actor: Actor,
    file: Path,
    *,
    check: bool = False,
    encoding: str = "utf-8",
    mapping: Headings | None = None,
    progress: Progress = quietly,
) -> str:
    """Imports a register from a CSV file, all of it or nothing. Returns a sentence about the result.

    With `mapping`, the file is a council's own list (.csv or .xlsx) with other headings. A verified backup is made
    before anything is written. With `check`, it only says what would be done. Raises BadRegister; Conflicts;
    RegisterError, including HiddenCases if a server hides cases to compare with.
    """
    actor.register.require_all_cases("what is imported could not be compared with it: a keeper imports")
    profile = actor.register.profile
    rows = _rows(actor, file, encoding, mapping, progress)
    progress("Comparing with the register", 0, 0)
    foreseen = import_cases(replace(actor, rehearsing=True), rows, checked_under=profile)
    if check or not foreseen.new:
        can = "can be imported, " if check else "imported, "
        return f"{foreseen.new} cases {can}{foreseen.unchanged} are there already. Nothing was changed."
    # A server makes its own backups.
    if actor.register.in_a_file:
        progress("Making a backup", 0, 0)
        backup(actor.register, why=Why.IMPORT)

    def written(count: int) -> None:
        progress("Importing", count, foreseen.new)

    written(0)
    done = import_cases(actor, rows, written, checked_under=profile)
    return f"{done.new} cases imported, {done.unchanged} were there already."


def _rows(actor: Actor, file: Path, encoding: str, mapping: Headings | None, progress: Progress) -> list[RegisterRow]:
    """Returns the checked rows of a file. Raises BadRegister."""
    progress("Reading the file", 0, 0)

    def told(line: int) -> None:
        progress("Reading the file", line, 0)

    if mapping is None:
        return read_register(file, actor.register.profile, actor.today, encoding=encoding, progress=told)
    from feedback_tui.exchange.council_lists import read_list, rows_of

    found = read_list(file, sheet=mapping.sheet, encoding=encoding)
    return rows_of(found, mapping, str(file), actor.register.profile, actor.today, told)


@long_work()
def take_out(register: Register, file: Path, *, replacing: bool = False, progress: Progress = quietly) -> str:
    """Exports the register as CSV or JSON, by the file's suffix. Returns a sentence about the result.

    Raises RegisterError if the file exists and `replacing` is false, if it cannot be written, for another suffix, or if
    it would contain cases that the reader may not open.
    """
    register.require_all_cases("nothing was written: ask a keeper")
    with register.reading() as session:
        closed = closed_to(session, register.reader)
    if closed and register.is_keepers:
        all_opened_as_keeper(register)
    elif closed:
        are = "is" if len(closed) == 1 else "are"
        raise RegisterError(
            f"Nothing was written: {', '.join(closed[:5])} {are} restricted, and you are not among the officers who "
            "may open them. Ask one who may open all of them."
        )
    kind = file.suffix.casefold()
    if kind not in KINDS:
        raise RegisterError(f"“{file}” ends in neither .csv (for a spreadsheet) nor .json (for everything).")
    if file.expanduser().exists() and not replacing:
        raise RegisterError(f"{file} exists already and was left as it is.")
    write = write_register if kind == ".csv" else write_json
    what = "cases" if kind == ".csv" else "rows of every table"
    progress(f"Writing {what}", 0, 0)
    count = write(register, file, lambda done: progress(f"Writing {what}", done, 0))
    return f"{count} cases written to {file.expanduser().absolute()}."
