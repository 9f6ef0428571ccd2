"""The last contact between the council and the people of a case, from all dates in the case.

Everything that reached the complainant or came from them counts: the receipt, the acknowledgement, letters and calls,
what they were told on a recorded day, the response, a request for Stage 2. A failed attempt is not a contact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from feedback_tui.desk.case.contacts import ContactView, in_order
from feedback_tui.desk.case.people import PersonView
from feedback_tui.desk.case.rows import EventView, ExtensionView, StageView
from feedback_tui.enums import Authority, StepKey

_FROM_OR_TO_THEM = {
    StepKey.RESPOND: "response sent",
    StepKey.RESPOND_REVIEW: "",
    StepKey.WITHDRAW: "withdrawn by them",
    StepKey.SETTLE: "settled with them",
}
"""Steps that are a contact on the day they happened; "" where the timeline's own words say it."""
_CONSENT = {
    Authority.CONSENT_REQUESTED: "consent asked for",
    Authority.CONSENT_RECEIVED: "consent received",
    Authority.CONSENT_REFUSED: "consent refused",
}


@dataclass(frozen=True)
class LastContact:
    """The day of a contact, and what kind of contact it was, in a few words."""

    on: date
    what: str


@dataclass(frozen=True)
class Told:
    """The parts of a case that contacts are found in."""

    received_on: date
    acknowledged_on: date | None
    refusal_told_on: date | None
    sharing_consent_on: date | None
    stages: Sequence[StageView]
    extensions: Sequence[ExtensionView]
    people: Sequence[PersonView]
    contacts: Sequence[ContactView]
    timeline: Sequence[EventView]


def last_contact(told: Told) -> LastContact:
    """Returns the latest contact. Of several on one day it is the one latest in a case's course; logged calls and
    letters come after those."""
    latest = LastContact(told.received_on, "received")
    for on, what in (*_dated(told), *_logged(told.contacts)):
        if on is not None and on >= latest.on:
            latest = LastContact(on, what)
    return latest


def failed_tries(told: Told) -> int:
    """Returns how many attempts to reach them failed since the last contact."""
    heard = max((on for on, _ in _dated(told) if on is not None), default=told.received_on)
    tries = 0
    for row in in_order(told.contacts):
        tries = 0 if row.kind.reached or row.contacted_on < heard else tries + 1
    return tries


def _logged(contacts: Sequence[ContactView]) -> Iterator[tuple[date | None, str]]:
    for row in in_order(contacts):
        if row.kind.reached:
            yield row.contacted_on, str(row.kind)


def _what(event: EventView) -> str:
    """What a step was; an answer of a later stage names it."""
    return _FROM_OR_TO_THEM[event.step] or event.past


def _dated(told: Told) -> Iterator[tuple[date | None, str]]:
    """Yields the contacts that are dates of the case (such as the acknowledgement): the day, or None if it did not
    happen, and a description. They are in the usual order of a case."""
    yield told.acknowledged_on, "acknowledged"
    yield told.sharing_consent_on, "consent to share it received"
    for person in told.people:
        if person.authority in _CONSENT:
            yield person.authority_on, _CONSENT[person.authority]
    for extension in told.extensions:
        yield extension.told_on, "told that it takes longer"
    for stage in told.stages:
        if stage.number > 1:
            yield stage.started_on, f"Stage {stage.number} asked for"
            yield stage.acknowledged_on, f"Stage {stage.number} acknowledged"
        response = "response" if stage.number == 1 else f"Stage {stage.number} response"
        yield stage.responded_on, f"{response} sent"
        yield stage.answered_again_on, f"further {response} sent"
        yield stage.next_stage_asked_on, f"Stage {stage.number + 1} asked for"
        yield stage.next_stage_refused_on, f"told that Stage {stage.number + 1} is refused"
    for event in told.timeline:
        if event.undone:
            continue
        if event.step in _FROM_OR_TO_THEM:
            yield event.happened_on, _what(event)
        elif event.step is StepKey.HOLD and (on := event.details.get("told")):
            yield date.fromisoformat(str(on)), "told that it is on hold"
    yield told.refusal_told_on, "told that it is not taken up here"
