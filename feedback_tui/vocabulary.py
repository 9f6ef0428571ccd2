"""The base class of the closed vocabularies in `enums`, and how their words are read.

Reading ignores upper and lower case, accepts ``_`` and ``-`` for a space, and a few other spellings used by councils
and the Ombudsman; any other word is an error.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from feedback_tui.plain_error import PlainError


class UnknownWord(PlainError, ValueError):
    """A word that is not in its closed vocabulary; the message lists the valid words."""


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").replace("/", " ").split())


class Word(StrEnum):
    """The base of closed vocabularies."""

    @classmethod
    def noun(cls) -> str:
        """Returns the name for one of these words in a sentence: ``a closing reason``."""
        name = "".join(f" {c.lower()}" if c.isupper() else c for c in cls.__name__).strip()
        return ("an " if name[0] in "aeiou" else "a ") + name

    @classmethod
    def aliases(cls) -> dict[str, str]:
        """Returns other accepted spellings, in plain form, each with its word."""
        return {}

    @classmethod
    def read(cls, text: str) -> Self:
        """Returns the word that `text` means. Raises UnknownWord, which lists the valid words."""
        plain = _plain(text)
        for word in cls:
            if _plain(word.value) == plain:
                return word
        if (meant := cls.aliases().get(plain)) is not None:
            return cls(meant)
        raise UnknownWord(f"“{text}” is not {cls.noun()}: use {', '.join(cls)}")
