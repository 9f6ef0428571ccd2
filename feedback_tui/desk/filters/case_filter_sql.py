"""The terms of a filter as conditions of a statement. A statement is built once for a shape of filter, and run with its
values.

A condition refers only to `feedback_case`, whatever else a statement reads; points, stages and parties are tested by
EXISTS. So different rows may match different terms: `team:north theme:charging` finds a case with one point of team
North and another about charging.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, String, Table, and_, bindparam, exists, false, func, not_, or_

from feedback_tui.desk.filters.case_filter import CLOSED_WORDS, DATES, OWED, CaseFilter, Field, How, Term
from feedback_tui.desk.filters.text_match import pattern
from feedback_tui.desk.filters.text_match_sql import contains, same_word
from feedback_tui.desk.restricted import open_to_reader
from feedback_tui.desk.tables import CASE, LEARNING, OMBUDSMAN, PARTY, POINT, REMEDY, STAGE
from feedback_tui.enums import Part
from feedback_tui.rules.procedures import Profile
from feedback_tui.storage.search.name_index import PERSON_NAME, has_part, name_pattern
from feedback_tui.text import folded

Condition = ColumnElement[bool]
Check = Callable[[ColumnElement[Any]], Condition]
SHAPES_KEPT = 200
"""How many statements are kept: more than the shapes of filter typed in a day."""
SHOWN_OF_RESTRICTED = DATES | {Field.REFERENCE, Field.KIND, Field.STATUS, Field.OFFICER, Field.WORDS}
"""The fields by which anyone may filter a restricted case. WORDS searches only these in such a case."""
PATH = " > "
"""The separator between a category and its sub-category, and between a procedure and its version."""


@dataclass(frozen=True)
class TermShape:
    """Everything about a term that its statement depends on: all but its values."""

    field: Field
    how: How
    values: int
    negated: bool


Shape = tuple[TermShape, ...]


def shape_of(wanted: CaseFilter) -> Shape:
    """Returns the shape of a filter: everything that decides its SQL, but not the values, which are parameters."""
    return tuple(TermShape(term.field, term.how, len(term.values), term.negated) for term in wanted.terms)


def values_of(wanted: CaseFilter) -> dict[str, object]:
    """Returns the bound values for the statement of this filter."""
    found: dict[str, object] = {}
    for number, term in enumerate(wanted.terms):
        for place, value in enumerate(term.values):
            found[_name(number, place)] = _sent(term, value)
            if term.field in (Field.PERSON, Field.WORDS):
                found[_folded_name(number, place)] = _sent_folded(term, value)
    return found


def settled(wanted: CaseFilter, profile: Profile) -> CaseFilter:
    """Returns the filter with groups of procedures replaced by the procedures in them."""
    return CaseFilter(tuple(_settled(term, profile) if term.field is Field.GROUP else term for term in wanted.terms))


def _settled(term: Term, profile: Profile) -> Term:
    if term.how in (How.NONE, How.ANY):
        return Term(Field.PROCEDURE, term.how, (), term.negated)
    asked = [str(value).lower() for value in term.values]
    keys = tuple(
        procedure.key
        for procedure in profile.procedures
        if any(
            value == procedure.group.lower() or (term.how is How.HAS and value in procedure.group.lower())
            for value in asked
        )
    )
    return Term(Field.PROCEDURE, How.IS, keys, term.negated)


def _sent(term: Term, value: object) -> object:
    if term.how is How.HAS and term.field not in CLOSED_WORDS and term.field not in DATES:
        return pattern(str(value))
    return value if term.field in DATES else str(value)


def _sent_folded(term: Term, value: object) -> str:
    """Returns the value folded as names are compared."""
    return name_pattern(str(value)) if term.how is How.HAS else folded(str(value)).replace(" ", "")


@dataclass(frozen=True)
class Owed:
    """The columns of one owed item that terms about it are tested on."""

    due_on: ColumnElement[Any]
    deadline: ColumnElement[Any]


def of_the_case(shape: Shape) -> list[Condition]:
    """Returns the conditions on the case: all terms except those about what is owed."""
    return [
        _turned(term, _may_be_asked(term.field, _FIELDS[term.field](_check(number, term))))
        for number, term in enumerate(shape)
        if term.field not in OWED
    ]


def _may_be_asked(about: Field, found: Condition) -> Condition:
    """Returns the condition restricted to cases the reader may open, unless every list shows this field anyway."""
    return found if about in SHOWN_OF_RESTRICTED else and_(found, open_to_reader())


def of_what_is_owed(shape: Shape, row: Owed) -> list[Condition]:
    """Returns the conditions on one row of the queue."""
    return [
        _turned(term, _check(number, term)(_owed_column(term, row)))
        for number, term in enumerate(shape)
        if term.field in OWED
    ]


def of_any_row(shape: Shape, row: Owed) -> tuple[list[Condition], list[Condition]]:
    """Returns the terms about what is owed for a case as a whole: those that one row must meet together, and those that
    no row may meet, each by itself."""
    must: list[Condition] = []
    may_not: list[Condition] = []
    for number, term in enumerate(shape):
        if term.field in OWED:
            turned = term.negated != (term.how is How.NONE)
            (may_not if turned else must).append(_check(number, term)(_owed_column(term, row)))
    return must, may_not


def names_deadlines(shape: Shape) -> bool:
    """Returns whether the filter names kinds of deadline. Then all open deadlines are searched, not only those in the
    queue."""
    return any(term.field is Field.DEADLINE and not term.negated for term in shape)


def _owed_column(term: TermShape, row: Owed) -> ColumnElement[Any]:
    return row.due_on if term.field is Field.DUE else row.deadline


def _turned(term: TermShape, found: Condition) -> Condition:
    """Returns the condition, negated for `none` or a negated term; both together cancel out. NULL counts as not
    matching."""
    if term.negated != (term.how is How.NONE):
        return not_(func.coalesce(found, false()))
    return found


def _name(number: int, place: int) -> str:
    return f"term_{number}_{place}"


def _folded_name(number: int, place: int) -> str:
    return f"{_name(number, place)}_folded"


def _check(number: int, term: TermShape) -> Check:
    """Returns the test of a column. For `none` it tests for a value; `_turned` then negates it."""

    def check(column: ColumnElement[Any]) -> Condition:
        if column is PERSON_NAME.c.folded:
            return _check_name(number, term)
        given = [bindparam(_name(number, place), type_=_type(column, term)) for place in range(term.values)]
        match term.how:
            case How.NONE | How.ANY:
                return column.is_not(None) if term.field not in _TEXTS else and_(column.is_not(None), column != "")
            case How.BEFORE:
                return column < given[0]
            case How.UP_TO:
                return column <= given[0]
            case How.AFTER:
                return column > given[0]
            case How.FROM:
                return column >= given[0]
            case How.WITHIN:
                return column.between(given[0], given[1])
        # `=` even for closed words, so that an index of the column can be used.
        if term.field in DATES or term.field in CLOSED_WORDS:
            return or_(false(), *(column == value for value in given))
        if term.how is How.HAS:
            return or_(false(), *(contains(column, value) for value in given))
        return or_(false(), *(same_word(column, value) for value in given))

    return check


def _check_name(number: int, term: TermShape) -> Condition:
    """Returns the test of a person's name, compared as folded; one matching value is enough."""
    given = [bindparam(_folded_name(number, place), type_=String()) for place in range(term.values)]
    if term.how in (How.NONE, How.ANY):
        return PERSON_NAME.c.folded != ""
    if term.how is How.HAS:
        return or_(false(), *map(has_part, given))
    return or_(false(), *(func.replace(PERSON_NAME.c.folded, " ", "") == value for value in given))


