"""Who may open a restricted case, for example about a relative of a colleague or councillor."""

from __future__ import annotations

from feedback_tui.rules.case_summary import without_greeting

RESTRICTED, ANONYMOUS = "restricted", "anonymous"
"""The text shown in place of a name."""


def named(restricted_to: str | None) -> list[str]:
    """Returns the only officers who may open a case; [] if everyone may."""
    return [name.strip() for name in (restricted_to or "").split(";") if name.strip()]


def may_open(restricted_to: str | None, officer: str) -> bool:
    """Returns whether this officer may open a case with this restriction, ignoring upper and lower case."""
    names = named(restricted_to)
    return not names or officer.strip().casefold() in (name.casefold() for name in names)


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
