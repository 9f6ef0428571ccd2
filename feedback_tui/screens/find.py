"""Find anything: words anywhere in any case, as you type; with nothing typed, the cases that were opened last."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import Place
from feedback_tui.desk.find import FoundCase, FoundCases, find, recent_cases
from feedback_tui.screens.base import DeskScreen
from feedback_tui.screens.due import brief
from feedback_tui.screens.goto import GotoField
from feedback_tui.screens.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.cells import fit
from feedback_tui.widgets.fields import Typed
from feedback_tui.widgets.keys import screen_bindings
from feedback_tui.widgets.row_list import RowList

FEWEST = 2
"""Letters from which it is looked for: one would be every case."""

LEAD = 20
"""Letters shown before what was looked for."""


class FindScreen(DeskScreen):
    """Asks for words; gives the reference of a case that has them."""

    PLACE = Place.CHOICE
    CSS_PATH = "goto.tcss"
    BINDINGS = screen_bindings(Place.CHOICE)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._found: tuple[FoundCase, ...] = ()
        self._asked = 0

    @property
    def where(self) -> str:
        return "Find anything"

    def body(self) -> Iterable[Widget]:
        yield GotoField(placeholder="words in anything that was written, a name, a reference")
        yield RowList(id="found")
        yield Static("", id="found-said")

    def on_mount(self) -> None:
        self.query_one(GotoField).focus()
        self._look_for_it()

    def on_unmount(self) -> None:
        # Whoever has left waits for nothing.
        self._asked += 1

    def on_typed(self, event: Typed) -> None:
        self._look_for_it()

    def _look_for_it(self) -> None:
        text, register = self.query_one(GotoField).words.strip(), self.services.register
        self._asked += 1
        asked = self._asked
        if text:
            wanted = text if len(text) >= FEWEST else ""
            self.read("found", lambda: find(register, wanted, stopped=lambda: asked != self._asked), self._arrived)
        else:
            recent = self.services.recent.references
            self.read("found", lambda: recent_cases(register, recent), self._recent)

    def _recent(self, found: list[FoundCase]) -> None:
        self._show(tuple(found), "The cases you opened last." if found else "")

    def _arrived(self, found: FoundCases) -> None:
        typed = self.query_one(GotoField).words.strip()
        said = f"{found.count} case{'s' if found.count != 1 else ''}"
        if len(found.cases) < found.count:
            said += f", the {len(found.cases)} best of them shown"
        nothing = "" if len(typed) < FEWEST else f"Nothing has “{one_line(typed, 40)}” in it."
        self._show(found.cases, said if found.count else nothing)

    def _show(self, cases: tuple[FoundCase, ...], said: str) -> None:
        self._found = cases
        rows = self.query_one(RowList)
        rows.clear_options()
        rows.add_options([Option(_row(case), id=f"case-{place}") for place, case in enumerate(cases)])
        if cases:
            rows.highlighted = 0
        self.query_one("#found-said", Static).update(Content(said))

    def action_move(self, by: int) -> None:
        """Moves in what was found."""
        rows = self.query_one(RowList)
        if by > 0:
            rows.action_cursor_down()
        else:
            rows.action_cursor_up()

    def action_open_found(self) -> None:
        """Gives back the case that is lit."""
        place = self.query_one(RowList).highlighted
        if place is not None and place < len(self._found):
            self.dismiss(self._found[place].reference)

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index].reference)


def _row(case: FoundCase) -> Content:
    about = one_line(case.summary, 80) if case.snippet != case.summary else ""
    head = f" {fit(f'{case.kind}, {case.status}', 24)} {brief(case.received_on):>11}  {about}\n{'':14}"
    pieces = [(one_line(f"·{words}·")[1:-1], "bold $warning" if hit else "$text-muted") for words, hit in case.pieces]
    if len(pieces) > 1 and len(pieces[0][0]) > LEAD:
        # What was looked for must be in view on a narrow screen.
        pieces[0] = (f"…{pieces[0][0][-LEAD:]}", pieces[0][1])
    return Content.assemble((fit(case.reference, 13), "bold"), head, *pieces)
