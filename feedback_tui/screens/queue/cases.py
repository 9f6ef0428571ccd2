"""The list of all cases, open, closed and void: filtered, with the same keys as the queue."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from feedback_tui.actions import Place, Situation
from feedback_tui.desk.case_list import CaseRow, Order, case_count, case_place, case_references, cases
from feedback_tui.desk.due_words import brief
from feedback_tui.desk.filters.case_filter import CaseFilter
from feedback_tui.desk.list_columns import CASES
from feedback_tui.rules.dates import long_date
from feedback_tui.screens.shared.case_columns import about_column, who_column
from feedback_tui.screens.shared.hidden_names import Names
from feedback_tui.screens.shared.list_screen import ListScreen
from feedback_tui.screens.shared.screen_list import ScreenList
from feedback_tui.screens.shared.services import Services
from feedback_tui.storage.register import Register
from feedback_tui.text import one_line
from feedback_tui.widgets.case_table import CaseTable, Group
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.table_columns import Column


@dataclass(frozen=True)
class CaseSource:
    """The cases of a register that match a filter, on one day, in one order."""

    register: Register
    today: date
    wanted: CaseFilter
    order: Order

    def groups(self) -> list[Group]:
        """Returns one group with the number of cases."""
        return [Group("", case_count(self.register, self.today, self.wanted))]

    def rows(self, offset: int, limit: int) -> Sequence[CaseRow]:
        """Returns a window of the rows."""
        return cases(self.register, self.today, self.wanted, self.order, limit, offset)

    def locate(self, key: Hashable, near: int) -> int | None:
        """Returns the current position of a case, or None."""
        assert isinstance(key, int)
        return case_place(self.register, self.today, self.wanted, key, self.order)


def case_columns(names: Names) -> tuple[Column[CaseRow], ...]:
    """Returns the columns of a list of cases."""
    return (
        Column("Received", lambda row: f"{brief(row.received_on):>11}", 11, 11, 2),
        Column("Reference", lambda row: row.reference, 11, 12, 1),
        who_column(names),
        Column("Kind", lambda row: row.kind, 9, 10, 4, tone=lambda row: "quiet"),
        Column("Status", lambda row: row.status, 9, 13, 2),
        Column("Outcome", lambda row: row.outcome or row.closing_reason or "–", 10, 16, 6),
        Column("Team", lambda row: row.team or "–", 10, 24, 5, cut="middle"),
        Column("Officer", lambda row: row.officer or "–", 7, 10, 7, cut="middle", unless_alike=True),
        Column("Investigator", lambda row: row.investigator or "–", 12, 16, 9, cut="middle"),
        about_column(),
    )


class CasesScreen(ListScreen[CaseRow]):
    """A list of cases; with a title, those behind a figure."""

    PLACE = Place.CASES
    BINDINGS = screen_bindings(Place.CASES)

    def __init__(self, services: Services, text: str = "", title: str = "") -> None:
        super().__init__(services, text)
        self._title, self._order = title, Order.RECEIVED

    @property
    def where(self) -> str:
        return f"Cases · {self._title}" if self._title else "All cases"

    def make_table(self) -> CaseTable[CaseRow]:
        return CaseTable(
            case_columns(self.services.names),
            lambda row: row.case_id,
            marked=lambda row: row.case_id in self.marks,
            empty="No case is like that.",
            id="cases",
        )

    def source(self) -> CaseSource:
        return CaseSource(self.services.register, self.services.today(), self.typed_filter, self._order)

    def matching(self) -> dict[int, str]:
        return case_references(self.services.register, self.services.today(), self.typed_filter)

    def standing_of(self, row: CaseRow | None) -> Situation:
        # More than the status is known only after the case was read for the preview or its page.
        return Situation() if row is None else Situation(row.reference)

    def in_full(self, row: CaseRow | None) -> Content:
        if row is None:
            return Content("")
        ended = f", closed {long_date(row.closed_on)}" if row.closed_on else ""
        became = f" · {row.outcome or row.closing_reason}" if row.outcome or row.closing_reason else ""
        whose = self.services.names.shown(row.who, row.who_instead)
        said = " · ".join(filter(None, (whose, row.team, row.procedure, row.officer, row.summary)))
        head = f"{row.kind}, received {long_date(row.received_on)}{ended} · {row.stands_at}{became}"
        return Content.assemble((one_line(head), "bold"), "\n", (one_line(said), "$text-muted"))

    def said_of_list(self) -> list[str]:
        return [] if self._order is Order.RECEIVED else [f"sorted by {self._order}"]

    def lists(self) -> Sequence[ScreenList]:
        register, today, wanted, order = self.services.register, self.services.today(), self.typed_filter, self._order
        return (
            ScreenList(
                self._title or "Cases",
                CASES,
                lambda: cases(register, today, wanted, order),
                self.table.count,
                self.filter_words,
            ),
        )

    def do_order(self) -> None:
        orders = list(Order)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self.filter_changed()
