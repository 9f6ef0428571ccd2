"""A case as a page: what is next and by when on top, then all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from feedback_tui.actions import Place
from feedback_tui.desk.case import CasePage
from feedback_tui.screens import case_words, doors
from feedback_tui.screens.one_case import OneCaseScreen
from feedback_tui.widgets.keys import screen_bindings
from feedback_tui.widgets.row_list import Page

WIDE = 120


class CaseScreen(OneCaseScreen):
    """One case."""

    PLACE = Place.CASE
    CSS_PATH = "case.tcss"
    BINDINGS = screen_bindings(Place.CASE)

    @property
    def where(self) -> str:
        kind = f" · {self._page.kind}" if self._page else ""
        return f"{self._reference}{kind}"

    def body(self) -> Iterable[Widget]:
        yield Static("", id="case-head")
        with Page(id="case-page"), Horizontal(id="case-columns"):
            yield Static("", id="case-left")
            yield Static("", id="case-right")

    def on_mount(self) -> None:
        self.query_one("#case-page").focus()

    def on_screen_resume(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """Reads the case anew."""
        self.read_case()

    def case_read(self, page: CasePage, *, first: bool) -> None:
        self._show()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        page, today = self._page, self.services.today()
        if page is None:
            return
        width = self.size.width - 4
        self.query_one("#case-head", Static).update(case_words.head(page, today, width))
        beside = width // 2 - 2 if self.size.width >= WIDE else width
        sections = (
            case_words.complaint,
            case_words.people,
            case_words.points,
            case_words.stages,
            case_words.follow_ups,
        )
        left = [section(page, beside) for section in sections]
        dates, timeline = case_words.dates(page, today, beside), case_words.timeline(page, beside)
        right = [dates, timeline] if self.size.width >= WIDE else []
        left = left if right else [*left[:4], dates, *left[4:], timeline]
        self.query_one("#case-left", Static).update(case_words.joined(left))
        self.query_one("#case-right", Static).update(case_words.joined(right))

    def do_refresh(self) -> None:
        self.look_again()

    def logged(self, reference: str | None) -> None:
        if reference:
            doors.open_case(self.app, self.services, reference)
