"""The mapping of a council's own list with other headings: proposing it, showing it, reading and writing its file.

The file is TOML, kept beside the list. It says which heading is which column of the register, the format of dates if
the list has its own, and which word of the list means which word of the register. Nothing else is guessed.
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from feedback_tui.enums import Kind
from feedback_tui.exchange.date_headings import date_meant, is_due, is_question, words_of
from feedback_tui.models.register_row import EVERY_COLUMN, REQUIRED
from feedback_tui.plain_error import PlainError
from feedback_tui.text import one_line

DATES = tuple(column for column in EVERY_COLUMN if column.endswith("_on") or column == "extended_to")
_PARTS = {"YYYY": "%Y", "YY": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "M": "%m", "DD": "%d", "D": "%d"}
_PART = re.compile("|".join(sorted(_PARTS, key=len, reverse=True)))
_KNOWN_AS: dict[str, tuple[str, ...]] = {
    "reference": (
        "ref",
        "ref no",
        "reference number",
        "reference no",
        "case ref",
        "case reference",
        "case number",
        "id",
    ),
    "kind": ("type", "feedback type", "type of feedback", "contact type"),
    "procedure": ("process", "complaint type", "stage type"),
    "received_on": (
        "received",
        "date received",
        "received date",
        "date of receipt",
        "date in",
        "date rec'd",
        "date recd",
    ),
    "channel": ("method", "how received", "received by", "contact method", "source"),
    "customer_name": ("customer", "service user", "client", "client name", "service user name", "person"),
    "correspondent_name": (
        "complainant",
        "complainant name",
        "name of complainant",
        "name",
        "contact name",
        "enquirer",
    ),
    "correspondent_role": ("relationship", "complainant type", "who complained", "role"),
    "team": ("service", "service area", "service area/team", "department", "team responsible"),
    "provider": ("care provider", "agency", "provider name"),
    "category": ("complaint category", "subject", "reason", "nature of complaint", "cause"),
    "theme": ("themes",),
    "description": ("details", "summary", "complaint", "complaint details", "description of complaint", "issue"),
    "acknowledged_on": ("acknowledged", "date acknowledged", "acknowledgement date", "ack date"),
    "investigation_started_on": (
        "investigation started",
        "investigation start date",
        "date investigation started",
        "date allocated",
        "allocated",
    ),
    "investigating_officer": ("investigator", "io", "investigating manager", "allocated to", "responding officer"),
    "responded_on": ("responded", "date responded", "response date", "date of response", "response sent"),
    "extended_to": (
        "extended",
        "extension date",
        "new due date",
        "new deadline",
        "extended due date",
        "extended deadline",
        "revised due date",
        "revised deadline",
        "revised target date",
    ),
    "review_requested_on": ("stage 2 requested", "stage 2 request date", "date stage 2 requested", "review requested"),
    "outcome": ("decision", "result", "finding"),
    "closed_on": ("closed", "date closed", "closed date"),
    "closing_reason": ("reason closed", "reason for closure"),
    "learning": ("lessons", "lessons learned", "lessons learnt", "learning outcome"),
    "learning_area": ("area of learning",),
    "action": ("actions", "actions taken", "action taken"),
    "action_due_on": ("action due", "action due date", "action target date", "action deadline"),
    "action_done_on": ("action done", "action completed", "action completed on", "date action completed"),
    "remedy": ("redress", "remedies"),
    "remedy_amount": ("amount", "compensation", "payment"),
    "ombudsman_received_on": ("lgsco received", "ombudsman received", "lgo received"),
    "ombudsman_decision": ("lgsco decision", "lgo decision"),
    "ombudsman_decided_on": ("lgsco decision date", "ombudsman decision date"),
}
"""Names that councils use for the columns."""
_EXACT = {
    " ".join(words_of(name)): column
    for column in reversed(EVERY_COLUMN)
    for name in (*_KNOWN_AS.get(column, ()), column.replace("_", " "))
}
_NO_DATES = tuple(name for name, column in _EXACT.items() if column not in DATES)
NEAR = 0.84
"""The least similarity (0 to 1) at which a heading is proposed for a column."""


class BadMapping(PlainError):
    """A mapping that cannot be used; the message says what is wrong and what would be right."""


@dataclass(frozen=True)
class Headings:
    """The mapping of a council's list."""

    columns: Mapping[str, str]
    """Each heading with its column of the register; "" leaves it out."""
    dates: str = ""
    """The format of dates, as ``DD.MM.YYYY``; "" for that of the register."""
    sheet: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By column: the words of the list, each with the register's word."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """The value of a column in every row, if the list does not have the column."""
    by_kind: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The same for rows of one kind, such as the procedure of complaints."""

    def heading(self, column: str) -> str:
        """Returns the list's heading for a column of the register; the column's own name if there is none."""
        return next((heading for heading, meant in self.columns.items() if meant == column), column)

    def row(self, cells: Mapping[str, str]) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
        """Returns a row of the list as register values by column, and its problems: (column, value, message)."""
        found = dict(self.fixed)
        wrong: list[tuple[str, str, str]] = []
        for heading, text in cells.items():
            column = self.columns.get(heading, "")
            if not column or not text.strip():
                continue
            known = self.words.get(column, {})
            text = known.get(_plain(text), text)
            if column in DATES and self.dates:
                try:
                    text = ";".join(self._day(part) for part in text.split(";"))
                except ValueError:
                    wrong.append((column, text, f"is not a date as {self.dates}, the format that the mapping states"))
            found[column] = text
        for column, text in self.by_kind.get(_plain(found.get("kind", "")), {}).items():
            found.setdefault(column, text)
        return found, wrong

    def _day(self, text: str) -> str:
        plain = text.strip()
        if not plain or re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain):  # date cells of a spreadsheet have this form
            return plain
        pattern = _PART.sub(lambda part: _PARTS[part[0]], self.dates)
        return datetime.strptime(plain, pattern).replace(tzinfo=UTC).date().isoformat()


def proposed(headings: Sequence[str]) -> Headings:
    """Returns a proposed mapping of these headings for the council to check. Unclear headings are left out.

    Exact names come first, then dates understood word by word, then similar names.
    """
    columns = dict.fromkeys(headings, "")
    for reading in (_exactly, date_meant, _nearly):
        for heading in headings:
            column = "" if columns[heading] else reading(heading)
            if column and column not in columns.values():
                columns[heading] = column
    return Headings(columns)


def left_out(found: Headings) -> str:
    """Returns a sentence about the headings that are not read; "" if all are."""
    out = [heading for heading, column in found.columns.items() if not column]
    due = [heading for heading in out if is_due(heading)]
    rest = [heading for heading in out if heading not in due]
    said = []
    if rest:
        said.append(f"Left out: {_listed(rest)}.")
    if due:
        said.append(
            f"Left out, as days by which something was due and not days on which it was done: {_listed(due)}. "
            "The program counts its own."
        )
    return " ".join(said)


def _listed(headings: Sequence[str]) -> str:
    return ", ".join(f"“{one_line(heading, 40)}”" for heading in headings)


def in_toml(found: Headings) -> str:
    """Returns the text of the mapping's file."""
    lines = [
        "# How the columns of this list are read. Correct it, and keep it beside the list.",
        "",
        '# The format of its dates, from D DD M MM MMM YY YYYY: "DD.MM.YYYY". Empty: YYYY-MM-DD or DD/MM/YYYY only.',
        f"dates = {json.dumps(found.dates)}",
        "# The sheet of a spreadsheet; empty: the first.",
        f"sheet = {json.dumps(found.sheet, ensure_ascii=False)}",
        "",
        '# Its heading = the column of the register; "" leaves it out. The columns are:',
        *_wrapped(EVERY_COLUMN),
        "[columns]",
        *(
            f"{json.dumps(heading, ensure_ascii=False)} = {json.dumps(column)}{'' if column else _why_not(heading)}"
            for heading, column in found.columns.items()
        ),
        "",
        "# What the list does not say, the same for every row.",
        "[fixed]",
        *(f"{column} = {json.dumps(text, ensure_ascii=False)}" for column, text in found.fixed.items()),
        *(() if found.fixed else ('# kind = "complaint"',)),
        "",
        "# The same for the rows of one kind, where they do not say it themselves.",
        *(() if found.by_kind else ("# [for.complaint]", '# procedure = "statutory-adult"')),
    ]
    for kind, texts in found.by_kind.items():
        lines += [
            f"[for.{kind}]",
            *(f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in texts.items()),
        ]
    lines += ["", "# Its words for words of the register, a table a column."]
    for column, words in found.words.items():
        lines += [
            f"[words.{column}]",
            *(f"{json.dumps(a, ensure_ascii=False)} = {json.dumps(b)}" for a, b in words.items()),
        ]
    if not found.words:
        lines += ["# [words.outcome]", '# "Justified" = "upheld"']
    return "\n".join(lines) + "\n"


