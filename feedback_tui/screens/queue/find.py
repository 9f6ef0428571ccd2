"""Full-text search of cases while typing; with nothing typed, the cases opened last."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from feedback_tui.actions import Place
from feedback_tui.desk.due_words import brief
from feedback_tui.desk.find import EVERY_CASE, FoundCase, FoundCases, find, recent_cases
from feedback_tui.desk.list_columns import FOUND
from feedback_tui.screens.shared.lookup_screen import LookUpScreen
from feedback_tui.screens.shared.screen_list import ScreenList
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.key_bindings import screen_bindings

FEWEST = 2
"""The least letters that are searched for: one letter would match every case."""

LEAD = 20
"""The most characters shown before the first match."""


class FindScreen(LookUpScreen):
    """Asks for words. Its result is the reference of the chosen case, or None."""

    PLACE = Place.FIND
    BINDINGS = screen_bindings(Place.FIND)
    ASKS = "words in anything that was written, a name, a reference"

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._asked = 0
        self._count = 0
        """How many cases match; more than are shown."""

    @property
    def where(self) -> str:
        return "Find anything"

    def on_mount(self) -> None:
        super().on_mount()
        self._found_for = None
        self.look_up("")

    def on_unmount(self) -> None:
        # Stops a search that is still running.
        self._asked += 1

    def look_up(self, words: str) -> None:
        register = self.services.register
        self._asked += 1
        asked = self._asked
        if words:
            wanted = words if len(words) >= FEWEST else ""
            self.read(
                "found",
                lambda: find(register, wanted, stopped=lambda: asked != self._asked),
                lambda found: self._arrived(words, found),
            )
        else:
            recent = self.services.recent.references
            self.read("found", lambda: recent_cases(register, recent), self._recent)

    def _recent(self, found: list[FoundCase]) -> None:
        self._show("", tuple(found), "The cases you opened last." if found else "")

    def _arrived(self, words: str, found: FoundCases) -> None:
        self._count = found.count
        said = f"{found.count} case{'s' if found.count != 1 else ''}"
        if len(found.cases) < found.count:
            said += f", the {len(found.cases)} best of them shown"
        nothing = "" if len(words) < FEWEST else f"Nothing has “{one_line(words, 40)}” in it."
        self._show(words, found.cases, said if found.count else nothing)

    def lists(self) -> Sequence[ScreenList]:
        register, words = self.services.register, self.words
        if not words:
            recent = self.services.recent.references
            return (ScreenList("Opened last", FOUND, lambda: recent_cases(register, recent), len(self._found)),)
        if self._found_for != words or len(words) < FEWEST:
            return ()
        return (ScreenList("Found", FOUND, lambda: find(register, words, EVERY_CASE).cases, self._count, f"“{words}”"),)

    def _show(self, words: str, cases: tuple[FoundCase, ...], said: str) -> None:
        self.show_found(words, (_row(case) for case in cases), [case.reference for case in cases], said)


def _row(case: FoundCase) -> Content:
    about = one_line(case.summary, 80) if case.snippet != case.summary else ""
    head = f" {fit(f'{case.kind}, {case.status}', 24)} {brief(case.received_on):>11}  {about}\n{'':14}"
    pieces = [(one_line(f"·{words}·")[1:-1], "bold $warning" if hit else "$text-muted") for words, hit in case.pieces]
    if len(pieces) > 1 and len(pieces[0][0]) > LEAD:
        # The match must be visible on a narrow screen.
        pieces[0] = (f"…{pieces[0][0][-LEAD:]}", pieces[0][1])
    return Content.assemble((fit(case.reference, 13), "bold"), head, *pieces)
