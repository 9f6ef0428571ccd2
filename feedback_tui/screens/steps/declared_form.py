"""Makes the form of a step from its record: its fields, and the input built from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from re import search
from typing import Any

from feedback_tui.casework.step_verbs import input_of, verb_of
from feedback_tui.desk.case.page import CasePage
from feedback_tui.models.inputs.stages import Input
from feedback_tui.rules.laws import cited
from feedback_tui.rules.lifecycle.ask import YES, Ask, Entry
from feedback_tui.rules.lifecycle.step import Step
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.refusal_grounds import laws_of
from feedback_tui.screens.steps.step_form import StepForm
from feedback_tui.widgets.form import Filled, FormField


def declared_form(step: Step, page: CasePage | None, profile: Profile) -> StepForm:
    """Returns the form that the step's record declares, for this case; None for many cases."""
    asked = [ask for ask in step.asks if ask.label and (page is None or page.kind in ask.kinds)]
    model = input_of(step)

    def build(filled: Filled) -> Input:
        return model.model_validate(values_of(asked, filled))

    fields = tuple(form_field(ask, profile, page) for ask in asked)
    opens = next((ask.name for ask in asked if ask.of_the_form_alone), "")

    def letter(filled: Filled) -> str:
        return step.letter if filled.text(opens) == YES else ""

    return StepForm(fields, build, verb_of(step), step.field_of, letter)


def form_field(ask: Ask, profile: Profile, page: CasePage | None = None) -> FormField:
    """Returns the field for one value of a step, with its default; from the case's page if the record says so."""
    offered: tuple[str, ...] = tuple(ask.offered)
    if ask.vocabulary:
        offered = tuple(getattr(profile.vocabulary, ask.vocabulary))
    if ask.flag is not None:
        offered = tuple(sorted(ask.answers, key=lambda word: word != (ask.begins or ask.answers[0])))
    if ask.nothing:
        offered = (ask.nothing, *offered)
    begins = ask.begins or ask.nothing or (ask.answers[0] if ask.flag is not None else "")
    if page is not None and ask.as_on_page:
        begins = as_typed(getattr(page, ask.as_on_page))
    entry = Entry.CHOICE if ask.flag is not None else ask.entry
    made = FormField(
        ask.name,
        ask.label,
        entry,
        begins,
        required=ask.required and entry is not Entry.CHOICE,
        vocabulary=offered,
        help=_help(ask, profile, page),
        future=ask.future,
        lines=ask.lines,
    )
    return made if ask.shown is None else replace(made, shown=ask.shown.holds)


def _help(ask: Ask, profile: Profile, page: CasePage | None) -> str:
    """Returns the help beneath a field. It cites the regulation that asks for the field, if the case is under that
    law."""
    if page is None or not (ask.help and ask.rule):
        return ask.help
    return ask.help + cited(ask.rule, laws_of(profile, page.procedure, page.procedure_version))


def as_typed(value: object) -> str:
    """Returns a value of the case's page as an officer would type it: dates as DD/MM/YYYY, lists joined by “;”."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return "; ".join(value)
    return str(value or "")


def values_of(asked: list[Ask], filled: Filled) -> dict[str, Any]:
    """Returns the form's values by the fields of the step's input.

    Hidden and empty fields are left out, so that the input's own defaults apply.
    """
    said = {ask.name: value_of(ask, filled) for ask in asked if ask.name in filled.values and not ask.of_the_form_alone}
    return {name: value for name, value in said.items() if value is not None}


def value_of(ask: Ask, filled: Filled) -> Any:
    """Returns the value of one field for the step's input; None if nothing is given."""
    if ask.entry is Entry.DATE:
        return ask.value(filled.day(ask.name))
    word = filled.text(ask.name)
    if ask.flag is not None:
        return ask.value(ask.said(word))
    if ask.several:
        return ask.value(split_names(word))
    if ask.number and ask.entry is not Entry.LINE:
        return ask.value(number_in(word))
    return ask.value(word)


def number_in(word: str) -> int | None:
    """Returns the number at the start of a list entry: 2 for “2. Train the team”; None if there is no number."""
    found = search(r"\d+", word)
    return int(found[0]) if found else None


def split_names(words: str) -> tuple[str, ...]:
    """Returns the names in a line, separated by “;”, each once."""
    return tuple(dict.fromkeys(name.strip() for name in words.split(";") if name.strip()))
