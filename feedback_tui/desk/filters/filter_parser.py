"""Parses a filter as officers type it: ``team:north overdue theme:charging due<fri -officer:me "no carer"``.

A term is a field, a sign and values: ``:`` contains, ``=`` is exactly, ``<`` ``<=`` ``>`` ``>=`` compare dates. Quotes
keep spaces together; commas separate values, one of which must match; ``none`` and ``any`` test whether there is a
value; ``-`` before a term negates it. Anything that is not a term is searched for as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from feedback_tui.desk.filters.case_filter import (
    CLOSED_WORDS,
    DATES,
    LONGEST_VALUE,
    MOST_TERMS,
    OPEN_STATUSES,
    CaseFilter,
    Field,
    How,
    Term,
    Value,
)
from feedback_tui.enums import DeadlineKind
from feedback_tui.rules import months
from feedback_tui.rules.dates import NotADate, typed_date
from feedback_tui.rules.working_days import WorkingCalendar
from feedback_tui.text import one_line, safe_text
from feedback_tui.vocabulary import Word

F = Field
OTHER_NAMES = {
    "ref": F.REFERENCE, "proc": F.PROCEDURE, "sub": F.SUBCATEGORY, "cat": F.CATEGORY, "name": F.PERSON,
    "who": F.PERSON, "customer": F.PERSON, "inv": F.INVESTIGATOR, "remedy": F.REMEDY, "stage2": F.OUTCOME_2,
    "owed": F.DEADLINE,
}  # fmt: skip
"""Other accepted names of a field."""
ME = "me"
NONE, ANY = "none", "any"
_QUOTED = r'"(?:[^"]|"")*(?:"|$)'
_TOKEN = re.compile(rf'-?[a-z0-9]+(?:<=|>=|[:=<>])(?:[^\s"]|{_QUOTED})*|-?{_QUOTED}|\S+', re.I)
_PARTS = re.compile(r"(-?)([a-z0-9]+)(<=|>=|[:=<>])(.*)", re.I | re.S)
_VALUE = re.compile(r'"((?:[^"]|"")*)(?:"|$)|([^,"]+)')


@dataclass(frozen=True)
class Setting:
    """What typed text depends on: the officer, the day, and the values in use in the register."""

    today: date
    calendar: WorkingCalendar
    officer: str
    known: Mapping[Field, Sequence[str]] = field(default_factory=dict)
    """The values in use by field; a field that is missing accepts any value."""

    @property
    def sunday(self) -> date:
        """The last day of this week."""
        return self.today + timedelta(days=6 - self.today.weekday())


@dataclass(frozen=True)
class Trouble:
    """A term that was not understood, as typed, and why. It is left out of the filter unless `kept`."""

    typed: str
    why: str
    kept: bool = False

    def __str__(self) -> str:
        return f"“{one_line(self.typed, 40)}”: {self.why}"


@dataclass(frozen=True)
class ReadFilter:
    """The filter that was understood, and the terms that were not."""

    wanted: CaseFilter
    troubles: tuple[Trouble, ...] = ()


class _NotUnderstood(ValueError):
    pass


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Yields the pieces of a filter: terms, words, and quoted text."""
    return _TOKEN.finditer(text)


def flags(setting: Setting) -> dict[str, Term]:
    """Returns the words that are terms by themselves."""
    today = setting.today
    return {
        "overdue": Term(F.DUE, How.BEFORE, (today,)),
        "today": Term(F.DUE, How.IS, (today,)),
        "week": Term(F.DUE, How.WITHIN, (today, setting.sunday)),
        "unallocated": Term(F.INVESTIGATOR, How.NONE),
        "mine": Term(F.OFFICER, How.IS, (setting.officer,)),
        "open": Term(F.STATUS, How.IS, OPEN_STATUSES),
    }


def read_filter(text: str, setting: Setting) -> ReadFilter:
    """Returns the filter that `text` means. Never raises: a term that is not understood is reported, and the others
    remain. Stops after `MOST_TERMS` terms."""
    terms: list[Term] = []
    troubles: list[Trouble] = []
    known_flags = flags(setting)
    for found in tokens(safe_text(text)):
        typed = found.group()
        if len(terms) >= MOST_TERMS:
            troubles.append(Trouble(typed, f"more than {MOST_TERMS} terms"))
            break
        try:
            term, doubt = _term(typed, setting, known_flags)
        except _NotUnderstood as error:
            troubles.append(Trouble(typed, str(error)))
            continue
        if doubt:
            troubles.append(Trouble(typed, doubt, kept=True))
        if term is not None and term not in terms:
            terms.append(term)
    return ReadFilter(CaseFilter(tuple(terms)), tuple(troubles))


