"""A case's dates, each counted day by day, with the rule and its source."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import Place
from feedback_tui.desk.case import CasePage, DeadlineView
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.explain import explain_count
from feedback_tui.rules.working_days import OutsideCalendar, WorkingCalendar
from feedback_tui.screens.due import when_in_words
from feedback_tui.screens.one_case import OneCaseScreen
from feedback_tui.text import one_line, safe_text
from feedback_tui.widgets.cells import fit
from feedback_tui.widgets.keys import screen_bindings
from feedback_tui.widgets.row_list import RowList
from feedback_tui.words import DeadlineState, Unit

LABEL = 24


def explained(page: CasePage, due: DeadlineView, calendar: WorkingCalendar, width: int) -> Content:
    """How one date on record came about, and what moved it since."""
    lines: list[str | tuple[str, str]] = []
    if due.unit is Unit.FIXED:
        lines += [(f"{due.kind.label}: {long_date(due.original_due_on)}\n", "bold $primary")]
        lines += [f"  Not counted: {safe_text(due.rule)}, set on {long_date(due.counted_from)}\n"]
    else:
        try:
            told = explain_count(
                due.kind, due.counted_from, due.count, due.unit, calendar, rule=due.rule, source=due.source
            )
        except OutsideCalendar as error:
            return Content(
                safe_text(f"{due.kind.label}: {long_date(due.due_on)}. It cannot be counted again: {error}.")
            )
        first, *rest = told.lines(width)
        lines += [(f"{first}\n", "bold $primary"), *(f"{safe_text(line)}\n" for line in rest)]
        if told.due_on != due.original_due_on:
            lines += [
                (f"\nOn record it is {long_date(due.original_due_on)}: ", "bold"),
                "the days off that the register counts with have changed since.\n",
            ]
    lines += _moves(page, due)
    return Content.assemble(*lines)


def _moves(page: CasePage, due: DeadlineView) -> Iterable[str | tuple[str, str]]:
    if due.due_on != due.original_due_on:
        yield (f"\nMoved to {long_date(due.due_on)}\n", "bold $accent")
        for extension in page.extensions:
            if extension.stage_number == due.stage_number:
                told = f", told {long_date(extension.told_on)}" if extension.told_on else ""
                yield f"  by {one_line(extension.officer)}: to {long_date(extension.extended_to)}{told}\n"
                if extension.reason:
                    yield (f"    {safe_text(extension.reason)}\n", "$text-muted")
    if due.met_on:
        done = "in time" if due.state is DeadlineState.MET else "late"
        yield (f"\nDone on {long_date(due.met_on)}, {done}.\n", "bold")


class ExplainScreen(OneCaseScreen):
    """The dates of one case."""

    PLACE = Place.EXPLAIN
    CSS_PATH = "explain.tcss"
    BINDINGS = screen_bindings(Place.EXPLAIN)

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
        rows.add_options([Option(self._row(due)) for due in page.deadlines])
        if page.deadlines:
            rows.highlighted = 0
        else:
            self.query_one("#explain-words", Static).update(Content("Nothing with a date is owed on this case."))

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
        words = explained(self._page, self._page.deadlines[place], self.services.register.calendar, width)
        self.query_one("#explain-words", Static).update(words)
        area.scroll_home(animate=False)
