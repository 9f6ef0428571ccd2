"""The names of the people in each case, folded: one index for every place where a person is looked for.

Kept up to date with the index of words (`search_index`), in the transaction that changes a case. It holds nothing that
the tables do not say: `differences` compares the two.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Integer, Select, String, column, func, select, table, text
from sqlalchemy.engine import Connection
from sqlmodel import Session

from feedback_tui.models.people import Person
from feedback_tui.text import folded

NAMES = "person_name"
PERSON_NAME = table(NAMES, column("person_id", Integer), column("case_id", Integer), column("folded", String))
ESCAPE = "/"
_NAMED = """
SELECT DISTINCT party.case_id, person.id, person.name FROM party JOIN person ON person.id = party.person_id
WHERE person.name <> ''"""


def put_in(connection: Connection, case_ids: Collection[int]) -> None:
    """Puts in the names of the people in these cases, of which the index has nothing yet."""
    if not case_ids:
        return
    found = connection.exec_driver_sql(f"{_NAMED} AND party.case_id IN ({_listed(case_ids)})").all()
    rows = [{"case_id": case_id, "person_id": person, "folded": folded(name)} for case_id, person, name in found]
    if rows:
        connection.execute(
            text(f"INSERT INTO {NAMES} (person_id, case_id, folded) VALUES (:person_id, :case_id, :folded)"), rows
        )


def take_out(connection: Connection, case_ids: Collection[int]) -> None:
    """Takes out the names of the people in these cases."""
    if case_ids:
        connection.exec_driver_sql(f"DELETE FROM {NAMES} WHERE case_id IN ({_listed(case_ids)})")


def before_flush(session: Session, *_: object) -> None:
    """Takes out the names of the people whose rows are about to be deleted: the index refers to those rows.

    A listener of the session's ``before_flush``. The names of a case are put in anew when its transaction ends.
    """
    if gone := [row.id for row in session.deleted if isinstance(row, Person) and row.id is not None]:
        session.connection().exec_driver_sql(f"DELETE FROM {NAMES} WHERE person_id IN ({_listed(gone)})")


def differences(connection: Connection, case_ids: Collection[int]) -> int:
    """How many of these cases the index has other names of than their rows."""
    if not case_ids:
        return 0
    ids = _listed(case_ids)
    said = connection.exec_driver_sql(f"{_NAMED} AND party.case_id IN ({ids})").all()
    wanted = {(case_id, person, folded(name)) for case_id, person, name in said}
    kept = connection.exec_driver_sql(f"SELECT case_id, person_id, folded FROM {NAMES} WHERE case_id IN ({ids})").all()
    return len({row[0] for row in wanted ^ {tuple(row) for row in kept}})


def has_part(part: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether a row of the index has a part of a name anywhere, given as its `name_pattern`; spaces do not count."""
    return func.replace(PERSON_NAME.c.folded, " ", "").like(part, escape=ESCAPE)


def name_pattern(part: str) -> str:
    """The pattern that `has_part` takes for what an officer typed. Of what has no letter: one that nothing fits."""
    plain = folded(part).replace(" ", "")
    if not plain:
        return ""
    for sign in (ESCAPE, "%", "_"):
        plain = plain.replace(sign, ESCAPE + sign)
    return f"%{plain}%"


def people_with(*parts: ColumnElement[str] | str) -> Select[tuple[int]]:
    """The ids of the people whose name has every one of these parts."""
    return select(PERSON_NAME.c.person_id).where(*(has_part(part) for part in parts))


def _listed(ids: Collection[int]) -> str:
    return ", ".join(str(int(number)) for number in ids)
