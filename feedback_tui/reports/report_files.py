"""Makes the report in any format and writes it to a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from feedback_tui.reports.formats import ReportFormat

if TYPE_CHECKING:
    from feedback_tui.reports.document.blocks import Paper
    from feedback_tui.reports.figure_rows import Figures

Made = str | bytes | Mapping[str, str]
"""A text, a binary document, or several texts by file name."""


def made_of(figures: Figures, format: ReportFormat, suppress: int | None = None) -> Made:
    """Returns the report in this format. With `suppress`, counts from 1 to `suppress` - 1 are withheld, and numbers
    from which they could be computed."""
    if format is ReportFormat.JSON:
        from feedback_tui.reports.renderers.as_json import as_json

        return as_json(figures, suppress)
    if suppress is None:
        from feedback_tui.reports.document.report import paper

        return made_of_paper(paper(figures), format)
    from feedback_tui.reports.small_numbers import publishable

    return made_of_paper(publishable(figures, suppress), format)


def made_of_paper(whole: Paper, format: ReportFormat) -> Made:
    """Returns any document in any format. The JSON of a year is not that of its document: see `made_of`."""
    match format:
        case ReportFormat.JSON:
            from feedback_tui.reports.renderers.as_json import paper_as_json

            return paper_as_json(whole)
        case ReportFormat.MARKDOWN:
            from feedback_tui.reports.renderers.as_markdown import paper_as_markdown

            return paper_as_markdown(whole)
        case ReportFormat.HTML:
            from feedback_tui.reports.renderers.as_html import paper_as_html

            return paper_as_html(whole)
        case ReportFormat.DOCX:
            from feedback_tui.reports.renderers.as_docx import paper_as_docx

            return paper_as_docx(whole)
        case ReportFormat.CSV:
            from feedback_tui.reports.renderers.as_csv import paper_as_csv

            return paper_as_csv(whole)
        case ReportFormat.XLSX:
            from feedback_tui.reports.renderers.as_xlsx import paper_as_xlsx

            return paper_as_xlsx(whole)
        case _:
            from feedback_tui.reports.renderers.as_text import paper_as_text

            return paper_as_text(whole)


def write_out(made: Made, place: Path, *, overwrite: bool = False) -> str:
    """Writes a report, and returns a sentence that says where. Raises RegisterError; a file is replaced only with
    `overwrite`.

    Several files need a new or empty folder, because tables of another year there could be taken for this one's.
    """
    # Imported here, because the command line imports this module at its start.
    from feedback_tui.storage.errors import RegisterError
    from feedback_tui.storage.maintenance.atomic_files import write_output

    if isinstance(made, str | bytes):
        write_output(place, made, overwrite=overwrite)
        return f"Written to {place.absolute()}."
    folder = place.expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise RegisterError(f"{folder} cannot be written: {error.strerror}. Nothing was changed.") from None
    if taken:
        raise RegisterError(f"{folder} holds other files, and was left as it is. Name a folder that is new or empty.")
    for name, text in made.items():
        write_output(folder / name, text, overwrite=False)
    return f"{len(made)} files written to {folder}."
