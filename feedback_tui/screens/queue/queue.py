"""The deadline queue, the first screen of every session: what is overdue, due today, this week and later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content
from textual.events import Event

from feedback_tui.actions import Place, Situation
from feedback_tui.desk.due_words import when_in_words
from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_row import QueueRow
from feedback_tui.desk.queue.sort_and_group import Arrangement, Grouping, QueueOrder
from feedback_tui.rules.dates import long_date
from feedback_tui.screens.queue.queue_rows import QueueSource, queue_columns, row_key, situation_of
from feedback_tui.screens.shared.list_screen import ListScreen
from feedback_tui.screens.shared.services import DateMeant, Services
from feedback_tui.text import one_line
from feedback_tui.widgets.case_table import CaseTable
from feedback_tui.widgets.key_bindings import screen_bindings

if TYPE_CHECKING:
    from feedback_tui.screens.shared.screen_list import ScreenList

NOTHING_OPEN, NOTHING_LIKE_THAT = "Nothing is open. n logs new feedback.", "Nothing open is like that. esc shows all."


class QueueScreen(ListScreen[QueueRow]):
    """The home screen."""

    PLACE = Place.QUEUE
    BINDINGS = screen_bindings(Place.QUEUE)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._wanted, self._going = QueueFilter(), False
        self._arranged = Arrangement()

    @property
    def where(self) -> str:
        return "Queue"

    def make_table(self) -> CaseTable[QueueRow]:
        return CaseTable(
            queue_columns(self.services.today, self.services.names),
            row_key,
            marked=lambda row: row.case_id in self.marks,
            empty=NOTHING_OPEN,
            id="queue",
        )

    @property
    def _now_wanted(self) -> QueueFilter:
        return replace(self._wanted, where=self.typed_filter)

    def source(self) -> QueueSource:
        self.table.empty = NOTHING_LIKE_THAT if "filtered" in self.facts else NOTHING_OPEN
        return QueueSource(self.services.register, self.services.today(), self._now_wanted, self._arranged)

    @property
    def date_meant(self) -> DateMeant | None:
        row = self._row
        return None if row is None or row.due_on is None or row.deadline is None else (row.deadline, row.due_on)

    def matching(self) -> dict[int, str]:
        from feedback_tui.desk.queue.queue_reader import queue_cases

        return queue_cases(self.services.register, self.services.today(), self._now_wanted)

    def standing_of(self, row: QueueRow | None) -> Situation:
        return situation_of(row)

    @property
    def facts(self) -> frozenset[str]:
        changed = self._wanted != QueueFilter() or not self._arranged.is_usual or bool(self.table.folded)
        return super().facts | ({"filtered"} if changed else frozenset())

    def in_full(self, row: QueueRow | None) -> Content:
        if row is None:
            return Content("")
        today = self.services.today()
        due = f"{row.owed}, without a date" if row.owed else "Open, without a date"
        if row.due_on is not None and row.deadline is not None:
            far = when_in_words(row.due_on, row.working_days_left, today)
            due = f"{row.owed}: {long_date(row.due_on)}, {far}"
        whose = self.services.names.shown(row.who, row.who_instead)
        investigated = row.investigator and f"investigated by {row.investigator}"
        said = " · ".join(filter(None, (whose, row.team, investigated, row.officer, row.summary)))
        return Content.assemble((one_line(f"{due} · {row.stands_at}"), "bold"), "\n", (one_line(said), "$text-muted"))

    def said_of_list(self) -> list[str]:
        said = []
        if self._wanted.officer:
            said.append("mine only")
        if self._wanted.overdue:
            said.append("overdue only")
        if self._wanted.every_deadline:
            said.append("every deadline")
        if self._arranged.group is not Grouping.DUE:
            said.append("one list" if self._arranged.group is Grouping.NOTHING else f"by {self._arranged.group}")
        if self._arranged.order is not QueueOrder.DUE:
            said.append(f"sorted by {self._arranged.order}")
        return said

    # What is shown

    def _want(self, **changes: object) -> None:
        self._wanted = replace(self._wanted, **changes)  # type: ignore[arg-type]
        self.filter_changed()

    def do_mine(self) -> None:
        self._want(officer="" if self._wanted.officer else self.services.officer)

    def do_overdue(self) -> None:
        self._want(overdue=not self._wanted.overdue)

    def do_every(self) -> None:
        self._want(every_deadline=not self._wanted.every_deadline)

    def do_unfilter(self) -> None:
        self._wanted, self._arranged = QueueFilter(), Arrangement()
        self.table.fold(frozenset())
        self.filter_by("")

    # Order and groups

    def _arrange(self, arranged: Arrangement) -> None:
        if arranged.group is not self._arranged.group:
            self.table.fold(frozenset())
        self._arranged = arranged
        self.filter_changed()

    def do_order(self) -> None:
        orders = list(QueueOrder)
        following = orders[(orders.index(self._arranged.order) + 1) % len(orders)]
        self._arrange(replace(self._arranged, order=following))

    def do_group(self) -> None:
        ways = list(Grouping)
        following = ways[(ways.index(self._arranged.group) + 1) % len(ways)]
        self._arrange(replace(self._arranged, group=following))

    def do_fold(self) -> None:
        here = self.table.heading
        if here:
            all_of_them = frozenset(self.table.headings)
            self.table.fold(all_of_them if here in self.table.folded else self.table.folded | {here})
            self.stand()

    def do_unfold(self) -> None:
        here = self.table.heading
        self.table.fold(self.table.folded - {here} if here in self.table.folded else frozenset())
        self.stand()

    def lists(self) -> Sequence[ScreenList]:
        from feedback_tui.desk.list_columns import QUEUE
        from feedback_tui.screens.shared.screen_list import ScreenList

        register, today = self.services.register, self.services.today()
        wanted, arranged = self._now_wanted, self._arranged

        def rows() -> list[QueueRow]:
            return queue(register, today, wanted, arranged=arranged)

        return (ScreenList("Queue", QUEUE, rows, self.table.count, self.filter_words),)

    # Other screens

    def do_today(self) -> None:
        self.services.navigation.open_morning(self.app, self.services)

    def do_cases(self) -> None:
        self.services.navigation.open_cases(self.app, self.services, self._text)

    def logged(self, reference: str | None) -> None:
        if reference is None:
            return
        register, today = self.services.register, self.services.today()
        self._going = True

        def found() -> list[QueueRow]:
            rows = queue(register, today, QueueFilter(words=reference), limit=20)
            return [row for row in rows if row.reference == reference]

        def go(rows: list[QueueRow]) -> None:
            self._going = False
            if rows:
                self.table.go_to(row_key(rows[0]))

        def failed(error: Exception) -> None:
            self._going = False
            self.went_wrong(error)

        self.read("logged", found, go, failed)

    def takes(self, event: Event) -> bool:
        return super().takes(event) and not self._going
