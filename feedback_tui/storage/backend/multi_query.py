"""Rows of several tables in one statement: on a server each statement is a way there and back.

Every row comes as a JSON array of its columns, which both databases make, and is read back by the types of the columns.
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
    """Several queries asked as one statement; made once, and kept."""

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
        """The rows of each query, in no order. Raises ValueError where a stored value is none of its column's."""
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
    """The instance that the session would have loaded for a row of all columns of a model's table."""
    instance = class_mapper(model).class_manager.new_instance()
    instance.__dict__.update(zip(table_of(model).columns.keys(), row, strict=True))
    make_transient_to_detached(instance)
    session.add(instance)
    return instance


class _Array(FunctionElement[str]):
    """A row as the text of a JSON array."""

    inherit_cache = True
    type = Text()


@compiles(_Array)
def _in_a_file(element: _Array, compiler: SQLCompiler, **keywords: Any) -> str:
    return f"json_array({compiler.process(element.clauses, **keywords)})"


@compiles(_Array, "postgresql")
def _on_a_server(element: _Array, compiler: SQLCompiler, **keywords: Any) -> str:
    return f"json_build_array({compiler.process(element.clauses, **keywords)})::text"


def _reader(kind: TypeEngine[Any]) -> Callable[[Any], object] | None:
    """What makes a column's value of what JSON has for it; None where they are the same."""
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
    # A file has UTC without saying so.
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
