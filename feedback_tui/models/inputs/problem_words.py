"""What is wrong with a value of an input, as a sentence that says what would be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

_PLAIN: Mapping[str, Callable[[Mapping[str, Any], Any], str]] = {
    "value_error": lambda context, value: str(context["error"]),
    "missing": lambda context, value: "this is needed",
    "greater_than_equal": lambda context, value: f"write {context['ge']} or more",
    "less_than_equal": lambda context, value: f"write {context['le']:,} or less",
    "decimal_max_places": lambda context, value: f"write at most {context['decimal_places']} decimal places",
}


def problem_words(error: ErrorDetails) -> str:
    """Returns the message for one item of a ValidationError; pydantic's own for a kind of error that has no other."""
    context, value = error.get("ctx", {}), error["input"]
    if error["type"] in ("too_long", "string_too_long") and isinstance(value, str):
        return f"{len(value)} characters are too many: write at most {context['max_length']:,}"
    plain = _PLAIN.get(error["type"])
    return plain(context, value) if plain else error["msg"]
