"""The list of the council's letters: those that fit the case now, then the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import Place
from feedback_tui.desk.case.letter_fields import LetterTo, letters_for, write
from feedback_tui.desk.case.letters_list import letters_listing
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.sections.head import standing
from feedback_tui.rules.letters import Letter
from feedback_tui.screens.shared.case_sections import section_content
from feedback_tui.screens.shared.one_case_screen import OneCaseScreen
from feedback_tui.screens.shared.screen_list import ScreenList, screen_list
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.row_list import RowList

NAME = 33


class LettersScreen(OneCaseScreen):
    """Asks which letter to write. Its result is the reference once a letter was recorded, or None."""

    PLACE = Place.LETTERS
    CSS_PATH = "../styles/letters.tcss"
    BINDINGS = screen_bindings(Place.LETTERS)

    @property
    def where(self) -> str:
        return f"Letters · {self._reference}"

    def body(self) -> Iterable[Widget]:
        yield Static("", id="letters-head")
        yield RowList(id="letters")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.read_case()

    def case_read(self, page: CasePage, *, first: bool) -> None:
        head = section_content(standing(page, self.services.today()), self.size.width - 4)
        self.query_one("#letters-head", Static).update(head)
        rows = self.query_one(RowList)
        rows.clear_options()
        fits, others = letters_for(page, self.services.register.profile)
        rows.add_options([self._row(page, letter) for letter in fits])
        if fits and others:
            rows.add_option(Option(Content.styled("Not usual as it stands", "bold $accent"), disabled=True))
        rows.add_options([self._row(page, letter) for letter in others])
        rows.highlighted = 0

    def _row(self, page: CasePage, letter: Letter) -> Option:
        missing = write(page, self.services.register.profile, LetterTo(letter), self.services.today()).missing
        lacks = (f"to write in: {', '.join(missing)}", "$text-warning") if missing else ("filled in", "$text-success")
        return Option(Content.assemble((fit(letter.name, NAME), "bold"), " ", lacks), id=f"letter-{letter.key}")

    def lists(self) -> Sequence[ScreenList]:
        page, services = self._page, self.services
        if page is None:
            return ()
        listing = letters_listing(page, services.register.profile, services.officer, services.today())
        return (replace(screen_list(listing), title=f"Letters {page.reference}"),)

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        self._write(event.option_id)

    def do_write_lit(self) -> None:
        lit = self.query_one(RowList).highlighted_option
        self._write(lit.id if lit else None)

    def _write(self, option: str | None) -> None:
        if option is not None and self.reference is not None:
            key = option.removeprefix("letter-")
            self.services.navigation.open_letter(self.app, self.services, self.reference, key, self._written)

    def _written(self, reference: str | None) -> None:
        if reference:
            self.dismiss(reference)
