"""The life of a case as a table: that it is sound, that what it refuses reads well, and the page drawn from it."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.enums import Kind, Status, StepKey
from feedback_tui.rules.lifecycle.closing import ERASED
from feedback_tui.rules.lifecycle.lifecycle import BY_KEY, LIFE, PAST, Standing, instead, possible, refusal
from feedback_tui.rules.lifecycle.lifecycle_page import page, reachable
from feedback_tui.rules.lifecycle.step import OPEN, Step

PAGE = Path(__file__).parents[2] / "docs" / "life-of-a-complaint.md"
STANDINGS = [
    Standing(kind, status, acknowledged, answered, stages, "Ombudsman", stage)
    for kind, status, acknowledged, answered, stages, stage in product(
        Kind, Status, (False, True), (False, True), (1, 2), (1, 2)
    )
]


OF_A_VOID_CASE = (StepKey.UNDO, StepKey.ERASE, StepKey.DO_NOT_DESTROY, StepKey.MAY_BE_DESTROYED)


def test_each_step_stands_once() -> None:
    assert len(BY_KEY) == len(LIFE)


def test_every_step_has_words_for_the_timeline() -> None:
    # What is done to the register itself stands on no case's timeline.
    assert {key.value for key in StepKey if key not in PAST} <= {"set up"}


@pytest.mark.parametrize("step", LIFE, ids=lambda step: str(step.key))
def test_a_row_is_sound(step: Step) -> None:
    assert step.kinds
    assert step.after
    assert (Status.VOID in step.after) == (step.key in OF_A_VOID_CASE)
    assert set(step.keeps) < set(step.after)
    assert step.words[0].isupper()
    for clause in (step.past, step.asks_for, step.otherwise, step.once):
        assert clause == clause.strip(" .;")


def test_a_complaint_can_come_to_every_status() -> None:
    assert set(reachable()) == set(Status)


def test_every_open_status_has_a_way_on_and_an_end() -> None:
    for status in OPEN:
        steps = possible(Standing(Kind.COMPLAINT, status, acknowledged=True, answered=True))
        ends = {step.status_after(status) for step in steps}
        assert Status.CLOSED in ends
        assert ends - {status, Status.CLOSED, Status.VOID} or status is Status.RESPONSE_SENT


def test_a_compliment_is_closed_and_nothing_else() -> None:
    found = possible(Standing(Kind.COMPLIMENT, Status.LOGGED, acknowledged=False, answered=False))
    assert [step.key for step in found if not step.beside] == [StepKey.CLOSE]
    beside = {StepKey.ALLOCATE, StepKey.CORRECT_RECEIPT, StepKey.NOTE, StepKey.VOID, StepKey.UNDO}
    beside |= {StepKey.CONTACT, StepKey.NEXT_UPDATE, StepKey.LETTER}
    beside |= {StepKey.LEARN, StepKey.PLAN_ACTION, StepKey.QUOTE}
    assert {step.key for step in found if step.beside} >= beside
    assert not {StepKey.REDRESS, StepKey.OMBUDSMAN_QUERY, StepKey.THANK} & {step.key for step in found}
    handled = {StepKey.ACKNOWLEDGE, StepKey.AUTHORITY, StepKey.SETTLE, StepKey.JOINT}
    assert handled.isdisjoint(step.key for step in found)


@pytest.mark.parametrize(
    ("key", "status", "why"),
    [
        ("acknowledge", "closed", "an acknowledgement comes before the response (it is closed)"),
        (
            "investigate",
            "investigating",
            "an investigation starts once, before the response (it is being investigated)",
        ),
        ("extend", "response sent", "time is extended between acknowledgement and response (its response was sent)"),
        ("respond", "response sent", "a response is sent once, while the case is open (its response was sent)"),
        ("withdraw", "closed", "a case that was answered or closed cannot be withdrawn (it is closed)"),
        ("close", "closed", "it is closed"),
        ("reopen", "in review", "only a closed case can be reopened (it is in review)"),
        ("respond to review", "logged", "no Stage 2 is under way (it is logged)"),
        ("void", "void", "it was marked as logged in error and counts nowhere"),
    ],
)
def test_a_refusal_says_why(key: str, status: str, why: str) -> None:
    case = Standing(Kind.COMPLAINT, Status(status), acknowledged=False, answered=False)
    assert refusal(StepKey(key), case) == why


def test_an_acknowledgement_is_made_once() -> None:
    case = Standing(Kind.COMPLAINT, Status.INVESTIGATING, acknowledged=True, answered=False)
    assert refusal(StepKey.ACKNOWLEDGE, case) == "it was acknowledged already"
    late = Standing(Kind.COMPLAINT, Status.INVESTIGATING, acknowledged=False, answered=False)
    assert refusal(StepKey.ACKNOWLEDGE, late) is None
    assert BY_KEY[StepKey.ACKNOWLEDGE].status_after(Status.INVESTIGATING) is Status.INVESTIGATING
    assert BY_KEY[StepKey.ACKNOWLEDGE].status_after(Status.LOGGED) is Status.ACKNOWLEDGED


@pytest.mark.parametrize(
    ("status", "stages", "stage", "answered", "why"),
    [
        ("response sent", 1, 1, True, "its procedure has one stage: what comes next is the Ombudsman"),
        ("response sent", 2, 1, True, None),
        ("closed", 2, 1, True, None),
        ("closed", 2, 1, False, "Stage 2 follows a response"),
        ("investigating", 2, 1, True, "Stage 2 follows a response (it is being investigated)"),
        ("in review", 2, 2, True, "Stage 2 is under way"),
        ("response sent", 2, 2, True, "Stage 2 was done: what comes next is the Ombudsman"),
    ],
)
def test_stage_2_is_asked_for_after_an_answer_and_once(
    status: str, stages: int, stage: int, answered: bool, why: str | None
) -> None:
    case = Standing(Kind.COMPLAINT, Status(status), acknowledged=True, answered=answered, stages=stages, stage=stage)
    assert refusal(StepKey.REQUEST_REVIEW, case) == why


def test_the_wrong_kind_is_told_which_kinds_it_is_for() -> None:
    compliment = Standing(Kind.COMPLIMENT, Status.LOGGED, acknowledged=False, answered=False)
    assert refusal(StepKey.INVESTIGATE, compliment) == "it is a compliment, and that is for a complaint"
    assert refusal(StepKey.RESPOND, compliment) == (
        "it is a compliment, and that is for a complaint, a concern, an enquiry or a comment"
    )


def test_what_is_possible_instead_is_said() -> None:
    new = Standing(Kind.COMPLAINT, Status.LOGGED, acknowledged=False, answered=False)
    assert instead(new).startswith("Possible now: Acknowledge, Start the investigation, ")
    assert instead(new).endswith(".")
    void = Standing(Kind.COMPLAINT, Status.VOID, acknowledged=False, answered=False)
    assert [step.key for step in possible(void)] == [StepKey.ERASE, StepKey.DO_NOT_DESTROY, StepKey.UNDO]
    assert instead(void) == "Possible now: Erase its words, Mark “do not destroy”, Undo the last step."


@pytest.mark.parametrize("standing", STANDINGS[:: len(STANDINGS) // 40], ids=str)
def test_what_is_possible_is_what_is_not_refused(standing: Standing) -> None:
    allowed = {step.key for step in possible(standing)}
    assert allowed == {key for key in BY_KEY if refusal(key, standing) is None}


def test_every_refusal_reads_as_the_end_of_a_sentence() -> None:
    words = {refusal(key, standing) for key in BY_KEY for standing in STANDINGS} - {None}
    assert words
    for why in words:
        assert why is not None
        assert why.startswith("Stage 2 ") or why[0].islower()
        assert why[-1] not in ".,; "
        assert "  " not in why
        assert "it is response" not in why
        assert "it is investigating" not in why


def test_what_is_erased_is_taken_no_further() -> None:
    """Not even undone: the figures of past years stay what they were."""
    erased = Standing(
        Kind.COMPLAINT, Status.CLOSED, acknowledged=True, answered=True, stages=2, facts=frozenset({ERASED})
    )
    assert possible(erased) == []
    assert instead(erased) == "Nothing can be done with it."


@given(st.lists(st.integers(0, 20), max_size=30), st.sampled_from(list(Kind)))
def test_a_walk_through_the_table_stays_within_it(choices: list[int], kind: Kind) -> None:
    """Whatever is done in whatever order: no status that the table cannot reach, and none after void."""
    status, acknowledged, answered, stage, before = Status.LOGGED, False, False, 1, Status.LOGGED
    for choice in choices:
        found = possible(Standing(kind, status, acknowledged, answered, stages=2, stage=stage))
        steps = [step for step in found if step.key not in OF_A_VOID_CASE]
        assert bool(steps) == (status is not Status.VOID)
        if not steps:
            return
        step = steps[choice % len(steps)]
        after = step.status_after(status)
        acknowledged |= step.key is StepKey.ACKNOWLEDGE
        answered |= step.key is StepKey.RESPOND
        stage = 2 if step.key is StepKey.REQUEST_REVIEW else stage
        stood = before if status in (Status.CLOSED, Status.ON_HOLD) else status
        before, status = stood, before if after is None else after
        assert status in reachable()
        assert (status is Status.IN_REVIEW) <= (stage == 2)


def test_the_page_in_the_docs_is_the_one_that_the_table_makes() -> None:
    assert PAGE.read_text("utf-8") == page(), (
        "python -m feedback_tui.rules.lifecycle.lifecycle_page > docs/life-of-a-complaint.md"
    )


def test_the_page_shows_every_step_and_every_status_that_can_be_reached() -> None:
    text = page()
    for step in LIFE:
        assert f"| {step.words} |" in text
    for status in reachable():
        assert status in text
