"""Text in which a part is looked for without regard to capitals, as each database has it quickest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class any_capitals(FunctionElement[str]):
    """A text to be compared by LIKE with a pattern in small letters."""

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
    """LIKE itself disregards the capitals of English there. Only a text with other letters (more bytes than letters) is
    made small by our own function, which takes five times as long and keeps every key waiting meanwhile."""
    text = compiler.process(element.clauses, **options)
    return f"CASE WHEN length({text}) = length(CAST({text} AS BLOB)) THEN {text} ELSE lower({text}) END"