def field_named(name: str) -> Field | None:
    """Returns the field with this name or other name, or the only one that begins with it (three letters or more); None
    otherwise."""
    plain = name.lower()
    if plain in OTHER_NAMES:
        return OTHER_NAMES[plain]
    fitting = [one for one in Field if one.value.startswith(plain)]
    if any(one.value == plain for one in fitting):
        return Field(plain)
    return fitting[0] if len(fitting) == 1 and len(plain) >= 3 else None


def values_in(text: str) -> list[str]:
    """Returns the values after a sign: split at commas, quotes removed, each cut to `LONGEST_VALUE`."""
    found = []
    for value in _VALUE.finditer(text):
        given = value[1].replace('""', '"') if value[1] is not None else value[2].strip()
        if given:
            found.append(given[:LONGEST_VALUE])
    return found


def closed_words(one: Field, typed: str) -> list[Word]:
    """Returns the words of a closed vocabulary that `typed` can mean: the exact word, else those that begin with it,
    else those with a part that begins with it; [] if none."""
    plain, vocabulary = _plain(typed), list(CLOSED_WORDS[one])
    very = [word for word in vocabulary if plain in _names(word)]
    begun = [word for word in vocabulary if any(name.startswith(plain) for name in _names(word))]
    within = [word for word in vocabulary if any(f" {plain}" in name for name in _names(word))]
    if plain and (very or begun or within):
        return very or begun or within
    try:
        return [CLOSED_WORDS[one].read(typed)]
    except ValueError:
        return []


def _names(word: Word) -> list[str]:
    return [_plain(word.value), *([_plain(word.label)] if isinstance(word, DeadlineKind) else [])]


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]|_", " ", text.casefold()).split())


def _term(typed: str, setting: Setting, known_flags: Mapping[str, Term]) -> tuple[Term | None, str]:
    bare = typed.removeprefix("-")
    negated = bare != typed
    if bare.lower() in known_flags:
        flag = known_flags[bare.lower()]
        return Term(flag.field, flag.how, flag.values, negated), ""
    found = _PARTS.fullmatch(typed)
    if found is None:
        words = values_in(bare) if bare[:1] in '"“”' else [bare[:LONGEST_VALUE]]
        if not words or not words[0].strip():
            return None, ""
        return Term(F.WORDS, How.HAS, (words[0],), negated), ""
    about = field_named(found[2])
    if about is None:
        raise _NotUnderstood(f"there is no term “{found[2]}:”; in quotes it is looked for as words")
    return _of_field(about, found[3], found[4], negated, setting)


def _of_field(about: Field, sign: str, rest: str, negated: bool, setting: Setting) -> tuple[Term | None, str]:
    values = values_in(rest)
    if not values:
        raise _NotUnderstood(f"a value is missing; write {about}{sign}{_example(about)}")
    quoted = rest[:1] in '"“”'
    if not quoted and values[0].lower() in (NONE, ANY) and len(values) == 1 and sign in ":=":
        return Term(about, How.NONE if values[0].lower() == NONE else How.ANY, (), negated), ""
    if about in DATES:
        return Term(about, *_days(about, sign, values, setting), negated), ""
    if sign not in ":=":
        raise _NotUnderstood(f"{sign} is for dates; write {about}:{values[0]}")
    if about in CLOSED_WORDS:
        return Term(about, How.IS, _closed(about, values), negated), ""
    return _open(about, sign, values, negated, setting)


def _closed(about: Field, values: list[str]) -> tuple[Value, ...]:
    found: list[Value] = []
    for value in values:
        words: list[Word] = list(OPEN_STATUSES) if (about, value.lower()) == (F.STATUS, "open") else []
        words = words or closed_words(about, value)
        if not words:
            raise _NotUnderstood(f"“{one_line(value, 30)}” is none of {', '.join(CLOSED_WORDS[about])}")
        found += [word for word in words if word not in found]
    return tuple(found)


def _open(about: Field, sign: str, values: list[str], negated: bool, setting: Setting) -> tuple[Term, str]:
    how = How.IS if sign == "=" else How.HAS
    if about in (F.OFFICER, F.INVESTIGATOR) and [value.lower() for value in values] == [ME]:
        return Term(about, How.IS, (setting.officer,), negated), ""
    known = setting.known.get(about)
    if known is None:
        return Term(about, how, tuple(values), negated), ""
    plain = {word.lower() for word in known}
    if about in (F.PROCEDURE, F.GROUP, F.VERSION) and all(value.lower() in plain for value in values):
        # “formal” is part of “informal”: a full name means exactly that procedure.
        how = How.IS
    doubt = ""
    for value in values:
        if not any(value.lower() == word if how is How.IS else value.lower() in word for word in plain):
            some = ", ".join(one_line(word, 30) for word in list(known)[:4])
            there = f"; there is {some}{' …' if len(known) > 4 else ''}" if some else ""
            doubt = f"no {about} {'is' if how is How.IS else 'has'} “{one_line(value, 30)}”{there}"
    return Term(about, how, tuple(values), negated), doubt


