"""Lives of a complaint of three stages in any order of its steps, each date by a second plain calculation.

The model beside the register knows the days that were given and counts with a list of bank holidays, one day at a time.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.errors import InvalidInput, StepNotAllowed
from feedback_tui.casework.later_stages import name_part, panel_held, report_received, skip_stage
from feedback_tui.casework.log import log
from feedback_tui.casework.respond import respond_stage
from feedback_tui.casework.review import refuse_stage, request_review
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case.page import CasePage, case_page
from feedback_tui.desk.queue.queue import queue
from feedback_tui.enums import DeadlineState, Kind, Outcome, StagePart, Status
from feedback_tui.models.inputs.later_stages import PartNamed, StageDay, StageSkip
from feedback_tui.models.inputs.stages import (
    FirstAcknowledgement,
    NewCase,
    Response,
    ReviewRequest,
    StageRefusal,
)
from feedback_tui.rules.working_days import england
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, open_register
from tests.conftest import actor_on
from tests.places import copy_of, drop
from tests.profiles import CHILDREN, empty_of

FIRST_DAY = date(2026, 4, 2)
HOLIDAYS = frozenset(england().days_off)
NEEDED = {
    2: (StagePart.INDEPENDENT_PERSON, StagePart.ADJUDICATING_OFFICER),
    3: (StagePart.PANEL_CHAIR, StagePart.PANEL_MEMBER, StagePart.PANEL_MEMBER),
}
FOUND = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD)


def plain_count(start: date, count: int) -> date:
    day = start
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in HOLIDAYS
    return day


@dataclass
class Stage:
    """What the model knows of one stage."""

    began: date
    named: list[StagePart] = field(default_factory=list)
    held: date | None = None
    reported: date | None = None
    answered: date | None = None
    found: Outcome | None = None
    skipped: bool = False

    def owed(self, number: int) -> dict[str, date]:
        """What is owed while it is under way, by the figures of SI 2006/1738."""
        if self.answered or self.skipped:
            return {}
        if number == 1:
            return {"stage_1_target": plain_count(self.began, 10), "stage_1_limit": plain_count(self.began, 20)}
        if number == 2:
            return {"stage_2_target": plain_count(self.began, 25), "stage_2_limit": plain_count(self.began, 65)}
        if self.reported:
            return {"stage_3_reply": plain_count(self.reported, 15)}
        if self.held:
            return {"stage_3_report": plain_count(self.held, 5)}
        return {"stage_3_panel": plain_count(self.began, 30)}


class LifeOfThreeStages(RuleBasedStateMachine):
    """One complaint; each rule takes a step where the model allows it, and is refused where it does not."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="feedback-tui-stages-"))
        self.register: Register = open_register(copy_of(empty_of("children", CHILDREN), self.folder))
        self.today, self.acknowledged, self.people = FIRST_DAY, False, 0

    def teardown(self) -> None:
        try:
            assert check(self.register).findings == ()
        finally:
            self.register.close()
            drop(self.register.where)
            shutil.rmtree(self.folder)

    @initialize()
    def it_comes_in(self) -> None:
        new = NewCase(kind=Kind.COMPLAINT, received_on=FIRST_DAY, procedure="children-statutory")
        self.reference = log(actor_on(self.register, FIRST_DAY), new).reference
        self.stages = [Stage(FIRST_DAY)]

    @property
    def last(self) -> Stage:
        return self.stages[-1]

    @property
    def under_way(self) -> bool:
        return self.last.answered is None

    def take(self, verb: Callable[..., StepResult], given: object, *more: Any, allowed: bool) -> bool:
        """Takes a step, and looks that it is refused exactly where the model says so."""
        before = self.page()
        try:
            verb(actor_on(self.register, self.today), self.reference, given, *more)
        except (StepNotAllowed, InvalidInput):
            assert not allowed, (verb.__name__, given)
            assert self.page() == before
            return False
        assert allowed, (verb.__name__, given)
        undo(actor_on(self.register, self.today), self.reference)
        after = self.page()
        assert (after.stages, after.status, after.points) == (before.stages, before.status, before.points)
        assert {due.kind: due.due_on for due in after.open_deadlines} == {
            due.kind: due.due_on for due in before.open_deadlines
        }
        verb(actor_on(self.register, self.today), self.reference, given, *more)
        return True

    def page(self) -> CasePage:
        return case_page(self.register, self.reference, self.today)

    @rule(days=st.integers(0, 30))
    def time_goes_on(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule()
    def it_is_acknowledged(self) -> None:
        allowed = len(self.stages) == 1 and self.under_way and not self.acknowledged
        if self.take(acknowledge, FirstAcknowledgement(on=self.today), allowed=allowed):
            self.acknowledged = True

    @rule()
    def the_next_stage_is_asked_for(self) -> None:
        investigator = "Lou West" if len(self.stages) == 1 else ""
        given = ReviewRequest(on=self.today, officer="Sam Reed", investigator=investigator)
        answered = self.last.answered
        if self.take(request_review, given, allowed=answered is not None and len(self.stages) < 3):
            assert answered is not None
            stage = self.page().stages[-1]
            assert stage.ask_by == plain_count(answered, 20)
            assert stage.asked_late is (self.today > plain_count(answered, 20))
            self.stages.append(Stage(self.today))

    @rule()
    def the_stage_is_skipped(self) -> None:
        given = StageSkip(on=self.today, investigator="Lou West", agreed_by="Ann Lee", reason="Grave")
        allowed = len(self.stages) == 1 and self.under_way and self.acknowledged
        if self.take(skip_stage, given, allowed=allowed):
            self.last.skipped = True
            self.stages.append(Stage(self.today))

    @rule(part=st.sampled_from(sorted(set(NEEDED[2] + NEEDED[3]))))
    def someone_is_named(self, part: StagePart) -> None:
        number, named = len(self.stages), self.last.named
        self.people += 1
        given = PartNamed(part=part, name=f"Person {self.people}", on=self.today, independent=True)
        needed = NEEDED.get(number, ()).count(part)
        allowed = self.under_way and needed > 0 and (needed == 1 or named.count(part) < needed)
        if self.take(name_part, given, allowed=allowed) and named.count(part) < needed:
            named.append(part)

    @rule()
    def the_panel_is_held(self) -> None:
        complete = sorted(self.last.named) == sorted(NEEDED[3])
        allowed = len(self.stages) == 3 and self.under_way and self.last.held is None and complete
        if self.take(panel_held, StageDay(on=self.today), allowed=allowed):
            self.last.held = self.today

    @rule()
    def the_report_comes(self) -> None:
        allowed = self.under_way and self.last.held is not None and self.last.reported is None
        if self.take(report_received, StageDay(on=self.today), allowed=allowed):
            self.last.reported = self.today

    @rule(found=st.sampled_from(FOUND))
    def it_is_answered(self, found: Outcome) -> None:
        number, stage = len(self.stages), self.last
        whole = sorted(stage.named) == sorted(NEEDED.get(number, ()))
        allowed = self.under_way and whole and (number < 3 or stage.reported is not None)
        if self.take(respond_stage, Response(on=self.today, findings=(found,)), number, allowed=allowed):
            stage.answered, stage.found = self.today, found
            self.acknowledged = True
            taken = sum(
                day.weekday() < 5 and day not in HOLIDAYS
                for day in (stage.began + timedelta(days=n) for n in range(1, (self.today - stage.began).days + 1))
            )
            assert self.page().stages[-1].working_days_taken == taken

    @precondition(lambda self: self.stages[-1].answered is not None and len(self.stages) < 3)
    @rule()
    def the_next_stage_is_refused(self) -> None:
        given = StageRefusal(reason="Out of time", asked_on=self.today, told_on=self.today, ombudsman_told=True)
        assert self.take(refuse_stage, given, allowed=True)
        assert self.page().stages[-1].next_stage_refused_on == self.today

    @rule(days=st.integers(0, 20), found=st.sampled_from(FOUND))
    def it_goes_on(self, days: int, found: Outcome) -> None:
        """What comes next in a whole life: else few walks would come to the panel."""
        self.today += timedelta(days=days)
        number, stage = len(self.stages), self.last
        missing = [part for part in NEEDED.get(number, ()) if stage.named.count(part) < NEEDED[number].count(part)]
        if not self.under_way:
            self.the_next_stage_is_asked_for()
        elif missing:
            self.someone_is_named(missing[0])
        elif number == 3 and stage.held is None:
            self.the_panel_is_held()
        elif number == 3 and stage.reported is None:
            self.the_report_comes()
        else:
            self.it_is_answered(found)
        self.look()

    @rule()
    def what_is_owed_is_what_a_plain_count_gives(self) -> None:
        self.look()

    def look(self) -> None:
        page = self.page()
        owed = self.last.owed(len(self.stages))
        if not self.acknowledged:
            owed["acknowledgement"] = plain_count(FIRST_DAY, 3)
        assert {due.kind.value: due.due_on for due in page.open_deadlines} == owed
        for due in page.deadlines:
            if due.met_on is not None:
                late = due.met_on > due.due_on
                assert due.state is (DeadlineState.MISSED if late else DeadlineState.MET)
        in_review = len(self.stages) > 1 and self.under_way
        assert (page.status is Status.IN_REVIEW) is in_review
        assert page.standing.stage == len(page.stages) == len(self.stages)
        found = {number: stage.found for number, stage in enumerate(self.stages, 1) if stage.found is not None}
        assert page.points[0].findings == found
        rows = [row for row in queue(self.register, self.today) if row.deadline is not None]
        assert {row.deadline for row in rows if row.deadline is not None} <= {due.kind for due in page.open_deadlines}
        assert bool(rows) is bool(owed)


@pytest.mark.usefixtures("either")
def test_a_life_of_three_stages_has_the_dates_of_a_plain_count() -> None:
    run_state_machine_as_test(
        LifeOfThreeStages, settings=settings(max_examples=6, stateful_step_count=25, deadline=None)
    )


@pytest.mark.walk
@pytest.mark.usefixtures("either")
def test_many_lives_of_three_stages() -> None:
    run_state_machine_as_test(
        LifeOfThreeStages, settings=settings(max_examples=60, stateful_step_count=50, deadline=None)
    )
