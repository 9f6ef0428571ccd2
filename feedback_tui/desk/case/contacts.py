"""Contacts and chases of a case as frozen rows, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from feedback_tui.enums import Contact, Part

TELLS_WHY = (Contact.HOLDING_LETTER, Contact.LETTER_TO, Contact.FINAL_NOTICE)


@dataclass(frozen=True)
class ContactView:
    """One contact, or an attempt at one."""

    position: int
    contacted_on: date
    kind: Contact
    channel: str | None
    letter: str | None
    text: str
    person: str
    """The name of the person it was with, or ""."""
    part: Part | None


@dataclass(frozen=True)
class ChaseView:
    """One chase of the investigator."""

    position: int
    stage_number: int
    chased_on: date
    investigator: str | None
    escalated_to: str | None
    why_late: str
    next_on: date | None


def in_order(contacts: Sequence[ContactView]) -> list[ContactView]:
    """Returns the contacts in the order of their days; those of one day as they were logged."""
    return sorted(contacts, key=lambda row: (row.contacted_on, row.position))


def final_notice(contacts: Sequence[ContactView]) -> ContactView | None:
    """Returns the latest final notice, or None if there is none or they have been in contact since."""
    notice: ContactView | None = None
    for row in in_order(contacts):
        if row.kind is Contact.FINAL_NOTICE:
            notice = row
        elif row.kind in (Contact.CALL_FROM, Contact.LETTER_FROM, Contact.MEETING):
            notice = None
    return notice


def why_is_owed(six_months_end: date | None, contacts: Sequence[ContactView], today: date) -> bool:
    """Returns whether the six months have passed and no letter with the reason was sent since (reg 14)."""
    if six_months_end is None or six_months_end >= today:
        return False
    return not any(row.kind in TELLS_WHY and row.contacted_on > six_months_end for row in contacts)


def delay_was_written(contacts: Sequence[ContactView], aim: date) -> bool:
    """Returns whether a holding letter was sent on or after the day `aim`."""
    return any(row.kind is Contact.HOLDING_LETTER and row.contacted_on >= aim for row in contacts)
