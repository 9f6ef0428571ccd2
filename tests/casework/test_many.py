"""A step for many cases: each its own verb and event; what does not fit is named, and the rest is done."""

from __future__ import annotations

import pytest

from feedback_tui.casework.many import Left, take_many
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
    many = take_many(
        actor_on(shropshire, RECEIVED),
        [cases[0], "NOT-THERE", cases[1]],
        lambda actor, reference: note(actor, reference, given),
        seen.append,
    )
    assert [done.reference for done in many.done] == cases
    assert many.left == (Left("NOT-THERE", "There is no case NOT-THERE."),)
    assert seen == [0, 1, 2]
    for reference in cases:
        assert Casework(shropshire, reference).last_event().step == "note"


def test_after_a_failure_of_the_register_nothing_more_is_tried(shropshire: Register) -> None:
    tried: list[str] = []

    def fails(_: object, reference: str) -> None:
        tried.append(reference)
        raise RegisterUnwritable("The disk is full.")

    many = take_many(actor_on(shropshire, RECEIVED), ["A", "B"], fails)  # type: ignore[arg-type]
    assert tried == ["A"]
    assert [left.why for left in many.left] == ["The disk is full.", "not tried, for the same reason as the one before"]


def test_a_fault_of_ours_is_not_hidden(shropshire: Register) -> None:
    def fails(_: object, reference: str) -> None:
        raise RuntimeError(reference)

    with pytest.raises(RuntimeError):
        take_many(actor_on(shropshire, RECEIVED), ["A"], fails)  # type: ignore[arg-type]
