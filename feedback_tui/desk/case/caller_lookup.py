"""“Where are we?”: what an officer may tell a caller about a case, and what each person in it may be told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from feedback_tui.desk.case.page import CasePage, case_page
from feedback_tui.desk.case.people import PersonView
from feedback_tui.enums import Authority, Part, Role
from feedback_tui.storage.register import Register
from feedback_tui.text import folded

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
    Authority.COUNCILLOR_FOR_CONSTITUENT: "what concerns their constituent",
    Authority.PARENT: "what is in the child's best interests",
    Authority.FOR_A_CHILD: "what is in the child's best interests",
}
NOT_SETTLED = "not settled: find out who they are before you say anything"


@dataclass(frozen=True)
class MayKnow:
    """A person in the case, with all their parts, and what they may be told."""

    name: str
    parts: tuple[str, ...]
    """Their parts and roles: ``complainant``, ``family``."""
    told: str
    needs: tuple[str, ...]
    """Limits on contact, the safe way to reach them, an interpreter: one line each."""
    died_on: date | None


@dataclass(frozen=True)
class WhereWeAre:
    """What an officer can say about a case on the telephone."""

    page: CasePage
    people: tuple[MayKnow, ...]


def where_we_are(register: Register, reference: str, today: date) -> WhereWeAre:
    """Returns the case with this reference, and its people. Those who left the case are omitted, unless they died.
    Raises NoSuchCase; Restricted if the reader may not open it."""
    page = case_page(register, reference, today)
    found: dict[str, MayKnow] = {}
    for person in page.people:
        if person.ended_on is not None and person.died_on is None:
            continue
        one = _may_know(person)
        # A person who is both customer and complainant is one person on the telephone.
        key = folded(one.name) or str(person.position)
        before = found.get(key)
        found[key] = one if before is None else replace(one, parts=tuple(dict.fromkeys(before.parts + one.parts)))
    return WhereWeAre(page, tuple(found.values()))


def _may_know(person: PersonView) -> MayKnow:
    parts = [str(person.part)] + ([str(person.role)] if person.role else [])
    told = person.may_be_told or _told(person)
    return MayKnow(person.name, tuple(dict.fromkeys(parts)), told, person.needs, person.died_on)


def _told(person: PersonView) -> str:
    if person.authority is not None:
        return _TOLD[person.authority]
    own = person.part is Part.CUSTOMER or person.role is Role.CUSTOMER
    return "all of it: it is about them" if own else NOT_SETTLED
