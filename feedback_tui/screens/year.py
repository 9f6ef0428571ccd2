"""The year: its sections on one side, what they say and count on the other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Group
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import Place
from feedback_tui.reports.as_html import as_html
from feedback_tui.reports.as_text import section_parts
from feedback_tui.reports.figures import figures_of
from feedback_tui.reports.paper.shapes import Paper
from feedback_tui.reports.paper.whole import paper
from feedback_tui.reports.shapes import Figures
from feedback_tui.rules.months import reporting_year, year_of
from feedback_tui.screens import doors
from feedback_tui.screens.base import DeskScreen
from feedback_tui.screens.services import Services
from feedback_tui.storage.files import write_safely
from feedback_tui.widgets.keys import screen_bindings
from feedback_tui.widgets.row_list import RowList


class YearScreen(DeskScreen):
    """One reporting year, 1 April to 31 March."""

    PLACE = Place.YEAR
    CSS_PATH = "year.tcss"
    BINDINGS = screen_bindings(Place.YEAR)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._span = year_of(services.today())
        self._figures: Figures | None = None
        self._paper: Paper | None = None

    @property
    def where(self) -> str:
        return f"The year {self._span.label}"

    def body(self) -> Iterable[Widget]:
        page = VerticalScroll(Static("", id="section-words"), id="section-page", can_focus=False)
        yield RowList(id="sections", beside=page)
        yield page

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self._count()

    def _count(self) -> None:
        self.say_where()
        self.query_one("#section-words", Static).update(Content(f"Counting {self._span.label} …"))
        register, span, today = self.services.register, self._span, self.services.today()
        self.read("year", lambda: figures_of(register, span, today), self._counted)

    def _counted(self, figures: Figures) -> None:
        rows = self.query_one(RowList)
        place = rows.highlighted or 0
        self._figures, self._paper = figures, paper(figures)
        rows.clear_options()
        rows.add_options([Option(Content(section.title)) for section in self._paper.sections])
        rows.highlighted = min(place, rows.option_count - 1)
        self._show(rows.highlighted)

    def on_option_list_option_highlighted(self, event: RowList.OptionHighlighted) -> None:
        self._show(event.option_index)

    def _show(self, place: int) -> None:
        if self._paper is None or place >= len(self._paper.sections):
            return
        self.query_one("#section-words", Static).update(Group(*section_parts(self._paper.sections[place])))
        self.query_one("#section-page").scroll_home(animate=False)

    def _go(self, years: int) -> None:
        first = self._span.start.year + years
        self._span = reporting_year(f"{first}/{(first + 1) % 100:02}")
        self._count()

    def do_year_before(self) -> None:
        self._go(-1)

    def do_year_after(self) -> None:
        if self._span.end >= self.services.today():
            self.say(f"{self._span.label} is the year that is running.")
        else:
            self._go(1)

    def do_refresh(self) -> None:
        self._count()

    def do_goto(self) -> None:
        doors.open_goto(self.app, self.services)

    def do_export(self) -> None:
        figures = self._figures
        if figures is None:
            return
        path = Path.cwd() / f"feedback-{self._span.label.replace('/', '-')}.html"
        self.write(
            lambda: write_safely(path, as_html(figures)),
            lambda _: self.say(f"The year is written to {path}"),
            self.went_wrong,
        )
