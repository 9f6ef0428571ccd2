"""An index of the folded names of people in each case, for every search for a person.

It is updated with the search index (`search_index`), in the transaction that changes a case. It can be made again from
the rows; `differences` compares the two.

Fast path; see `search_index` for gain and cost. Tested against the names in the rows by
tests/desk/test_names_folded.py.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Integer, Select, String, column, func, select, table, text
from sqlalchemy.engine import Connection
from sqlmodel import Session

from feedback_tui.models.people import Person
from feedback_tui.storage.search.like_pattern import ESCAPE, containing
from feedback_tui.text import folded

NAMES = "person_name"
PERSON_NAME = table(NAMES, column("person_id", Integer), column("case_id", Integer), column("folded", String))
_NAMED = """
SELECT DISTINCT party.case_id, person.id, person.name FROM party JOIN person ON person.id = party.person_id
WHERE person.name <> ''"""


def put_in(connection: Connection, case_ids: Collection[int]) -> None:
    """Adds the names of the people in these cases, which the index must not have yet."""
    if not case_ids:
        return
    found = connection.exec_driver_sql(f"{_NAMED} AND party.case_id IN ({_listed(case_ids)})").all()
    rows = [{"case_id": case_id, "person_id": person, "folded": folded(name)} for case_id, person, name in found]
    if rows:
        connection.execute(
            text(f"INSERT INTO {NAMES} (person_id, case_id, folded) VALUES (:person_id, :case_id, :folded)"), rows
        )


def take_out(connection: Connection, case_ids: Collection[int]) -> None:
    """Removes the names of the people in these cases."""
    if case_ids:
        connection.exec_driver_sql(f"DELETE FROM {NAMES} WHERE case_id IN ({_listed(case_ids)})")


def before_flush(session: Session, *_: object) -> None:
    """Removes the names of people who are about to be deleted, because the index refers to their rows.

    Listener for the session's ``before_flush``. The case's names are added again at the end of its transaction.
    """
    if gone := [row.id for row in session.deleted if isinstance(row, Person) and row.id is not None]:
        session.connection().exec_driver_sql(f"DELETE FROM {NAMES} WHERE person_id IN ({_listed(gone)})")


def differences(connection: Connection, case_ids: Collection[int]) -> int:
    """Returns for how many of these cases the index and the rows differ."""
    if not case_ids:
        return 0
    ids = _listed(case_ids)
    said = connection.exec_driver_sql(f"{_NAMED} AND party.case_id IN ({ids})").all()
    wanted = {(case_id, person, folded(name)) for case_id, person, name in said}
    kept = connection.exec_driver_sql(f"SELECT case_id, person_id, folded FROM {NAMES} WHERE case_id IN ({ids})").all()
    return len({row[0] for row in wanted ^ {tuple(row) for row in kept}})


def has_part(part: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Returns the condition that a name contains a part, ignoring spaces. `part` is the part's `name_pattern`."""
    return func.replace(PERSON_NAME.c.folded, " ", "").like(part, escape=ESCAPE)


def name_pattern(part: str) -> str:
    """Returns the LIKE pattern for a typed part of a name. For text without letters the pattern matches nothing."""
    plain = folded(part).replace(" ", "")
    return containing(plain) if plain else ""


def people_with(*parts: ColumnElement[str] | str) -> Select[tuple[int]]:
    """Selects the ids of people whose name contains every one of these parts."""
    return select(PERSON_NAME.c.person_id).where(*(has_part(part) for part in parts))


def _listed(ids: Collection[int]) -> str:
    return ", ".join(str(int(number)) for number in ids)
