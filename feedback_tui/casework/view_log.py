"""The log of who viewed a case, kept if the council's profile asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.errors import NoSuchCase, Restricted
from feedback_tui.models.case import Case
from feedback_tui.models.view_log import Viewing
from feedback_tui.rules.restricted_access import may_open
from feedback_tui.storage.register import Register
from feedback_tui.text import safe_text


@dataclass(frozen=True)
class Viewed:
    """One view of a case by an officer."""

    officer: str
    viewed_at: datetime
    """UTC."""


def saw(actor: Actor, reference: str) -> bool:
    """Logs that the officer viewed a case; returns False, without logging, if the profile does not ask for it.

    It does not change the case or its events. Raises NoSuchCase.
    """
    if not actor.register.profile.record_views:
        return False
    with actor.transaction() as work:
        case = _case(work.session, reference)
        work.session.add(Viewing(case_id=case.id, officer=actor.officer, viewed_at=work.now))
    return True


def opened_as_keeper(register: Register, cases: Iterable[tuple[int, str]]) -> None:
    """Logs that a keeper opens these restricted cases (id and reference), before anything is shown and whatever the
    profile says.

    Each case is logged once a day for an open register.
    """
    today = datetime.now(UTC).date()
    marks = {(reference, today): case_id for case_id, reference in cases}
    new = {mark: case_id for mark, case_id in marks.items() if mark not in register.opened_as_keeper}
    if not new:
        return
    with register.transaction(register.login) as work:
        work.session.add_all(
            Viewing(case_id=case_id, officer=work.officer, viewed_at=work.now) for case_id in new.values()
        )
    register.opened_as_keeper.update(new)


def all_opened_as_keeper(register: Register) -> None:
    """Logs that the login, a keeper, opens all cases that are restricted to others, before a whole register is
    exported."""
    with register.reading() as session:
        rows = session.exec(
            select(Case.id, Case.reference, Case.restricted_to).where(col(Case.restricted_to).is_not(None))
        )
        closed = [(row[0] or 0, row[1]) for row in rows if not may_open(row[2], register.login)]
    opened_as_keeper(register, closed)


def views_of(register: Register, reference: str) -> tuple[Viewed, ...]:
    """Returns who viewed a case, latest first. Raises NoSuchCase; Restricted if the reader may not open the case."""
    with register.reading() as session:
        case = _case(session, reference)
        if not (may_open(case.restricted_to, register.reader) or register.is_keepers):
            raise Restricted(case.reference, case.restricted_to, case.officer)
        return latest_views(session, case.id)


def latest_views(session: Session, case_id: int | None, most: int | None = None) -> tuple[Viewed, ...]:
    """Returns who viewed a case, latest first, at most `most` views (None: all)."""
    query = select(Viewing).where(Viewing.case_id == case_id).order_by(col(Viewing.id).desc()).limit(most)
    return tuple(Viewed(row.officer, row.viewed_at) for row in session.exec(query))


def _case(session: Session, reference: str) -> Any:
    """Returns the id, reference, officer and restriction of a case. Raises NoSuchCase."""
    key = safe_text(reference).strip().casefold()
    columns = select(Case.id, Case.reference, Case.officer, Case.restricted_to)
    case = session.exec(columns.where(Case.reference_key == key)).first()
    if case is None:
        raise NoSuchCase(reference)
    return case
