"""The unit of work: a verb's changed rows and the events that record them are written in one transaction, or nothing
is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import event as listen
from sqlalchemy import update
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, SQLModel, col

from feedback_tui.enums import Status, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.event import Words
from feedback_tui.storage.audit.change_capture import Capture
from feedback_tui.storage.audit.event_rows import EventRows, Told, changes_text
from feedback_tui.storage.audit.hash_chain import register_digests
from feedback_tui.storage.backend.sqlite_engine import canonical_json
from feedback_tui.storage.bulk.bulk_insert import NewCases
from feedback_tui.storage.bulk.changed_rows import SharedChange, change_rows
from feedback_tui.storage.bulk.inserts import insert_rows
from feedback_tui.storage.change_watch import tell
from feedback_tui.storage.errors import SavedEvent
from feedback_tui.storage.search import name_index, search_index
from feedback_tui.storage.search.search_text import says_otherwise


class CaseInBrief(NamedTuple):
    """The id and status of a case whose row is not loaded, for its event."""

    id: int
    status: Status


class _Pending(NamedTuple):
    """A step to be recorded for these cases; without cases it concerns the whole register."""

    step: StepKey
    cases: Sequence[Case | CaseInBrief]
    happened_on: date
    from_status: Status | None
    """The status before the step; None for a CaseInBrief, whose status does not change."""
    reason: str
    details: Mapping[str, object]


class UnitOfWork:
    """What a verb works on: a session whose changes are captured, and the events to record.

    A rehearsal runs the same verb on the same rows but takes no lock, never flushes and writes nothing.
    """

    def __init__(self, session: Session, officer: str, now: datetime, *, rehearsal: bool = False) -> None:
        if now.tzinfo is None:
            raise ValueError("now must say its time zone: what is recorded is recorded in UTC")
        self.session, self.officer, self.now, self.rehearsal = session, officer, now.astimezone(UTC), rehearsal
        self.committing: SavedEvent | None = None
        """The last event, set just before the commit. If the commit fails, the register is asked whether it has this
        event."""
        self._pending: list[_Pending] = []
        self._new_cases: NewCases | None = None
        self._erased: set[int] = set()
        """Cases whose text was erased from their events."""
        self._capture = Capture(session)
        listen.listen(session, "before_flush", name_index.before_flush)
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
        """Records that `step` was done to `case` on `happened_on`. Call it once for each case, after changing its rows.

        `details` are facts for the timeline and must hold no personal data. `reason` is stored as a text that can be
        erased.
        """
        case.changed_at = self.now
        # Marked as modified even if the time is equal, so that each of two steps within one clock tick raises the
        # version.
        flag_modified(case, "changed_at")
        self._pending.append(_Pending(step, [case], happened_on, from_status, reason, _facts(details)))

    def change_rows(self, model: type[SQLModel], changes: Iterable[SharedChange]) -> None:
        """Changes the same columns of many rows at once; none may hold personal text. Record each case with
        `record_in_brief`."""
        if not self.rehearsal:
            change_rows(self.session, self._capture, model, changes, self.now)

    def record_in_brief(
        self,
        step: StepKey,
        cases: Sequence[CaseInBrief],
        happened_on: date,
        *,
        details: Mapping[str, object] | None = None,
    ) -> None:
        """Records a step that changed rows of these cases through `change_rows` and left their status."""
        if cases:
            self._pending.append(_Pending(step, cases, happened_on, None, "", _facts(details)))

    def record_register(self, step: StepKey, happened_on: date, *, details: Mapping[str, object] | None = None) -> None:
        """Records a change to the whole register: its profile, days off, typed figures or year texts.

        The event carries a digest of each of those tables as the transaction leaves them.
        """
        self._pending.append(_Pending(step, [], happened_on, None, "", _facts(details)))

    def erase_words(self, case: Case) -> None:
        """Deletes the texts, and their salts, that the events of a case have named so far.

        Rows that the verb emptied are captured first, so that their digests stay on record. A reason recorded later is
        kept.
        """
        if self.rehearsal:
            return
        self.session.flush()
        insert_rows(self.session, Words, self._capture.take_new_words())
        self.session.execute(update(Words).where(col(Words.case_id) == case.id).values(salt=None, text=None))
        self._capture.forget()
        if case.id is not None:
            self._erased.add(case.id)

    def new_cases(self) -> NewCases:
        """Returns the collector for many new cases and their events; faster than adding them through the session."""
        self._new_cases = NewCases(self.session, self.officer, self.now)
        return self._new_cases

    def commit(self) -> None:
        """Writes everything, events last, and returns when it is on disk. A rehearsal writes nothing. Raises
        RuntimeError (a bug) if rows were changed after their events were written."""
        if self.rehearsal:
            return
        self.session.flush()
        last = self._write_events()
        if self.session.new or self.session.dirty or self.session.deleted:
            raise RuntimeError("rows were changed after their events were written")
        tell(self.session)
        self.committing = last
        self.session.commit()

    def _write_events(self) -> SavedEvent | None:
        """Writes the events and returns the last, or None if there was none. The write lock keeps numbers unique."""
        events = EventRows(self.session, self.officer, self.now)
        said_anew = self._erased | set(self._say_otherwise())
        for pending in self._pending:
            self._add(events, pending)
        if self._capture.by_case:
            raise RuntimeError(f"cases {sorted(self._capture.by_case)} were changed without an event")
        if self._capture.register_changed and all(pending.cases for pending in self._pending):
            raise RuntimeError("the register as a whole was changed without an event")
        insert_rows(self.session, Words, self._capture.take_new_words())
        events.write()
        search_index.refresh(self.session.connection(), said_anew)
        return events.last if self._pending or self._new_cases else None

    def _say_otherwise(self) -> Iterator[int]:
        """Yields the ids of cases whose searched text changed, in their rows or by the reason of a step."""
        for pending in self._pending:
            for case in pending.cases:
                # Changes recorded in brief have no text.
                if type(case) is CaseInBrief or case.id is None:
                    continue
                if pending.reason or any(map(says_otherwise, self._capture.by_case.get(case.id, ()))):
                    yield case.id

    def _add(self, events: EventRows, pending: _Pending) -> None:
        """Adds the events of a step: one for each case, or one for the register."""
        details = dict(pending.details)
        if not pending.cases:
            details["tables"] = register_digests(self.session.connection())
        told, captured = Told(pending.step, pending.happened_on, canonical_json(details)), self._capture.by_case
        if not pending.cases:
            events.add(told, None, changes_text([]), None, None)
        for case in pending.cases:
            if type(case) is CaseInBrief:
                events.add(told, case.id, changes_text(captured.pop(case.id, [])), case.status, case.status)
                continue
            assert case.id is not None, "a case is flushed before its event is written"
            reason = self._capture.words(pending.reason, case.id) if pending.reason else None
            changed = changes_text(captured.pop(case.id, []))
            events.add(told, case.id, changed, pending.from_status, case.status, reason)


def _facts(details: Mapping[str, object] | None) -> dict[str, object]:
    return {name: value for name, value in (details or {}).items() if value not in (None, "", [], {})}
