"""Undo: whatever the last step was, the case stands as it stood before it, and the record says both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from feedback_tui.casework.actor import rehearse
from feedback_tui.casework.close import void
from feedback_tui.casework.correct import change_points
from feedback_tui.casework.notes import note
from feedback_tui.casework.people import add_person
from feedback_tui.casework.undo import undo
from feedback_tui.enums import OmbudsmanDecision, Outcome, Role, StepKey
from feedback_tui.models.inputs.early_closure import PointChange
from feedback_tui.models.inputs.people import NewPerson
from feedback_tui.models.inputs.stages import ActionInput, LearningInput, Note, PointInput, Reason, RemedyInput
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, everything, refused
from tests.casework.test_change import change, correct
from tests.casework.test_hold import put

D = date
RECORDED = ("event", "words", "reference_counter")
"""What undo adds to, and never takes from."""
CASE_BOOKKEEPING = 5
"""Columns of a case before ``kind``: id, reference, its key, version and the time of the last change."""


def stands(register: Register) -> dict[str, list[tuple[object, ...]]]:
    """All rows but the record, without the version and the time of a case's last change."""
    rows = {table: sorted(found, key=str) for table, found in everything(register).items() if table not in RECORDED}
    rows["feedback_case"] = [(row[:3], row[CASE_BOOKKEEPING:]) for row in rows["feedback_case"]]
    return rows


def at_stage(register: Register, stage: str) -> Casework:
    """A corporate complaint brought as far as `stage`."""
    case = Casework(register).log(
        procedure="corporate", points=(PointInput(team="North"), PointInput(team="South")), customer_name="Ann"
    )
    steps: dict[str, Callable[[], object]] = {
        "acknowledged": lambda: case.acknowledge(D(2024, 3, 5), promised_on=D(2024, 4, 9)),
        "investigating": lambda: case.investigate(D(2024, 3, 6), draft_due_on=D(2024, 3, 28)),
        "answered": lambda: case.respond(D(2024, 4, 8), Outcome.UPHELD),
        "closed": lambda: case.close(D(2024, 4, 9)),
        "in review": lambda: case.request_review(D(2024, 4, 15), investigator="Lee"),
    }
    for name, step in steps.items():
        if stage == "logged":
            break
        step()
        if name == stage:
            break
    return case


