"""The statements that are kept as text, made again from what builds them: ``make statements``."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam
from sqlalchemy.dialects import sqlite

from feedback_tui.desk.queue import queue_sql
from feedback_tui.desk.queue.fast_first_page import STATEMENTS, statement_name
from feedback_tui.desk.queue.queue_sql import Shape

HANDED_IN = {"today", "horizon", "sunday", "limit"}
"""What a statement is run with; all else in it is fixed, and stands in the text."""


def written() -> dict[str, str]:
    """Every statement that is kept, by its name."""
    found = {}
    for every in (False, True):
        for overdue in (False, True):
            shape = Shape(every, overdue, ())
            found[statement_name(dated=True, overdue=overdue, every=every)] = as_text(queue_sql.dated(shape))
        found[statement_name(dated=False, every=every)] = as_text(queue_sql.undated(Shape(every, False, ())))
    whole = Shape(every_deadline=False, overdue=False, terms=())
    found["counts"] = as_text(queue_sql.counts(whole), in_part=False)
    found["how-many-undated"] = as_text(queue_sql.how_many(whole, with_date=False), in_part=False)
    return found


def as_text(query: Select[Any], *, in_part: bool = True) -> str:
    """A statement in the database's own words; `in_part`: up to `limit` rows."""
    limited = query.limit(bindparam("limit", 0)) if in_part else query
    compiled = limited.compile(dialect=sqlite.dialect(paramstyle="named"))
    whole = compiled.construct_expanded_state(dict.fromkeys(("today", "horizon", "sunday"), date.min))
    fixed = {name: value for name, value in whole.parameters.items() if name not in HANDED_IN}
    return re.sub(r":(\w+)", lambda found: _literal(fixed, found), whole.statement) + "\n"


def _literal(fixed: dict[str, Any], found: re.Match[str]) -> str:
    if found[1] not in fixed:
        assert found[1] in HANDED_IN, f"{found[1]} is neither fixed nor handed in"
        return found[0]
    value = fixed[found[1]]
    if value is None:
        return "NULL"
    return str(value) if type(value) is int else "'" + str(value).replace("'", "''") + "'"


def main() -> None:
    """Writes them."""
    STATEMENTS.mkdir(exist_ok=True)
    for old in STATEMENTS.glob("*.sql"):
        old.unlink()
    for name, text in written().items():
        (STATEMENTS / f"{name}.sql").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
