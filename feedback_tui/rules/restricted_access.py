"""Which officers may open a restricted case, and what a list shows of it to others.

Rows are masked here, in Python. A list that is sorted, grouped or searched in the database is also masked there
(`desk.restricted`). Both use `HIDDEN_FIELDS`. tests/desk/test_restricted.py tests that both agree on who may open a
case, and that no list is sorted or grouped by a hidden field.
"""

from __future__ import annotations

from feedback_tui.rules.case_summary import without_greeting

RESTRICTED, ANONYMOUS = "restricted", "anonymous"
"""What is shown in place of a name."""
HIDDEN_FIELDS = frozenset({"procedure", "team", "investigator", "outcome", "closing_reason"})
"""The fields of a row that are empty for a reader who may not open the case. Its summary and names are replaced."""


def named(restricted_to: str | None) -> list[str]:
    """Returns the only officers who may open a case; [] if everyone may."""
    return [name.strip() for name in (restricted_to or "").split(";") if name.strip()]


def may_open(restricted_to: str | None, officer: str) -> bool:
    """Returns whether this officer may open a case with this restriction, ignoring upper and lower case."""
    names = named(restricted_to)
    return not names or officer.strip().casefold() in (name.casefold() for name in names)


def hidden_fields(restricted_to: str | None, reader: str) -> frozenset[str]:
    """Returns the fields of a row that this reader does not see; none if the reader may open the case."""
    return frozenset() if may_open(restricted_to, reader) else HIDDEN_FIELDS


def ask(restricted_to: str | None, officer: str = "") -> str:
    """Returns what others see instead of a case's text: whom to ask."""
    names = named(restricted_to)
    first = officer if officer.casefold() in (name.casefold() for name in names) else next(iter(names), "")
    return f"restricted: ask {first}"


def shown_summary(summary: str, restricted_to: str | None, officer: str, reader: str) -> str:
    """Returns a case's summary without its greeting, or whom to ask if the reader may not open it."""
    return without_greeting(summary) if may_open(restricted_to, reader) else ask(restricted_to, officer)


def shown_name(name: str | None, restricted_to: str | None, reader: str) -> tuple[str | None, str]:
    """Returns the name to show and the text to show in its place: “restricted” if the reader may not open the case,
    “anonymous” for the name "", "" if no one is named. The name is None in these cases."""
    if not may_open(restricted_to, reader):
        return None, RESTRICTED
    return (name or None), ANONYMOUS if name == "" else ""
