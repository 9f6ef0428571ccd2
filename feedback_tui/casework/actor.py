"""Who is working, on which register, on which day; and what a verb gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, ParamSpec

from sqlalchemy import inspect
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import col, select

from feedback_tui.casework.errors import ConflictError, NoSuchCase, Restricted, StepNotAllowed
from feedback_tui.enums import DeadlineKind, DeadlineState, Status
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.event import Event
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.lifecycle.closing import WHEN_ERASED
from feedback_tui.rules.lifecycle.lifecycle import PAST
from feedback_tui.rules.restricted_access import may_open
from feedback_tui.rules.working_days import OutsideCalendar
from feedback_tui.storage.load_case import case_for_a_step
from feedback_tui.storage.register import Register
from feedback_tui.text import one_line, safe_text

if TYPE_CHECKING:
    from feedback_tui.storage.unit_of_work import UnitOfWork

P = ParamSpec("P")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Actor:
    """An officer at work. `today` judges dates; `now` (UTC) stamps the record."""

    register: Register
    officer: str
    today: date
    now: Callable[[], datetime] = field(default=_now, repr=False)
    rehearsing: bool = False

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """The verb's one transaction.

        Raises StepNotAllowed for a date in a year that working days cannot be counted in.
        """
        try:
            with self.register.transaction(self.officer, self.now(), rehearsal=self.rehearsing) as work:
                yield work
        except StaleDataError:
            raise ConflictError("the case", "Another officer", "just now") from None
        except OutsideCalendar as error:
            raise StepNotAllowed(f"Nothing was saved: {error} Is the year right?") from None


@dataclass(frozen=True)
class DeadlineLine:
    """A deadline as a verb leaves it."""

    kind: DeadlineKind
    due_on: date
    original_due_on: date
    state: DeadlineState
    rule: str


@dataclass(frozen=True)
class StepResult:
    """What a verb did: the case's reference, status and version, and its open deadlines, soonest first."""

    reference: str
    status: Status
    version: int
    deadlines: tuple[DeadlineLine, ...]
    undated: tuple[str, ...] = ()
    """What is owed without a date: ``Redress (apology)``, ``Action (train the team)``."""
    under: tuple[str | None, str | None] = (None, None)
    """The procedure that the case runs under, and its version."""

    @property
    def still_owed(self) -> str:
        """All of it in words, where the case has ended; empty: nothing, or it goes on."""
        if self.status.is_open or self.status is Status.VOID:
            return ""
        dated = [f"{line.kind.label} by {long_date(line.due_on)}" for line in self.deadlines]
        return "; ".join([*dated, *(f"{one}, no date" for one in self.undated)])


def find_case(work: UnitOfWork, reference: str, seen: int | None = None) -> Case:
    """The case with this reference, whatever its case, for a verb to change.

    Raises NoSuchCase; ConflictError if it is past `seen`; Restricted where this officer
    may not open it; Refused where its words were erased.
    """
    key = safe_text(reference).strip().casefold()
    case = case_for_a_step(work.session, key)
    if case is None:
        raise NoSuchCase(reference)
    if not may_open(case.restricted_to, work.officer):
        raise Restricted(case.reference, case.restricted_to, case.officer)
    if seen is not None and case.version != seen:
        last = work.session.exec(
            select(Event).where(Event.case_id == case.id).order_by(col(Event.id).desc()).limit(1)
        ).one()
        raise ConflictError(case.reference, last.officer, PAST.get(last.step, str(last.step)))
    if case.erased_on is not None:
        raise StepNotAllowed(f"{case.reference} – not possible: {WHEN_ERASED} (since {long_date(case.erased_on)}).")
    return case


def open_deadlines(case: Case) -> list[Deadline]:
    """The case's open deadlines, soonest first."""
    found = [deadline for deadline in case.deadlines if deadline.state is DeadlineState.OPEN]
    return sorted(found, key=lambda deadline: (deadline.due_on, list(DeadlineKind).index(deadline.kind)))


def done(case: Case, undated: tuple[str, ...] = ()) -> StepResult:
    """What to give back of a case as it stands now; `undated` is known to a verb that asked while it was at work."""
    lines = tuple(
        DeadlineLine(deadline.kind, deadline.due_on, deadline.original_due_on, deadline.state, deadline.rule)
        for deadline in open_deadlines(case)
    )
    # A rehearsal ends before the flush that raises the version.
    version = (case.version or 0) + inspect(case).modified
    return StepResult(case.reference, case.status, version, lines, undated, (case.procedure, case.procedure_version))


def owed_undated(case: Case) -> tuple[str, ...]:
    """The redress and the actions of a case that are owed without a date."""
    redress = [("Redress", each.kind or "") for each in case.remedies if each.due_on is None and each.done_on is None]
    actions = [("Action", each.text) for each in case.actions if each.due_on is None and each.done_on is None]
    return tuple(f"{what} ({one_line(words, 60)})" if words else what for what, words in (*redress, *actions))


def rehearse(verb: Callable[P, StepResult], *args: P.args, **kwargs: P.kwargs) -> StepResult:
    """What a verb would do, by the same code, with nothing written and no lock taken. Raises what it would raise."""
    actor, *rest = args
    assert isinstance(actor, Actor)
    return verb(*(replace(actor, rehearsing=True), *rest), **kwargs)  # type: ignore[arg-type]
