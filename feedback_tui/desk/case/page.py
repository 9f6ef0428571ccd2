"""The page of a case: its people, points, stages, deadlines, follow-up and timeline."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session

from feedback_tui.casework.case_deadlines import rules_of, standing, version_of
from feedback_tui.casework.errors import NoSuchCase, Restricted
from feedback_tui.casework.party_queries import name_of
from feedback_tui.casework.six_months import agreed_past, relevant_period_end
from feedback_tui.casework.stage_parts import missing_parts, parts_of
from feedback_tui.casework.undo import undone_events
from feedback_tui.casework.view_log import Viewed, latest_views, opened_as_keeper
from feedback_tui.desk.case import contacts as contact_views
from feedback_tui.desk.case.contacts import ChaseView, ContactView
from feedback_tui.desk.case.correction_changes import changed_by
from feedback_tui.desk.case.last_contact import LastContact, Told, failed_tries, last_contact
from feedback_tui.desk.case.people import PersonView, people_of, whose
from feedback_tui.desk.case.rows import (
    ActionView,
    DeadlineView,
    DocumentView,
    EventView,
    ExtensionView,
    LearningView,
    OmbudsmanView,
    PartView,
    PointView,
    RemedyView,
    StageView,
)
from feedback_tui.desk.queue.owed_kinds import AIMS
from feedback_tui.desk.queue.queue_row import working_days_left
from feedback_tui.enums import (
    ClosingReason,
    DeadlineKind,
    DeadlineState,
    Discussion,
    Kind,
    LearningSaid,
    NotAccepted,
    Outcome,
    Status,
    StepKey,
)
from feedback_tui.models.case import Case, Stage
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.event import Event
from feedback_tui.rules.deadlines import DRAFT_RULE, QUERY_RULE, stated_as, why_no_closures
from feedback_tui.rules.findings import implied_finding
from feedback_tui.rules.hold_reasons import hold_words, process_of
from feedback_tui.rules.lifecycle.lifecycle import Standing, past_of
from feedback_tui.rules.procedures import Profile, Version
from feedback_tui.rules.restricted_access import may_open, named
from feedback_tui.rules.working_days import WorkingCalendar
from feedback_tui.storage.load_case import Beside, case_whole
from feedback_tui.storage.register import Register
from feedback_tui.text import safe_text

__all__ = [
    "ActionView",
    "CasePage",
    "DeadlineView",
    "DocumentView",
    "EventView",
    "ExtensionView",
    "LearningView",
    "OmbudsmanView",
    "PersonView",
    "PointView",
    "RemedyView",
    "StageView",
    "case_page",
]
V = TypeVar("V")
VIEWS_SHOWN = 10
_LETTERS = {QUERY_RULE: "assessment query", DRAFT_RULE: DRAFT_RULE}
"""By the rule of a deadline: the name of a letter that is owed to the Ombudsman besides the reply to the enquiry."""


@dataclass(frozen=True)
class CasePage:
    """Everything known of a case at one moment. A step gets `version` as the version that the officer saw."""

    id: int
    reference: str
    version: int
    changed_at: datetime
    kind: Kind
    status: Status
    procedure: str | None
    procedure_name: str | None
    procedure_version: str | None
    received_on: date
    happened_on: date | None
    late_reason: str
    channel: str | None
    summary: str
    description: str
    wanted: str
    officer: str
    acknowledged_on: date | None
    acknowledged_by: str | None
    discussion: Discussion | None
    learning_said: LearningSaid | None
    closed_on: date | None
    reopened_on: date | None
    closing_reason: ClosingReason | None
    compliment_source: str | None
    recipient_role: str | None
    system_reference: str | None
    not_accepted: NotAccepted | None
    refusal_told_on: date | None
    passed_on_to: str | None
    safeguarding_on: date | None
    joint_with: str | None
    joint_lead: str | None
    joint_signatory: str | None
    sharing_consent_on: date | None
    ombudsman_key: str | None
    """The key of the Ombudsman chosen for the case; None: the usual one of its procedure."""
    record_sent_on: date | None
    provider_asked_on: date | None
    provider_answered_on: date | None
    provider_agreed: bool | None
    provider_sent_to: str | None
    provider_sent_on: date | None
    provider_kept: str
    provider_told_on: date | None
    provider_response_on: date | None
    restricted_to: str | None
    kept_since: date | None
    """The day from which it is marked “do not destroy”."""
    kept_for: str
    keeping_review_on: date | None
    erased_on: date | None
    """The day on which people's text was erased."""
    thanked_on: date | None
    quote: str
    standing: Standing
    ombudsman_name: str = ""
    """The name of the Ombudsman chosen; "" if none was chosen, or the profile no longer has it."""
    people: tuple[PersonView, ...] = ()
    points: tuple[PointView, ...] = ()
    stages: tuple[StageView, ...] = ()
    deadlines: tuple[DeadlineView, ...] = ()
    extensions: tuple[ExtensionView, ...] = ()
    remedies: tuple[RemedyView, ...] = ()
    learning: tuple[LearningView, ...] = ()
    actions: tuple[ActionView, ...] = ()
    ombudsman: tuple[OmbudsmanView, ...] = ()
    contacts: tuple[ContactView, ...] = ()
    """In the order of their days."""
    chases: tuple[ChaseView, ...] = ()
    why_owed: bool = False
    """Whether the six months have passed and the reason was not written since: a duty still open (reg 14)."""
    documents: tuple[DocumentView, ...] = ()
    goes_on_as: str | None = None
    """The reference of the case that this one was joined to as a duplicate."""
    duplicates: tuple[str, ...] = ()
    """The references of the cases that were joined to this one."""
    timeline: tuple[EventView, ...] = ()
    """Oldest first."""
    views: tuple[Viewed, ...] = ()
    """The latest views of the case, latest first; empty if views are not recorded."""

    @property
    def for_officers(self) -> tuple[str, ...]:
        """The only officers who may open it; empty if everyone may."""
        return tuple(named(self.restricted_to))

    @property
    def open_deadlines(self) -> tuple[DeadlineView, ...]:
        """The open deadlines, earliest first."""
        return tuple(deadline for deadline in self.deadlines if deadline.state is DeadlineState.OPEN)

    @property
    def hold(self) -> DeadlineView | None:
        """The deadline of the current hold: its rule names the process, its date is the day to review the hold. None if
        not on hold."""
        holds = [row for row in self.open_deadlines if row.kind is DeadlineKind.REVIEW_HOLD]
        return holds[-1] if holds and self.status is Status.ON_HOLD else None

    @property
    def stands_at(self) -> str:
        """The status; for a hold also the process and the day of its review."""
        if self.status is not Status.ON_HOLD:
            return str(self.status)
        return hold_words(process_of(self.hold.rule if self.hold else None), self.hold.due_on if self.hold else None)

    @property
    def whose(self) -> str:
        """The complainant's name, else the customer's, as in the queue; “anonymous”, or "" if no one is named."""
        return whose(self.people)

    @property
    def _told(self) -> Told:
        return Told(**{name: getattr(self, name) for name in _fields(Told)})

    @property
    def last_contact(self) -> LastContact:
        """The latest contact with the complainant; at least the receipt."""
        return last_contact(self._told)

    @property
    def failed_tries(self) -> int:
        """How many attempts to reach them failed since the last contact."""
        return failed_tries(self._told)

    @property
    def final_notice(self) -> ContactView | None:
        """The final notice that they have not answered, or None."""
        return contact_views.final_notice(self.contacts)


