"""The screen that writes a report to a file: the whole year, a working report, or one table of either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.content import Content

from feedback_tui.actions import Place
from feedback_tui.browser_files import place_of, require_new, working_folder
from feedback_tui.casework.errors import InvalidInput, Problem
from feedback_tui.lists.columns import Listing
from feedback_tui.lists.formats import ListFormat
from feedback_tui.lists.writers import write_list
from feedback_tui.plain_error import PlainError
from feedback_tui.reports.document.blocks import Paper, Section, Table
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.formats import ReportFormat
from feedback_tui.reports.list_columns import listing_table, table_listing
from feedback_tui.reports.report_files import Made, made_of, made_of_paper, write_out
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.screens.admin.list_export import list_file_name, rows_of
from feedback_tui.screens.shared.form_screen import FormScreen
from feedback_tui.screens.shared.screen_list import screen_list
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField
from feedback_tui.widgets.key_bindings import screen_bindings

EVERY, WITHHELD = "every count", "small ones withheld"
LIMIT = 5
NO, YES = "no", "yes"
REPORT, SHOWN, TABLE = "whole report", "this report", "one table"
"""The year's report, the working report in view, one table in view."""
LISTED = frozenset(map(str, ListFormat))
"""The formats in which a table is written as a list: one file with plain values."""


@dataclass(frozen=True)
class ShownTable:
    """A table in view that can be written: as a list, or as a document of its own."""

    key: str
    listing: Listing[Any]
    table: Table

    @property
    def title(self) -> str:
        return one_line(self.listing.title)

    @classmethod
    def of(cls, table: Table) -> ShownTable:
        """Returns a table of a report."""
        return cls(table.key, table_listing(table), table)

    @classmethod
    def of_listing(cls, key: str, listing: Listing[Any]) -> ShownTable:
        """Returns a list that no table of a report holds."""
        return cls(key, listing, listing_table(key, listing))


def _is_of_a_table(words: Mapping[str, str]) -> bool:
    return words.get("what") == TABLE


def _is_a_report(words: Mapping[str, str]) -> bool:
    return not _is_of_a_table(words)


def _is_the_year(words: Mapping[str, str]) -> bool:
    return words.get("what", REPORT) == REPORT


