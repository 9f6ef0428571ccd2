"""The types of values in a profile. Their errors say what would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from feedback_tui.rules.dates import NotADate, register_date
from feedback_tui.text import one_line, safe_text

LONGEST_NAME, LONGEST_TEXT, LONGEST_LINES = 120, 400, 10_000


class Shape(BaseModel):
    """The base of all parts of a profile: frozen, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def wrong(words: str, *path: str | int) -> PydanticCustomError:
    """Returns an error in a part of a profile: `words` say what would be right, `path` leads from the part to the
    value."""
    return PydanticCustomError("wrong", "{words}", {"words": words, "path": path})


def listed(words: Iterable[str], last: str = "or") -> str:
    """Returns words as a sentence lists them: ``a, b or c``."""
    *rest, end = words
    return f"{', '.join(rest)} {last} {end}" if rest else end


def _name(value: object) -> str:
    text = _text(value, LONGEST_NAME)
    if ";" in text or " > " in text:
        raise wrong("“;” and “ > ” cannot stand in a name")
    return text


def _text(value: object, longest: int = LONGEST_TEXT) -> str:
    if not isinstance(value, str):
        raise wrong(f"write words in quotation marks: “{one_line(str(value), 40)}”")
    text = one_line(value)
    if not text:
        raise wrong("write at least one letter between the quotation marks")
    if len(text) > longest:
        raise wrong(f"{len(text)} characters are too many: write at most {longest}")
    return text


def several_lines(value: object) -> str:
    """Accepts a text of one or several lines, up to `LONGEST_LINES` characters."""
    if not isinstance(value, str):
        raise wrong('write the text between three quotation marks: """…"""')
    text = safe_text(value).strip()
    if not text:
        raise wrong("write at least one letter between the quotation marks")
    if len(text) > LONGEST_LINES:
        raise wrong(f"{len(text)} characters are too many: write at most {LONGEST_LINES}")
    return text


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise wrong("write true or false, without quotation marks")
    return value


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return register_date(value if isinstance(value, str) else str(value))
    except NotADate as error:
        raise wrong(str(error)) from None


def whole(least: int, most: int) -> Callable[[object], int]:
    """Returns a validator for a whole number from `least` to `most`, both included."""

    def check(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise wrong(f"write a whole number from {least} to {most}")
        return value

    return check


def one_of(words: Iterable[str]) -> Callable[[object], object]:
    """Returns a validator for exactly one of `words`."""
    allowed = tuple(words)

    def check(value: object) -> object:
        if value not in allowed:
            shown = f"“{one_line(value, 40)}” is not known here: " if isinstance(value, str) else ""
            raise wrong(f"{shown}write {listed(str(word) for word in allowed)}")
        return value

    return check


Name = Annotated[str, BeforeValidator(_name)]
"""A word stored in the register: on one line, and without the register's separators."""
Text = Annotated[str, BeforeValidator(_text)]
"""A sentence, such as a source or what a complainant is told."""
MaybeText = Annotated[str, BeforeValidator(lambda value: "" if value == "" else _text(value))]
"""A sentence, or ""."""
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[date, BeforeValidator(_day)]
