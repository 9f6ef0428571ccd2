"""The working-day calculator: the date a number of working days from a day, or the working days up to another day.
Every skipped holiday is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from feedback_tui.actions import Place
from feedback_tui.desk.list_columns import column
from feedback_tui.lists.columns import ListColumn
from feedback_tui.plain_error import PlainError
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.day_calculator import Reckoned, reckon
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.rules.working_days import DayOff
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.screen_list import ScreenList
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Form, FormField
from feedback_tui.widgets.key_bindings import screen_bindings

COLUMNS: tuple[ListColumn[DayOff], ...] = (column("day", "Day"), column("why", "Why it is not counted"))
QUIET, WARNING = "$text-muted", "$text-warning"
BY_LAW, AS_THE_COUNCIL = "counted, as the law does", "left out, as the council works"
HINT = "Type how many working days to add (10, or -5 for back), or the day to count to (fri, 3/4, 2026-04-03)."


class CalculatorScreen(DeskScreen):
    """Counts working days; nothing is saved."""

    PLACE = Place.WORKING_DAYS
    CSS_PATH = "../styles/calculator.tcss"
    BINDINGS = screen_bindings(Place.WORKING_DAYS)

    @property
    def where(self) -> str:
        return "Working days"

    def body(self) -> Iterable[Widget]:
        fields = [
            FormField("start", "From", Entry.DATE, "today", required=True, help="this day is day 0"),
            FormField("to", "Add, or up to", required=True),
        ]
        if self.services.register.calendar.closures:
            ways = (BY_LAW, AS_THE_COUNCIL)
            fields.append(FormField("closures", "Closure days", Entry.CHOICE, BY_LAW, vocabulary=ways))
        yield Form(tuple(fields), self.services.today(), self.services.register.calendar)
        with VerticalScroll(id="reckoned-place", can_focus=False):
            yield Static(Content(HINT), id="reckoned")

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._skipped: tuple[DayOff, ...] = ()
        self._said = ""
        """The current count as a sentence; "" if there is none."""

    def on_mount(self) -> None:
        self.query_one(Form).go_to("to")

    def on_form_changed(self, event: Form.Changed) -> None:
        event.stop()
        self.query_one("#reckoned", Static).update(self._answer())

    def lists(self) -> Sequence[ScreenList]:
        skipped = self._skipped
        title, said = "Days not counted", self._said
        return (ScreenList(title, COLUMNS, lambda: skipped, len(skipped), said),) if said else ()

    def _answer(self) -> Content:
        self._skipped, self._said = (), ""
        filled = self.query_one(Form).read()
        start, typed = filled.day("start"), filled.text("to")
        if start is None:
            return Content.assemble((filled.problems["start"], WARNING))
        if not typed:
            return Content(HINT)
        try:
            calendar = self.services.register.calendar
            closures = bool(calendar.closures) and filled.text("closures") == AS_THE_COUNCIL
            found = reckon(start, typed, self.services.today(), calendar.counting(closures=closures))
        except PlainError as error:
            return Content.assemble((str(error), WARNING))
        self._skipped, self._said = found.skipped, found.said
        return Content.assemble(*_told(found))


def _told(found: Reckoned) -> Iterable[str | tuple[str, str]]:
    yield (f"{found.said}\n", "bold $primary")
    if found.warning:
        yield (f"{found.warning}\n", WARNING)
    yield "\n"
    for off in found.holidays:
        yield f"{long_date(off.day)}  "
        yield (f"not counted: {one_line(off.why, 60)}\n", QUIET)
    weekends = len(found.skipped) - len(found.holidays)
    days = f"{weekends} day{'' if weekends == 1 else 's'} of weekends"
    yield (f"{'Also not' if found.holidays else 'Not'} counted: {days}.", QUIET)
