"""Undo: reverses the last step of a case, row by row, with an event of its own. Earlier events stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import SQLModel, col, select

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import version_of
from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.casework.reopened_deadlines import count_with_days_off_of_now
from feedback_tui.enums import StepKey
from feedback_tui.models.base import WordType
from feedback_tui.models.case import Case
from feedback_tui.models.event import Event, Words
from feedback_tui.models.people import Party, Person
from feedback_tui.models.tables import TABLES
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.lifecycle.lifecycle import past_of
from feedback_tui.storage.audit.hash_chain import plain

if TYPE_CHECKING:
    from feedback_tui.storage.unit_of_work import UnitOfWork

MODELS: dict[str, type[SQLModel]] = {str(model.__tablename__): model for model in TABLES}
NOT_UNDONE = {
    StepKey.LOG: "it begins the case: if it was logged in error, mark it so",
    StepKey.IMPORT: "it begins the case: if it was imported in error, mark it as logged in error",
    StepKey.ERASE: "what was erased is gone for good",
    StepKey.MOVE_DEADLINES: "a change of the days off moved the dates of all open cases: change the days off instead",
}
_UNDONE = "event"
Place = tuple[str, int]
"""The table and id of a row."""
_LISTS = {
    "stage": "stages",
    "stage_finding": "stage_findings",
    "stage_part": "stage_parts",
    "complaint_point": "points",
    "party": "parties",
    "deadline": "deadlines",
    "extension": "extensions",
    "remedy": "remedies",
    "learning": "learning",
    "action": "actions",
    "ombudsman_record": "ombudsman",
    "contact": "contacts",
    "chase": "chases",
    "attachment": "attachments",
}


def undo(actor: Actor, reference: str, seen: int | None = None) -> StepResult:
    """Reverses the last step of a case that is not undone yet, including its effect on deadlines.

    Deadlines that open again are counted with the current days off. Raises StepNotAllowed if there is nothing to undo,
    if the step began the case, if a later change affects the same rows, or if the text to be restored was erased.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        events = _events(work, case)
        event = _last(case, events)
        old = case.status
        _Reversal(work, case, event, _new_ids(events, event)).run()
        count_with_days_off_of_now(case, version_of(case, actor.register.profile), actor.register.calendar)
        work.record(
            StepKey.UNDO,
            case,
            actor.today,
            from_status=old,
            details={"step": event.step, "done": event.happened_on.isoformat(), _UNDONE: event.id},
        )
    return done(case)


def undone_events(events: list[Event]) -> set[int]:
    """Returns the ids of those events of a case that were undone."""
    found = (event.details.get(_UNDONE) for event in events if event.step is StepKey.UNDO)
    return {number for number in found if isinstance(number, int)}


def _events(work: UnitOfWork, case: Case) -> list[Event]:
    """Returns the events of a case, latest first."""
    return list(work.session.exec(select(Event).where(Event.case_id == case.id).order_by(col(Event.id).desc())).all())


def _new_ids(events: list[Event], event: Event) -> dict[Place, int]:
    """Returns the new ids of rows that were deleted and restored after `event`, by table and old id.

    SQLite may give the id of a deleted row to another row. Undo then restores the row with a new id, and earlier events
    that name the old id apply to the new one.
    """
    found: dict[Place, int] = {}
    by_id = {each.id: each for each in events}
    for undoing in reversed(events):
        undone = next((by_id[number] for number in undone_events([undoing])), event)
        if (undone.id or 0) <= (event.id or 0):
            continue  # An earlier step, or not an undo.
        deleted = [_place(change) for change in reversed(undone.changes) if change[3] is None]
        back = [_place(change) for change in undoing.changes if change[2] is None]
        fresh = [place for place in back if place not in deleted]
        for table, row_id in deleted:
            if (table, row_id) not in back:
                place = next(each for each in fresh if each[0] == table)
                fresh.remove(place)
                found[table, row_id] = place[1]
    return found


def _place(change: Sequence[object]) -> Place:
    """Returns the table and id of the row in a change."""
    table, row_id, *_ = change
    if not isinstance(table, str) or not isinstance(row_id, int):
        raise TypeError("a change names its table and row")
    return table, row_id


def _last(case: Case, events: list[Event]) -> Event:
    """Returns the last step that is not undone yet. Raises StepNotAllowed."""
    undone = undone_events(events)
    for event in events:
        if event.step is StepKey.UNDO or event.id in undone:
            continue
        if (why := NOT_UNDONE.get(event.step)) is not None:
            raise StepNotAllowed(
                f"{case.reference} – the last step ({past_of(event.step, event.details)}) cannot be undone: {why}."
            )
        return event
    raise StepNotAllowed(f"{case.reference} – there is nothing to undo.")