def case_page(register: Register, reference: str, today: date) -> CasePage:
    """Returns the page of a case, whatever the capitals of `reference`. Raises NoSuchCase; Restricted if the reader may
    not open it.

    A keeper can open a restricted case; that is recorded before the page is returned.
    """
    with register.reading() as session:
        found = case_whole(session, safe_text(reference).strip().casefold())
        if found is None:
            raise NoSuchCase(reference)
        case, beside = found
        if not may_open(case.restricted_to, register.reader):
            if not register.is_keepers:
                raise Restricted(case.reference, case.restricted_to, case.officer)
            opened_as_keeper(register, [(case.id or 0, case.reference)])
        return _page(session, register, case, beside, today)


def _page(session: Session, register: Register, case: Case, beside: Beside, today: date) -> CasePage:
    names = _fields(CasePage)
    plain = {name: getattr(case, name) for name in names if name in Case.model_fields}
    procedure = register.profile.procedure(case.procedure) if case.procedure else None
    contacts = contacts_of(case)
    seen_by = register.profile.record_views or case.restricted_to is not None
    return CasePage(
        **plain,
        procedure_name=procedure.name if procedure else None,
        standing=standing(case, register.profile),
        ombudsman_name=_chosen_ombudsman(case, register.profile),
        people=people_of(session, case, register.reader, marked=beside.marked),
        points=_points(case),
        stages=_stages(case, register.profile),
        deadlines=_deadlines(case, version_of(case, register.profile), register.calendar, today, contacts),
        extensions=tuple(_view(ExtensionView, extension) for extension in case.extensions),
        remedies=_remedies(case),
        learning=tuple(_view(LearningView, learned) for learned in case.learning),
        actions=tuple(_view(ActionView, action) for action in case.actions),
        ombudsman=tuple(_view(OmbudsmanView, record) for record in case.ombudsman),
        contacts=contacts,
        chases=tuple(_view(ChaseView, chased) for chased in case.chases),
        why_owed=contact_views.why_is_owed(relevant_period_end(case), contacts, today),
        documents=tuple(_view(DocumentView, document) for document in case.attachments),
        goes_on_as=beside.goes_on_as,
        duplicates=beside.duplicates,
        timeline=_timeline(session, beside.events, beside.words),
        views=latest_views(session, case.id, VIEWS_SHOWN) if seen_by else (),
    )


