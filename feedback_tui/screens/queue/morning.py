"""The figures of the morning; each opens the list of its cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets.option_list import Option

from feedback_tui.actions import Place
from feedback_tui.desk.morning import Figure, Morning, morning
from feedback_tui.desk.morning_list import COLUMNS, FigureRow, morning_listing
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.screen_list import ScreenList
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.row_list import RowList

LATE = ("Overdue", "Due today")
LOOK_AGAIN = 60


class MorningScreen(DeskScreen):
    """The screen of the day's figures."""

    PLACE = Place.TODAY
    CSS_PATH = "../styles/morning.tcss"
    BINDINGS = screen_bindings(Place.TODAY)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._figures: dict[str, Figure] = {}

    @property
    def where(self) -> str:
        return "Today"

    def body(self) -> Iterable[Widget]:
        yield RowList(id="figures")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.set_interval(LOOK_AGAIN, self.do_refresh)

    def on_screen_resume(self) -> None:
        self.do_refresh()

    def do_refresh(self) -> None:
        self.say_where()
        register, today = self.services.register, self.services.today()
        self.read("morning", lambda: morning(register, today), self._show)

    def _show(self, found: Morning) -> None:
        rows = self.query_one(RowList)
        place = rows.highlighted
        self._figures = {}
        options: list[Option] = []
        for heading, figures in found.sections:
            gap = "\n" if options else ""
            options.append(Option(Content.assemble((f"{gap}{heading}", "bold $accent")), disabled=True))
            for figure in figures:
                key = f"figure-{len(self._figures)}"
                self._figures[key] = figure
                options.append(Option(_row(figure), id=key))
        rows.clear_options()
        rows.add_options(options)
        rows.highlighted = place if place is not None and place < len(options) else 1

    def do_open_list(self) -> None:
        self.query_one(RowList).action_select()

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        figure = self._figures.get(event.option_id or "")
        if figure is not None:
            self.services.navigation.open_filtered(self.app, self.services, figure.wanted, figure.name)

    def lists(self) -> Sequence[ScreenList]:
        register, today = self.services.register, self.services.today()

        def rows() -> Sequence[FigureRow]:
            return morning_listing(morning(register, today)).rows

        return (ScreenList("Today", COLUMNS, rows, len(self._figures)),)

    def do_goto(self) -> None:
        self.services.navigation.open_goto(self.app, self.services)


def _row(figure: Figure) -> Content:
    tone = "bold $text-error" if figure.name in LATE and figure.count else "bold" if figure.count else "$text-muted"
    return Content.assemble((f"{figure.count:>6,}", tone), f"  {one_line(figure.name)}")
