"""What the pieces of a profile are made of: kinds of values that say, where one is wrong, what would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from feedback_tui.rules.dates import NotADate, register_date
from feedback_tui.text import one_line

LONGEST_NAME, LONGEST_TEXT = 120, 400


class Shape(BaseModel):
    """A frozen piece of a profile that takes no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def wrong(words: str, *path: str | int) -> PydanticCustomError:
    """An error in a piece of a profile: what would be right, and the path below the piece to what is wrong."""
    return PydanticCustomError("wrong", "{words}", {"words": words, "path": path})


def listed(words: Iterable[str], last: str = "or") -> str:
    """Words as a sentence lists them: ``a, b or c``."""
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
    """Accepts a whole number from `least` to `most`."""

    def check(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise wrong(f"write a whole number from {least} to {most}")
        return value

    return check


def one_of(words: Iterable[str]) -> Callable[[object], object]:
    """Accepts one of `words`, exactly."""
    allowed = tuple(words)

    def check(value: object) -> object:
        if value not in allowed:
            shown = f"“{one_line(value, 40)}” is not known here: " if isinstance(value, str) else ""
            raise wrong(f"{shown}write {listed(str(word) for word in allowed)}")
        return value

    return check


Name = Annotated[str, BeforeValidator(_name)]
"""A word that the register stores: on one line, and not with what separates words there."""
Text = Annotated[str, BeforeValidator(_text)]
"""A sentence: a source, what a complainant is told."""
MaybeText = Annotated[str, BeforeValidator(lambda value: "" if value == "" else _text(value))]
"""A sentence that may be left empty."""
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[date, BeforeValidator(_day)]
