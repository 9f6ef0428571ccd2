"""The formats of a report. Nothing else stands here: the console knows them before it opens a register."""

from __future__ import annotations

from enum import StrEnum

NOT_FOR_PUBLISHING = (
    "NOT FOR PUBLISHING: counts that are withheld here can be worked out from others that are printed. Do not publish "
    "it, and do not give it away."
)
"""Said with every report that withholds small counts, on the screen and in the file, until withholding holds."""


class ReportFormat(StrEnum):
    """How a report is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    CSV = "csv"
    XLSX = "xlsx"

    @property
    def ending(self) -> str:
        """What the name of such a file ends with; tables fill a folder."""
        return {"text": ".txt", "markdown": ".md", "csv": "-tables"}.get(self.value, f".{self.value}")

    @property
    def words(self) -> str:
        """What it is, for those who choose."""
        return {
            "text": "Plain text, as in the terminal",
            "json": "JSON, for other programs",
            "markdown": "Markdown",
            "html": "Web page, one file, with charts",
            "docx": "Word document, to finish by hand",
            "csv": "CSV, a file for each table, for spreadsheets",
            "xlsx": "Excel workbook, a sheet for each table",
        }[self.value]
