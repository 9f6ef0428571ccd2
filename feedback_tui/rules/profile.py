"""Reads a council's profile (TOML). It is checked as a whole; each problem is reported with its line and what would be
right."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import ValidationError

from feedback_tui.plain_error import PlainError
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.profile_values import Shape, listed
from feedback_tui.rules.toml_lines import TomlLines
from feedback_tui.text import one_line

LARGEST: Final = 1_000_000
"""The most bytes of a profile; real ones have about ten thousand."""


class BadProfile(PlainError):
    """A profile that cannot be used, with each problem and its line."""

    def __init__(self, where: str, problems: list[Problem]) -> None:
        self.where, self.problems = where, problems
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"The profile{where and ' '}{where} cannot be used:\n{lines}")


@dataclass(frozen=True)
class Problem:
    """One problem in a profile. `line` counts from 1; 0 means the whole profile."""

    line: int
    words: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.words}" if self.line else self.words


def shipped_profiles() -> list[str]:
    """Returns the keys of the profiles that come with the program, sorted."""
    folder = resources.files("feedback_tui.profiles")
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def profile_text(key_or_file: str) -> str:
    """Returns the TOML of a shipped profile, or of a council's own file. Raises BadProfile."""
    if key_or_file.casefold() in shipped_profiles():
        return (resources.files("feedback_tui.profiles") / f"{key_or_file.casefold()}.toml").read_text("utf-8")
    where, path = one_line(key_or_file), Path(key_or_file)
    if path.suffix.casefold() != ".toml":
        shipped = listed(shipped_profiles())
        raise BadProfile(where, [Problem(0, f"there is no such profile: use {shipped}, or a file that ends in .toml")])
    try:
        with path.open("rb") as file:
            written = file.read(LARGEST + 1)
        if len(written) > LARGEST:
            raise BadProfile(where, [Problem(0, f"it is larger than {LARGEST:,} bytes: is it a profile?")])
        return written.decode("utf-8-sig")
    except FileNotFoundError:
        raise BadProfile(where, [Problem(0, "there is no such file")]) from None
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise BadProfile(
            where, [Problem(line, "it is not text in UTF-8: save it as UTF-8, or choose another file")]
        ) from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadProfile(where, [Problem(0, f"it cannot be read: {why[:1].lower()}{why[1:]}")]) from None


def load_profile(key_or_file: str) -> Profile:
    """Returns the shipped profile with this key, or the profile in this file. Raises BadProfile."""
    return read_profile(profile_text(key_or_file), one_line(key_or_file))


def read_profile(text: str, where: str = "") -> Profile:
    """Returns the profile written in `text`. Raises BadProfile with all problems and their lines."""
    if not text.strip():
        raise BadProfile(where, [Problem(0, "it is empty: start from what “profile show shropshire --toml” prints")])
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = int(found[1]) if (found := re.search(r"at line (\d+)", str(error))) else text.count("\n") + 1
        words = one_line(re.sub(r" \(at .*\)$", "", str(error)))
        raise BadProfile(where, [Problem(line, f"not TOML: {words[:1].lower()}{words[1:]}")]) from None
    except RecursionError:
        raise BadProfile(where, [Problem(0, "not a profile: it is nested too deeply")]) from None
    except ValueError:  # tomllib does not catch this one: a number of thousands of digits
        raise BadProfile(where, [Problem(0, "not a profile: a number in it is far too long")]) from None
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        raise BadProfile(where, _problems(error, TomlLines(text))) from None


def _problems(error: ValidationError, lines: TomlLines) -> list[Problem]:
    """Returns all problems in plain words, sorted by line. A problem that only follows from one deeper inside is left
    out."""
    found: dict[tuple[int | str, ...], str] = {}
    for item in error.errors():
        context: dict[str, Any] = item.get("ctx", {})
        path = (*(part for part in item["loc"] if part != "[key]"), *context.get("path", ()))
        found.setdefault(path, context["words"] if item["type"] == "wrong" else _words(item["type"], path))
    inmost = [path for path in found if not any(other[: len(path)] == path for other in found if other != path)]
    problems = [Problem(lines.of(path), one_line(_sentence(path, found[path]))) for path in inmost]
    return sorted(problems, key=lambda problem: problem.line)


def _words(kind: str, path: tuple[int | str, ...]) -> str:
    match kind:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return f"is not known here: is it misspelt? Known are {listed(_keys_beside(path), 'and')}"
        case "tuple_type":
            return 'write a list in brackets: ["…", "…"]'
        case "dict_type" | "model_type":
            return "write a table of keys and values"
        case "too_short":
            return "at least one is needed"
    raise AssertionError(f"{kind} has no words yet")


def _sentence(path: tuple[int | str, ...], words: str) -> str:
    """Returns a sentence: ``count: write a whole number``, ``teams, number 3: …``, ``source is missing``."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "the profile")
    number = f", number {path[-1] + 1}" if path and isinstance(path[-1], int) else ""
    return f"{name}{number}{' ' if words.startswith('is ') else ': '}{words}"


def _keys_beside(path: tuple[int | str, ...]) -> list[str]:
    """Returns the keys that are allowed at the end of `path`."""
    shape: type[Shape] = Profile
    for part in path[:-1]:
        fields = {field.alias or name: field.annotation for name, field in shape.model_fields.items()}
        if isinstance(part, str):
            inner = (fields[part], *get_args(fields[part]))
            shape = next(kind for kind in inner if isinstance(kind, type) and issubclass(kind, Shape))
    return [field.alias or name for name, field in shape.model_fields.items()]
