"""Logging a new piece of feedback."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dateutil.relativedelta import relativedelta
from sqlmodel import col, select

from feedback_tui.casework.duty import Done, Duty, done
from feedback_tui.casework.obligations import (
    cause_deadlines,
    consent_deadline,
    date_problems,
    due_problems,
    end_open,
    refuse_problems,
    settle_procedure,
)
from feedback_tui.casework.refusals import BadInput, Problem
from feedback_tui.models.case import Case, ComplaintPoint, Stage
from feedback_tui.models.people import Party, Person
from feedback_tui.models.register import ReferenceCounter
from feedback_tui.models.steps import NewCase, PointInput
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.opening_words import first_words
from feedback_tui.storage.case_whole import has_reference
from feedback_tui.storage.unit_of_work import Work
from feedback_tui.words import Authority, Kind, Part, Role, Status, StepKey

WRITTEN = (
    "email",
    "e-mail",
    "letter",
    "post",
    "web form",
    "leaflet",
    "leaflet/web form",
    "social media",
    "text message",
)
"""Channels that are no oral complaint, without regard to case; the council may have others."""


def log(duty: Duty, new: NewCase) -> Done:
    """Logs a piece of feedback; gives its reference and the deadlines that it causes. Raises BadInput."""
    refuse_problems(_problems(duty, new))
    with duty.work() as work:
        case = begin_case(work, duty, new)
    return done(case)


def begin_case(work: Work, duty: Duty, new: NewCase, details: Mapping[str, object] | None = None) -> Case:
    """A new case in a transaction that has begun, with its event; `details` are added to those of the event."""
    case = Case(
        reference=new.reference or next_reference(work, duty),
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
        officer=new.officer or duty.officer,
        compliment_source=new.compliment_source,
        recipient_role=new.recipient_role,
    )
    case.reference_key = case.reference.casefold()
    case.deadlines = []
    if has_reference(work.session, case.reference_key):
        raise BadInput([Problem("reference", _taken(work, case))])
    case.stages.append(Stage(number=1, started_on=new.received_on))
    case.points.extend(points_of(new.points or (PointInput(),)))
    add_parties(case, new)
    if new.procedure is not None:
        settle_procedure(case, new.procedure, duty, new.adult_social_care)
    _await_consent(case, new, duty)
    cause_deadlines(case, duty)
    if new.settled_on is not None:
        case.status, case.closed_on = Status.CLOSED, new.settled_on
        end_open(case)
    if not duty.rehearsing:
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
    """The points of a case, numbered from 1."""
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
    """The people of a new case: its customer, and whoever wrote. One person where both names are the same.

    The contact is that of whoever wrote; of someone without a name where no one was named.
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


def _await_consent(case: Case, new: NewCase, duty: Duty) -> None:
    """Consent that was asked for with the logging is due back by the day given, else as the profile proposes."""
    if new.authority is not Authority.CONSENT_REQUESTED or new.settled_on is not None:
        return
    days = duty.register.profile.usual.consent_days
    due_on = new.consent_due_on or (None if days is None else duty.register.calendar.add(new.received_on, days))
    if due_on is not None:
        case.deadlines.append(consent_deadline(case.parties[-1], new.received_on, due_on))


def next_reference(work: Work, duty: Duty) -> str:
    """The next free reference of this year, in the profile's pattern."""
    counter = work.session.get(ReferenceCounter, duty.today.year)
    if counter is None:
        counter = ReferenceCounter(year=duty.today.year, last=0)
        if not duty.rehearsing:
            work.session.add(counter)
    while True:
        counter.last += 1
        reference = duty.register.profile.reference.format(year=f"{duty.today:%y}", number=counter.last)
        if not has_reference(work.session, reference.casefold()):
            return reference


def _taken(work: Work, case: Case) -> str:
    seen = select(col(Case.id)).where(col(Case.reference_key) == case.reference_key)
    if work.session.execute(seen).first() is not None:
        return f"There is a case {case.reference} already."
    return "That reference is taken by a case that is hidden from your login: use another."


def _problems(duty: Duty, new: NewCase) -> list[Problem]:
    problems = date_problems("received_on", "The date of receipt", new.received_on, duty.today)
    problems += due_problems("received_on", "The date of receipt", new.received_on, duty)
    problems += date_problems("happened_on", "The date of the event", new.happened_on, duty.today)
    if new.happened_on is not None and new.received_on < new.happened_on <= duty.today:
        problems.append(
            Problem(
                "happened_on",
                f"The date of the event ({long_date(new.happened_on)}) is after the receipt "
                f"({long_date(new.received_on)}).",
            )
        )
    if new.kind is not Kind.COMPLAINT and new.procedure:
        problems.append(Problem("procedure", f"Only a complaint has a procedure; this is of the kind {new.kind}."))
    problems += due_problems("consent_due_on", "The date for consent", new.consent_due_on, duty)
    if new.consent_due_on is not None and new.consent_due_on <= new.received_on:
        problems.append(Problem("consent_due_on", "Consent would be due by the day it is asked for: give it time."))
    late = new.kind is Kind.COMPLAINT and late_by_twelve_months(new.happened_on, new.received_on)
    if late and not new.late_reason:
        assert new.happened_on is not None
        problems.append(late_problem(new.happened_on))
    if new.settled_on is not None and not problems:
        problems += _settled_problems(duty, new, new.settled_on)
    return problems


def late_by_twelve_months(happened_on: date | None, received_on: date) -> bool:
    """Whether a complaint came later than 12 months after the event, or after learning of it (reg 12)."""
    return happened_on is not None and happened_on + relativedelta(months=12) < received_on


def late_problem(happened_on: date) -> Problem:
    """What is missing where a complaint past the twelve months has no reason for taking it."""
    return Problem(
        "late_reason",
        f"It happened on {long_date(happened_on)}, more than 12 months before it was received (reg 12): "
        "give the good reason for the delay, and that it can still be investigated fairly.",
    )


def _settled_problems(duty: Duty, new: NewCase, settled_on: date) -> list[Problem]:
    if new.kind is not Kind.CONCERN:
        return [Problem("settled_on", "Only a concern is settled on the spot; a complaint is answered.")]
    problems = date_problems(
        "settled_on", "The settlement", settled_on, duty.today, not_before=new.received_on, before="the receipt"
    )
    if (new.channel or "").casefold() in WRITTEN:
        problems.append(
            Problem("settled_on", f"It came in writing ({new.channel}), not orally: it stays a complaint (reg 8).")
        )
    last = duty.register.calendar.law.add(new.received_on, 1)
    if settled_on > last:
        problems.append(
            Problem(
                "settled_on",
                f"Settled after {long_date(last)}, the end of the next working day: it stays a complaint (reg 8).",
            )
        )
    return problems
