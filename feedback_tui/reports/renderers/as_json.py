"""The figures as JSON, with the keys that other programs rely on. The keys of counts are words of the register."""

from __future__ import annotations

import json
from typing import Any

from feedback_tui.reports.declarations.declaration import as_json_object
from feedback_tui.reports.declarations.year import YEAR
from feedback_tui.reports.declarations.year_comparison import COMPARED_YEAR
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.reconciliation import reconcile


def as_json(figures: Figures) -> str:
    """Returns the JSON as text. It is ASCII only, so that no character can act on a terminal."""
    return json.dumps(document(figures), indent=2)


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
