"""The compliments with a quote ready for the report, without anyone's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select

from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.desk.tables import CASE, PARTY, POINT
from feedback_tui.enums import Kind, Part, Role, Status
from feedback_tui.rules.months import Span
from feedback_tui.storage.register import Register


@dataclass(frozen=True)
class Praise:
    """The quote of one compliment, whom it praises, and who sent it."""

    reference: str
    received_on: date
    recipient_role: str | None
    team: str | None
    sender: Role | None
    quote: str

    @property
    def paragraph(self) -> str:
        """The quote as printed: ``Occupational Therapist, Central Team, from a health colleague: “…”``."""
        whom = ", ".join(filter(None, (self.recipient_role, self.team)))
        sender = f"from {SENDERS[self.sender]}" if self.sender in SENDERS else ""
        head = ", ".join(filter(None, (whom, sender)))
        words = f"“{self.quote.strip().strip('“”')}”"
        return f"{head[:1].upper()}{head[1:]}: {words}" if head else words


SENDERS = {
    Role.CUSTOMER: "a customer",
    Role.FAMILY: "family",
    Role.CARER: "a carer",
    Role.FRIEND: "a friend",
    Role.HEALTH_COLLEAGUE: "a health colleague",
    Role.COLLEAGUE: "a colleague",
    Role.PROVIDER: "a provider",
}
"""Senders who may be named by role, because the role identifies nobody."""


def praise(register: Register, span: Span) -> list[Praise]:
    """Returns the compliments received in `span` that have a quote for the report, latest first. Void and restricted
    ones are left out."""
    first = and_(POINT.c.case_id == CASE.c.id, POINT.c.position == 1)
    sender = and_(PARTY.c.case_id == CASE.c.id, PARTY.c.part == Part.COMPLAINANT)
    query = (
        select(CASE.c.reference, CASE.c.received_on, CASE.c.recipient_role, POINT.c.team, PARTY.c.role, CASE.c.quote)
        .select_from(CASE.outerjoin(POINT, first).outerjoin(PARTY, sender))
        .where(
            CASE.c.kind == Kind.COMPLIMENT,
            CASE.c.status != Status.VOID,
            CASE.c.received_on.between(span.start, span.end),
            CASE.c.quote != "",
            open_to_reader(),
        )
        .order_by(CASE.c.received_on.desc(), CASE.c.reference_key, PARTY.c.position)
    )
    found: dict[str, Praise] = {}
    with register.reading() as session:
        for row in session.execute(query, reader_value(register.reader)):
            found.setdefault(row[0], Praise(*row))
    return list(found.values())
