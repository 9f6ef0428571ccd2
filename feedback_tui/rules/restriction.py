"""Who may open a restricted case: a colleague's or a councillor's relative is not everyone's to read about."""

from __future__ import annotations


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
    """A case's summary, or whom to ask where the reader may not open it."""
    return summary if may_open(restricted_to, reader) else ask(restricted_to, officer)