def _stages(case: Case, profile: Profile) -> tuple[StageView, ...]:
    """Returns the stages, each with its name, who has a part in it, and what it lacks while it is under way."""
    found = []
    for stage in case.stages:
        rules = rules_of(case, profile, stage.number)
        own = {name: getattr(stage, name) for name in _fields(StageView) if name in Stage.model_fields}
        under_way = stage.number == case.stage_number and stage.responded_on is None and case.status.is_open
        found.append(
            StageView(
                **own,
                name=rules.name,
                parts=tuple(_view(PartView, row) for row in parts_of(case, stage.number)),
                lacking=missing_parts(case, stage, rules) if under_way else "",
                record_owed=under_way and rules.agrees_a_record and stage.record_agreed_on is None,
            )
        )
    return tuple(found)


def _chosen_ombudsman(case: Case, profile: Profile) -> str:
    if case.ombudsman_key is None:
        return ""
    chosen = profile.ombudsman_for(case.procedure, case.procedure_version, case.ombudsman_key)
    return chosen.name if chosen else ""


def _points(case: Case) -> tuple[PointView, ...]:
    found: dict[int, dict[int, Outcome]] = {point.position: {} for point in case.points}
    for stage in case.stages:
        # A case with one point has the outcome as its finding: older records have no findings by stage.
        if case.kind is Kind.COMPLAINT and (implied := implied_finding(len(case.points), stage.outcome)) is not None:
            found[case.points[0].position][stage.number] = implied
    for point in case.points:
        if point.finding is not None:
            found[point.position][1] = point.finding
    for row in case.stage_findings:
        found.setdefault(row.point_position, {})[row.stage_number] = row.finding
    names = [name for name in _fields(PointView) if name != "findings"]
    return tuple(
        PointView(
            **{name: getattr(point, name) for name in names}, findings=dict(sorted(found[point.position].items()))
        )
        for point in case.points
    )


