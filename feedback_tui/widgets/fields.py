"""Fields for one line and for a date. Text from keys, pastes and drafts is made safe first."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Protocol, runtime_checkable

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input

from feedback_tui.rules.dates import NotADate, long_date, typed_date
from feedback_tui.rules.working_days import OutsideCalendar, WorkingCalendar
from feedback_tui.text import one_line, safe_text


class Typed(Message):
    """The text of a field changed."""


@runtime_checkable
class Field(Protocol):
    """What a form requires of each of its fields."""

    @property
    def words(self) -> str:
        """The text in the field."""

    def put(self, words: str) -> None:
        """Replaces the text in the field."""


class LineField(Input):
    """A field of one line. Enter and the arrows move to the next or previous field; a paste of several lines becomes
    one line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    DEFAULT_CSS = """
    LineField, LineField:focus { border: none; height: 1; padding: 0 1; background: $surface; }
    LineField:focus { background: $primary 18%; }
    LineField.-wrong { background: $error 22%; }
    """

    def __init__(self, words: str = "", *, placeholder: str = "", typed_over: bool = False) -> None:
        """With `typed_over` the text is selected when the field gets the focus, so that the first letter replaces it
        (dates)."""
        super().__init__(safe_text(words), placeholder=placeholder, select_on_focus=typed_over)
        self.cursor_blink = False

    @property
    def words(self) -> str:
        return self.value

    def put(self, words: str) -> None:
        self.value = words
        self.cursor_position = len(self.value)

    def validate_value(self, value: str) -> str:
        return safe_text(value).replace("\n", " ").replace("\t", " ")

    def _on_paste(self, event: Paste) -> None:
        # Textual's Input keeps only the first line of a paste and silently drops the rest.
        event.text = one_line(event.text)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.typed()
        self.post_message(Typed())

    def typed(self) -> None:
        """Hook for subclasses, called after the text has changed."""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()


class DateField(LineField):
    """A date as officers type it. With `future`, ``fri`` and ``3/4`` mean the next such day instead of the last."""

    DEFAULT_CSS = """
    DateField { width: 16; }
    """

    def __init__(self, words: str, today: date, calendar: WorkingCalendar, *, future: bool = False) -> None:
        super().__init__(words, placeholder="day", typed_over=True)
        self.today, self.calendar, self.future = today, calendar, future

    def read(self) -> date | None:
        """Returns the date that is meant; None if nothing is typed. Raises NotADate."""
        if not self.value.strip():
            return None
        return typed_date(self.value, self.today, self.calendar, future=self.future)

    def echo(self) -> str:
        """Returns the date in full and its distance from today, as `echo` does; or the error."""
        return echo(self.value, self.today, self.calendar, future=self.future)


def echo(typed: str, today: date, calendar: WorkingCalendar, *, future: bool = False) -> str:
    """Returns what a typed date means: the date in full, and its distance from `today` in working days. The error
    message if it is not a date; "" if nothing is typed."""
    if not typed.strip():
        return ""
    try:
        day = typed_date(typed, today, calendar, future=future)
    except NotADate as error:
        return str(error)
    return f"{long_date(day)} · {away(day, today, calendar)}"


def away(day: date, today: date, calendar: WorkingCalendar) -> str:
    """Returns the distance of `day` from `today` in working days: ``today``, ``in 3 working days``, ``2 working days
    ago``.

    A day off adds the reason. Calendar days are used if no working day lies between, or outside the years of the
    calendar.
    """
    if day == today:
        return "today"
    try:
        count = calendar.between(today, day)
    except OutsideCalendar:
        return f"{abs((day - today).days)} days {'ago' if day < today else 'away'}"
    off = calendar.why_off(day)
    why = f", {off}" if off else ""
    if count == 0:
        days = abs((day - today).days)
        away_in_days = f"{days} day{'s' if days != 1 else ''}"
        return (f"{away_in_days} ago" if day < today else f"in {away_in_days}") + why
    unit = "working day" if abs(count) == 1 else "working days"
    return (f"in {count} {unit}" if count > 0 else f"{-count} {unit} ago") + why
