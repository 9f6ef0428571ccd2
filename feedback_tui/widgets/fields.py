"""What an officer types into: lines and dates. What arrives by key, paste or draft is made safe first."""

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
    """A field's words changed."""


@runtime_checkable
class Field(Protocol):
    """What a form asks of each of its fields."""

    @property
    def words(self) -> str:
        """The words as they stand in the field."""

    def put(self, words: str) -> None:
        """Puts other words in their place."""


class LineField(Input):
    """One line. Enter and the arrows go to the next field and back; what is pasted is folded onto the line."""

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
        """`typed_over` lights what stands there on arrival: the first letter then takes its place, as for a date."""
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
        # The field under this one would keep the first line only, and drop the others without a word.
        event.text = one_line(event.text)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.typed()
        self.post_message(Typed())

    def typed(self) -> None:
        """Called when the words have changed, for what stands on this field."""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()


class DateField(LineField):
    """A date as officers type it. `future` reads ``fri`` and ``3/4`` as days to come."""

    DEFAULT_CSS = """
    DateField { width: 16; }
    """

    def __init__(self, words: str, today: date, calendar: WorkingCalendar, *, future: bool = False) -> None:
        super().__init__(words, placeholder="day", typed_over=True)
        self.today, self.calendar, self.future = today, calendar, future

    def read(self) -> date | None:
        """The date that is meant; None where nothing is typed. Raises NotADate."""
        if not self.value.strip():
            return None
        return typed_date(self.value, self.today, self.calendar, future=self.future)

    def echo(self) -> str:
        """The date in full, and how far away it is; the error where it is none."""
        return echo(self.value, self.today, self.calendar, future=self.future)


def echo(typed: str, today: date, calendar: WorkingCalendar, *, future: bool = False) -> str:
    """What a typed date means, in full with its weekday and the working days away; what is wrong where it is none."""
    if not typed.strip():
        return ""
    try:
        day = typed_date(typed, today, calendar, future=future)
    except NotADate as error:
        return str(error)
    return f"{long_date(day)} · {away(day, today, calendar)}"


def away(day: date, today: date, calendar: WorkingCalendar) -> str:
    """How far `day` is from `today`: ``today``, ``in 3 working days``, ``2 working days ago``."""
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
