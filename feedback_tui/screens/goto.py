"""Go to a case: by its reference or part of it, or by a name, for the caller who has no reference at hand."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import Place
from feedback_tui.desk.search import EarlierCase, earlier_cases, find_references
from feedback_tui.screens.base import DeskScreen
from feedback_tui.screens.due import brief
from feedback_tui.screens.services import Services
from feedback_tui.storage.register import Register
from feedback_tui.text import one_line
from feedback_tui.widgets.cells import fit
from feedback_tui.widgets.fields import LineField, Typed
from feedback_tui.widgets.keys import screen_bindings
from feedback_tui.widgets.row_list import RowList


def found_by(register: Register, text: str) -> list[EarlierCase]:
    """The cases whose reference holds `text`, then those of people with such a name."""
    found = {case.reference: case for case in find_references(register, text)}
    for case in earlier_cases(register, text):
        found.setdefault(case.reference, case)
    return list(found.values())


class GotoField(LineField):
    """What is looked for; the arrows move in what was found, Enter opens it."""

    BINDINGS = [
        Binding("down", "screen.move(1)", show=False),
        Binding("up", "screen.move(-1)", show=False),
        Binding("enter", "screen.open_found", show=False),
    ]


class GotoScreen(DeskScreen):
    """Asks for a case; gives its reference."""

    PLACE = Place.CHOICE
    CSS_PATH = "goto.tcss"
    BINDINGS = screen_bindings(Place.CHOICE)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._found: list[EarlierCase] = []

    @property
    def where(self) -> str:
        return "Go to a case"

    def body(self) -> Iterable[Widget]:
        yield GotoField(placeholder="a reference or part of it, or a name")
        yield RowList(id="found")
        yield Static("", id="found-said")

    def on_mount(self) -> None:
        self.query_one(GotoField).focus()

    def on_key(self, event: events.Key) -> None:
        """A letter that came before the field had the focus, from a quick hand, is not lost."""
        if event.is_printable and event.character and (fields := self.query(GotoField)):
            event.stop()
            fields.first().insert_text_at_cursor(event.character)

    def on_typed(self, event: Typed) -> None:
        text, register = self.query_one(GotoField).words, self.services.register
        self.read("found", lambda: found_by(register, text), self.arrived)

    @property
    def lit(self) -> str | None:
        """The reference of the case that is lit."""
        rows = self.query(RowList)
        place = rows.first().highlighted if rows else None
        return self._found[place].reference if place is not None and place < len(self._found) else None

    def arrived(self, found: list[EarlierCase]) -> None:
        """Shows what was found."""
        rows, self._found = self.query_one(RowList), found
        rows.clear_options()
        rows.add_options([Option(_row(case), id=f"case-{place}") for place, case in enumerate(found)])
        if found:
            rows.highlighted = 0
        typed = self.query_one(GotoField).words.strip()
        words = "" if found or not typed else f"Nothing has “{one_line(typed, 40)}” in its reference or its names."
        self.query_one("#found-said", Static).update(Content(words))

    def action_move(self, by: int) -> None:
        """Moves in what was found."""
        rows = self.query_one(RowList)
        if by > 0:
            rows.action_cursor_down()
        else:
            rows.action_cursor_up()

    def action_open_found(self) -> None:
        """Gives back the case that is lit."""
        if self.lit is not None:
            self.dismiss(self.lit)

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index].reference)


def _row(case: EarlierCase) -> Content:
    return Content.assemble(
        (fit(case.reference, 13), "bold"),
        f"{fit(f'{case.kind}, {case.status}', 24)} {fit(case.name, 19)} ",
        (f"{brief(case.received_on):>11}  {one_line(case.summary, 80)}", "$text-muted"),
    )