def _type(column: ColumnElement[Any], term: TermShape) -> Any:
    return column.type if term.field in DATES or term.field in CLOSED_WORDS else String()


_TEXTS = frozenset(Field) - DATES - CLOSED_WORDS.keys()


def _own(column: ColumnElement[Any]) -> Callable[[Check], Condition]:
    return lambda check: check(column)


def _one(table: Table, column: str, *beside: Callable[[FromClause], Condition]) -> Callable[[Check], Condition]:
    """Returns the condition that the case has a row of `table` that passes."""

    def found(check: Check) -> Condition:
        row = table.alias()
        return exists().where(row.c.case_id == CASE.c.id, *(one(row) for one in beside), check(row.c[column]))

    return found


def _ombudsman_came(check: Check) -> Condition:
    """The day of the Ombudsman's enquiry; for an approach without one, of the query or the first contact."""
    row = OMBUDSMAN.alias()
    came_on = func.coalesce(row.c.received_on, row.c.query_on, row.c.first_contact_on)
    return exists().where(row.c.case_id == CASE.c.id, check(came_on))


def _of_stage(number: ColumnElement[int] | int) -> Callable[[FromClause], Condition]:
    return lambda row: row.c.number == number


def _subcategory(check: Check) -> Condition:
    """Matches a sub-category by name, or by its path ``Category > Sub-category``."""
    row = POINT.alias()
    path = row.c.category + PATH + row.c.subcategory
    return exists().where(row.c.case_id == CASE.c.id, or_(check(row.c.subcategory), check(path)))


