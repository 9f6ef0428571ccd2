"""Registers for the tests of the year, written down case by case and stored straight into the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel, create_engine

from feedback_tui.enums import (
    ClosingReason,
    CountsFrom,
    DeadlineKind,
    DeadlineState,
    Kind,
    NotAccepted,
    OmbudsmanDecision,
    OmbudsmanStatus,
    Outcome,
    Part,
    Role,
    Status,
    StepKey,
    Unit,
)
from feedback_tui.models.case import Case, ComplaintPoint, Stage
from feedback_tui.models.deadline import Deadline, Extension
from feedback_tui.models.event import Event
from feedback_tui.models.ombudsman import OmbudsmanRecord
from feedback_tui.models.people import Party
from feedback_tui.models.redress import Action, Learning, Remedy
from feedback_tui.models.register import TypedFigure, YearText
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.figures import figures
from feedback_tui.reports.renderers.as_json import document
from feedback_tui.rules.months import Span, reporting_year
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.profile import load_profile

YEAR = reporting_year("2022/23")
AS_OF = date(2023, 4, 20)
SHROPSHIRE = load_profile("shropshire")
WIGAN = load_profile("wigan")
RECORDED = datetime(2030, 1, 1, 12, 0, tzinfo=UTC)
"""When events are recorded: after every day that a test counts as of."""


@dataclass(frozen=True)
class Point:
    """One complaint point."""

    team: str | None = None
    provider: str | None = None
    category: str | None = None
    subcategory: str | None = None
    theme: str | None = None


@dataclass(frozen=True)
class Due:
    """A deadline: its original date, its date now, and whether another procedure took its place."""

    original: date
    now: date | None = None
    superseded: bool = False

    @property
    def as_it_stands(self) -> date:
        return self.now or self.original


@dataclass(frozen=True)
class Approach:
    """One approach of the Ombudsman."""

    received_on: date | None
    due_on: date | None = None
    responded_on: date | None = None
    decided_on: date | None = None
    decision: OmbudsmanDecision | None = None
    draft_on: date | None = None


@dataclass(frozen=True)
class Agreed:
    """A remedy or an action: a word, an amount in pence, when due, when done; when its date was set; the approach that
    redress was agreed in, and when it was offered."""

    word: str | None = None
    pence: int | None = None
    due_on: date | None = None
    done_on: date | None = None
    set_on: date | None = None
    approach: int | None = None
    offered_on: date | None = None


@dataclass(frozen=True)
class Reopening:
    """A closed case was reopened on a day; whether that was undone."""

    on: date
    undone: bool = False


@dataclass(frozen=True)
class Given:
    """One case of a register."""

    kind: Kind = Kind.COMPLAINT
    received_on: date = date(2022, 6, 1)
    status: Status = Status.LOGGED
    procedure: str | None = "statutory-adult"
    version: str | None = None
    channel: str | None = "email"
    points: tuple[Point, ...] = (Point(),)
    roles: tuple[Role | None, ...] = ()
    acknowledged_on: date | None = None
    started_on: date | None = None
    responded_on: date | None = None
    working_days: int | None = None
    outcome: Outcome | None = None
    closed_on: date | None = None
    closing_reason: ClosingReason | None = None
    not_accepted: NotAccepted | None = None
    acknowledgement: Due | None = None
    targets: tuple[Due, ...] = ()
    limits: tuple[Due, ...] = ()
    extended: bool = False
    told_on: date | None = None
    stage_2_refused_on: date | None = None
    reviewed: bool = False
    review_outcome: Outcome | None = None
    review_responded_on: date | None = None
    review_working_days: int | None = None
    review_targets: tuple[Due, ...] = ()
    review_limits: tuple[Due, ...] = ()
    reopenings: tuple[Reopening, ...] = ()
    reopened_on: date | None = None
    """The day it was reopened, if it waits for its answer since."""
    answered_again_on: date | None = None
    review_answered_again_on: date | None = None
    approaches: tuple[Approach, ...] = ()
    remedies: tuple[Agreed, ...] = ()
    learning: tuple[str | None, ...] = ()
    actions: tuple[Agreed, ...] = ()
    source: str | None = None
    imported: bool = False
    """Whether an import brought it."""

    def but(self, **changes: object) -> Given:
        """The same case, but for these."""
        return replace(self, **changes)  # type: ignore[arg-type]


NORTH, SOUTH = Point(team="North"), Point(team="South")
ANSWERED = Given(
    status=Status.RESPONSE_SENT,
    acknowledged_on=date(2022, 6, 6),
    started_on=date(2022, 6, 7),
    responded_on=date(2022, 7, 1),
    working_days=20,
    outcome=Outcome.UPHELD,
    acknowledgement=Due(date(2022, 6, 8)),
    targets=(Due(date(2022, 7, 8)),),
    limits=(Due(date(2022, 9, 5)),),
)
"""Received on 1 June 2022, answered in time on 1 July."""


def empty_engine() -> Engine:
    """A database in memory with the tables of a register."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    SQLModel.metadata.create_all(engine)
    return engine


