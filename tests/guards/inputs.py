"""The input models of the steps, taken apart: which fields they have, and what a filled one holds in each."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, get_args

from feedback_tui import models
from feedback_tui.models.inputs.stages import Input


def input_models() -> set[type[Input]]:
    """Every model that stands for what a verb is given, and every model that is a part of one."""
    for module in walk_packages(models.__path__, f"{models.__name__}."):
        import_module(module.name)
    return set(_below(Input))


def _below(model: type[Input]) -> Iterator[type[Input]]:
    for own in model.__subclasses__():
        yield own
        yield from _below(own)


def fields_of(model: type[Input], path: str = "") -> Iterator[str]:
    """The paths of the fields of an input: ``on``, ``points.team``."""
    for name, field in model.model_fields.items():
        part = next(_inputs_in(field.annotation), None)
        if part is None:
            yield path + name
        else:
            yield from fields_of(part, f"{path}{name}.")


def parts_of(model: type[Input]) -> Iterator[type[Input]]:
    """The input models that are fields of this one."""
    for field in model.model_fields.values():
        for part in _inputs_in(field.annotation):
            yield part
            yield from parts_of(part)


def _inputs_in(annotation: Any) -> Iterator[type[Input]]:
    if isinstance(annotation, type) and issubclass(annotation, Input):
        yield annotation
    for part in get_args(annotation):
        yield from _inputs_in(part)


def values_in(given: Input, path: str = "") -> Iterator[tuple[str, Any, bool]]:
    """What an input holds, by path, and whether nobody need have said it. A path stands once a part that has it."""
    for name, field in type(given).model_fields.items():
        value = getattr(given, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Input):
                yield from values_in(part, f"{path}{name}.")
            else:
                yield path + name, part, not field.is_required() and part == field.default


def filled_in(given: Input) -> dict[str, list[Any]]:
    """The fields that hold something other than what they hold when nothing is said."""
    found: dict[str, list[Any]] = {}
    for path, value, is_default in values_in(given):
        if not is_default and value not in (None, ""):
            found.setdefault(path, []).append(value)
    return found
