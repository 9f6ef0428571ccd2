"""The base of lists of cases: filter, marks, steps for marked cases, and a preview of the case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from feedback_tui.actions import BY_NAME, Situation
from feedback_tui.casework.errors import NoSuchCase, Restricted
from feedback_tui.desk.filters.case_filter import EVERY, CaseFilter, Field
from feedback_tui.desk.filters.filter_parser import ReadFilter, Setting, read_filter
from feedback_tui.screens.bulk.bulk_steps import FOR_MANY
from feedback_tui.screens.case.view_log import note_view
from feedback_tui.screens.shared.filter_bar import FilterBar, FilterTrouble
from feedback_tui.screens.shared.selection import Marks
from feedback_tui.screens.shared.services import Services
from feedback_tui.screens.shared.table_screen import TableScreen
from feedback_tui.text import one_line
from feedback_tui.widgets.case_table import CaseTable
from feedback_tui.widgets.fields import Typed
from feedback_tui.widgets.vocabulary_fields import Suggestions

if TYPE_CHECKING:
    from feedback_tui.casework.bulk import BulkResult
    from feedback_tui.desk.case.page import CasePage

LOOK_AGAIN = 60
"""Seconds after which the list is read again, because colleagues change it and the date changes at midnight."""
PAUSE = 0.08
"""Seconds on a row before its case is read for the preview."""
WIDE = 120
"""The least width in cells at which a case is shown beside the list."""


class ListedCase(Protocol):
    """What a row of any list has of its case."""

    @property
    def case_id(self) -> int: ...
    @property
    def reference(self) -> str: ...


Row = TypeVar("Row", bound=ListedCase)


class ListScreen(TableScreen[Row]):
    """A list of cases. A subclass defines the rows and columns."""

    CSS_PATH = "../styles/list_screen.tcss"

    def __init__(self, services: Services, text: str = "") -> None:
        super().__init__(services)
        self.marks = Marks()
        self._text = text
        self._known: dict[Field, Sequence[str]] | None = None
        self._row: Row | None = None
        self._preview_wanted = True
        self._pausing: Timer | None = None

    # For subclasses

    def make_table(self) -> CaseTable[Row]:
        """Returns the table, with its columns."""
        raise NotImplementedError

    def matching(self) -> dict[int, str]:
        """Returns the reference of every case in the list, by case id; called in a thread."""
        raise NotImplementedError

    def standing_of(self, row: Row | None) -> Situation:
        """Returns the situation that is known from a row, before its case is read."""
        raise NotImplementedError

    def in_full(self, row: Row | None) -> Content:
        """Returns the row in full, because the columns are cut."""
        raise NotImplementedError

    def said_of_list(self) -> list[str]:
        """Returns further remarks about the rows of the list, to be shown with it."""
        return []

    # The screen

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="rows"):
            self.table = self.make_table()
            yield self.table
            with VerticalScroll(id="preview", can_focus=False):
                yield Static("", id="preview-words")
        yield Static("", id="row-words")
        self.suggestions = Suggestions()
        with Horizontal(id="filter"):
            yield Static("/", id="filter-sign")
            yield FilterBar(self.suggestions)
            yield Static("", id="filter-said")
        yield FilterTrouble(id="filter-trouble")
        yield self.suggestions

    def on_mount(self) -> None:
        self.table.focus()
        if self._text:
            self.query_one(FilterBar).put(self._text)
        self.set_interval(LOOK_AGAIN, self.look_again)

    @property
    def reference(self) -> str | None:
        return self._row.reference if self._row else None

    @property
    def shows_case_of_row(self) -> bool:
        """Whether the preview has the case of the row under the cursor; also if there is no row, or no preview."""
        if self._row is None or not self.query_one("#preview").display:
            return True
        return self._page is not None and self._page.reference == self._row.reference

    @property
    def facts(self) -> frozenset[str]:
        """The facts about the list that actions depend on."""
        return frozenset(
            {name for name, holds in (("filtered", bool(self._text)), ("marked", bool(self.marks))) if holds}
        )

    def situation(self) -> Situation:
        page, here = self._page, self.standing_of(self._row)
        if page is not None and self._row is not None and page.reference == self._row.reference:
            here = Situation(page.reference, page.standing)
        return Situation(here.reference, here.standing, self.facts)

    # The row under the cursor

    def on_case_table_highlighted(self, event: CaseTable.Highlighted) -> None:
        self._row = event.row
        self.say_counts()
        self.query_one("#row-words", Static).update(self.in_full(self._row))
        self.stand()
        # While an arrow key is held down, a case must not be read for every row passed.
        if self._pausing is not None:
            self._pausing.stop()
        self._pausing = self.set_timer(PAUSE, self._show_preview)

    def on_case_table_opened(self, event: CaseTable.Opened) -> None:
        self.do_open()

    def on_case_table_failed(self, event: CaseTable.Failed) -> None:
        self.say_counts()
        self.went_wrong(event.error)

    def out_of_touch(self) -> None:
        # Changes by colleagues are not noticed now, so the list may be out of date.
        self.table.is_behind = True
        self.say_counts()

    def _show_preview(self) -> None:
        preview = self.query_one("#preview")
        if not preview.display or self._row is None:
            self._page = None
            self.query_one("#preview-words", Static).update("")
            return
        reference, register, today = self._row.reference, self.services.register, self.services.today()

        # Imported here, so that it is loaded only when there is room for a preview.
        def read() -> CasePage:
            from feedback_tui.desk.case.page import case_page

            return case_page(register, reference, today)

        self.read("preview", read, self._previewed, self._no_preview)

    def _no_preview(self, error: Exception) -> None:
        # A case removed from the register disappears from the list at the next reading.
        if isinstance(error, Restricted):
            self._page = None
            self.query_one("#preview-words", Static).update(Content(str(error)))
        elif not isinstance(error, NoSuchCase):
            self.went_wrong(error)

    def _previewed(self, page: CasePage) -> None:
        self._page = page
        if self.query_one("#preview").size.width:
            self._say_preview(page)
        else:
            # The case was read before the screen was laid out: the preview's width is known after the next frame.
            self.call_after_refresh(self._say_preview, page)
        note_view(self, page.reference)
        self.stand()

    def _say_preview(self, page: CasePage) -> None:
        from feedback_tui.desk.case.sections import told
        from feedback_tui.desk.case.sections.dates import dates
        from feedback_tui.desk.case.sections.head import head
        from feedback_tui.screens.shared.case_sections import joined, section_content

        if self._page is not page:
            return
        today, width = self.services.today(), self.query_one("#preview").size.width - 4
        names = self.services.names
        whose = f"  {one_line(name, width)}" if (name := names.shown(page.whose or None)) else ""
        page = names.page(page)
        title = Content.assemble((page.reference, "bold $primary"), (whose, "bold"), f"  {page.kind}\n")
        top = title + section_content(head(page, today), width)
        beneath = joined((made(page, today) for made in (told.complaint, told.people, told.points, dates)), width)
        self.query_one("#preview-words", Static).update(Content("\n\n").join([top, beneath]))

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        wide = self.size.width >= WIDE and self._preview_wanted
        preview, line = self.query_one("#preview"), self.query_one("#row-words")
        if preview.display != wide:
            preview.display, line.display = wide, not wide
            self._show_preview()
        elif wide and self._page is not None:
            self._say_preview(self._page)

    def do_preview(self) -> None:
        if self.size.width < WIDE:
            self.say(f"The preview needs a terminal of at least {WIDE} columns.")
            return
        self._preview_wanted = not self._preview_wanted
        self._fit()

    # The filter

    @property
    def setting(self) -> Setting:
        """What the filter is parsed with, today."""
        known = self._known or {}
        return Setting(self.services.today(), self.services.register.calendar, self.services.officer, known)

    def understood(self) -> ReadFilter:
        """Returns the typed filter, parsed."""
        return read_filter(self._text, self.setting) if self._text.strip() else ReadFilter(EVERY)

    @property
    def typed_filter(self) -> CaseFilter:
        """The filter for the cases wanted."""
        return self.understood().wanted

    def say_counts(self) -> None:
        """Shows the number of rows beside the filter, and terms that were not understood beneath it."""
        said = [f"{self.table.count} row{'s' if self.table.count != 1 else ''}", *self.said_of_list()]
        if self.table.is_behind:
            # Shown until the list was read again, because nobody should plan a day by rows that may be out of date.
            said.insert(0, "not read yet" if (at := self.table.read_at) is None else f"not refreshed since {at:%H:%M}")
        if self.marks:
            said.append(f"{len(self.marks)} case{'s' if len(self.marks) != 1 else ''} marked")
        bar, typing = self.query_one("#filter"), self.query_one(FilterBar)
        bar.display = len(said) > 1 or bool(self._text) or typing.has_focus
        typing.display = bool(self._text) or typing.has_focus
        self.query_one("#filter-said", Static).update(Content(" · ".join(said)))
        # A term that is still being typed is not reported.
        unfinished = (":", "=", "<", ">", '"') if typing.has_focus else ()
        troubles = [trouble for trouble in self.understood().troubles if not trouble.typed.endswith(unfinished)]
        words = self.query_one(FilterTrouble)
        words.display = bool(troubles)
        words.update(Content("\n".join(f"{trouble}{'' if trouble.kept else ' – left out'}" for trouble in troubles)))

    def filter_changed(self) -> None:
        """Reads the list with the current filter."""
        self.look_again()
        self.say_counts()
        self.stand()

    def filter_by(self, text: str) -> None:
        """Replaces the filter's text."""
        self.query_one(FilterBar).put(text)
        self._text = text
        self.filter_changed()

    def do_filter(self) -> None:
        typing = self.query_one(FilterBar)
        self.query_one("#filter").display = typing.display = True
        typing.setting = self.setting
        typing.focus()
        if self.has_class("-narrow"):
            # On a narrow screen a message would cover the line of the filter.
            self.app.clear_notifications()
        if self._known is None:
            register = self.services.register

            def read() -> dict[Field, Sequence[str]]:
                from feedback_tui.desk.filters.filter_values import known_values

                return {**known_values(register)}

            self.read("known", read, self._values_known)

    def _values_known(self, known: dict[Field, Sequence[str]]) -> None:
        self._known = known
        self.query_one(FilterBar).setting = self.setting
        self.say_counts()

    def on_typed(self, event: Typed) -> None:
        words = self.query_one(FilterBar).words
        if words != self._text:
            self._text = words
            # The letter is drawn first: reading at the same time would delay it, more so with many rows.
            self.table.expect()
            self.call_after_refresh(self.filter_changed)

    def on_filter_bar_left(self, event: FilterBar.Left) -> None:
        self.say_counts()

    def do_saved(self) -> None:
        self.services.navigation.open_saved_filters(self.app, self.services, self._text, self._use_saved)

    def _use_saved(self, text: str | None) -> None:
        if text is not None:
            self.filter_by(text)

    # Marks

    def do_mark(self) -> None:
        if self._row is not None:
            self.marks.turn(self._row.case_id, self._row.reference)
            self._marks_changed()
            self.table.action_down()

    def do_mark_all(self) -> None:
        self.read("matching", self.matching, self._mark_these)

    def _mark_these(self, found: dict[int, str]) -> None:
        if (why := self.marks.add(found)) is not None:
            self.say(why, "warning")
        self._marks_changed()

    def do_mark_others(self) -> None:
        self.read("matching", self.matching, self._turn_these)

    def _turn_these(self, found: dict[int, str]) -> None:
        if (why := self.marks.turn_all(found)) is not None:
            self.say(why, "warning")
        self._marks_changed()

    def do_unmark(self) -> None:
        self.marks.clear()
        self._marks_changed()

    def _marks_changed(self) -> None:
        self.table.marking = bool(self.marks)
        self.table.refresh()
        self.say_counts()
        self.stand()

    def action_do(self, name: str) -> None:
        """Does the action. While cases are marked, a step is taken with those or refused."""
        step = BY_NAME[name].step
        if step is None or not self.marks:
            super().action_do(name)
        elif step in FOR_MANY:
            self.services.navigation.open_bulk_step(self.app, self.services, self.marks.cases, step, self._many_done)
        else:
            self.say(
                f"{BY_NAME[name].words} goes one case at a time, and {len(self.marks)} are marked: "
                "- takes the marks away.",
                "warning",
            )

    def _many_done(self, result: BulkResult) -> None:
        """Cases whose step was done lose their mark; refused ones keep it."""
        self.marks.keep({left.reference for left in result.left})
        self._marks_changed()

    # Other actions

    @property
    def filter_words(self) -> str:
        """The filter and order of the list, in words."""
        return " · ".join(filter(None, (self._text.strip(), *self.said_of_list())))

    def names_changed(self) -> None:
        self.table.refresh()
        self.query_one("#row-words", Static).update(self.in_full(self._row))
        if self._page is not None:
            self._previewed(self._page)

    def do_refresh(self) -> None:
        self.look_again()

    def do_open(self) -> None:
        if self.reference is not None:
            self.services.navigation.open_case(self.app, self.services, self.reference)
