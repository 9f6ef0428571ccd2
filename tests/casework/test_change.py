"""What was settled and is changed: the procedure, the date of receipt, who has the case."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.change import allocate, change_procedure, correct_receipt
from feedback_tui.enums import DeadlineKind, DeadlineState, Outcome, StepKey
from feedback_tui.models.inputs.stages import Allocation, PointInput, ProcedureChange, ReceiptCorrection
from feedback_tui.storage.register import Register
from tests.casework.cases import AIM, LIMIT, RECEIVED, SIX_MONTHS, Casework, one_event, refused

D, K, S = date, DeadlineKind, DeadlineState


def change(case: Casework, procedure: str, today: date = D(2024, 3, 11), **more: object) -> None:
    given = {"on": today, "procedure": procedure, "reason": "It is about care after all", **more}
    change_procedure(case.actor(today), case.reference, ProcedureChange(**given))


def correct(case: Casework, to: date, today: date = D(2024, 3, 20), **more: object) -> None:
    given = {"received_on": to, "reason": "The post mark says so", **more}
    correct_receipt(case.actor(today), case.reference, ReceiptCorrection(**given))


def test_deadlines_run_again_from_the_original_receipt(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure="corporate")
    case.acknowledge(D(2024, 3, 5))
    assert case.deadline(K.STAGE_1_LIMIT).due_on == D(2024, 4, 17)
    with one_event(shropshire):
        change(case, "statutory-adult")
    dates = case.dates()
    assert dates[K.ACKNOWLEDGEMENT][0] is S.MET
    assert dates[K.STAGE_1_TARGET] == (S.OPEN, AIM, AIM)
    assert dates[K.STAGE_1_LIMIT] == (S.OPEN, LIMIT, LIMIT)
    assert dates[K.STATUTORY_LIMIT] == (S.OPEN, SIX_MONTHS, SIX_MONTHS)
    superseded = [(row.kind, row.due_on) for row in case.page().deadlines if row.state is S.SUPERSEDED]
    assert superseded == [(K.STAGE_1_LIMIT, D(2024, 4, 17))]
    assert case.last_event().details == {"from": "corporate", "to": "statutory-adult"}
    assert case.page().procedure == "statutory-adult"


def test_the_six_months_outlast_a_change_of_procedure(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    change(case, "corporate")
    assert case.dates()[K.STATUTORY_LIMIT] == (S.OPEN, SIX_MONTHS, SIX_MONTHS)
    assert case.dates()[K.STAGE_1_LIMIT][2] == D(2024, 4, 17)
    # Nor does any step after it end them.
    case.acknowledge(D(2024, 3, 12))
    case.investigate(D(2024, 3, 13))
    assert case.dates()[K.STATUTORY_LIMIT] == (S.OPEN, SIX_MONTHS, SIX_MONTHS)


def test_they_never_ran_for_one_that_turns_out_to_be_corporate(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure=None)
    change(case, "corporate")
    assert K.STATUTORY_LIMIT not in case.dates()


def test_informal_becomes_formal(wigan: Register) -> None:
    case = Casework(wigan).log(procedure="informal")
    case.acknowledge(RECEIVED)
    change(case, "formal-simple")
    assert case.dates()[K.STAGE_1_TARGET][2] == D(2024, 3, 25)
    assert case.dates()[K.STAGE_1_LIMIT][2] == D(2024, 4, 3)


def test_what_a_change_of_procedure_refuses(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    with refused(shropshire, "under statutory-adult already", field="procedure"):
        change(case, "Statutory-Adult")
    with refused(shropshire, "use statutory-adult", field="procedure"):
        change(case, "informal")
    with refused(shropshire, "name the provider", field="provider"):
        change(case, "statutory-provider")
    with refused(shropshire, "2009 Regulations", field="procedure"):
        change(case, "corporate", adult_social_care=True)
    with refused(shropshire, "Give the reason", field="reason"):
        change(case, "corporate", reason="")
    change(case, "statutory-provider", provider="Acme Care")
    assert case.page().points[0].provider == "Acme Care"
    case.withdraw(D(2024, 3, 12))
    with refused(shropshire, "stays on record"):
        change(case, "corporate", D(2024, 3, 13))


def test_a_corrected_receipt_counts_everything_again(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.acknowledge(D(2024, 3, 7))
    assert case.deadline(K.ACKNOWLEDGEMENT).state is S.MET
    with one_event(shropshire):
        correct(case, D(2024, 3, 1))
    dates = case.dates()
    assert dates[K.ACKNOWLEDGEMENT] == (S.MISSED, D(2024, 3, 6), D(2024, 3, 6))
    assert dates[K.STAGE_1_TARGET][1:] == (D(2024, 4, 9), D(2024, 4, 9))
    assert dates[K.STATUTORY_LIMIT][1:] == (D(2024, 8, 31), D(2024, 8, 31))
    assert case.page().received_on == case.page().stages[0].started_on == D(2024, 3, 1)
    event = case.last_event()
    assert (event.step, event.details) == (StepKey.CORRECT_RECEIPT, {"from": "2024-03-04", "to": "2024-03-01"})


def test_an_extended_date_is_asked_about(shropshire: Register) -> None:
    for keep, due_on in ((True, D(2024, 5, 1)), (False, D(2024, 4, 9))):
        case = Casework(shropshire).log()
        case.acknowledge(D(2024, 3, 5))
        case.extend(D(2024, 3, 6), D(2024, 5, 1))
        with refused(shropshire, "say whether that date stays", field="keep_extended"):
            correct(case, D(2024, 3, 1))
        correct(case, D(2024, 3, 1), keep_extended=keep)
        assert case.dates()[K.STAGE_1_TARGET] == (S.OPEN, D(2024, 4, 9), due_on)


def test_working_days_taken_follow_a_corrected_receipt(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.respond(D(2024, 3, 11), Outcome.UPHELD)
    assert case.page().stages[0].working_days_taken == 5
    correct(case, D(2024, 3, 1))
    assert case.page().stages[0].working_days_taken == 6


def test_what_a_correction_refuses(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.acknowledge(D(2024, 3, 5))
    with refused(shropshire, "after the acknowledgement", field="received_on"):
        correct(case, D(2024, 3, 6))
    with refused(shropshire, "is the date on record", field="received_on"):
        correct(case, RECEIVED)
    with refused(shropshire, "after today", field="received_on"):
        correct(case, D(2024, 3, 21))
    early = Casework(shropshire).log()
    early.ombudsman(D(2024, 3, 6), received_on=D(2024, 3, 6))
    with refused(shropshire, "after the Ombudsman's letter (Wed 6 March 2024)", field="received_on"):
        correct(early, D(2024, 3, 7))


def test_a_case_is_handed_over(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.acknowledge(D(2024, 3, 5))

    def hand(**given: object) -> None:
        allocate(case.actor(D(2024, 3, 12)), case.reference, Allocation(on=D(2024, 3, 12), **given))

    with refused(shropshire, "has not begun", field="investigator"):
        hand(investigator="Lee")
    with refused(shropshire, "Name the officer", field="officer"):
        hand()
    case.investigate(D(2024, 3, 6))
    with one_event(shropshire):
        hand(officer="Kim Ode", investigator="Lee", reason="Pat left")
    page = case.page()
    assert (page.officer, page.stages[0].investigator) == ("Kim Ode", "Lee")
    assert case.last_event().words == "Pat left"


def test_stage_2_is_not_handed_to_who_handled_stage_1(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure="corporate", points=(PointInput(team="North"),))
    case.investigate(D(2024, 3, 6))
    case.respond(D(2024, 3, 11), Outcome.UPHELD)
    case.request_review(D(2024, 3, 12))
    with refused(shropshire, "handled stage 1", field="investigator"):
        allocate(case.actor(D(2024, 3, 13)), case.reference, Allocation(on=D(2024, 3, 13), investigator="pat lowe"))
