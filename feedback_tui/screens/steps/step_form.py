"""What the form of a step consists of, and what several of them ask for alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from feedback_tui.casework.actor import StepResult
from feedback_tui.models.inputs import stages
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.rules.procedures import Profile
from feedback_tui.widgets.form import Filled, FormField


@dataclass(frozen=True)
class StepForm:
    """One step's form."""

    fields: tuple[FormField, ...]
    build: Callable[[Filled], stages.Input]
    """Makes the verb's input. Raises ValidationError."""
    verb: Callable[..., StepResult]
    shows: Mapping[str, str]
    """Which field shows a problem of a field of the input that has another name."""
    letter: Callable[[Filled], str] = lambda filled: ""
    """The key of the letter that is written once it is saved; empty: none."""


def category_words(profile: Profile) -> list[str]:
    """Each category, and each of its sub-categories as ``Category > Sub-category``."""
    words: list[str] = []
    for category, subcategories in profile.vocabulary.categories.items():
        words += [f"{category} > {subcategory}" for subcategory in subcategories] or [category]
    return words


def split_category(words: str) -> tuple[str, str]:
    """The category and the sub-category that ``Category > Sub-category`` names."""
    category, _, subcategory = words.partition(">")
    return category.strip(), subcategory.strip()


def day_field(label: str) -> FormField:
    """The day that a step was taken, today unless another is typed; its name is ``on``."""
    return FormField("on", label, Entry.DATE, "today", required=True)


def needed_day(filled: Filled, name: str) -> Any:
    """The date of a required field; the form has seen to it that it is there."""
    return filled.day(name)


def about(fields: tuple[FormField, ...], number: int | None) -> tuple[FormField, ...]:
    """The fields of a form that is opened for one action or redress of the case: that one stands in it already."""
    if number is None:
        return fields
    meant = f"{number}. "
    return tuple(
        replace(field, default=word)
        if field.name == "position" and (word := next((w for w in field.vocabulary if w.startswith(meant)), ""))
        else field
        for field in fields
    )


def numbered(form: StepForm, name: str, numbers: Mapping[str, int | None], **field: Any) -> StepForm:
    """A form whose field `name` offers these words; its input gets the number that the chosen one stands for.

    The first stands in the field as it opens; `field` says what else is otherwise in it.
    """

    def build(filled: Filled) -> stages.Input:
        number = numbers.get(filled.text(name))
        return form.build(filled.but({name: None if number is None else str(number)}))

    words = tuple(numbers)
    offers = changed(form, **{name: {"vocabulary": words, "default": next(iter(words), ""), **field}})
    return replace(offers, build=build)


def changed(form: StepForm, **fields: Mapping[str, Any] | None) -> StepForm:
    """A form with some of its fields otherwise: what is given replaces it, by the field's name; None takes it out."""
    unknown = fields.keys() - {field.name for field in form.fields}
    assert not unknown, f"the form has no {', '.join(sorted(unknown))}"
    kept = (field for field in form.fields if fields.get(field.name, {}) is not None)
    return replace(form, fields=tuple(replace(field, **(fields.get(field.name) or {})) for field in kept))