def _why_not(heading: str) -> str:
    return "  # a day by which it was due, not the day on which it was done" if is_due(heading) else ""


def read_mapping(path: Path) -> Headings:
    """Returns the mapping in a file. Raises BadMapping with everything that is wrong."""
    try:
        given = tomllib.loads(path.expanduser().read_text("utf-8"))
    except OSError as error:
        raise BadMapping(f"{path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadMapping(f"{path} is not TOML: {one_line(str(error), 100)}.") from None
    if wrong := _problems(given):
        listed = "\n".join(f"  {line}" for line in wrong)
        raise BadMapping(f"{path} cannot be used; nothing was imported.\n{listed}")
    words = {
        column: {_plain(word): meant for word, meant in table.items()}
        for column, table in given.get("words", {}).items()
    }
    by_kind = {_plain(kind): table for kind, table in given.get("for", {}).items()}
    return Headings(
        given["columns"], given.get("dates", ""), given.get("sheet", ""), words, given.get("fixed", {}), by_kind
    )


def missing(found: Headings, headings: Sequence[str]) -> list[str]:
    """Returns sentences about why a list with these headings cannot be read by the mapping; [] if it can."""
    said = [
        f"“{one_line(heading, 40)}” is in the mapping and not in the list."
        for heading in found.columns
        if heading not in headings
    ]
    said += [
        f'“{one_line(heading, 40)}” is in the list and not in the mapping: add it, with "" to leave it out.'
        for heading in headings
        if heading not in found.columns
    ]
    for column in REQUIRED:
        if column not in found.columns.values() and column not in found.fixed:
            said.append(f"No heading is {column}, and there is no case without it: name one, or give it under [fixed].")
    return said


def _problems(given: Mapping[str, Any]) -> list[str]:
    """Returns what is wrong with a mapping; its columns are checked only if its tables have the right form."""
    return list(_shape_problems(given)) or list(_column_problems(given))


def _shape_problems(given: Mapping[str, Any]) -> Iterable[str]:
    for key in given.keys() - {"columns", "dates", "sheet", "fixed", "for", "words"}:
        yield f"“{one_line(key, 40)}” is none of columns, dates, sheet, fixed, for, words."
    for key in ("dates", "sheet"):
        if not isinstance(given.get(key, ""), str):
            yield f"{key} is a text."
    tables: dict[str, object] = {"columns": given.get("columns"), "fixed": given.get("fixed", {})}
    for key in ("for", "words"):
        below = given.get(key, {})
        tables |= {f"{key}.{name}": each for name, each in below.items()} if isinstance(below, dict) else {key: below}
    for name, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(each, str) for each in table.values()):
            yield f"[{name}] is a table of texts."


