"""Finds the line of each value in a TOML text, because ``tomllib`` does not report positions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

Path = tuple[int | str, ...]
"""The path to a value: ``("procedure", 0, "version", 1, "limit", 2, "count")``."""

_TOKEN = re.compile(
    r'''
      """(?:\\.|[^\\])*?"""(?!") | \'\'\'.*?\'\'\'(?!')     # a string over several lines; quotes may stand at its end
    | "(?:\\.|[^"\\\n])*" | '[^'\n]*'
    | \#[^\n]*
    | \n | [][{}=,.]
    | [^\s\[\]{}=,."'\#]+
    ''',
    re.VERBOSE | re.DOTALL,
)


class TomlLines:
    """The lines of a text that ``tomllib`` has read, which is therefore well formed."""

    def __init__(self, text: str) -> None:
        self._known: dict[Path, int] = {(): 1}
        self._entries: dict[Path, int] = {}
        """The number of entries read so far of each array of tables."""
        self._tokens = _tokens(text)
        self._token, self._line = next(self._tokens)
        self._read()

    def of(self, path: Path) -> int:
        """Returns the line of `path`, from 1; if it is not in the text, that of the nearest part around it."""
        while path not in self._known:
            path = path[:-1]
        return self._known[path]

    def _next(self) -> str:
        token = self._token
        self._token, self._line = next(self._tokens)
        return token

    def _read(self) -> None:
        table: Path = ()
        while self._token:
            if self._token == "\n":
                self._next()
            elif self._token == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        """Reads ``[table]`` or ``[[array of tables]]``; returns the path of the pairs below it."""
        line = self._line
        self._next()
        is_array = self._token == "["
        if is_array:
            self._next()
        *parents, last = self._key()
        path: Path = ()
        for part in parents:
            path = self._latest((*path, part))
        path = (*path, last)
        if is_array:
            self._entries[path] = self._entries.get(path, 0) + 1
            self._known.setdefault(path, line)
            self._next()
        path = self._latest(path)
        self._next()
        self._known.setdefault(path, line)
        return path

    def _latest(self, path: Path) -> Path:
        return (*path, self._entries[path] - 1) if path in self._entries else path

    def _key(self) -> list[str]:
        parts = [_plain(self._next())]
        while self._token == ".":
            self._next()
            parts.append(_plain(self._next()))
        return parts

    def _pair(self, table: Path) -> None:
        line = self._line
        path = table
        for part in self._key():
            path = (*path, part)
            self._known.setdefault(path, line)
        self._next()
        self._value(path)

    def _value(self, path: Path) -> None:
        self._known.setdefault(path, self._line)
        if self._token == "[":
            self._next()
            index = 0
            while self._past_breaks() != "]":
                self._value((*path, index))
                index += 1
                if self._past_breaks() == ",":
                    self._next()
            self._next()
        elif self._token == "{":
            self._next()
            while self._past_breaks() != "}":
                self._pair(path)
                if self._past_breaks() == ",":
                    self._next()
            self._next()
        else:
            while self._token not in ("\n", ",", "]", "}", ""):
                self._next()

    def _past_breaks(self) -> str:
        while self._token == "\n":
            self._next()
        return self._token


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Yields each token with its line, without comments; at the end "" forever."""
    line = 1
    for found in _TOKEN.finditer(text):
        token = found.group()
        if not token.startswith("#"):
            yield token, line
        line += token.count("\n")
    while True:
        yield "", line


def _plain(key: str) -> str:
    """Returns a key without quotes and escapes."""
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key
