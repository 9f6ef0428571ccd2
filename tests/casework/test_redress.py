"""Redress at any time: added, offered, accepted, moved, paid; and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from feedback_tui.casework.close import void
from feedback_tui.casework.redress import redress
from feedback_tui.casework.undo import undo
from feedback_tui.enums import DeadlineKind, DeadlineState, Outcome, StepKey
from feedback_tui.models.inputs.follow_up import RedressInput
from feedback_tui.models.inputs.stages import Reason, RemedyInput
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, everything, one_event, refused

K, S = DeadlineKind, DeadlineState
TODAY, DUE = date(2024, 4, 2), date(2024, 5, 1)


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A complaint that was answered."""
    case = Casework(shropshire).log()
    case.respond(date(2024, 3, 7), Outcome.UPHELD)
    return case


def give(case: Casework, today: date = TODAY, **given: Any) -> None:
    redress(case.actor(today), case.reference, RedressInput(**{"on": today, **given}))


def test_a_payment_from_offer_to_proof(case: Casework) -> None:
    with one_event(case.register):
        give(case, kind="payment", amount=Decimal("250.50"), due_on=DUE, approver="Di Rector", budget_code="ASC 12")
    assert case.dates()[K.REMEDY] == (S.OPEN, DUE, DUE)
    give(case, position=1, offered_on=TODAY)
    give(case, date(2024, 4, 9), position=1, accepted_on=date(2024, 4, 9), text="For the distress")
    give(case, date(2024, 4, 30), position=1, done_on=date(2024, 4, 30), proof="BACS 4711")
    (paid,) = case.page().remedies
    assert (paid.kind, paid.amount_pence, paid.approver, paid.budget_code) == ("payment", 25050, "Di Rector", "ASC 12")
    assert (paid.offered_on, paid.accepted_on, paid.done_on) == (TODAY, date(2024, 4, 9), date(2024, 4, 30))
    assert (paid.text, paid.proof) == ("For the distress", "BACS 4711")
    assert (case.deadline(K.REMEDY).state, case.deadline(K.REMEDY).met_on) == (S.MET, date(2024, 4, 30))
    event = case.last_event()
    assert (event.step, event.details) == (StepKey.REDRESS, {"number": 1, "redress": "payment", "changed": True})


def test_a_later_date_keeps_the_first_on_record_and_an_earlier_one_stands(case: Casework) -> None:
    give(case, kind="apology", due_on=DUE)
    give(case, position=1, due_on=date(2024, 5, 20))
    assert case.dates()[K.REMEDY] == (S.OPEN, DUE, date(2024, 5, 20))
    give(case, position=1, due_on=date(2024, 4, 20))
    assert case.dates()[K.REMEDY] == (S.OPEN, date(2024, 4, 20), date(2024, 4, 20))
    for _ in range(2):
        undo(case.actor(TODAY), case.reference)
    assert case.dates()[K.REMEDY] == (S.OPEN, DUE, DUE)


def test_redress_stands_on_a_closed_case_and_undo_takes_it_off(case: Casework) -> None:
    case.close(TODAY)
    before = everything(case.register)
    give(case, kind="Charge waived or refunded", amount=Decimal(80), due_on=DUE)
    assert [row.kind for row in case.page().open_deadlines] == [K.REMEDY]
    undo(case.actor(TODAY), case.reference)
    after = everything(case.register)
    assert (after["remedy"], after["deadline"]) == (before["remedy"], before["deadline"])


@pytest.mark.parametrize(
    ("given", "said", "field"),
    [
        ({}, "Say what the redress is", "kind"),
        ({"kind": "Payment"}, "A payment needs its amount", "amount"),
        ({"kind": "payment", "amount": Decimal(0)}, "A payment needs its amount", "amount"),
        ({"position": 2, "done_on": TODAY}, "has no redress 2", "position"),
        ({"position": 1}, "Say what has become of it", "position"),
        ({"position": 1, "kind": "payment"}, "A payment needs its amount", "amount"),
        ({"kind": "apology", "done_on": date(2024, 4, 3)}, "after today", "done_on"),
        ({"kind": "apology", "done_on": date(2024, 3, 3)}, "before the receipt", "done_on"),
        (
            {"kind": "apology", "offered_on": TODAY, "accepted_on": date(2024, 4, 1)},
            "before the offer",
            "accepted_on",
        ),
        ({"kind": "apology", "due_on": date(2024, 3, 1)}, "is before the receipt", "due_on"),
        ({"kind": "apology", "due_on": date(2924, 3, 1)}, "is the year right", "due_on"),
        ({"kind": "apology", "proof": "A letter"}, "goes with the day on which it was", "done_on"),
        ({"kind": "apology", "ombudsman": 1}, "has no approach 1", "ombudsman"),
        ({"kind": "apology", "on": date(2024, 4, 3)}, "after today", "on"),
    ],
)
def test_redress_that_contradicts_itself_is_refused_at_its_field(
    case: Casework, given: dict[str, Any], said: str, field: str
) -> None:
    give(case, kind="apology", due_on=DUE)
    with refused(case.register, said, field=field):
        give(case, **given)


def test_half_a_penny_is_no_amount_and_a_void_case_owes_nothing(case: Casework) -> None:
    with pytest.raises(ValidationError):
        RedressInput(on=TODAY, kind="payment", amount=Decimal("0.005"))
    void(case.actor(TODAY), case.reference, Reason(on=TODAY, reason="Twice"))
    with refused(case.register, "logged in error"):
        give(case, kind="apology")


@pytest.mark.parametrize(
    ("typed", "pounds"),
    [
        ("250", "250"),
        ("£1,250.00", "1250.00"),
        (" £ 0.50 ", "0.50"),
        ("20,000,000", "20000000"),
        ("", None),
        (" ", None),
    ],
)
def test_an_amount_is_taken_as_it_is_typed(typed: str, pounds: str | None) -> None:
    for given in (
        RedressInput.model_validate({"on": TODAY, "amount": typed}),
        RemedyInput.model_validate({"amount": typed}),
    ):
        assert given.amount == (None if pounds is None else Decimal(pounds))


@pytest.mark.parametrize("typed", ["ten pounds", "1.234", "-1", "NaN", "Infinity", "20,000,000.01", "£"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    for model in (RedressInput, RemedyInput):
        with pytest.raises(ValidationError) as caught:
            model.model_validate({"amount": typed, **({"on": TODAY} if model is RedressInput else {})})
        assert [error["loc"] for error in caught.value.errors()] == [("amount",)]
