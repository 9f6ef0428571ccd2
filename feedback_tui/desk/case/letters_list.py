"""The council's letters for a case, as a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from feedback_tui.desk.case.letter_fields import LetterTo, letters_for, write
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.list_columns import column
from feedback_tui.lists.columns import ListColumn, Listing
from feedback_tui.rules.procedures import Profile


@dataclass(frozen=True)
class LetterRow:
    """A letter, whether it fits the case now, and which of its places cannot be filled in yet."""

    letter: str
    """The letter's key."""
    name: str
    fits: bool
    missing: tuple[str, ...]


COLUMNS: tuple[ListColumn[LetterRow], ...] = (
    column("letter", "Letter"),
    column("name", "Name"),
    column("fits", "Fits the case now"),
    column("missing", "To write in"),
)


def letters_listing(page: CasePage, profile: Profile, officer: str, today: date) -> Listing[LetterRow]:
    """Returns every letter; those that fit the case first."""
    fits, others = letters_for(page, profile)
    rows = [
        LetterRow(row.key, row.name, row in fits, write(page, profile, LetterTo(row, officer=officer), today).missing)
        for row in (*fits, *others)
    ]
    return Listing("Letters", COLUMNS, rows)
