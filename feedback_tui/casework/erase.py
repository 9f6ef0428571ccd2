"""Erasure: removes all personal text of a case for good. Dates, findings, figures and events stay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select as sql_select
from sqlmodel import Session, SQLModel, col, func, select

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import date_problems, laws_of_case, refuse_problems, require
from feedback_tui.casework.errors import Problem, StepNotAllowed
from feedback_tui.enums import DeadlineState, Kind, Outcome, Status, StepKey
from feedback_tui.models.base import is_personal
from feedback_tui.models.case import Case, Stage
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.event import Words
from feedback_tui.models.inputs.stages import Erasure, Reason
from feedback_tui.models.people import Party, Person
from feedback_tui.models.tables import TABLES
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.erasure_right import WHAT_TO_ANSWER, why_it_does_not_hold
from feedback_tui.rules.findings import standing_outcome
from feedback_tui.rules.procedures import Retention
from feedback_tui.storage.audit.change_capture import table_of
from feedback_tui.storage.backend.addresses import register_file
from feedback_tui.storage.backend.server_timeouts import long_work
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.maintenance.backup import Why, backup
from feedback_tui.storage.maintenance.erased_cases import (
    Erased,
    erased_of,
    keep_list,
    note_erased,
    open_copy,
    recorded,
    unerased,
)
from feedback_tui.storage.maintenance.restore import Restored, restore
from feedback_tui.storage.maintenance.vacuum_erased import is_file, leave_no_trace
from feedback_tui.storage.register import Register
from feedback_tui.storage.unit_of_work import UnitOfWork

BY_RULE, ASKED, RESTORED = "kept long enough", "asked", "restored from a backup"
"""Why text was erased, as the event records it."""


@dataclass(frozen=True)
class DueForErasure:
    """A case whose retention period under the profile has ended."""

    reference: str
    kind: Kind
    ended_on: date
    kept_until: date
    texts: int
    """How many texts would be erased."""
    owes: bool
    """Whether it still has an open deadline; then it is not erased yet."""
    keeping_review_on: date | None = None
    """For a case marked “do not destroy”, which is not erased: the day on which the mark is to be reviewed; else
    None."""

    @property
    def goes(self) -> bool:
        """Whether its text would be erased now."""
        return not self.owes and self.keeping_review_on is None


@dataclass(frozen=True)
class ErasedNow:
    """The result of an erasure."""

    references: tuple[str, ...]
    texts: int
    """How many texts were erased."""


@long_work()
def erase(actor: Actor, reference: str, given: Reason, seen: int | None = None) -> StepResult:
    """Erases the text of one closed case. It cannot be undone.

    `erase_for_good` also removes the traces in the file. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.ERASE, actor)
        _require_nothing_owed(work, case)
        problems = date_problems(
            "on", "The erasure", given.on, actor.today, not_before=case.closed_on, before="the closing"
        )
        if not given.reason:
            problems.append(Problem("reason", "Give the reason: who asked for it, or which rule. Name no one in it."))
        why_not = _no_right(actor, case, given.on)
        nevertheless = given.nevertheless if isinstance(given, Erasure) else ""
        if why_not is not None and not nevertheless:
            asked = "To erase it nevertheless, say why (--nevertheless); name no one in it."
            problems.append(Problem("nevertheless", f"{why_not} {WHAT_TO_ANSWER} {asked}"))
        refuse_problems(problems)
        _erase(work, case, given.on, ASKED, given.reason, nevertheless if why_not is not None else "")
    return done(case)


def _no_right(actor: Actor, case: Case, on: date) -> str | None:
    """Returns a sentence that says why nobody has a right to the erasure of a case on the day `on`; None if there may
    be such a right, as for a case logged in error."""
    if case.closed_on is None or case.status is Status.VOID:
        return None
    profile = actor.register.profile
    outcome = standing_outcome((row.number, row.outcome, row.responded_on is not None) for row in case.stages)
    kept_until = profile.retention.kept_until(case.kind, case.closed_on, outcome)
    return why_it_does_not_hold(case.kind, laws_of_case(case, profile), kept_until, on)


