"""The deadline queue: which row a case has, when, and in which order (the outer interface, ``queue``)."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

import pytest

from feedback_tui.casework.close import void
from feedback_tui.casework.days_off import change_days_off
from feedback_tui.casework.notes import action_done
from feedback_tui.desk.queue.queue import queue, queue_place
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_reader import queue_counts
from feedback_tui.desk.queue.queue_row import QueueCounts
from feedback_tui.enums import ClosingReason, DeadlineKind, Kind, Outcome, Status
from feedback_tui.models.inputs.stages import (
    ActionInput,
    DaysOffChange,
    Finished,
    LearningInput,
    PointInput,
    Reason,
    RemedyInput,
)
from feedback_tui.rules.working_days import DayOff
from feedback_tui.storage.register import Register, open_register
from tests.casework.cases import ACKNOWLEDGE_BY, AIM, LIMIT, RECEIVED, SIX_MONTHS, Casework
from tests.conftest import actor_on
from tests.desk.cases import Due, owed, owed_by

K = DeadlineKind
ALL = QueueFilter(every_deadline=True)


class TestWhatACaseOwesNext:
    """One row until it is due: the acknowledgement, then the response; and whatever is due or late."""

    def test_the_acknowledgement_first_then_what_is_overdue(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        assert owed_by(case, RECEIVED) == [(K.ACKNOWLEDGEMENT, ACKNOWLEDGE_BY)]
        assert owed_by(case, date(2024, 4, 9)) == [(K.ACKNOWLEDGEMENT, ACKNOWLEDGE_BY)]
        assert owed_by(case, date(2024, 6, 10)) == [
            (K.ACKNOWLEDGEMENT, ACKNOWLEDGE_BY),
            (K.STAGE_1_TARGET, AIM),
            (K.STAGE_1_LIMIT, LIMIT),
        ]

    def test_the_aim_until_it_has_passed_then_the_date_due_by(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.acknowledge(RECEIVED)
        assert owed_by(case, AIM) == [(K.STAGE_1_TARGET, AIM)]
        both = [(K.STAGE_1_TARGET, AIM), (K.STAGE_1_LIMIT, LIMIT)]
        assert owed_by(case, date(2024, 4, 11)) == owed_by(case, date(2024, 6, 10)) == both

    def test_an_aim_that_has_passed_stays_where_nothing_else_binds(self, wigan: Register) -> None:
        case = Casework(wigan).log(procedure="formal-complex")
        case.acknowledge(RECEIVED)
        aim = date(2024, 4, 17)
        assert owed_by(case, date(2024, 5, 1)) == [(K.STAGE_1_TARGET, aim)]

    def test_a_period_told_that_ends_before_the_aim(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.acknowledge(RECEIVED, promised_on=date(2024, 3, 28))
        assert owed_by(case, RECEIVED) == [(K.RESPONSE_PROMISED, date(2024, 3, 28))]
        assert owed_by(case, date(2024, 4, 2)) == [(K.RESPONSE_PROMISED, date(2024, 3, 28))]

    def test_a_period_told_that_ends_after_the_aim(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.acknowledge(RECEIVED, promised_on=date(2024, 5, 1))
        assert owed_by(case, AIM) == [(K.STAGE_1_TARGET, AIM)]
        assert owed_by(case, date(2024, 4, 11)) == [(K.STAGE_1_TARGET, AIM), (K.RESPONSE_PROMISED, date(2024, 5, 1))]

    def test_an_extended_aim_shows_the_new_date_and_the_original(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.acknowledge(RECEIVED)
        case.investigate(RECEIVED)
        case.extend(date(2024, 4, 2), date(2024, 4, 24))
        (row,) = queue(shropshire, date(2024, 4, 11))
        assert (row.deadline, row.due_on, row.original_due_on) == (K.STAGE_1_TARGET, date(2024, 4, 24), AIM)
        assert row.working_days_left == 9

    def test_without_a_procedure_it_is_open_without_a_date(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(procedure=None)
        case.acknowledge(RECEIVED)
        assert owed_by(case, RECEIVED) == [(None, None)]

    def test_a_case_in_stage_2_owes_its_acknowledgement_then_its_limit(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(date(2026, 4, 7), "corporate")
        case.acknowledge(date(2026, 4, 9))
        case.respond(date(2026, 4, 23), Outcome.NOT_UPHELD)
        case.request_review(date(2026, 5, 11))
        assert owed_by(case, date(2026, 5, 11)) == [(K.STAGE_2_ACKNOWLEDGEMENT, date(2026, 5, 18))]
        case.acknowledge_review(date(2026, 5, 13))
        assert owed_by(case, date(2026, 5, 13)) == [(K.STAGE_2_LIMIT, date(2026, 6, 11))]
        (row,) = queue(shropshire, date(2026, 5, 13))
        assert (row.officer, row.investigator, row.status) == ("Kim Ode", None, Status.IN_REVIEW)


class TestBesideIt:
    """The six months when they are near; actions, redress and Ombudsman replies, also of closed cases."""

    def test_the_six_months_from_20_working_days_before_their_end(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.acknowledge(RECEIVED)
        # 3 September 2024 less 20 working days, over the bank holiday of 26 August.
        near, not_yet = date(2024, 8, 5), date(2024, 8, 2)
        late = [(K.STAGE_1_TARGET, AIM), (K.STAGE_1_LIMIT, LIMIT)]
        assert owed_by(case, not_yet) == late
        assert owed_by(case, near) == owed_by(case, date(2024, 10, 1)) == [*late, (K.STATUTORY_LIMIT, SIX_MONTHS)]

    def test_a_case_without_a_procedure_comes_in_view_with_its_six_months(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(procedure=None)
        case.acknowledge(RECEIVED)
        assert owed_by(case, date(2024, 8, 5)) == [(K.STATUTORY_LIMIT, SIX_MONTHS)]

    def test_every_action_redress_and_reply(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.respond(
            date(2024, 3, 7),
            Outcome.UPHELD,
            learning=(LearningInput(area="communication"),),
            actions=(
                ActionInput(text="Train", due_on=date(2024, 5, 1)),
                ActionInput(text="Write", due_on=date(2024, 4, 1)),
            ),
            remedies=(RemedyInput(kind="apology", due_on=date(2024, 3, 15)),),
        )
        case.ombudsman(date(2024, 3, 8), received_on=date(2024, 3, 8))
        rows: list[Due] = [
            (K.REMEDY, date(2024, 3, 15)),
            (K.ACTION, date(2024, 4, 1)),
            (K.OMBUDSMAN_REPLY, date(2024, 4, 5)),
            (K.ACTION, date(2024, 5, 1)),
        ]
        # Answered and not yet closed: it is open without a date, too.
        assert owed_by(case, date(2024, 3, 8)) == [*rows, (None, None)]
        case.close(date(2024, 3, 8))
        assert owed_by(case, date(2024, 3, 8)) == rows
        action_done(case.actor(date(2024, 4, 1)), case.reference, Finished(position=2, on=date(2024, 4, 1)))
        assert owed_by(case, date(2024, 4, 1)) == [rows[0], *rows[2:]]

    def test_an_ombudsman_reply_stands_beside_the_response(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.ombudsman(date(2024, 3, 5), received_on=date(2024, 3, 5))
        assert owed_by(case, date(2024, 3, 5)) == [
            (K.ACKNOWLEDGEMENT, ACKNOWLEDGE_BY),
            (K.OMBUDSMAN_REPLY, date(2024, 4, 2)),
        ]

    def test_drafts_and_updates_from_their_day_on_or_with_every_deadline(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.acknowledge(RECEIVED)
        case.investigate(RECEIVED, draft_due_on=date(2024, 3, 20))
        case.extend(date(2024, 3, 5), date(2024, 4, 24), next_update_on=date(2024, 3, 25))
        assert owed_by(case, date(2024, 3, 5)) == [(K.STAGE_1_TARGET, date(2024, 4, 24))]
        assert owed_by(case, date(2024, 3, 19)) == [(K.STAGE_1_TARGET, date(2024, 4, 24))]
        assert owed_by(case, date(2024, 3, 20)) == [
            (K.DRAFT, date(2024, 3, 20)),
            (K.STAGE_1_TARGET, date(2024, 4, 24)),
        ]
        assert owed_by(case, date(2024, 3, 5), ALL) == [
            (K.DRAFT, date(2024, 3, 20)),
            (K.NEXT_UPDATE, date(2024, 3, 25)),
            (K.STAGE_1_TARGET, date(2024, 4, 24)),
            (K.RESPONSE_PROMISED, date(2024, 4, 24)),
            (K.STAGE_1_LIMIT, LIMIT),
            (K.STATUTORY_LIMIT, SIX_MONTHS),
        ]


class TestWithoutADate:
    """What is open without a date comes last, the oldest first."""

    def test_comments_enquiries_and_answered_cases(self, shropshire: Register) -> None:
        answered = Casework(shropshire).log(date(2024, 2, 26))
        answered.respond(date(2024, 2, 27), Outcome.UPHELD)
        comment = Casework(shropshire).log(date(2024, 2, 20), None, kind=Kind.COMMENT)
        enquiry = Casework(shropshire).log(date(2024, 2, 21), None, kind=Kind.ENQUIRY)
        told = Casework(shropshire).log(date(2024, 2, 22), None, kind=Kind.ENQUIRY)
        told.acknowledge(date(2024, 2, 22), promised_on=date(2024, 3, 11))
        complaint = Casework(shropshire).log(RECEIVED)
        assert owed(shropshire, RECEIVED) == [
            (complaint.reference, K.ACKNOWLEDGEMENT, ACKNOWLEDGE_BY),
            (told.reference, K.RESPONSE_PROMISED, date(2024, 3, 11)),
            (comment.reference, None, None),
            (enquiry.reference, None, None),
            (answered.reference, None, None),
        ]
        row = queue(shropshire, RECEIVED)[-1]
        assert (row.due_on, row.original_due_on, row.working_days_left, row.deadline_id) == (None, None, None, None)

    def test_what_is_closed_or_void_is_not_there(self, shropshire: Register) -> None:
        for ended in (Casework(shropshire).log(), Casework(shropshire).log(procedure=None, kind=Kind.COMPLIMENT)):
            ended.close(RECEIVED, reason=ClosingReason.SIGNPOSTED if ended.page().kind is Kind.COMPLAINT else None)
        gone = Casework(shropshire).log()
        void(gone.actor(RECEIVED), gone.reference, Reason(on=RECEIVED, reason="x"))
        settled = Casework(shropshire).log(procedure=None, kind=Kind.CONCERN, settled_on=RECEIVED)
        assert settled.reference
        assert owed(shropshire, RECEIVED) == owed(shropshire, RECEIVED, ALL) == []


@pytest.fixture
def several(shropshire: Register) -> dict[str, Casework]:
    """Cases of different teams, officers, investigators and people."""
    north, south = PointInput(team="North", theme="Care plans"), PointInput(team="South", provider="Brook House")
    cases = {
        "first": Casework(shropshire).log(
            points=(north, south), customer_name="Ann O'Brien", description="100% late_ly"
        ),
        "second": Casework(shropshire, officer="Kim Ödegård").log(
            date(2024, 3, 5), points=(PointInput(team="Équipe Été", category="Staff", subcategory="Manner"),),
            customer_name="محمد علي", description="Charged 1000 wrongly",
        ),
        "third": Casework(shropshire).log(date(2024, 3, 6), None, kind=Kind.COMMENT, points=(south,)),
    }  # fmt: skip
    cases["first"].investigate(RECEIVED, "Pat LOWE")
    cases["second"].investigate(date(2024, 3, 5), "Åsa Berg")
    return cases


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (QueueFilter(team="north"), ["first"]),
        (QueueFilter(team=" SOUTH "), ["first", "third"]),  # any point, not only the first
        (QueueFilter(team="ÉQUIPE ÉTÉ"), ["second"]),
        (QueueFilter(team="Nor"), []),
        (QueueFilter(officer="sam REED"), ["first", "third"]),
        (QueueFilter(officer="kim öDEGÅRD"), ["second"]),
        (QueueFilter(investigator="pat lowe"), ["first"]),
        (QueueFilter(investigator="åSA BERG"), ["second"]),
        (QueueFilter(officer="Sam Reed", investigator="Pat Lowe", team="South"), ["first"]),
        (QueueFilter(words="o'brien"), ["first"]),
        (QueueFilter(words="ann north"), ["first"]),
        (QueueFilter(words="brien équipe"), []),
        (QueueFilter(words="محمد"), ["second"]),
        (QueueFilter(words="ÅSA"), ["second"]),
        (QueueFilter(words="100%"), ["first"]),  # no wildcard: the second has 1000
        (QueueFilter(words="late_ly"), ["first"]),
        (QueueFilter(words="late-ly"), []),
        (QueueFilter(words="%"), ["first"]),
        (QueueFilter(words="_"), ["first"]),
        (QueueFilter(words="/"), []),
        (QueueFilter(words='"'), []),
        (QueueFilter(words="brook"), ["first", "third"]),
        (QueueFilter(words="care plans"), ["first"]),
        (QueueFilter(words="manner"), ["second"]),
        (QueueFilter(words="comment"), ["third"]),
        (QueueFilter(words="INVESTIGATING"), ["first", "second"]),
        (QueueFilter(words="asc-24-0003"), ["third"]),
        (QueueFilter(words="  \t "), ["first", "second", "third"]),
        (QueueFilter(words="x " * 500 + "y" * 60_000), []),
    ],
)  # fmt: skip
def test_a_filter_gives_the_rows_that_match_and_their_count(
    several: dict[str, Casework], wanted: QueueFilter, found: list[str]
) -> None:
    register = several["first"].register
    references = {case.reference: name for name, case in several.items()}
    rows = queue(register, date(2024, 3, 6), wanted)
    assert [references[row.reference] for row in rows] == found
    assert queue_counts(register, date(2024, 3, 6), wanted).total == len(found)


def test_overdue_is_what_was_due_before_today_and_nothing_else(several: dict[str, Casework]) -> None:
    register = several["first"].register
    late = QueueFilter(overdue=True)
    assert queue(register, ACKNOWLEDGE_BY, late) == []
    (row,) = queue(register, date(2024, 3, 8), late)
    assert (row.reference, row.working_days_left) == (several["first"].reference, -1)
    assert queue_counts(register, date(2024, 3, 8), late) == QueueCounts(1, 0, 0, 0, 0)


def test_counts_by_when_it_is_due(shropshire: Register) -> None:
    thursday = date(2024, 3, 7)
    for received in (date(2024, 3, 1), date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 6), thursday):
        Casework(shropshire).log(received)
    Casework(shropshire).log(RECEIVED, None, kind=Kind.COMPLIMENT)
    # Due on Wednesday, Thursday, Friday, Monday and Tuesday.
    counts = queue_counts(shropshire, thursday)
    assert counts == QueueCounts(overdue=1, today=1, this_week=1, later=2, undated=1)
    assert (counts.dated, counts.total) == (5, 6)


def test_a_row_says_what_the_case_is_about(several: dict[str, Casework]) -> None:
    first = several["first"]
    row = queue(first.register, date(2024, 3, 6))[0]
    assert (row.reference, row.kind, row.status) == (first.reference, Kind.COMPLAINT, Status.INVESTIGATING)
    assert (row.team, row.officer, row.investigator, row.summary) == ("North", "Sam Reed", "Pat LOWE", "100% late_ly")
    assert row.working_days_left == 1


def test_a_row_is_found_again_where_it_stands(several: dict[str, Casework]) -> None:
    register, today = several["first"].register, date(2024, 3, 6)
    for wanted in (None, ALL, QueueFilter(officer="Sam Reed"), QueueFilter(words="south")):
        rows = queue(register, today, wanted)
        places = [queue_place(register, today, wanted, row.case_id, row.deadline_id) for row in rows]
        assert places == list(range(len(rows)))
    first = queue(register, today)[0]
    assert queue_place(register, today, None, first.case_id, 9999) == 0
    assert queue_place(register, today, QueueFilter(overdue=True), first.case_id, first.deadline_id) is None
    assert queue_place(register, today, None, 9999, None) is None


def test_the_first_look_after_days_off_changed_elsewhere_counts_with_them(shropshire: Register) -> None:
    """The six months come into view twenty working days before they end: a day off more, and they do."""
    case = Casework(shropshire).log(date(2024, 3, 4))
    ends = date(2024, 9, 3)
    before = next(day for n in range(60) if shropshire.calendar.between(day := ends - timedelta(days=n), ends) == 21)
    assert K.STATUTORY_LIMIT not in {row.deadline for row in queue(shropshire, before)}
    with closing(open_register(shropshire.where)) as elsewhere:
        off = DayOff(shropshire.calendar.add(before, 3), "Found")
        change_days_off(actor_on(elsewhere, before), DaysOffChange(added=(off,)))
    assert (case.reference, K.STATUTORY_LIMIT) in {(row.reference, row.deadline) for row in queue(shropshire, before)}
