"""Everything that a register holds on one person, for a subject access request under data protection law."""

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
"""The least length of a name part that is also searched for across spaces; shorter ones match by chance."""


@dataclass(frozen=True)
class Held:
    """What is held on a person."""

    name: str
    """The name as it was typed."""
    cases: tuple[CasePage, ...]
    """The cases in which they have a part, in the order of receipt."""
    withheld: tuple[str, ...]
    """References of all cases restricted to other officers, whoever is in them. None was searched, because a search
    result could reveal a name letter by letter. One of those officers must look."""
    mentions: tuple[str, ...]
    """References of other cases whose text, now or before a correction, contains the name. They must be looked at."""


def held_on(register: Register, name: str, today: date, only: Sequence[str] = ()) -> Held:
    """Returns everything on the person with this name (every part of it, in any order); with `only`, from those cases
    alone.

    Names are compared as folded: accents, apostrophes and hyphens do not matter. People with the same name cannot be
    told apart by it; use `only` for that. Raises InvalidInput for under three letters; HiddenCases if the server hides
    restricted cases from this officer.
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
    # Read completely and compared here: no index has text from before a correction, and none may be missed.
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
    """Returns a text folded as names are compared, without spaces."""
    return folded(text).replace(" ", "")


def _mentions(text: str, parts: Sequence[str]) -> bool:
    """Returns whether a folded text contains every part; longer parts also across a space, as in Al Hassan."""
    squeezed = text.replace(" ", "")
    return all(part in text or (len(part) >= LONG_ENOUGH and part in squeezed) for part in parts)
