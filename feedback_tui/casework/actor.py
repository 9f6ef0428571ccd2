"""The officer who works, with register and day; and the result of a verb."""

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
from feedback_tui.rules.lifecycle.lifecycle import past_of
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
    """An officer at work. Dates are judged by `today`; events are stamped with `now` (UTC)."""

    register: Register
    officer: str
    today: date
    now: Callable[[], datetime] = field(default=_now, repr=False)
    rehearsing: bool = False

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """Yields the unit of work of a verb.

        Raises StepNotAllowed for a date in a year outside the calendar of working days; ConflictError if another
        officer changed the case meanwhile; RegisterError.
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
    """An open deadline in the result of a verb."""

    kind: DeadlineKind
    due_on: date
    original_due_on: date
    state: DeadlineState
    rule: str


@dataclass(frozen=True)
class StepResult:
    """The result of a verb: the case's reference, status and version, and its open deadlines, earliest first."""

    reference: str
    status: Status
    version: int
    deadlines: tuple[DeadlineLine, ...]
    undated: tuple[str, ...] = ()
    """Redress and actions owed without a date, as ``Redress (apology)``, ``Action (train the team)``."""
    under: tuple[str | None, str | None] = (None, None)
    """The key of the case's procedure, and its version."""
    remark: str = ""
    """What the officer should know about the result, such as that a stage was asked for late; "" for nothing."""

    @property
    def owed(self) -> tuple[DeadlineLine, ...]:
        """The open deadlines. If a later date was told, the end of the six months is left out: a later date needs the
        complainant's agreement (2009 Regulations, reg 14(3)), and the response is owed by that date."""
        told = [line.due_on for line in self.deadlines if line.kind is DeadlineKind.RESPONSE_PROMISED]
        return tuple(
            line
            for line in self.deadlines
            if line.kind is not DeadlineKind.STATUTORY_LIMIT or not any(day > line.due_on for day in told)
        )

    @property
    def still_owed(self) -> str:
        """What an ended case still owes, in words; "" if nothing, or if the case is open or void."""
        if self.status.is_open or self.status is Status.VOID:
            return ""
        dated = [f"{line.kind.label} by {long_date(line.due_on)}" for line in self.deadlines]
        return "; ".join([*dated, *(f"{one}, no date" for one in self.undated)])


def find_case(work: UnitOfWork, reference: str, seen: int | None = None) -> Case:
    """Returns the case with this reference, ignoring upper and lower case, for a verb to change.

    Raises NoSuchCase; ConflictError if its version is not `seen`; Restricted if this officer may not open it;
    StepNotAllowed if its text was erased.
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
        raise ConflictError(case.reference, last.officer, past_of(last.step, last.details))
    if case.erased_on is not None:
        raise StepNotAllowed(f"{case.reference} – not possible: {WHEN_ERASED} (since {long_date(case.erased_on)}).")
    return case


def open_deadlines(case: Case) -> list[Deadline]:
    """Returns the case's open deadlines, earliest first."""
    found = [deadline for deadline in case.deadlines if deadline.state is DeadlineState.OPEN]
    return sorted(found, key=lambda deadline: (deadline.due_on, list(DeadlineKind).index(deadline.kind)))


def done(case: Case, undated: tuple[str, ...] = ()) -> StepResult:
    """Returns the result for a case as it is now. Pass `undated` if the case owes something without a date
    (`owed_undated`)."""
    lines = tuple(
        DeadlineLine(deadline.kind, deadline.due_on, deadline.original_due_on, deadline.state, deadline.rule)
        for deadline in open_deadlines(case)
    )
    # The flush raises the version, and a rehearsal has none.
    version = (case.version or 0) + inspect(case).modified
    return StepResult(case.reference, case.status, version, lines, undated, (case.procedure, case.procedure_version))


def owed_undated(case: Case) -> tuple[str, ...]:
    """Returns what a case owes without a date, redress first, then actions."""
    redress = [("Redress", each.kind or "") for each in case.remedies if each.due_on is None and each.done_on is None]
    actions = [("Action", each.text) for each in case.actions if each.due_on is None and each.done_on is None]
    return tuple(f"{what} ({one_line(words, 60)})" if words else what for what, words in (*redress, *actions))


def rehearse(verb: Callable[P, StepResult], *args: P.args, **kwargs: P.kwargs) -> StepResult:
    """Runs a verb without writing or locking, and returns what it would do. Raises what the verb would raise."""
    actor, *rest = args
    assert isinstance(actor, Actor)
    return verb(*(replace(actor, rehearsing=True), *rest), **kwargs)  # type: ignore[arg-type]
