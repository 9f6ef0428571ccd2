"""Investigators: their open and late cases, and all that one person holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from feedback_tui.desk.filters.case_filter import OPEN_STATUSES
from feedback_tui.desk.filters.text_match_sql import same_word
from feedback_tui.desk.queue.owed_kinds import AIMS, DUE_BY
from feedback_tui.desk.queue.queue_row import days_of, working_days_left
from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.desk.tables import CASE, CHASE, DEADLINE, STAGE
from feedback_tui.enums import DeadlineKind, DeadlineState, Status
from feedback_tui.models.inputs.stages import Allocation
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.lifecycle.investigator import UNDER_WAY
from feedback_tui.rules.restricted_access import shown_summary
from feedback_tui.storage.register import Register

K = DeadlineKind
THEIRS = (K.DRAFT, K.CHASE, *AIMS, *DUE_BY)
"""The kinds of deadline that an investigator is late with while no draft has been received."""

BOTH, OFFICER, INVESTIGATOR = PARTS = ("both", "officer", "investigator")
"""Whether someone holds a case as its officer, as its investigator, or both."""


@dataclass(frozen=True)
class LateCase:
    """A case that an investigator is late with: no draft was received, and a date that depends on it has passed."""

    reference: str
    investigator: str
    deadline: DeadlineKind
    """The kind that passed first."""
    due_on: date
    days_late: int
    """Working days since `due_on`."""
    response_due_on: date | None
    """The earliest response date that has not passed, or None."""
    chased: int
    """How often the investigator was chased at this stage."""
    last_chased_on: date | None
    summary: str


@dataclass(frozen=True)
class Investigator:
    """An investigator, the number of their open cases, and those they are late with, latest first."""

    name: str
    open: int
    late: tuple[LateCase, ...]


@dataclass(frozen=True)
class Held:
    """A case that someone holds, and whether as its officer, its investigator, or both."""

    reference: str
    status: Status
    as_officer: bool
    as_investigator: bool


def investigators(register: Register, today: date) -> list[Investigator]:
    """Returns everyone who investigates an open case that the reader may open; those with most late cases first."""
    rows = _read(register)
    by_name: dict[str, list[Any]] = {}
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(row["investigator"].casefold(), row["investigator"])
        by_name.setdefault(row["investigator"].casefold(), []).append(row)
    found = []
    for key, theirs in by_name.items():
        late = _late(register, theirs, today)
        found.append(Investigator(names[key], len({row["reference"] for row in theirs}), tuple(late)))
    return sorted(found, key=lambda one: (-len(one.late), one.name.casefold()))


def late_cases(register: Register, name: str, today: date) -> list[LateCase]:
    """Returns the cases that this investigator is late with, earliest due date first. Upper and lower case are
    ignored."""
    found = [one for one in investigators(register, today) if one.name.casefold() == name.strip().casefold()]
    return [case for one in found for case in one.late]


def held_by(register: Register, name: str) -> list[Held]:
    """Returns every open case that this person has as officer, or investigates while no response was sent."""
    investigates = same_word(STAGE.c.investigator, name)
    query = (
        select(CASE.c.reference, CASE.c.status, CASE.c.officer, STAGE.c.investigator)
        .join(STAGE, and_(STAGE.c.case_id == CASE.c.id, STAGE.c.number == CASE.c.stage_number))
        .where(CASE.c.status.in_(OPEN_STATUSES))
        .where(same_word(CASE.c.officer, name) | and_(investigates, _unanswered(), open_to_reader()))
        .order_by(CASE.c.reference_key)
    )
    key = name.strip().casefold()
    with register.reading() as session:
        rows = session.execute(query, reader_value(register.reader)).mappings().all()
    return [
        Held(
            row["reference"],
            row["status"],
            row["officer"].casefold() == key,
            (row["investigator"] or "").casefold() == key and row["status"] in UNDER_WAY,
        )
        for row in rows
    ]


def handing_over(
    held: Sequence[Held], to: str, on: date, as_what: str = BOTH, reason: str = ""
) -> list[tuple[str, Allocation]]:
    """Returns (reference, allocation) for each case to hand over to `to`, in the parts that `as_what` names."""
    moves = []
    for case in held:
        officer = to if case.as_officer and as_what != INVESTIGATOR else ""
        investigator = to if case.as_investigator and as_what != OFFICER else ""
        if officer or investigator:
            given = Allocation(on=on, officer=officer, investigator=investigator, reason=reason)
            moves.append((case.reference, given))
    return moves


def mail_to(name: str, late: Sequence[LateCase], next_on: date, *, with_summaries: bool = False) -> str:
    """Returns the text of a mail: references and dates; case summaries only with `with_summaries`."""
    lines = [f"Dear {name}", "", "Your draft is awaited in these cases:", ""]
    for case in late:
        about = f" ({case.summary})" if with_summaries and case.summary else ""
        days = f"{case.days_late} working day{'' if case.days_late == 1 else 's'} late"
        due = f"; the response is due by {long_date(case.response_due_on)}" if case.response_due_on else ""
        lines.append(f"- {case.reference}{about}: {_what(case.deadline)} {long_date(case.due_on)}, {days}{due}")
    lines += ["", f"Please send each draft, or tell us why it is late and when it comes, by {long_date(next_on)}."]
    return "\n".join(lines)


def _what(kind: DeadlineKind) -> str:
    return {K.DRAFT: "draft due", K.CHASE: "asked for by"}.get(kind, "response due")


def _unanswered() -> Any:
    return CASE.c.status.in_(UNDER_WAY)


def _read(register: Register) -> list[Any]:
    """Returns each open deadline of each case under investigation; a case without a deadline is returned once."""
    chases = _chases()
    query = (
        select(
            CASE.c.reference,
            CASE.c.summary,
            CASE.c.restricted_to,
            CASE.c.officer,
            STAGE.c.investigator,
            STAGE.c.draft_received_on,
            CASE.c.procedure,
            CASE.c.procedure_version,
            DEADLINE.c.kind,
            DEADLINE.c.due_on,
            func.coalesce(chases.c.chased, 0).label("chased"),
            chases.c.last_chased_on,
        )
        .join(STAGE, and_(STAGE.c.case_id == CASE.c.id, STAGE.c.number == CASE.c.stage_number))
        .outerjoin(DEADLINE, and_(DEADLINE.c.case_id == CASE.c.id, DEADLINE.c.state == DeadlineState.OPEN))
        .outerjoin(chases, and_(chases.c.case_id == CASE.c.id, chases.c.stage_number == CASE.c.stage_number))
        .where(CASE.c.status.in_(UNDER_WAY), STAGE.c.investigator.is_not(None), STAGE.c.investigator != "")
        .where(open_to_reader())
        .order_by(CASE.c.reference_key, DEADLINE.c.due_on)
    )
    with register.reading() as session:
        return list(session.execute(query, reader_value(register.reader)).mappings().all())


def _chases() -> Any:
    last = func.max(CHASE.c.chased_on).label("last_chased_on")
    each = (CHASE.c.case_id, CHASE.c.stage_number)
    return select(*each, func.count().label("chased"), last).group_by(*each).subquery()


def _late(register: Register, rows: Sequence[Any], today: date) -> list[LateCase]:
    by_case: dict[str, list[Any]] = {}
    for row in rows:
        if row["draft_received_on"] is None and row["kind"] in THEIRS:
            by_case.setdefault(row["reference"], []).append(row)
    late = []
    for reference, owed in by_case.items():
        passed = [row for row in owed if row["due_on"] < today]
        if not passed:
            continue
        first = passed[0]
        coming = [row["due_on"] for row in owed if row["due_on"] >= today and row["kind"] in (*AIMS, *DUE_BY)]
        left = working_days_left(days_of({**first, "deadline": first["kind"]}, register), today, first["due_on"])
        late.append(
            LateCase(
                reference,
                first["investigator"],
                first["kind"],
                first["due_on"],
                -(left or 0),
                min(coming, default=None),
                first["chased"],
                first["last_chased_on"],
                shown_summary(first["summary"], first["restricted_to"], first["officer"], register.reader),
            )
        )
    return sorted(late, key=lambda case: (case.due_on, case.reference))
