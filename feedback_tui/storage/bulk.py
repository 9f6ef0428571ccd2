"""Many new cases at once: their rows gathered table by table, and inserted as the driver takes them fastest.

A verb changes one case through the session; thousands of new ones would take it minutes. The rows, and what their
events say of them, are the same either way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import String, func, select
from sqlmodel import Session, SQLModel

from feedback_tui.models.base import is_personal
from feedback_tui.models.event import Words
from feedback_tui.storage import search_index
from feedback_tui.storage.capture import BOOKKEEPING, Capture
from feedback_tui.storage.chain import plain
from feedback_tui.storage.engine import canonical_json
from feedback_tui.storage.event_rows import EventRows, Told
from feedback_tui.storage.inserts import Given, Inserts, comes_again, insert_rows, remembered
from feedback_tui.storage.said import SaidByNewCases, Text, columns_said
from feedback_tui.storage.sequences import catch_up
from feedback_tui.words import Status, StepKey

_OWN = ("reference", "reference_key")
"""Words that each case has of its own: to remember them would only fill memory."""


class _Column(NamedTuple):
    """A column that is given: where it stands in the row, and what of it goes into the row and into the event."""

    position: int
    key: str
    known: Mapping[Any, tuple[object, str]] | None
    """Where values come again: what the driver takes for each, and what an event says of it."""
    convert: Callable[[Any], object] | None
    personal: bool
    told: str
    """How what an event says of it begins: its name, in JSON. Empty where events do not tell of it."""
    said: tuple[int, int] | None
    """Where it is searched: the part of the index, and its number there."""


class _Row(NamedTuple):
    """Rows of one table in which the same columns are given, in the order of their names."""

    blank: list[object]
    id_at: int
    columns: tuple[_Column, ...]
    defaults_told: list[str]
    """What an event says of columns that are not given, and whose default is not empty."""


class _NewTable:
    """The new rows of one table."""

    def __init__(self, model: type[SQLModel], session: Session) -> None:
        self.inserts = Inserts(model, session)
        self.name = self.inserts.table.name
        self.rows: dict[tuple[str, ...], _Row] = {}
        self._said = columns_said(self.inserts.table)
        self.last: int = session.execute(select(func.max(self.inserts.table.columns["id"]))).scalar() or 0

    def row(self, keys: tuple[str, ...]) -> _Row:
        """How rows are made in which these columns are given, and the id."""
        shape = self.inserts.shape((*sorted(keys), "id"))
        *given, own_id = shape.given
        columns = tuple(map(self._column, given))
        told = []
        for key, value in self.inserts.defaults.items():
            if key not in keys and value not in (None, "") and (begins := self._begins(key)):
                told.append(begins + canonical_json(plain(value)))
        made = self.rows[keys] = _Row(shape.blank, own_id.position, columns, told)
        return made

    def _column(self, given: Given) -> _Column:
        position, key, _, convert = given
        column, begins = self.inserts.table.columns[key], self._begins(key)
        known = None
        if comes_again(column) or (isinstance(column.type, String) and not is_personal(column) and key not in _OWN):

            def sent_and_told(value: object) -> tuple[object, str]:
                told = "" if not begins or value in (None, "") else begins + canonical_json(plain(value))
                return value if convert is None else convert(value), told

            known = remembered(sent_and_told)
        return _Column(position, key, known, convert, is_personal(column), begins, self._said.get(key))

    def _begins(self, key: str) -> str:
        primary = self.inserts.table.columns[key].primary_key
        return "" if primary or key in BOOKKEEPING else f"{canonical_json(key)}:"


@dataclass(frozen=True)
class NewCaseEvent:
    """What is recorded of a case that begins: the step, its day, the status that the case has, facts for the timeline.

    The facts hold nobody's personal data.
    """

    step: StepKey
    happened_on: date
    status: Status
    details: Mapping[str, object]


class NewCases:
    """Rows of new cases, and the event of each, on their way in.

    Ids are given as rows are added, which the write lock makes safe.
    """

    def __init__(self, session: Session, capture: Capture, officer: str, now: datetime) -> None:
        self._session, self._capture = session, capture
        self._event_rows = EventRows(session, officer, now)
        self._tables: dict[type[SQLModel], _NewTable] = {}
        self._events: list[tuple[int, NewCaseEvent]] = []
        self._changed: dict[int, list[str]] = {}
        self._said = SaidByNewCases()

    def add(self, model: type[SQLModel], case_id: int | None, /, **values: Any) -> int:
        """Adds a row that belongs to a case, and gives its id; `case_id` is None for the case's own row."""
        table = self._tables.get(model)
        if table is None:
            table = self._tables[model] = _NewTable(model, self._session)
        keys = tuple(values)
        row = table.rows.get(keys) or table.row(keys)
        row_id = table.last = table.last + 1
        of_case = row_id if case_id is None else case_id
        if case_id is None:
            self._capture.is_new(row_id)
            self._changed[row_id] = []
        sent = row.blank.copy()
        told: list[str] = []
        texts: list[Text] = []
        for position, key, known, convert, personal, begins, said in row.columns:
            value = values[key]
            if known is not None:
                sent[position], text = known[value]
                if text:
                    told.append(text)
                    if said is not None:
                        texts.append((*said, value))
                continue
            sent[position] = value if convert is None else convert(value)
            if value is None or value == "":
                continue
            if said is not None:
                texts.append((*said, str(value)))
            if personal:
                told.append(f'{begins}{{"words":"{self._capture.words(str(value), of_case)}"}}')
            elif begins:
                told.append(begins + (str(value) if type(value) is int else canonical_json(value)))
        sent[row.id_at] = row_id
        if row.defaults_told:
            # In the order of their names, as canonical JSON has them.
            told = sorted(told + row.defaults_told)
        table.inserts.add_sent(sent)
        self._changed[of_case].append(f'["{table.name}",{row_id},null,{{{",".join(told)}}}]')
        self._said.add(table.name, row_id, of_case, texts, values.get("person_id"))
        return row_id

    def record(self, case_id: int, event: NewCaseEvent) -> None:
        """Records what was done to a case that was added; once a case, after its rows."""
        self._events.append((case_id, event))

    def write(self) -> None:
        """Writes what was added since the last time; nothing is committed yet."""
        order = {table.name: number for number, table in enumerate(SQLModel.metadata.sorted_tables)}
        for table in sorted(self._tables.values(), key=lambda table: order[table.name]):
            table.inserts.write()
        catch_up(self._session, (table.inserts.table for table in self._tables.values()))
        insert_rows(self._session, Words, self._capture.take_new_words())
        for case_id, event in self._events:
            told = Told(event.step, event.happened_on, canonical_json(dict(event.details)))
            changed = f"[{','.join(self._changed.pop(case_id))}]"
            self._event_rows.add(told, case_id, changed, None, event.status)
        if self._changed:
            raise RuntimeError(f"cases {sorted(self._changed)} were added without an event")
        self._events = []
        self._event_rows.write()
        search_index.insert(self._session.connection(), self._said.take())
        self._capture.forget()
