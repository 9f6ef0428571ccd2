"""A filter read by another road: every case in memory, every term tried on it in plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from feedback_tui.desk.filters.case_filter import CLOSED_WORDS, DATES, OWED, CaseFilter, Field, How, Term
from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_row import QueueRow
from feedback_tui.enums import Part
from feedback_tui.models.case import Case
from feedback_tui.storage.register import Register
from feedback_tui.text import folded

F = Field


class Name(str):
    """A person's name: compared without capitals, accents, punctuation and spaces."""

    @property
    def plain(self) -> str:
        return folded(self).replace(" ", "")


@dataclass(frozen=True)
class PlainCase:
    """A case with everything that a term may ask of it."""

    case_id: int
    reference: str
    fields: dict[Field, list[object]]
    owed: list[QueueRow]
    every_deadline: list[QueueRow]


def plain_cases(register: Register, today: date) -> list[PlainCase]:
    """Every case of a register."""
    owed = queue(register, today)
    every = queue(register, today, QueueFilter(every_deadline=True))
    groups = {procedure.key: procedure.group for procedure in register.profile.procedures}
    with register.reading() as session:
        return [
            PlainCase(
                case.id or 0,
                case.reference,
                _fields(case, groups),
                [row for row in owed if row.case_id == case.id and row.deadline],
                [row for row in every if row.case_id == case.id and row.deadline],
            )
            for case in session.exec(select(Case).order_by(col(Case.received_on).desc(), col(Case.id).desc()))
        ]


def _fields(case: Case, groups: dict[str, str]) -> dict[Field, list[object]]:
    current = next((stage for stage in case.stages if stage.number == case.stage_number), None)
    stages = {stage.number: stage for stage in case.stages}
    first, second = stages.get(1), stages.get(2)
    people = [Name(party.person.name) for party in case.parties if party.person]
    points = case.points
    found: dict[Field, list[object]] = {
        F.KIND: [case.kind],
        F.STATUS: [case.status],
        F.REFERENCE: [case.reference],
        F.PROCEDURE: [case.procedure],
        F.VERSION: [f"{case.procedure} > {case.procedure_version or 1}" if case.procedure else None],
        F.GROUP: [groups.get(case.procedure or "")],
        F.TEAM: [point.team for point in points],
        F.PROVIDER: [point.provider for point in points],
        F.CATEGORY: [point.category for point in points],
        F.SUBCATEGORY: [
            name
            for point in points
            if point.subcategory
            for name in (point.subcategory, f"{point.category} > {point.subcategory}")
        ],
        F.THEME: [point.theme for point in points],
        F.CHANNEL: [case.channel],
        F.ROLE: [party.role for party in case.parties if party.part is Part.COMPLAINANT],
        F.AUTHORITY: [party.authority for party in case.parties],
        F.PERSON: list(people),
        F.OFFICER: [case.officer],
        F.INVESTIGATOR: [current and current.investigator],
        F.RECEIVED: [case.received_on],
        F.ACKNOWLEDGED: [case.acknowledged_on],
        F.INVESTIGATED: [first and first.investigation_started_on],
        F.RESPONDED: [first and first.responded_on],
        F.CLOSED: [case.closed_on],
        F.OUTCOME: [first and first.outcome],
        F.OUTCOME_2: [second and second.outcome],
        F.REASON: [case.closing_reason],
        F.OMBUDSMAN: [record.received_on for record in case.ombudsman],
        F.DECISION: [record.decision for record in case.ombudsman],
        F.DECIDED: [record.decided_on for record in case.ombudsman],
        F.REMEDY: [remedy.kind for remedy in case.remedies],
        F.LEARNING: [one.area for one in case.learning],
        F.SOURCE: [case.compliment_source],
    }
    about = [word for point in points for word in (point.team, point.provider, point.category, point.subcategory)]
    found[F.WORDS] = [
        *(case.reference, case.summary, case.officer, case.kind, case.status, current and current.investigator),
        *(*people, *about, *(point.theme for point in points)),
    ]
    return found


def meets(case: PlainCase, wanted: CaseFilter) -> bool:
    """Whether a case meets every term of a filter."""
    own = [term for term in wanted.terms if term.field not in OWED]
    if not all(_met(term, case.fields[term.field]) != term.negated for term in own):
        return False
    of_rows = [term for term in wanted.terms if term.field in OWED]
    rows = case.owed
    if any(term.field is F.DEADLINE and not term.negated for term in of_rows):
        rows = case.every_deadline
    must = [term for term in of_rows if term.negated == (term.how is How.NONE)]
    may_not = [term for term in of_rows if term not in must]
    if must and not any(all(_found(term, _of_row(term, row)) for term in must) for row in rows):
        return False
    return not any(_found(term, _of_row(term, row)) for term in may_not for row in rows)


def row_meets(row: QueueRow, case: PlainCase, wanted: CaseFilter) -> bool:
    """Whether a row of the queue meets every term of a filter."""
    own = CaseFilter(tuple(term for term in wanted.terms if term.field not in OWED))
    of_rows = [term for term in wanted.terms if term.field in OWED]
    return meets(case, own) and all(_met(term, _of_row(term, row)) != term.negated for term in of_rows)


def _of_row(term: Term, row: QueueRow) -> list[object]:
    return [row.due_on if term.field is F.DUE else row.deadline]


def _met(term: Term, given: Iterable[object]) -> bool:
    return _found(term, given) != (term.how is How.NONE)


def _found(term: Term, given: Iterable[object]) -> bool:
    return any(_one(term, value) for value in given if value not in (None, ""))


def _one(term: Term, value: object) -> bool:
    first = term.values[0] if term.values else None
    if isinstance(value, date) and isinstance(first, date):
        match term.how:
            case How.BEFORE:
                return value < first
            case How.UP_TO:
                return value <= first
            case How.AFTER:
                return value > first
            case How.FROM:
                return value >= first
            case How.WITHIN:
                last = term.values[1]
                assert isinstance(last, date)
                return first <= value <= last
    if term.how in (How.NONE, How.ANY):
        return True
    if term.field in DATES or term.field in CLOSED_WORDS:
        return value in term.values
    if isinstance(value, Name):
        parts = [Name(str(one)).plain for one in term.values]
        return any(part and part in value.plain if term.how is How.HAS else part == value.plain for part in parts)
    words = [str(one).lower() for one in term.values]
    return any(word in str(value).lower() if term.how is How.HAS else word == str(value).lower() for word in words)
