"""The cells of the register: how each column is read and written.

A reader takes a cell's text and returns its value. It raises ValueError with what is wrong and what would be right, as
the rest of a sentence that begins with the cell's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from feedback_tui.enums import ClosingReason, Kind, OmbudsmanDecision, Outcome, Role
from feedback_tui.models.inputs.stages import LONGEST_NAME, LONGEST_REFERENCE, LONGEST_WORDS, MOST_POUNDS, no_separator
from feedback_tui.models.register_row import COLUMNS, OPTIONAL, ActionRow, LearningRow, PointRow, RegisterRow, RemedyRow
from feedback_tui.rules.dates import NotADate, register_date
from feedback_tui.rules.findings import FINDINGS
from feedback_tui.rules.procedures import Profile, UnknownProcedure
from feedback_tui.rules.working_days import FIRST_YEAR
from feedback_tui.text import one_line, safe_text
from feedback_tui.vocabulary import UnknownWord, Word

Reader = Callable[[str], Any]
MOST_POSITIONS = 50
"""The most points, remedies, learning or actions of one case."""
MOST_PENCE = 100 * MOST_POUNDS
_AMOUNT = re.compile(r"£?\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?)", re.ASCII)


def done_on(today: date) -> Reader:
    """Returns a reader for the date of something done, which cannot be after today."""

    def read(text: str) -> date:
        day = due_on(text)
        if day > today:
            raise ValueError(f"is after today ({today:%Y-%m-%d}): it is recorded when it has happened")
        return day

    return read


def received_on(today: date) -> Reader:
    """Returns a reader for the date of receipt, which must be in the years with known bank holidays."""
    done = done_on(today)

    def read(text: str) -> date:
        day: date = done(text)
        if day.year < FIRST_YEAR:
            raise ValueError(f"is before {FIRST_YEAR}, from when working days can be counted")
        return day

    return read


def due_on(text: str) -> date:
    """Reads a date, which may be in the future. Raises ValueError."""
    try:
        return register_date(text)
    except NotADate as error:
        raise ValueError(f"is not a date: {error.why}") from None


def closed_word(vocabulary: type[Word]) -> Reader:
    """Returns a reader for a word of a closed vocabulary, which raises ValueError for another."""

    def read(text: str) -> Word:
        try:
            return vocabulary.read(one_line(text))
        except UnknownWord:
            raise ValueError(f"is not {vocabulary.noun()}: use {', '.join(vocabulary)}") from None

    return read


def procedure(profile: Profile) -> Reader:
    """Returns a reader for a procedure's key, ignoring upper and lower case; it raises ValueError for an unknown
    one."""

    def read(text: str) -> str:
        try:
            return profile.procedure(one_line(text)).key
        except UnknownProcedure:
            keys = ", ".join(procedure.key for procedure in profile.procedures)
            raise ValueError(f"is not a procedure of {profile.name}: use {keys}") from None

    return read


def reference(text: str) -> str:
    """Reads a reference. Raises ValueError if it is too long."""
    line = one_line(text)
    if max(len(line), len(line.casefold())) > LONGEST_REFERENCE:
        raise ValueError(f"has more than {LONGEST_REFERENCE} characters: shorten it")
    return line


def line(text: str) -> str:
    """Reads a person's name, as one line. Raises ValueError if it is too long."""
    found = one_line(text)
    if len(found) > LONGEST_NAME:
        raise ValueError(f"has {len(found)} characters: write at most {LONGEST_NAME}")
    return found


def name(text: str) -> str | None:
    """Reads a word of an open vocabulary; None if it is empty. Raises ValueError if it is too long or contains a
    separator."""
    return no_separator(line(text)) or None


def owner(text: str) -> str | None:
    """Reads the owner of an action; None if it is empty. Raises ValueError if it is too long."""
    return line(text) or None


def words(text: str) -> str:
    """Reads free text of any number of lines. Raises ValueError if it is too long."""
    found = safe_text(text).strip()
    if len(found) > LONGEST_WORDS:
        raise ValueError(f"has {len(found)} characters: write at most {LONGEST_WORDS:,}")
    return found


