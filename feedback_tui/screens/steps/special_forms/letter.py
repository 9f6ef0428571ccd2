"""The form of a letter: its text, filled in from the case, the recipient, and the next update."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from feedback_tui.desk.case.letter_fields import LetterTo, goes_to, letters_for, may_go_to, write
from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import Contact, StepKey
from feedback_tui.models.inputs.contact import LetterInput
from feedback_tui.models.inputs.stages import Input
from feedback_tui.rules.lifecycle.lifecycle import BY_KEY
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.declared_form import as_typed, values_of
from feedback_tui.screens.steps.special_forms.contact import people_of
from feedback_tui.screens.steps.step_form import StepForm, changed, offering
from feedback_tui.widgets.form import Filled

AGAIN_IN = 10
"""Working days until the next update or the reply, unless the officer gives another date."""
ASKS_BACK = (Contact.HOLDING_LETTER, Contact.FINAL_NOTICE)


def letter_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Returns the form of the first letter that fits the case."""
    fits, others = letters_for(page, profile)
    return one_letter_form(form, page, profile, LetterTo((fits or others)[0]), page.received_on)


def one_letter_form(form: StepForm, page: CasePage, profile: Profile, wanted: LetterTo, today: date) -> StepForm:
    """Returns the form of one letter with its text as of `today`."""
    people = {
        words: number for words, number in people_of(page).items() if may_go_to(page.people[number - 1], wanted.letter)
    }
    safe_ways = {words: page.people[number - 1].safe_contact for words, number in people.items()}
    first = wanted.person or goes_to(page, wanted.letter)
    next_on = wanted.next_update_on if wanted.letter.contact in ASKS_BACK else None
    asked = [ask for ask in BY_KEY[StepKey.LETTER].asks if ask.label]

    def build(filled: Filled) -> Input:
        return LetterInput.model_validate({**values_of(asked, filled), "key": wanted.letter.key})

    form = changed(
        replace(form, build=build),
        text={"default": write(page, profile, wanted, today).text},
        next_update_on={"default": as_typed(next_on)},
        safe={
            "help": next((f"the safe way: {way}" for way in safe_ways.values() if way), ""),
            "shown": lambda words: bool(safe_ways.get(words["person"])),
        },
    )
    form = offering(form, "person", people, default=next((each for each, one in people.items() if one == first), ""))
    return form if page.status.is_open else changed(form, next_update_on=None)
