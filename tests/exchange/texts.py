"""Registers as text, for the tests: one valid row to change, and files made of rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from feedback_tui.exchange.register_csv import BadCell, BadRegister, read_register
from feedback_tui.models.register_row import RegisterRow
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.profile import load_profile

TODAY = date(2024, 6, 28)
SHROPSHIRE = load_profile("shropshire")
COMPLAINT = {
    "reference": "ASC-24-0001",
    "kind": "complaint",
    "procedure": "statutory-adult",
    "received_on": "2024-03-04",
    "channel": "email",
    "customer_name": "Ann Hill",
    "correspondent_name": "Bo Hill",
    "correspondent_role": "family",
    "team": "Social Work Team - North",
    "category": "Decisions > incorrect decision",
    "theme": "Care plans",
    "description": "The plan says four visits; there are two.",
    "acknowledged_on": "2024-03-06",
    "investigation_started_on": "2024-03-08",
    "investigating_officer": "Pat Lowe",
    "responded_on": "2024-04-05",
    "outcome": "upheld",
    "closed_on": "2024-04-10",
}
"""A complaint that was answered and closed."""


def row(**changes: str) -> dict[str, str]:
    """The complaint with some columns changed; those set to nothing are left out."""
    return {column: text for column, text in {**COMPLAINT, **changes}.items() if text}


def only(*columns: str, **changes: str) -> dict[str, str]:
    """The complaint with these columns alone, besides what every row must have."""
    kept = ("reference", "kind", "received_on", *columns)
    return {column: COMPLAINT[column] for column in kept} | changes


def as_csv(rows: Iterable[dict[str, str]], columns: Iterable[str] | None = None) -> bytes:
    """A file of these rows, with the columns that they have."""
    rows = list(rows)
    header = list(columns or dict.fromkeys(column for each in rows for column in each))
    written = io.StringIO()
    writer = csv.DictWriter(written, header)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def read(*rows: dict[str, str], today: date = TODAY) -> list[RegisterRow]:
    """What these rows are read as, by Shropshire's profile."""
    return read_register(as_csv(rows), SHROPSHIRE, today)


def wrong(
    data: bytes | dict[str, str], *, encoding: str = "utf-8", profile: Profile = SHROPSHIRE
) -> tuple[BadCell, ...]:
    """What is wrong with a file, or with a row."""
    try:
        read_register(as_csv([data]) if isinstance(data, dict) else data, profile, TODAY, encoding=encoding)
    except BadRegister as error:
        return error.problems
    return ()
