"""The formats of a report. Nothing else stands here: the console knows them before it opens a register."""

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
        }[self.value]
