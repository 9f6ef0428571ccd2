"""What a case says for the places of a letter, as far as it has come."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from feedback_tui.desk.case.letter_fields import LetterTo, goes_to, letters_for, write
from feedback_tui.enums import Outcome, Role
from feedback_tui.models.inputs.stages import ActionInput, PointInput, RemedyInput
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework

D = date


@pytest.fixture
def case(shropshire: Register) -> Casework:
    return Casework(shropshire).log(
        customer_name="Ann Lee",
        correspondent_name="Bea Lee",
        correspondent_role=Role.FAMILY,
        channel="letter",
        points=(PointInput(text="No carer came"), PointInput(text="Nobody rang")),
    )


def letter(case: Casework, key: str, today: date, **more: object) -> tuple[str, tuple[str, ...]]:
    profile = case.register.profile
    wanted = LetterTo(profile.letter(key), officer="Sam Reed", **more)  # type: ignore[arg-type]
    filled = write(case.page(today), profile, wanted, today)
    council = {"the council's address", "the council's telephone", "the council's email"}
    return filled.text, tuple(gap for gap in filled.missing if gap not in council)


def test_the_acknowledgement_is_whole_once_the_council_is_known(case: Casework) -> None:
    assert goes_to(case.page()) == 2
    text, missing = letter(case, "acknowledgement", D(2024, 3, 5))
    assert missing == ()
    assert "Dear Bea Lee" in text
    assert "received on 4 March 2024 by letter" in text
    assert "1. No carer came\n2. Nobody rang" in text
    assert "our response by 10 April 2024" in text
    assert "[missing: the council's address]" in text


def test_a_promised_period_is_what_the_letter_promises(case: Casework) -> None:
    case.acknowledge(D(2024, 3, 5), promised_on=D(2024, 3, 28))
    text, _ = letter(case, "holding", D(2024, 3, 6), reason="A report is awaited", next_update_on=D(2024, 3, 20))
    assert "response by 28 March 2024" in text
    assert "The reason is: A report is awaited" in text
    assert "hear from us again by 20 March 2024" in text
    after_it, _ = letter(case, "holding", D(2024, 3, 29))
    assert "response by 10 April 2024" in after_it, "a date that has passed is promised to no one"


def test_the_response_has_findings_and_what_is_done(case: Casework) -> None:
    case.acknowledge(D(2024, 3, 5))
    case.investigate(D(2024, 3, 6))
    _, missing = letter(case, "response", D(2024, 3, 20))
    assert missing == (
        "how it was considered",
        "the conclusions on each point",
        "what has been or will be done",
        "who signs it",
    )
    case.respond(
        D(2024, 3, 21),
        Outcome.UPHELD,
        Outcome.NOT_UPHELD,
        signed_by="Lou West",
        actions=(ActionInput(text="Ring first", due_on=D(2024, 4, 2)),),
        remedies=(RemedyInput(kind="payment", amount=Decimal(50)),),
    )
    text, missing = letter(case, "response", D(2024, 3, 21))
    assert missing == ("how it was considered", "why")
    assert "1. No carer came: upheld. [missing: why]" in text
    assert "Taken together, we have found your complaint partly upheld." in text
    assert "- payment of £50.00\n- Ring first (by 2 April 2024)" in text
    assert "You have the right to take your complaint to the Ombudsman." in text
    assert "Lou West" in text


def test_the_way_on_is_a_review_where_there_is_one(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure="corporate", description="Late")
    text, _ = letter(case, "response", D(2024, 3, 5))
    assert "(Stage 2)" in text


def test_consent_is_asked_of_the_one_it_is_about(case: Casework) -> None:
    text, missing = letter(case, "consent-request", D(2024, 3, 5), reply_by=D(2024, 3, 19))
    assert missing == ()
    assert "on behalf of Ann Lee" in text
    own = Casework(case.register).log(customer_name="Ann Lee", correspondent_name="Ann Lee")
    assert "whose consent is needed" in letter(own, "consent-request", D(2024, 3, 5))[1]


def test_the_letters_that_fit_stand_first(case: Casework) -> None:
    fits, others = letters_for(case.page(), case.register.profile)
    assert fits[0].key == "acknowledgement"
    assert "response" in [row.key for row in others]