@long_work()
def erase_for_good(actor: Actor, reference: str, given: Reason, seen: int | None = None) -> StepResult:
    """Erases the text of one closed case, and its traces in the database.

    Raises StepNotAllowed, InvalidInput; RegisterError if the text was erased but the database could not be rewritten.
    """
    erased = erase(actor, reference, given, seen)
    if not actor.rehearsing:
        _make_sure(actor.register)
    return erased


def due_for_erasure(register: Register, today: date) -> list[DueForErasure]:
    """Returns the cases whose retention period has ended, the earliest first."""
    with register.reading() as session:
        found = [
            DueForErasure(
                each.reference, each.kind, each.ended_on, each.until, *_stands(session, each.id), each.keeping_review_on
            )
            for each in _due(session, register.profile.retention, today)
        ]
    return sorted(found, key=lambda due: (due.kept_until, due.reference))


@long_work()
def erase_due(actor: Actor) -> ErasedNow:
    """Erases, in one transaction, the text of every case whose retention period has ended, that has no open deadline
    and is not marked “do not destroy”.

    Raises RegisterError if the text was erased but the database could not be rewritten.
    """
    erased, texts = list[str](), 0
    with actor.transaction() as work:
        for due in _due(work.session, actor.register.profile.retention, actor.today):
            held, owes = _stands(work.session, due.id)
            if owes or due.keeping_review_on is not None:
                continue
            _erase(work, work.session.get_one(Case, due.id), actor.today, BY_RULE)
            erased.append(due.reference)
            texts += held
    if not actor.rehearsing:
        _make_sure(actor.register)
    return ErasedNow(tuple(sorted(erased)), texts)


def restore_backup(file: Path, where: str, actor_for: Callable[[Register], Actor]) -> Restored:
    """Replaces the register by a backup, as ``storage.maintenance.restore`` does.

    Cases that were erased since are erased in the copy first, by the officer of `actor_for`.
    """
    gone = erased_of(where)
    keep_list(register_file(where), gone)
    return restore(file, where, prepare=lambda fresh: _erase_again(fresh, gone, actor_for) if gone else None)


def erased_from(register: Register) -> list[Erased]:
    """Returns all cases ever erased from a register, in the order of its record. The list holds no personal data."""
    with register.reading() as session:
        return list(recorded(session.connection()).values())


@long_work()
def erase_again(actor: Actor, listed: Collection[Erased]) -> ErasedNow:
    """Erases the cases in `listed` again if they have text in this register, for use after an older copy was put back.

    Raises RegisterError if the text was erased but the database could not be rewritten.
    """
    with actor.register.reading() as session:
        there = unerased(session.connection(), {each.begun: each for each in listed})
        texts = sum(_stands(session, case_id)[0] for case_id in there)
    if there and not actor.rehearsing:
        with actor.transaction() as work:
            _erase_listed(work, there)
        _make_sure(actor.register)
    return ErasedNow(tuple(sorted(each.reference for each in there.values())), texts)


def _erase_listed(work: UnitOfWork, there: Mapping[int, Erased]) -> None:
    for case_id, erased in sorted(there.items()):
        _erase(work, work.session.get_one(Case, case_id), erased.on, RESTORED)


def _erase_again(fresh: Path, gone: dict[str, Erased], actor_for: Callable[[Register], Actor]) -> None:
    with open_copy(fresh) as register:
        with register.reading() as session:
            there = unerased(session.connection(), gone)
        if not there:
            return
        with actor_for(register).transaction() as work:
            _erase_listed(work, there)
        leave_no_trace(register)


def _erase(work: UnitOfWork, case: Case, on: date, why: str, reason: str = "", nevertheless: str = "") -> None:
    """Clears all columns with personal text, and deletes the texts that the events name."""
    for row in _rows_with_words(work.session, case):
        for column in _WORDS[type(row)]:
            if getattr(row, column):
                setattr(row, column, None if table_of(type(row)).columns[column].nullable else "")
    if not case.status.is_open:
        # A backup may hold it from before it was closed: then it stays open, without its text.
        case.erased_on = on
    work.record(
        StepKey.ERASE,
        case,
        on,
        from_status=case.status,
        reason=reason,
        details={"why": why, "nevertheless": nevertheless or None},
    )
    work.erase_words(case)


