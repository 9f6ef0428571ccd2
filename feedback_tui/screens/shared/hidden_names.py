"""People's names on the screen, and a screen without them: others may look on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedback_tui.desk.case.page import CasePage

HIDDEN = "hidden"
"""What stands in the place of a name while names are hidden."""


@dataclass
class Names:
    """Whether names are shown; one for a session."""

    hidden: bool = False

    def shown(self, who: str | None, instead: str = "") -> str:
        """A name as a list shows it; `instead`: what stands there where there is none to show."""
        if who is None:
            return instead
        return HIDDEN if self.hidden else who

    def page(self, page: CasePage) -> CasePage:
        """A case as its header and its preview show it: while names are hidden, everyone is called by their part."""
        if not self.hidden:
            return page
        people = tuple(replace(person, name="", contact="", known=()) for person in page.people)
        contacts = tuple(replace(contact, person="") for contact in page.contacts)
        # A date for a consent or a limit on contact is called by the person whose it is.
        named = {person.name for person in page.people}
        deadlines = tuple(replace(due, what="") if due.what in named else due for due in page.deadlines)
        return replace(page, people=people, contacts=contacts, deadlines=deadlines)