def _column_problems(given: Mapping[str, Any]) -> Iterable[str]:
    if why := _wrong_format(given.get("dates", "")):
        yield why
    used: dict[str, str] = {}
    for heading, column in given["columns"].items():
        if column in used:
            yield f"“{one_line(heading, 40)}” and “{one_line(used[column], 40)}” are both {column}: one of them can be."
        if column:
            used[column] = heading
    fixed, by_kind = given.get("fixed", {}), given.get("for", {})
    for column in (*used, *fixed, *given.get("words", {}), *(name for table in by_kind.values() for name in table)):
        if column not in EVERY_COLUMN:
            near = difflib.get_close_matches(column, EVERY_COLUMN, n=1)
            did_you_mean = f": did you mean {near[0]}?" if near else "."
            yield f"“{one_line(column, 40)}” is no column of the register{did_you_mean}"
    for column in fixed:
        if column in used:
            yield f"{column} is fixed, and “{one_line(used[column], 40)}” says it as well: one of them can."
    for kind in by_kind:
        if _plain(kind) not in tuple(Kind):
            yield f"[for.{one_line(kind, 40)}]: that is no kind of feedback; use {', '.join(Kind)}."


def _wrong_format(text: str) -> str:
    if not text:
        return ""
    parts = _PART.findall(text)
    kinds = sorted(part[0] for part in parts)
    if kinds != ["D", "M", "Y"] or re.search(r"[A-Za-z%]", _PART.sub("", text)):
        return (
            f"“{one_line(text, 40)}” is no format of a date: write one day, month and year, as DD.MM.YYYY or D MMM YY."
        )
    return ""


def _exactly(heading: str) -> str:
    """Returns the column that this heading names exactly, or ""."""
    column = _EXACT.get(" ".join(words_of(heading)), "")
    return "" if column in DATES and is_question(heading) else column


def _nearly(heading: str) -> str:
    """Returns the column with a similar name, or "". Never a date, because a letter or two distinguish the day
    something was done from the day it was due."""
    words = words_of(heading)
    if "date" in words or is_due(heading):
        return ""
    near = difflib.get_close_matches(" ".join(words), _NO_DATES, n=1, cutoff=NEAR)
    return _EXACT[near[0]] if near else ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _wrapped(words: Sequence[str]) -> Iterable[str]:
    line = "#"
    for word in words:
        if len(line) + len(word) > 110:
            yield line
            line = "#"
        line += f" {word},"
    yield line.rstrip(",")


def as_text(value: object) -> str:
    """Returns a spreadsheet cell as the register writes it: dates as YYYY-MM-DD, whole numbers without a decimal
    point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
