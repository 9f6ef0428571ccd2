"""How commands output lists: as text, or as CSV, xlsx or JSON on standard output or in a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import may_replace
from feedback_tui.lists.formats import ListFormat

if TYPE_CHECKING:
    from feedback_tui.lists.columns import Listing


class ListOrText(StrEnum):
    """The format of a list."""

    TEXT = "text"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


ListFormatOption = Annotated[
    ListOrText, typer.Option("--format", help="text; csv or xlsx for a spreadsheet; json for other programs.")
]
ColumnsOption = Annotated[
    str, typer.Option("--columns", metavar="A,B", help="Only these columns, by their names in the JSON.")
]
ListFileOption = Annotated[Path | None, typer.Option("--output", help="Write the list to this file instead.")]


@dataclass(frozen=True)
class ListOutput:
    """The format and destination of a list."""

    format: ListFormat | None
    """None for text."""
    file: Path | None
    columns: tuple[str, ...] = ()
    overwrite: bool = False

    @property
    def as_text(self) -> bool:
        """Whether it is printed as text for people."""
        return self.format is None

    def give(self, listing: Listing[Any], whole: object = None) -> None:
        """Writes the list to the file, or prints it.

        `whole` is the command's JSON if it has more than the rows; if columns were chosen, JSON has the rows only.
        Raises RegisterError if the file cannot be written; UnknownColumn.
        """
        from feedback_tui.lists.json_text import json_text
        from feedback_tui.lists.writers import list_csv, list_json, write_list, written

        assert self.format is not None, "text is printed by the command"
        asked = listing.with_columns(self.columns)
        if self.format is ListFormat.JSON and whole is not None and not self.columns:
            text = json_text(whole)
            if self.file is None:
                print(text)
                return
            from feedback_tui.storage.maintenance.atomic_files import write_output

            write_output(self.file, text + "\n", overwrite=self.overwrite)
            print_err(written(len(listing.rows), self.file))
        elif self.file is not None:
            print_err(write_list(asked, self.format, self.file, overwrite=self.overwrite))
        elif self.format is ListFormat.JSON:
            print(list_json(asked))
        else:
            print_out(list_csv(asked).removesuffix("\r\n"))


def list_output(
    format: ListOrText, output: Path | None = None, overwrite: bool = False, columns: str = ""
) -> ListOutput:
    """Returns the meaning of the list options. Call it before reading anything: raises BadParameter for options that
    contradict each other, AlreadyThere if the file exists and may not be replaced."""
    chosen = None if format is ListOrText.TEXT else ListFormat(format)
    if output is not None and chosen is None:
        ending = output.suffix.casefold().removeprefix(".")
        if ending not in [*ListFormat]:
            raise typer.BadParameter("--output takes a list as csv, xlsx or json: name the one with --format.")
        chosen = ListFormat(ending)
    if chosen is ListFormat.XLSX and output is None:
        raise typer.BadParameter("--format xlsx needs --output: name the file to write, as list.xlsx.")
    names = tuple(name.strip() for name in columns.split(",") if name.strip())
    if names and chosen is None:
        raise typer.BadParameter("--columns goes with --format csv, xlsx or json.")
    return ListOutput(chosen, output, names, may_replace(output, overwrite))
