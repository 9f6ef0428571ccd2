"""The guides inside the program: a list, and the chosen guide."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Markdown
from textual.widgets.option_list import Option

from feedback_tui.actions import Place
from feedback_tui.guides import Guide, guides
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.row_list import RowList


class GuidesScreen(DeskScreen):
    """The list on one side, the guide on the other; the page keys scroll the guide."""

    PLACE = Place.GUIDES
    CSS_PATH = "../styles/guides.tcss"
    BINDINGS = screen_bindings(Place.GUIDES)

    def __init__(self, services: Services, name: str = "") -> None:
        super().__init__(services)
        self._guides = guides()
        self._first = next((place for place, guide in enumerate(self._guides) if guide.name == name), 0)
        self._shown: Guide | None = None

    @property
    def where(self) -> str:
        return "Guides"

    def body(self) -> Iterable[Widget]:
        page = VerticalScroll(Markdown("", open_links=False, id="guide"), id="guide-page", can_focus=False)
        yield RowList(*(Option(Content(guide.title)) for guide in self._guides), id="guides", beside=page)
        yield page

    def on_mount(self) -> None:
        rows = self.query_one(RowList)
        rows.focus()
        if self._guides:
            rows.highlighted = self._first

    def on_option_list_option_highlighted(self, event: RowList.OptionHighlighted) -> None:
        guide = self._guides[event.option_index]
        if guide is self._shown:
            return
        self._shown = guide
        self.query_one(Markdown).update(guide.text())
        self.query_one("#guide-page").scroll_home(animate=False)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        name = event.href.rpartition("/")[2].partition("#")[0].removesuffix(".md")
        for place, guide in enumerate(self._guides):
            if guide.name == name:
                self.query_one(RowList).highlighted = place
                return
        self.say(f"The page is at {event.href}")
