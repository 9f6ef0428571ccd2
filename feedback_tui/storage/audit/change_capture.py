"""Captures what a transaction changed, on flush: row by row, with the values before and after. Audit and undo use
it."""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import Table, inspect
from sqlalchemy.orm import Mapper, UOWTransaction
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE
from sqlmodel import Session, SQLModel, select

from feedback_tui.models.base import is_personal
from feedback_tui.models.case import Case
from feedback_tui.models.event import Event, Words
from feedback_tui.models.people import Party, Person
from feedback_tui.models.register import (
    CalendarDay,
    DayOffRow,
    ReferenceCounter,
    Setting,
    TypedFigure,
    WorkingDay,
    YearText,
)
from feedback_tui.models.view_log import Viewing
from feedback_tui.storage.audit.hash_chain import plain, words_digest

Row = dict[str, object]
Change = list[object] | str
"""``[table, row id, before, after]``, or the same as canonical JSON for a change that many rows share."""
BOOKKEEPING = {"version", "changed_at"}
"""Columns of a case that change with every step; they are not captured."""
_RECORDED = (Event, Words)
_OF_THE_REGISTER = (Setting, DayOffRow, TypedFigure, YearText)
_UNRECORDED = (ReferenceCounter, Viewing, WorkingDay, CalendarDay)
"""Tables that are not captured: rows derived from others (the reference counter, the counts of working days), and the
log of who viewed a case, which does not change the case."""


@dataclass
class Capture:
    """Listens to one session and collects the changes to each case."""

    session: Session
    by_case: dict[int, list[Change]] = field(default_factory=lambda: defaultdict(list))
    register_changed: bool = False
    """Whether a row that belongs to the whole register was changed: profile, day off, typed figure or year text."""
    _known: dict[tuple[int, str], str] = field(default_factory=dict)
    _new: list[Row] = field(default_factory=list)
    _cases_begun: set[int] = field(default_factory=set)

    def is_new(self, case_id: int) -> None:
        """Marks a case as created in this transaction, so that its texts are not looked up in the database."""
        self._cases_begun.add(case_id)

    def after_flush(self, session: Session, flushed: UOWTransaction) -> None:
        """Collects the flushed rows in a stable order. Listener for the session's ``after_flush``."""
        # Rows removed from a case's collection are not in session.deleted; only the flush context lists them.
        deleted = [state.obj() for state, (is_delete, listed) in flushed.states.items() if is_delete and not listed]
        gone = {id(row) for row in deleted}
        rows = [(row, "new") for row in session.new]
        rows += [(row, "dirty") for row in session.dirty if id(row) not in gone]
        rows += [(row, "deleted") for row in deleted]
        for row in session.new:
            if isinstance(row, Case) and row.id is not None:
                self.is_new(row.id)
        for row, state in sorted(rows, key=lambda found: _order(found[0])):
            if isinstance(row, _OF_THE_REGISTER):
                self.register_changed = True
            if not isinstance(row, SQLModel) or isinstance(row, (*_RECORDED, *_OF_THE_REGISTER, *_UNRECORDED)):
                continue
            case_id = self._case_of(row)
            before, after = self._sides(row, state, case_id)
            if before != after:
                self.by_case[case_id].append([table_of(type(row)).name, row.id, before, after])  # type: ignore[attr-defined]

    def _case_of(self, row: SQLModel) -> int:
        """Returns the id of the case a row belongs to; for a person, the case of one of their parties.

        Raises RuntimeError if it belongs to no case.
        """
        if isinstance(row, Person):
            parties = [party for party in self.session if isinstance(party, Party) and party.person_id == row.id]
            found = [party.case_id for party in parties]
            if not found:
                with self.session.no_autoflush:
                    found = list(self.session.exec(select(Party.case_id).where(Party.person_id == row.id)).all())
            case_id = found[0] if found else None
        else:
            case_id = row.id if isinstance(row, Case) else getattr(row, "case_id", None)
        if case_id is None:
            raise RuntimeError(f"a row of {type(row).__name__} belongs to no case: no event could tell of it")
        return case_id

    def _sides(self, row: SQLModel, state: str, case_id: int) -> tuple[Row | None, Row | None]:
        is_now = instance_state(row)
        before: Row = {}
        after: Row = {}
        for key, personal in _captured(type(row)):
            # An attribute that was not set since the row was loaded has no history to read. Most have not been.
            if state == "dirty" and key not in is_now.committed_state:
                continue
            value = getattr(row, key)
            if state == "dirty":
                history = is_now.get_history(key, PASSIVE_NO_INITIALIZE)
                if not history.has_changes():
                    continue
                old = history.deleted[0] if history.deleted else None
                before[key] = self._kept(old, personal, case_id)
                after[key] = self._kept(value, personal, case_id)
            elif value not in (None, ""):
                after[key] = self._kept(value, personal, case_id)
        if state == "new":
            return None, after
        return (after, None) if state == "deleted" else (before, after)

    def _kept(self, value: object, personal: bool, case_id: int) -> object:
        if not personal or not value:
            return plain(value)
        return {"words": self.words(str(value), case_id)}

    def words(self, text: str, case_id: int) -> str:
        """Returns the digest of `text` in a case. A text already stored for the case keeps its digest; a new one gets a
        salt and is queued for `take_new_words`."""
        known = self._known.get((case_id, text))
        if known is None and case_id not in self._cases_begun:
            with self.session.no_autoflush:
                known = self.session.exec(
                    select(Words.digest).where(Words.case_id == case_id, Words.text == text)
                ).first()
        if known is None:
            salt = secrets.token_hex(16)
            known = words_digest(salt, text)
            self._new.append({"digest": known, "case_id": case_id, "salt": salt, "text": text})
        self._known[case_id, text] = known
        return known

    def take_new_words(self) -> list[Row]:
        """Returns the ``words`` rows that are to be inserted, and clears the queue."""
        taken, self._new = self._new, []
        return taken

    def forget(self) -> None:
        """Clears the cache of known texts, so that they are looked up in the database again."""
        self._known.clear()
        self._cases_begun.clear()


@cache
def _captured(model: type[SQLModel]) -> tuple[tuple[str, bool], ...]:
    """Returns the captured columns of a model as pairs of name and whether the column holds personal text."""
    mapper: Mapper[SQLModel] = inspect(model)
    columns = ((attribute.key, attribute.columns[0]) for attribute in mapper.column_attrs)
    return tuple((key, is_personal(it)) for key, it in columns if key not in BOOKKEEPING and not it.primary_key)


@cache
def _place_of_tables() -> dict[str, int]:
    return {table.name: number for number, table in enumerate(SQLModel.metadata.sorted_tables)}


def _order(row: object) -> tuple[int, int]:
    """The sort key for flushed rows: parent tables before their children, then by id. The session's own order is
    arbitrary."""
    number = getattr(row, "id", None)
    return _place_of_tables().get(str(getattr(row, "__tablename__", "")), 0), number if isinstance(number, int) else 0


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
