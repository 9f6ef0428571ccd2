"""A field for the path of a file: typing filters the names in the folder, Tab takes the highlighted one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from feedback_tui.browser_files import place_of
from feedback_tui.plain_error import PlainError
from feedback_tui.text import safe_text
from feedback_tui.widgets.vocabulary_fields import Suggestions, WordField

MOST = 200
"""The most names of a folder that are offered."""


def paths_like(typed: str, suffixes: Sequence[str]) -> list[str]:
    """Returns paths that start with `typed`, written in the same way: folders first, then files with one of `suffixes`;
    at most `MOST`. Hidden names only if a dot is typed. [] if the folder cannot be read."""
    before, slash, name = typed.rpartition("/")
    try:
        folder = place_of((before or slash) or ".")
        with os.scandir(folder) as entries:
            found = [
                f"{before}{slash}{entry.name}{'/' if entry.is_dir() else ''}"
                for entry in entries
                if entry.name.casefold().startswith(name.casefold())
                and entry.name.startswith(".") == name.startswith(".")
                and entry.name == safe_text(entry.name)
                and (entry.is_dir() or Path(entry.name).suffix.casefold() in suffixes)
            ]
    except (OSError, ValueError, RuntimeError, PlainError):
        return []
    return sorted(found, key=lambda path: (not path.endswith("/"), path.casefold()))[:MOST]


class PathField(WordField):
    """A field for a path. `there` says that the file must exist; otherwise Tab leaves a new name as typed."""

    DEFAULT_CSS = """
    PathField { width: 1fr; max-width: 90; }
    """

    def __init__(self, suffixes: Sequence[str], words: str = "", *, suggestions: Suggestions, there: bool) -> None:
        super().__init__((), words, suggestions=suggestions, lights=there)
        self._suffixes = tuple(suffixes)

    def take(self, word: str) -> bool:
        super().take(word)
        if word.endswith("/"):
            self._suggest(everything=True)
            return False
        return True

    def _suggest(self, *, everything: bool = False) -> None:
        found = paths_like(self.value, self._suffixes)
        if found and found != [self.value] and (self.value.strip() or everything):
            self.vocabulary = tuple(found)
            self._suggestions.open(self, found, lit=bool(self.value.strip()) and self._lights)
        else:
            self._suggestions.close()
