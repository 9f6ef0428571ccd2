"""Prepares new cases for insertion: rows in the driver's form, their events, and their text for the search index.

It does not use the database, so another process can prepare cases while this one writes earlier ones.

Fast path, with `new_tables` and `inserts`. Gain: an import with all its checks takes 0.5 to 1.3 of the time that
`sqlite-utils` takes without any checks (`make bench`). Cost: these three modules repeat the conversions of a session's
flush. Tested against a flush by tests/storage/test_new_cases.py. Delete it when a flush of the same rows takes less
than 1.1 of their time.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.engine import Dialect, make_url
from sqlmodel import SQLModel

from feedback_tui.enums import Status, StepKey
from feedback_tui.models.event import Words
from feedback_tui.storage.audit.event_rows import Told
from feedback_tui.storage.audit.hash_chain import words_digest
from feedback_tui.storage.backend.sqlite_engine import canonical_json
from feedback_tui.storage.bulk.inserts import RowForm
from feedback_tui.storage.bulk.new_tables import NewTable
from feedback_tui.storage.search.search_text import Said, SaidByNewCases


@dataclass(frozen=True)
class NewCaseEvent:
    """The event of a new case: the step, its day, the case's status, and facts for the timeline.

    The facts must hold no personal data.
    """

    step: StepKey
    happened_on: date
    status: Status
    details: Mapping[str, object]


class EventOfNew(NamedTuple):
    """The event of a new case before it gets a number and hashes. `changed` is the canonical JSON
    of the case's rows."""

    case_id: int
    told: Told
    status: Status
    changed: str


class Ready(NamedTuple):
    """New cases ready to be written."""

    rows: dict[type[SQLModel], list[tuple[object, ...]]]
    """The rows of each table, in the driver's form."""
    events: list[EventOfNew]
    said: dict[int, Said]
    last: dict[str, int]
    """The last id assigned in each table."""


class NewRows:
    """Prepares the rows of new cases, one case after another. Ids are assigned as rows are added."""

    def __init__(self, dialect: Dialect, last: Mapping[str, int]) -> None:
        """`last`: the largest id in each table so far."""
        self.last = dict(last)
        self.dialect = dialect
        self._tables: dict[type[SQLModel], NewTable] = {}
        self._words = _WordsOfCase(dialect)
        self._events: list[EventOfNew] = []
        self._changed: dict[int, list[str]] = {}
        self._said = SaidByNewCases()

    def add(self, model: type[SQLModel], case_id: int | None, /, **values: Any) -> int:
        """Adds a row that belongs to a case and returns its id. `case_id` is None for the row of the case itself."""
        table = self._tables.get(model)
        if table is None:
            table = self._tables[model] = NewTable(model, self.dialect)
        keys = tuple(values)
        shape = table.shapes.get(keys) or table.shape(keys)
        row_id = self.last[table.name] = self.last.get(table.name, 0) + 1
        of_case = row_id if case_id is None else case_id
        if case_id is None:
            self._changed[row_id] = []
        again = shape.known.get(common := shape.common(values)) or shape.again(common)
        sent = again.row.copy()
        sent[shape.id_at] = row_id
        texts = again.texts.copy()
        told = again.told
        after = [told[0]]
        for number, (position, key, known, convert, personal, begins, said) in enumerate(shape.own, start=1):
            value = values[key]
            if known is not None:
                sent[position], text = known[value]
                after.append(text)
            else:
                sent[position] = value if convert is None else convert(value)
                if value is not None and value != "":
                    if said is not None:
                        texts.append((*said, value))
                    if personal:
                        after.append(f'{begins}{{"words":"{self._words.digest(value, of_case)}"}}')
                    elif begins:
                        after.append(begins + (str(value) if type(value) is int else canonical_json(value)))
            after.append(told[number])
        table.rows.append(tuple(sent))
        # Each piece starts with a comma; the first one is cut off.
        self._changed[of_case].append(f'["{table.name}",{row_id},null,{{{"".join(after)[1:]}}}]')
        if texts or "person_id" in values:
            self._said.add(table.name, row_id, of_case, texts, values.get("person_id"))
        return row_id

    def record(self, case_id: int, event: NewCaseEvent) -> None:
        """Adds the event of a new case. Call it once for each case, after its rows."""
        told = Told(event.step, event.happened_on, canonical_json(dict(event.details)))
        self._events.append(EventOfNew(case_id, told, event.status, f"[{','.join(self._changed.pop(case_id))}]"))

    def take(self) -> Ready:
        """Returns the rows added since the last call. Raises RuntimeError if a case has no event."""
        if self._changed:
            raise RuntimeError(f"cases {sorted(self._changed)} were added without an event")
        rows: dict[type[SQLModel], list[tuple[object, ...]]] = {Words: self._words.take()}
        for model, table in self._tables.items():
            rows[model], table.rows = table.rows, []
        events, self._events = self._events, []
        return Ready(rows, events, self._said.take(), self.last.copy())


def name_of(dialect: Dialect) -> str:
    """Returns the name by which `dialect_named` makes the same dialect in another process."""
    return f"{dialect.name}+{dialect.driver}"


def dialect_named(name: str) -> Dialect:
    """Returns the dialect of this name. It has no driver, so it can only convert values."""
    return make_url(f"{name}://").get_dialect()()


class _WordsOfCase:
    """The texts that events refer to by digest, each stored once for its case. Cases must come one after another."""

    def __init__(self, dialect: Dialect) -> None:
        order = RowForm(Words, dialect).order
        self._places = tuple(order.index(name) for name in ("digest", "case_id", "salt", "text"))
        self._case_id = 0
        self._digests: dict[str, str] = {}
        self._rows: list[tuple[object, ...]] = []
        self._salts = _salts()

    def digest(self, text: str, case_id: int) -> str:
        """Returns the digest of `text` in a case."""
        if case_id != self._case_id:
            self._case_id = case_id
            self._digests = {}
        found = self._digests.get(text)
        if found is None:
            salt = next(self._salts)
            found = self._digests[text] = words_digest(salt, text)
            row: list[object] = [None] * len(self._places)
            for place, value in zip(self._places, (found, case_id, salt, text), strict=True):
                row[place] = value
            self._rows.append(tuple(row))
        return found

    def take(self) -> list[tuple[object, ...]]:
        """Returns the ``words`` rows added since the last call."""
        taken, self._rows = self._rows, []
        return taken


def _salts() -> Iterator[str]:
    """Yields salts like those of ``secrets.token_hex(16)``, but requests random bytes for 256 of them at a time."""
    while True:
        many = secrets.token_hex(16 * 256)
        for start in range(0, len(many), 32):
            yield many[start : start + 32]
