"""The dates of a case, each counted day by day, with the rule and its source."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import Place
from feedback_tui.desk.case.explained_dates import Tone, explained
from feedback_tui.desk.case.page import CasePage, DeadlineView
from feedback_tui.desk.due_words import when_in_words
from feedback_tui.enums import DeadlineState
from feedback_tui.rules.dates import long_date
from feedback_tui.screens.shared.one_case_screen import OneCaseScreen
from feedback_tui.screens.shared.services import DateMeant, Services
from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.row_list import RowList

LABEL = 24


_STYLES = {
    Tone.HEAD: "bold $primary",
    Tone.PLAIN: "",
    Tone.MOVED: "bold $accent",
    Tone.WORDS: "$text-muted",
    Tone.DONE: "bold",
}


class ExplainScreen(OneCaseScreen):
    """The screen of one case's dates."""

    PLACE = Place.EXPLAIN
    CSS_PATH = "../styles/explain.tcss"
    BINDINGS = screen_bindings(Place.EXPLAIN)

    def __init__(self, services: Services, reference: str, meant: DateMeant | None = None) -> None:
        super().__init__(services, reference)
        self._meant = meant

    @property
    def where(self) -> str:
        return f"{self._reference} · dates explained"

    def body(self) -> Iterable[Widget]:
        page = VerticalScroll(Static("", id="explain-words"), id="explain-page", can_focus=False)
        yield RowList(id="explain-dates", beside=page)
        yield page

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.read_case()

    def case_read(self, page: CasePage, *, first: bool) -> None:
        rows = self.query_one(RowList)
        lit = rows.highlighted
        rows.clear_options()
        rows.add_options([Option(self._row(due)) for due in page.deadlines])
        if page.deadlines:
            rows.highlighted = self._place_of_meant(page) if first or lit is None else min(lit, len(page.deadlines) - 1)
        else:
            self.query_one("#explain-words", Static).update(Content("Nothing with a date is owed on this case."))

    def _place_of_meant(self, page: CasePage) -> int:
        """Returns the row of the date that was under the officer's cursor; otherwise 0."""
        rows = [(due.kind, due.due_on) for due in page.deadlines]
        return rows.index(self._meant) if self._meant in rows else 0

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self._page is not None:
            # The days off may have been changed from this screen.
            self.read_case()

    def _row(self, due: DeadlineView) -> Content:
        today = self.services.today()
        far = str(due.state)
        if due.state is DeadlineState.OPEN:
            far = when_in_words(due.due_on, due.working_days_left, today)
        what = f" · {one_line(due.what, 30)}" if due.what else ""
        return Content.assemble(fit(due.kind.label, LABEL), long_date(due.due_on), (f" · {far}{what}", "$text-muted"))

    def on_option_list_option_highlighted(self, event: RowList.OptionHighlighted) -> None:
        self._show(event.option_index)

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self._show(self.query_one(RowList).highlighted))

    def _show(self, place: int | None) -> None:
        if self._page is None or place is None:
            return
        area = self.query_one("#explain-page", VerticalScroll)
        width = max(min(self.size.width, 100) - 6, 40)
        lines = explained(self._page, self._page.deadlines[place], self.services.register.calendar, width)
        words = Content.assemble(*((f"{line.text}\n", _STYLES[line.tone]) for line in lines))
        self.query_one("#explain-words", Static).update(words)
        area.scroll_home(animate=False)
