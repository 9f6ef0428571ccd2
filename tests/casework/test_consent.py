"""A council's own aim from consent: it appears when consent is on record; acknowledgement and six months run on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from feedback_tui.casework.authority import record_authority
from feedback_tui.casework.change import correct_receipt
from feedback_tui.enums import Authority, CountsFrom, DeadlineKind, DeadlineState, Outcome
from feedback_tui.models.inputs.people import AuthorityInput
from feedback_tui.models.inputs.stages import ReceiptCorrection
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, create_register
from tests.casework.cases import ACKNOWLEDGE_BY, AIM, LIMIT, RECEIVED, SIX_MONTHS, Casework

A, D, K, S = Authority, date, DeadlineKind, DeadlineState
CONSENT = D(2024, 4, 2)
AIM_FROM_CONSENT = D(2024, 5, 8)
"""25 working days on: 6 May is a bank holiday."""


@pytest.fixture
def from_consent(place: str) -> Iterator[Register]:
    """A council that counts its aim from consent."""
    written = profile_text("shropshire").replace(
        '{ deadline = "stage_1_target", from = "receipt"', '{ deadline = "stage_1_target", from = "consent"'
    )
    register = create_register(place, written)
    yield register
    register.close()


def record(case: Casework, authority: Authority, on: date) -> None:
    words = "In writing" if authority is A.CONSENT_REFUSED else ""
    due_on = on + timedelta(days=14) if authority is A.CONSENT_REQUESTED else None
    given = AuthorityInput(on=on, position=2, authority=authority, words=words, due_on=due_on)
    record_authority(case.actor(on), case.reference, given)


def logged(register: Register, authority: Authority | None) -> Casework:
    return Casework(register).log(customer_name="Ann Lee", correspondent_name="Bo Lee", authority=authority)


def test_the_aim_appears_with_consent_and_the_six_months_run_on(from_consent: Register) -> None:
    case = logged(from_consent, A.CONSENT_REQUESTED)
    assert K.STAGE_1_TARGET not in case.dates()
    running = {K.ACKNOWLEDGEMENT: ACKNOWLEDGE_BY, K.STAGE_1_LIMIT: LIMIT, K.STATUTORY_LIMIT: SIX_MONTHS}
    assert {kind: due for kind, (_, _, due) in case.dates().items()} == running
    record(case, A.CONSENT_RECEIVED, CONSENT)
    assert {kind: due for kind, (_, _, due) in case.dates().items()} == {**running, K.STAGE_1_TARGET: AIM_FROM_CONSENT}
    aim = case.deadline(K.STAGE_1_TARGET)
    assert (aim.rule, aim.counted_from) == ("25 working days from consent", CONSENT)
    case.respond(D(2024, 5, 8), Outcome.UPHELD)
    assert case.dates()[K.STAGE_1_TARGET][0] is S.MET
    assert check(from_consent).sound


@pytest.mark.parametrize("authority", [None, A.OWN_COMPLAINT, A.ATTORNEY_OR_DEPUTY, A.MP_FOR_CONSTITUENT])
def test_where_no_ones_consent_is_asked_for_the_aim_counts_from_the_receipt(
    from_consent: Register, authority: Authority | None
) -> None:
    case = logged(from_consent, authority)
    assert case.deadline(K.STAGE_1_TARGET).due_on == AIM
    correct_receipt(case.actor(RECEIVED), case.reference, ReceiptCorrection(received_on=D(2024, 3, 1), reason="Stamp"))
    assert case.dates()[K.STAGE_1_TARGET] == (S.OPEN, D(2024, 4, 9), D(2024, 4, 9))


def test_consent_asked_for_after_all_takes_the_aim_away_and_gives_it_back(from_consent: Register) -> None:
    case = logged(from_consent, None)
    record(case, A.CONSENT_REQUESTED, D(2024, 3, 6))
    assert K.STAGE_1_TARGET not in case.dates()
    record(case, A.CONSENT_REFUSED, D(2024, 3, 20))
    assert K.STAGE_1_TARGET not in case.dates()
    record(case, A.CONSENT_RECEIVED, CONSENT)
    assert case.dates()[K.STAGE_1_TARGET] == (S.OPEN, AIM_FROM_CONSENT, AIM_FROM_CONSENT)
    correct_receipt(case.actor(CONSENT), case.reference, ReceiptCorrection(received_on=D(2024, 3, 1), reason="Stamp"))
    assert case.dates()[K.STAGE_1_TARGET][2] == AIM_FROM_CONSENT
    assert case.deadline(K.STAGE_1_TARGET).counted_from == CONSENT


def test_other_profiles_do_not_care(shropshire: Register) -> None:
    case = logged(shropshire, A.CONSENT_REQUESTED)
    record(case, A.CONSENT_RECEIVED, CONSENT)
    assert case.deadline(K.STAGE_1_TARGET).due_on == AIM
    assert all(row.counts_from is not CountsFrom.CONSENT for row in case.page().deadlines)
