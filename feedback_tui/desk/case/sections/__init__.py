"""A case's page as sections of lines, each a label, words and their tone: what the screens and ``show`` print alike.

To say a new field: one line in a function of this folder. To add a section: a function here, named in `SECTIONS`; the
page shows it there and its keys lead to it, and ``show`` prints it. Nothing here knows how wide a screen is or how it
is coloured, and nothing that prints a section knows what a case is.
"""

from __future__ import annotations

from datetime import date

from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.sections.contacts import contacts
from feedback_tui.desk.case.sections.dates import dates
from feedback_tui.desk.case.sections.follow_ups import follow_ups
from feedback_tui.desk.case.sections.handled import stages
from feedback_tui.desk.case.sections.head import head
from feedback_tui.desk.case.sections.line import Section, SectionOf
from feedback_tui.desk.case.sections.timeline import timeline
from feedback_tui.desk.case.sections.told import beside, complaint, people, points

__all__ = ["SECTIONS", "case_sections"]

SECTIONS: tuple[SectionOf, ...] = (
    complaint, people, points, stages, beside, dates, contacts, follow_ups, timeline,
)  # fmt: skip
"""In the order in which they are read, beneath the head."""


def case_sections(page: CasePage, today: date) -> tuple[Section, ...]:
    """The whole page: its head, then every section, those with nothing to say among them."""
    return tuple(made(page, today) for made in (head, *SECTIONS))
