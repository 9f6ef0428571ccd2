"""Each step of a case, with what is drawn for it by chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.casework.change import allocate, change_procedure, correct_receipt
from feedback_tui.casework.close import close_case, reopen, void, withdraw
from feedback_tui.casework.contact import contact, letter, next_update
from feedback_tui.casework.extend import extend
from feedback_tui.casework.hold import hold, resume
from feedback_tui.casework.investigate import investigate
from feedback_tui.casework.investigator import chase, check_draft, draft_received, sign_off
from feedback_tui.casework.learning import learn, plan_action
from feedback_tui.casework.notes import action_done, note
from feedback_tui.casework.ombudsman import ombudsman
from feedback_tui.casework.ombudsman_letters import comply, ombudsman_draft, ombudsman_query
from feedback_tui.casework.redress import redress
from feedback_tui.casework.respond import respond, respond_review
from feedback_tui.casework.review import acknowledge_review, refuse_stage, request_review
from feedback_tui.enums import (
    ClosingReason,
    Contact,
    LearningSaid,
    OmbudsmanDecision,
    OtherProcess,
    Outcome,
    StepKey,
)
from feedback_tui.models.inputs import contact as contact_inputs
from feedback_tui.models.inputs import follow_up as following
from feedback_tui.models.inputs import stages
from tests.casework import walk_of_people

K = StepKey


@dataclass(frozen=True)
class Chance:
    """What is drawn for a step."""

    days_ago: int
    days_ahead: int
    yes: bool
    number: int

    @classmethod
    def of(cls, draw: Random) -> Chance:
        days_ago = draw.choice([0, 0, 0, 0, 1, 5, -1])
        days_ahead = draw.choice([0, 7, 14, 30, 60, 120])
        return cls(days_ago, days_ahead, draw.random() < 0.6, draw.randrange(36))

    def on(self, actor: Actor) -> date:
        return actor.today - timedelta(days=self.days_ago)

    def ahead(self, actor: Actor) -> date:
        return actor.today + timedelta(days=self.days_ahead)


Step = Callable[[Actor, str, Chance], StepResult]
STEPS: dict[StepKey, Step] = {
    K.ACKNOWLEDGE: lambda actor, ref, chance: acknowledge(
        actor,
        ref,
        stages.Acknowledgement(on=chance.on(actor), promised_on=chance.ahead(actor) if chance.yes else None),
    ),
    K.INVESTIGATE: lambda actor, ref, chance: investigate(
        actor,
        ref,
        stages.InvestigationStart(
            on=chance.on(actor),
            investigator="Pat Lowe",
            procedure=(None, "corporate", "statutory-adult")[chance.number % 3],
            draft_due_on=chance.ahead(actor) if chance.yes else None,
        ),
    ),
    K.EXTEND: lambda actor, ref, chance: extend(
        actor,
        ref,
        stages.ExtensionInput(
            to=actor.today + timedelta(days=2 * chance.days_ahead),
            reason="A report is awaited",
            told_on=chance.on(actor),
            agreed=chance.yes,
            next_update_on=chance.ahead(actor) if chance.number % 2 else None,
        ),
    ),
    K.RESPOND: lambda actor, ref, chance: respond(actor, ref, response_by_chance(actor, chance)),
    K.RESPOND_REVIEW: lambda actor, ref, chance: respond_review(actor, ref, response_by_chance(actor, chance)),
    K.REQUEST_REVIEW: lambda actor, ref, chance: request_review(
        actor, ref, stages.ReviewRequest(on=chance.on(actor), officer="Kim Ode" if chance.yes else "sam reed")
    ),
    K.REFUSE_STAGE: lambda actor, ref, chance: refuse_stage(
        actor,
        ref,
        stages.StageRefusal(
            reason="Answered in full",
            asked_on=chance.on(actor) if chance.yes else None,
            told_on=chance.on(actor),
            ombudsman_told=True,
        ),
    ),
    K.ACKNOWLEDGE_REVIEW: lambda actor, ref, chance: acknowledge_review(
        actor, ref, stages.Acknowledgement(on=chance.on(actor))
    ),
    K.WITHDRAW: lambda actor, ref, chance: withdraw(
        actor, ref, stages.Withdrawal(on=chance.on(actor), reason="Put right")
    ),
    K.CLOSE: lambda actor, ref, chance: close_case(
        actor,
        ref,
        stages.Closing(
            on=chance.on(actor), reason=[*ClosingReason, None][chance.number % 9] if not chance.yes else None
        ),
    ),
    K.REOPEN: lambda actor, ref, chance: reopen(
        actor,
        ref,
        stages.Reopening(
            on=chance.on(actor), reason="News", promised_on=chance.ahead(actor) if chance.number % 3 == 0 else None
        ),
    ),
    K.VOID: lambda actor, ref, chance: void(actor, ref, stages.Reason(on=chance.on(actor), reason="Twice")),
    K.OMBUDSMAN: lambda actor, ref, chance: ombudsman(
        actor,
        ref,
        (
            stages.OmbudsmanStep(received_on=chance.on(actor), due_on=chance.ahead(actor) if chance.yes else None),
            stages.OmbudsmanStep(responded_on=chance.on(actor)),
            stages.OmbudsmanStep(decided_on=chance.on(actor), decision=OmbudsmanDecision.UPHELD),
        )[chance.number % 3],
    ),
    K.HOLD: lambda actor, ref, chance: hold(
        actor,
        ref,
        stages.Hold(
            on=chance.on(actor), process=OtherProcess.COURT, reason="A claim", look_again_on=chance.ahead(actor)
        ),
    ),
    K.RESUME: lambda actor, ref, chance: resume(actor, ref, stages.Reason(on=chance.on(actor), reason="It ended")),
    K.CHANGE_PROCEDURE: lambda actor, ref, chance: change_procedure(
        actor,
        ref,
        stages.ProcedureChange(
            on=chance.on(actor), procedure=("corporate", "statutory-adult")[chance.number % 2], reason="So it is"
        ),
    ),
    K.CORRECT_RECEIPT: lambda actor, ref, chance: correct_receipt(
        actor,
        ref,
        stages.ReceiptCorrection(
            received_on=actor.today - timedelta(days=chance.days_ahead),
            reason="The post mark",
            keep_extended=chance.yes,
        ),
    ),
    K.ALLOCATE: lambda actor, ref, chance: allocate(
        actor,
        ref,
        stages.Allocation(on=chance.on(actor), officer="Lou West", investigator="Jo Day" if chance.yes else ""),
    ),
    K.OMBUDSMAN_QUERY: lambda actor, ref, chance: ombudsman_query(
        actor,
        ref,
        (
            following.OmbudsmanQuery(
                query_on=chance.on(actor), query_due_on=chance.ahead(actor) if chance.yes else None
            ),
            following.OmbudsmanQuery(query_answered_on=chance.on(actor)),
        )[chance.number % 2],
    ),
    K.OMBUDSMAN_DRAFT: lambda actor, ref, chance: ombudsman_draft(
        actor, ref, following.OmbudsmanDraft(draft_decision_on=chance.on(actor), words="Two dates are wrong")
    ),
    K.COMPLIED: lambda actor, ref, chance: comply(actor, ref, following.Compliance(on=chance.on(actor))),
    K.REDRESS: lambda actor, ref, chance: redress(
        actor,
        ref,
        following.RedressInput(
            on=chance.on(actor),
            position=1 if chance.number % 2 else None,
            kind="apology",
            due_on=chance.ahead(actor),
            done_on=chance.on(actor) if chance.yes else None,
            ombudsman=1 if chance.number % 3 == 0 else None,
        ),
    ),
    K.LEARN: lambda actor, ref, chance: learn(
        actor,
        ref,
        (
            following.Learned(on=chance.on(actor), text="Ring first", action="Train", due_on=chance.ahead(actor)),
            following.Learned(on=chance.on(actor), said=LearningSaid.NONE),
        )[chance.number % 2],
    ),
    K.PLAN_ACTION: lambda actor, ref, chance: plan_action(
        actor,
        ref,
        following.PlannedAction(
            on=chance.on(actor), position=1 if chance.yes else None, text="Train", due_on=chance.ahead(actor)
        ),
    ),
    K.NOTE: lambda actor, ref, chance: note(actor, ref, stages.Note(on=chance.on(actor), words="A call")),
    K.ACTION_DONE: lambda actor, ref, chance: action_done(actor, ref, stages.Finished(position=1, on=chance.on(actor))),
    K.CONTACT: lambda actor, ref, chance: contact(
        actor,
        ref,
        contact_inputs.ContactInput(
            on=chance.on(actor),
            kind=list(Contact)[chance.number % 8],
            words="A call" if chance.yes else "",
            told=chance.number % 3 == 0,
            next_update_on=chance.ahead(actor) if chance.number % 2 else None,
        ),
    ),
    K.LETTER: lambda actor, ref, chance: letter(
        actor,
        ref,
        contact_inputs.LetterInput(
            on=chance.on(actor),
            key=("acknowledgement", "holding", "final-notice")[chance.number % 3],
            text="Dear you" if chance.yes else "Dear [missing: who it goes to]",
            next_update_on=chance.ahead(actor) if chance.number % 2 else None,
        ),
    ),
    K.NEXT_UPDATE: lambda actor, ref, chance: next_update(
        actor, ref, contact_inputs.NextUpdate(to=chance.ahead(actor), reason="Put off" if chance.yes else "")
    ),
    K.CHASE: lambda actor, ref, chance: chase(
        actor, ref, contact_inputs.ChaseInput(on=chance.on(actor), next_on=chance.ahead(actor) if chance.yes else None)
    ),
    K.DRAFT_RECEIVED: lambda actor, ref, chance: draft_received(
        actor, ref, contact_inputs.DraftReceived(on=chance.on(actor))
    ),
    K.DRAFT_CHECKED: lambda actor, ref, chance: check_draft(
        actor, ref, contact_inputs.DraftCheck(on=chance.on(actor), again_on=None if chance.yes else chance.ahead(actor))
    ),
    K.SIGN_OFF: lambda actor, ref, chance: sign_off(
        actor, ref, contact_inputs.SignOff(on=chance.on(actor), by="Lou West" if chance.yes else "")
    ),
}


STEPS |= walk_of_people.STEPS
KEYS = [*STEPS, K.UNDO]
LIVELY = [key for key in STEPS if key not in (K.VOID, K.NOTE)]


def response_by_chance(actor: Actor, chance: Chance) -> stages.Response:
    actions = (stages.ActionInput(text="Train", due_on=chance.ahead(actor)),) if chance.yes else ()
    findings = (Outcome.UPHELD,) if chance.number % 4 else ()
    return stages.Response(on=chance.on(actor), findings=findings, actions=actions, on_hold_too=True)
