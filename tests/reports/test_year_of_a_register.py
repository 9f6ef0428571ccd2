"""The year of a real register, worked on by the verbs that officers use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.close import close_case, reopen, void, withdraw
from feedback_tui.casework.extend import extend
from feedback_tui.casework.investigate import investigate
from feedback_tui.casework.log import log
from feedback_tui.casework.ombudsman import ombudsman
from feedback_tui.casework.respond import respond
from feedback_tui.casework.undo import undo
from feedback_tui.enums import ClosingReason, Kind, OmbudsmanDecision, Outcome, Role
from feedback_tui.models.inputs.stages import (
    Acknowledgement,
    ActionInput,
    Closing,
    ExtensionInput,
    InvestigationStart,
    LearningInput,
    NewCase,
    OmbudsmanStep,
    PointInput,
    Reason,
    RemedyInput,
    Response,
    Withdrawal,
)
from feedback_tui.reports.drilldown.cases import cases_behind
from feedback_tui.reports.figures import figures_of
from feedback_tui.reports.renderers.as_json import as_json, document
from feedback_tui.rules.months import reporting_year
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import Register, create_register

YEAR = reporting_year("2022/23")
TODAY = date(2023, 4, 20)
RECEIVED = date(2022, 6, 6)


@pytest.fixture
def register(shropshire: Register) -> Register:
    return shropshire


def a_complaint(actor: Actor, team: str = "Sensory Impairment", procedure: str = "statutory-adult") -> str:
    """Logs a complaint of 6 June 2022, a Monday, and acknowledges it the next day."""
    new = NewCase(
        kind=Kind.COMPLAINT,
        received_on=RECEIVED,
        channel="letter",
        procedure=procedure,
        description="Nobody came.",
        correspondent_name="A. Writer",
        correspondent_role=Role.FAMILY,
        points=(PointInput(team=team, category="Service Standards", subcategory="delay"),),
    )
    reference = log(actor, new).reference
    acknowledge(actor, reference, Acknowledgement(on=date(2022, 6, 7)))
    return reference


def investigated(actor: Actor, **given: Any) -> str:
    reference = a_complaint(actor, **given)
    investigate(actor, reference, InvestigationStart(on=date(2022, 6, 8), investigator="I. Quirk"))
    return reference


def test_what_officers_did_is_what_the_year_counts(register: Register) -> None:
    actor = Actor(register, "officer", TODAY)
    in_time = investigated(actor)
    respond(
        actor,
        in_time,
        Response(
            on=date(2022, 7, 11),
            findings=(Outcome.UPHELD,),
            learning=(LearningInput(area="communication", text="Say so."),),
            actions=(ActionInput(text="Train the team", owner="T. Lead", due_on=date(2022, 9, 1)),),
            remedies=(RemedyInput(kind="payment", amount=Decimal("250.50")),),
        ),
    )
    ombudsman(actor, in_time, OmbudsmanStep(received_on=date(2022, 9, 1)))
    ombudsman(actor, in_time, OmbudsmanStep(responded_on=date(2022, 9, 29)))
    ombudsman(actor, in_time, OmbudsmanStep(decided_on=date(2023, 1, 9), decision=OmbudsmanDecision.NOT_UPHELD))
    extended = investigated(actor, team="Enable")
    extend(
        actor,
        extended,
        ExtensionInput(to=date(2022, 8, 1), reason="More to ask", told_on=date(2022, 7, 1), agreed=True),
    )
    respond(actor, extended, Response(on=date(2022, 7, 29), findings=(Outcome.NOT_UPHELD,)))
    withdraw(actor, a_complaint(actor), Withdrawal(on=date(2022, 6, 9), reason="Sorted out"))
    withdraw(actor, investigated(actor), Withdrawal(on=date(2022, 6, 20), reason="Sorted out"))
    close_case(actor, a_complaint(actor), Closing(on=date(2022, 6, 9), reason=ClosingReason.SIGNPOSTED))
    investigated(actor, procedure="corporate")
    void(actor, a_complaint(actor), Reason(on=date(2022, 6, 10), reason="Twice"))
    log(actor, NewCase(kind=Kind.CONCERN, received_on=RECEIVED, description="A word", settled_on=date(2022, 6, 7)))

    found: Any = document(figures_of(register, YEAR, TODAY))

    assert found["feedback"]["by_kind"] == {"complaint": 6, "concern": 1}
    assert found["complaints"]["investigations"] == 4
    assert found["complaints"]["not_investigated"] == {"withdrawn": 1, "signposted": 1}
    assert found["complaints"]["by_team"] == {"Sensory Impairment": 5, "Enable": 1}
    assert found["complaints"]["by_subcategory"] == {"Service Standards > delay": 6}
    assert found["complaints"]["by_correspondent"] == {"family": 6}
    assert found["acknowledgement"] == {"within": 6, "of": 6}
    assert found["outcomes"]["stage_1"] == {"upheld": 1, "not upheld": 1, "withdrawn": 1, "open": 1}
    # 25 working days from 6 June 2022 are 11 July; 29 July is 39.
    timely = found["stage_1"]["statutory-adult"]
    assert timely.pop("by_month")["2022-06"] == timely.pop("by_quarter")["Q1"] == timely["working_days"]
    assert timely == {
        "responded": 2,
        "average_working_days": 32.0,
        "within_target": 1,
        "of_target": 2,
        "within_limit": 2,
        "of_limit": 2,
        "within_extended": 1,
        "bands": {"0-25": 1, "26-65": 1, "66+": 0},
        "working_days": {
            "n": 2,
            "average": 32.0,
            "lowest": 25,
            "lower_quartile": 28.5,
            "median": 32.0,
            "upper_quartile": 35.5,
            "highest": 39,
        },
    }
    assert found["ombudsman"]["replies"] == {"within": 1, "of": 1}
    assert found["ombudsman"]["decided"] == {"not upheld": 1}
    assert found["remedies"]["paid"] == 250.5
    assert found["learning"]["of_upheld"] == {"cases": 1, "of": 1}
    assert found["learning"]["actions"] == {"due": 1, "done": 0, "overdue": 1}
    returned = found["regulation_18"]["under_the_regulations"]
    assert (returned["received"], returned["well_founded"], returned["ombudsman"]) == (5, 1, 1)
    assert (returned["by_category"], returned["learning_points"]) == ({"Service Standards": 5}, 1)
    assert all(row["total"] == row["base"] or row["explained_by"] for row in found["reconciliation"])


def test_two_registers_with_the_same_cases_have_the_same_year(tmp_path: Path) -> None:
    years = []
    for order in (("Enable", "Safeguarding"), ("Safeguarding", "Enable")):
        register = create_register(str(tmp_path / f"{order[0]}.db"), profile_text("shropshire"))
        for team in order:
            a_complaint(Actor(register, "officer", TODAY), team=team)
        years.append(as_json(figures_of(register, YEAR, TODAY)))
        register.close()
    assert years[0] == years[1]


def test_a_case_that_officers_reopened_is_counted_until_that_is_undone(register: Register) -> None:
    actor = Actor(register, "officer", TODAY)
    turned_away, answered = a_complaint(actor), investigated(actor)
    close_case(actor, turned_away, Closing(on=date(2022, 6, 9), reason=ClosingReason.SIGNPOSTED))
    respond(actor, answered, Response(on=date(2022, 7, 11), findings=(Outcome.UPHELD,)))
    close_case(actor, answered, Closing(on=date(2022, 7, 12)))
    for reference in (turned_away, answered):
        reopen(actor, reference, Reason(on=date(2022, 8, 1), reason="They wrote again"))

    def counted() -> tuple[int, int]:
        found = document(figures_of(register, YEAR, TODAY))["complaints"]
        return found["reopened"], found["answered_since"]

    assert counted() == (2, 0)
    undo(actor, turned_away)
    assert counted() == (1, 0)
    respond(actor, answered, Response(on=date(2022, 8, 15)))
    assert counted() == (1, 1)
    listed = cases_behind(register, YEAR, TODAY, "complaints.reopened")
    assert [line.reference for line in listed.lines] == [answered]
