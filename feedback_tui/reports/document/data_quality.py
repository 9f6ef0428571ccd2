"""The section on what to correct before a year is published: which gaps make its figures uncertain, and in how many
cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from feedback_tui.reports.declarations.numbers import Number
from feedback_tui.reports.declarations.working import UNCERTAIN
from feedback_tui.reports.document.blocks import Row, Section, Table, Withholding
from feedback_tui.reports.document.number_format import capital, counted

TITLE = "To look at first"


def wobbling(whats: Iterable[str]) -> Section:
    """Returns the section. `whats` has an entry for each gap of a case. Shown on screen only."""
    found = Counter(whats)
    if not found:
        return Section(TITLE, ("Nothing makes these figures wobble: every case has what they count.",))
    rows = tuple(
        Row(capital(what), (Number(count, f"{UNCERTAIN.key}.{what}", UNCERTAIN),)) for what, count in found.items()
    )
    said = f"{capital(counted(found.total(), 'thing'))} to put right before this is published. Enter lists the cases."
    columns = (UNCERTAIN.thing, "Cases")
    return Section(TITLE, (said,), (Table(UNCERTAIN.words, columns, rows, Withholding.LEFT_OUT, key=UNCERTAIN.key),))
