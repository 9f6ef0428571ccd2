"""The verb that logs new feedback."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from dateutil.relativedelta import relativedelta
from sqlmodel import col, select

from feedback_tui.casework.actor import Actor, StepResult, done
from feedback_tui.casework.case_deadlines import (
    cause_deadlines,
    consent_deadline,
    date_problems,
    due_problems,
    end_open,
    refuse_problems,
    settle_procedure,
)
from feedback_tui.casework.errors import InvalidInput, Problem
from feedback_tui.enums import Authority, Kind, Law, Part, Role, Status, StepKey
from feedback_tui.models.case import Case, ComplaintPoint, Stage
from feedback_tui.models.inputs.stages import NewCase, PointInput
from feedback_tui.models.people import Party, Person
from feedback_tui.models.register import ReferenceCounter
from feedback_tui.rules.case_summary import first_words
from feedback_tui.rules.channels import WRITTEN
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.procedures import Profile, UnknownProcedure
from feedback_tui.rules.refusal_grounds import laws_of, time_limit
from feedback_tui.storage.load_case import has_reference
from feedback_tui.storage.unit_of_work import UnitOfWork


def log(actor: Actor, new: NewCase) -> StepResult:
    """Logs feedback, and returns its reference and deadlines. Raises InvalidInput."""
    refuse_problems(_problems(actor, new))
    with actor.transaction() as work:
        case = begin_case(work, actor, new)
    return done(case)


def begin_case(work: UnitOfWork, actor: Actor, new: NewCase, details: Mapping[str, object] | None = None) -> Case:
    """Creates a case with its event in a transaction already begun. `details` are added to those of the event. Raises
    InvalidInput."""
    case = Case(
        reference=new.reference or next_reference(work, actor),
        reference_key="",
        changed_at=work.now,
        kind=new.kind,
        status=Status.LOGGED,
        received_on=new.received_on,
        happened_on=new.happened_on,
        late_reason=new.late_reason,
        channel=new.channel,
        summary=new.summary or first_words(new.description),
        description=new.description,
        wanted=new.wanted,
        officer=new.officer or actor.officer,
        compliment_source=new.compliment_source,
        recipient_role=new.recipient_role,
    )
    case.reference_key = case.reference.casefold()
    case.deadlines = []
    if has_reference(work.session, case.reference_key):
        raise InvalidInput([Problem("reference", _taken(work, case))])
    case.stages.append(Stage(number=1, started_on=new.received_on))
    case.points.extend(points_of(new.points or (PointInput(),)))
    add_parties(case, new)
    if new.procedure is not None:
        settle_procedure(case, new.procedure, actor, new.adult_social_care)
    _await_consent(case, new, actor)
    cause_deadlines(case, actor)
    if new.settled_on is not None:
        case.status, case.closed_on = Status.CLOSED, new.settled_on
        end_open(case)
    if not actor.rehearsing:
        work.session.add(case)
    work.record(
        StepKey.LOG,
        case,
        new.received_on,
        from_status=None,
        details={"kind": new.kind, "channel": new.channel, "procedure": case.procedure, **(details or {})},
    )
    return case


def points_of(points: tuple[PointInput, ...]) -> list[ComplaintPoint]:
    """Returns the points as rows, numbered from 1."""
    return [
        ComplaintPoint(
            position=position,
            text=point.text,
            team=point.team,
            provider=point.provider,
            category=point.category,
            subcategory=point.subcategory,
            theme=point.theme,
        )
        for position, point in enumerate(points, start=1)
    ]


def add_parties(case: Case, new: NewCase) -> None:
    """Adds the people of a new case: its customer, and whoever wrote. The same name makes them one person.

    The contact details belong to whoever wrote; without any name, to a person without a name.
    """
    customer = Person(name=new.customer_name) if new.customer_name else None
    if customer is not None:
        case.parties.append(Party(position=1, part=Part.CUSTOMER, person=customer))
    wrote = new.correspondent_name or new.correspondent_role or new.authority
    if not wrote and (customer is not None or not new.contact):
        if customer is not None:
            customer.contact = new.contact
        return
    if new.correspondent_name:
        writer = customer if new.correspondent_name == new.customer_name else Person(name=new.correspondent_name)
    else:
        writer = None
    reached = customer if writer is None and new.correspondent_role in (None, Role.CUSTOMER) else writer
    if reached is None and new.contact:
        reached = writer = Person()
    if reached is not None:
        reached.contact = new.contact
    case.parties.append(
        Party(
            position=2,
            part=Part.COMPLAINANT,
            role=new.correspondent_role,
            person=writer,
            authority=new.authority,
            authority_on=new.received_on if new.authority else None,
            relationship=new.relationship,
        )
    )


def _await_consent(case: Case, new: NewCase, actor: Actor) -> None:
    """Adds the deadline of consent requested at logging: on the given day, else as the profile
    proposes (working days)."""
    if new.authority is not Authority.CONSENT_REQUESTED or new.settled_on is not None:
        return
    days = actor.register.profile.usual.consent_days
    due_on = new.consent_due_on or (None if days is None else actor.register.calendar.add(new.received_on, days))
    if due_on is not None:
        case.deadlines.append(consent_deadline(case.parties[-1], new.received_on, due_on))


def next_reference(work: UnitOfWork, actor: Actor) -> str:
    """Returns the next free reference of this year in the profile's pattern, and raises the year's counter."""
    counter = work.session.get(ReferenceCounter, actor.today.year)
    if counter is None:
        counter = ReferenceCounter(year=actor.today.year, last=0)
        if not actor.rehearsing:
            work.session.add(counter)
    while True:
        counter.last += 1
        reference = actor.register.profile.reference.format(year=f"{actor.today:%y}", number=counter.last)
        if not has_reference(work.session, reference.casefold()):
            return reference


def _taken(work: UnitOfWork, case: Case) -> str:
    seen = select(col(Case.id)).where(col(Case.reference_key) == case.reference_key)
    if work.session.execute(seen).first() is not None:
        return f"There is a case {case.reference} already."
    return "That reference is taken by a case that is hidden from your login: use another."


def _problems(actor: Actor, new: NewCase) -> list[Problem]:
    problems = date_problems("received_on", "The date of receipt", new.received_on, actor.today)
    problems += due_problems("received_on", "The date of receipt", new.received_on, actor)
    problems += date_problems("happened_on", "The date of the event", new.happened_on, actor.today)
    if new.happened_on is not None and new.received_on < new.happened_on <= actor.today:
        problems.append(
            Problem(
                "happened_on",
                f"The date of the event ({long_date(new.happened_on)}) is after the receipt "
                f"({long_date(new.received_on)}).",
            )
        )
    if new.kind is not Kind.COMPLAINT and new.procedure:
        problems.append(Problem("procedure", f"Only a complaint has a procedure; this is of the kind {new.kind}."))
    problems += due_problems("consent_due_on", "The date for consent", new.consent_due_on, actor)
    if new.consent_due_on is not None and new.consent_due_on <= new.received_on:
        problems.append(Problem("consent_due_on", "Consent would be due by the day it is asked for: give it time."))
    if new.kind is Kind.COMPLAINT and not new.late_reason:
        problems += late_problems(
            new.happened_on, new.received_on, laws_if(actor.register.profile, new.procedure, new.received_on)
        )
    if new.settled_on is not None and not problems:
        problems += _settled_problems(actor, new, new.settled_on)
    return problems


def is_late(happened_on: date | None, received_on: date, laws: Collection[Law]) -> bool:
    """Returns whether a complaint was received after its law's time limit (months; 12 in most laws) from the event, or
    from learning of it. The last day is in time; an unknown date is not late."""
    months, _ = time_limit(laws)
    return happened_on is not None and months is not None and happened_on + relativedelta(months=months) < received_on


def late_problems(happened_on: date | None, received_on: date, laws: Collection[Law]) -> list[Problem]:
    """Returns a problem if a complaint is late (`is_late`) and no reason for accepting it is given. It cites the law
    that sets the time limit."""
    if happened_on is None or not is_late(happened_on, received_on, laws):
        return []
    months, cited = time_limit(laws)
    return [
        Problem(
            "late_reason",
            f"It happened on {long_date(happened_on)}, more than {months} months before it was received{cited}: "
            "give the good reason for the delay, and that it can still be investigated fairly.",
        )
    ]


def laws_if(profile: Profile, key: str | None, received_on: date) -> tuple[Law, ...]:
    """Returns the law of a case received on this day under this procedure. If `key` is not a procedure of the profile:
    the laws of all its procedures."""
    try:
        procedure = profile.procedure(key) if key else None
    except UnknownProcedure:
        procedure = None  # Refused where the procedure is settled.
    if procedure is None:
        return laws_of(profile, None, None)
    return (procedure.version_on(received_on).law,)


def _settled_problems(actor: Actor, new: NewCase, settled_on: date) -> list[Problem]:
    if new.kind is not Kind.CONCERN:
        return [Problem("settled_on", "Only a concern is settled on the spot; a complaint is answered.")]
    problems = date_problems(
        "settled_on", "The settlement", settled_on, actor.today, not_before=new.received_on, before="the receipt"
    )
    if (new.channel or "").casefold() in WRITTEN:
        problems.append(Problem("settled_on", f"It came in writing ({new.channel}), not orally: it stays a complaint."))
    last = actor.register.calendar.law.add(new.received_on, 1)
    if settled_on > last:
        problems.append(
            Problem(
                "settled_on",
                f"Settled after {long_date(last)}, the end of the next working day: it stays a complaint.",
            )
        )
    return problems