_WORDS: dict[type[SQLModel], list[str]] = {
    model: names
    for model in TABLES
    if (names := [column.key for column in table_of(model).columns if is_personal(column)])
}
"""The columns with personal text, by model."""


def _rows_with_words(session: Session, case: Case) -> Iterator[SQLModel]:
    """Yields the rows of a case with personal text. A person who is also in another case is not
    erased, only unlinked."""
    for model in _WORDS:
        if model is Case:
            yield case
        elif model is Person:
            yield from _people(session, case)
        else:
            yield from session.exec(select(model).where(table_of(model).c.case_id == case.id)).all()


def _people(session: Session, case: Case) -> Iterator[Person]:
    for party in case.parties:
        if party.person is None:
            continue
        others = select(Party.id).where(Party.person_id == party.person_id, Party.case_id != case.id).limit(1)
        if session.exec(others).first() is None:
            yield party.person
        else:
            party.person = None


def _make_sure(register: Register) -> None:
    """Updates the list of erased cases, rewrites the database, and makes a backup without the text. Raises
    RegisterError if the database cannot be rewritten or no backup can be made; the text is erased all the same."""
    if is_file(register):
        note_erased(register)
    try:
        leave_no_trace(register)
    except RegisterError as error:
        raise RegisterError(
            f"The words were erased, but what held them could not be made anew without their traces: {error} "
            "Run feedback-tui erase once more when no one else works."
        ) from error
    if is_file(register):
        backup(register, why=Why.ERASURE)


@dataclass(frozen=True)
class _Due:
    id: int
    reference: str
    kind: Kind
    ended_on: date
    until: date
    keeping_review_on: date | None


def _due(session: Session, rule: Retention, today: date) -> list[_Due]:
    table = table_of(Case)
    columns = (table.c.id, table.c.reference, table.c.kind, table.c.closed_on, table.c.changed_at)
    query = sql_select(*columns, table.c.keeping_review_on).where(
        table.c.status.in_([Status.CLOSED, Status.VOID]), table.c.erased_on.is_(None)
    )
    outcomes = _outcomes(session) if rule.outcomes else {}
    found = []
    for case_id, reference, kind, closed_on, changed_at, keeping_review_on in session.execute(query):
        # A case logged in error has no closing date; its last change was that marking.
        ended_on = closed_on or changed_at.date()
        until = rule.kept_until(kind, ended_on, outcomes.get(case_id))
        if until <= today:
            found.append(_Due(case_id, reference, kind, ended_on, until, keeping_review_on))
    return found


def _outcomes(session: Session) -> dict[int, Outcome | None]:
    """Returns the final outcome of each case that has one, by the id of the case."""
    table = table_of(Stage)
    query = sql_select(table.c.case_id, table.c.number, table.c.outcome, table.c.responded_on.is_not(None))
    stages: dict[int, list[tuple[int, Outcome | None, bool]]] = {}
    for case_id, *stage in session.execute(query.where(table.c.outcome.is_not(None))):
        stages.setdefault(case_id, []).append(tuple(stage))
    return {case_id: standing_outcome(rows) for case_id, rows in stages.items()}


def _stands(session: Session, case_id: int) -> tuple[int, bool]:
    """Returns how many texts a case has, and whether it has an open deadline."""
    texts = session.exec(
        select(func.count()).select_from(Words).where(Words.case_id == case_id, col(Words.text).is_not(None))
    ).one()
    return texts, _owed(session, case_id) is not None


def _owed(session: Session, case_id: int | None) -> Deadline | None:
    query = select(Deadline).where(Deadline.case_id == case_id, Deadline.state == DeadlineState.OPEN)
    return session.exec(query.order_by(col(Deadline.due_on)).limit(1)).first()


def _require_nothing_owed(work: UnitOfWork, case: Case) -> None:
    owed = _owed(work.session, case.id)
    if owed is not None:
        raise StepNotAllowed(
            f"{case.reference} – not possible: it still owes something ({owed.kind.label}, {long_date(owed.due_on)}). "
            "Record that first; what is erased can be taken no further."
        )
