"""Names in the register for fields that suggest them: people of cases, and colleagues who work on cases."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, func, select

from feedback_tui.desk.earlier_cases import in_parts_of, these_people
from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.desk.tables import CASE, PARTY, PERSON, STAGE
from feedback_tui.enums import Status
from feedback_tui.storage.register import Register

MOST_PEOPLE = 12
MOST_COLLEAGUES = 300


@dataclass(frozen=True)
class Colleagues:
    """Who works on cases, by name; those of the latest cases first."""

    officers: tuple[str, ...]
    investigators: tuple[str, ...]
    signers: tuple[str, ...]


def people_named(register: Register, typed: str, most: int = MOST_PEOPLE) -> list[str]:
    """Returns names of people that contain every part of `typed`, of the latest cases first, at most `most`.

    Only from cases that the reader may open. [] for under three letters.
    """
    asked = these_people(typed)
    if asked is None:
        return []
    names = (
        select(PERSON.c.name)
        .join_from(CASE, PARTY, PARTY.c.case_id == CASE.c.id)
        .join(PERSON, PERSON.c.id == PARTY.c.person_id)
        .where(CASE.c.status != Status.VOID, open_to_reader(), in_parts_of(asked))
        .group_by(PERSON.c.name)
        .order_by(func.max(CASE.c.received_on).desc(), PERSON.c.name)
        .limit(most)
    )
    with register.reading() as session:
        return [name for (name,) in session.execute(names, reader_value(register.reader)) if name]


def colleagues(register: Register) -> Colleagues:
    """Returns who works on the cases of the register."""
    with register.reading() as session:

        def of(column: Column[str]) -> tuple[str, ...]:
            owner = CASE.c.id if column.table is CASE else STAGE.c.case_id
            named = (
                select(column).where(column != "").group_by(column).order_by(func.max(owner).desc(), column)
            ).limit(MOST_COLLEAGUES)
            if column.table is STAGE:
                named = named.join(CASE, CASE.c.id == owner).where(open_to_reader())
            return tuple(name for (name,) in session.execute(named, reader_value(register.reader)) if name)

        return Colleagues(of(CASE.c.officer), of(STAGE.c.investigator), of(STAGE.c.signed_by))
