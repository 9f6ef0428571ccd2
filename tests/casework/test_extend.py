"""Extending: what moves, what never moves, and how far it may go."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback_tui.casework.extend import extend
from feedback_tui.desk.case.explained_dates import explained
from feedback_tui.desk.case.owed import duties
from feedback_tui.desk.case.sections.dates import dates
from feedback_tui.desk.case.sections.head import next_due
from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.enums import DeadlineKind, DeadlineState, Kind, Outcome, Status, StepKey
from feedback_tui.models.inputs.stages import ExtensionInput
from feedback_tui.storage.register import Register
from tests.casework.cases import AIM, LIMIT, RECEIVED, SIX_MONTHS, Casework, one_event, refused
from tests.conftest import actor_on

K, S = DeadlineKind, DeadlineState
TOLD, TO = date(2024, 4, 2), date(2024, 4, 24)


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A statutory complaint under investigation."""
    case = Casework(shropshire).log()
    case.acknowledge(date(2024, 3, 5))
    case.investigate(date(2024, 3, 6))
    return case


def test_the_aim_and_the_period_told_move_and_the_limit_stays(case: Casework) -> None:
    with one_event(case.register):
        done = case.extend(TOLD, TO, reason="A nurse is away", next_update_on=date(2024, 4, 15))
    assert done.status is Status.INVESTIGATING
    dates = case.dates()
    assert dates[K.STAGE_1_TARGET] == (S.OPEN, AIM, TO)
    assert dates[K.RESPONSE_PROMISED] == (S.OPEN, TO, TO)
    assert dates[K.STAGE_1_LIMIT] == (S.OPEN, LIMIT, LIMIT)
    assert dates[K.STATUTORY_LIMIT] == (S.OPEN, SIX_MONTHS, SIX_MONTHS)
    assert dates[K.NEXT_UPDATE] == (S.OPEN, date(2024, 4, 15), date(2024, 4, 15))
    (extension,) = case.page().extensions
    assert (extension.extended_from, extension.extended_to, extension.told_on) == (AIM, TO, TOLD)
    assert (extension.reason, extension.officer, extension.agreed) == ("A nurse is away", "Sam Reed", False)
    event = case.last_event()
    assert (event.step, event.happened_on, event.words) == (StepKey.EXTEND, TOLD, "A nurse is away")
    assert event.details == {"from": AIM.isoformat(), "to": TO.isoformat(), "told": TOLD.isoformat()}


def test_the_period_told_at_first_keeps_its_original_date(shropshire: Register) -> None:
    """Reg 17: whether the response was sent within the period told, and each change to it."""
    case = Casework(shropshire).log()
    case.acknowledge(date(2024, 3, 5), promised_on=date(2024, 4, 5))
    case.investigate(date(2024, 3, 6))
    case.extend(TOLD, TO)
    case.extend(date(2024, 4, 23), date(2024, 5, 8))
    assert case.dates()[K.RESPONSE_PROMISED] == (S.OPEN, date(2024, 4, 5), date(2024, 5, 8))
    steps = [(extension.extended_from, extension.extended_to) for extension in case.page().extensions]
    assert steps == [(date(2024, 4, 5), TO), (TO, date(2024, 5, 8))]


def test_the_update_that_was_promised_is_met_by_telling_them(case: Casework) -> None:
    case.extend(TOLD, TO, next_update_on=date(2024, 4, 15))
    case.extend(date(2024, 4, 16), date(2024, 5, 8), next_update_on=date(2024, 4, 30))
    updates = [(row.state, row.due_on, row.met_on) for row in case.page().deadlines if row.kind is K.NEXT_UPDATE]
    assert sorted(updates) == [
        (S.MISSED, date(2024, 4, 15), date(2024, 4, 16)),
        (S.OPEN, date(2024, 4, 30), None),
    ]


def test_past_the_limit_it_takes_their_agreement_and_the_limit_moves(case: Casework) -> None:
    past = date(2024, 6, 10)
    with refused(case.register, "Past Fri 7 June 2024", "the complainant’s agreement", field="agreed"):
        case.extend(TOLD, past)
    case.extend(TOLD, past, agreed=True)
    dates = case.dates()
    assert dates[K.STAGE_1_LIMIT] == (S.OPEN, LIMIT, past)
    assert dates[K.STAGE_1_TARGET] == (S.OPEN, AIM, past)
    assert case.last_event().details["agreed"] is True


AGREED = {"agreed_by": "Ann Lee", "agreed_how": "telephone"}


