"""The numbers of a report: those that its document states, and those of its JSON by their paths."""

from __future__ import annotations

from typing import Any

from feedback_tui.reports.declarations.numbers import Number
from feedback_tui.reports.document.blocks import Paper, stated


def all_numbers(whole: Paper) -> list[Number]:
    """Every number that a document states."""
    found: list[Number] = []
    for section in whole.sections:
        for paragraph in section.paragraphs:
            found += stated(paragraph)
        for table in section.tables:
            found += stated(table.note)
            for row in table.rows:
                for cell in row.cells:
                    found += stated(cell)
    return found


def paths(value: Any, key: str = "") -> dict[str, Any]:
    """The numbers of a JSON object by their paths; those of the comparison under the label of their year."""
    if isinstance(value, dict):
        found: dict[str, Any] = {}
        for name, one in value.items():
            found |= paths(one, f"{key}.{name}" if key else name)
        return found
    if isinstance(value, list) and key == "comparison":
        found = {}
        for year in value:
            inside = {name: one for name, one in year.items() if name != "parts"} | year.get("parts", {})
            found |= paths(inside, f"comparison.{year['label']}")
        return found
    return {key: value} if isinstance(value, int | float) and not isinstance(value, bool) else {}
