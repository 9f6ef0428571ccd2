"""The year's tables as one workbook: a sheet for each, figures as numbers, and a list of the tables before them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from feedback_tui.lists.columns import ListColumn, Listing
from feedback_tui.lists.xlsx import workbook
from feedback_tui.reports.document.blocks import Paper
from feedback_tui.reports.list_columns import table_listing

Listed = tuple[str, ...]


def paper_as_xlsx(whole: Paper) -> bytes:
    """The workbook. A warning stands in every sheet, beneath the rows. Raises TooLongForXlsx."""
    listed: list[Listed] = [("", whole.title, whole.about)]
    sheets: list[Listing[Any]] = []
    for section in whole.sections:
        for table in section.tables:
            # A number before each name tells apart two that begin alike, and leads from the list to the sheet.
            number = f"{len(sheets) + 1:02}"
            listed.append((f"{number} {section.title}", table.caption, table.note))
            listing = table_listing(table)
            sheets.append(_warned(replace(listing, title=f"{number} {table.caption}"), whole.warning))
    contents = Listing("Tables", _contents_columns(), listed)
    return workbook([_warned(contents, whole.warning), *sheets])


def _contents_columns() -> tuple[ListColumn[Listed], ...]:
    def at(place: int, heading: str) -> ListColumn[Listed]:
        return ListColumn(heading, heading, lambda row: row[place])

    return tuple(at(place, heading) for place, heading in enumerate(("Section", "Table", "Note")))


def _warned(listing: Listing[Any], warning: str) -> Listing[Any]:
    """The list, and beneath it what must be known of it."""
    if not warning:
        return listing
    line = (warning, *[None] * (len(listing.columns) - 1))
    return replace(listing, rows=[*listing.rows, line])
