"""The rest of the stock: people, what a case is, contact, the investigator's half, and what follows an answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.authority import record_authority
from feedback_tui.casework.change_profile import use_profile
from feedback_tui.casework.compliments import quote, thank
from feedback_tui.casework.contact import contact, letter, next_update
from feedback_tui.casework.correct import change_points, correct, joint_handling
from feedback_tui.casework.early_closure import change_kind, decline, join, pass_on, settle_on_the_spot
from feedback_tui.casework.investigator import chase, check_draft, draft_received, sign_off
from feedback_tui.casework.keeping import do_not_destroy, may_be_destroyed
from feedback_tui.casework.learning import learn, plan_action
from feedback_tui.casework.linked_people import limit_contact, mark_apart, mark_same
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import remedy_done
from feedback_tui.casework.ombudsman import ombudsman
from feedback_tui.casework.ombudsman_letters import choose_ombudsman, comply, ombudsman_draft, ombudsman_query
from feedback_tui.casework.people import add_person, correct_person, record_death
from feedback_tui.casework.redress import redress
from feedback_tui.casework.restrict import attach, restrict
from feedback_tui.enums import Authority, Contact, Kind, NotAccepted, OmbudsmanDecision, Persistence, Role
from feedback_tui.models.inputs import contact as talk
from feedback_tui.models.inputs import early_closure as ways
from feedback_tui.models.inputs import follow_up as after
from feedback_tui.models.inputs import people
from feedback_tui.models.inputs.keeping import DoNotDestroy
from feedback_tui.models.inputs.stages import Acknowledgement, Finished, NewCase, OmbudsmanStep, PointInput, Reason
from tests.torture.stock_cases import RECEIVED, TODAY, a_complaint, answered, investigated


def furnish_with_the_rest(sam: Actor, compliment: str) -> None:
    """Takes the steps that the first cases did not, on cases after them."""
    case = a_complaint(sam, "Flo Elm", "The carer was rude.")
    _people(sam, case)
    _what_it_is(sam, case)
    acknowledge(sam, case, Acknowledgement(on=date(2026, 4, 22)))
    _contact(sam, case)
    investigated(sam, case, "Jo Marsh", "corporate")
    _the_investigators_half(sam, case)
    answered(sam, case, date(2026, 5, 20))
    _what_follows(sam, case)
    _ways_out(sam, case)
    thank(sam, compliment, after.Thanks(on=date(2026, 4, 22), words="At the team meeting."))
    quote(sam, compliment, after.Quote(text="So kind."))
    use_profile(sam, f"{sam.register.profile_toml}# Read again in June.\n")
    restrict(sam, case, ways.Restriction(on=TODAY, officers=("Sam", "Pat", "Kim"), reason="A colleague's aunt."))


def _people(sam: Actor, case: str) -> None:
    on = date(2026, 4, 21)
    add_person(
        sam, case, people.NewPerson(on=on, name="Gus Elm", role=Role.CARER, relationship="son", contact="07700 900123")
    )
    correct_person(
        sam, case, people.PersonCorrection(on=on, position=1, name="Flora Elm", contact="6 High St", interpreter="BSL")
    )
    asked = people.AuthorityInput(
        on=on, position=3, authority=Authority.CONSENT_REQUESTED, due_on=date(2026, 5, 11), may_be_told="The visits."
    )
    record_authority(sam, case, asked)
    limits = people.Limits(
        on=on, position=1, step=Persistence.RESTRICTION, reason="Forty calls.", review_on=date(2026, 11, 20)
    )
    limit_contact(sam, case, limits)
    other = a_complaint(sam, "Flora Elm", "The carer was late.")
    mark_same(sam, case, people.SamePerson(on=on, position=1, reference=other))
    mark_apart(sam, case, people.Apart(on=on, position=1, reason="Two of a name."))
    record_death(sam, other, people.Death(on=on, position=1, carried_on_by=2, words="Her daughter rang."))


def _what_it_is(sam: Actor, case: str) -> None:
    on = date(2026, 4, 21)
    correct(
        sam, case, ways.CaseCorrection(reason="Read again.", description="The carer was rude twice.", channel="letter")
    )
    change_points(sam, case, ways.PointChange(on=on, point=PointInput(team="Enable", text="The bill.")))
    change_points(sam, case, ways.PointChange(on=on, position=2, remove=True))
    joint_handling(sam, case, ways.JointHandling(on=on, bodies=("County Hospital",), lead="County Hospital"))
    attach(sam, case, ways.Document(on=on, what="The letter", place="DMS 4711"))


def _contact(sam: Actor, case: str) -> None:
    on = date(2026, 4, 23)
    next_update(sam, case, talk.NextUpdate(to=date(2026, 7, 1)))
    call = talk.ContactInput(on=on, kind=Contact.CALL_FROM, person=1, words="She asked.", told=True)
    contact(sam, case, call)
    letter(sam, case, talk.LetterInput(on=on, key="holding", text="Dear Flora Elm", person=1))


def _the_investigators_half(sam: Actor, case: str) -> None:
    late = talk.ChaseInput(on=date(2026, 5, 6), escalated_to="Jo Day", why_late="On leave.", next_on=date(2026, 7, 3))
    chase(sam, case, late)
    draft_received(sam, case, talk.DraftReceived(on=date(2026, 5, 12)))
    check_draft(sam, case, talk.DraftCheck(on=date(2026, 5, 13), words="It answers all."))
    sign_off(sam, case, talk.SignOff(on=date(2026, 5, 14), by="Lou West"))


def _what_follows(sam: Actor, case: str) -> None:
    on = date(2026, 6, 1)
    plan_action(sam, case, after.PlannedAction(on=on, position=1, owner="Lou West", due_on=date(2026, 7, 30)))
    learn(sam, case, after.Learned(on=on, area="communication", text="Ring first.", point=1, action="Train."))
    query = after.OmbudsmanQuery(first_contact_on=on, query_on=on, query_due_on=date(2026, 6, 9), summary="Rude.")
    ombudsman_query(sam, case, query)
    ombudsman(sam, case, OmbudsmanStep(received_on=date(2026, 6, 2)))
    draft = after.OmbudsmanDraft(draft_decision_on=date(2026, 6, 5), draft_answered_on=date(2026, 6, 8), words="No.")
    ombudsman_draft(sam, case, draft)
    decided = OmbudsmanStep(decided_on=date(2026, 6, 15), decision=OmbudsmanDecision.UPHELD, agreed="Say sorry.")
    ombudsman(sam, case, decided)
    paid = after.RedressInput(
        on=date(2026, 6, 16), kind="payment", amount=Decimal(250), text="For the distress.", offered_on=TODAY,
        approver="Di Rector", budget_code="ASC 12", ombudsman=1,
    )  # fmt: skip
    redress(sam, case, paid)
    remedy_done(sam, case, Finished(position=3, on=date(2026, 6, 18)))
    comply(sam, case, after.Compliance(on=date(2026, 6, 20), words="They are satisfied."))


def _ways_out(sam: Actor, case: str) -> None:
    on = date(2026, 4, 21)
    enquiry = a_complaint(sam, "Hal Yew", "What does a ramp cost?")
    change_kind(sam, enquiry, ways.KindChange(on=on, kind=Kind.ENQUIRY, reason="An MP asked."))
    rung = NewCase(kind=Kind.COMPLAINT, received_on=RECEIVED, customer_name="Ivy Bay", description="No carer yet.")
    settled = log(sam, rung).reference
    settle_on_the_spot(sam, settled, ways.Settlement(on=on, oral=True, satisfied=True, words="A carer was sent."))
    declined = a_complaint(sam, "Jan Gum", "The ward was cold.")
    about_pay = ways.Declining(on=on, why=NotAccepted.EMPLOYMENT, words="About pay.", told_on=on, ombudsman_told=True)
    decline(sam, declined, about_pay)
    passed = a_complaint(sam, "Kit Fir", "The ward was loud.")
    pass_on(sam, passed, ways.PassingOn(on=on, to="County Hospital", told_on=on, words="By letter."))
    joined = a_complaint(sam, "Lea Box", "The carer was rude to me.")
    join(sam, joined, ways.Joining(on=on, other=case, reason="The same visit."))
    do_not_destroy(sam, case, DoNotDestroy(on=TODAY, reason="A claim.", review_on=date(2027, 6, 30)))
    may_be_destroyed(sam, case, Reason(on=TODAY, reason="It was settled."))
    choose_ombudsman(sam, case, after.OmbudsmanChoice(ombudsman_key="housing-ombudsman", reason="About a repair."))
