"""A handful of cases through any steps in any order, beside a model of its own: what must never happen does not."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from feedback_tui.casework.days_off import change_days_off
from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.casework.log import log
from feedback_tui.casework.undo import undo
from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_reader import queue_counts
from feedback_tui.enums import (
    Kind,
    Role,
    Status,
    StepKey,
)
from feedback_tui.models.inputs import stages
from feedback_tui.rules.lifecycle.lifecycle import BY_KEY
from feedback_tui.rules.working_days import DayOff, england
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, open_register
from tests.casework import walk_of_people
from tests.casework.life_steps import KEYS as KEYS
from tests.casework.life_steps import LIVELY
from tests.casework.life_steps import STEPS as STEPS
from tests.casework.life_steps import Chance as Chance
from tests.conftest import actor_on
from tests.places import copy_of, drop, empty_place

FIRST_DAY = date(2026, 4, 1)
K, S = StepKey, Status
TO_ANSWER = (K.ACKNOWLEDGE, K.INVESTIGATE, K.RESPOND)
COMING_IN: tuple[tuple[Kind, str | None, tuple[StepKey, ...]], ...] = (
    (Kind.COMPLAINT, "statutory-adult", (K.ACKNOWLEDGE, K.INVESTIGATE)),
    (Kind.COMPLAINT, "corporate", TO_ANSWER),
    (Kind.COMPLAINT, "corporate", (*TO_ANSWER, K.REQUEST_REVIEW)),
    (Kind.COMPLAINT, None, ()),
    (Kind.ENQUIRY, None, (K.ACKNOWLEDGE,)),
)
SET_BY_LAW = {
    (None, None): ("acknowledgement", "statutory_limit"),
    ("statutory-adult", "1"): ("acknowledgement", "statutory_limit"),
    ("corporate", "1"): ("statutory_limit",),
    ("corporate", "2"): (
        *("acknowledgement", "stage_1_limit", "stage_2_acknowledgement", "stage_2_limit", "statutory_limit"),
    ),
}
"""What the law sets in each procedure of the walk, by its version: reg 13, the six months, and the Ombudsman's Code."""
STAYS_OWED = {"action", "remedy", "ombudsman_reply", "persistence_review"}
OF_A_CASE = (
    *("stage", "complaint_point", "party", "deadline", "extension"),
    *("remedy", "learning", "action", "ombudsman_record", "contact", "chase", "attachment"),
)
Moves = dict[Status, Status | None]
ENDS: Moves = dict.fromkeys((S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.ON_HOLD, S.IN_REVIEW), S.CLOSED)
NOT_VOID: Moves = {status: status for status in S if status is not S.VOID}
OPEN: Moves = {status: status for status in S if status.is_open}
UNDER_WAY: Moves = {status: status for status in (S.INVESTIGATING, S.ON_HOLD, S.IN_REVIEW)}
MAY: dict[StepKey, Moves] = {
    K.ACKNOWLEDGE: {S.LOGGED: S.ACKNOWLEDGED, S.INVESTIGATING: S.INVESTIGATING, S.ON_HOLD: S.ON_HOLD},
    K.INVESTIGATE: {S.LOGGED: S.INVESTIGATING, S.ACKNOWLEDGED: S.INVESTIGATING},
    K.EXTEND: {status: status for status in (S.ACKNOWLEDGED, S.INVESTIGATING, S.ON_HOLD, S.IN_REVIEW)},
    # Where its response was sent already: once more, after it was reopened.
    K.RESPOND: dict.fromkeys((S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.ON_HOLD, S.RESPONSE_SENT), S.RESPONSE_SENT),
    K.REQUEST_REVIEW: {S.RESPONSE_SENT: S.IN_REVIEW, S.CLOSED: S.IN_REVIEW},
    K.REFUSE_STAGE: {S.RESPONSE_SENT: S.RESPONSE_SENT, S.CLOSED: S.CLOSED, S.IN_REVIEW: S.RESPONSE_SENT},
    K.ACKNOWLEDGE_REVIEW: {S.IN_REVIEW: S.IN_REVIEW, S.ON_HOLD: S.ON_HOLD},
    K.RESPOND_REVIEW: dict.fromkeys((S.IN_REVIEW, S.ON_HOLD, S.RESPONSE_SENT), S.RESPONSE_SENT),
    K.HOLD: dict.fromkeys((S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.IN_REVIEW, S.ON_HOLD), S.ON_HOLD),
    K.RESUME: {S.ON_HOLD: None},
    K.CHANGE_PROCEDURE: {status: status for status in (S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.ON_HOLD)},
    K.CORRECT_RECEIPT: {**NOT_VOID},
    K.ALLOCATE: {**OPEN},
    K.WITHDRAW: {**ENDS},
    K.CLOSE: {**ENDS, S.RESPONSE_SENT: S.CLOSED},
    K.REOPEN: {S.CLOSED: None},
    K.VOID: dict.fromkeys(NOT_VOID, S.VOID),
    K.OMBUDSMAN: {**NOT_VOID},
    K.NOTE: {status: status for status in S},
    **{key: {**NOT_VOID} for key in (K.OMBUDSMAN_QUERY, K.OMBUDSMAN_DRAFT, K.COMPLIED, K.REDRESS, K.LEARN)},
    K.PLAN_ACTION: {**NOT_VOID},
    K.ACTION_DONE: {**NOT_VOID},
    K.CONTACT: {**NOT_VOID},
    K.LETTER: {**NOT_VOID},
    K.NEXT_UPDATE: {**OPEN},
    **walk_of_people.MAY,
    **{key: {**UNDER_WAY} for key in (K.CHASE, K.DRAFT_RECEIVED, K.DRAFT_CHECKED, K.SIGN_OFF)},
}
"""The model: what each step leads to, from where. None: back to where it was before it was closed or put on hold."""


Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Stood:
    """Where the model had a case at a moment."""

    status: Status
    received_on: date
    before_closing: Status = S.LOGGED
    before_hold: Status = S.LOGGED


