"""Everything that a register holds on one person: what they may ask for under data protection law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from feedback_tui.casework.errors import InvalidInput, Problem
from feedback_tui.desk.case.page import CasePage, case_page
from feedback_tui.desk.filters.text_match import parts_of
from feedback_tui.desk.restricted import closed_to
from feedback_tui.models.case import Case
from feedback_tui.models.event import Words
from feedback_tui.models.people import Party, Person
from feedback_tui.storage.audit.change_capture import table_of
from feedback_tui.storage.register import Register
from feedback_tui.storage.search.name_index import name_pattern, people_with
from feedback_tui.text import folded

FEWEST_LETTERS = 3
LONG_ENOUGH = 6
"""Letters of a part that hardly stand across two words by chance."""


@dataclass(frozen=True)
class Held:
    """What is held on a person."""

    name: str
    """As it was asked for."""
    cases: tuple[CasePage, ...]
    """The cases in which they have a part, whole, in the order in which they were received."""
    withheld: tuple[str, ...]
    """References of every case that is restricted to other officers, whoever stands in it: none was looked into, since
    what was found there could be asked for letter by letter. One of those officers looks."""
    mentions: tuple[str, ...]
    """References of other cases whose words, now or before a correction, have the name in them: to be looked at."""


def held_on(register: Register, name: str, today: date, only: Sequence[str] = ()) -> Held:
    """Everything on the person of this name (every part of it, in any order); with `only`, in these cases alone.

    Names are compared as folded: with or without accents, apostrophes and hyphens.

    Two people of one name cannot be told apart by it: `only` does that. Raises InvalidInput for under three letters.
    """
    parts = [part for part in map(_squeezed, parts_of(name)) if part]
    if len("".join(parts)) < FEWEST_LETTERS:
        raise InvalidInput([Problem("name", f"“{name}” is too short to be a name: give at least three letters.")])
    case, party, person, words = table_of(Case), table_of(Party), table_of(Person), table_of(Words)
    own = (
        select(case.c.reference, case.c.received_on)
        .join_from(case, party, party.c.case_id == case.c.id)
        .join(person, person.c.id == party.c.person_id)
        .where(person.c.id.in_(people_with(*map(name_pattern, parts))))
        .order_by(case.c.received_on, case.c.reference)
    )
    # Read whole, and compared here: no index has what stood there before a correction, and none may be missed.
    texts = (
        select(case.c.reference, words.c.text)
        .join_from(case, words, words.c.case_id == case.c.id)
        .where(words.c.text.is_not(None))
        .order_by(case.c.received_on, case.c.reference)
        .execution_options(yield_per=1000)
    )
    register.require_all_cases("what is held on a person may stand there: a keeper looks")
    with register.reading() as session:
        theirs = list(dict.fromkeys(row.reference for row in session.execute(own)))
        closed = closed_to(session, register.reader)
        others = dict.fromkeys(
            reference for reference, text in session.execute(texts) if _mentions(folded(text), parts)
        )
    chosen = {reference.strip().casefold() for reference in only}
    asked = [reference for reference in theirs if not chosen or reference.casefold() in chosen]
    pages = tuple(case_page(register, reference, today) for reference in asked if reference not in closed)
    withheld = tuple(reference for reference in closed if not chosen or reference.casefold() in chosen)
    mentions = tuple(reference for reference in others if reference not in asked and reference not in closed)
    return Held(name, pages, withheld, mentions)


def _squeezed(text: str) -> str:
    """A text as names are compared, without its spaces."""
    return folded(text).replace(" ", "")


def _mentions(text: str, parts: Sequence[str]) -> bool:
    """Whether a folded text has every part; a longer one also where a space divides it, as in Al Hassan."""
    squeezed = text.replace(" ", "")
    return all(part in text or (len(part) >= LONG_ENOUGH and part in squeezed) for part in parts)
