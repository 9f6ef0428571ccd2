"""The section of contacts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from feedback_tui.desk.case.contacts import ContactView
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.sections.line import DAY, Line, Section, section
from feedback_tui.desk.tone import Tone
from feedback_tui.rules.dates import short_date
from feedback_tui.text import one_line

_ON_A_SCREEN = 120
"""The most characters of one contact's text that a screen shows, because letters can be pages long."""


def contacts(page: CasePage, today: date) -> Section:
    """Returns contacts and failed attempts, latest first."""
    lines = (line for row in reversed(page.contacts) for line in _contact(row))
    return section("Contacts", ("Contacts, latest first", lines))


def _contact(row: ContactView) -> Iterator[Line]:
    whom = row.person or (f"the {row.part}" if row.part else "")
    more = [row.letter, row.channel, whom and f"with {whom}"]
    said = "".join(f" · {one_line(each)}" for each in more if each)
    kind = (str(row.kind), Tone.BOLD if row.kind.reached else Tone.NOTICE)
    yield Line(short_date(row.contacted_on), (kind, (said, Tone.QUIET)), DAY)
    if row.text:
        yield Line("", ((row.text, Tone.PLAIN),), DAY, most=_ON_A_SCREEN)
