"""Who may open a restricted case: a colleague's or a councillor's relative is not everyone's to read about."""

from __future__ import annotations

from feedback_tui.rules.case_summary import without_greeting

RESTRICTED, ANONYMOUS = "restricted", "anonymous"
"""What stands in the place of a name."""


def named(restricted_to: str | None) -> list[str]:
    """The officers who alone may open a case; none: everyone may."""
    return [name.strip() for name in (restricted_to or "").split(";") if name.strip()]


def may_open(restricted_to: str | None, officer: str) -> bool:
    """Whether this officer may open a case with this restriction, whatever the capitals of a name."""
    names = named(restricted_to)
    return not names or officer.strip().casefold() in (name.casefold() for name in names)


def ask(restricted_to: str | None, officer: str = "") -> str:
    """What others see instead of a case's words: whom to ask."""
    names = named(restricted_to)
    first = officer if officer.casefold() in (name.casefold() for name in names) else next(iter(names), "")
    return f"restricted: ask {first}"


def shown_summary(summary: str, restricted_to: str | None, officer: str, reader: str) -> str:
    """A case's line without its greeting, or whom to ask where the reader may not open it."""
    return without_greeting(summary) if may_open(restricted_to, reader) else ask(restricted_to, officer)


def shown_name(name: str | None, restricted_to: str | None, reader: str) -> tuple[str | None, str]:
    """Whose case it is; else nobody, and what stands instead: “restricted” where the reader may not open it,
    “anonymous” for an empty name; nothing where no one is named."""
    if not may_open(restricted_to, reader):
        return None, RESTRICTED
    return (name or None), ANONYMOUS if name == "" else ""
