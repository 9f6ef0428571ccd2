"""The formats of a list. In a module of its own, so that commands know them before they open a register."""

from __future__ import annotations

from enum import StrEnum


class ListFormat(StrEnum):
    """The file format of a list."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"

    @property
    def words(self) -> str:
        """A short description, for choosing a format."""
        return {"csv": "CSV, for any spreadsheet", "xlsx": "Excel workbook", "json": "JSON, for other programs"}[self]
