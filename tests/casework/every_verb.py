"""Every verb once, on a case that allows it: for what must hold of all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.change import allocate, change_procedure, correct_receipt
from feedback_tui.casework.close import close_case, reopen, void, withdraw
from feedback_tui.casework.compliments import quote, thank
from feedback_tui.casework.contact import contact, letter, next_update
from feedback_tui.casework.erase import erase
from feedback_tui.casework.extend import extend
from feedback_tui.casework.hold import hold, resume
from feedback_tui.casework.investigate import investigate
from feedback_tui.casework.investigator import chase, check_draft, draft_received, sign_off
from feedback_tui.casework.learning import learn, plan_action
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import action_done, note, remedy_done
from feedback_tui.casework.ombudsman import ombudsman
from feedback_tui.casework.ombudsman_letters import comply, ombudsman_draft, ombudsman_query
from feedback_tui.casework.redress import redress
from feedback_tui.casework.respond import respond, respond_review
from feedback_tui.casework.review import acknowledge_review, refuse_stage, request_review
from feedback_tui.casework.undo import undo
from feedback_tui.enums import ClosingReason, Contact, Kind, OmbudsmanDecision, OtherProcess, Outcome
from feedback_tui.models.inputs.contact import (
    ChaseInput,
    ContactInput,
    DraftCheck,
    DraftReceived,
    LetterInput,
    NextUpdate,
    SignOff,
)
from feedback_tui.models.inputs.follow_up import (
    Compliance,
    Learned,
    OmbudsmanDraft,
    OmbudsmanQuery,
    PlannedAction,
    Quote,
    RedressInput,
    Thanks,
)
from feedback_tui.models.inputs.stages import (
    Acknowledgement,
    ActionInput,
    Allocation,
    Closing,
    Erasure,
    ExtensionInput,
    Finished,
    Hold,
    InvestigationStart,
    LearningInput,
    NewCase,
    Note,
    OmbudsmanStep,
    PointInput,
    ProcedureChange,
    Reason,
    ReceiptCorrection,
    RemedyInput,
    Response,
    ReviewRequest,
    StageRefusal,
    Withdrawal,
)
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework
from tests.casework.verbs_of_people import PEOPLE, WAYS
from tests.conftest import actor_on

RECEIVED, TODAY = date(2026, 4, 7), date(2026, 5, 20)


@dataclass(frozen=True)
class Trial:
    """A verb with what it takes beside the duty, and what happened to the case before it."""

    name: str
    verb: Callable[..., StepResult]
    given: tuple[Any, ...]
    before: tuple[Callable[[Casework], object], ...] = ()
    kind: Kind = Kind.COMPLAINT

    def arguments(self, register: Register) -> tuple[Any, ...]:
        """Prepares a case on `register`; gives what the verb is called with."""
        actor = actor_on(register, TODAY)
        if self.verb is log:
            return (actor, *self.given)
        case = Casework(register).log(
            RECEIVED,
            "corporate" if self.kind is Kind.COMPLAINT else None,
            kind=self.kind,
            description="Late again",
            customer_name="Ann Lee",
            points=(PointInput(team="A"),),
        )
        for step in self.before:
            step(case)
        return (actor, case.reference, *self.given)


def _acknowledged(case: Casework) -> object:
    return case.acknowledge(date(2026, 4, 9))


def _investigated(case: Casework) -> object:
    return case.investigate(date(2026, 4, 10))


def _answered(case: Casework) -> object:
    return case.respond(
        date(2026, 4, 23),
        Outcome.UPHELD,
        actions=(ActionInput(text="Train", due_on=date(2026, 6, 1)),),
        remedies=(RemedyInput(kind="payment", amount=Decimal(50), due_on=date(2026, 6, 1)),),
    )


def _review_asked(case: Casework) -> object:
    return case.request_review(date(2026, 5, 11))


def _review_acknowledged(case: Casework) -> object:
    return case.acknowledge_review(date(2026, 5, 13))


def _withdrawn(case: Casework) -> object:
    return case.withdraw(date(2026, 4, 14))


def _on_hold(case: Casework) -> object:
    return hold(case.actor(date(2026, 5, 1)), case.reference, _HOLD)


def _drafted(case: Casework) -> object:
    return draft_received(case.actor(date(2026, 5, 12)), case.reference, DraftReceived(on=date(2026, 5, 12)))


def _update_promised(case: Casework) -> object:
    return next_update(case.actor(date(2026, 5, 1)), case.reference, NextUpdate(to=date(2026, 5, 26)))


def _with_the_ombudsman(case: Casework) -> object:
    return case.ombudsman(date(2026, 5, 1), received_on=date(2026, 5, 1))


def _decided(case: Casework) -> object:
    return case.ombudsman(
        date(2026, 5, 11),
        received_on=date(2026, 5, 1),
        decided_on=date(2026, 5, 11),
        decision=OmbudsmanDecision.UPHELD,
        agreed="Say sorry",
    )


_HOLD = Hold(on=date(2026, 5, 1), process=OtherProcess.POLICE, reason="An enquiry", look_again_on=date(2026, 5, 29))
TO_ANSWER = (_acknowledged, _investigated)
NEW = NewCase(
    kind=Kind.COMPLAINT,
    received_on=RECEIVED,
    procedure="statutory-adult",
    description="No carer came",
    customer_name="Ann Lee",
    correspondent_name="Bea Lee",
    contact="5 High St",
    points=(PointInput(team="A", text="Sunday"), PointInput(team="B")),
)
EVERY_VERB = (
    Trial("log", log, (NEW,)),
    Trial("log, settled", log, (NewCase(kind=Kind.CONCERN, received_on=TODAY, settled_on=TODAY),)),
    Trial("acknowledge", acknowledge, (Acknowledgement(on=TODAY, promised_on=date(2026, 6, 1)),)),
    Trial(
        "investigate",
        investigate,
        (
            InvestigationStart(
                on=TODAY,
                investigator="Pat Lowe",
                procedure="statutory-adult",
                points=(PointInput(text="Late"), PointInput(text="Rude")),
                draft_due_on=date(2026, 6, 1),
            ),
        ),
        (_acknowledged,),
    ),
    Trial(
        "extend",
        extend,
        (
            ExtensionInput(
                to=date(2026, 6, 30), reason="Ill", told_on=TODAY, agreed=True, next_update_on=date(2026, 6, 9)
            ),
        ),
        TO_ANSWER,
    ),
    Trial(
        "respond",
        respond,
        (
            Response(
                on=TODAY,
                findings=(Outcome.UPHELD,),
                learning=(LearningInput(area="communication", text="Say so"),),
                actions=(ActionInput(text="Train", due_on=date(2026, 6, 30)),),
                remedies=(RemedyInput(kind="apology", due_on=date(2026, 5, 29)),),
            ),
        ),
        TO_ANSWER,
    ),
    Trial("request review", request_review, (ReviewRequest(on=TODAY, officer="Kim Ode"),), (*TO_ANSWER, _answered)),
    Trial(
        "refuse stage",
        refuse_stage,
        (StageRefusal(reason="Nothing new", told_on=TODAY, ombudsman_told=True),),
        (*TO_ANSWER, _answered, _review_asked),
    ),
    Trial(
        "acknowledge review",
        acknowledge_review,
        (Acknowledgement(on=TODAY, promised_on=date(2026, 6, 9)),),
        (*TO_ANSWER, _answered, _review_asked),
    ),
    Trial(
        "respond to review",
        respond_review,
        (Response(on=TODAY, findings=(Outcome.NOT_UPHELD,)),),
        (*TO_ANSWER, _answered, _review_asked, _review_acknowledged),
    ),
    Trial("withdraw", withdraw, (Withdrawal(on=TODAY, reason="Put right"),), TO_ANSWER),
    Trial("close, unanswered", close_case, (Closing(on=TODAY, reason=ClosingReason.SIGNPOSTED, words="To the NHS"),)),
    Trial("close, answered", close_case, (Closing(on=TODAY),), (*TO_ANSWER, _answered)),
    Trial("reopen", reopen, (Reason(on=TODAY, reason="News"),), (_acknowledged, _withdrawn)),
    Trial("void", void, (Reason(on=TODAY, reason="Twice"),), TO_ANSWER),
    Trial(
        "ombudsman, received",
        ombudsman,
        (OmbudsmanStep(received_on=TODAY, their_reference="26 001"),),
        (_acknowledged,),
    ),
    Trial(
        "ombudsman, decided",
        ombudsman,
        (OmbudsmanStep(decided_on=TODAY, decision=OmbudsmanDecision.ADVICE_GIVEN),),
        (_with_the_ombudsman,),
    ),
    Trial(
        "ombudsman query",
        ombudsman_query,
        (OmbudsmanQuery(first_contact_on=TODAY, query_on=TODAY, query_due_on=date(2026, 5, 29), summary="Late"),),
        (_acknowledged,),
    ),
    Trial(
        "ombudsman draft decision",
        ombudsman_draft,
        (OmbudsmanDraft(draft_decision_on=TODAY, draft_answered_on=TODAY, words="Two dates are wrong"),),
        (_with_the_ombudsman,),
    ),
    Trial("complied", comply, (Compliance(on=TODAY, words="They are satisfied"),), (_decided,)),
    Trial(
        "redress",
        redress,
        (
            RedressInput(
                on=TODAY,
                kind="payment",
                amount=Decimal(250),
                text="For the distress",
                due_on=date(2026, 6, 1),
                offered_on=TODAY,
                approver="Di Rector",
                budget_code="ASC 12",
                ombudsman=1,
            ),
        ),
        (_decided,),
    ),
    Trial(
        "redress, changed",
        redress,
        (RedressInput(on=TODAY, position=1, due_on=date(2026, 6, 30), accepted_on=TODAY),),
        (*TO_ANSWER, _answered),
    ),
    Trial(
        "learn",
        learn,
        (Learned(on=TODAY, area="communication", text="Ring first", point=1, action="Train", due_on=TODAY),),
    ),
    Trial(
        "plan action",
        plan_action,
        (PlannedAction(on=TODAY, position=1, owner="Lou West", due_on=date(2026, 6, 30)),),
        (*TO_ANSWER, _answered),
    ),
    Trial("thank", thank, (Thanks(on=TODAY, words="At the team meeting"),), (), Kind.COMPLIMENT),
    Trial("quote", quote, (Quote(text="So kind"),), (), Kind.COMPLIMENT),
    Trial("hold", hold, (_HOLD,), TO_ANSWER),
    Trial("resume", resume, (Reason(on=TODAY, reason="It ended"),), (*TO_ANSWER, _on_hold)),
    Trial(
        "change procedure",
        change_procedure,
        (ProcedureChange(on=TODAY, procedure="statutory-adult", reason="Care after all"),),
        TO_ANSWER,
    ),
    Trial(
        "correct receipt",
        correct_receipt,
        (ReceiptCorrection(received_on=date(2026, 4, 2), reason="The post mark"),),
        TO_ANSWER,
    ),
    Trial("hand over", allocate, (Allocation(on=TODAY, officer="Kim Ode", investigator="Lou West"),), TO_ANSWER),
    Trial("note", note, (Note(on=TODAY, words="She called"),)),
    Trial(
        "contact",
        contact,
        (
            ContactInput(
                on=TODAY,
                kind=Contact.CALL_FROM,
                person=1,
                words="Ann Lee asked",
                told=True,
                next_update_on=date(2026, 6, 3),
            ),
        ),
        (_update_promised,),
    ),
    Trial("next update", next_update, (NextUpdate(to=date(2026, 6, 3)),), (_update_promised,)),
    Trial(
        "letter",
        letter,
        (LetterInput(on=TODAY, key="holding", text="Dear Ann Lee", person=1, next_update_on=date(2026, 6, 3)),),
        (_update_promised,),
    ),
    Trial(
        "chase",
        chase,
        (ChaseInput(on=TODAY, escalated_to="Jo Day", why_late="On leave", next_on=date(2026, 5, 27)),),
        TO_ANSWER,
    ),
    Trial("draft received", draft_received, (DraftReceived(on=TODAY),), TO_ANSWER),
    Trial("draft checked", check_draft, (DraftCheck(on=TODAY, words="It answers all"),), (*TO_ANSWER, _drafted)),
    Trial("draft sent back", check_draft, (DraftCheck(on=TODAY, again_on=date(2026, 5, 22)),), (*TO_ANSWER, _drafted)),
    Trial("sign off", sign_off, (SignOff(on=TODAY, by="Lou West"),), (*TO_ANSWER, _drafted)),
    Trial("action done", action_done, (Finished(position=1, on=TODAY),), (*TO_ANSWER, _answered)),
    Trial("redress done", remedy_done, (Finished(position=1, on=TODAY),), (*TO_ANSWER, _answered)),
    Trial(
        "erase",
        erase,
        (Erasure(on=TODAY, reason="Asked for", nevertheless="It was about someone else"),),
        (_acknowledged, _withdrawn),
    ),
    *(Trial(name, verb, given, before) for name, verb, given, before in (*PEOPLE, *WAYS)),
    Trial("undo", undo, (), (*TO_ANSWER, _answered)),
)
