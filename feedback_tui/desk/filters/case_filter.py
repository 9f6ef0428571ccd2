"""The filter of cases. The `/` terms, the figures of the year and the lists behind them all use it.

A filter is a list of terms that must all hold. A term has a field, a test and values; one matching value is enough.
`filter_parser` reads and writes the typed form, `case_filter_sql` makes conditions. Dates are real dates here: the
parser has already resolved `due<fri`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from feedback_tui.enums import Authority, ClosingReason, DeadlineKind, Kind, OmbudsmanDecision, Outcome, Role, Status
from feedback_tui.rules.months import Span
from feedback_tui.vocabulary import Word

Value = str | date
LONGEST_VALUE, MOST_TERMS = 200, 40


class Field(StrEnum):
    """What a term is about, by the name that officers type."""

    KIND = "kind"
    STATUS = "status"
    REFERENCE = "reference"
    PROCEDURE = "procedure"
    GROUP = "group"
    VERSION = "version"
    TEAM = "team"
    PROVIDER = "provider"
    CATEGORY = "category"
    SUBCATEGORY = "subcategory"
    THEME = "theme"
    CHANNEL = "channel"
    ROLE = "role"
    AUTHORITY = "authority"
    PERSON = "person"
    OFFICER = "officer"
    INVESTIGATOR = "investigator"
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATED = "investigated"
    RESPONDED = "responded"
    CLOSED = "closed"
    OUTCOME = "outcome"
    OUTCOME_2 = "outcome2"
    REASON = "reason"
    OMBUDSMAN = "ombudsman"
    DECISION = "decision"
    DECIDED = "decided"
    DEADLINE = "deadline"
    DUE = "due"
    REMEDY = "redress"
    LEARNING = "learning"
    SOURCE = "source"
    WORDS = "words"


class How(StrEnum):
    """How a field is tested, by the sign that officers type."""

    HAS = ":"  # open vocabulary: contains the text; closed vocabulary: is this word
    IS = "="  # is this word, ignoring upper and lower case
    BEFORE = "<"
    UP_TO = "<="
    AFTER = ">"
    FROM = ">="
    WITHIN = ".."  # both ends included
    NONE = "none"  # nothing is recorded
    ANY = "any"  # something is recorded


@dataclass(frozen=True)
class Term:
    """One condition."""

    field: Field
    how: How
    values: tuple[Value, ...] = ()
    negated: bool = False


CLOSED_WORDS: dict[Field, type[Word]] = {
    Field.KIND: Kind,
    Field.STATUS: Status,
    Field.ROLE: Role,
    Field.AUTHORITY: Authority,
    Field.OUTCOME: Outcome,
    Field.OUTCOME_2: Outcome,
    Field.REASON: ClosingReason,
    Field.DECISION: OmbudsmanDecision,
    Field.DEADLINE: DeadlineKind,
}
"""The fields whose values come from a closed vocabulary."""
DATES = frozenset(
    {
        Field.RECEIVED,
        Field.ACKNOWLEDGED,
        Field.INVESTIGATED,
        Field.RESPONDED,
        Field.CLOSED,
        Field.OMBUDSMAN,
        Field.DECIDED,
        Field.DUE,
    }
)
"""The fields that hold dates. `investigated` is the start of stage 1's investigation, `responded` the day of its
response, `ombudsman` the day the Ombudsman's letter came."""
OWED = frozenset({Field.DEADLINE, Field.DUE})
"""The fields about what is owed. They are tested on each row of the queue, not on the case as a whole."""


@dataclass(frozen=True)
class CaseFilter:
    """The terms that must all hold; without terms, every case matches."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __and__(self, other: CaseFilter) -> CaseFilter:
        return CaseFilter((*self.terms, *(term for term in other.terms if term not in self.terms)))

    def without(self, *fields: Field) -> CaseFilter:
        """Returns the filter without the terms about these fields."""
        return CaseFilter(tuple(term for term in self.terms if term.field not in fields))

    def about(self, *fields: Field) -> tuple[Term, ...]:
        """Returns the terms about these fields."""
        return tuple(term for term in self.terms if term.field in fields)


OPEN_STATUSES = tuple(status for status in Status if status.is_open)
IS_OPEN = CaseFilter((Term(Field.STATUS, How.IS, OPEN_STATUSES),))
NOT_VOID = CaseFilter((Term(Field.STATUS, How.IS, (Status.VOID,), negated=True),))
EVERY = CaseFilter()


def having(field: Field, *values: Value) -> CaseFilter:
    """Returns a filter for cases with exactly one of these words, or this date, in a field; without a value, for cases
    with nothing recorded there."""
    return CaseFilter((Term(field, How.IS, values) if values else Term(field, How.NONE),))


def lacking(field: Field, *values: Value) -> CaseFilter:
    """Returns a filter for cases with none of exactly these words in a field."""
    return CaseFilter((Term(field, How.IS, values, negated=True),))


def during(field: Field, span: Span) -> CaseFilter:
    """Returns a filter for cases with a date within a span, both ends included."""
    return CaseFilter((Term(field, How.WITHIN, (span.start, span.end)),))


def dated(field: Field, how: How, day: date) -> CaseFilter:
    """Returns a filter for cases with a date before, up to, after or from `day`."""
    return CaseFilter((Term(field, how, (day,)),))


def counted(**fields: Any) -> CaseFilter:
    """Returns a filter from fields by name: ``counted(kind=Kind.COMPLAINT, team="North", received=span)``. All must
    match exactly. None means that nothing is recorded, a Span any day within it, several values any of them."""
    found = EVERY
    for name, value in fields.items():
        field = Field(name)
        if value is None:
            found &= having(field)
        elif isinstance(value, Span):
            found &= during(field, value)
        elif isinstance(value, str | date):
            found &= having(field, value)
        else:
            assert isinstance(value, Iterable)
            found &= having(field, *value)
    return found
