"""Writes a list of a screen to a file: its format, with or without people's names, and the file name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from feedback_tui.browser_files import new_place_of, place_of
from feedback_tui.lists.columns import Listing
from feedback_tui.lists.formats import ListFormat
from feedback_tui.lists.writers import write_list
from feedback_tui.plain_error import PlainError
from feedback_tui.rules.lifecycle.ask import NO, YES, Entry
from feedback_tui.screens.admin.jobs import Job, Progress
from feedback_tui.screens.shared.screen_list import ScreenList
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import folded, one_line
from feedback_tui.widgets.form import Filled, FormField

WRITTEN, LEFT_OUT = "written", "left out"
LONGEST_TITLE = 60
"""The most characters of a list's title in a sentence."""


def list_job(lists: Sequence[ScreenList]) -> Job:
    """Returns the job that writes one of these lists, by default the first."""

    def fields(services: Services) -> tuple[FormField, ...]:
        choice = FormField("list", "List", Entry.CHOICE, lists[0].title, vocabulary=[each.title for each in lists])
        names = FormField("names", "Names", Entry.CHOICE, WRITTEN, vocabulary=(WRITTEN, LEFT_OUT))
        return (
            *([choice] if len(lists) > 1 else []),
            FormField("format", "Format", Entry.CHOICE, ListFormat.CSV, vocabulary=tuple(map(str, ListFormat))),
            FormField(
                "file", "File", Entry.NEW_PATH, _own_name(lists[0], services) if len(lists) == 1 else "",
                vocabulary=tuple(f".{format}" for format in ListFormat),
                help="its ending is added; empty: named after the list and the day",
            ),
            *([names] if any(each.holds_names for each in lists) else []),
            FormField("replace", "Replace it", Entry.CHOICE, NO, vocabulary=(NO, YES), help="if a file has this name"),
        )  # fmt: skip

    def run(services: Services, filled: Filled, progress: Progress) -> str:
        chosen = next((each for each in lists if each.title == filled.text("list")), lists[0])
        format, replacing = ListFormat(filled.text("format")), filled.text("replace") == YES
        place = list_place(filled.text("file"), format, _own_name(chosen, services))
        if place.exists() and not replacing:
            raise PlainError(f"{place} is there already: choose yes under “Replace it”, or give another name.")
        progress("Reading", 0, 0)
        rows = chosen.rows()
        listing = Listing(one_line(chosen.title), chosen.columns, rows)
        if filled.text("names") == LEFT_OUT:
            listing = listing.without_names()
        told = write_list(
            listing, format, place, overwrite=replacing, progress=lambda done: progress("Writing", done, len(rows))
        )
        progress("Writing", len(rows), len(rows))
        return told

    return Job("Write a list to a file", "", fields, run, lambda services: _said(lists, services))


def list_place(typed: str, format: ListFormat, own_name: str) -> Path:
    """Returns the file to write: with the format's suffix, and with `own_name` if a folder or nothing was typed.

    Raises PlainError for a place outside the folder for files (in a browser).
    """
    ending = f".{format}"
    typed = typed or own_name
    if place_of(typed).is_dir():
        typed = f"{typed}/{own_name}"
    return new_place_of(typed if typed.casefold().endswith(ending) else typed + ending)


def list_file_name(title: str, today: date) -> str:
    """Returns the default file name of a list, without suffix: its title and the day."""
    words = re.sub("[^a-z0-9]+", "-", folded(title)).strip("-")[:40].rstrip("-") or "list"
    return f"{words}-{today.isoformat()}"


def _own_name(chosen: ScreenList, services: Services) -> str:
    return list_file_name(chosen.title, services.today())


def _said(lists: Sequence[ScreenList], services: Services) -> str:
    """Returns how many rows will be written, by which filter, and whether names are included."""
    told = [_rows(each, alone=len(lists) == 1) for each in lists]
    if any(each.holds_names for each in lists):
        hidden = " They are hidden on the screen alone." if services.names.hidden else ""
        told.append(f"People's names are written unless you leave them out.{hidden}")
    told.append("The file may hold people's words: keep it where only you can read it.")
    return " ".join(told)


def _rows(each: ScreenList, *, alone: bool) -> str:
    if alone:
        return rows_of(each)
    return f"{one_line(each.title, LONGEST_TITLE)}: {rows_of(each)}"


def rows_of(each: ScreenList) -> str:
    """Returns how many rows will be written, and by which filter, as a sentence."""
    rows = f"{each.count:,} row{'' if each.count == 1 else 's'} will be written"
    return f"{rows}, by the filter that holds: {one_line(each.filter, 120)}." if each.filter else f"{rows}: all."
