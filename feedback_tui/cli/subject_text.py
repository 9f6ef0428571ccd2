"""Everything held on a person, as text or as JSON."""

from __future__ import annotations

import io
import json
from datetime import date

from rich.console import Console

from feedback_tui.cli.show import case_json
from feedback_tui.cli.show_text import print_case
from feedback_tui.desk.subject_access import Held
from feedback_tui.rules.dates import long_date

WIDTH = 100


def subject_text(held: Held, today: date) -> str:
    """Returns the cases one after another, as `show` prints them, `WIDTH` columns wide."""
    console = Console(file=io.StringIO(), width=WIDTH, markup=False, highlight=False, emoji=False, color_system=None)
    console.print(f"What is held on {held.name}, {long_date(today)}: {len(held.cases)} cases")
    for page in held.cases:
        console.print("\n" + "=" * WIDTH)
        print_case(page, today, console)
    if held.withheld:
        console.print("\n" + "=" * WIDTH)
        console.print(f"Restricted to other officers, who look there themselves: {', '.join(held.withheld)}")
    if held.mentions:
        console.print("\n" + "=" * WIDTH)
        console.print(f"The name also stands in the words of: {', '.join(held.mentions)}")
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def subject_json(held: Held) -> str:
    """Returns the same as JSON for other programs."""
    cases = [case_json(page) for page in held.cases]
    data = {"name": held.name, "cases": cases, "withheld": held.withheld, "mentions": held.mentions}
    return json.dumps(data, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> object:
    return (
        value.isoformat()
        if hasattr(value, "isoformat")
        else sorted(value)
        if isinstance(value, frozenset)
        else str(value)
    )
