"""The form for days off: add one, remove one, or read the official list. Open deadlines that would move are shown
first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual.content import Content

from feedback_tui.actions import Place
from feedback_tui.browser_files import place_of
from feedback_tui.casework.days_off import (
    DaysOffChanged,
    change_days_off,
    official_change,
)
from feedback_tui.casework.errors import InvalidInput, Problem
from feedback_tui.casework.move_deadlines import MovedDeadline
from feedback_tui.casework.recount_by_law import count_by_law, moved_wrongly
from feedback_tui.desk.days_off_list import COLUMNS, days_off_listing
from feedback_tui.desk.due_words import brief
from feedback_tui.models.inputs.stages import DaysOffChange
from feedback_tui.plain_error import PlainError
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.rules.working_days import DayOff, WorkingCalendar
from feedback_tui.screens.shared.form_screen import FormScreen
from feedback_tui.screens.shared.screen_list import ScreenList
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField
from feedback_tui.widgets.key_bindings import screen_bindings

CLOSURE, HOLIDAY, BACK, LIST = "closure day", "bank holiday", "take one back", "official list"
BY_LAW = "times of the law"
"""Counts deadlines set by law again that closure days had moved."""
NOT_SAID = "the reason is to be written"
SHOWN = 100
"""The most moves listed; the command lists all."""
COMING = 8
"""The most coming days off that are listed."""
QUIET, WARNING = "$text-muted", "$text-warning"
Line = str | tuple[str, str]


class DaysOffScreen(FormScreen[DaysOffChanged]):
    """Changes the days off of the register."""

    PLACE = Place.DAYS_OFF
    CSS_PATH = ["../styles/form_screen.tcss", "../styles/days_off.tcss"]
    BINDINGS = screen_bindings(Place.DAYS_OFF)

    @property
    def where(self) -> str:
        return "Days off"

    @property
    def draft_name(self) -> str:
        return "days off"

    def on_mount(self) -> None:
        # The list of moves can be long, so Tab reaches it and the arrows scroll it.
        self.query_one("#ahead-place").can_focus = True
        register = self.services.register
        self.read("moved wrongly", lambda: moved_wrongly(register), self._begin)

    def _begin(self, wrongly: tuple[MovedDeadline, ...]) -> None:
        changes = (CLOSURE, HOLIDAY, BACK, LIST, BY_LAW)
        first = BY_LAW if wrongly else CLOSURE
        self.show_form(
            (
                FormField("what", "Change", Entry.CHOICE, first, vocabulary=changes),
                FormField(
                    "day",
                    "Day",
                    Entry.DATE,
                    required=True,
                    future=True,
                    shown=lambda words: words["what"] not in (LIST, BY_LAW),
                ),
                FormField(
                    "why",
                    "Why it is off",
                    required=True,
                    help="it is named wherever the day is skipped",
                    shown=lambda words: words["what"] in (CLOSURE, HOLIDAY),
                ),
                FormField(
                    "file",
                    "File",
                    default="bank-holidays.json",
                    required=True,
                    help="as GOV.UK publishes it at www.gov.uk/bank-holidays.json",
                    shown=lambda words: words["what"] == LIST,
                ),
            )
        )

    def field_of(self, problem: str) -> str:
        if problem not in ("added", "removed"):
            return problem
        return "file" if self.form is not None and self.form.words["what"] == LIST else "day"

    def lists(self) -> Sequence[ScreenList]:
        register = self.services.register
        found = days_off_listing(register)
        return (ScreenList("Days off", COLUMNS, lambda: days_off_listing(register).rows, len(found.rows)),)

    # The preview

    def look_ahead(self) -> None:
        form = self.form
        if form is None:
            return
        filled = form.read()
        if filled.problems.keys() == {"why"}:
            # The moves are shown as soon as the day is known, without waiting for the reason.
            filled = Filled({**filled.values, "why": NOT_SAID}, {})
        if filled.problems:
            self.foretell(Content.assemble(*self._as_it_is()))
            return
        self.read("ahead", lambda: self._change(filled, rehearsing=True), self._foretell, self._no_way)

    def _no_way(self, error: Exception) -> None:
        if isinstance(error, PlainError):
            self.foretell(Content.assemble((str(error), WARNING)))
        else:
            self.went_wrong(error)

    def _foretell(self, change: DaysOffChanged) -> None:
        self.foretell(Content.assemble(*_told(change, self.services.register.calendar)))

    def _as_it_is(self) -> Iterable[Line]:
        calendar, today = self.services.register.calendar, self.services.today()
        yield ("The days off ahead\n", "bold $accent")
        ahead = sorted(day for day in calendar.days_off if day >= today and day.weekday() < 5)
        for day in ahead[:COMING]:
            yield f"{long_date(day)}  "
            yield (f"{one_line(calendar.days_off[day], 40)}\n", QUIET)
        yield (f"{calendar.bank_holidays} are announced up to {long_date(calendar.official_until)}.", QUIET)

    # Saving

    def save(self, filled: Filled) -> DaysOffChanged:
        return self._change(filled, rehearsing=False)

    def saved(self, done: DaysOffChanged) -> None:
        days = [f"{brief(off.day)} is off" for off in done.added]
        days += [f"{brief(off.day)} is a working day again" for off in done.removed]
        what = ", ".join(days[:3]) + (f" and {len(days) - 3} more" if len(days) > 3 else "")
        moved = _count(len(done.moved), "open deadline moved", "open deadlines moved")
        stay = (
            f"{_count(len(done.on_a_day_off), 'date that was set or told falls', 'dates that were set or told fall')}"
        )
        self.say(
            f"{what or ('Counted as the law does' if done.moved else 'The official list is read')}: {moved}."
            + (f" {stay} on a day off now: tell them." if done.on_a_day_off else ""),
            seconds=12 if done.on_a_day_off else None,
        )
        self.dismiss(None)

    def _change(self, filled: Filled, *, rehearsing: bool) -> DaysOffChanged:
        actor = replace(self.services.actor(), rehearsing=rehearsing)
        if filled.text("what") == BY_LAW:
            moved = count_by_law(actor)
            if not moved:
                raise InvalidInput(
                    [Problem("what", "No open time of the law was moved by closure days: nothing changes.")]
                )
            return DaysOffChanged((), (), moved, ())
        return change_days_off(actor, self._given(filled))

    def _given(self, filled: Filled) -> DaysOffChange:
        """Returns the change that the form describes. Raises InvalidInput; BadHolidayFile."""
        what, day = filled.text("what"), filled.day("day")
        if what == LIST:
            return self._of_the_list(filled.text("file"))
        assert day is not None, "the form asks for it"
        if what == BACK:
            return DaysOffChange(removed=(day,))
        return DaysOffChange(added=(DayOff(day, one_line(filled.text("why"))),), closure=what == CLOSURE)

    def _of_the_list(self, name: str) -> DaysOffChange:
        try:
            written = place_of(name).read_bytes()
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else None
            raise InvalidInput([Problem("file", f"It cannot be read: {why or 'it is no file name'}.")]) from None
        change = official_change(self.services.register, written)
        if change is None:
            raise InvalidInput(
                [Problem("file", "The register's bank holidays are those of the list: nothing changes.")]
            )
        return change


def _told(change: DaysOffChanged, calendar: WorkingCalendar) -> Iterable[Line]:
    """Yields a preview of the change: the days, the deadlines that move, and those that stay and fall on a day off."""
    for off in change.added:
        yield f"{long_date(off.day)} is off: {one_line(off.why, 60)}.\n"
        if off.day > calendar.official_until:
            until = long_date(calendar.official_until)
            yield (f"It is past {until}, up to which bank holidays are announced: is the year right?\n", WARNING)
    for off in change.removed:
        yield f"{long_date(off.day)} is a working day again: {one_line(off.why, 60)}.\n"
    if change.moved and not (change.added or change.removed):
        yield (
            "Closure days had moved these. The law that sets them knows no closures: they move back.\n",
            "$foreground",
        )
    moves = _count(len(change.moved), "open deadline moves", "open deadlines move")
    yield (f"{moves}\n", "bold $accent" if change.moved else QUIET)
    for row in change.moved[:SHOWN]:
        dates = f"{brief(row.due_from)} → {brief(row.due_to)}"
        if row.due_from == row.due_to:
            dates = f"{brief(row.due_to)} was told and stays, its original date moves"
        yield from _line(row, dates, "bold $warning")
    yield from _more(len(change.moved))
    if change.stays:
        yield ("The law sets these, and knows no closures: they stay.\n", f"bold {WARNING}")
        for row in change.stays[:SHOWN]:
            yield from _line(row, brief(row.due_to), WARNING)
        yield from _more(len(change.stays))
    if change.on_a_day_off:
        yield ("These were set or told: they stay, on a day off. Tell them.\n", f"bold {WARNING}")
        for row in change.on_a_day_off[:SHOWN]:
            yield from _line(row, brief(row.due_to), WARNING)
        yield from _more(len(change.on_a_day_off))


def _line(row: MovedDeadline, dates: str, style: str) -> Iterable[Line]:
    yield f"{one_line(row.reference, 16)}  {row.kind.label}: "
    yield (f"{dates}\n", style)


def _more(count: int) -> Iterable[Line]:
    if count > SHOWN:
        yield (f"and {count - SHOWN:,} more: feedback-tui days-off add … --check lists all.\n", QUIET)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}" if number else f"No {many}"