def category(text: str) -> tuple[str | None, str | None]:
    """Reads ``Category`` or ``Category > Sub-category`` as (category, sub-category or None). Raises ValueError."""
    parts = one_line(text).split(" > ")
    if len(parts) > 2:
        raise ValueError("has more than one “ > ”: write Category > Sub-category")
    try:
        head, sub = name(parts[0]), name(parts[1]) if len(parts) == 2 else None
    except ValueError as error:
        raise ValueError(f"{error}: write Category > Sub-category") from None
    return head, sub


def pence(text: str) -> int:
    """Reads an amount in pounds (``250``, ``250.50``, ``£1,250.00``) and returns pence. Raises ValueError."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise ValueError("is not an amount in pounds: write it as 250 or 1,250.50")
    pounds, _, rest = found[1].replace(",", "").partition(".")
    amount = int(pounds) * 100 + int(rest.ljust(2, "0") or 0) if len(pounds) <= 9 else MOST_PENCE + 1
    if amount > MOST_PENCE:
        raise ValueError("is too large an amount")
    return amount


def simple_readers(profile: Profile, today: date) -> dict[str, Reader]:
    """Returns the reader of each column that holds one value."""
    done, outcome = done_on(today), closed_word(Outcome)
    return {
        "reference": reference,
        "kind": closed_word(Kind),
        "procedure": procedure(profile),
        "received_on": received_on(today),
        "channel": name,
        "customer_name": line,
        "correspondent_name": line,
        "correspondent_role": closed_word(Role),
        "description": words,
        "investigation_started_on": done,
        "investigating_officer": owner,
        "acknowledged_on": done,
        "extended_to": due_on,
        "extension_reason": words,
        "extension_told_on": done,
        "responded_on": done,
        "outcome": outcome,
        "review_requested_on": done,
        "review_responded_on": done,
        "review_outcome": outcome,
        "ombudsman_received_on": done,
        "ombudsman_responded_on": done,
        "ombudsman_decided_on": done,
        "ombudsman_decision": closed_word(OmbudsmanDecision),
        "closed_on": done,
        "closing_reason": closed_word(ClosingReason),
        "compliment_source": name,
        "recipient_role": name,
        "summary": line,
        "answered_again_on": done,
        "review_answered_again_on": done,
        "stage_1_skipped_on": done,
        "stage_2_skipped_on": done,
        "stage_3_requested_on": done,
        "stage_3_responded_on": done,
        "stage_3_outcome": outcome,
    }


class BadPosition(ValueError):
    """A problem in one of several columns that are aligned by position."""

    def __init__(self, column: str, value: str, why: str) -> None:
        super().__init__(why)
        self.column, self.value = column, value


class Aligned:
    """Columns whose values are aligned, separated by ``;``: each position describes one item of the case."""

    def __init__(
        self,
        field: str,
        make: Callable[..., Any],
        columns: Mapping[str, tuple[Reader, object]],
        each_its_own: Iterable[str] = (),
    ) -> None:
        """`columns` gives the reader of each column, and its value for an empty position; `make` builds an item from
        one value of each.

        A single value applies to all positions, except in the columns of `each_its_own`.
        """
        self.field, self.columns = field, tuple(columns)
        self._make, self._readers = make, columns
        self._each_its_own = set(each_its_own)
        self._nothing = make(*(empty for _, empty in columns.values()))

    def read(self, texts: Sequence[str]) -> tuple[tuple[Any, ...], list[BadPosition]]:
        """Returns the items in order, and the problems; no items if there are problems.

        A position that is empty in all columns is left out.
        """
        split = {column: text.split(";") for column, text in zip(self.columns, texts, strict=True) if text.strip()}
        size = max(map(len, split.values()), default=0)
        problems: list[BadPosition] = []
        values: list[list[Any]] = []
        for column, (reader, empty) in self._readers.items():
            parts = split.get(column, [""])
            if why := self._misaligned(column, parts, split):
                problems.append(BadPosition(column, ";".join(parts), why))
                continue
            found = [empty] * len(parts)
            for position, part in enumerate(parts):
                if part.strip():
                    try:
                        found[position] = reader(part)
                    except ValueError as error:
                        problems.append(BadPosition(column, part.strip(), str(error)))
            values.append(found * size if len(found) == 1 else found)
        if problems:
            return (), problems
        things = (self._make(*position) for position in zip(*values, strict=True))
        return tuple(thing for thing in things if thing != self._nothing), []

    def _misaligned(self, column: str, parts: list[str], split: Mapping[str, list[str]]) -> str:
        if len(parts) > MOST_POSITIONS:
            return f"has {len(parts)} values: write at most {MOST_POSITIONS}"
        longest = max(split, key=lambda other: len(split[other]), default=column)
        size = len(split.get(longest, parts))
        if len(parts) == size or (len(parts) == 1 and (column not in split or column not in self._each_its_own)):
            return ""
        counted = f"{len(parts)} value{'s' if len(parts) > 1 else ''}"
        right = f"write {size}, separated by “;”, with nothing between them where there is none"
        if column not in self._each_its_own:
            right += ", or a single one for all"
        return f"has {counted}, where {longest} has {size}: {right}"


def _point(
    team: str | None,
    provider: str | None,
    category: tuple[str | None, str | None],
    theme: str | None,
    *findings: Outcome | None,
) -> PointRow:
    return PointRow(team, provider, *category, theme, *findings)


def _finding(text: str) -> Outcome:
    """Reads the finding on a point. Raises ValueError for another word."""
    found = closed_word(Outcome)(text)
    if found not in FINDINGS:
        raise ValueError(f"is not what is found on a point: use {', '.join(FINDINGS)}")
    return Outcome(found)


def aligned_groups(today: date) -> tuple[Aligned, ...]:
    """Returns the groups of columns that are aligned by position."""
    return (
        Aligned(
            "points",
            _point,
            {
                "team": (name, None),
                "provider": (name, None),
                "category": (category, (None, None)),
                "theme": (name, None),
                "findings": (_finding, None),
                "stage_2_findings": (_finding, None),
                "stage_3_findings": (_finding, None),
            },
        ),
        Aligned(
            "remedies",
            RemedyRow,
            {"remedy": (name, None), "remedy_amount": (pence, None)},
            each_its_own=("remedy_amount",),
        ),
        Aligned("learning", LearningRow, {"learning_area": (name, None), "learning": (words, "")}),
        Aligned(
            "actions",
            ActionRow,
            {
                "action": (words, ""),
                "action_owner": (owner, None),
                "action_due_on": (due_on, None),
                "action_done_on": (done_on(today), None),
            },
        ),
    )


def cells(row: RegisterRow) -> list[str]:
    """Returns the text of a row in each of `COLUMNS`, not yet `guarded`."""
    said = {
        "team": _positions([point.team for point in row.points]),
        "provider": _positions([point.provider for point in row.points]),
        "category": _positions([_path(point) for point in row.points]),
        "theme": _positions([point.theme for point in row.points]),
        "remedy": _positions([remedy.kind for remedy in row.remedies]),
        "remedy_amount": _positions([_pounds(remedy.amount_pence) for remedy in row.remedies]),
        "learning_area": _positions([learned.area for learned in row.learning]),
        "learning": _positions([learned.text for learned in row.learning]),
        "action": _positions([action.text for action in row.actions]),
        "action_owner": _positions([action.owner for action in row.actions]),
        "action_due_on": _positions([_text(action.due_on) for action in row.actions]),
        "action_done_on": _positions([_text(action.done_on) for action in row.actions]),
    }
    return [said[column] if column in said else _text(getattr(row, column)) for column in COLUMNS]


def optional_cells(row: RegisterRow) -> list[str]:
    """Returns the text of a row in each of `OPTIONAL`, not yet `guarded`."""
    said = {
        "findings": _positions([point.finding for point in row.points]),
        "stage_2_findings": _positions([point.stage_2_finding for point in row.points]),
        "stage_3_findings": _positions([point.stage_3_finding for point in row.points]),
    }
    return [said[column] if column in said else _text(getattr(row, column)) for column in OPTIONAL]


def _positions(values: Sequence[str | None]) -> str:
    return ";".join(value or "" for value in values) if any(values) else ""


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _path(point: PointRow) -> str:
    return f"{point.category or ''} > {point.subcategory}" if point.subcategory else point.category or ""


def _pounds(amount: int | None) -> str | None:
    return None if amount is None else f"{amount // 100}.{amount % 100:02}"
