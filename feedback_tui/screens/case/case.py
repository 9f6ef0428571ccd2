"""A case as a page: what is next and by when at the top, then everything known, section by section."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from feedback_tui.actions import Place
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.sections import SECTIONS
from feedback_tui.desk.case.sections.dates import dates
from feedback_tui.desk.case.sections.head import head
from feedback_tui.desk.case.sections.line import SectionOf
from feedback_tui.desk.case.sections.timeline import timeline
from feedback_tui.screens.shared.case_sections import section_content
from feedback_tui.screens.shared.one_case_screen import OneCaseScreen
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.row_list import Page
from feedback_tui.widgets.section_bar import SectionBar

WIDE = 120
RIGHT: tuple[SectionOf, ...] = (dates, timeline)
"""The sections shown in the right column if there are two columns."""


class SectionWords(Static):
    """One section, in one of the two columns."""

    def __init__(self, made: SectionOf, *, beside: bool) -> None:
        super().__init__("", classes="section")
        self.made, self.beside = made, beside
        self.section_name = ""
        """The name of the section in the section bar; "" until a case was read."""


class CasePageBody(Page):
    """The page; it tells its screen when it is scrolled."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if isinstance(self.screen, CaseScreen):
            self.screen.call_after_refresh(self.screen.mark_section)


class CaseScreen(OneCaseScreen):
    """The screen of one case."""

    PLACE = Place.CASE
    CSS_PATH = "../styles/case.tcss"
    BINDINGS = screen_bindings(Place.CASE)

    @property
    def where(self) -> str:
        if self._page is None:
            return self._reference or ""
        whose = self.services.names.shown(self._page.whose or None)
        return " · ".join(filter(None, (self._reference, self._page.kind, whose)))

    def body(self) -> Iterable[Widget]:
        yield Static("", id="case-head")
        yield SectionBar()
        with CasePageBody(id="case-page"), Horizontal(id="case-columns"):
            # A section in `RIGHT` exists in both columns; the screen's width decides which is shown.
            yield Vertical(*(SectionWords(made, beside=False) for made in SECTIONS), id="case-left")
            yield Vertical(*(SectionWords(made, beside=True) for made in RIGHT), id="case-right")

    def on_mount(self) -> None:
        page = self.query_one("#case-page", Page)
        page.focus()
        self.watch(page, "virtual_size", self._size_changed, init=False)

    def _size_changed(self) -> None:
        self.call_after_refresh(self.mark_section)

    def on_screen_resume(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """Reads the case again."""
        self.read_case()

    def case_read(self, page: CasePage, *, first: bool) -> None:
        if first:
            self.services.recent.opened(page.reference)
        self._show()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def names_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        page, today = self._page, self.services.today()
        if page is None:
            return
        width, wide = self.size.width - 4, self.size.width >= WIDE
        self.query_one("#case-head", Static).update(section_content(head(self.services.names.page(page), today), width))
        column = width // 2 - 3 if wide else width
        for words in self.query(SectionWords):
            section = words.made(page, today)
            words.section_name = section.name
            words.display = bool(section.blocks) and words.beside == (wide and words.made in RIGHT)
            if words.display:
                words.update(section_content(section, column))
        self.query_one(SectionBar).show([words.section_name for words in self._sections()])

    # Sections

    def _sections(self) -> list[SectionWords]:
        """Returns the visible sections, in order."""
        found = {words.made: words for words in self.query(SectionWords) if words.display}
        return [found[made] for made in SECTIONS if made in found]

    def mark_section(self) -> None:
        """Marks the current section in the section bar; hides the bar if the whole page is in view."""
        page, bar = self.query_one("#case-page", Page), self.query_one(SectionBar)
        bar.display = page.max_scroll_y > 0
        if (name := self._jumped) is not None and page.scroll_y == self._jumped_to:
            bar.mark(name)
            return
        self._jumped = None
        top = page.scroll_y
        places = [(words.virtual_region.y, words.section_name) for words in self._sections() if not words.beside]
        past = [name for y, name in places if y <= top]
        bar.mark(past[-1] if past else (places[0][1] if places else ""))

    _jumped: str | None = None
    _jumped_to: float = -1

    def _jump(self, by: int) -> None:
        names = [words.section_name for words in self._sections()]
        if names:
            here = names.index(now) if (now := self.query_one(SectionBar).marked) in names else 0
            self._go_to(names[max(0, min(here + by, len(names) - 1))])

    def _go_to(self, name: str) -> None:
        words = next(words for words in self._sections() if words.section_name == name)
        page = self.query_one("#case-page", Page)
        page.scroll_to(y=words.virtual_region.y, animate=False, immediate=True)
        self._jumped, self._jumped_to = name, page.scroll_y
        self.query_one(SectionBar).mark(name)

    def do_section_after(self) -> None:
        self._jump(1)

    def do_section_before(self) -> None:
        self._jump(-1)

    def on_section_bar_chosen(self, event: SectionBar.Chosen) -> None:
        self._go_to(event.name)

    def do_refresh(self) -> None:
        self.look_again()

    def logged(self, reference: str | None) -> None:
        if reference:
            self.services.navigation.open_case(self.app, self.services, reference)
