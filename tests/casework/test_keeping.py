"""“Do not destroy”: no erasure takes a marked case, its review is owed, and retention may hang on the outcome."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.casework.change_profile import use_profile
from feedback_tui.casework.close import void
from feedback_tui.casework.erase import due_for_erasure, erase_due, erase_for_good
from feedback_tui.casework.errors import InvalidInput, StepNotAllowed
from feedback_tui.casework.keeping import do_not_destroy, may_be_destroyed
from feedback_tui.casework.undo import undo
from feedback_tui.desk.queue.queue_reader import queue
from feedback_tui.enums import ClosingReason, DeadlineKind, DeadlineState, Outcome
from feedback_tui.models.inputs.keeping import DoNotDestroy
from feedback_tui.models.inputs.stages import Erasure, Reason
from feedback_tui.rules.findings import standing_outcome
from feedback_tui.rules.profile import BadProfile, profile_text, read_profile
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework

D = date
LOGGED, CLOSED, MARKED, REVIEW = D(2019, 4, 8), D(2019, 4, 15), D(2019, 5, 20), D(2020, 5, 20)
LONG_AFTER = D(2026, 5, 20)


@pytest.fixture
def closed(shropshire: Register) -> Casework:
    case = Casework(shropshire).log(LOGGED, "corporate", description="Cold", customer_name="Ann Lee")
    case.close(CLOSED, reason=ClosingReason.SIGNPOSTED)
    return case


def mark(case: Casework, on: date = MARKED, review_on: date = REVIEW, reason: str = "The inquest") -> None:
    do_not_destroy(case.actor(on), case.reference, DoNotDestroy(on=on, reason=reason, review_on=review_on))


def end(case: Casework, on: date = LONG_AFTER) -> None:
    may_be_destroyed(case.actor(on), case.reference, Reason(on=on, reason="The inquest has ended"))


def ask_for_erasure(case: Casework) -> None:
    asked = Erasure(on=LONG_AFTER, reason="Article 17, asked for in writing")
    erase_for_good(case.actor(LONG_AFTER), case.reference, asked)


def test_no_erasure_takes_a_marked_case_until_the_mark_is_ended(closed: Casework) -> None:
    mark(closed)
    (due,) = due_for_erasure(closed.register, LONG_AFTER)
    assert (due.goes, due.keeping_review_on) == (False, REVIEW)
    assert erase_due(closed.actor(LONG_AFTER)).references == ()
    with pytest.raises(StepNotAllowed, match="it is marked “do not destroy”: end that first"):
        ask_for_erasure(closed)
    assert closed.page(LONG_AFTER).description == "Cold"
    end(closed)
    assert erase_due(closed.actor(LONG_AFTER)).references == (closed.reference,)
    assert closed.page(LONG_AFTER).description == ""
    assert check(closed.register).sound


def test_the_words_of_the_mark_go_with_those_of_the_case(closed: Casework) -> None:
    mark(closed, reason="Winifred Ashdown's claim")
    end(closed)
    ask_for_erasure(closed)
    assert "Winifred" not in f"{closed.page(LONG_AFTER)}"


def test_it_is_said_at_the_head_and_its_review_is_in_the_queue(closed: Casework) -> None:
    mark(closed)
    page = closed.page(MARKED)
    assert (page.kept_since, page.kept_for, page.keeping_review_on) == (MARKED, "The inquest", REVIEW)
    assert [due.due_on for due in page.open_deadlines] == [REVIEW]
    assert [row.reference for row in queue(closed.register, REVIEW)] == [closed.reference]
    mark(closed, D(2020, 5, 19), D(2021, 5, 19), "The appeal")
    assert [due.due_on for due in closed.page(REVIEW).open_deadlines] == [D(2021, 5, 19)]
    assert closed.page(REVIEW).kept_since == MARKED
    end(closed, REVIEW)
    assert [due.state for due in closed.page(REVIEW).deadlines if due.kind is DeadlineKind.KEEPING_REVIEW] == [
        DeadlineState.MET, DeadlineState.MET,
    ]  # fmt: skip
    assert (closed.page(REVIEW).kept_since, closed.page(REVIEW).kept_for) == (None, "")


def test_each_of_both_steps_is_undone(closed: Casework) -> None:
    mark(closed)
    end(closed)
    undo(closed.actor(LONG_AFTER), closed.reference)
    assert closed.page(LONG_AFTER).kept_since == MARKED
    undo(closed.actor(LONG_AFTER), closed.reference)
    assert closed.page(LONG_AFTER).kept_since is None
    assert closed.page(LONG_AFTER).open_deadlines == ()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"reason": ""}, "Give the reason"),
        ({"review_on": MARKED}, "Look again after Mon 20 May 2019"),
        ({"on": D(2019, 4, 7), "review_on": REVIEW}, "before the receipt"),
    ],
)
def test_what_is_wrong_is_said(closed: Casework, wrong: dict[str, object], told: str) -> None:
    given = DoNotDestroy.model_validate({"on": MARKED, "reason": "The inquest", "review_on": REVIEW} | wrong)
    with pytest.raises(InvalidInput, match=told):
        do_not_destroy(closed.actor(MARKED), closed.reference, given)


def test_a_mark_that_is_not_there_cannot_be_ended(closed: Casework) -> None:
    with pytest.raises(StepNotAllowed, match="it is not marked “do not destroy”"):
        end(closed)


def test_a_case_logged_in_error_can_be_marked(shropshire: Register) -> None:
    case = Casework(shropshire).log(LOGGED, "corporate")
    void(case.actor(CLOSED), case.reference, Reason(on=CLOSED, reason="Twice"))
    mark(case)
    assert case.page(MARKED).kept_since == MARKED


U, N, P = Outcome.UPHELD, Outcome.NOT_UPHELD, Outcome.PARTLY_UPHELD


@pytest.mark.parametrize(
    ("stages", "stands"),
    [
        ([], None),
        ([(1, N, True)], N),
        ([(2, U, True), (1, N, True)], U),
        ([(1, N, True), (2, U, False)], N),
        ([(1, P, True), (2, Outcome.NO_FINDING, True)], P),
        ([(1, Outcome.WITHDRAWN, False)], Outcome.WITHDRAWN),
    ],
)
def test_the_outcome_that_counts(stages: list[tuple[int, Outcome | None, bool]], stands: Outcome | None) -> None:
    assert standing_outcome(stages) is stands


def test_words_are_kept_as_long_as_the_outcome_says(shropshire: Register) -> None:
    for number, finding in enumerate((U, N)):
        case = Casework(shropshire, f"C-{number}").log(LOGGED, "corporate", reference=f"C-{number}")
        case.acknowledge(LOGGED)
        case.investigate(LOGGED)
        case.respond(CLOSED, finding)
        case.close(CLOSED)
    longer = profile_text("shropshire").replace("[usual]", "[retention]\noutcomes = { upheld = 10 }\n\n[usual]", 1)
    actor = case.actor(D(2025, 4, 15))
    use_profile(actor, longer)
    assert [due.reference for due in due_for_erasure(shropshire, D(2025, 4, 15))] == ["C-1"]
    assert [due.reference for due in due_for_erasure(shropshire, D(2029, 4, 15))] == ["C-1", "C-0"]
    assert erase_due(actor).references == ("C-1",)


def test_an_outcome_that_does_not_exist_is_refused_with_those_that_do() -> None:
    text = profile_text("shropshire").replace("[usual]", "[retention]\noutcomes = { won = 10 }\n\n[usual]", 1)
    with pytest.raises(BadProfile, match="“won” is not known here: write upheld, partly upheld"):
        read_profile(text)
