"""Replays the events and compares the result with the rows: each column must hold the last value that an event gave it.

Cases are read a few hundred at a time, so that memory does not grow with the register. Stored values are compared, not
parsed ones: a value that parses alike but sorts differently is a change too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from feedback_tui.enums import StepKey
from feedback_tui.models.base import is_personal
from feedback_tui.storage.audit.change_capture import BOOKKEEPING
from feedback_tui.storage.audit.check_findings import Findings, NoOrder
from feedback_tui.storage.audit.hash_chain import plain, words_digest

CASES_AT_A_TIME = 500
_CASE, _PERSON = "feedback_case", "person"
_NOT_CAPTURED = {"event", "words", "viewing"}

Key = tuple[int, str, int]
"""The case id, the table and the row id. The case is needed because a freed row id may be given to a row of another
case."""
Row = dict[str, object]


class Replay:
    """Replays all cases and adds every difference to `findings`."""

    def __init__(self, connection: Connection, findings: Findings) -> None:
        self._connection, self._findings = connection, findings
        self.rows = self.texts = self.erased = 0
        self._without_a_part: set[int] = set()
        tables = [table for table in SQLModel.metadata.sorted_tables if table.name not in _NOT_CAPTURED]
        self._tables = {
            table.name: [column.name for column in table.columns if column.name not in {"id", *BOOKKEEPING}]
            for table in tables
            if table.name in (_CASE, _PERSON) or "case_id" in table.columns
        }

    def run(self) -> None:
        """Replays every case, and then adds a finding for each person who is in no case and was not created by any
        event."""
        last = 0
        while bounds := self._next_cases(last):
            _Chunk(self, self._connection, self._findings, self._tables, *bounds).run()
            last = bounds[1]
            # No check compares one case with another, so the read lock can be released here for others to write.
            self._connection.rollback()
        sql = "SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM party WHERE person_id IS NOT NULL)"
        for (person,) in self._connection.exec_driver_sql(sql):
            if person not in self._without_a_part:
                self._findings.add("rows", f"person {person} stands in the register, and no event made it.")

    def count(self, rows: int, texts: int, erased: int) -> None:
        """Adds the totals of one chunk of cases."""
        self.rows += rows
        self.texts += texts
        self.erased += erased

    def lacks_a_part(self, people: set[int]) -> None:
        """Notes people whom events mention but who have no party in their case any more."""
        self._without_a_part |= people

    def _next_cases(self, last: int) -> tuple[int, int] | None:
        """Returns the first and last id of the next chunk of cases, including cases that only events mention; None at
        the end.

        Raises NoOrder if ids do not ascend.
        """
        sql = (
            f"SELECT id FROM {_CASE} WHERE id > {last} UNION SELECT case_id FROM event WHERE case_id > {last} "
            f"ORDER BY 1 LIMIT {CASES_AT_A_TIME}"
        )
        found = [int(row[0]) for row in self._connection.exec_driver_sql(sql)]
        if found and found[-1] <= last:
            raise NoOrder(f"case {found[-1]} stands after case {last}")
        return (found[0], found[-1]) if found else None


class _Chunk:
    """The replay of one chunk of cases."""

    def __init__(
        self,
        replay: Replay,
        connection: Connection,
        findings: Findings,
        tables: Mapping[str, Sequence[str]],
        first: int,
        last: int,
    ) -> None:
        self._replay, self._connection, self._findings, self._tables = replay, connection, findings, tables
        self._personal = {
            column.name for name in tables for column in SQLModel.metadata.tables[name].columns if is_personal(column)
        }
        self._where = f"case_id BETWEEN {first} AND {last}"
        self._cases = f"id BETWEEN {first} AND {last}"
        self._state: dict[Key, Row] = {}
        self._named: dict[tuple[int, str], int] = {}
        """The digests of texts that events name, each with the number of the first event that names it."""
        self._erased: dict[int, int] = {}
        """The number of the last event that erased the case's text."""
        self._recorded: dict[int, object] = {}
        self._texts: dict[tuple[int, str], str | None] = {}

    def run(self) -> None:
        events = self._select("SELECT case_id, id, step, recorded_at, reason, changes FROM event", self._where, "id")
        for case_id, number, step, recorded_at, reason, changes in events:
            self._recorded[case_id] = recorded_at
            if step == StepKey.ERASE:
                self._erased[case_id] = number
            if reason is not None:
                self._named.setdefault((case_id, reason), number)
            try:
                for change in json.loads(changes) if isinstance(changes, str) else changes:
                    self._apply(case_id, number, *change)
            except (ValueError, TypeError, KeyError, AttributeError):
                self._findings.add("events", f"What event {number} changed cannot be read.")
        self._read_words()
        rows = sum(self._compare(table) for table in self._tables if table != _PERSON) + self._compare_people()
        for _case_id, table, row_id in self._state:
            self._findings.add("rows", f"{_noun(table)} {row_id} is gone, and no event took it away.")
        erased = sum(text is None for text in self._texts.values())
        self._replay.count(rows, len(self._texts) - erased, erased)

    def _apply(self, case_id: int, number: int, table: str, row_id: int, before: Row | None, after: Row | None) -> None:
        key = (case_id, table, row_id)
        for side in (before, after):
            for value in (side or {}).values():
                if isinstance(value, dict):
                    self._named.setdefault((case_id, value["words"]), number)
        known = self._state.get(key)
        if before is None:
            if known is not None:
                self._findings.add("events", f"Event {number} makes {_noun(table)} {row_id}, which there was already.")
            self._state[key] = dict(after or {})
            return
        if known is None:
            self._findings.add("events", f"Event {number} changes {_noun(table)} {row_id}, which no event made.")
            known = self._state[key] = {}
        for column, value in before.items():
            if not _same(known.get(column), value):
                # The row was changed without an event, and a later step overwrote that change.
                self._findings.add(
                    "events", f"Event {number} found {column} of {_noun(table)} {row_id} other than it had been left."
                )
        if after is None:
            del self._state[key]
        else:
            known.update(after)

    def _read_words(self) -> None:
        words = self._select("SELECT case_id, digest, salt, text FROM words", self._where, "digest")
        for case_id, digest, salt, text in words:
            self._texts[case_id, digest] = text
            if (salt is None) != (text is None) or (text is not None and words_digest(salt, text) != digest):
                self._findings.add("words", f"The words {digest[:12]} are not what was recorded.")
            named = self._named.get((case_id, digest))
            taken = named is not None and named < self._erased.get(case_id, 0)
            if text is None and named is not None and not taken:
                self._findings.add("words", f"The words {digest[:12]} are gone, and no event erased them.")
            elif text is not None and taken:
                self._findings.add("words", f"The words {digest[:12]} were erased, and stand in the register again.")
        for _case_id, digest in self._named.keys() - self._texts.keys():
            self._findings.add("words", f"The words {digest[:12]}, which an event names, are gone.")
        for _case_id, digest in self._texts.keys() - self._named.keys():
            self._findings.add("words", f"The words {digest[:12]} are named by no event.")

    def _compare(self, table: str) -> int:
        columns, is_case = self._tables[table], table == _CASE
        extra = "changed_at" if is_case else "case_id"
        count = 0
        for row_id, last, *values in self._rows(table, extra, self._cases if is_case else self._where):
            self._compare_row((row_id if is_case else last, table, row_id), columns, values)
            if is_case and row_id in self._recorded and last != self._recorded[row_id]:
                self._findings.add("rows", f"{_noun(table)} {row_id} was changed at another time than the record says.")
            count += 1
        return count

    def _compare_people(self) -> int:
        """Compares people. They have no case_id, so they are found through their parties and through the events."""
        told = {row_id: case_id for case_id, table, row_id in self._state if table == _PERSON}
        parts = self._select("SELECT person_id, case_id FROM party", f"{self._where} AND person_id IS NOT NULL", "id")
        with_a_part: dict[int, int] = dict(parts)
        self._replay.lacks_a_part(told.keys() - with_a_part.keys())
        # The events decide which case a person belongs to; a party in another case is reported for that party.
        cases = {**with_a_part, **told}
        columns, ids = self._tables[_PERSON], sorted(cases)
        for start in range(0, len(ids), CASES_AT_A_TIME):
            some = ", ".join(map(str, ids[start : start + CASES_AT_A_TIME]))
            for row_id, _id, *values in self._rows(_PERSON, "id", f"id IN ({some})"):
                self._compare_row((cases[row_id], _PERSON, row_id), columns, values)
        return len(ids)

    def _compare_row(self, key: Key, columns: Sequence[str], values: list[object]) -> None:
        case_id, table, row_id = key
        known = self._state.pop(key, None)
        if known is None:
            self._findings.add("rows", f"{_noun(table)} {row_id} stands in the register, and no event made it.")
            return
        all_told = list(map(known.get, columns))
        if all_told == values:
            return
        for column, told, value in zip(columns, all_told, values, strict=True):
            if told == value:
                continue
            if isinstance(told, dict):
                # A text missing altogether was reported above.
                words = (case_id, told["words"])
                if words in self._texts and not _same(self._texts[words], value):
                    self._findings.add("rows", f"{column} of {_noun(table)} {row_id} is not what was recorded.")
            elif not _same(told, plain(value)):
                stands = "other" if column in self._personal else _shown(value)
                self._findings.add(
                    "rows", f"{column} of {_noun(table)} {row_id} is {stands}; the events say {_shown(told)}."
                )

    def _rows(self, table: str, extra: str, where: str) -> Iterator[Any]:
        """Reads the stored rows of a table: the id, `extra`, then the columns that events record."""
        columns = ", ".join(f'"{column}"' for column in self._tables[table])
        return self._select(f"SELECT id, {extra}, {columns} FROM {table}", where, "id")

    def _select(self, sql: str, where: str, order: str) -> Iterator[Any]:
        return iter(self._connection.exec_driver_sql(f"{sql} WHERE {where} ORDER BY {order}").all())


def _same(told: object, stands: object) -> bool:
    """Whether two values are equal; None, "" and a missing value count as equal."""
    if told is None or told == "":
        return stands is None or stands == ""
    return told == stands


def _shown(value: object) -> str:
    return "empty" if value is None or value == "" else str(plain(value))[:40]


def _noun(table: str) -> str:
    return "case" if table == _CASE else table.replace("_", " ")
