"""Names that the register knows, for fields that suggest them: none of a case that the reader may not open."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.casework.investigate import investigate
from feedback_tui.casework.log import log
from feedback_tui.casework.restrict import restrict
from feedback_tui.desk.name_suggestions import colleagues, people_named
from feedback_tui.enums import Kind, Role
from feedback_tui.models.inputs.early_closure import Restriction
from feedback_tui.models.inputs.stages import InvestigationStart, NewCase
from feedback_tui.storage.register import Register
from tests.conftest import actor_on

TODAY = date(2026, 4, 15)


@pytest.fixture
def register(shropshire: Register) -> Register:
    actor = actor_on(shropshire, TODAY)
    for number, (name, officer) in enumerate(
        [("Margaret Hughes", "jsmith"), ("Hugh O'Brien", "pkaur"), ("Margaret Hughes", "jsmith"), ("50%_Hugh", "")]
    ):
        log(
            actor,
            NewCase(
                reference=f"A-{number}",
                kind=Kind.COMPLAINT,
                received_on=date(2026, 4, 1 + number),
                channel="email",
                procedure="statutory-adult",
                description="x",
                customer_name=name,
                correspondent_name=name,
                correspondent_role=Role.CUSTOMER,
                officer=officer,
            ),
        )
    investigate(actor, "A-0", InvestigationStart(on=TODAY, investigator="P. Jones"))
    return shropshire


def test_people_are_found_by_parts_of_their_names_latest_first_and_once(register: Register) -> None:
    assert people_named(register, "hug") == ["50%_Hugh", "Margaret Hughes", "Hugh O'Brien"]
    assert people_named(register, "hugh marg") == ["Margaret Hughes"]
    assert people_named(register, "50%_") == ["50%_Hugh"]
    assert people_named(register, "hu") == people_named(register, "") == people_named(register, "nobody") == []


def test_a_restricted_case_gives_no_name_to_others(register: Register) -> None:
    restrict(actor_on(register, TODAY, "pkaur"), "A-1", Restriction(on=TODAY, officers=("pkaur",), reason="an aunt"))
    register.reader = "jsmith"
    assert "Hugh O'Brien" not in people_named(register, "hug")
    register.reader = "pkaur"
    assert "Hugh O'Brien" in people_named(register, "hug")


def test_colleagues_are_those_who_work_on_cases(register: Register) -> None:
    found = colleagues(register)
    assert set(found.officers) >= {"jsmith", "pkaur"}
    assert found.investigators == ("P. Jones",)
    assert found.signers == ()
