"""Hides people's names on the screen, for when others can see it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedback_tui.desk.case.page import CasePage

HIDDEN = "hidden"
"""The text shown in place of a hidden name."""


@dataclass
class Names:
    """Whether names are hidden; one for a session."""

    hidden: bool = False

    def shown(self, who: str | None, instead: str = "") -> str:
        """Returns a name as a list shows it; `instead` if there is none; `HIDDEN` while names are hidden."""
        if who is None:
            return instead
        return HIDDEN if self.hidden else who

    def page(self, page: CasePage) -> CasePage:
        """Returns a case for its head and preview; while names are hidden, without names and contact details of
        people."""
        if not self.hidden:
            return page
        people = tuple(replace(person, name="", contact="", known=()) for person in page.people)
        contacts = tuple(replace(contact, person="") for contact in page.contacts)
        # A date for a consent or a limit on contact has the person's name as its text.
        named = {person.name for person in page.people}
        deadlines = tuple(replace(due, what="") if due.what in named else due for due in page.deadlines)
        return replace(page, people=people, contacts=contacts, deadlines=deadlines)