@cache
def _shared_engine() -> Engine:
    # Each test rolls back what it stored: making the tables anew would take most of its time.
    return empty_engine()


@contextmanager
def stored(engine: Engine, cases: Iterable[Given], typed: Iterable[TypedFigure | YearText] = ()) -> Iterator[Session]:
    """A session on a register that holds these cases, and is empty again afterwards."""
    with engine.connect() as connection:
        transaction = connection.begin()
        with Session(connection) as session:
            listed = list(cases)
            made = [_case(number, given) for number, given in enumerate(listed, start=1)]
            session.add_all(made)
            session.add_all(typed)
            session.flush()
            for case, given in zip(made, listed, strict=True):
                _add_links(session, case, given)
            session.flush()
            yield session
        transaction.rollback()


def figures_of_cases(
    *cases: Given,
    profile: Profile = SHROPSHIRE,
    span: Span = YEAR,
    as_of: date = AS_OF,
    typed: Iterable[TypedFigure | YearText] = (),
) -> Figures:
    """The figures of a register with these cases."""
    with stored(_shared_engine(), cases, typed) as session:
        return figures(session, profile, span, as_of)


def summary(*cases: Given, **options: object) -> dict[str, object]:
    """The figures of a register with these cases, as JSON has them."""
    return document(figures_of_cases(*cases, **options))  # type: ignore[arg-type]


def read(*cases: Given, at: str, **options: Any) -> Any:
    """One figure of the summary: ``complaints.by_team``."""
    found: Any = summary(*cases, **options)
    for key in at.split("."):
        found = found[key]
    return found


