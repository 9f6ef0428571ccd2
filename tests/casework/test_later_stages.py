"""A complaint of three stages: an investigation with an independent person, a review panel; skipped, late, refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.change import allocate
from feedback_tui.casework.errors import InvalidInput, StepNotAllowed
from feedback_tui.casework.later_stages import agree_record, name_part, panel_held, report_received, skip_stage
from feedback_tui.casework.respond import respond_stage
from feedback_tui.casework.review import acknowledge_review, refuse_stage
from feedback_tui.casework.undo import undo
from feedback_tui.enums import DeadlineKind, DeadlineState, Outcome, StagePart, StageTime, Status, StepKey
from feedback_tui.models.inputs.later_stages import PartNamed, StageDay, StageSkip
from feedback_tui.models.inputs.stages import Acknowledgement, Allocation, Response, StageRefusal
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, open_register
from tests.casework.cases import Casework, one_event
from tests.places import copy_of, drop
from tests.profiles import CHILDREN, NATIONS, empty_of

D, K, S, P = date, DeadlineKind, DeadlineState, StagePart
RECEIVED, ANSWERED, ASKED, SENT = D(2026, 4, 2), D(2026, 4, 20), D(2026, 5, 11), D(2026, 7, 20)
TO_THE_PANEL, HELD, REPORTED, REPLIED = D(2026, 8, 10), D(2026, 9, 15), D(2026, 9, 21), D(2026, 10, 5)
PANEL, REPORT, REPLY = (K.of(3, time) for time in (StageTime.PANEL, StageTime.REPORT, StageTime.REPLY))


@pytest.fixture
def opened(either: None, tmp_path: Path) -> Iterator[Callable[[str, str], Register]]:
    made: list[Register] = []

    def of(name: str, toml: str) -> Register:
        made.append(open_register(copy_of(empty_of(name, toml), tmp_path)))
        return made[-1]

    yield of
    for register in made:
        register.close()
        drop(register.where)


@pytest.fixture
def children(opened: Callable[[str, str], Register]) -> Register:
    return opened("children", CHILDREN)


@pytest.fixture
def case(children: Register) -> Casework:
    """A complaint that was answered at stage 1 on 20 April 2026."""
    case = Casework(children).log(RECEIVED, "children-statutory")
    case.acknowledge(D(2026, 4, 7))
    case.investigate(D(2026, 4, 8))
    case.respond(ANSWERED, Outcome.NOT_UPHELD)
    return case


def said(step: Callable[[], object]) -> dict[str, str]:
    """The problems of a step that is refused, by their fields."""
    with pytest.raises(InvalidInput) as error:
        step()
    return {problem.field: problem.words for problem in error.value.problems}


def name(case: Casework, on: date, part: StagePart, who: str, **more: Any) -> StepResult:
    given = PartNamed(part=part, name=who, on=on, **{"independent": part.is_independent, **more})
    return name_part(case.actor(on), case.reference, given)


def investigated(case: Casework) -> None:
    """Stage 2: asked for, with its people, and answered."""
    case.request_review(ASKED, "Sam Reed", investigator="Lou West")
    name(case, ASKED, P.INDEPENDENT_PERSON, "Ivy Hart")
    name(case, ASKED, P.ADJUDICATING_OFFICER, "Dee Head")
    case.respond_review(SENT, Outcome.PARTLY_UPHELD)


def with_a_panel(case: Casework) -> None:
    """Stage 3: asked for, and its panel named."""
    case.request_review(TO_THE_PANEL, "Sam Reed")
    for part, who in ((P.PANEL_CHAIR, "Cy Chair"), (P.PANEL_MEMBER, "Mo One"), (P.PANEL_MEMBER, "Max Two")):
        name(case, TO_THE_PANEL, part, who)


def held(case: Casework, on: date) -> StepResult:
    return panel_held(case.actor(on), case.reference, StageDay(on=on))


def report(case: Casework, on: date) -> StepResult:
    return report_received(case.actor(on), case.reference, StageDay(on=on))


def answer(case: Casework, on: date, stage: int, finding: Outcome) -> StepResult:
    return respond_stage(case.actor(on), case.reference, Response(on=on, findings=(finding,)), stage)


def test_it_walks_through_three_stages_each_with_its_times(case: Casework) -> None:
    investigated(case)
    assert case.dates()[K.STAGE_2_LIMIT] == (S.MET, D(2026, 8, 11), D(2026, 8, 11))
    with one_event(case.register):
        asked = case.request_review(TO_THE_PANEL, "Sam Reed")
    assert asked.status is Status.IN_REVIEW
    assert [(line.kind, line.due_on) for line in asked.deadlines] == [(PANEL, D(2026, 9, 22))]
    event = case.last_event()
    assert (event.step, event.past, event.details["stage"]) == (StepKey.REQUEST_REVIEW, "Stage 3 asked for", 3)
    undo(case.actor(TO_THE_PANEL), case.reference)
    with_a_panel(case)
    with one_event(case.register):
        done = held(case, HELD)
    assert [(line.kind, line.due_on) for line in done.deadlines] == [(REPORT, D(2026, 9, 22))]
    done = report(case, REPORTED)
    assert [(line.kind, line.due_on) for line in done.deadlines] == [(REPLY, D(2026, 10, 12))]
    done = answer(case, REPLIED, 3, Outcome.UPHELD)
    assert (done.status, done.deadlines) == (Status.RESPONSE_SENT, ())
    dates = case.dates()
    assert [dates[kind][0] for kind in (PANEL, REPORT, REPLY)] == [S.MET, S.MET, S.MET]
    page = case.page()
    assert [stage.name for stage in page.stages] == ["Local resolution", "Investigation", "Review panel"]
    assert [stage.outcome for stage in page.stages] == [Outcome.NOT_UPHELD, Outcome.PARTLY_UPHELD, Outcome.UPHELD]
    assert page.points[0].findings == {1: "not upheld", 2: "partly upheld", 3: "upheld"}
    third = page.stages[2]
    # From 10 August: 14 days of August, 22 in September less none, 3 to 5 October; 31 August is a bank holiday.
    assert (third.panel_held_on, third.report_received_on, third.working_days_taken) == (HELD, REPORTED, 39)
    assert [(part.part, part.position, part.name) for part in third.parts] == [
        (P.PANEL_CHAIR, 1, "Cy Chair"),
        (P.PANEL_MEMBER, 1, "Mo One"),
        (P.PANEL_MEMBER, 2, "Max Two"),
    ]
    assert case.last_event().past == "Stage 3 response sent"
    with pytest.raises(StepNotAllowed, match="Stage 3 was done: what comes next is the Ombudsman"):
        case.request_review(D(2026, 10, 20))
    assert check(case.register).findings == ()


def test_every_step_can_be_taken_back(case: Casework) -> None:
    investigated(case)
    before = case.page()
    with_a_panel(case)
    held(case, HELD)
    report(case, REPORTED)
    answer(case, REPLIED, 3, Outcome.UPHELD)
    for _ in range(7):
        undo(case.actor(REPLIED), case.reference)
    after = case.page()
    assert (after.stages, after.points, after.status) == (before.stages, before.points, before.status)
    assert [due for due in after.deadlines if due.state is S.OPEN] == []
    assert check(case.register).findings == ()


def test_one_asked_late_is_opened_and_recorded_as_late(case: Casework) -> None:
    """Stage 1 was answered on 20 April: 20 working days end on 19 May (4 May is a bank holiday)."""
    case.request_review(D(2026, 5, 19), "Sam Reed", investigator="Lou West")
    in_time = case.page().stages[1]
    assert (in_time.ask_by, in_time.asked_late) == (D(2026, 5, 19), False)
    assert "asked_late" not in case.last_event().details
    undo(case.actor(D(2026, 5, 20)), case.reference)
    done = case.request_review(D(2026, 5, 20), "Sam Reed", investigator="Lou West")
    assert done.remark == "Stage 2 could be asked for until Tue 19 May 2026: it is opened, and recorded as late."
    late = case.page().stages[1]
    assert (late.ask_by, late.asked_late) == (D(2026, 5, 19), True)
    assert case.last_event().details["asked_late"] is True


def test_only_who_the_procedure_names_must_be_another(case: Casework) -> None:
    problems = said(lambda: case.request_review(ASKED, "Sam Reed", investigator="Pat Lowe"))
    assert problems == {"investigator": "Pat Lowe investigated stage 1: Stage 2 goes to another investigator."}
    case.request_review(ASKED, "", investigator="Lou West")
    assert case.page().officer == "Sam Reed"
    problems = said(lambda: allocate(case.actor(ASKED), case.reference, Allocation(on=ASKED, investigator="Pat Lowe")))
    assert problems == {"investigator": "Pat Lowe handled stage 1: Stage 2 goes to someone else."}


def test_a_stage_is_answered_once_everyone_it_needs_is_named(case: Casework) -> None:
    case.request_review(ASKED, "Sam Reed")
    problems = said(lambda: case.respond_review(SENT, Outcome.UPHELD))
    assert problems == {
        "on": "Stage 2 (Investigation) needs the investigating officer, the independent person and the adjudicating "
        "officer: name them first."
    }
    assert case.page().stages[1].lacking.startswith("the investigating officer, the independent person")
    settled = case.respond_review(SENT, outcome=Outcome.RESOLVED_INFORMALLY)
    assert settled.status is Status.RESPONSE_SENT
    assert case.page().stages[1].lacking == ""


def test_an_independent_part_goes_to_nobody_who_worked_on_it(case: Casework) -> None:
    case.request_review(ASKED, "Sam Reed", investigator="Lou West")
    part = P.INDEPENDENT_PERSON
    for who, why in (
        ("sam reed", "handled stage 1"),
        ("Pat Lowe", "investigated stage 1"),
        ("Lou West", "investigated stage 2"),
    ):
        assert said(partial(name, case, ASKED, part, who)) == {"name": f"{who} {why}: name someone else."}
    unconfirmed = said(lambda: name(case, ASKED, part, "Ivy Hart", independent=False))
    assert unconfirmed["independent"].startswith("Confirm that they are no member or officer of the council")
    assert said(lambda: name(case, ASKED, P.PANEL_CHAIR, "Cy Chair")) == {
        "part": "Stage 2 (Investigation) needs no panel chair: it needs investigating officer, independent person and "
        "adjudicating officer."
    }
    name(case, ASKED, part, "Ivy Hart")
    assert said(lambda: name(case, ASKED, P.ADJUDICATING_OFFICER, "Lou West")) == {
        "name": "Lou West investigated stage 2: name someone else."
    }
    name(case, ASKED, P.ADJUDICATING_OFFICER, "Sam Reed")
    with one_event(case.register):
        name(case, D(2026, 5, 12), part, "Jo Sole")
    (independent, _) = case.page().stages[1].parts
    assert (independent.name, independent.named_on, independent.independent) == ("Jo Sole", D(2026, 5, 12), True)


def test_the_panel_is_of_others_and_complete_before_it_is_held(case: Casework) -> None:
    investigated(case)
    case.request_review(TO_THE_PANEL, "Sam Reed")
    assert said(lambda: name(case, TO_THE_PANEL, P.PANEL_CHAIR, "Ivy Hart")) == {
        "name": "Ivy Hart is the independent person of stage 2: name someone else."
    }
    assert said(lambda: held(case, HELD)) == {
        "on": "Name the panel first: the panel chair and 2 panel members of Stage 3 (Review panel)."
    }
    for part, who in ((P.PANEL_CHAIR, "Cy Chair"), (P.PANEL_MEMBER, "Mo One"), (P.PANEL_MEMBER, "Max Two")):
        name(case, TO_THE_PANEL, part, who)
    assert said(lambda: name(case, TO_THE_PANEL, P.PANEL_MEMBER, "Al Three")) == {
        "number": "All 2 are named: give the number of the one to replace."
    }
    assert said(lambda: name(case, TO_THE_PANEL, P.PANEL_MEMBER, "Al Three", number=3)) == {
        "number": "Stage 3 (Review panel) needs 2 of this part: there is no number 3."
    }
    name(case, TO_THE_PANEL, P.PANEL_MEMBER, "Al Three", number=1)
    assert [part.name for part in case.page().stages[2].parts] == ["Cy Chair", "Al Three", "Max Two"]
    assert said(lambda: held(case, D(2026, 8, 7)))["on"].startswith("The panel (Fri 7 August 2026) is before the req")
    held(case, HELD)
    with pytest.raises(StepNotAllowed, match="its stage has no panel, or it was held already"):
        held(case, HELD)
    assert said(lambda: report(case, D(2026, 9, 14)))["on"].endswith("is before the panel (Tue 15 September 2026).")
    assert said(lambda: answer(case, HELD, 3, Outcome.UPHELD)) == {
        "on": "The panel’s report of Stage 3 (Review panel) has not come: record the day it did first."
    }


def test_steps_of_a_panel_are_refused_where_the_stage_has_none(case: Casework, shropshire: Register) -> None:
    case.request_review(ASKED, "Sam Reed", investigator="Lou West")
    for step in (held, report):
        with pytest.raises(StepNotAllowed, match=r"not possible, (its stage has no panel|no panel was held)"):
            step(case, ASKED)
    with pytest.raises(StepNotAllowed, match="no time of its stage is counted from an agreed record"):
        agree_record(case.actor(ASKED), case.reference, StageDay(on=ASKED))
    two = Casework(shropshire).log(D(2026, 4, 7), "corporate")
    two.acknowledge(D(2026, 4, 9))
    with pytest.raises(StepNotAllowed, match="its procedure does not let this stage be skipped"):
        skip_stage(two.actor(D(2026, 4, 9)), two.reference, StageSkip(on=D(2026, 4, 9), reason="They ask"))


def test_a_response_names_its_stage(case: Casework) -> None:
    case.request_review(ASKED, "Sam Reed", investigator="Lou West")
    for number in (1, 3):
        with pytest.raises(StepNotAllowed, match=f"is in stage 2, not in stage {number}: nothing was saved"):
            answer(case, SENT, number, Outcome.UPHELD)


def test_a_stage_skipped_by_agreement_leaves_its_times_and_goes_on(children: Register) -> None:
    case = Casework(children).log(RECEIVED, "children-statutory")
    case.acknowledge(D(2026, 4, 7))
    on = D(2026, 4, 14)

    def skip(**more: Any) -> StepResult:
        given = StageSkip(**{"on": on, "investigator": "Lou West", "agreed_by": "Ann Lee", "reason": "Grave", **more})
        return skip_stage(case.actor(on), case.reference, given)

    assert said(lambda: skip(agreed_by="", reason="")) == {
        "agreed_by": "Stage 1 is skipped by agreement: say who agreed.",
        "reason": "Give the reason: why it goes on without an answer of this stage.",
    }
    with one_event(case.register):
        done = skip()
    assert (done.status, [(line.kind, line.due_on) for line in done.deadlines]) == (
        Status.IN_REVIEW,
        [(K.STAGE_2_TARGET, D(2026, 5, 20)), (K.STAGE_2_LIMIT, D(2026, 7, 16))],
    )
    dates = case.dates()
    assert [dates[kind][0] for kind in (K.STAGE_1_TARGET, K.STAGE_1_LIMIT)] == [S.CANCELLED, S.CANCELLED]
    first, second = case.page().stages
    assert (first.skipped_on, first.skip_agreed_by, first.skip_reason) == (on, "Ann Lee", "Grave")
    assert (second.started_on, second.investigator, second.officer) == (on, "Lou West", "Sam Reed")
    with pytest.raises(StepNotAllowed, match=re.escape("gone on to without an answer of stage 1. Answer it.")):
        refuse_stage(case.actor(on), case.reference, StageRefusal(reason="No"))
    undo(case.actor(on), case.reference)
    assert case.dates()[K.STAGE_1_LIMIT][0] is S.OPEN
    assert len(case.page().stages) == 1


def test_a_council_goes_straight_to_the_next_stage_where_it_may(opened: Callable[[str, str], Register]) -> None:
    case = Casework(opened("nations", NATIONS)).log(D(2026, 4, 7), "spso")
    case.acknowledge(D(2026, 4, 8))
    on = D(2026, 4, 9)
    skip_stage(case.actor(on), case.reference, StageSkip(on=on, reason="Complex"))
    assert case.dates()[K.STAGE_2_LIMIT][1] == D(2026, 5, 8)
    problems = said(lambda: case.respond_review(D(2026, 5, 1), Outcome.NO_FINDING))
    assert problems["outcome"] == (
        "Stage 2 (Investigation) has no outcome “no finding”: it is upheld, partly upheld, not upheld or resolved "
        "informally."
    )


def test_the_agreed_record_starts_the_times_of_its_stage(children: Register) -> None:
    case = Casework(children).log(RECEIVED, "children-by-record")
    case.acknowledge(D(2026, 4, 7))
    case.investigate(D(2026, 4, 8))
    case.respond(ANSWERED, Outcome.NOT_UPHELD)
    case.request_review(ASKED, "Kim Ode")
    acknowledge_review(case.actor(D(2026, 5, 12)), case.reference, Acknowledgement(on=D(2026, 5, 12)))
    assert K.STAGE_2_LIMIT not in case.dates()
    assert case.page().stages[1].record_owed
    assert said(lambda: agree_record(case.actor(ASKED), case.reference, StageDay(on=D(2026, 5, 8))))["on"].startswith(
        "The agreement (Fri 8 May 2026) is before the request for Stage 2"
    )
    with one_event(case.register):
        agree_record(case.actor(D(2026, 6, 1)), case.reference, StageDay(on=D(2026, 6, 1)))
    assert case.dates()[K.STAGE_2_TARGET] == (S.OPEN, D(2026, 7, 6), D(2026, 7, 6))
    stage = case.page().stages[1]
    assert (stage.record_agreed_on, stage.record_owed) == (D(2026, 6, 1), False)


def test_a_later_stage_is_refused_and_may_be_opened_after_all(case: Casework) -> None:
    investigated(case)
    with_a_panel(case)
    given = StageRefusal(reason="Out of time", told_on=D(2026, 8, 12), ombudsman_told=True)
    done = refuse_stage(case.actor(D(2026, 8, 12)), case.reference, given)
    assert (done.status, done.deadlines) == (Status.RESPONSE_SENT, ())
    page = case.page()
    assert len(page.stages) == 2
    second = page.stages[1]
    assert (second.next_stage_asked_on, second.next_stage_refused_on) == (TO_THE_PANEL, D(2026, 8, 12))
    assert case.last_event().past == "Stage 3 refused"
    case.request_review(D(2026, 8, 24), "Sam Reed")
    assert case.dates()[PANEL][:2] == (S.OPEN, D(2026, 10, 6))
    assert check(case.register).findings == ()


def test_stage_2_opened_again_after_its_refusal_has_its_times(code: Register) -> None:
    case = Casework(code).log(D(2026, 4, 7), "lgsco-code")
    case.acknowledge(D(2026, 4, 9))
    case.respond(D(2026, 4, 23), Outcome.NOT_UPHELD)
    case.request_review(ASKED)
    given = StageRefusal(reason="Out of time", told_on=D(2026, 5, 12), ombudsman_told=True)
    refuse_stage(case.actor(D(2026, 5, 12)), case.reference, given)
    case.request_review(D(2026, 6, 1))
    assert case.dates()[K.STAGE_2_ACKNOWLEDGEMENT][:2] == (S.OPEN, D(2026, 6, 8))
