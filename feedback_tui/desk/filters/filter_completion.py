"""Completions of a filter: its terms, and the values in use in the register."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback_tui.desk.filters.case_filter import CLOSED_WORDS, DATES, Field
from feedback_tui.desk.filters.filter_parser import ANY, ME, NONE, Setting, field_named, flags, tokens
from feedback_tui.enums import DeadlineKind

MOST = 40
MEANINGS = {
    Field.RECEIVED: "the day it came in",
    Field.DUE: "the day something is due",
    Field.DEADLINE: "what is due",
    Field.ROLE: "who complains or wrote",
    Field.AUTHORITY: "why someone may complain",
    Field.PERSON: "the name of anyone in it",
    Field.OUTCOME: "of Stage 1",
    Field.OUTCOME_2: "of Stage 2",
    Field.REASON: "why it was closed without an answer",
    Field.OMBUDSMAN: "the day the Ombudsman's letter came",
    Field.DECISION: "the Ombudsman's",
    Field.DECIDED: "the day the Ombudsman decided",
    Field.INVESTIGATED: "the day the investigation started",
    Field.RESPONDED: "the day of the response",
    Field.GROUP: "of procedures",
    Field.VERSION: "of a procedure: corporate > 2",
    Field.SOURCE: "of a compliment",
    Field.LEARNING: "the area learned about",
}
"""What a field means, where its name does not say it."""


@dataclass(frozen=True)
class Completion:
    """One completion: the text to show for it, the whole filter with it, and the position of the cursor after it."""

    shown: str
    text: str
    cursor: int


def completions(text: str, cursor: int, setting: Setting) -> list[Completion]:
    """Returns completions of the term under the cursor, at most `MOST` values; [] between terms or for an unknown
    field."""
    token = next((found for found in tokens(text) if found.start() <= cursor <= found.end()), None)
    if token is None:
        return []
    typed = text[token.start() : cursor]
    found = re.fullmatch(r"(-?[a-z0-9]+)(<=|>=|[:=<>])(.*)", typed, re.I | re.S)
    before, after = text[: token.start()], text[token.end() :]
    if found is None:
        sign = "-" if typed.startswith("-") else ""
        return [
            _completed(before, sign + word, after, shown)
            for word, shown in _terms(typed.removeprefix("-").lower(), setting)
        ]
    about = field_named(found[1].removeprefix("-"))
    if about is None:
        return []
    start, _, last = found[3].rpartition(",")
    part = last.lstrip('"').casefold()
    head = f"{found[1]}{found[2]}{start}{',' if start else ''}"
    fitting = [one for one in _values(about, setting) if part in one[0].casefold() and one[0].casefold() != part]
    fitting.sort(key=lambda one: not one[0].casefold().startswith(part))
    return [_completed(before, head + _in_quotes(value), after, shown) for value, shown in fitting[:MOST]]


def _completed(before: str, token: str, after: str, shown: str) -> Completion:
    # A value is complete, so a space follows; a field waits for its value.
    ending = "" if token[-1:] in ":<>=" or after.startswith(" ") else " "
    done = before + token + ending
    return Completion(shown, done + after, len(done))


def _terms(typed: str, setting: Setting) -> list[tuple[str, str]]:
    if not typed:
        return []
    names = [(f"{about}:", MEANINGS.get(about, "")) for about in Field if about is not Field.WORDS]
    found = [(name, f"{name} {meaning}".strip()) for name, meaning in names if name.startswith(typed)]
    return [(flag, flag) for flag in flags(setting) if flag.startswith(typed) and flag != typed] + found


def _values(about: Field, setting: Setting) -> list[tuple[str, str]]:
    if about in DATES:
        words = ["today", "week", "month", "year", "fri", "+5wd" if about is Field.DUE else "-5wd", f"{setting.today}"]
        return [(word, word) for word in (*words, NONE, ANY)]
    if about is Field.DEADLINE:
        return [(kind.value, f"{kind.value}  {kind.label}") for kind in DeadlineKind]
    if about in CLOSED_WORDS:
        return [(word.value, word.value) for word in CLOSED_WORDS[about]] + [(NONE, NONE), (ANY, ANY)]
    own = [ME] if about in (Field.OFFICER, Field.INVESTIGATOR) else []
    return [(word, word) for word in (*own, *setting.known.get(about, ()), NONE, ANY)]


def _in_quotes(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if re.search(r'[\s,"]', value) else value
