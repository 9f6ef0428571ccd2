"""Every date that anybody waits for is owed once it is due: in the queue, overdue, in the morning, in the owed list."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from feedback_tui.casework.case_deadlines import fixed_deadline
from feedback_tui.casework.contact import contact, letter
from feedback_tui.casework.hold import hold
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.casework.notes import remedy_done
from feedback_tui.casework.undo import undo
from feedback_tui.cli.main import run
from feedback_tui.desk.case_list import cases
from feedback_tui.desk.filters.case_filter import Field, having
from feedback_tui.desk.morning import morning
from feedback_tui.desk.queue.owed_kinds import TELL_THEM, WAITED_FOR
from feedback_tui.desk.queue.queue import queue, queue_place
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_reader import queue_counts
from feedback_tui.enums import Contact, DeadlineKind, Kind, OtherProcess, Outcome, Status, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.inputs.contact import ContactInput, LetterInput
from feedback_tui.models.inputs.stages import Finished, Hold, RemedyInput
from feedback_tui.models.register_row import RegisterRow, RemedyRow
from feedback_tui.reports.management_reports import owed as owed_this_week
from feedback_tui.storage.register import Register
from tests.casework.cases import AIM, LIMIT, RECEIVED, Casework
from tests.conftest import actor_on
from tests.desk.cases import owed_by
from tests.places import for_officer

K = DeadlineKind
DAY = timedelta(days=1)
DUE = date(2024, 5, 8)
"""A Wednesday."""


def owing(register: Register, kind: DeadlineKind, due_on: date = DUE) -> Casework:
    """A case that owes this alone."""
    case = Casework(register).log(procedure=None, kind=Kind.ENQUIRY)
    actor = case.actor(RECEIVED)
    with actor.transaction() as work:
        stored = work.session.get_one(Case, case.page().id)
        stored.deadlines.append(fixed_deadline(kind, due_on, RECEIVED, "a test", 1))
        work.record(StepKey.NOTE, stored, RECEIVED, from_status=stored.status)
    return case


@pytest.mark.parametrize("kind", list(K))
def test_each_kind_stands_everywhere_once_it_is_due(
    shropshire: Register, kind: DeadlineKind, capfd: pytest.CaptureFixture[str]
) -> None:
    case = owing(shropshire, kind)
    # From its day on without being asked for; before that with every deadline, and this week's in the list of the week.
    assert (kind, DUE) in owed_by(case, DUE)
    assert (kind, DUE) in owed_by(case, DUE - 2 * DAY, QueueFilter(every_deadline=True))
    assert ((kind, DUE) in owed_by(case, DUE - 2 * DAY)) == (kind not in WAITED_FOR)
    assert case.reference in _owed_list(shropshire, DUE - 2 * DAY)
    assert queue_counts(shropshire, DUE).today == 1
    assert morning(shropshire, DUE).due[1].count == 1
    late = DUE + DAY
    assert (kind, DUE) in owed_by(case, late)
    assert owed_by(case, late, QueueFilter(overdue=True)) == [(kind, DUE)]
    assert queue_counts(shropshire, late).overdue == 1
    overdue = morning(shropshire, late).due[0]
    assert (overdue.name, overdue.count) == ("Overdue", 1)
    assert [row.reference for row in cases(shropshire, late, overdue.wanted)] == [case.reference]
    assert case.reference in _owed_list(shropshire, late)
    where = for_officer(shropshire.where, "Sam Reed")
    assert run(["--db", where, "--today", late.isoformat(), "queue", "--overdue", "--format", "json"]) == 0
    rows = json.loads(capfd.readouterr().out)
    assert [(row["deadline"], row["due_on"]) for row in rows] == [(kind, DUE.isoformat())]


def _owed_list(register: Register, today: date) -> set[str]:
    return {row.label for table in owed_this_week(register, today).sections[0].tables for row in table.rows}


class TestAnAimThatPassed:
    """“Tell them it takes longer”, until they were told or answered; its kind stays."""

    @pytest.fixture
    def case(self, shropshire: Register) -> Casework:
        case = Casework(shropshire).log(correspondent_name="Ann Lee", correspondent_role="family")
        case.acknowledge(RECEIVED)
        case.investigate(RECEIVED)
        return case

    def to_tell(self, case: Casework, today: date) -> bool:
        rows = [row for row in queue(case.register, today) if row.deadline is K.STAGE_1_TARGET]
        on_page = [due for due in case.page(today).open_deadlines if due.kind is K.STAGE_1_TARGET]
        said = [row.owed for row in rows]
        assert said in ([], [TELL_THEM], ["Response (aim)"])
        assert (said == [TELL_THEM]) == any(due.owed == TELL_THEM for due in on_page)
        return said == [TELL_THEM]

    def test_from_the_day_after_it(self, case: Casework) -> None:
        assert not self.to_tell(case, AIM)
        assert self.to_tell(case, AIM + DAY)
        assert queue(case.register, AIM + DAY)[0].due_on == AIM

    @pytest.mark.parametrize("on", [AIM - 30 * DAY, AIM - DAY, AIM, AIM + DAY])
    def test_a_holding_letter_tells_them(self, case: Casework, on: date) -> None:
        given = ContactInput(on=on, kind=Contact.HOLDING_LETTER, words="A report is awaited")
        contact(case.actor(on), case.reference, given)
        assert not self.to_tell(case, AIM + 2 * DAY)
        undo(case.actor(on), case.reference)
        assert self.to_tell(case, AIM + 2 * DAY)

    def test_a_letter_of_that_kind_from_the_profile_too(self, case: Casework) -> None:
        key = next(one.key for one in case.register.profile.letters if one.contact is Contact.HOLDING_LETTER)
        letter(case.actor(AIM + DAY), case.reference, LetterInput(on=AIM + DAY, key=key, text="It takes longer."))
        assert not self.to_tell(case, AIM + DAY)

    @pytest.mark.parametrize(
        ("on", "told", "counts"),
        [
            (date(2024, 4, 2), True, False),  # six working days before: a word of how it stands, and no more
            (date(2024, 4, 3), True, True),  # five
            (AIM + DAY, True, True),
            (AIM + DAY, False, False),
        ],
    )
    def test_a_call_in_which_they_were_told(self, case: Casework, on: date, told: bool, counts: bool) -> None:
        contact(case.actor(on), case.reference, ContactInput(on=on, kind=Contact.CALL_TO, told=told))
        assert self.to_tell(case, AIM + 2 * DAY) != counts

    def test_an_extension_until_its_own_date_has_passed(self, case: Casework) -> None:
        contact(case.actor(AIM), case.reference, ContactInput(on=AIM, kind=Contact.HOLDING_LETTER, words="Later"))
        to = date(2024, 4, 24)
        case.extend(AIM, to)
        assert not self.to_tell(case, to)
        assert self.to_tell(case, to + DAY)

    def test_a_hold_that_they_were_told_of(self, case: Casework) -> None:
        on = AIM - 3 * DAY
        given = Hold(on=on, process=OtherProcess.POLICE, reason="x", told_on=on, look_again_on=date(2024, 6, 3))
        hold(case.actor(on), case.reference, given)
        assert not self.to_tell(case, AIM + DAY)

    def test_after_the_response_nothing_is_to_be_told(self, case: Casework) -> None:
        case.respond(AIM + DAY, Outcome.UPHELD)
        assert not self.to_tell(case, AIM + DAY)

    def test_one_that_they_were_told_of_stays_owed_where_nothing_else_binds(self, wigan: Register) -> None:
        case = Casework(wigan).log(procedure="formal-complex")
        case.acknowledge(RECEIVED)
        today = date(2024, 5, 1)
        contact(case.actor(today), case.reference, ContactInput(on=today, kind=Contact.HOLDING_LETTER, words="Later"))
        (row,) = queue(wigan, today)
        assert (row.deadline, row.owed) == (K.STAGE_1_TARGET, "Response (aim)")

    def test_a_holding_letter_of_a_register_older_than_the_column(self, case: Casework) -> None:
        contact(case.actor(AIM), case.reference, ContactInput(on=AIM, kind=Contact.HOLDING_LETTER, words="Later"))
        with case.actor(AIM).transaction() as work:
            stored = work.session.get_one(Case, case.page().id)
            for row in stored.deadlines:
                row.told_on = None
            work.record(StepKey.NOTE, stored, AIM, from_status=stored.status)
        assert not self.to_tell(case, AIM + DAY)


class TestRedressWithoutADate:
    """It stands at the end, open or closed, until it is done."""

    @pytest.fixture
    def case(self, shropshire: Register) -> Casework:
        case = Casework(shropshire).log()
        remedies = (
            RemedyInput(kind="apology"),
            RemedyInput(kind="payment", amount=Decimal(50)),
            RemedyInput(kind="training"),
        )
        case.respond(RECEIVED, Outcome.UPHELD, remedies=remedies)
        return case

    def test_each_redress_without_a_date_has_its_row(self, case: Casework) -> None:
        rows = queue(case.register, RECEIVED)
        assert [(row.deadline, row.due_on) for row in rows] == [(None, None), *[(K.REMEDY, None)] * 3]
        assert len({row.key for row in rows}) == 4
        assert queue_counts(case.register, RECEIVED).undated == 4
        for place, row in enumerate(rows):
            found = queue_place(case.register, RECEIVED, None, row.case_id, row.deadline_id, remedy_id=row.remedy_id)
            assert found == place
        assert rows[1].owed == "Redress"

    def test_it_stays_when_the_case_is_closed_and_goes_when_it_is_done(self, case: Casework) -> None:
        done = case.close(RECEIVED)
        assert done.still_owed == "Redress (apology), no date; Redress (payment), no date; Redress (training), no date"
        assert owed_by(case, RECEIVED) == [(K.REMEDY, None)] * 3
        remedy_done(case.actor(RECEIVED), case.reference, Finished(position=2, on=RECEIVED))
        assert owed_by(case, RECEIVED) == [(K.REMEDY, None)] * 2

    def test_a_filter_on_kinds_of_deadline_finds_it(self, case: Casework) -> None:
        found = queue(case.register, RECEIVED, QueueFilter(where=having(Field.DEADLINE, K.REMEDY)))
        assert [row.deadline for row in found] == [K.REMEDY] * 3
        assert queue(case.register, RECEIVED, QueueFilter(overdue=True)) == []


def test_what_came_in_with_a_case_that_had_ended_is_not_owed(shropshire: Register) -> None:
    """The register (CSV) has no day on which redress was done."""
    common: dict[str, Any] = {
        "kind": Kind.COMPLAINT, "procedure": "statutory-adult", "received_on": RECEIVED, "acknowledged_on": RECEIVED,
        "responded_on": date(2024, 3, 20), "outcome": Outcome.UPHELD, "remedies": (RemedyRow("apology"),),
    }  # fmt: skip
    rows = [
        RegisterRow(reference="OPEN", **common),
        RegisterRow(reference="ENDED", closed_on=date(2024, 3, 21), **common),
    ]
    import_cases(actor_on(shropshire, LIMIT), rows)
    assert [(row.reference, row.deadline) for row in queue(shropshire, LIMIT)] == [("OPEN", None), ("OPEN", K.REMEDY)]
    assert queue(shropshire, LIMIT)[0].status is Status.RESPONSE_SENT
