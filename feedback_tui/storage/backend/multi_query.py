"""Reads rows of several tables in one statement, because each statement costs a round trip to a server.

Each row is returned as a JSON array, which both databases can build, and is converted by the column types.

Fast path; see `storage.load_case`, which uses it, for gain, cost, and when to delete it. Tested against one statement
for each table by tests/storage/test_case_whole.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Select, Text, cast, literal_column, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import class_mapper, make_transient_to_detached
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from feedback_tui.models.base import WordType
from feedback_tui.storage.audit.change_capture import table_of
from feedback_tui.storage.bulk.inserts import remembered


class Round:
    """Several queries combined into one statement, which is built once and reused."""

    def __init__(self, *queries: Select[Any]) -> None:
        self._readers = [[_reader(column.type) for column in query.selected_columns] for query in queries]
        asked: list[Any] = [
            query.with_only_columns(
                literal_column(str(number)),
                _Array(*(cast(c, Text) if isinstance(c.type, JSON) else c for c in query.selected_columns)),
                maintain_column_froms=True,
            )
            for number, query in enumerate(queries)
        ]
        self._statement = union_all(*asked)

    def ask(self, session: Session, **values: object) -> list[list[list[Any]]]:
        """Returns the rows of each query, in no particular order. Raises ValueError if a stored value does not fit its
        column."""
        found: list[list[list[Any]]] = [[] for _ in self._readers]
        for number, row in session.execute(self._statement, values):
            readers = self._readers[number]
            found[number].append(
                [
                    value if read is None or value is None else read(value)
                    for read, value in zip(readers, json.loads(row), strict=True)
                ]
            )
        return found


def as_loaded(session: Session, model: type[SQLModel], row: Sequence[object]) -> Any:
    """Returns the instance that the session would have loaded for `row`, which must hold all columns of the model's
    table."""
    instance = class_mapper(model).class_manager.new_instance()
    instance.__dict__.update(zip(table_of(model).columns.keys(), row, strict=True))
    make_transient_to_detached(instance)
    session.add(instance)
    return instance


class _Array(FunctionElement[str]):
    """A row as a JSON array in text."""

    inherit_cache = True
    type = Text()


@compiles(_Array)
def _in_a_file(element: _Array, compiler: SQLCompiler, **keywords: Any) -> str:
    return f"json_array({compiler.process(element.clauses, **keywords)})"


@compiles(_Array, "postgresql")
def _on_a_server(element: _Array, compiler: SQLCompiler, **keywords: Any) -> str:
    return f"json_build_array({compiler.process(element.clauses, **keywords)})::text"


def _reader(kind: TypeEngine[Any]) -> Callable[[Any], object] | None:
    """Returns the function that converts a JSON value to a column's type, or None if no conversion is needed."""
    if isinstance(kind, WordType):
        return remembered(kind.vocabulary).__getitem__
    if isinstance(kind, Date):
        return remembered(date.fromisoformat).__getitem__
    if isinstance(kind, UTCDateTime):
        return _moment
    if isinstance(kind, JSON):
        return json.loads
    return bool if isinstance(kind, Boolean) else None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    # A SQLite file stores UTC without a time zone.
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