STEPS: dict[str, tuple[str, Callable[[Casework], object]]] = {
    "acknowledge": ("logged", lambda case: case.acknowledge(D(2024, 3, 5), promised_on=D(2024, 4, 9))),
    "investigate, other points": (
        "acknowledged",
        lambda case: case.investigate(D(2024, 3, 6), points=(PointInput(team="East", theme="Delay"),)),
    ),
    "investigate with a draft": (
        "acknowledged",
        lambda case: case.investigate(D(2024, 3, 6), draft_due_on=D(2024, 3, 28)),
    ),
    "extend": (
        "investigating",
        lambda case: case.extend(D(2024, 3, 20), D(2024, 4, 30), agreed=True, next_update_on=D(2024, 4, 10)),
    ),
    "respond with all that follows": (
        "investigating",
        lambda case: case.respond(
            D(2024, 4, 8),
            Outcome.UPHELD,
            Outcome.NOT_UPHELD,
            learning=(LearningInput(area="communication", text="Ring back"),),
            actions=(ActionInput(text="Brief the team", owner="Jo", due_on=D(2024, 5, 1)),),
            remedies=(RemedyInput(kind="payment", amount="250", due_on=D(2024, 5, 1)), RemedyInput(kind="apology")),
        ),
    ),
    "hold": ("investigating", lambda case: put(case)),
    "change of procedure": ("acknowledged", lambda case: change(case, "statutory-adult")),
    "corrected receipt": ("answered", lambda case: correct(case, D(2024, 3, 1), D(2024, 4, 9))),
    "withdraw": ("investigating", lambda case: case.withdraw(D(2024, 3, 11))),
    "close": ("answered", lambda case: case.close(D(2024, 4, 9))),
    "reopen": ("closed", lambda case: case.reopen(D(2024, 4, 10))),
    "request a review": ("closed", lambda case: case.request_review(D(2024, 4, 15), investigator="Lee")),
    "acknowledge the review": ("in review", lambda case: case.acknowledge_review(D(2024, 4, 16))),
    "respond to the review": ("in review", lambda case: case.respond_review(D(2024, 4, 30), Outcome.NOT_UPHELD)),
    "the Ombudsman's enquiry": ("closed", lambda case: case.ombudsman(D(2024, 5, 1), received_on=D(2024, 5, 1))),
    "void": (
        "investigating",
        lambda case: void(case.actor(D(2024, 3, 11)), case.reference, Reason(on=D(2024, 3, 11), reason="A double")),
    ),
    "add a person": (
        "logged",
        lambda case: add_person(
            case.actor(D(2024, 3, 5)), case.reference, NewPerson(on=D(2024, 3, 5), name="Bea Lee", role=Role.CARER)
        ),
    ),
    "note": (
        "logged",
        lambda case: note(case.actor(D(2024, 3, 5)), case.reference, Note(on=D(2024, 3, 5), words="Rang, no reply")),
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_undo_brings_back_what_was(shropshire: Register, step: str) -> None:
    stage, do = STEPS[step]
    case = at_stage(shropshire, stage)
    before, events = stands(shropshire), everything(shropshire)["event"]
    do(case)
    actor = case.actor(D(2024, 6, 3))
    assert rehearse(undo, actor, case.reference) == undo(actor, case.reference)
    assert stands(shropshire) == before
    after = everything(shropshire)["event"]
    assert after[: len(events)] == events
    assert len(after) == len(events) + 2
    *_, undone, undoing = case.page().timeline
    assert undone.undone
    assert undoing.step is StepKey.UNDO
    assert undoing.details["step"] == undone.step


def test_undo_goes_on_to_the_step_before(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    stood = [stands(shropshire)]
    case.acknowledge(D(2024, 3, 5))
    stood.append(stands(shropshire))
    case.investigate(D(2024, 3, 6))
    stood.append(stands(shropshire))
    case.ombudsman(D(2024, 3, 7), received_on=D(2024, 3, 7))
    case.ombudsman(D(2024, 3, 8), decided_on=D(2024, 3, 8), decision=OmbudsmanDecision.REFERRED_BACK)
    undo(case.actor(D(2024, 3, 8)), case.reference)
    for was in reversed(stood):
        undo(case.actor(D(2024, 3, 8)), case.reference)
        assert stands(shropshire) == was
    with refused(shropshire, "begins the case", "logged in error"):
        undo(case.actor(D(2024, 3, 8)), case.reference)


def test_a_step_can_be_taken_again_after_undo(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.acknowledge(D(2024, 3, 5))
    undo(case.actor(D(2024, 3, 6)), case.reference)
    case.acknowledge(D(2024, 3, 6))
    assert case.page().acknowledged_on == D(2024, 3, 6)
    undo(case.actor(D(2024, 3, 6)), case.reference)
    assert case.page().acknowledged_on is None


def test_undo_of_a_case_seen_before_another_officer_changed_it_is_refused(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    seen = case.acknowledge(D(2024, 3, 5)).version
    case.investigate(D(2024, 3, 6))
    with refused(shropshire, "meanwhile"):
        undo(case.actor(D(2024, 3, 6)), case.reference, seen)


def add_point(case: Casework, on: date, **point: str) -> object:
    return change_points(case.actor(on), case.reference, PointChange(on=on, point=PointInput(**point)))


def test_a_point_comes_back_although_another_case_has_its_place_in_the_table(shropshire: Register) -> None:
    case = Casework(shropshire).log(points=(PointInput(team="North"),))
    stood = [stands(shropshire)]
    add_point(case, D(2024, 3, 5), team="South")
    stood.append(stands(shropshire))
    again = PointChange(on=D(2024, 3, 6), position=2, point=PointInput(team="South", text="Rude"))
    change_points(case.actor(D(2024, 3, 6)), case.reference, again)
    pages = [case.page().points]
    gone = PointChange(on=D(2024, 3, 7), position=2, remove=True)
    change_points(case.actor(D(2024, 3, 7)), case.reference, gone)
    other = Casework(shropshire).log(points=(PointInput(team="South", text="Rude"),))
    theirs = other.page().points
    undo(case.actor(D(2024, 3, 8)), case.reference)
    assert case.page().points == pages[0]
    assert check(shropshire).sound
    for teams in (["North", "South"], ["North"]):
        undo(case.actor(D(2024, 3, 8)), case.reference)
        assert [point.team for point in case.page().points] == teams
        assert all(not point.text for point in case.page().points)
    assert other.page().points == theirs
    assert check(shropshire).sound


def test_a_finding_that_a_further_answer_takes_away_comes_back(shropshire: Register) -> None:
    case = at_stage(shropshire, "in review")
    case.acknowledge_review(D(2024, 4, 16))
    case.respond_review(D(2024, 4, 22), Outcome.UPHELD, Outcome.NOT_UPHELD)
    case.close(D(2024, 4, 23))
    case.reopen(D(2024, 4, 24))
    before, points = stands(shropshire), case.page().points
    case.respond_review(D(2024, 4, 25), outcome=Outcome.RESOLVED_INFORMALLY)
    assert case.page().points != points
    undo(case.actor(D(2024, 4, 26)), case.reference)
    assert stands(shropshire) == before
    assert case.page().points == points
    assert check(shropshire).sound