def _case(number: int, given: Given) -> Case:
    case = Case(
        reference=f"T-{number}",
        reference_key=f"t-{number}",
        changed_at=datetime(2023, 1, 1, 12, 0, tzinfo=UTC),
        kind=given.kind,
        status=given.status,
        procedure=given.procedure,
        procedure_version=given.version,
        received_on=given.received_on,
        channel=given.channel,
        acknowledged_on=given.acknowledged_on,
        closed_on=given.closed_on,
        closing_reason=given.closing_reason,
        not_accepted=given.not_accepted,
        reopened_on=given.reopened_on,
        compliment_source=given.source,
        stage_number=2 if given.reviewed else 1,
    )
    case.stages.append(
        Stage(
            number=1,
            started_on=given.received_on,
            investigation_started_on=given.started_on,
            responded_on=given.responded_on,
            working_days_taken=given.working_days,
            outcome=given.outcome,
            next_stage_refused_on=given.stage_2_refused_on,
            answered_again_on=given.answered_again_on,
        )
    )
    if given.reviewed:
        case.stages.append(
            Stage(
                number=2,
                started_on=given.received_on,
                outcome=given.review_outcome,
                responded_on=given.review_responded_on,
                working_days_taken=given.review_working_days,
                answered_again_on=given.review_answered_again_on,
            )
        )
    for position, point in enumerate(given.points, start=1):
        case.points.append(
            ComplaintPoint(
                position=position,
                team=point.team,
                provider=point.provider,
                category=point.category,
                subcategory=point.subcategory,
                theme=point.theme,
            )
        )
    case.parties.append(Party(position=1, part=Part.CUSTOMER, role=Role.CUSTOMER))
    for position, role in enumerate(given.roles, start=2):
        case.parties.append(Party(position=position, part=Part.COMPLAINANT, role=role))
    if given.acknowledgement is not None:
        case.deadlines.append(_deadline(DeadlineKind.ACKNOWLEDGEMENT, given.acknowledgement, given.received_on))
    for target in given.targets:
        case.deadlines.append(_deadline(DeadlineKind.STAGE_1_TARGET, target, given.received_on))
    for limit in given.limits:
        case.deadlines.append(_deadline(DeadlineKind.STAGE_1_LIMIT, limit, given.received_on))
    for target in given.review_targets:
        case.deadlines.append(_deadline(DeadlineKind.STAGE_2_TARGET, target, given.received_on))
    for limit in given.review_limits:
        case.deadlines.append(_deadline(DeadlineKind.STAGE_2_LIMIT, limit, given.received_on))
    if given.extended:
        case.extensions.append(
            Extension(extended_from=given.received_on, extended_to=AS_OF, reason="more to ask", told_on=given.told_on)
        )
    for position, approach in enumerate(given.approaches, start=1):
        case.ombudsman.append(
            OmbudsmanRecord(
                position=position,
                status=OmbudsmanStatus.DECIDED if approach.decision else OmbudsmanStatus.WITH_OMBUDSMAN,
                received_on=approach.received_on,
                due_on=approach.due_on,
                responded_on=approach.responded_on,
                decided_on=approach.decided_on,
                decision=approach.decision,
                draft_decision_on=approach.draft_on,
            )
        )
    for position, remedy in enumerate(given.remedies, start=1):
        case.remedies.append(
            Remedy(
                position=position,
                kind=remedy.word,
                amount_pence=remedy.pence,
                due_on=remedy.due_on,
                done_on=remedy.done_on,
                offered_on=remedy.offered_on,
            )
        )
    for position, area in enumerate(given.learning, start=1):
        case.learning.append(Learning(position=position, area=area, text="learned"))
    for position, action in enumerate(given.actions, start=1):
        case.actions.append(Action(position=position, text="do", due_on=action.due_on, done_on=action.done_on))
    return case


def _add_links(session: Session, case: Case, given: Given) -> None:
    """Adds what names other rows of the case by their ids, and the event of an import."""
    for remedy, agreed in zip(case.remedies, given.remedies, strict=True):
        if agreed.approach is not None and agreed.approach <= len(case.ombudsman):
            remedy.ombudsman_id = case.ombudsman[agreed.approach - 1].id
        if agreed.set_on is not None and agreed.due_on is not None:
            due = _deadline(DeadlineKind.REMEDY, Due(agreed.due_on), agreed.set_on)
            due.case_id, due.remedy_id = case.id, remedy.id
            session.add(due)
    for action, agreed in zip(case.actions, given.actions, strict=True):
        if agreed.set_on is not None and agreed.due_on is not None:
            due = _deadline(DeadlineKind.ACTION, Due(agreed.due_on), agreed.set_on)
            due.case_id, due.action_id = case.id, action.id
            session.add(due)
    if given.imported:
        _add_event(session, case, StepKey.IMPORT, given.received_on)
    for reopening in given.reopenings:
        of = _add_event(session, case, StepKey.REOPEN, reopening.on)
        if reopening.undone:
            _add_event(session, case, StepKey.UNDO, reopening.on, {"event": of})


def _add_event(
    session: Session, case: Case, step: StepKey, on: date, details: dict[str, object] | None = None
) -> int | None:
    event = Event(
        case_id=case.id,
        step=step,
        happened_on=on,
        recorded_at=RECORDED,
        officer="officer",
        details=details or {},
        previous_hash="",
        hash=f"{case.id}",
    )
    session.add(event)
    session.flush()
    return event.id


def _deadline(kind: DeadlineKind, due: Due, received_on: date) -> Deadline:
    return Deadline(
        stage_number=1,
        kind=kind,
        state=DeadlineState.SUPERSEDED if due.superseded else DeadlineState.OPEN,
        counts_from=CountsFrom.RECEIPT,
        counted_from=received_on,
        unit=Unit.WORKING_DAYS,
        original_due_on=due.original,
        due_on=due.as_it_stands,
    )
