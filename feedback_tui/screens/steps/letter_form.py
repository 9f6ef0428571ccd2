"""The form of a letter: its text, filled in from the case and edited in place; to whom; when they hear next."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.contact import letter as note_letter
from feedback_tui.desk.case.letter_fields import LetterTo, goes_to, letters_for, write
from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import Contact
from feedback_tui.models.inputs import contact as steps
from feedback_tui.models.inputs.stages import Input
from feedback_tui.rules.lifecycle.ask import NO, YES, Entry
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.contact_forms import people_of
from feedback_tui.screens.steps.step_form import StepForm, day_field, needed_day
from feedback_tui.widgets.form import Filled, FormField

LINES = 12
AGAIN_IN = 10
"""Working days after which they hear next, or are to reply, unless the officer says otherwise."""
ASKS_BACK = (Contact.HOLDING_LETTER, Contact.FINAL_NOTICE)


def letter_form(page: CasePage, profile: Profile) -> StepForm:
    """The form of the first letter that fits the case."""
    fits, others = letters_for(page, profile)
    return one_letter_form(page, profile, LetterTo((fits or others)[0]), page.received_on)


def one_letter_form(page: CasePage, profile: Profile, wanted: LetterTo, today: date) -> StepForm:
    """The form of one letter as it would go out today."""
    chosen = wanted.letter
    people = {words: number for words, number in people_of(page).items() if page.people[number - 1].no_letters is None}
    safe_ways = {words: page.people[number - 1].safe_contact for words, number in people.items()}
    first = wanted.person or goes_to(page)
    to = next((words for words, number in people.items() if number == first), "")
    text = write(page, profile, wanted, today).text
    next_on = wanted.next_update_on if chosen.contact in ASKS_BACK else None
    fields = (
        FormField("text", "Text", Entry.WORDS, text, required=True, lines=LINES),
        FormField(
            "person", "To", Entry.CLOSED, to, vocabulary=tuple(people), help="another name: write it into the text too"
        ),
        FormField("channel", "By", Entry.OPEN, page.channel or "", vocabulary=profile.vocabulary.channels),
        day_field("Sent on"),
        FormField(
            "next_update_on", "They hear next", Entry.DATE, f"{next_on:%d/%m/%Y}" if next_on else "", future=True,
            help="the next update is owed on this day", shown=lambda words: page.status.is_open,
        ),
        FormField(
            "safe", "It is safe", Entry.CHOICE, NO, vocabulary=(NO, YES),
            help=next((f"the safe way: {way}" for way in safe_ways.values() if way), ""),
            shown=lambda words: bool(safe_ways.get(words["person"])),
        ),
    )  # fmt: skip

    def build(filled: Filled) -> Input:
        return steps.LetterInput(
            on=needed_day(filled, "on"),
            key=chosen.key,
            person=people.get(filled.text("person")),
            channel=filled.text("channel"),
            text=filled.text("text"),
            next_update_on=filled.day("next_update_on"),
            safe=filled.text("safe") == YES,
        )

    return StepForm(fields, build, note_letter, {})
