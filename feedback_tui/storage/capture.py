"""What a transaction changed, row by row, before and after: caught once, on flush. Audit and undo read the same."""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import inspect
from sqlalchemy.orm import Mapper, UOWTransaction
from sqlmodel import Session, SQLModel, select

from feedback_tui.models.base import is_personal
from feedback_tui.models.case import Case
from feedback_tui.models.event import Event, Words
from feedback_tui.models.people import Party, Person
from feedback_tui.storage.chain import plain, words_digest

Row = dict[str, object]
Change = list[object]
"""``[table, row id, before, after]``."""
_BOOKKEEPING = {"version", "changed_at"}
_RECORDED = (Event, Words)


@dataclass
class Capture:
    """Listens to one session and keeps, for each case, what was changed under it."""

    session: Session
    by_case: dict[int, list[Change]] = field(default_factory=lambda: defaultdict(list))
    _known: dict[tuple[int, str], str] = field(default_factory=dict)

    def after_flush(self, session: Session, _transaction: UOWTransaction) -> None:
        """Collects the flushed rows, in a stable order. A listener of the session's ``after_flush``."""
        cases = {id(party.person): party.case_id for party in session.new if isinstance(party, Party)}
        rows = [(row, "new") for row in session.new] + [(row, "dirty") for row in session.dirty]
        rows += [(row, "deleted") for row in session.deleted]
        for row, state in rows:
            if not isinstance(row, SQLModel) or isinstance(row, _RECORDED):
                continue
            case_id = row.id if isinstance(row, Case) else getattr(row, "case_id", None)
            if isinstance(row, Person):
                case_id = cases.get(id(row))
            if case_id is None:
                continue
            before, after = self._sides(row, state, case_id)
            if before != after:
                table = inspect(type(row)).local_table
                self.by_case[case_id].append([str(getattr(table, "name", "")), row.id, before, after])  # type: ignore[attr-defined]

    def _sides(self, row: SQLModel, state: str, case_id: int) -> tuple[Row | None, Row | None]:
        mapper: Mapper[SQLModel] = inspect(type(row))
        before: Row = {}
        after: Row = {}
        for attribute in mapper.column_attrs:
            column = attribute.columns[0]
            if attribute.key in _BOOKKEEPING or column.primary_key:
                continue
            value = getattr(row, attribute.key)
            if state == "dirty":
                history = inspect(row).attrs[attribute.key].history
                if not history.has_changes():
                    continue
                old = history.deleted[0] if history.deleted else None
                before[attribute.key] = self._kept(old, is_personal(column), case_id)
                after[attribute.key] = self._kept(value, is_personal(column), case_id)
            elif value not in (None, ""):
                after[attribute.key] = self._kept(value, is_personal(column), case_id)
        if state == "new":
            return None, after
        return (after, None) if state == "deleted" else (before, after)

    def _kept(self, value: object, personal: bool, case_id: int) -> object:
        if not personal or not value:
            return plain(value)
        return {"words": self.words(str(value), case_id)}

    def words(self, text: str, case_id: int) -> str:
        """The digest of `text` for a case; new words are added to the session, words it has are found again."""
        known = self._known.get((case_id, text))
        if known is None:
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

    _new: list[Row] = field(default_factory=list)

    def take_new_words(self) -> list[Row]:
        """The rows of ``words`` that are to be inserted, each once."""
        taken, self._new = self._new, []
        return taken
