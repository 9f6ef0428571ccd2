"""A register with cases that Alex Kay alone may open, with every kind of step on them; made twice, they differ only in
what those cases say.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.change import allocate
from feedback_tui.casework.close import close_case
from feedback_tui.casework.compliments import quote, thank
from feedback_tui.casework.contact import contact, letter, next_update
from feedback_tui.casework.correct import joint_handling
from feedback_tui.casework.extend import extend
from feedback_tui.casework.hold import hold
from feedback_tui.casework.investigate import investigate
from feedback_tui.casework.investigator import chase, check_draft, draft_received, sign_off
from feedback_tui.casework.learning import plan_action
from feedback_tui.casework.linked_people import limit_contact, mark_same
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.casework.ombudsman import ombudsman
from feedback_tui.casework.people import add_person
from feedback_tui.casework.redress import redress
from feedback_tui.casework.respond import respond, respond_review
from feedback_tui.casework.restrict import attach, restrict
from feedback_tui.casework.review import request_review
from feedback_tui.enums import (
    Authority,
    Contact,
    Kind,
    OmbudsmanDecision,
    OtherProcess,
    Outcome,
    Persistence,
    Role,
)
from feedback_tui.models.inputs import contact as talk
from feedback_tui.models.inputs import early_closure as ways
from feedback_tui.models.inputs import follow_up as after
from feedback_tui.models.inputs import people
from feedback_tui.models.inputs.stages import (
    Acknowledgement,
    ActionInput,
    Allocation,
    Closing,
    ExtensionInput,
    Hold,
    InvestigationStart,
    LearningInput,
    NewCase,
    Note,
    OmbudsmanStep,
    PointInput,
    RemedyInput,
    Response,
    ReviewRequest,
)
from feedback_tui.storage.register import Register

D = date
TODAY = D(2026, 4, 15)
NAMED, REVIEWER, OTHER = "Alex Kay", "Kim Ode", "Sam Reed"
"""The two who may open the hidden cases, and who may not."""
ANSWERED, OPEN, PRAISE, OLD = "H-1", "H-2", "H-3", "H-4"
"""The hidden cases: a complaint that was answered, reviewed and with the Ombudsman; one on hold at its investigation; a
compliment; one whose words are due to be erased."""
COMPLAINT, COMPLIMENT = "V-1", "V-2"
"""Cases that everyone may open; a person of the first is also of `OPEN`."""


@dataclass(frozen=True)
class Secret:
    """What stands in the hidden cases of one register: a word, in whatever takes one, and closed words.

    `counted` is in what a figure counts: it is the same in both registers where figures are compared.
    """

    word: str
    counted: str
    role: Role = Role.FAMILY
    authority: Authority = Authority.CONSENT_RECEIVED
    outcome: Outcome = Outcome.UPHELD
    decision: OmbudsmanDecision = OmbudsmanDecision.UPHELD


def furnish(register: Register, secret: Secret) -> None:
    """Fills an empty register of Shropshire. Every event has a moment of its own, the same in each register."""
    ticks = itertools.count()
    begin = datetime(2026, 4, 15, 9, tzinfo=UTC)

    def now() -> datetime:
        return begin + timedelta(seconds=next(ticks))

    def alex(on: date) -> Actor:
        return Actor(register, NAMED, on, now)

    _old(alex, secret)
    _answered(alex, secret)
    _open(alex, secret)
    _praise(alex, secret)
    sam = Actor(register, OTHER, TODAY, now)
    seen = NewCase(
        kind=Kind.COMPLAINT, received_on=D(2026, 4, 7), reference=COMPLAINT, customer_name="Ann Lee",
        points=(PointInput(team="North", category="Staff"),),
    )  # fmt: skip
    log(sam, seen)
    log(sam, NewCase(kind=Kind.COMPLIMENT, received_on=D(2026, 4, 7), reference=COMPLIMENT, description="Thank you"))
    mark_same(alex(TODAY), COMPLAINT, people.SamePerson(on=TODAY, position=1, reference=OPEN, other_position=1))
    for reference in (OLD, ANSWERED, OPEN, PRAISE):
        restrict(alex(TODAY), reference, ways.Restriction(on=TODAY, officers=(NAMED, REVIEWER), reason="A colleague"))


Alex = Callable[[date], Actor]


def _logged(alex: Alex, reference: str, received: date, secret: Secret, **more: object) -> None:
    word = secret.word
    given = NewCase(
        **{
            "kind": Kind.COMPLAINT, "received_on": received, "reference": reference,
            "happened_on": received - timedelta(days=5), "channel": secret.counted, "description": f"{word} fell",
            "summary": f"Fall of {word}", "wanted": word, "customer_name": f"{word} Smith",
            "correspondent_name": f"{word} Jones", "correspondent_role": secret.role, "contact": word,
            "relationship": word, "authority": secret.authority,
            "points": (
                PointInput(
                    text=word, team=secret.counted, category=secret.counted, subcategory=secret.counted,
                    theme=secret.counted, provider=secret.counted,
                ),
            ),
            **more,
        }
    )  # fmt: skip
    log(alex(received), given)


def _old(alex: Alex, secret: Secret) -> None:
    _logged(alex, OLD, D(2018, 5, 8), secret)
    acknowledge(alex(D(2018, 5, 9)), OLD, Acknowledgement(on=D(2018, 5, 9)))
    investigate(
        alex(D(2018, 5, 10)), OLD,
        InvestigationStart(on=D(2018, 5, 10), investigator=secret.word, procedure="statutory-adult"),
    )  # fmt: skip
    respond(
        alex(D(2018, 5, 20)), OLD,
        Response(on=D(2018, 5, 20), findings=(secret.outcome,), outcome=secret.outcome, outcome_reason=secret.word),
    )  # fmt: skip
    close_case(alex(D(2018, 5, 21)), OLD, Closing(on=D(2018, 5, 21), words=secret.word))


def _answered(alex: Alex, secret: Secret) -> None:
    word = secret.word
    _logged(alex, ANSWERED, D(2025, 11, 3), secret)
    acknowledge(alex(D(2025, 11, 4)), ANSWERED, Acknowledgement(on=D(2025, 11, 4), channel=secret.counted))
    start = InvestigationStart(on=D(2025, 11, 5), investigator=word, procedure="corporate")
    investigate(alex(D(2025, 11, 5)), ANSWERED, start)
    answer = Response(
        on=D(2025, 11, 14), signed_by=word, findings=(secret.outcome,), outcome=secret.outcome, outcome_reason=word,
        learning=(LearningInput(area=secret.counted, text=word),),
        actions=(ActionInput(text=word, owner=word, due_on=D(2026, 4, 12)),),
        remedies=(RemedyInput(kind=secret.counted, due_on=D(2026, 4, 13)),),
    )  # fmt: skip
    respond(alex(D(2025, 11, 14)), ANSWERED, answer)
    on = D(2025, 12, 1)
    request_review(alex(on), ANSWERED, ReviewRequest(on=on, officer=REVIEWER, investigator=f"{word} May", reason=word))
    on = D(2025, 12, 10)
    second = Response(on=on, findings=(secret.outcome,), outcome=secret.outcome, outcome_reason=word)
    respond_review(alex(on), ANSWERED, second)
    on = D(2026, 1, 5)
    ombudsman(alex(on), ANSWERED, OmbudsmanStep(received_on=on, their_reference=word, summary=word, documents=word))
    on = D(2026, 1, 20)
    ombudsman(alex(on), ANSWERED, OmbudsmanStep(responded_on=on))
    on = D(2026, 2, 20)
    ombudsman(alex(on), ANSWERED, OmbudsmanStep(decided_on=on, decision=secret.decision, agreed=word))
    paid = after.RedressInput(
        on=on, kind=secret.counted, text=word, due_on=D(2026, 4, 20), approver=word, budget_code=word, ombudsman=1
    )
    redress(alex(on), ANSWERED, paid)
    planned = after.PlannedAction(on=on, text=word, owner=word, due_on=D(2026, 4, 21))
    plan_action(alex(on), ANSWERED, planned)


def _open(alex: Alex, secret: Secret) -> None:
    word, on = secret.word, D(2026, 4, 2)
    _logged(alex, OPEN, D(2026, 4, 1), secret)
    acknowledge(alex(on), OPEN, Acknowledgement(on=on))
    add_person(
        alex(on), OPEN,
        people.NewPerson(
            on=on, name=f"{word} Brown", role=secret.role, contact=word, safe_contact=word, interpreter=word,
            adjustments=word, relationship=word, may_be_told=word,
        ),
    )  # fmt: skip
    limits = people.Limits(on=on, position=1, step=Persistence.WARNING, reason=word, review_on=D(2026, 11, 20))
    limit_contact(alex(on), OPEN, limits)
    joint_handling(alex(on), OPEN, ways.JointHandling(on=on, bodies=(f"{word} Trust",), lead=f"{word} Trust"))
    attach(alex(on), OPEN, ways.Document(on=on, what=word, place=word))
    note(alex(on), OPEN, Note(on=on, words=word))
    contact(alex(on), OPEN, talk.ContactInput(on=on, kind=Contact.CALL_FROM, person=1, words=word))
    next_update(alex(on), OPEN, talk.NextUpdate(to=D(2026, 4, 20), reason=word))
    letter(alex(on), OPEN, talk.LetterInput(on=on, key="holding", text=f"Dear {word}", person=1))
    start = InvestigationStart(on=on, investigator=word, procedure="statutory-adult", draft_due_on=D(2026, 4, 10))
    investigate(alex(on), OPEN, start)
    allocate(alex(on), OPEN, Allocation(on=on, officer=NAMED, investigator=f"{word} Ray", reason=word))
    late = talk.ChaseInput(on=on, escalated_to=word, why_late=word, next_on=D(2026, 4, 14))
    chase(alex(on), OPEN, late)
    draft_received(alex(on), OPEN, talk.DraftReceived(on=on))
    check_draft(alex(on), OPEN, talk.DraftCheck(on=on, by=word, words=word))
    sign_off(alex(on), OPEN, talk.SignOff(on=on, by=word))
    extend(alex(on), OPEN, ExtensionInput(to=D(2026, 9, 30), agreed=True, reason=word, told_on=on))
    on = D(2026, 4, 14)
    held = Hold(on=on, process=OtherProcess.POLICE, reason=word, look_again_on=D(2026, 4, 15))
    hold(alex(on), OPEN, held)


def _praise(alex: Alex, secret: Secret) -> None:
    word, on = secret.word, D(2026, 4, 3)
    given = NewCase(
        kind=Kind.COMPLIMENT, received_on=on, reference=PRAISE, customer_name=f"{word} Grey",
        description=f"{word} is kind", compliment_source=secret.counted, points=(PointInput(team=secret.counted),),
    )  # fmt: skip
    log(alex(on), given)
    thank(alex(on), PRAISE, after.Thanks(on=on, words=word))
    quote(alex(on), PRAISE, after.Quote(text=f"{word} was kind", no_name=True))
