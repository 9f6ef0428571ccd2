"""A small register in which every screen has something to show; each word of it goes through `say`."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.authority import record_authority
from feedback_tui.casework.compliments import quote
from feedback_tui.casework.contact import contact, letter
from feedback_tui.casework.hold import hold
from feedback_tui.casework.investigate import investigate
from feedback_tui.casework.investigator import chase
from feedback_tui.casework.learning import learn
from feedback_tui.casework.log import log
from feedback_tui.casework.ombudsman import ombudsman
from feedback_tui.casework.people import add_person
from feedback_tui.casework.redress import redress
from feedback_tui.casework.respond import respond
from feedback_tui.casework.review import request_review
from feedback_tui.casework.view_log import saw
from feedback_tui.casework.year_texts import add_words
from feedback_tui.enums import (
    Authority,
    Contact,
    Kind,
    LearningSaid,
    OmbudsmanDecision,
    OtherProcess,
    Outcome,
    Role,
    YearSection,
)
from feedback_tui.models.inputs.contact import ChaseInput, ContactInput, LetterInput
from feedback_tui.models.inputs.follow_up import Learned, Quote, RedressInput
from feedback_tui.models.inputs.people import AuthorityInput, NewPerson
from feedback_tui.models.inputs.stages import (
    Acknowledgement,
    Hold,
    InvestigationStart,
    NewCase,
    OmbudsmanStep,
    PointInput,
    Response,
    ReviewRequest,
)
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import Register, create_register, open_register
from tests.places import new_place

RECORDED = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
REFERENCES = tuple(f"ASC-26-{number:04}" for number in (1, 3, 4, 5, 6, 7, 8, 9))
"""Of the cases of the stock, in the order of its fields."""
Say = Callable[[str], str]


@dataclass(frozen=True)
class Stock:
    """The register, and its cases by what they are for."""

    register: Register
    overdue: str
    running: str
    answered: str
    decided: str
    review: str
    held: str
    compliment: str
    enquiry: str


def as_it_is(words: str) -> str:
    """The words themselves."""
    return words


@cache
def stock_place() -> str:
    """The stock in its plain words, made once a session. Copy it; never open it."""
    place = new_place(Path(tempfile.mkdtemp(prefix="feedback-tui-tests-")), "stock")
    stock(place).register.close()
    return place


def opened(where: str) -> Stock:
    """A copy of the stock, opened."""
    return Stock(open_register(where), *REFERENCES)


def stock(where: str, say: Say = as_it_is) -> Stock:
    """Makes the register at `where`; the officers at work are J. Smith and P. Kaur."""
    toml = profile_text("shropshire").replace("\n[usual]", "\nrecord_views = true\n\n[usual]", 1)
    # The council's own words too: its name, its procedures, its channels.
    toml = re.sub(r'^name = "(.*)"$', lambda found: f"name = {_quoted(say(found[1]))}", toml, flags=re.MULTILINE)
    toml = re.sub(r'"(email|telephone|apology)"(?=,)', lambda found: _quoted(say(found[1])), toml)
    register = create_register(where, toml)
    actor = Actor(register, "jsmith", date(2026, 4, 15), now=lambda: RECORDED)

    def new(received_on: date, description: str, name: str, team: str, **more: Any) -> str:
        given: dict[str, Any] = {
            "kind": Kind.COMPLAINT,
            "received_on": received_on,
            "channel": "email",
            "procedure": "statutory-adult",
            "description": say(description),
            "wanted": say("An apology, and someone who rings back"),
            "customer_name": say(name),
            "correspondent_name": say(name),
            "correspondent_role": Role.CUSTOMER,
            "contact": say("12 Mill Lane, Ludlow"),
            "points": (
                PointInput(
                    team=say(team),
                    theme=say("Communication"),
                    category=say("Home care"),
                    subcategory=say("Late visits"),
                    text=say(description),
                ),
            ),
        }
        return log(actor, NewCase(**{**given, **more})).reference

    north, south, finance = "Social Work Team - North", "Social Work Team - South", "Financial Assessments"
    overdue = new(date(2026, 4, 8), "Carers came two hours late, three days running", "Margaret Hughes", north)
    new(date(2026, 4, 10), "Nobody rang back about the grab rails", "Alan Pritchard", south, officer=say("pkaur"))
    running = _running(actor, new(date(2026, 2, 23), "Charged for respite not booked", "Joan Tudor", finance), say)
    answered = _answered(actor, new(date(2026, 2, 2), "The direct payment came late", "Idris Vaughan", finance), say)
    decided = _decided(actor, new(date(2025, 12, 1), "No review since 2023", "Elsie Morgan", north), say)
    review = new(date(2026, 3, 2), "The blue badge desk was rude", "Tom Beddoes", "Blue Badges", procedure="corporate")
    _to_stage_2(actor, review, say)
    held = new(date(2026, 3, 9), "Bruises after a visit", "Gwen Price", south)
    _on_hold(actor, held, say)
    thanks = new(
        date(2026, 4, 1), "Thank you: Bethan was so kind to Mum", "Siân O'Brien", north,
        kind=Kind.COMPLIMENT, procedure=None, compliment_source=say("sent direct"), recipient_role=say("carer"),
    )  # fmt: skip
    quote(actor, thanks, Quote(text=say("So kind to Mum"), no_name=True))
    enquiry = new(
        date(2026, 4, 13), "When will the day centre open again?", "Jo Field", south,
        kind=Kind.ENQUIRY, procedure=None, correspondent_role=Role.MP, correspondent_name=say("R. Hale MP"),
    )  # fmt: skip
    add_words(actor, "2026/27", YearSection.RECOMMENDATIONS, say("Ring back within two days, and say who will."))
    saw(Actor(register, say("pkaur"), actor.today, now=lambda: RECORDED), answered)
    assert (overdue, running, answered, decided, review, held, thanks, enquiry) == REFERENCES
    return Stock(register, *REFERENCES)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _running(actor: Actor, reference: str, say: Say) -> str:
    """Investigated, late, chased, the daughter not yet allowed to be told."""
    acknowledge(actor, reference, Acknowledgement(on=date(2026, 2, 25), channel="letter", promised_on=date(2026, 4, 1)))
    start = InvestigationStart(on=date(2026, 3, 2), investigator=say("P. Jones"), draft_due_on=date(2026, 3, 20))
    investigate(actor, reference, start)
    daughter = NewPerson(
        on=date(2026, 3, 4), name=say("Bea Tudor"), role=Role.FAMILY, relationship=say("daughter"),
        safe_contact=say("Not by post"), contact=say("07700 900 123"),
    )  # fmt: skip
    add_person(actor, reference, daughter)
    asked = AuthorityInput(
        on=date(2026, 3, 5), position=3, authority=Authority.CONSENT_REQUESTED, due_on=date(2026, 3, 26),
        may_be_told=say("about the bills alone"),
    )  # fmt: skip
    record_authority(actor, reference, asked)
    call = ContactInput(on=date(2026, 4, 9), kind=Contact.CALL_FROM, person=1, words=say("She asked when it comes"))
    contact(actor, reference, call)
    why = ChaseInput(
        on=date(2026, 4, 8), escalated_to=say("Dr Day"), why_late=say("On leave"), next_on=date(2026, 4, 20)
    )
    chase(actor, reference, why)
    letter(actor, reference, LetterInput(on=date(2026, 4, 10), key="holding", text=say("Dear Joan, we are sorry.")))
    return reference


def _answered(actor: Actor, reference: str, say: Say) -> str:
    """Answered and upheld; an action overdue, another done, a payment agreed."""
    acknowledge(actor, reference, Acknowledgement(on=date(2026, 2, 4)))
    investigate(actor, reference, InvestigationStart(on=date(2026, 2, 9), investigator=say("L. West")))
    sent = Response(
        on=date(2026, 3, 6), findings=(Outcome.UPHELD,), signed_by=say("D. Rector"), learning_said=LearningSaid.AWAITED
    )
    respond(actor, reference, sent)
    for text, due_on in (("Tell them before a payment is late", date(2026, 4, 2)), ("A checklist", date(2026, 5, 29))):
        learned = Learned(
            on=date(2026, 3, 6), area=say("communication"), text=say("Say it before they ask"), point=1,
            action=say(text), owner=say("Lou West"), due_on=due_on,
        )  # fmt: skip
        learn(actor, reference, learned)
    paid = RedressInput(
        on=date(2026, 3, 6), kind=say("payment"), amount=Decimal(150), text=say("For the bank charges"),
        due_on=date(2026, 4, 10), approver=say("D. Rector"), budget_code=say("ASC 12"),
    )  # fmt: skip
    redress(actor, reference, paid)
    return reference


def _decided(actor: Actor, reference: str, say: Say) -> str:
    """Answered, then decided by the Ombudsman, with what was agreed."""
    acknowledge(actor, reference, Acknowledgement(on=date(2025, 12, 3)))
    investigate(actor, reference, InvestigationStart(on=date(2025, 12, 8), investigator=say("P. Jones")))
    respond(actor, reference, Response(on=date(2026, 1, 6), findings=(Outcome.NOT_UPHELD,)))
    for step in (
        OmbudsmanStep(
            received_on=date(2026, 2, 9), their_reference=say("26 001 234"), documents=say("The care plan"),
            category=say("Assessment and care plan"),
        ),
        OmbudsmanStep(responded_on=date(2026, 3, 2)),
        OmbudsmanStep(
            decided_on=date(2026, 4, 7), decision=OmbudsmanDecision.UPHELD, summary=say("No review for two years"),
            agreed=say("A review within a month, and £200"),
        ),
    ):  # fmt: skip
        ombudsman(actor, reference, step)
    return reference


def _to_stage_2(actor: Actor, reference: str, say: Say) -> None:
    acknowledge(actor, reference, Acknowledgement(on=date(2026, 3, 4)))
    investigate(actor, reference, InvestigationStart(on=date(2026, 3, 5), investigator=say("S. Amos")))
    respond(actor, reference, Response(on=date(2026, 3, 20), findings=(Outcome.PARTLY_UPHELD,)))
    asked = ReviewRequest(
        on=date(2026, 4, 9), officer=say("pkaur"), investigator=say("L. West"), reason=say("Too short")
    )
    request_review(actor, reference, asked)


def _on_hold(actor: Actor, reference: str, say: Say) -> None:
    acknowledge(actor, reference, Acknowledgement(on=date(2026, 3, 11)))
    investigate(actor, reference, InvestigationStart(on=date(2026, 3, 12), investigator=say("P. Jones")))
    waits = Hold(
        on=date(2026, 3, 16), process=OtherProcess.SAFEGUARDING, reason=say("A safeguarding enquiry"),
        told_on=date(2026, 3, 17), look_again_on=date(2026, 4, 14),
    )  # fmt: skip
    hold(actor, reference, waits)
