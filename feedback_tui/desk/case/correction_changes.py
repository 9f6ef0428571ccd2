"""What a correction changed: text before and after, from the record of its event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from feedback_tui.enums import StepKey
from feedback_tui.models.event import Event, Words

TOLD = (StepKey.CORRECT, StepKey.POINTS, StepKey.CORRECT_PERSON)
"""The steps whose changes are shown on the timeline."""
_TABLES = ("feedback_case", "complaint_point", "person", "party")
_NOT_TOLD = {"position", "case_id", "person_id"}
ERASED = "(erased)"


@dataclass(frozen=True)
class Changed:
    """One value that a step changed; "" before or after means that there was none."""

    name: str
    before: str
    after: str


def changed_by(session: Session, events: Iterable[Event]) -> dict[int, tuple[Changed, ...]]:
    """Returns what each of these events changed, by event number. Only events of the steps in `TOLD` are included."""
    told = [event for event in events if event.step in TOLD]
    digests = {str(value["words"]) for event in told for _, _, _, value in _values(event) if isinstance(value, dict)}
    rows = session.exec(select(Words.digest, Words.text).where(col(Words.digest).in_(digests))).all() if digests else ()
    texts = dict(rows)
    found: dict[int, tuple[Changed, ...]] = {}
    for event in told:
        sides: dict[tuple[str, object, str], list[str]] = {}
        for side, row, name, value in _values(event):
            sides.setdefault((row, event.id, name), ["", ""])[side] = _said(value, texts)
        found[event.id or 0] = tuple(Changed(name, *both) for (_, _, name), both in sides.items())
    return found


def _values(event: Event) -> Iterable[tuple[int, str, str, object]]:
    """Yields each value that an event of a correction changed, for the tables in `_TABLES` and without the columns in
    `_NOT_TOLD`: 0 for before or 1 for after, the row as ``table id``, the column, the value."""
    for table, row, *sides in event.changes:
        if table not in _TABLES:
            continue
        for side, values in enumerate(sides):
            if isinstance(values, dict):
                for name, value in values.items():
                    if name not in _NOT_TOLD:
                        yield side, f"{table} {row}", name, value


def _said(value: object, texts: dict[str, str | None]) -> str:
    if isinstance(value, dict):
        text = texts.get(str(value["words"]))
        return ERASED if text is None else text
    return "" if value is None else str(value)
