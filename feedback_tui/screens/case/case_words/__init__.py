"""A case in words, section by section: for the page and for the preview beside the queue, narrow or wide.

Each section is a function that gives a Content, empty where there is nothing to say. To add one, write it in a file of
this folder and name it in `SECTIONS`: the page shows it there, and its keys lead to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from feedback_tui.desk.case.page import CasePage
from feedback_tui.screens.case.case_words.contacts import contacts, last_contact_line
from feedback_tui.screens.case.case_words.dated import dates
from feedback_tui.screens.case.case_words.followed import follow_ups
from feedback_tui.screens.case.case_words.handled import stages
from feedback_tui.screens.case.case_words.pieces import Piece, heading, joined, labelled, section, set_in
from feedback_tui.screens.case.case_words.timeline import meanwhile, timeline
from feedback_tui.screens.case.case_words.told import about, beside, complaint, people, points
from feedback_tui.screens.case.case_words.top import head, next_due, next_line, standing, summary_of

__all__ = [
    "SECTIONS",
    "Piece",
    "Section",
    "about",
    "beside",
    "complaint",
    "contacts",
    "dates",
    "follow_ups",
    "head",
    "heading",
    "joined",
    "labelled",
    "last_contact_line",
    "meanwhile",
    "next_due",
    "next_line",
    "people",
    "points",
    "section",
    "set_in",
    "stages",
    "standing",
    "summary_of",
    "timeline",
]


@dataclass(frozen=True)
class Section:
    """One section of the page of a case."""

    name: str
    """What the line of sections calls it: a word or two."""
    words: Callable[[CasePage, date, int], Content]
    """What it says of a case, today, in so many cells; empty where there is nothing to say."""
    right: bool = False
    """Whether it stands in the right column where there are two."""


SECTIONS = (
    Section("Words", lambda page, today, width: complaint(page, width)),
    Section("People", lambda page, today, width: people(page, width)),
    Section("Points", lambda page, today, width: points(page, width)),
    Section("Handling", lambda page, today, width: stages(page, width)),
    Section("Beside", lambda page, today, width: beside(page, width)),
    Section("Dates", dates, right=True),
    Section("Contacts", lambda page, today, width: contacts(page, width)),
    Section("Follow-up", lambda page, today, width: follow_ups(page, width)),
    Section("Timeline", lambda page, today, width: timeline(page, width), right=True),
)
"""In the order of a narrow page."""
