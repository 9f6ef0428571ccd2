"""Reading a council's profile (TOML): checked whole, and refused with the line and what would be right."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from feedback_tui.rules.procedures import Profile


class BadProfile(ValueError):
    """A profile that cannot be used: each problem with its line."""

    def __init__(self, where: str, problems: list[Problem]) -> None:
        self.where, self.problems = where, problems
        lines = "\n".join(f"  line {problem.line}: {problem.words}" for problem in problems)
        super().__init__(f"The profile {where} cannot be used:\n{lines}")


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a profile; `line` counts from 1."""

    line: int
    words: str


def shipped_profiles() -> list[str]:
    """The keys of the profiles that come with the program, in order."""
    folder = resources.files("feedback_tui.profiles")
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def profile_text(key_or_file: str) -> str:
    """The TOML of a shipped profile, or of a council's own file. Raises BadProfile where there is none."""
    if key_or_file.casefold() in shipped_profiles():
        return (resources.files("feedback_tui.profiles") / f"{key_or_file.casefold()}.toml").read_text("utf-8")
    path = Path(key_or_file)
    if path.suffix.casefold() == ".toml":
        try:
            return path.read_text("utf-8-sig")
        except FileNotFoundError:
            raise BadProfile(key_or_file, [Problem(0, "there is no such file")]) from None
        except (OSError, UnicodeDecodeError) as error:
            raise BadProfile(key_or_file, [Problem(0, f"it cannot be read: {error}")]) from None
    shipped = ", ".join(shipped_profiles())
    raise BadProfile(key_or_file, [Problem(0, f"no such profile: use {shipped}, or a file that ends in .toml")])


def load_profile(key_or_file: str) -> Profile:
    """The profile that comes with the program under this key, or stands in this file. Raises BadProfile."""
    return read_profile(profile_text(key_or_file), key_or_file)


def read_profile(text: str, where: str = "profile") -> Profile:
    """The profile written in `text`. Raises BadProfile with every problem and its line."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = int(found[1]) if (found := re.search(r"at line (\d+)", str(error))) else text.count("\n") + 1
        words = re.sub(r" \(at .*\)$", "", str(error))
        raise BadProfile(where, [Problem(line, f"not TOML: {words[:1].lower()}{words[1:]}")]) from None
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        lines = _Lines(text)
        found_problems = [
            Problem(lines.of(tuple(item["loc"])), _words(tuple(item["loc"]), str(item["type"]), item["msg"]))
            for item in error.errors()
        ]
        raise BadProfile(where, sorted(found_problems, key=lambda problem: problem.line)) from None


def _words(loc: tuple[int | str, ...], kind: str, message: str) -> str:
    name = next((str(part) for part in reversed(loc) if isinstance(part, str) and part != "[key]"), "the profile")
    match kind:
        case "missing":
            return f"{name} is missing"
        case "extra_forbidden":
            return f"{name} is not known here: is it misspelt?"
        case "value_error":
            return message.removeprefix("Value error, ")
    return f"{name}: {message[:1].lower()}{message[1:]}"


class _Lines:
    """Finds the line that a path such as ``("procedure", 0, "version", 1, "limit", 2, "count")`` stands on.

    ``tomllib`` keeps no positions; this reads just what a profile is written with: tables, arrays of tables, keys, and
    arrays with one inline table a line.
    """

    def __init__(self, text: str) -> None:
        self.known: dict[tuple[int | str, ...], int] = {(): 1}
        table: tuple[int | str, ...] = ()
        array: tuple[int | str, ...] | None = None
        entries = 0
        for number, raw in enumerate(text.splitlines(), start=1):
            line = raw.strip()
            if array is not None:
                if line.startswith("{"):
                    self.known.setdefault((*array, entries), number)
                    for key in re.findall(r"([\w-]+)\s*=", line):
                        self.known.setdefault((*array, entries, key), number)
                    entries += 1
                if line.startswith("]"):
                    array = None
            elif found := re.match(r"\[\[(.+?)\]\]", line):
                table = self._entry(found[1], number)
            elif found := re.match(r"\[(.+?)\]", line):
                table = self._resolve([part.strip().strip('"') for part in found[1].split(".")])
                self.known.setdefault(table, number)
            elif found := re.match(r"(\"[^\"]+\"|[\w.-]+)\s*=\s*(.*)", line):
                path = (*table, *[part.strip('"') for part in found[1].split(".")])
                self.known.setdefault(path, number)
                if found[2] == "[" or (found[2].startswith("[") and "]" not in found[2]):
                    array, entries = path, 0

    def _resolve(self, parts: list[str]) -> tuple[int | str, ...]:
        path: tuple[int | str, ...] = ()
        for part in parts:
            path = (*path, part)
            last = max((p[len(path)] for p in self.known if p[: len(path)] == path and _indexed(p, path)), default=None)
            if isinstance(last, int):
                path = (*path, last)
        return path

    def _entry(self, dotted: str, number: int) -> tuple[int | str, ...]:
        *parents, name = [part.strip().strip('"') for part in dotted.split(".")]
        path = (*self._resolve(parents), name)
        index = sum(1 for p in self.known if p[:-1] == path and isinstance(p[-1], int))
        self.known[(*path, index)] = number
        return (*path, index)

    def of(self, path: tuple[int | str, ...]) -> int:
        """The line of `path`, or of the nearest thing around it."""
        while path not in self.known:
            path = path[:-1]
        return self.known[path]


def _indexed(path: tuple[int | str, ...], parent: tuple[int | str, ...]) -> bool:
    return len(path) > len(parent) and isinstance(path[len(parent)], int)
