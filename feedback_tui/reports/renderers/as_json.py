"""The figures as JSON: the keys of the outer interface, counts first. A key of a count is a word of the register."""

from __future__ import annotations

import json
from typing import Any

from feedback_tui.reports.declarations.declaration import as_json_object, json_number
from feedback_tui.reports.declarations.year import YEAR
from feedback_tui.reports.figure_rows import Figures


def as_json(figures: Figures) -> str:
    """The document as text. Only ASCII stands in it, so that it is the same on any terminal and acts on none."""
    return json.dumps(document(figures), indent=2)


def document(figures: Figures) -> dict[str, Any]:
    """The document that ``summary --format json`` prints."""
    return {
        "year": {
            "label": figures.span.label,
            "start": figures.span.start.isoformat(),
            "end": figures.span.end.isoformat(),
        },
        "as_of": figures.as_of.isoformat(),
        "profile": figures.profile,
        **as_json_object(YEAR, figures, figures.by_query),
        "comparison": [
            {
                "label": year.label,
                "feedback": json_number(year.feedback),
                "compliments": json_number(year.compliments),
                "complaints": json_number(year.complaints),
                "investigations": json_number(year.investigations),
                "average_working_days": json_number(year.average_working_days),
                "upheld": json_number(year.upheld),
                "upheld_of": json_number(year.upheld_of),
                "upheld_percent": json_number(year.upheld_percent),
                "ombudsman": json_number(year.ombudsman),
                "typed": year.typed,
                "parts": {
                    family: {word: json_number(value) for word, value in words.items()}
                    for family, words in year.parts.items()
                },
            }
            for year in figures.comparison
        ],
        "words": {section.value: list(texts) for section, texts in figures.words.items()},
        "reconciliation": [
            {"table": row.table, "total": row.total, "base": row.base, "explained_by": row.explained_by}
            for row in figures.reconciliation
        ],
    }
