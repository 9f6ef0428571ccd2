"""The formats of a report. Kept small, because the command line imports it before opening a register."""

from __future__ import annotations

from enum import StrEnum


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
        """The ending of the file's name; CSV is a folder."""
        return {"text": ".txt", "markdown": ".md", "csv": "-tables"}.get(self.value, f".{self.value}")

    @property
    def words(self) -> str:
        """The description shown when choosing a format."""
        return {
            "text": "Plain text, as in the terminal",
            "json": "JSON, for other programs",
            "markdown": "Markdown",
            "html": "Web page, one file, with charts",
            "docx": "Word document, to finish by hand",
            "csv": "CSV, a file for each table, for spreadsheets",
            "xlsx": "Excel workbook, a sheet for each table",
        }[self.value]