def _person(check: Check) -> Condition:
    return exists().where(PERSON_NAME.c.case_id == CASE.c.id, check(PERSON_NAME.c.folded)).correlate(CASE)


def _words(check: Check) -> Condition:
    """Returns the condition that `check` holds for the case's reference, officer, kind or status; or for its summary,
    investigator, the name of a person, or the team, provider, category or theme of a point. The latter are compared
    only in cases that the reader may open."""
    point, stage = POINT.alias(), STAGE.alias()
    about = (point.c.team, point.c.provider, point.c.category, point.c.subcategory, point.c.theme)
    pointed = exists().where(point.c.case_id == CASE.c.id, or_(*(check(column) for column in about)))
    current = and_(stage.c.case_id == CASE.c.id, stage.c.number == CASE.c.stage_number)
    investigated = exists().where(current, check(stage.c.investigator))
    own = (CASE.c.reference, CASE.c.officer, CASE.c.kind, CASE.c.status)
    within = or_(check(CASE.c.summary), investigated, _person(check), pointed)
    return or_(*(check(column) for column in own), and_(within, open_to_reader()))


_CURRENT = _of_stage(CASE.c.stage_number)
_FIELDS: Mapping[Field, Callable[[Check], Condition]] = {
    Field.KIND: _own(CASE.c.kind),
    Field.STATUS: _own(CASE.c.status),
    Field.REFERENCE: _own(CASE.c.reference),
    Field.PROCEDURE: _own(CASE.c.procedure),
    Field.VERSION: _own(CASE.c.procedure + PATH + func.coalesce(CASE.c.procedure_version, "1")),
    Field.TEAM: _one(POINT, "team"),
    Field.PROVIDER: _one(POINT, "provider"),
    Field.CATEGORY: _one(POINT, "category"),
    Field.SUBCATEGORY: _subcategory,
    Field.THEME: _one(POINT, "theme"),
    Field.CHANNEL: _own(CASE.c.channel),
    Field.ROLE: _one(PARTY, "role", lambda row: row.c.part == Part.COMPLAINANT),
    Field.AUTHORITY: _one(PARTY, "authority"),
    Field.PERSON: _person,
    Field.OFFICER: _own(CASE.c.officer),
    Field.INVESTIGATOR: _one(STAGE, "investigator", _CURRENT),
    Field.RECEIVED: _own(CASE.c.received_on),
    Field.ACKNOWLEDGED: _own(CASE.c.acknowledged_on),
    Field.INVESTIGATED: _one(STAGE, "investigation_started_on", _of_stage(1)),
    Field.RESPONDED: _one(STAGE, "responded_on", _of_stage(1)),
    Field.CLOSED: _own(CASE.c.closed_on),
    Field.OUTCOME: _one(STAGE, "outcome", _of_stage(1)),
    Field.OUTCOME_2: _one(STAGE, "outcome", _of_stage(2)),
    Field.REASON: _own(CASE.c.closing_reason),
    Field.OMBUDSMAN: _ombudsman_came,
    Field.DECISION: _one(OMBUDSMAN, "decision"),
    Field.DECIDED: _one(OMBUDSMAN, "decided_on"),
    Field.REMEDY: _one(REMEDY, "kind"),
    Field.LEARNING: _one(LEARNING, "area"),
    Field.SOURCE: _own(CASE.c.compliment_source),
    Field.WORDS: _words,
}
"""How each field is tested. GROUP is replaced by procedures before (`settled`); DEADLINE and DUE are tested on a
row."""
