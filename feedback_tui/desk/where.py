"""“Where are we?”: what an officer says to a caller, and what to this one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import select

from feedback_tui.desk.case import CasePage, case_page
from feedback_tui.models.case import Case
from feedback_tui.models.people import Party
from feedback_tui.storage.register import Register
from feedback_tui.words import Authority, Part, Role

_TOLD: dict[Authority, str] = {
    Authority.OWN_COMPLAINT: "all of it: it is their own complaint",
    Authority.AFFECTED: "what concerns themselves, not the customer's care",
    Authority.CONSENT_REQUESTED: "nothing about the customer yet: their consent was asked for, and has not come",
    Authority.CONSENT_RECEIVED: "all of it: the customer agreed",
    Authority.CONSENT_REFUSED: "nothing about the customer: they refused",
    Authority.ATTORNEY_OR_DEPUTY: "all of it, as attorney or deputy",
    Authority.LACKS_CAPACITY: "what is in the customer's best interests",
    Authority.CUSTOMER_HAS_DIED: "what their part as relative or executor allows",
    Authority.MP_FOR_CONSTITUENT: "what concerns their constituent",
}
NOT_SETTLED = "not settled: find out who they are before you say anything"


@dataclass(frozen=True)
class MayKnow:
    """Someone in the case, and what they may be told."""

    name: str
    parts: tuple[Part, ...]
    role: Role | None
    told: str
    safe_contact: str
    died_on: date | None


@dataclass(frozen=True)
class WhereWeAre:
    """A case as it is told on the telephone."""

    page: CasePage
    people: tuple[MayKnow, ...]


def where_we_are(register: Register, reference: str, today: date) -> WhereWeAre:
    """The case with this reference. Raises NoSuchCase."""
    page = case_page(register, reference, today)
    with register.reading() as session:
        case = session.exec(select(Case).where(Case.reference_key == page.reference.casefold())).one()
        people = [_may_know(party) for party in case.parties if party.ended_on is None]
    return WhereWeAre(page, tuple(_each_once(people)))


def _each_once(people: list[MayKnow]) -> list[MayKnow]:
    """One who stands in the case as customer and as complainant is one person on the telephone."""
    found: dict[str, MayKnow] = {}
    for number, one in enumerate(people):
        key = one.name.casefold() or str(number)
        before = found.get(key)
        found[key] = one if before is None else replace(one, parts=(*before.parts, *one.parts))
    return list(found.values())


def _may_know(party: Party) -> MayKnow:
    person = party.person
    return MayKnow(
        person.name if person else "",
        (party.part,),
        party.role,
        party.may_be_told or _told(party),
        person.safe_contact if person else "",
        person.died_on if person else None,
    )


def _told(party: Party) -> str:
    if party.authority is not None:
        return _TOLD[party.authority]
    own = party.part is Part.CUSTOMER or party.role is Role.CUSTOMER
    return "all of it: it is about them" if own else NOT_SETTLED