class TestSixMonths:
    """Reg 14: six months, or longer if agreed before they end. Nothing moves the six months themselves."""

    def test_longer_takes_their_agreement(self, case: Casework) -> None:
        told, past = date(2024, 9, 2), date(2024, 9, 4)
        with refused(case.register, "The six months end on Tue 3 September 2024", field="agreed"):
            case.extend(told, past)
        case.extend(told, past, agreed=True, **AGREED, agreed_on=told)
        assert case.dates()[K.STATUTORY_LIMIT] == (S.OPEN, SIX_MONTHS, SIX_MONTHS)

    def test_agreed_on_their_last_day_stands(self, case: Casework) -> None:
        case.extend(SIX_MONTHS, date(2024, 10, 1), agreed=True, **AGREED, agreed_on=SIX_MONTHS)
        assert case.dates()[K.STAGE_1_LIMIT] == (S.OPEN, LIMIT, date(2024, 10, 1))

    def test_agreed_or_recorded_after_their_end_is_refused(self, case: Casework) -> None:
        day_after = date(2024, 9, 4)
        with refused(case.register, "ended on Tue 3 September 2024", "Write to the complainant", field="to"):
            case.extend(day_after, date(2024, 10, 1), agreed=True)
        with refused(case.register, "agreed, and recorded, before", field="to"):
            extend(
                actor_on(case.register, day_after),
                case.reference,
                ExtensionInput(to=date(2024, 10, 1), reason="x", told_on=SIX_MONTHS, agreed=True),
            )

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"agreed_by": ""}, "agreed_by"),
            ({"agreed_on": None}, "agreed_on"),
            ({"agreed_how": None}, "agreed_how"),
            ({"agreed_on": date(2024, 9, 3)}, "agreed_on"),
            ({"agreed_on": date(2024, 3, 1)}, "agreed_on"),
        ],
    )
    def test_who_agreed_when_and_how_is_kept(self, case: Casework, given: dict[str, Any], field: str) -> None:
        told = date(2024, 9, 2)
        whole: dict[str, Any] = {**AGREED, "agreed_on": told, "agreed": True}
        with refused(case.register, field=field):
            case.extend(told, date(2024, 10, 1), **{**whole, **given})
        case.extend(told, date(2024, 10, 1), **whole)
        (extension,) = case.page(told).extensions
        assert (extension.agreed_by, extension.agreed_on, extension.agreed_how) == ("Ann Lee", told, "telephone")

    def test_an_agreement_within_the_six_months_needs_no_name(self, case: Casework) -> None:
        case.extend(TOLD, date(2024, 7, 1), agreed=True)
        assert case.page(TOLD).extensions[0].agreed_on is None

    def test_it_is_asked_for_from_twenty_working_days_before_they_end_until_it_is_on_record(
        self, case: Casework
    ) -> None:
        ask = "The six months end on Tue 3 September 2024: answer by then, or agree a longer time with them"
        for day, asked in ((date(2024, 8, 2), False), (date(2024, 8, 5), True), (SIX_MONTHS, True)):
            assert any(words.startswith(ask) for words in duties(case.page(day))) is asked, day
        case.extend(date(2024, 9, 2), date(2024, 10, 1), agreed=True, **AGREED, agreed_on=date(2024, 9, 2))
        assert not any(words.startswith(ask) for words in duties(case.page(date(2024, 9, 2))))

    def test_the_reason_is_owed_once_the_time_that_was_agreed_has_passed(self, case: Casework) -> None:
        case.extend(date(2024, 9, 2), date(2024, 10, 1), agreed=True, **AGREED, agreed_on=date(2024, 9, 2))
        assert [case.page(day).why_owed for day in (date(2024, 9, 4), date(2024, 10, 1), date(2024, 10, 2))] == [
            *(False, False, True)
        ]

    @pytest.mark.parametrize(
        ("answered", "state"), [(date(2024, 10, 1), S.MET), (date(2024, 10, 2), S.MISSED)], ids=["in time", "late"]
    )
    def test_nothing_is_late_by_them_until_the_time_that_was_agreed_has_passed(
        self, case: Casework, answered: date, state: DeadlineState
    ) -> None:
        def owed(on: date) -> set[DeadlineKind | None]:
            found = queue(case.register, on, QueueFilter(every_deadline=True))
            return {row.deadline for row in found if row.reference == case.reference}

        day_after = date(2024, 9, 4)
        assert K.STATUTORY_LIMIT in owed(date(2024, 9, 2))
        assert next_due(case.page(day_after), day_after).kind is not K.RESPONSE_PROMISED  # type: ignore[union-attr]
        done = case.extend(date(2024, 9, 2), date(2024, 10, 1), agreed=True, **AGREED, agreed_on=date(2024, 9, 2))
        assert next(line.kind for line in done.deadlines) is K.STATUTORY_LIMIT
        assert K.STATUTORY_LIMIT not in {line.kind for line in done.owed} | owed(day_after)
        page = case.page(day_after)
        (six_months,) = (due for due in page.deadlines if due.kind is K.STATUTORY_LIMIT)
        assert (six_months.due_on, six_months.agreed_to) == (SIX_MONTHS, date(2024, 10, 1))
        said = [words for line in dates(page, day_after).lines for words, _ in line.words]
        assert "longer agreed, 1 Oct 2024" in said
        told = [line.text for line in explained(page, six_months, case.register.calendar, 80)]
        assert "A longer time was agreed before they end: Tue 1 October 2024" in told
        assert next_due(page, day_after).due_on == date(2024, 10, 1)  # type: ignore[union-attr]
        case.respond(answered, Outcome.UPHELD)
        assert case.deadline(K.STATUTORY_LIMIT).state is state

    def test_their_last_day_needs_no_more_than_the_limit_does(self, case: Casework) -> None:
        case.extend(TOLD, SIX_MONTHS, agreed=True)
        assert case.dates()[K.STAGE_1_LIMIT][2] == SIX_MONTHS


