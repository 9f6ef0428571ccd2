"""The figures as JSON, with the keys that other programs rely on. The keys of counts are words of the register."""

from __future__ import annotations

import json
from typing import Any

from feedback_tui.reports.declarations.declaration import as_json_object
from feedback_tui.reports.declarations.year import YEAR
from feedback_tui.reports.declarations.year_comparison import COMPARED_YEAR
from feedback_tui.reports.document.blocks import Cell, Paper
from feedback_tui.reports.document.number_format import plain
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.reconciliation import reconcile


def as_json(figures: Figures) -> str:
    """Returns the JSON as text. It is ASCII only, so that no character can act on a terminal."""
    return json.dumps(document(figures), indent=2)


def paper_as_json(whole: Paper) -> str:
    """Returns a document as JSON: its sentences, and the lines of its tables by heading."""
    return json.dumps(paper_document(whole), indent=2)


def paper_document(whole: Paper) -> dict[str, Any]:
    """Returns the object that ``report … --format json`` prints; `as_of` is a date in words of ISO 8601."""
    tables = [table for section in whole.sections for table in section.tables]
    return {
        "title": whole.title,
        "as_of": whole.as_of.isoformat(),
        "said": [words for section in whole.sections for words in section.paragraphs],
        "tables": [
            {
                "table": table.caption,
                "rows": [
                    dict(zip(table.columns, (row.label, *map(_plain, row.cells)), strict=True)) for row in table.rows
                ],
            }
            for table in tables
        ],
    }


def _plain(cell: Cell) -> int | str:
    """Returns a count as a number; anything else, an average too, as text."""
    found = plain(cell)
    return found if isinstance(found, int) else str(found)


def document(figures: Figures) -> dict[str, Any]:
    """Returns the object that ``summary --format json`` prints."""
    return {
        "year": {
            "label": figures.span.label,
            "start": figures.span.start.isoformat(),
            "end": figures.span.end.isoformat(),
        },
        "as_of": figures.as_of.isoformat(),
        "profile": figures.profile,
        **as_json_object(YEAR, figures, figures.by_query),
        "comparison": [as_json_object(COMPARED_YEAR, year, {}) for year in figures.comparison],
        "words": {section.value: list(texts) for section, texts in figures.words.items()},
        "reconciliation": [
            {"table": row.table, "total": row.total.value, "base": row.base.value, "explained_by": row.explained_by}
            for row in reconcile(figures)
        ],
    }
