"""A case that is reopened after its answer can be answered again; the first answer stays what it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.close import close_case, reopen, withdraw
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.casework.respond import respond, respond_review
from feedback_tui.casework.undo import undo
from feedback_tui.cli.show import case_json
from feedback_tui.desk.queue.queue import queue
from feedback_tui.enums import DeadlineKind, DeadlineState, Kind, Outcome, Status, StepKey
from feedback_tui.exchange.register_csv import write_register
from feedback_tui.exchange.register_csv_read import read_register
from feedback_tui.models.inputs.stages import Closing, Reopening, Response, Withdrawal
from feedback_tui.models.register_row import COLUMNS
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, refused
from tests.conftest import MakeRegister, actor_on

D, K = date, DeadlineKind
ANSWERED, CLOSED, REOPENED, AGAIN = D(2024, 3, 20), D(2024, 3, 28), D(2024, 5, 7), D(2024, 5, 20)
PROMISED = D(2024, 5, 24)


def answered(register: Register) -> Casework:
    case = Casework(register).log()
    case.acknowledge(D(2024, 3, 5))
    case.investigate(D(2024, 3, 6))
    case.respond(ANSWERED, Outcome.NOT_UPHELD, signed_by="Jo Day")
    case.close(CLOSED)
    return case


def open_again(case: Casework, on: date = REOPENED, promised: date | None = PROMISED) -> StepResult:
    given = Reopening(on=on, reason="New facts came in", promised_on=promised)
    return reopen(case.actor(on), case.reference, given)


def test_it_is_answered_again_and_the_first_answer_stays(shropshire: Register) -> None:
    case = answered(shropshire)
    stood = case.dates()
    done = open_again(case)
    assert done.status is Status.RESPONSE_SENT
    assert [(row.kind, row.due_on) for row in done.deadlines] == [(K.RESPONSE_PROMISED, PROMISED)]
    (row,) = queue(shropshire, REOPENED)
    assert (row.reference, row.deadline, row.due_on) == (case.reference, K.RESPONSE_PROMISED, PROMISED)
    case.respond(AGAIN, signed_by="Kim Ode")
    page = case.page()
    (stage,) = page.stages
    assert (stage.responded_on, stage.answered_again_on) == (ANSWERED, AGAIN)
    assert (stage.signed_by, stage.working_days_taken, stage.outcome) == ("Jo Day", 12, Outcome.NOT_UPHELD)
    assert (page.reopened_on, page.status) == (None, Status.RESPONSE_SENT)
    dates = case.dates()
    assert dates.pop(K.RESPONSE_PROMISED) == (DeadlineState.MET, PROMISED, PROMISED)
    assert dates == stood
    event = case.last_event()
    assert (event.step, event.details["after_reopening"], event.details["signed_by"]) == (
        StepKey.RESPOND,
        True,
        "Kim Ode",
    )
    assert case_json(page)["stages"][0]["answered_again_on"] == AGAIN  # type: ignore[index]
    with refused(shropshire, "a response is sent once"):
        case.respond(AGAIN)
    assert check(shropshire).sound


def test_a_finding_that_is_given_stands_from_then_on(shropshire: Register) -> None:
    case = answered(shropshire)
    open_again(case, promised=None)
    case.respond(AGAIN, Outcome.UPHELD)
    page = case.page()
    assert (page.points[0].finding, page.stages[0].outcome) == (Outcome.UPHELD, Outcome.UPHELD)
    undo(case.actor(AGAIN), case.reference)
    page = case.page()
    assert (page.points[0].finding, page.stages[0].answered_again_on) == (Outcome.NOT_UPHELD, None)
    assert page.reopened_on == REOPENED


def test_undo_takes_it_back_step_by_step(shropshire: Register) -> None:
    case = answered(shropshire)
    before = case.page()
    open_again(case)
    case.respond(AGAIN)
    for _ in range(2):
        undo(case.actor(AGAIN), case.reference)
    after = case.page()
    assert (after.stages, after.deadlines, after.status) == (before.stages, before.deadlines, Status.CLOSED)
    assert check(shropshire).sound


def test_a_year_that_is_over_stays_what_it_was(make_register: MakeRegister) -> None:
    register = make_register("shropshire")
    case = answered(register)
    answered(register)
    span, as_of = reporting_year("2023/24"), D(2024, 4, 30)
    before = figures_of(register, span, as_of)
    open_again(case)
    case.respond(AGAIN)
    case.close(AGAIN)
    assert figures_of(register, span, as_of) == before


def test_stage_2_is_answered_again_likewise(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure="corporate", adult_social_care=False)
    case.acknowledge(D(2024, 3, 5))
    case.investigate(D(2024, 3, 6))
    case.respond(ANSWERED, Outcome.NOT_UPHELD)
    case.request_review(D(2024, 3, 21))
    respond_review(case.actor(CLOSED), case.reference, Response(on=CLOSED, findings=(Outcome.UPHELD,)))
    close_case(case.actor(CLOSED), case.reference, Closing(on=CLOSED))
    open_again(case)
    with refused(shropshire, "a response is sent once"):
        case.respond(AGAIN)
    respond_review(case.actor(AGAIN), case.reference, Response(on=AGAIN))
    first, second = case.page().stages
    assert (first.answered_again_on, second.responded_on, second.answered_again_on) == (None, CLOSED, AGAIN)


def test_an_enquiry_and_a_third_answer(shropshire: Register) -> None:
    case = Casework(shropshire).log(kind=Kind.ENQUIRY, procedure=None)
    respond(case.actor(ANSWERED), case.reference, Response(on=ANSWERED))
    case.close(CLOSED)
    for on in (REOPENED, D(2024, 6, 3)):
        open_again(case, on, promised=None)
        respond(case.actor(on), case.reference, Response(on=on))
        case.close(on)
    (stage,) = case.page().stages
    assert (stage.responded_on, stage.answered_again_on) == (ANSWERED, D(2024, 6, 3))


def test_nothing_is_dated_before_the_reopening(shropshire: Register) -> None:
    case = answered(shropshire)
    open_again(case)
    today = D(2024, 5, 9)
    with refused(shropshire, "The closing (Mon 6 May 2024) is before the reopening (Tue 7 May 2024)", field="on"):
        close_case(case.actor(today), case.reference, Closing(on=D(2024, 5, 6)))
    with refused(shropshire, "is before the reopening", field="on"):
        respond(case.actor(today), case.reference, Response(on=D(2024, 5, 6)))
    unanswered = Casework(shropshire).log()
    unanswered.withdraw(ANSWERED)
    reopen(unanswered.actor(REOPENED), unanswered.reference, Reopening(on=REOPENED, reason="News"))
    with refused(shropshire, "The withdrawal (Mon 6 May 2024) is before the reopening", field="on"):
        withdraw(unanswered.actor(today), unanswered.reference, Withdrawal(on=D(2024, 5, 6), reason="So"))
    case.close(REOPENED)


@pytest.mark.parametrize(
    ("promised", "why"),
    [(D(2024, 5, 6), "is before the reopening"), (D(2124, 5, 6), "is the year right?")],
)
def test_a_date_promised_that_cannot_be(shropshire: Register, promised: date, why: str) -> None:
    case = answered(shropshire)
    with refused(shropshire, why, field="promised_on"):
        open_again(case, promised=promised)


def test_an_unanswered_case_has_its_own_dates(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.withdraw(ANSWERED)
    with refused(shropshire, "It was not answered: the dates that it had run again", field="promised_on"):
        open_again(case)


def test_the_register_as_csv_has_it_where_a_case_does(make_register: MakeRegister, tmp_path: Path) -> None:
    register, path = make_register("shropshire"), tmp_path / "register.csv"
    case = answered(register)
    write_register(register, path)
    assert path.read_text("utf-8-sig").splitlines()[0] == ",".join(COLUMNS)
    open_again(case)
    case.respond(AGAIN)
    write_register(register, path)
    heading, line = path.read_text("utf-8-sig").splitlines()
    assert heading == ",".join((*COLUMNS, "answered_again_on"))
    assert line.endswith(",2024-05-20")
    rows = read_register(path, register.profile, AGAIN)
    other = make_register("shropshire")
    import_cases(actor_on(other, AGAIN), rows)
    (stage,) = Casework(other, case.reference).page().stages
    assert (stage.responded_on, stage.answered_again_on) == (ANSWERED, AGAIN)
    again = tmp_path / "again.csv"
    write_register(other, again)
    assert again.read_bytes() == path.read_bytes()
