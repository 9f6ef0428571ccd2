"""A complaint of the stock, as it is logged, investigated and answered."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.investigate import investigate
from feedback_tui.casework.log import log
from feedback_tui.casework.respond import respond
from feedback_tui.enums import Authority, Kind, Outcome, Role
from feedback_tui.models.inputs.stages import (
    ActionInput,
    InvestigationStart,
    LearningInput,
    NewCase,
    PointInput,
    RemedyInput,
    Response,
)

TODAY = date(2026, 6, 30)
RECEIVED = date(2026, 4, 20)


def a_complaint(actor: Actor, name: str, words: str) -> str:
    """A complaint of `name` about `words`, logged with all that the form asks; gives its reference."""
    case = NewCase(
        kind=Kind.COMPLAINT,
        received_on=RECEIVED,
        happened_on=date(2025, 1, 5),
        late_reason="They were in hospital.",
        channel="letter",
        description=words,
        wanted="An apology.",
        customer_name=name,
        correspondent_name="Dee Lee",
        correspondent_role=Role.FAMILY,
        contact="01743 000000",
        authority=Authority.CONSENT_RECEIVED,
        points=(PointInput(text="No carer.", team="Enable", category="Decisions", theme="Communication"),),
    )
    return log(actor, case).reference


def investigated(actor: Actor, reference: str, investigator: str, procedure: str | None) -> None:
    """Hands the case to its investigator."""
    start = InvestigationStart(
        on=date(2026, 4, 23),
        investigator=investigator,
        procedure=procedure,
        draft_due_on=date(2026, 5, 5),
        points=(PointInput(text="No carer came.", team="Enable", provider="Acme", category="Staff", theme="Delay"),),
    )
    investigate(actor, reference, start)


def answered(actor: Actor, reference: str, on: date) -> None:
    """Answers it, with what was learnt, what will be done and what puts it right."""
    respond(
        actor,
        reference,
        Response(
            on=on,
            signed_by="Head of Service",
            findings=(Outcome.PARTLY_UPHELD,),
            outcome=Outcome.UPHELD,
            outcome_reason="The rest weighs more.",
            learning=(LearningInput(area="communication", text="Ring when no one can come."),),
            actions=(ActionInput(text="A rota for Sundays.", owner="Jo Marsh", due_on=date(2026, 6, 10)),),
            remedies=(RemedyInput(kind="apology", due_on=date(2026, 6, 10)), RemedyInput(kind="payment", amount="25")),
        ),
    )
