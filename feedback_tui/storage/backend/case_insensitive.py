"""Case-insensitive LIKE, in the fastest form for each database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class any_capitals(FunctionElement[str]):
    """A text to compare, by LIKE, with a pattern in lower case."""

    inherit_cache = True
    name = "any_capitals"
    type = String()

    def __init__(self, text: ColumnElement[Any]) -> None:
        super().__init__(text)


@compiles(any_capitals)
def _small(element: any_capitals, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(func.lower(*element.clauses), **options)


@compiles(any_capitals, "sqlite")
def _for_a_file(element: any_capitals, compiler: SQLCompiler, **options: Any) -> str:
    """SQLite's LIKE ignores the case of ASCII letters only. Text with other letters (more bytes than characters) goes
    through the ``lower`` function in Python, which is five times slower and blocks the interface meanwhile."""
    text = compiler.process(element.clauses, **options)
    return f"CASE WHEN length({text}) = length(CAST({text} AS BLOB)) THEN {text} ELSE lower({text}) END"