@dataclass
class Known:
    """What the model knows of a case."""

    id: int
    now: Stood
    trail: list[tuple[Stood, Rows]] = field(default_factory=list)
    """How it stood before each step that can be undone."""
    recounted: bool = False
    """Whether days off changed since its first step: what opens again is then counted anew."""

    @property
    def status(self) -> Status:
        return self.now.status

    def after(self, key: StepKey, status: Status) -> Stood:
        """Where it stands after a step that led to `status`."""
        now = replace(self.now, status=status)
        if status is S.CLOSED is not self.status:
            return replace(now, before_closing=self.status)
        if key is K.HOLD and self.status is not S.ON_HOLD:
            return replace(now, before_hold=self.status)
        if key is K.ACKNOWLEDGE and status is S.ON_HOLD and now.before_hold is S.LOGGED:
            return replace(now, before_hold=S.ACKNOWLEDGED)
        return now


class AnyLife(RuleBasedStateMachine):
    """Cases of one register, and the days going by."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.register: Register = open_register(copy_of(empty_place("shropshire"), self.folder))
        self.today, self.turn = FIRST_DAY, 0
        self.cases: dict[str, Known] = {}
        self.bank_holidays, self.closures = set(england().days_off), set[date]()

    def teardown(self) -> None:
        try:
            assert check(self.register).findings == ()
        finally:
            self.register.close()
            drop(self.register.where)
            shutil.rmtree(self.folder)

    @initialize(days_ago=st.integers(0, 60))
    def cases_come_in(self, days_ago: int) -> None:
        """Each brought some way along its path, so that every status is there from the start."""
        fine = Chance(days_ago=0, days_ahead=30, yes=True, number=1)
        for kind, procedure, path in COMING_IN:
            received_on = self.today - timedelta(days=days_ago)
            people = {"customer_name": "Ann Lee", "correspondent_name": "Bea Lee", "correspondent_role": Role.FAMILY}
            new = stages.NewCase.model_validate(
                {"kind": kind, "procedure": procedure, "received_on": received_on, **people}
            )
            done = log(actor_on(self.register, self.today), new)
            case_id = next(row[0] for row in self.rows()["feedback_case"] if row[1] == done.reference)
            known = self.cases[done.reference] = Known(case_id, Stood(done.status, received_on))
            for key in path:
                assert self.take(done.reference, known, key, fine)
        self.look_at_the_deadlines()

    @rule(moves=st.lists(st.integers(0, 2**32), min_size=4, max_size=9))
    def some_steps(self, moves: list[int]) -> None:
        """Each move is drawn from a number: Hypothesis would draw the simplest of each part most of the time."""
        for number in moves:
            self.turn += 1
            self.a_move(Random(number + self.turn))

    def a_move(self, draw: Random) -> None:
        self.today += timedelta(days=draw.choice([0, 0, 0, 1, 4, 11, 40]))
        reference, known = draw.choice(list(self.cases.items()))
        key, chance = draw.choice(KEYS), Chance.of(draw)
        if key is K.VOID and draw.random() < 0.8:
            key = K.CLOSE  # Void is the end: too many, and nothing else would happen.
        fitting = [step for step in LIVELY if known.status in MAY[step]]
        if fitting and key not in (*fitting, K.UNDO, K.VOID) and draw.random() < 0.7:
            key = draw.choice(fitting)
        if key is K.UNDO:
            self.undo(reference, known)
        else:
            self.take(reference, known, key, chance)
        self.look_at_the_queue()

    @rule(ahead=st.integers(-10, 90), weekday=st.integers(0, 4), closure=st.booleans())
    def a_day_off_comes_or_goes(self, ahead: int, weekday: int, closure: bool) -> None:
        """Closed deadlines stay; what is open moves, and those cases cannot go back behind it.

        A closure day of the council comes, goes, or is a bank holiday by now.
        """
        day = self.today + timedelta(days=ahead)
        day += timedelta(days=weekday - day.weekday())
        goes = day in self.bank_holidays or (closure and day in self.closures)
        added = stages.DaysOffChange(added=(DayOff(day, "Found"),), closure=closure)
        given = stages.DaysOffChange(removed=(day,)) if goes else added
        for days in (self.bank_holidays, self.closures):
            days.discard(day)
        if not goes:
            (self.closures if closure else self.bank_holidays).add(day)
        before = self.rows()
        done = change_days_off(actor_on(self.register, self.today), given)
        old, new = ({row[0]: row for row in rows["deadline"]} for rows in (before, self.rows()))
        moved = {number for number in old if old[number] != new[number]}
        assert old.keys() == new.keys()
        assert len(moved) == len(done.moved)
        cases = {old[number][1] for number in moved}
        for known in self.cases.values():
            known.recounted = True
            if known.id in cases:
                known.trail.clear()
        self.look_at_the_queue()
        self.look_at_the_deadlines()

    def take(self, reference: str, known: Known, key: StepKey, chance: Chance) -> bool:
        """Takes a step; gives whether it was taken. A refusal leaves everything as it was."""
        before = self.rows()
        try:
            done = STEPS[key](actor_on(self.register, self.today), reference, chance)
        except StepNotAllowed:
            assert self.rows() == before
            return False
        expected = self.expected(key, known)
        assert done.status is expected, f"{key} from {known.status}"
        if key in BY_KEY:
            assert BY_KEY[key].status_after(known.status) in (None, expected)
        known.trail.append((known.now, self.of_case(before, known.id)))
        known.now = known.after(key, done.status)
        if key is K.CORRECT_RECEIPT:
            received_on = next(row[10] for row in self.rows()["feedback_case"] if row[0] == known.id)
            known.now = replace(known.now, received_on=date.fromisoformat(received_on))
        self.nothing_changed_unseen(before, known)
        self.look_at_the_deadlines()
        return True

    def undo(self, reference: str, known: Known) -> None:
        before = self.rows()
        try:
            done = undo(actor_on(self.register, self.today), reference)
        except StepNotAllowed:
            assert known.trail == [] or known.recounted
            assert self.rows() == before
            return
        known.now, as_it_stood = known.trail.pop()
        assert done.status is known.status
        after = self.rows()
        assert self.of_case(after, known.id) == as_it_stood or known.recounted
        self.look_at_the_deadlines()
        assert len(after["event"]) == len(before["event"]) + 1

    def expected(self, key: StepKey, known: Known) -> Status:
        assert known.status in MAY[key], f"{key} from {known.status}"
        leads_to = MAY[key][known.status]
        if leads_to is None:
            return known.now.before_closing if key is K.REOPEN else known.now.before_hold
        return leads_to

    def rows(self) -> Rows:
        with closing(sqlite3.connect(self.register.where)) as connection:
            return {
                table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
                for table in ("feedback_case", *OF_A_CASE, "person", "event")
            }

    def of_case(self, rows: Rows, case_id: int) -> Rows:
        """The rows of one case, without its version and the time of its last change."""
        (own,) = [row for row in rows["feedback_case"] if row[0] == case_id]
        mine = {table: [row for row in rows[table] if row[1] == case_id] for table in OF_A_CASE}
        people = {party[2] for party in mine["party"]}
        return {
            "feedback_case": [own[:3] + own[5:]],
            "person": [row for row in rows["person"] if row[0] in people],
            **mine,
        }

    def nothing_changed_unseen(self, before: Rows, known: Known) -> None:
        """One event, of this case; no deadline is lost; and the event names each deadline that changed."""
        after = self.rows()
        (event,) = after["event"][len(before["event"]) :]
        assert event[1] == known.id
        changes = json.loads(next(value for value in event if str(value)[:2] in ("[[", "[]")))
        named = {number for table, number, _, _ in changes if table == "deadline"}
        old = {row[0]: row for row in before["deadline"]}
        new = {row[0]: row for row in after["deadline"]}
        assert old.keys() <= new.keys()
        changed = {number for number, row in new.items() if old.get(number) != row}
        assert changed == named
        others = [case for case in self.cases.values() if case is not known]
        for other in others:
            assert self.of_case(after, other.id) == self.of_case(before, other.id)

    def deadlines(self) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(self.register.where)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute("SELECT * FROM deadline")]

    def look_at_the_deadlines(self) -> None:
        by_case = {known.id: known for known in self.cases.values()}
        open_ones = Counter[tuple[int, str]]()
        for row in self.deadlines():
            known = by_case[row["case_id"]]
            done = row["state"] in ("met", "missed")
            assert (row["met_on"] is not None) == done
            assert not done or (row["met_on"] <= row["due_on"]) == (row["state"] == "met")
            if row["kind"] == "statutory_limit" and row["state"] == "superseded":
                continue  # It is no complaint any more, or never was one under the Regulations.
            if row["kind"] == "statutory_limit":
                assert row["due_on"] == row["original_due_on"] == _six_months(known.now.received_on).isoformat()
            elif row["kind"] != "ombudsman_reply":
                assert row["due_on"] >= row["original_due_on"]
            if row["state"] == "open" and row["unit"] == "working days" and not row["fixed_by_hand"]:
                off = self.days_off(known, row["kind"])
                assert working_day(row["counted_from"], row["count"], off) == row["original_due_on"], row
            if row["state"] == "open":
                open_ones[row["case_id"], row["kind"]] += 1
                assert known.status is not S.VOID
                assert known.status is not S.CLOSED or row["kind"] in STAYS_OWED
        assert [key for key, count in open_ones.items() if count > 1 and key[1] not in STAYS_OWED] == []

    def look_at_the_queue(self) -> None:
        rows = queue(self.register, self.today)
        assert queue_counts(self.register, self.today).total == len(rows)
        open_cases = {reference for reference, known in self.cases.items() if known.status.is_open}
        assert open_cases <= {row.reference for row in rows}
        for row in rows:
            assert self.cases[row.reference].status is row.status
            assert row.status.is_open or row.deadline in STAYS_OWED
            assert (row.due_on is None) == (row.deadline is None) == (row.working_days_left is None)
            if row.due_on is not None:
                off = self.days_off(self.cases[row.reference], str(row.deadline))
                assert row.working_days_left == working_days(self.today, row.due_on, off)
        dated = [row.due_on for row in rows if row.due_on is not None]
        assert dated == sorted(dated)
        assert all(row.due_on is None for row in rows[len(dated) :])
        every = queue(self.register, self.today, QueueFilter(every_deadline=True))
        owed = {row["id"] for row in self.deadlines() if row["state"] == "open"}
        assert sorted(row.deadline_id for row in every if row.deadline_id is not None) == sorted(owed)
        assert open_cases <= {row.reference for row in every}

    def days_off(self, known: Known, kind: str) -> set[date]:
        """The days off that a deadline is counted with, by the machine's own books: the law's know no closure day."""
        with closing(sqlite3.connect(self.register.where)) as connection:
            asked = "SELECT procedure, procedure_version FROM feedback_case WHERE id = ?"
            (under,) = connection.execute(asked, (known.id,))
        return self.bank_holidays if kind in SET_BY_LAW.get(under, ()) else self.bank_holidays | self.closures


def working_day(start: str, count: int, off: set[date]) -> str:
    """The working day that is `count` after `start`, day by day."""
    day = date.fromisoformat(start)
    while count or day.weekday() >= 5 or day in off:
        day += timedelta(days=1)
        count -= 1 if count and day.weekday() < 5 and day not in off else 0
    return day.isoformat()


def working_days(start: date, end: date, off: set[date]) -> int:
    """Day by day: those after `start` up to and with `end`; below 0 where it is past."""
    if end < start:
        return -working_days(end, start, off)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in off for day in days)


def _six_months(received_on: date) -> date:
    """The day before the same day of the sixth month; where that month is too short, its last day."""
    later = received_on + relativedelta(months=6)
    return later - timedelta(days=1) if later.day == received_on.day else later


TestAnyLife = AnyLife.TestCase
TestAnyLife.pytestmark = [pytest.mark.of_a_file]  # type: ignore[attr-defined]
TestAnyLife.settings = settings(max_examples=8, stateful_step_count=6, deadline=None)
