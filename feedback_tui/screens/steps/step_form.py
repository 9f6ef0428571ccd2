"""What the form of a step consists of, and what several of them ask for alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from feedback_tui.casework.actor import StepResult
from feedback_tui.models.inputs import stages
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


def offering(form: StepForm, name: str, words: Iterable[str], **field: Any) -> StepForm:
    """A form whose field `name` offers these words; the first stands in it as it opens, unless `field` has another."""
    offered = tuple(words)
    return changed(form, **{name: {"vocabulary": offered, "default": next(iter(offered), ""), **field}})


def changed(form: StepForm, **fields: Mapping[str, Any] | None) -> StepForm:
    """A form with some of its fields otherwise: what is given replaces it, by the field's name; None takes it out."""
    unknown = fields.keys() - {field.name for field in form.fields}
    assert not unknown, f"the form has no {', '.join(sorted(unknown))}"
    kept = (field for field in form.fields if fields.get(field.name, {}) is not None)
    return replace(form, fields=tuple(replace(field, **(fields.get(field.name) or {})) for field in kept))
