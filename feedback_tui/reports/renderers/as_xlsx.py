"""The tables as one workbook: a sheet for each with plain numbers, after a sheet that lists them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from feedback_tui.lists.columns import ListColumn, Listing
from feedback_tui.lists.xlsx import workbook
from feedback_tui.reports.document.blocks import Paper
from feedback_tui.reports.list_columns import table_listing

Listed = tuple[str, ...]


def paper_as_xlsx(whole: Paper) -> bytes:
    """Returns the workbook. Raises TooLongForXlsx."""
    listed: list[Listed] = [("", whole.title, whole.about)]
    sheets: list[Listing[Any]] = []
    for section in whole.sections:
        for table in section.tables:
            # The number makes sheet names unique, and refers from the list to the sheet.
            number = f"{len(sheets) + 1:02}"
            listed.append((f"{number} {section.title}", table.caption, table.note))
            sheets.append(replace(table_listing(table), title=f"{number} {table.caption}"))
    contents = Listing("Tables", _contents_columns(), listed)
    return workbook([contents, *sheets])


def _contents_columns() -> tuple[ListColumn[Listed], ...]:
    def at(place: int, heading: str) -> ListColumn[Listed]:
        return ListColumn(heading, heading, lambda row: row[place])

    return tuple(at(place, heading) for place, heading in enumerate(("Section", "Table", "Note")))
