"""Long work as data: import, export and backup of the register, each with its form and its function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feedback_tui.browser_files import new_place_of, place_of
from feedback_tui.rules.lifecycle.ask import NO, YES, Entry
from feedback_tui.screens.shared.services import Services
from feedback_tui.widgets.form import Filled, FormField

Progress = Callable[[str, int, int], None]
ONLY_CHECK, IMPORT = "only check", "import"


@dataclass(frozen=True)
class Job:
    """One kind of long work."""

    title: str
    words: str
    """What it does, in one or two sentences."""
    fields: Callable[[Services], tuple[FormField, ...]]
    run: Callable[[Services, Filled, Progress], str]
    """Does the work, in a thread, and returns a sentence about the result. Raises PlainError."""
    about: Callable[[Services], str] | None = None
    """Additional text that depends on the current state."""


def _import_fields(services: Services) -> tuple[FormField, ...]:
    return (
        FormField(
            "file", "File", Entry.PATH, "", required=True, vocabulary=(".csv", ".xlsx", ".json"),
            help="↓ lists the folder",
        ),
        FormField("what", "Do", Entry.CHOICE, ONLY_CHECK, vocabulary=(ONLY_CHECK, IMPORT)),
        FormField("encoding", "Written in", Entry.CHOICE, "utf-8", vocabulary=("utf-8", "cp1252", "utf-16")),
        FormField(
            "mapping", "Headings", Entry.PATH, "", vocabulary=(".toml",),
            help="a list with headings of its own: the file that says which is which",
        ),
    )  # fmt: skip


def _import(services: Services, filled: Filled, progress: Progress) -> str:
    from feedback_tui.exchange.column_mapping import left_out, read_mapping
    from feedback_tui.exchange.import_export import bring_in
    from feedback_tui.storage.errors import RegisterError

    file = place_of(filled.text("file"))
    if file.suffix.casefold() == ".json":
        raise RegisterError(
            "A whole register (.json) is made from its export while no one has it open: leave the program, and use "
            "feedback-tui import FILE.json."
        )
    kept = filled.text("mapping")
    if file.suffix.casefold() == ".xlsx" and not kept:
        raise RegisterError(
            f"A spreadsheet is read by a mapping of its headings. feedback-tui import {file.name} --map MAP.toml "
            "proposes one: look it over, correct it, and name it here."
        )
    mapping = read_mapping(place_of(kept)) if kept else None
    done = bring_in(
        services.actor(),
        file,
        check=filled.text("what") == ONLY_CHECK,
        encoding=filled.text("encoding"),
        mapping=mapping,
        progress=progress,
    )
    return f"{done} {left_out(mapping)}".rstrip() if mapping is not None else done


def _export_fields(services: Services) -> tuple[FormField, ...]:
    name = f"register-{services.today().isoformat()}.csv"
    return (
        FormField(
            "file", "File", Entry.NEW_PATH, name, required=True, vocabulary=(".csv", ".json"),
            help=".csv for a spreadsheet, .json for everything",
        ),
        FormField("replace", "Replace it", Entry.CHOICE, NO, vocabulary=(NO, YES), help="if a file has this name"),
    )  # fmt: skip


def _export(services: Services, filled: Filled, progress: Progress) -> str:
    from feedback_tui.exchange.import_export import take_out

    replacing = filled.text("replace") == YES
    return take_out(services.register, new_place_of(filled.text("file")), replacing=replacing, progress=progress)


def _backup_fields(services: Services) -> tuple[FormField, ...]:
    return (FormField("dest", "To", Entry.NEW_PATH, help="a folder, or a new file; empty: beside the register"),)


def _backup(services: Services, filled: Filled, progress: Progress) -> str:
    from feedback_tui.storage.maintenance.backup import backup

    progress("Copying and verifying", 0, 0)
    dest = filled.text("dest")
    made = backup(services.register, new_place_of(dest) if dest else None)
    return f"The register was copied and the copy verified: {made}"


JOBS = {
    "import_register": Job(
        "Import a register",
        "Cases from a CSV file (feedback-tui import --template prints the columns). Every bad cell is reported; all of "
        "it is imported, or nothing. A verified backup is made first. The same file again changes nothing.",
        _import_fields,
        _import,
    ),
    "export_register": Job(
        "Export the register",
        "Every case but those logged in error, one row each, as CSV for a spreadsheet; or as JSON, which carries "
        "everything, with the record of every step. The file holds people's words: keep it where only you can read it.",
        _export_fields,
        _export,
    ),
    "backup": Job(
        "Back up the register",
        "A verified copy with its manifest. While the program runs and when it is left, one is made by itself whenever "
        "something changed; feedback-tui restore FILE puts one back.",
        _backup_fields,
        _backup,
    ),
}
