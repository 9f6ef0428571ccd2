"""The form of a step as data, and helpers for the special forms."""

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
    """The form of one step."""

    fields: tuple[FormField, ...]
    build: Callable[[Filled], stages.Input]
    """Returns the verb's input. Raises ValidationError."""
    verb: Callable[..., StepResult]
    shows: Mapping[str, str]
    """The form's field that shows a problem of an input field, where the names differ."""
    letter: Callable[[Filled], str] = lambda filled: ""
    """Returns the key of the letter to write after saving; "" for none."""


def category_words(profile: Profile) -> list[str]:
    """Returns each category, or each of its sub-categories as ``Category > Sub-category``."""
    words: list[str] = []
    for category, subcategories in profile.vocabulary.categories.items():
        words += [f"{category} > {subcategory}" for subcategory in subcategories] or [category]
    return words


def split_category(words: str) -> tuple[str, str]:
    """Returns the category and sub-category of ``Category > Sub-category``; "" for a missing part."""
    category, _, subcategory = words.partition(">")
    return category.strip(), subcategory.strip()


def about(fields: tuple[FormField, ...], number: int | None) -> tuple[FormField, ...]:
    """Returns the fields of a form opened for one action or redress, with that one chosen."""
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
    """Returns the form with these words offered by field `name`. The first is the default unless `field` gives
    another."""
    offered = tuple(words)
    return changed(form, **{name: {"vocabulary": offered, "default": next(iter(offered), ""), **field}})


def changed(form: StepForm, **fields: Mapping[str, Any] | None) -> StepForm:
    """Returns the form with some fields changed: by field name, the attributes to replace; None removes the field."""
    unknown = fields.keys() - {field.name for field in form.fields}
    assert not unknown, f"the form has no {', '.join(sorted(unknown))}"
    kept = (field for field in form.fields if fields.get(field.name, {}) is not None)
    return replace(form, fields=tuple(replace(field, **(fields.get(field.name) or {})) for field in kept))