class _Reversal:
    """Reverses the changes of one event."""

    def __init__(self, work: UnitOfWork, case: Case, event: Event, new_ids: Mapping[Place, int]) -> None:
        self._work, self._case, self._event, self._new_ids = work, case, event, new_ids

    def run(self) -> None:
        """Reverses every change, the last first. Raises StepNotAllowed if one cannot be reversed; the transaction then
        leaves nothing."""
        for change in reversed(self._event.changes):
            _, _, before, after = change
            table, row_id = _place(change)
            while (table, row_id) in self._new_ids:
                row_id = self._new_ids[table, row_id]
            if before is None:
                self._remove(table, row_id, _mapping(after))
            elif after is None:
                self._bring_back(table, row_id, _mapping(before))
            else:
                self._set_back(table, row_id, _mapping(before), _mapping(after))

    def _remove(self, table: str, row_id: int, after: Mapping[str, object]) -> None:
        row = self._row(table, row_id)
        self._require_unchanged(row, table, after)
        self._require_unused(table, row_id)
        if table in _LISTS:
            getattr(self._case, _LISTS[table]).remove(row)
        else:
            self._work.session.delete(row)

    def _bring_back(self, table: str, row_id: int, before: Mapping[str, object]) -> None:
        values = {name: self._value(table, name, kept) for name, kept in before.items()}
        taken = self._work.session.get(MODELS[table], row_id) is not None
        row = MODELS[table](id=None if taken else row_id, **values)
        getattr(self._case, _LISTS[table]).append(row)

    def _set_back(self, table: str, row_id: int, before: Mapping[str, object], after: Mapping[str, object]) -> None:
        row = self._row(table, row_id)
        self._require_unchanged(row, table, after)
        for name, kept in before.items():
            setattr(row, name, self._value(table, name, kept))

    def _row(self, table: str, row_id: int) -> Any:
        if table == "feedback_case":
            return self._case
        if table in _LISTS:
            row = next((each for each in getattr(self._case, _LISTS[table]) if each.id == row_id), None)
        else:
            row = self._work.session.get(MODELS[table], row_id)
        if row is None:
            raise self._later()
        return row

    def _require_unchanged(self, row: SQLModel, table: str, after: Mapping[str, object]) -> None:
        for name, kept in after.items():
            if plain(getattr(row, name)) != plain(self._value(table, name, kept)):
                raise self._later()

    def _require_unused(self, table: str, row_id: int) -> None:
        """Raises StepNotAllowed if a person of another case is marked as the same as this one."""
        if table != "person":
            return
        used = self._work.session.exec(
            select(Case.reference)
            .join(Party, col(Party.case_id) == col(Case.id))
            .join(Person, col(Person.id) == col(Party.person_id))
            .where(col(Person.same_as_id) == row_id)
        ).first()
        if used is not None:
            raise StepNotAllowed(
                f"{self._case.reference} – the last step ({self._past}) cannot be undone: on {used} the person is "
                "marked as one with someone there. Mark them as two first."
            )

    @property
    def _past(self) -> str:
        return past_of(self._event.step, self._event.details)

    def _later(self) -> StepNotAllowed:
        step, on = self._past, long_date(self._event.happened_on)
        return StepNotAllowed(
            f"{self._case.reference} – the last step ({step}, {on}) cannot be undone: it was changed again since."
        )

    def _value(self, table: str, name: str, kept: object) -> object:
        """Converts a value in an event to the column's type."""
        if isinstance(kept, dict):
            return self._words(str(kept["words"]))
        column = SQLModel.metadata.tables[table].columns[name]
        if kept is None:
            return None
        if isinstance(column.type, WordType):
            return column.type.vocabulary(str(kept))
        python_type = column.type.python_type
        if python_type is date:
            return date.fromisoformat(str(kept))
        if python_type is datetime:
            return datetime.fromisoformat(str(kept))
        return kept

    def _words(self, digest: str) -> str:
        words = self._work.session.get(Words, digest)
        if words is None or words.text is None:
            raise StepNotAllowed(
                f"{self._case.reference} – the words that the last step replaced were erased: it cannot be undone."
            )
        return words.text


def _mapping(side: object) -> Mapping[str, object]:
    if not isinstance(side, dict):
        raise TypeError("a side of a change names its columns")
    return side
