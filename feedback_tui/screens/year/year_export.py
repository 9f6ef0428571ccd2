"""Writes the report, or one table, to a file: format, all counts or small ones withheld, file name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from textual.content import Content

from feedback_tui.actions import Place
from feedback_tui.browser_files import place_of, require_new, working_folder
from feedback_tui.casework.errors import InvalidInput, Problem
from feedback_tui.lists.columns import Listing
from feedback_tui.lists.formats import ListFormat
from feedback_tui.lists.writers import write_list
from feedback_tui.plain_error import PlainError
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.formats import NOT_FOR_PUBLISHING, ReportFormat
from feedback_tui.reports.report_files import made_of, write_out
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.screens.admin.list_export import list_file_name, list_place, rows_of
from feedback_tui.screens.shared.form_screen import FormScreen
from feedback_tui.screens.shared.screen_list import ScreenList
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField
from feedback_tui.widgets.key_bindings import screen_bindings

EVERY, WITHHELD = "every count", "small ones withheld"
LIMIT = 5
NO, YES = "no", "yes"
REPORT, TABLE = "whole report", "one table"


def _is_of_a_table(words: Mapping[str, str]) -> bool:
    return words.get("what") == TABLE


def _is_a_report(words: Mapping[str, str]) -> bool:
    return not _is_of_a_table(words)


class ExportScreen(FormScreen[str]):
    """Writes the figures shown."""

    PLACE = Place.FORM
    BINDINGS = screen_bindings(Place.FORM)

    def __init__(
        self, services: Services, figures: Figures, tables: Sequence[ScreenList] = (), table: str = ""
    ) -> None:
        """`tables` are those shown, one of which can be written instead of the report; `table` is the default."""
        super().__init__(services)
        self._figures = figures
        self._tables = {one_line(each.title): each for each in tables}
        self._table = one_line(table) if one_line(table) in self._tables else next(iter(self._tables), "")

    @property
    def where(self) -> str:
        return f"Write {self._figures.span.label} to a file"

    @property
    def draft_name(self) -> str:
        return "year to a file"

    def on_mount(self) -> None:
        formats = tuple(str(format) for format in ReportFormat)
        of_a_table = (
            FormField("what", "Write", Entry.CHOICE, REPORT, vocabulary=(REPORT, TABLE)),
            FormField(
                "table", "Table", Entry.CLOSED, self._table, vocabulary=tuple(self._tables), required=True,
                shown=_is_of_a_table,
            ),
            FormField(
                "table_format", "Format", Entry.CHOICE, ListFormat.CSV, vocabulary=tuple(map(str, ListFormat)),
                shown=_is_of_a_table,
            ),
        )  # fmt: skip
        self.show_form(
            (
                *(of_a_table if self._tables else ()),
                FormField("format", "Format", Entry.CHOICE, ReportFormat.HTML, vocabulary=formats, shown=_is_a_report),
                FormField("counts", "Counts", Entry.CHOICE, EVERY, vocabulary=(EVERY, WITHHELD), shown=_is_a_report),
                FormField("name", "File or folder", Entry.NEW_PATH, help="empty: as named below"),
                FormField("replace", "Replace it", Entry.CHOICE, NO, vocabulary=(NO, YES), help="if it is there"),
            ),
            first="format",
        )

    def _place(self, filled: Filled) -> Path:
        """Returns the path for the report; in a folder, under its default name. Raises PlainError for a place outside
        the folder for files (in a browser)."""
        if filled.text("what") == TABLE:
            return self._table_place(filled)
        format = ReportFormat(filled.text("format"))
        label = self._figures.span.label.replace("/", "-").replace(" ", "-")
        own = f"feedback-{label}{'-published' if filled.text('counts') == WITHHELD else ''}{format.ending}"
        typed = filled.text("name").strip()
        place = place_of(typed) if typed else working_folder() / own
        if place.is_dir() and typed and format is not ReportFormat.CSV:
            place = place / own
        require_new(place)
        return place

    def _table_place(self, filled: Filled) -> Path:
        """Returns the path for a table. Raises PlainError for a place outside the folder for files (in a browser)."""
        own = list_file_name(filled.text("table"), self.services.today())
        return list_place(filled.text("name").strip(), ListFormat(filled.text("table_format")), own)

    def _said_of_table(self, filled: Filled) -> Content:
        table = self._tables.get(filled.text("table"))
        if table is None:
            return Content("")
        try:
            place = str(self._table_place(filled))
        except PlainError as error:
            place = str(error)
        return Content.assemble((f"{table.title}\n", "bold $accent"), f"{rows_of(table)}\n", f"{place}\n")

    def look_ahead(self) -> None:
        if self.form is None:
            return
        filled = self.form.read()
        if filled.text("what") == TABLE:
            self.foretell(self._said_of_table(filled))
            return
        format = ReportFormat(filled.text("format") or ReportFormat.HTML)
        try:
            place = str(self._place(filled))
        except PlainError as error:
            place = str(error)
        lines: list[str | tuple[str, str]] = [(f"{format.words}\n", "bold $accent"), f"{place}\n"]
        if filled.text("counts") == WITHHELD:
            lines.append((f"Counts under {LIMIT}, and what would give them away, are withheld.\n", "$text-muted"))
            lines.append((NOT_FOR_PUBLISHING, "bold $text-warning"))
        self.foretell(Content.assemble(*lines))

    def _write_table(self, filled: Filled) -> str:
        table, replacing = self._tables[filled.text("table")], filled.text("replace") == YES
        try:
            place = self._table_place(filled)
        except PlainError as error:
            raise InvalidInput([Problem("name", str(error))]) from None
        if place.exists() and not replacing:
            raise InvalidInput([Problem("replace", f"{place} is there already: choose yes to replace it.")])
        listing = Listing(table.title, table.columns, table.rows())
        return write_list(listing, ListFormat(filled.text("table_format")), place, overwrite=replacing)

    def save(self, filled: Filled) -> str:
        if filled.text("what") == TABLE:
            return self._write_table(filled)
        format, suppress = ReportFormat(filled.text("format")), filled.text("counts") == WITHHELD
        if format is ReportFormat.JSON and suppress:
            raise InvalidInput([Problem("counts", "JSON has every count: choose another format to publish.")])
        try:
            place = self._place(filled)
        except PlainError as error:
            raise InvalidInput([Problem("name", str(error))]) from None
        if place.is_file() and filled.text("replace") != YES:
            raise InvalidInput([Problem("replace", f"{place} is there already: choose yes to replace it.")])
        made = made_of(self._figures, format, LIMIT if suppress else None)
        said = write_out(made, place, overwrite=filled.text("replace") == YES)
        return f"{said} {NOT_FOR_PUBLISHING}" if suppress else said

    def saved(self, done: str) -> None:
        self.say(done, seconds=10)
        self.dismiss(None)
