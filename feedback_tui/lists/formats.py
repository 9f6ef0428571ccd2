"""The formats of a list. Nothing else stands here: the console knows them before it opens a register."""

from __future__ import annotations

from enum import StrEnum


class ListFormat(StrEnum):
    """How a list is written to a file."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"

    @property
    def words(self) -> str:
        """What it is, for those who choose."""
        return {"csv": "CSV, for any spreadsheet", "xlsx": "Excel workbook", "json": "JSON, for other programs"}[self]
