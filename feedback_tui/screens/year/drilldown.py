"""The list of the cases behind a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import BY_NAME, Place
from feedback_tui.desk.due_words import brief
from feedback_tui.reports.drilldown.cases import Behind, CaseBehind, cases_behind
from feedback_tui.reports.list_columns import BEHIND
from feedback_tui.rules.months import Span
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.screen_list import ScreenList
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.key_bindings import screen_bindings, shown_key
from feedback_tui.widgets.row_list import RowList

MOST = 1000
"""The most lines in the list; a file contains all."""


class BehindScreen(DeskScreen):
    """The cases that one figure counts."""

    PLACE = Place.CASES_BEHIND
    CSS_PATH = "../styles/lookup.tcss"
    BINDINGS = screen_bindings(Place.CASES_BEHIND)

    def __init__(self, services: Services, span: Span, key: str, title: str) -> None:
        super().__init__(services)
        self._span, self._key, self._title = span, key, one_line(title)
        self._references: list[str] = []
        self._count = 0

    @property
    def where(self) -> str:
        return self._title

    def body(self) -> Iterable[Widget]:
        yield Static("", id="found-said")
        yield RowList(id="found")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        # A case may have been corrected meanwhile and no longer be counted here.
        register, span, today, key = self.services.register, self._span, self.services.today(), self._key
        self.read("behind", lambda: cases_behind(register, span, today, key, MOST), self._arrived)

    def _arrived(self, found: Behind) -> None:
        rows = self.query_one(RowList)
        place = rows.highlighted or 0
        self._count = found.count
        self._references = [line.reference for line in found.lines]
        rows.clear_options()
        rows.add_options([Option(_row(line)) for line in found.lines])
        if found.lines:
            rows.highlighted = min(place, len(found.lines) - 1)
        self.query_one("#found-said", Static).update(Content(self._said(found)))

    def lists(self) -> Sequence[ScreenList]:
        register, span, today, key = self.services.register, self._span, self.services.today(), self._key

        def rows() -> Sequence[CaseBehind]:
            return cases_behind(register, span, today, key).lines

        return (ScreenList(self._title, BEHIND, rows, self._count, span.label),)

    def _said(self, found: Behind) -> str:
        if not found.count:
            return "Nothing stands behind it any longer."
        said = f"{found.count:,} {found.of.value if found.count > 1 else found.of.one}"
        if len(found.lines) < found.count:
            said += f", of which the first {MOST:,} are listed ({shown_key(BY_NAME['write_list'])} writes them all)"
        return f"{said}. Enter opens the case."

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        self.services.navigation.open_case(self.app, self.services, self._references[event.option_index])


def _row(line: CaseBehind) -> Content:
    parts: list[str | tuple[str, str]] = [(f"{fit(line.reference, 14)} ", "bold")]
    if line.received_on is not None:
        parts.append((f"{fit(brief(line.received_on), 15)} ", "$text-muted"))
    if line.counted or line.due_on or line.done_on:
        ends = [
            f"due {brief(line.due_on)}" if line.due_on else "",
            f"done {brief(line.done_on)}" if line.done_on else "",
        ]
        parts.append((f"{', '.join(filter(None, [line.counted, *ends]))}  ", "$accent"))
    parts.append((f"{fit(line.status, 14)} ", "$text-muted"))
    parts.append(one_line(line.summary))
    return Content.assemble(*parts)
