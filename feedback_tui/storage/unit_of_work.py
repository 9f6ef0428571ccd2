"""One transaction: the rows that a verb changes and the events that say so are written together, or nothing is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import event as listen
from sqlalchemy import insert, update
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, SQLModel, col

from feedback_tui.models.case import Case
from feedback_tui.models.event import Event, Words
from feedback_tui.storage.bulk import NewCases, last_event
from feedback_tui.storage.capture import Capture
from feedback_tui.storage.chain import event_hash, register_digests
from feedback_tui.storage.changed_rows import ChangedRow, change_rows
from feedback_tui.words import Status, StepKey


@dataclass(frozen=True)
class CaseInBrief:
    """A case of which an event tells, without its row being loaded."""

    id: int
    status: Status


@dataclass(frozen=True)
class _Pending:
    step: StepKey
    case: Case | CaseInBrief | None
    happened_on: date
    from_status: Status | None
    reason: str
    details: Mapping[str, object]


class Work:
    """What a verb works on: a session whose changes are captured, and the events it records.

    A rehearsal runs the same verb on the same rows and writes nothing: it takes no lock and never flushes.
    """

    def __init__(self, session: Session, officer: str, now: datetime, *, rehearsal: bool = False) -> None:
        if now.tzinfo is None:
            raise ValueError("now must say its time zone: what is recorded is recorded in UTC")
        self.session, self.officer, self.now, self.rehearsal = session, officer, now.astimezone(UTC), rehearsal
        self._pending: list[_Pending] = []
        self._capture = Capture(session)
        listen.listen(session, "after_flush", self._capture.after_flush)

    def record(
        self,
        step: StepKey,
        case: Case,
        happened_on: date,
        *,
        from_status: Status | None,
        reason: str = "",
        details: Mapping[str, object] | None = None,
    ) -> None:
        """Records that `step` was done to `case` on `happened_on`. Call it once a case, after the rows were changed.

        `details` are facts for the timeline and hold nobody's personal data; `reason` is kept as words.
        """
        case.changed_at = self.now
        # Two steps in one tick of the clock are two changes: the version rises with each.
        flag_modified(case, "changed_at")
        self._pending.append(_Pending(step, case, happened_on, from_status, reason, _facts(details)))

    def change_rows(self, model: type[SQLModel], rows: Sequence[ChangedRow]) -> None:
        """Changes the same columns of many rows at once; each case of theirs is recorded by `record_in_brief`."""
        if not self.rehearsal:
            change_rows(self.session, self._capture, model, rows, self.now)

    def record_in_brief(
        self, step: StepKey, case: CaseInBrief, happened_on: date, *, details: Mapping[str, object] | None = None
    ) -> None:
        """Records a step that changed a case's rows through `change_rows`; its status stays."""
        self._pending.append(_Pending(step, case, happened_on, case.status, "", _facts(details)))

    def record_register(self, step: StepKey, happened_on: date, *, details: Mapping[str, object] | None = None) -> None:
        """Records a change to the register as a whole: its profile, days off, typed figures.

        The event carries a digest of each of those tables as the transaction leaves them.
        """
        self._pending.append(_Pending(step, None, happened_on, None, "", _facts(details)))

    def erase_words(self, case: Case) -> None:
        """Takes the texts, and the salts that they could be guessed with, that the events of a case have named so far.

        What the verb emptied in the rows is captured first: its digests are the last that is known of those words. A
        reason that is recorded after this stays.
        """
        if self.rehearsal:
            return
        self.session.flush()
        taken = self._capture.take_new_words()
        if taken:
            self.session.execute(insert(Words), taken)
        self.session.execute(update(Words).where(col(Words.case_id) == case.id).values(salt=None, text=None))
        self._capture.forget()

    def new_cases(self) -> NewCases:
        """Where many new cases go, rows and events, faster than one by one through the session."""
        return NewCases(self.session, self._capture, self.officer, self.now)

    def commit(self) -> None:
        """Writes everything, events last, and returns when it is on disk. A rehearsal writes nothing."""
        if self.rehearsal:
            return
        self.session.flush()
        self._write_events()
        if self.session.new or self.session.dirty or self.session.deleted:
            raise RuntimeError("rows were changed after their events were written")
        self.session.commit()

    def _write_events(self) -> None:
        number, previous = last_event(self.session)
        rows: list[dict[str, object]] = []
        for pending in self._pending:
            number += 1
            fields = self._fields(number, pending)
            previous_hash, previous = previous, event_hash(fields, previous)
            rows.append({**fields, "previous_hash": previous_hash, "hash": previous})
        if self._capture.by_case:
            raise RuntimeError(f"cases {sorted(self._capture.by_case)} were changed without an event")
        if self._capture.register_changed and not any(pending.case is None for pending in self._pending):
            raise RuntimeError("the register as a whole was changed without an event")
        if words := self._capture.take_new_words():
            self.session.execute(insert(Words), words)
        if rows:
            self.session.execute(insert(Event), rows)

    def _fields(self, number: int, pending: _Pending) -> dict[str, object]:
        """All columns of the event but its two hashes."""
        case, details, case_id = pending.case, dict(pending.details), None
        if case is None:
            details["tables"] = register_digests(self.session.connection())
        else:
            case_id = case.id
            assert case_id is not None, "a case is flushed before its event is written"
        reason = self._capture.words(pending.reason, case_id) if pending.reason and case_id is not None else None
        return {
            "id": number,
            "case_id": case_id,
            "step": pending.step,
            "happened_on": pending.happened_on,
            "recorded_at": self.now,
            "officer": self.officer,
            "from_status": pending.from_status,
            "to_status": None if case is None else case.status,
            "reason": reason,
            "details": details,
            "changes": [] if case_id is None else self._capture.by_case.pop(case_id, []),
        }


def _facts(details: Mapping[str, object] | None) -> dict[str, object]:
    return {name: value for name, value in (details or {}).items() if value not in (None, "", [], {})}
