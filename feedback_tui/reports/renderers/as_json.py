"""The figures as JSON, with the keys that other programs rely on. The keys of counts are words of the register."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from feedback_tui.reports.declarations.declaration import as_json_object
from feedback_tui.reports.declarations.year import YEAR
from feedback_tui.reports.declarations.year_comparison import COMPARED_YEAR
from feedback_tui.reports.document.blocks import Cell, Paper
from feedback_tui.reports.document.number_format import plain
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.reconciliation import reconcile

LEFT_OUT = object()
"""Stands for a part of the JSON that has nothing to print."""


def as_json(figures: Figures, suppress: int | None = None) -> str:
    """Returns the JSON as text, with `suppress` without counts under it. It is ASCII only, so that no character can act
    on a terminal."""
    return json.dumps(document(figures) if suppress is None else publishable_document(figures, suppress), indent=2)


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
        **_about(figures),
        **as_json_object(YEAR, figures, figures.by_query),
        "comparison": [as_json_object(COMPARED_YEAR, year, {}) for year in figures.comparison],
        "words": {section.value: list(texts) for section, texts in figures.words.items()},
        "reconciliation": [
            {"table": row.table, "total": row.total.value, "base": row.base.value, "explained_by": row.explained_by}
            for row in reconcile(figures)
        ],
    }


def publishable_document(figures: Figures, limit: int) -> dict[str, Any]:
    """Returns the JSON of a year for publication: numbers that the report prints if counts under `limit` are withheld,
    null for those that it withholds. Numbers that are not in the report are left out."""
    from feedback_tui.reports.document.report import paper
    from feedback_tui.reports.small_numbers import said_without
    from feedback_tui.reports.withholding.printed import printed
    from feedback_tui.reports.withholding.statements import numbers_of_paper

    whole = paper(figures)
    shown = printed(whole, figures, limit)
    stated: dict[str, bool] = {}
    for number in numbers_of_paper(whole):
        stated[number.key] = stated.get(number.key, True) and shown.shows(number)
    found = document(figures)
    return {
        **_about(figures),
        **{
            member.key: kept
            for member in YEAR
            if (kept := _kept(found[member.key], f"{member.key}", stated)) is not LEFT_OUT
        },
        "comparison": [_kept(year, f"comparison.{year['label']}", stated) for year in found["comparison"]],
        "words": found["words"],
        "reconciliation": [
            {
                "table": row.table,
                "total": row.total.value if shown.shows(row.total) else None,
                "base": row.base.value if shown.shows(row.base) else None,
                "explained_by": said_without(row.explained_by, shown) or "",
            }
            for row in reconcile(figures)
        ],
    }


def _about(figures: Figures) -> dict[str, Any]:
    return {
        "year": {
            "label": figures.span.label,
            "start": figures.span.start.isoformat(),
            "end": figures.span.end.isoformat(),
        },
        "as_of": figures.as_of.isoformat(),
        "profile": figures.profile,
    }


def _kept(value: Any, key: str, stated: Mapping[str, bool]) -> Any:
    """Returns a part of the JSON with only the printed numbers. `stated` has the key of each number in the report, and
    whether it is printed."""
    if isinstance(value, dict):
        inside = {name: _kept(one, f"{key}.{name}" if name != "parts" else key, stated) for name, one in value.items()}
        kept = {name: one for name, one in inside.items() if one is not LEFT_OUT}
        return kept or LEFT_OUT
    if isinstance(value, int | float) and not isinstance(value, bool):
        return LEFT_OUT if key not in stated else value if stated[key] else None
    return value if isinstance(value, str | bool) else LEFT_OUT
