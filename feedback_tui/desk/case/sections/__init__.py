"""The page of a case as sections of lines, each with a label, text and a tone. The screens and ``show`` both print
these.

To show a new field, add one line to a function in this folder. To add a section, add a function here and name it in
`SECTIONS`; the page then shows it with a key of its own, and ``show`` prints it. Sections do not depend on screen width
or colours, and the printers do not depend on cases.
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
"""In the order shown, below the head."""


def case_sections(page: CasePage, today: date) -> tuple[Section, ...]:
    """Returns the whole page: the head, then every section, including empty ones."""
    return tuple(made(page, today) for made in (head, *SECTIONS))