class TestAllowances:
    """How far each procedure lets an extension go."""

    def test_the_code_gives_ten_working_days_and_more_for_a_good_reason(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(date(2026, 4, 7), "corporate")
        case.acknowledge(date(2026, 4, 9))
        case.investigate(date(2026, 4, 9))
        told, most = date(2026, 4, 20), date(2026, 5, 8)
        with refused(shropshire, "Past Fri 8 May 2026", "a good reason, explained to them", field="agreed"):
            case.extend(told, date(2026, 5, 11))
        case.extend(told, most)
        assert case.dates()[K.STAGE_1_LIMIT] == (S.OPEN, date(2026, 4, 23), most)
        with refused(shropshire, "Past Fri 8 May 2026", field="agreed"):
            case.extend(told, date(2026, 5, 11))
        case.extend(told, date(2026, 5, 11), agreed=True)

    def test_an_informal_complaint_may_take_longer_if_they_agree(self, wigan: Register) -> None:
        case = Casework(wigan).log(procedure="informal")
        case.acknowledge(RECEIVED)
        case.investigate(RECEIVED)
        with refused(wigan, "Past Mon 11 March 2024", "agreement", field="agreed"):
            case.extend(date(2024, 3, 8), date(2024, 3, 15))
        case.extend(date(2024, 3, 8), date(2024, 3, 15), agreed=True)
        assert case.dates()[K.STAGE_1_LIMIT] == (S.OPEN, date(2024, 3, 11), date(2024, 3, 15))

    def test_where_the_limit_is_a_date_agreed_with_them_it_takes_their_agreement(self, wigan: Register) -> None:
        case = Casework(wigan).log(procedure="formal-complex")
        case.acknowledge(RECEIVED)
        case.investigate(RECEIVED)
        with refused(wigan, "Past Wed 17 April 2024", "agreement", field="agreed"):
            case.extend(TOLD, date(2024, 6, 28))
        case.extend(TOLD, date(2024, 6, 28), agreed=True)
        assert case.dates()[K.RESPONSE_PROMISED] == (S.OPEN, date(2024, 6, 28), date(2024, 6, 28))

    def test_where_none_is_stated_the_period_told_is_what_moves(self, code: Register) -> None:
        case = Casework(code).log()
        case.acknowledge(RECEIVED, promised_on=date(2024, 4, 5))
        case.extend(TOLD, date(2024, 5, 3))
        assert case.dates()[K.RESPONSE_PROMISED] == (S.OPEN, date(2024, 4, 5), date(2024, 5, 3))


class TestRefused:
    """What an extension cannot be."""

    def test_dates_that_cannot_be(self, case: Casework) -> None:
        today = date(2024, 4, 3)
        for given, said, field in [
            (ExtensionInput(to=AIM, reason="x", told_on=TOLD), "not later than the date that stands", "to"),
            (ExtensionInput(to=TO, reason=" ", told_on=TOLD), "Give the reason", "reason"),
            (ExtensionInput(to=TO, reason="x"), "Give the day the complainant was told", "told_on"),
            (ExtensionInput(to=TO, reason="x", told_on=date(2024, 4, 4)), "after today", "told_on"),
            (ExtensionInput(to=TO, reason="x", told_on=date(2024, 3, 3)), "before the receipt", "told_on"),
            (
                ExtensionInput(to=TO, reason="x", told_on=TOLD, next_update_on=date(2024, 4, 25)),
                "before the new date",
                "next_update_on",
            ),
            (
                ExtensionInput(to=TO, reason="x", told_on=TOLD, next_update_on=TOLD),
                "after the day they were told",
                "next_update_on",
            ),
            (ExtensionInput(to=date(2924, 4, 2), reason="x", told_on=TOLD), "is the year right", "to"),
        ]:
            with refused(case.register, said, field=field):
                extend(actor_on(case.register, today), case.reference, given)

    def test_told_when_the_new_date_had_passed(self, case: Casework) -> None:
        with refused(case.register, "when the new date had passed", field="told_on"):
            case.extend(date(2024, 5, 1), TO)

    def test_where_no_date_is_running(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(procedure=None)
        case.acknowledge(RECEIVED)
        with refused(shropshire, "no date for the response is running", "Possible now: Start the investigation"):
            case.extend(TOLD, TO)

    def test_before_the_acknowledgement_and_after_the_response(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        with refused(shropshire, "it is logged", "Possible now: Acknowledge"):
            case.extend(RECEIVED, TO)
        case.respond(date(2024, 3, 6), Outcome.UPHELD)
        with refused(shropshire, "its response was sent"):
            case.extend(date(2024, 3, 7), TO)

    def test_a_comment_is_not_extended(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(procedure=None, kind=Kind.COMMENT)
        case.acknowledge(RECEIVED, promised_on=date(2024, 3, 18))
        with refused(shropshire, "it is a comment"):
            case.extend(date(2024, 3, 5), TO)
