"""The form for every entry: declared as data; all errors shown at once beside their fields; text kept as typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from feedback_tui.rules.dates import NotADate
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.rules.working_days import WorkingCalendar
from feedback_tui.text import one_line, safe_text
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.fields import DateField, Field, LineField, Typed
from feedback_tui.widgets.text_area_field import WordsField
from feedback_tui.widgets.vocabulary_fields import ChoiceField, Suggestions, WordField

LABEL = 19
"""The width of the labels, in cells."""


def _always(words: Mapping[str, str]) -> bool:
    return True


@dataclass(frozen=True)
class FormField:
    """One field of a form."""

    name: str
    label: str
    entry: Entry = Entry.LINE
    default: str = ""
    required: bool = False
    vocabulary: Sequence[str] = ()
    help: str = ""
    about: str = ""
    """What the field is about, in the words of the case; always shown above the field."""
    shown: Callable[[Mapping[str, str]], bool] = _always
    """Returns whether the field is shown, given the text of the other fields."""
    future: bool = False
    """Whether a date is in the future: ``fri`` is then the next Friday."""
    lines: int = 3


@dataclass(frozen=True)
class Filled:
    """A form as read: the values and the problems, both by field."""

    values: dict[str, str | date | None]
    problems: dict[str, str]

    def text(self, name: str) -> str:
        """Returns the text of a field; "" if the field is hidden or is a date."""
        found = self.values.get(name)
        return found if isinstance(found, str) else ""

    def day(self, name: str) -> date | None:
        """Returns the date of a field, or None."""
        found = self.values.get(name)
        return found if isinstance(found, date) else None


class FieldRow(Widget):
    """A label, its field, and a note: the date in full, a hint or an error.

    For speed of opening, the row draws the label itself, and the note is created when there is first something to show.
    """

    DEFAULT_CSS = """
    FieldRow { height: auto; layout: horizontal; }
    FieldRow > * { margin-left: 19; }
    FieldRow > .note { width: 1fr; height: auto; padding: 0 1; margin: 0; color: $text-muted; }
    FieldRow > .note.-wrong { color: $text-error; }
    FieldRow > .about { width: 1fr; height: auto; max-height: 7; padding: 0 1; }
    FieldRow.-wide { layout: vertical; }
    FieldRow.-wide > .note { margin-left: 19; }
    """

    def __init__(self, field: FormField, control: Widget) -> None:
        super().__init__()
        self.field, self.control = field, control
        self.note: Static | None = None
        self.wrong = ""
        # A change of any of these lays out the whole form again, so they are compared before: typing must stay fast.
        self._said: tuple[str, bool, bool] = ("", False, False)
        self._wide = field.entry in (Entry.LINE, Entry.WORDS, Entry.CHOICE, Entry.PATH, Entry.NEW_PATH)
        self.set_class(self._wide, "-wide")

    def compose(self) -> ComposeResult:
        if self.field.about:
            yield Static(Content(self.field.about), classes="about", markup=False)
        yield self.control

    def render(self) -> Content:
        label = (
            fit(self.field.label, LABEL - 2) if cell_len(self.field.label) > LABEL - 2 else one_line(self.field.label)
        )
        star = ("*", "$accent") if self.field.required else " "
        style = "bold $primary" if self._said[1] else "$text-muted"
        return Content.assemble(" " * (LABEL - 2 - cell_len(label)), (label, style), star)

    def on_mount(self) -> None:
        self.say()

    def on_resize(self) -> None:
        self._said = (self._said[0] + " ", *self._said[1:])
        self.say(self.wrong)

    @property
    def words(self) -> str:
        """The text in the field."""
        assert isinstance(self.control, Field)
        return self.control.words

    def read(self) -> tuple[str | date | None, str]:
        """Returns the value of the field and what is wrong with it ("" if nothing). An empty field is "", or None for a
        date."""
        if isinstance(self.control, DateField):
            try:
                day = self.control.read()
            except NotADate as error:
                return None, str(error)
            return day, "a date is needed" if day is None and self.field.required else ""
        words = self.words.strip()
        if not words:
            return "", f"{self.field.label.lower()} is needed" if self.field.required else ""
        if self.field.entry is Entry.CLOSED:
            found = next((word for word in self.field.vocabulary if word.casefold() == words.casefold()), None)
            if found is None:
                return None, f"“{one_line(words, 30)}” is not in the list: ↓ shows it"
            return found, ""
        return words, ""

    def say(self, wrong: str = "") -> None:
        """Shows `wrong` if given; otherwise the date in full; otherwise, while the field has the focus, its hint."""
        if not self.is_attached:
            return  # The form is being removed.
        self.wrong = wrong
        words = f"✗ {safe_text(wrong)}" if wrong else ""
        if not words and isinstance(self.control, DateField):
            words = self.control.echo()
        if not words and isinstance(self.control, ChoiceField):
            words = self.control.echo
        if not words and self.control.has_focus_within and self.field.help:
            words = safe_text(self.field.help)
        here = self.control.has_focus_within
        if (words, here, bool(wrong)) == self._said:
            return
        self._said = (words, here, bool(wrong))
        self.refresh()
        # A note too long to fit beside the field is shown beneath it.
        width = self.size.width or self.screen.size.width - 4
        beneath = self._wide or cell_len(words) > width - LABEL - _cells(self.control) - 2
        self.set_class(beneath, "-wide")
        self.control.set_class(bool(wrong), "-wrong")
        if self.note is None:
            if not words:
                return
            self.note = Static("", classes="note", markup=False)
            self.mount(self.note)
        self.note.update(Content(words))
        self.note.display = bool(words)
        self.note.set_class(bool(wrong), "-wrong")


def _cells(control: Widget) -> int:
    """Returns the width of a control in cells; before it is laid out, the width that its style sets, or 0."""
    width = control.styles.width
    return control.size.width or (int(width.value) if width is not None and width.cells is not None else 0)


class Form(VerticalScroll, can_focus=False):
    """The fields of one entry, one beneath the other."""

    DEFAULT_CSS = """
    Form { padding: 0 1; scrollbar-size-vertical: 1; background: $background; }
    """

    class Changed(Message):
        """Text was typed or chosen."""

    def __init__(
        self, fields: Sequence[FormField], today: date, calendar: WorkingCalendar, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.fields, self._today, self._calendar = tuple(fields), today, calendar
        self._suggestions = Suggestions()
        self._rows: dict[str, FieldRow] = {}

    def compose(self) -> ComposeResult:
        yield self._suggestions
        for field in self.fields:
            row = FieldRow(field, self._control(field))
            self._rows[field.name] = row
            yield row

    def on_mount(self) -> None:
        self._ask_what_is_asked_for()

    def _control(self, field: FormField) -> Widget:
        match field.entry:
            case Entry.WORDS:
                return WordsField(field.default, lines=field.lines)
            case Entry.DATE:
                return DateField(field.default, self._today, self._calendar, future=field.future)
            case Entry.OPEN | Entry.NAME | Entry.CLOSED:
                return WordField(
                    field.vocabulary,
                    field.default,
                    suggestions=self._suggestions,
                    closed=field.entry is Entry.CLOSED,
                    lights=field.entry is not Entry.NAME,
                )
            case Entry.PATH | Entry.NEW_PATH:
                from feedback_tui.widgets.path_field import PathField

                there = field.entry is Entry.PATH
                return PathField(field.vocabulary, field.default, suggestions=self._suggestions, there=there)
            case Entry.CHOICE:
                return ChoiceField(field.vocabulary, field.default)
            case _:
                return LineField(field.default)

    @property
    def words(self) -> dict[str, str]:
        """The text of every field, as typed."""
        return {name: row.words for name, row in self._rows.items()}

    @property
    def typed(self) -> dict[str, str]:
        """The text that differs from the form's defaults: what a draft keeps."""
        defaults = {field.name: field.default for field in self.fields}
        # A choice without a valid default starts at its first word.
        for name, row in self._rows.items():
            if isinstance(row.control, ChoiceField) and not row.control.vocabulary.count(defaults[name]):
                defaults[name] = row.control.vocabulary[0]
        return {name: words for name, words in self.words.items() if words != defaults[name]}

    @property
    def days(self) -> dict[str, date]:
        """The dates typed in the form, by field. A date that is missing or wrong is left out."""
        found: dict[str, date] = {}
        for name, row in self._rows.items():
            if isinstance(row.control, DateField):
                with suppress(NotADate):
                    day = row.control.read()
                    found |= {name: day} if day is not None else {}
        return found

    def put(self, words: Mapping[str, str]) -> None:
        """Puts text into fields; names that the form does not have are ignored."""
        for name, text in words.items():
            if (row := self._rows.get(name)) is not None and isinstance(row.control, Field):
                row.control.put(text)

    def start_afresh(self) -> None:
        """Resets every field to its default and removes the errors."""
        self.put({field.name: field.default for field in self.fields})
        self.mark({})

    def begin_with(self, words: Mapping[str, str]) -> None:
        """Resets the form with these texts as the new defaults of their fields."""
        self.fields = tuple(replace(field, default=words.get(field.name, field.default)) for field in self.fields)
        self.start_afresh()

    def _shown(self) -> Iterator[FieldRow]:
        words = self.words
        return (row for row in self._rows.values() if row.field.shown(words))

    def read(self) -> Filled:
        """Returns the values of the fields shown, and all problems with them."""
        values: dict[str, str | date | None] = {}
        problems: dict[str, str] = {}
        for row in self._shown():
            values[row.field.name], wrong = row.read()
            if wrong:
                problems[row.field.name] = wrong
        return Filled(values, problems)

    def mark(self, problems: Mapping[str, str]) -> list[str]:
        """Shows each problem at its field and moves to the first. Returns the problems of fields that are not shown."""
        first: FieldRow | None = None
        shown = list(self._shown())
        for row in self._rows.values():
            row.say(problems.get(row.field.name, ""))
        for row in shown:
            if first is None and row.wrong:
                first = row
        if first is not None:
            self.go_to(first.field.name)
        return [words for name, words in problems.items() if name not in {row.field.name for row in shown}]

    @property
    def here(self) -> str | None:
        """The name of the field that has the focus, or None."""
        return next((name for name, row in self._rows.items() if row.control.has_focus_within), None)

    def suggests(self, name: str) -> bool:
        """Returns whether the form has a field of this name that suggests words and accepts others."""
        row = self._rows.get(name)
        return row is not None and isinstance(row.control, WordField) and not row.control.closed

    def know(self, name: str, words: Sequence[str], *, beside: bool = False) -> None:
        """Sets the words that a field suggests; with `beside`, in addition to those of its declaration."""
        row = self._rows.get(name)
        if row is not None and isinstance(row.control, WordField) and self.suggests(name):
            row.control.know([*row.field.vocabulary, *words] if beside else words)

    def go_to(self, name: str) -> None:
        """Puts the cursor in a field."""
        if (row := self._rows.get(name)) is not None:
            row.control.focus()
            # Scroll after the note is laid out, so that it is in view too: focus scrolls to the field alone.
            self.call_after_refresh(row.scroll_visible, animate=False)

    def _ask_what_is_asked_for(self) -> None:
        words = self.words
        for row in self._rows.values():
            shown = row.field.shown(words)
            if row.display != shown:
                row.display = shown

    def on_typed(self, event: Typed) -> None:
        event.stop()
        self._ask_what_is_asked_for()
        for row in self._rows.values():
            if row.control.has_focus_within or (isinstance(row.control, DateField) and not row.wrong):
                row.say()
        self.post_message(self.Changed())

    def on_descendant_focus(self) -> None:
        self._say_hints()

    def on_descendant_blur(self) -> None:
        self._say_hints()

    def _say_hints(self) -> None:
        for row in self._rows.values():
            row.say(row.wrong)
