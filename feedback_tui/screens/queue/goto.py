"""Goes to a case by its reference, a part of it, or a person's name."""

from __future__ import annotations

from textual.content import Content

from feedback_tui.desk.due_words import brief
from feedback_tui.desk.earlier_cases import EarlierCase, earlier_cases, find_references
from feedback_tui.screens.shared.lookup_screen import LookUpScreen
from feedback_tui.storage.register import Register
from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit


def found_by(register: Register, text: str) -> list[EarlierCase]:
    """Returns the cases whose reference contains `text`, then those of people with such a name."""
    found = {case.reference: case for case in find_references(register, text)}
    for case in earlier_cases(register, text):
        found.setdefault(case.reference, case)
    return list(found.values())


class GotoScreen(LookUpScreen):
    """Asks for a case. Its result is the reference, or None."""

    ASKS = "a reference or part of it, or a name"

    @property
    def where(self) -> str:
        return "Go to a case"

    def look_up(self, words: str) -> None:
        register = self.services.register
        self.read("found", lambda: found_by(register, words), lambda found: self.arrived(words, found))

    def arrived(self, words: str, found: list[EarlierCase]) -> None:
        """Shows the cases found."""
        said = "" if found or not words else f"Nothing has “{one_line(words, 40)}” in its reference or its names."
        self.show_found(words, (_row(case) for case in found), [case.reference for case in found], said)


def _row(case: EarlierCase) -> Content:
    return Content.assemble(
        (fit(case.reference, 13), "bold"),
        f"{fit(f'{case.kind}, {case.status}', 24)} {fit(case.name, 19)} ",
        (f"{brief(case.received_on):>11}  {one_line(case.summary, 80)}", "$text-muted"),
    )
