"""The figures of a year or any span: a tree of sections, the text and tables of a section, the cases behind each
figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text
from textual.widget import Widget
from textual.widgets import Tree

from feedback_tui.actions import Place
from feedback_tui.desk.data_quality import Wobble, wobbles
from feedback_tui.desk.list_columns import WOBBLES
from feedback_tui.lists.columns import Listing
from feedback_tui.reports import management_reports
from feedback_tui.reports.document.blocks import Paper, Section, stated
from feedback_tui.reports.document.data_quality import TITLE as TO_LOOK_AT
from feedback_tui.reports.document.data_quality import wobbling
from feedback_tui.reports.document.report import paper
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.figures import figures_of
from feedback_tui.reports.renderers.as_text import section_parts
from feedback_tui.rules import report_spans
from feedback_tui.rules.months import Span, year_of
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.storage.register import Register
from feedback_tui.widgets.figure_pane import FigurePane
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.section_tree import SectionTree

if TYPE_CHECKING:
    from feedback_tui.screens.year.year_export import ShownTable

RECEIVED = "Feedback received"
WORKING = "Working reports, today"
REPORTS: Mapping[str, Callable[[Register, date], Paper]] = {
    "Open and overdue": management_reports.open_now,
    "Owed this week": management_reports.owed,
    "Response times": management_reports.response_times,
    "Ombudsman compliance": management_reports.ombudsman_now,
}


@dataclass(frozen=True)
class Counted:
    """The figures of a span, and the cases that make them uncertain."""

    figures: Figures
    wobbles: tuple[Wobble, ...]
    to_look_at: Section


class YearScreen(DeskScreen):
    """One span; at first the current reporting year (1 April to 31 March)."""

    PLACE = Place.YEAR
    CSS_PATH = "../styles/year.tcss"
    BINDINGS = screen_bindings(Place.YEAR)

    def __init__(self, services: Services, at: str = "") -> None:
        super().__init__(services)
        self._span = year_of(services.today())
        self._counted: Counted | None = None
        self._sections: dict[str, tuple[Section, ...]] = {}
        self._path: tuple[str, ...] = (WORKING, at) if at in REPORTS else (at or RECEIVED,)
        self._shown: str | None = None
        self._report: Paper | None = None
        """The working report that was read last."""
        self._left = False

    @property
    def where(self) -> str:
        return f"The year {self._span.label}" if self._span == year_of(self._span.start) else self._span.label

    def body(self) -> Iterable[Widget]:
        yield SectionTree(id="sections")
        yield FigurePane(id="section-page")

    @property
    def pane(self) -> FigurePane:
        """The widget with the text and figures of a section."""
        return self.query_one(FigurePane)

    @property
    def section_tree(self) -> SectionTree:
        """The widget with the tree of sections."""
        return self.query_one(SectionTree)

    def on_mount(self) -> None:
        self.section_tree.focus()
        self._count()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self._left:
            # A case or text may have been changed on a screen opened from here.
            self._left = False
            self._count(same=True)

    def _count(self, *, same: bool = False) -> None:
        self.say_where()
        if not same:
            self._shown = None
            self.pane.show([Text(f"Counting {self._span.label} …")])
        register, span, today = self.services.register, self._span, self.services.today()

        def read() -> Counted:
            found = figures_of(register, span, today)
            uncertain = tuple(wobbles(register, span, today))
            return Counted(found, uncertain, wobbling(one.what for one in uncertain))

        self.read("year", read, self._arrived)

    def _arrived(self, counted: Counted) -> None:
        self._counted = counted
        whole = paper(counted.figures)
        self._sections = {TO_LOOK_AT: (counted.to_look_at,), **{one.title: (one,) for one in whole.sections}}
        tree = self.section_tree
        # Sections that were expanded are expanded again, found by name.
        opened = {node.data for node in tree.root.children if node.is_expanded}
        tree.clear()
        for name, (section,) in self._sections.items():
            branch = tree.branch(name, self._label(name, section))
            for table in section.tables:
                tree.leaf(branch, table.key, table.caption)
            branch.allow_expand = bool(section.tables)
        reports = tree.branch(WORKING)
        for name in REPORTS:
            tree.leaf(reports, name)
        for node in tree.root.children:
            if node.data in opened or node.data == (WORKING,):
                node.expand()
        tree.stand_on(self._path)
        self._show(self._path, same=self._shown is not None)

    def _label(self, name: str, section: Section) -> str:
        if name != TO_LOOK_AT:
            return name
        cells = [row.cells[0] for table in section.tables for row in table.rows]
        count = sum(number.value for cell in cells for number in stated(cell))
        return f"{name} ({count})" if count else name

    # Showing

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[tuple[str, ...]]) -> None:
        event.stop()
        if event.node.data is not None and event.node.data != self._path:
            self._path = event.node.data
            self._show(self._path)

    def on_tree_node_selected(self, event: Tree.NodeSelected[tuple[str, ...]]) -> None:
        event.stop()
        self.do_behind()

    def _show(self, path: tuple[str, ...], *, same: bool = False) -> None:
        """Shows a section, scrolled to a table if the path names one; or a working report, which is read first."""
        if not self._sections:
            return
        if path[:1] == (WORKING,):
            self._show_report(path[1] if len(path) > 1 else next(iter(REPORTS)), same=same)
            return
        name = path[0] if path and path[0] in self._sections else next(iter(self._sections))
        if name != self._shown or same:
            self.pane.show(_parts(self._sections[name]), same=same and name == self._shown)
            self._shown = name
        if len(path) > 1 and not same:
            self.pane.go_to(path[1])
        elif not same:
            self.pane.scroll_home(animate=False)

    def _show_report(self, name: str, *, same: bool) -> None:
        register, today = self.services.register, self.services.today()

        def arrived(report: Paper) -> None:
            if self._path[:1] == (WORKING,):
                self._shown, self._report = name, report
                self.pane.show([Text(report.about), Text(""), *_parts(report.sections)], same=same)

        self.read("report", lambda: REPORTS[name](register, today), arrived)

    # Figures

    def do_behind(self) -> None:
        if self.pane.has_focus:
            self.pane.action_choose()
        elif self.pane.has_figures:
            self.pane.focus()
        else:
            self.say("No figure here has cases behind it.")

    def on_figure_pane_chosen(self, event: FigurePane.Chosen) -> None:
        family, _, reference = event.key.partition(".")
        self._left = True
        if family == management_reports.ONE_CASE:
            self.services.navigation.open_case(self.app, self.services, reference)
            return
        from feedback_tui.screens.year.drilldown import BehindScreen

        self.app.push_screen(BehindScreen(self.services, self._span, event.key, event.title))

    def do_back(self) -> None:
        if self.pane.has_focus:
            self.section_tree.focus()
        else:
            self.dismiss(None)

    # The span

    def _go(self, span: Span) -> None:
        if span.start > self.services.today():
            what = "year" if self._span == year_of(self._span.start) else "one"
            self.say(f"{self._span.label} is the {what} that is running: nothing has come in after it.")
            return
        self._span = span
        self._count()

    def do_year_before(self) -> None:
        self._go(report_spans.step(self._span, -1))

    def do_year_after(self) -> None:
        self._go(report_spans.step(self._span, 1))

    def do_span(self) -> None:
        from feedback_tui.screens.year.year_span import SpanScreen

        def chosen(label: str | None) -> None:
            if label:
                self._go(report_spans.span_of(label, self.services.today()))

        self.app.push_screen(SpanScreen(self.services, self._span), chosen)

    def do_refresh(self) -> None:
        self._count(same=True)

    def do_goto(self) -> None:
        self.services.navigation.open_goto(self.app, self.services)

    # The report

    def do_export(self) -> None:
        if self._counted is None:
            return
        from feedback_tui.screens.year.year_export import ExportScreen

        spot = self.pane.spot
        table = spot.place[0] if spot is not None else self._path[1] if len(self._path) > 1 else ""
        report = self._report if self._shown in REPORTS else None
        self.app.push_screen(ExportScreen(self.services, self._counted.figures, self._tables(), table, report))

    def _tables(self) -> list[ShownTable]:
        """The tables in view. For the list of what makes a figure uncertain, its entries are added."""
        from feedback_tui.screens.year.year_export import ShownTable

        sections = self._report.sections if self._report is not None and self._shown in REPORTS else ()
        if self._shown in self._sections:
            sections = self._sections[self._shown]
        found = [ShownTable.of(table) for section in sections for table in section.tables]
        if self._shown == TO_LOOK_AT and self._counted is not None:
            listing = Listing("Every thing to look at", WOBBLES, self._counted.wobbles)
            found.insert(0, ShownTable.of_listing("wobbles.all", listing))
        return found

    def do_year_words(self) -> None:
        from feedback_tui.screens.year.year_texts import YearWordsScreen

        self._left = True
        self.app.push_screen(YearWordsScreen(self.services, year_of(self._span.start)))


def _parts(sections: Iterable[Section]) -> list[RenderableType]:
    return [part for section in sections for part in section_parts(section)]