class ExportScreen(FormScreen[str]):
    """The form that asks what to write, in which format, and where."""

    PLACE = Place.FORM
    BINDINGS = screen_bindings(Place.FORM)

    def __init__(
        self,
        services: Services,
        figures: Figures,
        tables: Sequence[ShownTable] = (),
        table: str = "",
        report: Paper | None = None,
    ) -> None:
        """`tables` are those in view; `table` is the key of the one to suggest. `report` is the working report in view,
        None if the year is."""
        super().__init__(services)
        self._figures, self._report = figures, report
        self._tables = {each.title: each for each in tables}
        suggested = [each.title for each in tables if each.key == table]
        self._table = next(iter([*suggested, *self._tables]), "")

    @property
    def where(self) -> str:
        return f"Write {self._figures.span.label if self._report is None else self._report.title} to a file"

    @property
    def draft_name(self) -> str:
        return "year to a file"

    def on_mount(self) -> None:
        formats = tuple(str(format) for format in ReportFormat)
        of_the_view = (() if self._report is None else (SHOWN,), (REPORT,), (TABLE,) if self._tables else ())
        whats = tuple(what for some in of_the_view for what in some)
        of_a_table = (
            FormField(
                "table", "Table", Entry.CLOSED, self._table, vocabulary=tuple(self._tables), required=True,
                shown=_is_of_a_table,
            ),
            FormField(
                "table_format", "Format", Entry.CHOICE, ReportFormat.CSV, vocabulary=formats, shown=_is_of_a_table
            ),
        )  # fmt: skip
        self.show_form(
            (
                *((FormField("what", "Write", Entry.CHOICE, whats[0], vocabulary=whats),) if len(whats) > 1 else ()),
                *(of_a_table if self._tables else ()),
                FormField("format", "Format", Entry.CHOICE, ReportFormat.HTML, vocabulary=formats, shown=_is_a_report),
                FormField("counts", "Counts", Entry.CHOICE, EVERY, vocabulary=(EVERY, WITHHELD), shown=_is_the_year),
                FormField("name", "File or folder", Entry.NEW_PATH, help="empty: as named below"),
                FormField("replace", "Replace it", Entry.CHOICE, NO, vocabulary=(NO, YES), help="if it is there"),
            ),
            first="format",
        )

    def _format(self, filled: Filled) -> ReportFormat:
        name = "table_format" if filled.text("what") == TABLE else "format"
        return ReportFormat(filled.text(name) or ReportFormat.HTML)

    def _own_name(self, filled: Filled) -> str:
        """Returns the name of the file if none is typed, without its ending."""
        today = self.services.today()
        if filled.text("what") == TABLE:
            return list_file_name(filled.text("table"), today)
        if filled.text("what") == SHOWN and self._report is not None:
            return list_file_name(self._report.title, today)
        label = self._figures.span.label.replace("/", "-").replace(" ", "-")
        return f"feedback-{label}{'-published' if filled.text('counts') == WITHHELD else ''}"

    def _place(self, filled: Filled) -> Path:
        """Returns the path to write to; in a folder that was typed, the file gets its own name. Raises PlainError in a
        browser."""
        format, typed = self._format(filled), filled.text("name").strip()
        of_a_table = filled.text("what") == TABLE
        # A table as CSV is one file, a report as CSV a folder of several.
        ending = f".{format}" if of_a_table and format in LISTED else format.ending
        own = f"{self._own_name(filled)}{ending}"
        place = place_of(typed) if typed else working_folder() / own
        if typed and place.is_dir() and (of_a_table or format is not ReportFormat.CSV):
            place = place / own
        elif typed and of_a_table and not typed.casefold().endswith(ending):
            place = place_of(f"{typed}{ending}")
        require_new(place)
        return place

    def look_ahead(self) -> None:
        if self.form is None:
            return
        filled = self.form.read()
        try:
            place = str(self._place(filled))
        except PlainError as error:
            place = str(error)
        if filled.text("what") == TABLE:
            if (table := self._tables.get(filled.text("table"))) is not None:
                rows = rows_of(screen_list(table.listing))
                self.foretell(Content.assemble((f"{table.title}\n", "bold $accent"), f"{rows}\n", f"{place}\n"))
            return
        lines: list[str | tuple[str, str]] = [
            (f"{self._format(filled).words}\n", "bold $accent"),
            f"{place}\n",
        ]
        if filled.text("counts") == WITHHELD and filled.text("what") != SHOWN:
            said = f"Counts under {LIMIT}, and what they could be worked out from, are withheld."
            lines.append((said, "$text-muted"))
        self.foretell(Content.assemble(*lines))

    def _free_place(self, filled: Filled) -> Path:
        """Returns the path to write to. Raises InvalidInput if a file is there that is not to be replaced."""
        try:
            place = self._place(filled)
        except PlainError as error:
            raise InvalidInput([Problem("name", str(error))]) from None
        if place.is_file() and filled.text("replace") != YES:
            raise InvalidInput([Problem("replace", f"{place} is there already: choose yes to replace it.")])
        return place

    def save(self, filled: Filled) -> str:
        what, format, replacing = filled.text("what"), self._format(filled), filled.text("replace") == YES
        suppress = filled.text("counts") == WITHHELD and what not in (TABLE, SHOWN)
        place = self._free_place(filled)
        if what == TABLE and format in LISTED:
            listing = self._tables[filled.text("table")].listing
            return write_list(listing, ListFormat(format), place, overwrite=replacing)
        return write_out(self._made(filled, format, suppress=suppress), place, overwrite=replacing)

    def _made(self, filled: Filled, format: ReportFormat, *, suppress: bool) -> Made:
        if filled.text("what") == TABLE:
            return made_of_paper(self._alone(self._tables[filled.text("table")]), format)
        if filled.text("what") == SHOWN and self._report is not None:
            return made_of_paper(self._report, format)
        return made_of(self._figures, format, LIMIT if suppress else None)

    def _alone(self, shown: ShownTable) -> Paper:
        """Returns a document of this table alone."""
        figures, report = self._figures, self._report
        about = f"{figures.span.label}, as of {figures.as_of.isoformat()}." if report is None else report.about
        section = Section(shown.title, tables=(shown.table,))
        return Paper(shown.title, figures.council, about, (section,), self.services.today())

    def saved(self, done: str) -> None:
        self.say(done, seconds=10)
        self.dismiss(None)
