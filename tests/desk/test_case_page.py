"""A case as a page: everything that is known of it, at one moment."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from sqlmodel import SQLModel

from feedback_tui.casework.contact import contact
from feedback_tui.casework.correct import correct
from feedback_tui.casework.errors import NoSuchCase
from feedback_tui.casework.investigator import chase
from feedback_tui.casework.notes import note
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case.page import CasePage, case_page
from feedback_tui.enums import (
    Authority,
    Contact,
    DeadlineKind,
    DeadlineState,
    Discussion,
    LearningSaid,
    OmbudsmanDecision,
    Outcome,
    Role,
    Status,
    StepKey,
)
from feedback_tui.models.case import Case, ComplaintPoint, Stage
from feedback_tui.models.contact import Chase
from feedback_tui.models.contact import Contact as ContactRow
from feedback_tui.models.deadline import Deadline, Extension
from feedback_tui.models.inputs.contact import ChaseInput, ContactInput
from feedback_tui.models.inputs.early_closure import CaseCorrection
from feedback_tui.models.inputs.stages import ActionInput, LearningInput, Note, PointInput, RemedyInput
from feedback_tui.models.ombudsman import OmbudsmanRecord
from feedback_tui.models.people import Party, Person
from feedback_tui.models.redress import Action, Learning, Remedy
from feedback_tui.storage.errors import BrokenRegister
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework
from tests.desk.cases import statements

TODAY = date(2026, 6, 1)
KEYS = {"id", "case_id", "person_id", "action_id", "remedy_id", "ombudsman_id", "party_id"}
TABLES: tuple[type[SQLModel], ...] = (
    *(Case, Stage, ComplaintPoint, Party, Person, Deadline, Extension),
    *(Remedy, Learning, Action, OmbudsmanRecord, ContactRow, Chase),
)
NOT_SHOWN = {"reference_key", "stage_number", "position", "same_as_id", "duplicate_of_id", *KEYS}
"""What a page says in another way: by its order, and by what stands beside it."""


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A case with something of everything."""
    case = Casework(shropshire).log(
        date(2026, 4, 7),
        "corporate",
        channel="letter",
        description="No carer came",
        wanted="An apology",
        customer_name="Ann Lee",
        correspondent_name="Bea Lee",
        correspondent_role=Role.FAMILY,
        authority=Authority.CONSENT_RECEIVED,
        contact="5 High St",
        happened_on=date(2025, 1, 1),
        late_reason="In hospital",
        points=(PointInput(team="Enable", theme="Care plans", text="Sunday"),),
        compliment_source="sent direct",
        recipient_role="carer",
    )
    case.acknowledge(date(2026, 4, 9), channel="email", discussion=Discussion.ACCEPTED)
    case.investigate(date(2026, 4, 10), draft_due_on=date(2026, 4, 20))
    called = date(2026, 4, 17)
    call = ContactInput(on=called, kind=Contact.CALL_FROM, person=2)
    contact(case.actor(called), case.reference, call)
    chase(case.actor(called), case.reference, ChaseInput(on=called))
    case.extend(date(2026, 4, 20), date(2026, 5, 1), reason="Ill")
    case.respond(
        date(2026, 4, 30),
        Outcome.UPHELD,
        outcome=Outcome.PARTLY_UPHELD,
        outcome_reason="On balance",
        signed_by="Director",
        learning=(LearningInput(area="communication", text="Ring first"),),
        actions=(ActionInput(text="Train", owner="Jo", due_on=date(2026, 6, 3)),),
        remedies=(RemedyInput(kind="payment", amount=Decimal("12.50"), due_on=date(2026, 5, 29)),),
    )
    case.request_review(date(2026, 5, 11), investigator="Lou West")
    case.ombudsman(
        date(2026, 5, 29),
        received_on=date(2026, 5, 12),
        responded_on=date(2026, 5, 20),
        decided_on=date(2026, 5, 29),
        decision=OmbudsmanDecision.UPHELD,
        their_reference="26 001",
    )
    return case


def test_everything_of_a_case_is_on_its_page(case: Casework) -> None:
    page = case.page(TODAY)
    assert (page.reference, page.status, page.version) == (case.reference, Status.IN_REVIEW, 9)
    assert (page.procedure_name, page.procedure_version) == ("Corporate complaint", "2")
    assert (page.late_reason, page.wanted, page.officer) == ("In hospital", "An apology", "Kim Ode")
    assert [(person.name, person.role, person.authority, person.contact) for person in page.people] == [
        ("Ann Lee", None, None, ""),
        ("Bea Lee", Role.FAMILY, Authority.CONSENT_RECEIVED, "5 High St"),
    ]
    assert page.people[1].authority_on == date(2026, 4, 7)
    assert [(stage.number, stage.outcome) for stage in page.stages] == [(1, Outcome.PARTLY_UPHELD), (2, None)]
    assert (page.learning_said, page.learning[0].text) == (LearningSaid.RECORDED, "Ring first")
    assert (page.actions[0].owner, page.remedies[0].amount_pence) == ("Jo", 1250)
    assert page.ombudsman[0].their_reference == "26 001"
    assert page.extensions[0].reason == "Ill"
    assert page.standing.stages == 2


