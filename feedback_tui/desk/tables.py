"""The tables that the desk's readers query, as SQLAlchemy Core tables."""

from __future__ import annotations

from sqlalchemy import Table
from sqlmodel import SQLModel

from feedback_tui.models import case, contact, deadline, event, ombudsman, people, redress


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


CASE, STAGE, POINT = _table(case.Case), _table(case.Stage), _table(case.ComplaintPoint)
STAGE_FINDING = _table(case.StageFinding)
DEADLINE, EXTENSION = _table(deadline.Deadline), _table(deadline.Extension)
PARTY, PERSON = _table(people.Party), _table(people.Person)
OMBUDSMAN, EVENT = _table(ombudsman.OmbudsmanRecord), _table(event.Event)
REMEDY, LEARNING, ACTION = _table(redress.Remedy), _table(redress.Learning), _table(redress.Action)
CHASE, CONTACT = _table(contact.Chase), _table(contact.Contact)
