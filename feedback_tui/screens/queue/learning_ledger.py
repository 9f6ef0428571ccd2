"""The learning ledger, overdue rows first. Enter opens the case; the keys of its steps work here too."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from feedback_tui.actions import Place, Situation
from feedback_tui.desk.due_words import brief
from feedback_tui.desk.learning_ledger import (
    LedgerFilter,
    LedgerRow,
    Stand,
    ledger,
    ledger_counts,
    ledger_place,
    read_ledger_filter,
)
from feedback_tui.desk.list_columns import LEARNING
from feedback_tui.enums import StepKey
from feedback_tui.rules.dates import long_date
from feedback_tui.screens.shared.screen_list import ScreenList
from feedback_tui.screens.shared.services import Services
from feedback_tui.screens.shared.table_screen import TableScreen
from feedback_tui.storage.register import Register
from feedback_tui.text import one_line, safe_text
from feedback_tui.widgets.case_table import CaseTable, Group
from feedback_tui.widgets.fields import LineField, Typed
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.table_columns import Column

HEADINGS = {
    Stand.OVERDUE: "Overdue",
    Stand.DUE: "To be done",
    Stand.NO_DATE: "To be done, no date",
    Stand.AWAITED: "Learning awaited",
    Stand.NO_ACTION: "Learned, no action",
    Stand.DONE: "Done",
    Stand.NONE: "No learning",
}
_OF_AN_ACTION = (StepKey.ACTION_DONE, StepKey.PLAN_ACTION)


class LedgerFilterBar(LineField):
    """The filter of the ledger. Enter goes back to the rows; Escape empties it first."""

    BINDINGS = [Binding("escape", "clear", show=False), Binding("enter,down", "screen.focus_rows", show=False)]
    DEFAULT_CSS = """
    LedgerFilterBar { width: 1fr; }
    """

    def action_clear(self) -> None:
        """Empties the filter and goes back to the rows."""
        self.value = ""
        self.screen.query_one(CaseTable).focus()


@dataclass(frozen=True)
class LedgerSource:
    """The rows of the ledger on one day, under one filter."""

    register: Register
    today: date
    wanted: LedgerFilter

    def groups(self) -> list[Group]:
        """Returns one group for each state of a row."""
        counts = ledger_counts(self.register, self.today, self.wanted)
        tones = {Stand.OVERDUE: "late", Stand.AWAITED: "soon"}
        return [Group(HEADINGS[stand], count, tones.get(stand, "")) for stand, count in counts.items()]

    def rows(self, offset: int, limit: int) -> Sequence[LedgerRow]:
        """Returns a window of the rows."""
        return ledger(self.register, self.today, self.wanted, limit, offset)

    def locate(self, key: Hashable, near: int) -> int | None:
        """Returns the current position of a row; if it is gone, of another row of its case; or None."""
        assert isinstance(key, tuple)
        return ledger_place(self.register, self.today, self.wanted, key)


def ledger_columns(today: Callable[[], date]) -> tuple[Column[LedgerRow], ...]:
    """Returns the columns; text that they cut is shown in full beneath the rows."""

    def by(row: LedgerRow) -> str:
        if row.done_on is not None:
            return f"✓ {brief(row.done_on)}"
        return brief(row.due_on) if row.due_on is not None else "–"

    def in_tone(row: LedgerRow) -> str:
        if row.stand is Stand.OVERDUE:
            return "late"
        return "today" if row.due_on == today() and row.done_on is None else ""

    return (
        Column("By", by, 11, 13, 1, tone=in_tone),
        Column("Reference", lambda row: row.reference, 11, 12, 2),
        Column("Area", lambda row: row.area or "–", 10, 20, 5),
        Column("Learned", lambda row: one_line(row.learned) or "–", 14, 30, 4, grows=True),
        Column("Action", lambda row: one_line(row.what) or "–", 14, 30, 3, grows=True),
        Column("Owner", lambda row: row.owner or "–", 8, 16, 6, cut="middle"),
        Column("Team", lambda row: row.team or "–", 10, 20, 7, cut="middle"),
    )


class LearningScreen(TableScreen[LedgerRow]):
    """The screen of the ledger."""

    PLACE = Place.LEARNING
    CSS_PATH = "../styles/learning.tcss"
    BINDINGS = screen_bindings(Place.LEARNING)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._row: LedgerRow | None = None
        self._wanted, self._overdue = LedgerFilter(), False
        self._troubles: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        return "Learning and actions"

    def body(self) -> Iterable[Widget]:
        self.table = CaseTable(
            ledger_columns(self.services.today),
            lambda row: row.key,
            empty="Nothing is in the ledger. l on a case records what was learned.",
            id="ledger",
        )
        yield self.table
        yield Static("", id="ledger-words")
        with Horizontal(id="ledger-filter"):
            yield Static("/", id="ledger-sign")
            yield LedgerFilterBar(
                placeholder="area:finance owner:lee team:north year:2025/26 overdue awaited, or words"
            )
            yield Static("", id="ledger-said")

    def on_mount(self) -> None:
        self.table.focus()

    def source(self) -> LedgerSource:
        return LedgerSource(self.services.register, self.services.today(), self._now_wanted)

    @property
    def _now_wanted(self) -> LedgerFilter:
        return replace(self._wanted, stand=Stand.OVERDUE) if self._overdue else self._wanted

    def lists(self) -> Sequence[ScreenList]:
        register, today, wanted = self.services.register, self.services.today(), self._now_wanted
        typed = self.query_one(LedgerFilterBar).words.strip()
        said = " · ".join(filter(None, (typed, "overdue only" if self._overdue else "")))
        return (ScreenList("Learning", LEARNING, lambda: ledger(register, today, wanted), self.table.count, said),)

    @property
    def reference(self) -> str | None:
        return self._row.reference if self._row else None

    def situation(self) -> Situation:
        return Situation(self.reference)

    def on_case_table_highlighted(self, event: CaseTable.Highlighted) -> None:
        self._row = event.row
        self.query_one("#ledger-words", Static).update(_in_full(self._row))
        said = [f"{self.table.count} row{'s' if self.table.count != 1 else ''}"]
        said += ["overdue only"] if self._overdue else []
        self.query_one("#ledger-said", Static).update(Content(safe_text(" · ".join([*self._troubles, *said]))))
        self.stand()

    def on_case_table_opened(self, event: CaseTable.Opened) -> None:
        self.do_open()

    def on_case_table_failed(self, event: CaseTable.Failed) -> None:
        self.went_wrong(event.error)

    def take(self, step: StepKey) -> None:
        if self._row is not None:
            number = self._row.action if step in _OF_AN_ACTION else None
            self.services.navigation.open_step(self.app, self.services, self._row.reference, step, number=number)

    def do_open(self) -> None:
        if self.reference is not None:
            self.services.navigation.open_case(self.app, self.services, self.reference)

    def do_filter(self) -> None:
        self.query_one(LedgerFilterBar).focus()

    def on_typed(self, event: Typed) -> None:
        self._wanted, self._troubles = read_ledger_filter(self.query_one(LedgerFilterBar).words)
        self.look_again()

    def action_focus_rows(self) -> None:
        """Moves the focus from the filter to the rows."""
        self.table.focus()

    def do_overdue(self) -> None:
        self._overdue = not self._overdue
        self.look_again()

    def do_refresh(self) -> None:
        self.look_again()


def _in_full(row: LedgerRow | None) -> Content:
    """Returns the row in full, because the columns are cut."""
    if row is None:
        return Content("")
    found = f" · {row.finding or row.outcome}" if row.finding or row.outcome else ""
    point = f", point {row.point}" if row.point else ""
    head = f"{row.reference} · {row.kind}, received {brief(row.received_on)}{found}{point} · {HEADINGS[row.stand]}"
    learned = ": ".join(filter(None, (row.area, row.learned))) or "–"
    action = row.what or "–"
    if row.owner:
        action += f" ({row.owner})"
    if row.done_on is not None:
        action += f", done {long_date(row.done_on)}" + (f", proof: {row.proof}" if row.proof else ", no proof noted")
    elif row.due_on is not None:
        action += f", by {long_date(row.due_on)}"
    return Content.assemble(
        (one_line(head), "bold"), "\n", ("Learned ", "$text-muted"), one_line(learned), "\n",
        ("Action  ", "$text-muted"), one_line(action),
    )  # fmt: skip
