"""A step for many cases: each its own verb and event; what does not fit is named, and the rest is done."""

from __future__ import annotations

import pytest

from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.casework.bulk import NOT_TRIED, CaseResult, each_case
from feedback_tui.casework.notes import note
from feedback_tui.models.inputs.stages import Note
from feedback_tui.storage.errors import RegisterUnwritable
from feedback_tui.storage.register import Register
from tests.casework.cases import RECEIVED, Casework
from tests.conftest import actor_on


def test_each_is_done_or_named(shropshire: Register) -> None:
    cases = [Casework(shropshire).log().reference for _ in range(2)]
    seen: list[int] = []
    given = Note(on=RECEIVED, words="Told them all")
    result = each_case(
        actor_on(shropshire, RECEIVED),
        [cases[0], "NOT-THERE", cases[1]],
        lambda actor, reference: note(actor, reference, given),
        seen.append,
    )
    assert [done.reference for done in result.done] == cases
    assert result.left == (CaseResult("NOT-THERE", "There is no case NOT-THERE."),)
    assert seen == [0, 1, 2]
    for reference in cases:
        assert Casework(shropshire, reference).last_event().step == "note"


def test_after_a_failure_of_the_register_nothing_more_is_tried(shropshire: Register) -> None:
    case, tried = Casework(shropshire).log().reference, []

    def fails(actor: Actor, reference: str) -> StepResult:
        tried.append(reference)
        if reference != case:
            raise RegisterUnwritable("The disk is full.")
        return note(actor, reference, Note(on=RECEIVED, words="Told them"))

    result = each_case(actor_on(shropshire, RECEIVED), [case, "A", "B"], fails)
    assert tried == [case, "A"]
    assert result.cases == (CaseResult(case), CaseResult("A", "The disk is full."), CaseResult("B", NOT_TRIED))


def test_a_failure_of_the_register_before_anything_was_done_is_raised(shropshire: Register) -> None:
    """Its form stays with what was typed, as that of one case does."""
    tried: list[str] = []

    def fails(_: Actor, reference: str) -> StepResult:
        tried.append(reference)
        raise RegisterUnwritable("The disk is full.")

    with pytest.raises(RegisterUnwritable, match="The disk is full"):
        each_case(actor_on(shropshire, RECEIVED), ["A", "B"], fails)
    assert tried == ["A"]


def test_a_fault_of_ours_is_not_hidden(shropshire: Register) -> None:
    def fails(_: object, reference: str) -> None:
        raise RuntimeError(reference)

    with pytest.raises(RuntimeError):
        each_case(actor_on(shropshire, RECEIVED), ["A"], fails)  # type: ignore[arg-type]
