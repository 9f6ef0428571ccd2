"""The deadline queue, where every session starts: what is overdue, due today, this week and later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from feedback_tui.actions import Place, Situation
from feedback_tui.casework.refusals import NoSuchCase
from feedback_tui.desk.queue import QueueFilter, QueueRow, queue
from feedback_tui.rules.dates import long_date
from feedback_tui.screens import doors
from feedback_tui.screens.due import when_in_words
from feedback_tui.screens.one_case import OneCaseScreen
from feedback_tui.screens.queue_rows import QueueSource, queue_columns, row_key, situation_of
from feedback_tui.screens.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.case_table import CaseTable
from feedback_tui.widgets.fields import LineField, Typed
from feedback_tui.widgets.keys import screen_bindings

if TYPE_CHECKING:
    from feedback_tui.desk.case import CasePage

LOOK_AGAIN = 60
"""Seconds after which the queue is read again: colleagues work on it too, and midnight passes."""
PAUSE = 0.08
"""Seconds on a row before its case is read for the preview."""


class FilterBar(LineField):
    """The words that rows are kept by. Enter and Escape go back to the rows; Escape empties it first."""

    BINDINGS = [Binding("escape", "clear", show=False), Binding("enter,down", "screen.focus_rows", show=False)]
    DEFAULT_CSS = """
    FilterBar { display: none; width: 1fr; }
    """

    def action_clear(self) -> None:
        """Takes the words away, and goes back to the rows."""
        self.value = ""
        self.screen.query_one(CaseTable).focus()


class QueueScreen(OneCaseScreen):
    """Home."""

    PLACE = Place.QUEUE
    CSS_PATH = "queue.tcss"
    BINDINGS = screen_bindings(Place.QUEUE)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._wanted = QueueFilter()
        self._row: QueueRow | None = None
        self._preview_wanted = True
        self._pausing: Timer | None = None

    @property
    def where(self) -> str:
        return "Queue"

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="rows"):
            self.table: CaseTable[QueueRow] = CaseTable(
                queue_columns(self.services.today), row_key, empty="Nothing is open. n logs new feedback.", id="queue"
            )
            yield self.table
            with VerticalScroll(id="preview", can_focus=False):
                yield Static("", id="preview-words")
        yield Static("", id="row-words")
        with Horizontal(id="filter"):
            yield Static("/", id="filter-sign")
            yield FilterBar(placeholder="words in the reference, summary, names, team …")
            yield Static("", id="filter-said")

    def on_mount(self) -> None:
        self.table.focus()
        self.set_interval(LOOK_AGAIN, self.look_again)

    def on_screen_resume(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """Reads the queue anew, as of today; the cursor stays on its case."""
        self.say_where()
        self.table.use(QueueSource(self.services.register, self.services.today(), self._wanted))

    # The row under the cursor

    @property
    def reference(self) -> str | None:
        return self._row.reference if self._row else None

    def situation(self) -> Situation:
        page = self._page
        here = situation_of(self._row)
        if page is not None and self._row is not None and page.reference == self._row.reference:
            here = Situation(page.reference, page.standing)
        return replace(here, facts=frozenset({"filtered"})) if self._wanted != QueueFilter() else here

    def on_case_table_highlighted(self, event: CaseTable.Highlighted) -> None:
        self._row = event.row
        self._say_counts()
        self.query_one("#row-words", Static).update(self._in_full(self._row))
        self.stand()
        # A key that is held down must not read a case for every row that it passes.
        if self._pausing is not None:
            self._pausing.stop()
        self._pausing = self.set_timer(PAUSE, self._show_preview)

    def on_case_table_opened(self, event: CaseTable.Opened) -> None:
        self.do_open()

    def on_case_table_failed(self, event: CaseTable.Failed) -> None:
        self.went_wrong(event.error)

    def _in_full(self, row: QueueRow | None) -> Content:
        """The row in whole words, for where the columns are cut."""
        if row is None:
            return Content("")
        today = self.services.today()
        due = "Open, without a date"
        if row.due_on is not None and row.deadline is not None:
            far = when_in_words(row.due_on, row.working_days_left, today)
            due = f"{row.deadline.label}: {long_date(row.due_on)}, {far}"
        who = " · ".join(
            filter(None, (row.team, row.investigator and f"investigated by {row.investigator}", row.officer))
        )
        return Content.assemble(
            (one_line(f"{due} · {row.status}"), "bold"), "\n", (one_line(f"{who} · {row.summary}"), "$text-muted")
        )

    def _show_preview(self) -> None:
        preview = self.query_one("#preview")
        if not preview.display or self._row is None:
            self._page = None
            self.query_one("#preview-words", Static).update("")
            return
        reference, register, today = self._row.reference, self.services.register, self.services.today()

        # What a page stands on is loaded when there is room for one, not when the program starts.
        def read() -> CasePage:
            from feedback_tui.desk.case import case_page

            return case_page(register, reference, today)

        self.read("preview", read, self._previewed, self._no_preview)

    def _no_preview(self, error: Exception) -> None:
        # A case that was taken out of the register meanwhile leaves the queue with the next reading.
        if not isinstance(error, NoSuchCase):
            self.went_wrong(error)

    def _previewed(self, page: CasePage) -> None:
        from feedback_tui.screens import case_words

        self._page = page
        today, width = self.services.today(), self.query_one("#preview").size.width - 4
        title = Content.assemble(
            (page.reference, "bold $primary"), f"  {page.kind}\n", case_words.head(page, today, width)
        )
        words = [
            title,
            case_words.complaint(page, width),
            case_words.people(page, width),
            case_words.points(page, width),
            case_words.dates(page, today, width),
        ]
        self.query_one("#preview-words", Static).update(
            Content("\n\n").join([section for section in words if section.plain])
        )
        self.stand()

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        wide = self.size.width >= 120 and self._preview_wanted
        preview, line = self.query_one("#preview"), self.query_one("#row-words")
        if preview.display != wide:
            preview.display, line.display = wide, not wide
            self._show_preview()

    # What is shown

    def _say_counts(self) -> None:
        said = [f"{self.table.count} row{'s' if self.table.count != 1 else ''}"]
        if self._wanted.officer:
            said.append("mine only")
        if self._wanted.overdue:
            said.append("overdue only")
        if self._wanted.every_deadline:
            said.append("every deadline")
        bar = self.query_one("#filter")
        typing = self.query_one(FilterBar)
        bar.display = len(said) > 1 or bool(self._wanted.words) or typing.has_focus
        typing.display = bool(self._wanted.words) or typing.has_focus
        self.query_one("#filter-said", Static).update(Content(" · ".join(said)))

    def _want(self, **changes: object) -> None:
        self._wanted = replace(self._wanted, **changes)  # type: ignore[arg-type]
        self.look_again()
        self._say_counts()
        self.stand()

    def do_filter(self) -> None:
        typing = self.query_one(FilterBar)
        self.query_one("#filter").display = typing.display = True
        typing.focus()

    def on_typed(self, event: Typed) -> None:
        words = self.query_one(FilterBar).words
        if words != self._wanted.words:
            self._want(words=words)

    def action_focus_rows(self) -> None:
        """Goes from the filter to the rows."""
        self.table.focus()
        self._say_counts()

    def do_mine(self) -> None:
        self._want(officer="" if self._wanted.officer else self.services.officer)

    def do_overdue(self) -> None:
        self._want(overdue=not self._wanted.overdue)

    def do_every(self) -> None:
        self._want(every_deadline=not self._wanted.every_deadline)

    def do_preview(self) -> None:
        if self.size.width < 120:
            self.say("The preview needs a terminal of at least 120 columns.")
            return
        self._preview_wanted = not self._preview_wanted
        self._fit()

    def do_refresh(self) -> None:
        self.look_again()

    def do_open(self) -> None:
        if self.reference is not None:
            doors.open_case(self.app, self.services, self.reference)

    def logged(self, reference: str | None) -> None:
        if reference is None:
            return
        register, today = self.services.register, self.services.today()

        def found() -> list[QueueRow]:
            rows = queue(register, today, QueueFilter(words=reference), limit=20)
            return [row for row in rows if row.reference == reference]

        self.read("logged", found, lambda rows: self.table.go_to(row_key(rows[0])) if rows else None)

    def do_unfilter(self) -> None:
        self.query_one(FilterBar).put("")
        self._wanted = QueueFilter()
        self._want()
