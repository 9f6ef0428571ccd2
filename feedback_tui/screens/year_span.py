"""Which span is counted: typed, or chosen from the years, quarters and months at hand."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import Place
from feedback_tui.rules import spans
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.months import Span, month, months_of, quarter, year_of
from feedback_tui.screens.base import DeskScreen
from feedback_tui.screens.goto import GotoField
from feedback_tui.screens.services import Services
from feedback_tui.widgets.cells import fit
from feedback_tui.widgets.fields import Typed
from feedback_tui.widgets.keys import screen_bindings
from feedback_tui.widgets.row_list import RowList

YEARS = 5


class SpanScreen(DeskScreen):
    """Asks for a span; gives its label, which reads as that span."""

    PLACE = Place.CHOICE
    CSS_PATH = "goto.tcss"
    BINDINGS = screen_bindings(Place.CHOICE)

    def __init__(self, services: Services, now: Span) -> None:
        super().__init__(services)
        self._offered = list(_at_hand(now, services))
        self._shown: list[Span] = []

    @property
    def where(self) -> str:
        return "What is counted"

    def body(self) -> Iterable[Widget]:
        yield GotoField(placeholder="2025/26, Q2, 2025-06, or 2025-06-01 to 2025-08-15")
        yield RowList(id="found")
        yield Static("", id="found-said")

    def on_mount(self) -> None:
        self.query_one(GotoField).focus()
        self._offer()

    def on_typed(self, event: Typed) -> None:
        self._offer()

    def _offer(self) -> None:
        text = self.query_one(GotoField).words.strip()
        self._shown = [span for span in self._offered if text.casefold() in _words(span).casefold()]
        said = ""
        if text:
            try:
                meant = spans.span_of(text, self.services.today())
            except ValueError as error:
                said = "" if self._shown else f"{error}."
            else:
                self._shown = [meant, *(span for span in self._shown if span != meant)]
        rows = self.query_one(RowList)
        rows.clear_options()
        rows.add_options([Option(Content(_words(span))) for span in self._shown])
        if self._shown:
            rows.highlighted = 0
        self.query_one("#found-said", Static).update(Content(said))

    def action_move(self, rows: int) -> None:
        """Moves in what is offered, while the field keeps the cursor."""
        offered = self.query_one(RowList)
        if rows > 0:
            offered.action_cursor_down()
        else:
            offered.action_cursor_up()

    def action_open_found(self) -> None:
        """Takes the span that is lit."""
        place = self.query_one(RowList).highlighted
        if place is not None and place < len(self._shown):
            self.dismiss(self._shown[place].label)

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index].label)


def _at_hand(now: Span, services: Services) -> Iterable[Span]:
    """The year that is looked at, its quarters and months, and the years before: nothing that has not begun."""
    today, year = services.today(), year_of(now.start)
    parts = [quarter(year, number) for number in (1, 2, 3, 4)] + [month(label) for label in months_of(year)]
    running = year_of(today)
    years = [spans.step(running, -back) for back in range(YEARS)]
    for span in (year, *parts, *(one for one in years if one != year)):
        if span.start <= today:
            yield span


def _words(span: Span) -> str:
    return f"{fit(span.label, 24)} {long_date(span.start)} to {long_date(span.end)}"
