"""Everything that a register holds on one person: what they may ask for under data protection law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from feedback_tui.casework.refusals import BadInput, Problem, Restricted
from feedback_tui.desk.case import CasePage, case_page
from feedback_tui.desk.matching import parts_of, pattern
from feedback_tui.desk.matching_sql import contains
from feedback_tui.models.case import Case
from feedback_tui.models.event import Words
from feedback_tui.models.people import Party, Person
from feedback_tui.storage.capture import table_of
from feedback_tui.storage.register import Register

FEWEST_LETTERS = 3


@dataclass(frozen=True)
class Held:
    """What is held on a person."""

    name: str
    """As it was asked for."""
    cases: tuple[CasePage, ...]
    """The cases in which they have a part, whole, in the order in which they were received."""
    withheld: tuple[str, ...]
    """References of cases of theirs that are restricted to other officers: one of those gives what is in them."""
    mentions: tuple[str, ...]
    """References of other cases whose words, now or before a correction, have the name in them: to be looked at."""


def held_on(register: Register, name: str, today: date, only: Sequence[str] = ()) -> Held:
    """Everything on the person of this name (every part of it, in any order); with `only`, in these cases alone.

    Two people of one name cannot be told apart by it: `only` does that. Raises BadInput for under three letters.
    """
    parts = [pattern(part) for part in parts_of(name)]
    if len("".join(name.split())) < FEWEST_LETTERS:
        raise BadInput([Problem("name", f"“{name}” is too short to be a name: give at least three letters.")])
    case, party, person, words = table_of(Case), table_of(Party), table_of(Person), table_of(Words)
    own = (
        select(case.c.reference, case.c.received_on)
        .join_from(case, party, party.c.case_id == case.c.id)
        .join(person, person.c.id == party.c.person_id)
        .where(*(contains(person.c.name, part) for part in parts))
        .order_by(case.c.received_on, case.c.reference)
    )
    mentioned = (
        select(case.c.reference)
        .join_from(case, words, words.c.case_id == case.c.id)
        .where(*(contains(words.c.text, part) for part in parts))
        .order_by(case.c.received_on, case.c.reference)
    )
    register.require_all_cases("what is held on a person may stand there: a keeper looks")
    with register.reading() as session:
        theirs = list(dict.fromkeys(row.reference for row in session.execute(own)))
        others = dict.fromkeys(row.reference for row in session.execute(mentioned))
    if only:
        chosen = {reference.strip().casefold() for reference in only}
        theirs = [reference for reference in theirs if reference.casefold() in chosen]
    pages, withheld = list[CasePage](), list[str]()
    for reference in theirs:
        try:
            pages.append(case_page(register, reference, today))
        except Restricted:
            withheld.append(reference)
    mentions = tuple(reference for reference in others if reference not in theirs)
    return Held(name, tuple(pages), tuple(withheld), mentions)