def test_a_page_is_read_in_two_statements(case: Casework) -> None:
    """The settings, and the case with all that belongs to it: on a server each is a way there and back.

    What a correction changed is asked for where there is one. A file is asked for its last event before, whether it is
    the same register still; the first look after it was written, for more.
    """
    same_file = 1 if case.register.in_a_file else 0
    case.page(TODAY)
    assert len(statements(case.register, lambda: case.page(TODAY))) == 2 + same_file
    correct(case.actor(TODAY), case.reference, CaseCorrection(wanted="Much more", reason="They rang"))
    case.page(TODAY)
    assert len(statements(case.register, lambda: case.page(TODAY))) == 3 + same_file


def test_a_stored_word_that_is_none_is_told_plainly(case: Casework) -> None:
    """A bit that flipped inside a closed word."""
    with case.register.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE stage SET outcome = 'upkeld' WHERE number = 1")
    with pytest.raises(BrokenRegister, match="a stored value cannot be read"):
        case.page(TODAY)


def test_no_column_of_a_case_is_left_out() -> None:
    """A column that is added later is shown, or said here to be shown otherwise."""
    rows = [get_args(kind)[0] for kind in get_type_hints(CasePage).values() if get_origin(kind) is tuple]
    parts = [CasePage, *(kind for kind in rows if dataclasses.is_dataclass(kind))]
    shown = {field.name for part in parts for field in dataclasses.fields(part)}
    for table in TABLES:
        assert set(table.model_fields) - shown - NOT_SHOWN == set(), table.__name__


def _parts(page: CasePage) -> list[Any]:
    """The page and everything on it, one of each kind."""
    found: list[Any] = [page]
    for field in dataclasses.fields(page):
        value = getattr(page, field.name)
        if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            found.append(value[0])
    return found


def test_deadlines_open_ones_first_then_by_date_each_explained(case: Casework) -> None:
    page = case.page(TODAY)
    rows = [(row.kind, row.state, row.due_on, row.working_days_left) for row in page.deadlines]
    assert rows[:3] == [
        (DeadlineKind.STAGE_2_ACKNOWLEDGEMENT, DeadlineState.OPEN, date(2026, 5, 18), -9),
        (DeadlineKind.REMEDY, DeadlineState.OPEN, date(2026, 5, 29), -1),
        (DeadlineKind.ACTION, DeadlineState.OPEN, date(2026, 6, 3), 2),
    ]
    assert page.open_deadlines == page.deadlines[:3]
    assert [left for _, _, _, left in rows[3:]] == [None] * (len(rows) - 3)
    assert [row.what for row in page.open_deadlines] == ["", "payment", "Train"]
    limit = next(row for row in page.deadlines if row.kind is DeadlineKind.STAGE_1_LIMIT)
    assert (limit.rule, limit.counted_from, limit.original_due_on, limit.due_on) == (
        "10 working days from acknowledgement",
        date(2026, 4, 9),
        date(2026, 4, 23),
        date(2026, 5, 1),
    )


def test_the_timeline_says_who_did_what_when_and_why(case: Casework) -> None:
    note(case.actor(TODAY), case.reference, Note(on=date(2026, 5, 29), words="She rang"))
    undo(case.actor(TODAY), case.reference)
    page = case.page(TODAY)
    assert [event.step for event in page.timeline] == [
        StepKey.LOG,
        StepKey.ACKNOWLEDGE,
        StepKey.INVESTIGATE,
        StepKey.CONTACT,
        StepKey.CHASE,
        StepKey.EXTEND,
        StepKey.RESPOND,
        StepKey.REQUEST_REVIEW,
        StepKey.OMBUDSMAN,
        StepKey.NOTE,
        StepKey.UNDO,
    ]
    assert [event.words for event in page.timeline if event.words] == ["Ill", "On balance", "She rang"]
    noted = page.timeline[-2]
    assert (noted.happened_on, noted.officer, noted.past, noted.undone) == (date(2026, 5, 29), "Sam Reed", "note", True)
    assert noted.recorded_at.tzinfo is not None
    numbers = [event.number for event in page.timeline]
    assert numbers == sorted(numbers)


def test_a_reference_is_found_whatever_its_case_and_nothing_else_is(case: Casework) -> None:
    page = case_page(case.register, f" {case.reference.lower()} ", TODAY)
    assert page == case.page(TODAY)
    with pytest.raises(NoSuchCase, match=r"^There is no case ASC-26-000\.$"):
        case_page(case.register, "ASC-26-000", TODAY)


def test_a_page_is_frozen(case: Casework) -> None:
    page = case.page(TODAY)
    for part in _parts(page):
        with pytest.raises(dataclasses.FrozenInstanceError):
            part.reference = "x"
