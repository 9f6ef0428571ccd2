"""Fields under a person's hands: what they take, what they say, and that no text acts on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from textual.app import App, ComposeResult
from textual.events import Paste

from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.rules.working_days import england
from feedback_tui.text import one_line, safe_text
from feedback_tui.widgets.fields import LineField, away, echo
from feedback_tui.widgets.form import Form, FormField
from tests.screens.desk import HOSTILE
from tests.screens.rest import at_rest

TODAY = date(2026, 4, 15)
CALENDAR = england(range(2025, 2028))


class FormApp(App[None]):
    """One form."""

    def __init__(self, fields: Sequence[FormField]) -> None:
        super().__init__()
        self.fields = fields

    def compose(self) -> ComposeResult:
        yield Form(self.fields, TODAY, CALENDAR)

    @property
    def form(self) -> Form:
        return self.query_one(Form)

    @property
    def text(self) -> str:
        return "\n".join(strip.text for strip in self.screen._compositor.render_strips(self.size))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("entry", [Entry.LINE, Entry.WORDS, Entry.DATE, Entry.OPEN, Entry.NAME, Entry.CLOSED])
async def test_pasted_text_stands_safe_in_every_kind_of_field(entry: Entry, text: str) -> None:
    field = FormField("it", "It", entry, vocabulary=(text, "[/] other"), help=text)
    app = FormApp([field, FormField("choice", text[:20], Entry.CHOICE, vocabulary=(text, "[b]"))])
    async with app.run_test(size=(80, 24)) as pilot:
        app.form.go_to("it")
        await at_rest(pilot)
        app.post_message(Paste(f"{text}\n{text}"))
        await at_rest(pilot)
        await pilot.press("down")
        await at_rest(pilot)
        if entry is Entry.WORDS:
            assert app.form.words["it"] == safe_text(f"{text}\n{text}")
        else:
            # What is pasted is folded onto the line: a second line is not lost.
            assert app.form.words["it"] == one_line(f"{text} {text}")
        app.form.mark({"it": text, "choice": text})
        await at_rest(pilot)
        assert not any(ord(letter) < 0x20 for letter in app.text.replace("\n", ""))
        assert not any(control in app.text for control in ("\x9b", "\u202e", "\u2066"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("today", "Wed 15 April 2026 · today"),
        ("yesterday", "Tue 14 April 2026 · 1 working day ago"),
        ("fri", "Fri 10 April 2026 · 3 working days ago"),
        ("3/4", "Fri 3 April 2026 · 7 working days ago, Good Friday"),
        ("+10wd", "Wed 29 April 2026 · in 10 working days"),
        ("", ""),
    ],
)
def test_a_date_is_echoed_in_full_with_its_weekday_and_distance(typed: str, said: str) -> None:
    assert echo(typed, TODAY, CALENDAR) == said


def test_a_date_that_is_none_is_said_in_words() -> None:
    assert echo("32/1", TODAY, CALENDAR).startswith("“32/1” is not a date")
    assert away(date(2026, 4, 18), date(2026, 4, 17), CALENDAR) == "in 1 day, Saturday"


async def test_the_form_tells_everything_that_is_wrong_at_once_and_goes_to_the_first() -> None:
    app = FormApp(
        [
            FormField("a", "First", required=True),
            FormField("b", "Second", Entry.DATE, "soon"),
            FormField("c", "Third", Entry.CLOSED, "maybe", vocabulary=("yes", "no")),
            FormField("d", "Never asked", required=True, shown=lambda words: words["c"] == "yes"),
        ]
    )
    async with app.run_test(size=(80, 24)) as pilot:
        filled = app.form.read()
        assert set(filled.problems) == {"a", "b", "c"}
        assert app.form.mark({**filled.problems, "elsewhere": "no field shows this"}) == ["no field shows this"]
        await at_rest(pilot)
        assert app.focused is not None
        assert isinstance(app.focused, LineField)
        assert "first is needed" in app.text
        assert "“soon” is not a date" in app.text
        assert "“maybe” is not in the list" in app.text
        await pilot.press("x")
        await at_rest(pilot)
        assert "first is needed" not in app.text
        assert "“soon” is not a date" in app.text


async def test_a_choice_goes_by_letters_and_arrows() -> None:
    app = FormApp(
        [FormField("kind", "Kind", Entry.CHOICE, vocabulary=("complaint", "concern", "compliment", "enquiry"))]
    )
    async with app.run_test(size=(80, 24)) as pilot:
        app.form.go_to("kind")
        await at_rest(pilot)
        for key, chosen in (
            ("c", "concern"),
            ("c", "compliment"),
            ("e", "enquiry"),
            ("left", "compliment"),
            ("home", "complaint"),
        ):
            await pilot.press(key)
            await at_rest(pilot)
            assert app.form.words["kind"] == chosen
        assert "[complaint]" in app.text


async def test_a_choice_too_long_for_the_line_says_where_it_stands() -> None:
    app = FormApp([FormField("it", "It", Entry.CHOICE, vocabulary=tuple(f"a rather long word {n}" for n in range(9)))])
    async with app.run_test(size=(60, 10)) as pilot:
        app.form.go_to("it")
        await at_rest(pilot)
        await pilot.press("right")
        await at_rest(pilot)
        assert "‹ a rather long word 1 › 2 of 9" in app.text


async def test_a_name_is_never_taken_from_the_list_unless_it_is_chosen() -> None:
    fields = [FormField("who", "Who", Entry.NAME, vocabulary=("J Smithers",)), FormField("next", "Next")]
    app = FormApp(fields)
    async with app.run_test(size=(60, 10)) as pilot:
        app.form.go_to("who")
        await at_rest(pilot)
        await pilot.press(*"J", "space", *"Smith", "tab")
        await at_rest(pilot)
        assert app.form.words["who"] == "J Smith"
        app.form.go_to("who")
        await at_rest(pilot)
        await pilot.press("end", "e", "down", "tab")
        await at_rest(pilot)
        assert app.form.words["who"] == "J Smithers"


async def test_only_what_was_changed_is_kept_in_a_draft() -> None:
    app = FormApp(
        [
            FormField("day", "Day", Entry.DATE, "today"),
            FormField("kind", "Kind", Entry.CHOICE, vocabulary=("a", "b")),
            FormField("words", "Words", Entry.WORDS),
        ]
    )
    async with app.run_test(size=(60, 12)) as pilot:
        assert app.form.typed == {}
        app.form.put({"words": "one\ntwo", "kind": "b", "gone": "field"})
        await at_rest(pilot)
        assert app.form.typed == {"words": "one\ntwo", "kind": "b"}
        app.form.start_afresh()
        await at_rest(pilot)
        assert app.form.typed == {}
