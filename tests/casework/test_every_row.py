"""The life of a complaint, row by row, as the officers' rules have it: what each row does, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from feedback_tui.casework.authority import record_authority
from feedback_tui.casework.change import change_procedure
from feedback_tui.casework.close import void
from feedback_tui.casework.contact import contact
from feedback_tui.casework.early_closure import decline, join, pass_on, settle_on_the_spot
from feedback_tui.casework.hold import hold
from feedback_tui.casework.investigator import chase
from feedback_tui.casework.people import add_person
from feedback_tui.enums import (
    Authority,
    ClosingReason,
    Contact,
    DeadlineKind,
    DeadlineState,
    Kind,
    NotAccepted,
    OtherProcess,
    Outcome,
    Role,
    Status,
)
from feedback_tui.models.inputs.contact import ChaseInput, ContactInput
from feedback_tui.models.inputs.early_closure import Declining, Joining, PassingOn, Settlement
from feedback_tui.models.inputs.people import AuthorityInput, NewPerson
from feedback_tui.models.inputs.stages import Hold, PointInput, ProcedureChange, Reason
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, refused

D, K, S = date, DeadlineKind, DeadlineState
NOW = D(2024, 3, 6)
Do = Callable[[Casework], object]


@dataclass(frozen=True)
class Row:
    """One row of the table: a case in the state `after` these steps, and what the officer does with it."""

    words: str
    begin: tuple[Do, ...]
    does: Do
    leads_to: Status
    holds: Callable[[Casework], bool]
    """What holds of the case afterwards, beside its status."""
    wrong: Do
    """The same, as it may not be."""
    refusal: str
    logged_as: dict[str, Any] | None = None

    def case(self, register: Register) -> Casework:
        case = Casework(register).log(**(self.logged_as or {"customer_name": "Ann Lee", "channel": "telephone"}))
        for step in self.begin:
            step(case)
        return case


def acknowledged(case: Casework) -> object:
    return case.acknowledge(D(2024, 3, 5))


def investigated(case: Casework) -> object:
    return case.investigate(D(2024, 3, 5))


def answered(case: Casework) -> object:
    return case.respond(D(2024, 3, 6), Outcome.UPHELD)


def in_review(case: Casework) -> object:
    return case.request_review(D(2024, 3, 7))


def closed(case: Casework) -> object:
    return case.close(D(2024, 3, 7))


def with_daughter(case: Casework) -> object:
    given = NewPerson(on=D(2024, 3, 4), name="Bea Lee", role=Role.FAMILY)
    return add_person(case.actor(NOW), case.reference, given)


def ask(case: Casework, authority: Authority = Authority.CONSENT_REQUESTED, **more: Any) -> object:
    given = AuthorityInput(on=D(2024, 3, 5), position=2, authority=authority, **more)
    return record_authority(case.actor(NOW), case.reference, given)


def turn_away(case: Casework, **more: Any) -> object:
    given = {"on": NOW, "why": NotAccepted.FREEDOM_OF_INFORMATION, "words": "A request", "told_on": NOW, **more}
    return decline(case.actor(NOW), case.reference, Declining.model_validate(given))


def settled(case: Casework, on: date = D(2024, 3, 5), **more: bool) -> object:
    given = Settlement.model_validate({"on": on, "oral": True, "satisfied": True, **more})
    return settle_on_the_spot(case.actor(D(2024, 3, 7)), case.reference, given)


def chased(case: Casework, on: date = NOW) -> object:
    return chase(case.actor(NOW), case.reference, ChaseInput(on=on, why_late="On leave", next_on=D(2024, 3, 13)))


def held(case: Casework, reason: str = "The police asked") -> object:
    given = Hold(on=NOW, process=OtherProcess.POLICE, reason=reason, told_on=NOW, look_again_on=D(2024, 4, 5))
    return hold(case.actor(NOW), case.reference, given)


def called(case: Casework, on: date = NOW) -> object:
    return contact(case.actor(NOW), case.reference, ContactInput(on=on, kind=Contact.CALL_FROM, words="She rang"))


def moved(case: Casework, reason: str = "Care after all") -> object:
    given = ProcedureChange(on=NOW, procedure="statutory-adult", reason=reason)
    return change_procedure(case.actor(NOW), case.reference, given)


def states(case: Casework, kind: DeadlineKind) -> list[DeadlineState]:
    return [row.state for row in case.page().deadlines if row.kind is kind]


def due(case: Casework, kind: DeadlineKind) -> date:
    return case.deadline(kind).due_on


CORPORATE = {
    "procedure": "corporate",
    "customer_name": "Ann Lee",
    "points": (PointInput(team="A"), PointInput(team="B")),
}
ROWS = (
    Row(
        "logs it: the procedure may wait, three working days to acknowledge all the same",
        (),
        lambda case: case.log(received=D(2024, 3, 4), procedure=None, reference="NEXT-1"),
        Status.LOGGED,
        lambda case: Casework(case.register, "NEXT-1").dates()[K.ACKNOWLEDGEMENT][2] == D(2024, 3, 7),
        lambda case: case.log(received=D(2024, 3, 4), happened_on=D(2023, 3, 1)),
        "more than 12 months before it was received",
    ),
    Row(
        "acknowledges",
        (),
        lambda case: case.acknowledge(D(2024, 3, 5), promised_on=D(2024, 4, 2)),
        Status.ACKNOWLEDGED,
        lambda case: (states(case, K.ACKNOWLEDGEMENT), due(case, K.RESPONSE_PROMISED)) == ([S.MET], D(2024, 4, 2)),
        lambda case: case.acknowledge(D(2024, 3, 1)),
        "is before the receipt",
    ),
    Row(
        "asks for authority: acknowledgement and six months run on",
        (with_daughter,),
        lambda case: ask(case, due_on=D(2024, 3, 19)),
        Status.LOGGED,
        lambda case: (
            (due(case, K.CONSENT), due(case, K.ACKNOWLEDGEMENT), due(case, K.STATUTORY_LIMIT))
            == (D(2024, 3, 19), D(2024, 3, 7), D(2024, 9, 3))
        ),
        lambda case: ask(case, Authority.CONSENT_REFUSED),
        "A refusal is written, with reasons (reg 5)",
    ),
    Row(
        "does not accept it",
        (acknowledged,),
        turn_away,
        Status.CLOSED,
        lambda case: (
            (case.page().not_accepted, case.page().closing_reason)
            == (NotAccepted.FREEDOM_OF_INFORMATION, ClosingReason.NOT_ACCEPTED)
        ),
        lambda case: turn_away(case, why=NotAccepted.OTHER_PROCESS),
        "“other process” is no ground to refuse. Put the case on hold for that process",
    ),
    Row(
        "signposts or transfers it",
        (),
        lambda case: pass_on(case.actor(NOW), case.reference, PassingOn(on=NOW, to="The hospital", told_on=NOW)),
        Status.CLOSED,
        lambda case: case.page().passed_on_to == "The hospital",
        lambda case: pass_on(case.actor(NOW), case.reference, PassingOn(on=NOW, told_on=NOW)),
        "Say to whom",
    ),
    Row(
        "joins it to another case as a duplicate",
        (lambda case: case.log(reference="OTHER-1"),),
        lambda case: join(case.actor(NOW), case.reference, Joining(on=NOW, other="other-1")),
        Status.CLOSED,
        lambda case: (
            (case.page().goes_on_as, Casework(case.register, "OTHER-1").page().duplicates)
            == ("OTHER-1", (case.reference,))
        ),
        lambda case: join(case.actor(NOW), case.reference, Joining(on=NOW, other=case.reference)),
        "is this case",
    ),
    Row(
        "settles it by the end of the next working day: a concern",
        (),
        settled,
        Status.CLOSED,
        lambda case: case.page().kind is Kind.CONCERN and not case.page().open_deadlines,
        lambda case: settled(case, on=D(2024, 3, 6)),
        "it stays a complaint",
    ),
    Row(
        "starts the investigation",
        (acknowledged,),
        lambda case: case.investigate(D(2024, 3, 6), draft_due_on=D(2024, 3, 28)),
        Status.INVESTIGATING,
        lambda case: due(case, K.DRAFT) == D(2024, 3, 28),
        lambda case: case.investigate(D(2024, 3, 6), investigator=""),
        "Name the investigating officer",
    ),
    Row(
        "chases",
        (investigated,),
        chased,
        Status.INVESTIGATING,
        lambda case: case.page().chases[0].why_late == "On leave",
        lambda case: chased(case, D(2024, 3, 1)),
        "before",
    ),
    Row(
        "extends the aim",
        (acknowledged, investigated),
        lambda case: case.extend(D(2024, 3, 6), D(2024, 4, 30), agreed=True),
        Status.INVESTIGATING,
        lambda case: case.dates()[K.STAGE_1_TARGET][1:] == (D(2024, 4, 10), D(2024, 4, 30)),
        lambda case: case.extend(D(2024, 3, 6), D(2024, 3, 29)),
        "not later",
    ),
    Row(
        "puts it on hold: nothing moves",
        (acknowledged,),
        held,
        Status.ON_HOLD,
        lambda case: (due(case, K.REVIEW_HOLD), due(case, K.STATUTORY_LIMIT)) == (D(2024, 4, 5), D(2024, 9, 3)),
        lambda case: held(case, reason=""),
        "Give the reason",
    ),
    Row(
        "logs a call: the last contact is in view",
        (),
        called,
        Status.LOGGED,
        lambda case: case.page().last_contact.on == NOW,
        lambda case: called(case, D(2024, 3, 7)),
        "is after today",
    ),
    Row(
        "moves it to another procedure: deadlines run again from the original receipt",
        (acknowledged,),
        moved,
        Status.ACKNOWLEDGED,
        lambda case: due(case, K.STAGE_1_TARGET) == D(2024, 4, 10),
        lambda case: moved(case, reason=""),
        "Give the reason",
        logged_as=CORPORATE,
    ),
    Row(
        "sends the response with a finding for each point",
        (acknowledged, investigated),
        lambda case: case.respond(D(2024, 3, 6), Outcome.UPHELD, Outcome.NOT_UPHELD),
        Status.RESPONSE_SENT,
        lambda case: case.page().stages[0].outcome is Outcome.PARTLY_UPHELD,
        lambda case: case.respond(D(2024, 3, 6)),
        "finding",
        logged_as=CORPORATE,
    ),
    Row(
        "Stage 2: another officer",
        (acknowledged, investigated, answered),
        in_review,
        Status.IN_REVIEW,
        lambda case: (case.page().officer, case.page().stages[1].officer) == ("Kim Ode", "Kim Ode"),
        lambda case: case.request_review(D(2024, 3, 7), officer="sam reed"),
        "handled stage 1",
        logged_as=CORPORATE,
    ),
    Row(
        "sends the Stage 2 response",
        (acknowledged, investigated, answered, in_review),
        lambda case: case.respond_review(D(2024, 3, 11), Outcome.NOT_UPHELD),
        Status.RESPONSE_SENT,
        lambda case: [stage.outcome for stage in case.page().stages] == [Outcome.UPHELD, Outcome.NOT_UPHELD],
        lambda case: case.respond_review(D(2024, 3, 6), Outcome.NOT_UPHELD),
        "before",
        logged_as=CORPORATE,
    ),
    Row(
        "the Ombudsman, also when it is closed: the case keeps its status",
        (acknowledged, investigated, answered, closed),
        lambda case: case.ombudsman(D(2024, 3, 8), received_on=D(2024, 3, 8)),
        Status.CLOSED,
        lambda case: due(case, K.OMBUDSMAN_REPLY) == D(2024, 4, 5),
        lambda case: case.ombudsman(D(2024, 3, 8), received_on=D(2024, 3, 9)),
        "is after today",
    ),
    Row(
        "withdraws, or ends it without a response",
        (acknowledged,),
        lambda case: case.withdraw(D(2024, 3, 6)),
        Status.CLOSED,
        lambda case: case.page().closing_reason is ClosingReason.WITHDRAWN,
        lambda case: case.close(D(2024, 3, 6)),
        "No response was sent",
    ),
    Row(
        "closes: open actions stay in the queue",
        (acknowledged, investigated, answered),
        closed,
        Status.CLOSED,
        lambda case: case.page().closed_on == D(2024, 3, 7),
        lambda case: case.close(D(2024, 3, 7), reason=ClosingReason.WITHDRAWN),
        "It was answered",
    ),
    Row(
        "reopens: as it was",
        (acknowledged, lambda case: case.withdraw(D(2024, 3, 6))),
        lambda case: case.reopen(D(2024, 3, 7)),
        Status.ACKNOWLEDGED,
        lambda case: due(case, K.STAGE_1_TARGET) == D(2024, 4, 10),
        lambda case: case.reopen(D(2024, 3, 7), reason=""),
        "Give the reason",
    ),
    Row(
        "marks it as logged in error: void, counted nowhere",
        (acknowledged,),
        lambda case: void(case.actor(NOW), case.reference, Reason(on=NOW, reason="Twice")),
        Status.VOID,
        lambda case: not case.page().open_deadlines,
        lambda case: void(case.actor(NOW), case.reference, Reason(on=NOW, reason="")),
        "Give the reason",
    ),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.words)
def test_a_step_leads_to_the_status_of_its_row(shropshire: Register, row: Row) -> None:
    case = row.case(shropshire)
    row.does(case)
    assert case.page().status is row.leads_to
    assert row.holds(case)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.words)
def test_a_step_at_the_wrong_time_is_refused_in_the_words_of_its_row(shropshire: Register, row: Row) -> None:
    case = row.case(shropshire)
    with refused(shropshire, row.refusal):
        row.wrong(case)