def _remedies(case: Case) -> tuple[RemedyView, ...]:
    approaches = {record.id: record.position for record in case.ombudsman}
    names = [name for name in _fields(RemedyView) if name != "approach"]
    return tuple(
        RemedyView(**{name: getattr(row, name) for name in names}, approach=approaches.get(row.ombudsman_id))
        for row in case.remedies
    )


def contacts_of(case: Case) -> tuple[ContactView, ...]:
    """Returns the contacts of a case in the order of their days."""
    parties = {party.id: party for party in case.parties}
    rows = []
    for row in case.contacts:
        party = parties.get(row.party_id)
        rows.append(
            ContactView(
                position=row.position,
                contacted_on=row.contacted_on,
                kind=row.kind,
                channel=row.channel,
                letter=row.letter,
                text=row.text,
                person=party.person.name if party and party.person else "",
                part=party.part if party else None,
            )
        )
    return tuple(contact_views.in_order(rows))


def _view(kind: type[V], row: object) -> V:
    """Returns a frozen row of this kind, filled from the columns of the same names."""
    return kind(**{name: getattr(row, name) for name in _fields(kind)})


def _fields(kind: type) -> list[str]:
    """Returns the names of a dataclass's fields."""
    return [each.name for each in dataclasses.fields(kind)]


def _deadlines(
    case: Case, version: Version | None, calendar: WorkingCalendar, today: date, contacts: Sequence[ContactView]
) -> tuple[DeadlineView, ...]:
    order = list(DeadlineState)
    rows = sorted(case.deadlines, key=lambda row: (order.index(row.state) > 0, row.due_on, row.id or 0))
    return tuple(_deadline(case, row, version, calendar, today, contacts) for row in rows)


def _deadline(
    case: Case,
    row: Deadline,
    version: Version | None,
    calendar: WorkingCalendar,
    today: date,
    contacts: Sequence[ContactView],
) -> DeadlineView:
    own = {name: getattr(row, name) for name in _fields(DeadlineView) if name in Deadline.model_fields}
    what = row.action.text if row.action else (row.remedy.kind or "") if row.remedy else ""
    what = _LETTERS.get(row.rule, what)
    if row.party is not None:
        what = name_of(row.party)
    why = why_no_closures(version, row.kind)
    days = calendar.counting(closures=not why)
    left = working_days_left(days, today, row.due_on) if row.state is DeadlineState.OPEN else None
    passed = row.state is DeadlineState.OPEN and row.kind in AIMS and row.due_on < today
    to_tell = passed and row.told_on is None and not contact_views.delay_was_written(contacts, row.due_on)
    limit = stated_as(version, row.kind, row.source)
    agreed_to = agreed_past(case, row.due_on) if row.kind is DeadlineKind.STATUTORY_LIMIT else None
    return DeadlineView(
        **own,
        what=what,
        working_days_left=left,
        to_tell=to_tell,
        number=row.id or 0,
        source_page=limit.page if limit else "",
        source_read_on=limit.read_on if limit else None,
        source_checked=limit.checked if limit else None,
        why_no_closures=why,
        agreed_to=agreed_to,
    )


def _moved(event: Event) -> Iterator[int]:
    """Yields the ids of the deadlines that this change of days off moved."""
    if event.step is StepKey.MOVE_DEADLINES:
        yield from (row for table, row, *_ in event.changes if table == "deadline" and isinstance(row, int))


def _timeline(session: Session, events: list[Event], words: dict[str, str | None]) -> tuple[EventView, ...]:
    undone = undone_events(events)
    changed = changed_by(session, events)
    return tuple(
        EventView(
            number=event.id or 0,
            happened_on=event.happened_on,
            recorded_at=event.recorded_at,
            officer=event.officer,
            step=event.step,
            past=past_of(event.step, event.details),
            from_status=event.from_status,
            to_status=event.to_status,
            details=dict(event.details),
            words=words.get(event.reason or ""),
            undone=event.id in undone,
            changed=changed.get(event.id or 0, ()),
            moved=frozenset(_moved(event)),
        )
        for event in events
    )