def _days(about: Field, sign: str, values: list[str], setting: Setting) -> tuple[How, tuple[Value, ...]]:
    if len(values) > 1:
        raise _NotUnderstood(f"one date at a time; a span is written {about}:2026-04-01..2026-04-30")
    first, last = _span(about, values[0], setting)
    match sign:
        case "<":
            return How.BEFORE, (first,)
        case "<=":
            return How.UP_TO, (last,)
        case ">":
            return How.AFTER, (last,)
        case ">=":
            return How.FROM, (first,)
    return (How.IS, (first,)) if first == last else (How.WITHIN, (first, last))


def _span(about: Field, typed: str, setting: Setting) -> tuple[date, date]:
    """Returns the first and last day of a date, week, month, quarter, year or span. Raises _NotUnderstood."""
    plain = typed.strip().lower()
    if ".." in plain:
        one, _, other = plain.partition("..")
        first, last = _span(about, one, setting)[0], _span(about, other, setting)[1]
        if last < first:
            raise _NotUnderstood("it ends before it begins")
        return first, last
    monday = setting.today - timedelta(days=setting.today.weekday())
    if plain == "week":
        return monday, setting.sunday
    if plain == "month":
        plain = f"{setting.today:%Y-%m}"
    if plain == "year":
        plain = months.year_of(setting.today).label
    try:
        if found := re.fullmatch(r"(\d{4}[/-]\d{2})[ -]?q([1-4])", plain):
            span = months.quarter(months.reporting_year(found[1]), int(found[2]))
            return span.start, span.end
        if re.fullmatch(r"\d{4}/(\d{2}|\d{4})", plain):
            span = months.reporting_year(plain)
            return span.start, span.end
        if re.fullmatch(r"\d{4}-\d{2}", plain):
            span = months.month(plain)
            return span.start, span.end
        day = typed_date(typed, setting.today, setting.calendar, future=about is F.DUE)
    except NotADate as error:
        raise _NotUnderstood(f"not a date: {error.why}") from None
    except ValueError as error:
        raise _NotUnderstood(str(error)) from None
    return day, day


def _example(about: Field) -> str:
    if about in DATES:
        return "fri" if about is F.DUE else "2026-04-01"
    if about in CLOSED_WORDS:
        return _quoted(next(iter(CLOSED_WORDS[about])))
    return {F.OFFICER: "me", F.TEAM: "north"}.get(about, "…")


# Writing filters


def write_filter(wanted: CaseFilter) -> str:
    """Returns a filter as an officer could type it; `read_filter` gives the same filter again."""
    return " ".join(_written(term) for term in wanted.terms)


def _written(term: Term) -> str:
    sign = "-" if term.negated else ""
    if term.field is F.STATUS and term.how is How.IS and term.values == OPEN_STATUSES:
        return f"{sign}open"
    if term.field is F.WORDS and term.how in (How.HAS, How.IS):
        return sign + _quoted(str(term.values[0]), word=True)
    if term.how in (How.NONE, How.ANY):
        return f"{sign}{term.field}:{NONE if term.how is How.NONE else ANY}"
    values = [value.isoformat() if isinstance(value, date) else _quoted(value) for value in term.values]
    if term.how is How.WITHIN:
        return f"{sign}{term.field}:{values[0]}..{values[1]}"
    plain = term.how is How.HAS or (term.how is How.IS and (term.field in DATES or term.field in CLOSED_WORDS))
    return f"{sign}{term.field}{':' if plain else str(term.how)}{','.join(values)}"


def _quoted(value: str, *, word: bool = False) -> str:
    """Returns a value, in quotes if it needs them."""
    risky = not value or re.search(r'[\s,"]', value) or value.lower() in (NONE, ANY, ME)
    if word:
        risky = risky or value.startswith("-") or _PARTS.fullmatch(value) or value.lower() in _FLAG_WORDS
    return '"' + value.replace('"', '""') + '"' if risky else value


_FLAG_WORDS = frozenset({"overdue", "today", "week", "unallocated", "mine", "open"})
