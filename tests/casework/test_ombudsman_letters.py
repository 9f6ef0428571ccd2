"""The Ombudsman's whole handling: query, draft decision, what was agreed, compliance, what is referred back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest

from feedback_tui.casework.actor import rehearse
from feedback_tui.casework.change_profile import use_profile
from feedback_tui.casework.notes import remedy_done
from feedback_tui.casework.ombudsman import ombudsman
from feedback_tui.casework.ombudsman_letters import choose_ombudsman, comply, ombudsman_draft, ombudsman_query
from feedback_tui.casework.redress import redress
from feedback_tui.casework.restrict import restrict
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case.explained_dates import explained
from feedback_tui.desk.case.letter_fields import LetterTo, write
from feedback_tui.desk.case.page import case_page
from feedback_tui.desk.case.sections import case_sections
from feedback_tui.desk.queue.queue import queue
from feedback_tui.enums import (
    DeadlineKind,
    DeadlineState,
    Kind,
    OmbudsmanDecision,
    OmbudsmanStatus,
    Outcome,
    Role,
    Status,
)
from feedback_tui.exchange.register_csv import register_csv
from feedback_tui.models.inputs.early_closure import Restriction
from feedback_tui.models.inputs.follow_up import (
    Compliance,
    OmbudsmanChoice,
    OmbudsmanDraft,
    OmbudsmanQuery,
    RedressInput,
)
from feedback_tui.models.inputs.stages import Finished, OmbudsmanStep, PointInput
from feedback_tui.reports.figure_rows import Within
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import reporting_year
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import Register
from tests.casework.cases import RECEIVED, Casework, everything, one_event, refused

K, S, D = DeadlineKind, DeadlineState, OmbudsmanDecision
QUERY, DUE, ENQUIRY, DECIDED = date(2024, 4, 15), date(2024, 4, 22), date(2024, 5, 1), date(2024, 7, 1)


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A complaint that was answered and closed."""
    case = Casework(shropshire).log(
        customer_name="Ann Lee", correspondent_name="Bea Lee", correspondent_role=Role.FAMILY,
        points=(PointInput(team="North", text="Late"),), description="No one came",
    )  # fmt: skip
    case.respond(date(2024, 3, 7), Outcome.NOT_UPHELD)
    case.close(date(2024, 3, 8))
    return case


def _query(case: Casework, today: date, **given: Any) -> None:
    ombudsman_query(case.actor(today), case.reference, OmbudsmanQuery(**given))


def test_a_query_owes_its_answer_by_the_date_it_states_and_an_enquiry_its_reply_beside_it(case: Casework) -> None:
    with one_event(case.register):
        _query(case, QUERY, first_contact_on=date(2024, 4, 10), query_on=QUERY, query_due_on=DUE, summary="No visits")
    page = case.page()
    assert page.status is Status.CLOSED
    (answer,) = page.open_deadlines
    assert (answer.kind, answer.due_on, answer.what) == (K.OMBUDSMAN_REPLY, DUE, "assessment query")
    _query(case, DUE, query_answered_on=DUE)
    case.ombudsman(ENQUIRY, received_on=ENQUIRY)
    states = {row.rule: (row.state, row.due_on) for row in case.page().deadlines if row.kind is K.OMBUDSMAN_REPLY}
    assert states == {
        "the date their assessment query states": (S.MET, DUE),
        "28 calendar days from ombudsman enquiry": (S.OPEN, date(2024, 5, 29)),
    }
    (record,) = case.page().ombudsman
    assert (record.query_answered_on, record.received_on, record.due_on) == (DUE, ENQUIRY, date(2024, 5, 29))
    assert record.summary == "No visits"


def test_what_they_turn_away_after_their_query_is_decided_without_an_enquiry(case: Casework) -> None:
    _query(case, QUERY, query_on=QUERY, query_due_on=DUE)
    case.ombudsman(QUERY, decided_on=QUERY, decision=D.CLOSED_AFTER_INITIAL_ENQUIRIES)
    (record,) = case.page().ombudsman
    assert (record.received_on, record.status) == (None, OmbudsmanStatus.DECIDED)
    assert case.page().open_deadlines == ()
    # They come again: a second approach, and the first may still be written to by its number.
    _query(case, DUE, query_on=DUE)
    case.ombudsman(DUE, record=1, category="Care at home")
    assert [(row.category, row.status) for row in case.page().ombudsman] == [
        ("Care at home", OmbudsmanStatus.DECIDED),
        (None, OmbudsmanStatus.WITH_OMBUDSMAN),
    ]


@pytest.mark.parametrize(
    ("given", "said", "field"),
    [
        ({}, "Give what came from the Ombudsman", "query_on"),
        ({"query_on": date(2024, 5, 3)}, "after today", "query_on"),
        ({"query_on": date(2024, 3, 1)}, "before the receipt", "query_on"),
        ({"query_answered_on": QUERY}, "Give the day their query came first", "query_on"),
        ({"query_on": QUERY, "query_due_on": date(2024, 4, 14)}, "is before it came", "query_due_on"),
        ({"query_on": QUERY, "query_answered_on": date(2024, 4, 14)}, "before their query", "query_answered_on"),
        ({"first_contact_on": ENQUIRY, "query_on": QUERY}, "before their first contact", "query_on"),
        ({"record": 3, "query_on": QUERY}, "has no approach 3", "record"),
    ],
)
def test_a_query_that_cannot_stand(case: Casework, given: dict[str, Any], said: str, field: str) -> None:
    with refused(case.register, said, field=field):
        _query(case, date(2024, 5, 2), **given)


def test_a_query_after_the_enquiry_is_refused(case: Casework) -> None:
    case.ombudsman(QUERY, received_on=QUERY)
    with refused(case.register, "a query comes before it", field="query_on"):
        _query(case, DUE, query_on=DUE)


def test_a_draft_decision_and_our_comments(case: Casework) -> None:
    with refused(case.register, "nothing is with the Ombudsman now"):
        ombudsman_draft(case.actor(ENQUIRY), case.reference, OmbudsmanDraft(draft_decision_on=ENQUIRY))
    case.ombudsman(ENQUIRY, received_on=ENQUIRY)
    sam, drafted = case.actor(DECIDED), date(2024, 6, 10)
    with refused(case.register, "Give the day their draft decision came", field="draft_decision_on"):
        ombudsman_draft(sam, case.reference, OmbudsmanDraft(words="No"))
    with refused(case.register, "before they first wrote", field="draft_decision_on"):
        ombudsman_draft(sam, case.reference, OmbudsmanDraft(draft_decision_on=QUERY))
    with one_event(case.register):
        ombudsman_draft(sam, case.reference, OmbudsmanDraft(draft_decision_on=drafted))
    with refused(case.register, "before the draft", field="draft_answered_on"):
        ombudsman_draft(sam, case.reference, OmbudsmanDraft(draft_answered_on=date(2024, 6, 9)))
    given = OmbudsmanDraft(draft_answered_on=date(2024, 6, 14), words="Bea Lee rang twice, not once")
    ombudsman_draft(sam, case.reference, given)
    (record,) = case.page().ombudsman
    assert (record.draft_decision_on, record.draft_answered_on) == (drafted, date(2024, 6, 14))
    assert case.last_event().words == "Bea Lee rang twice, not once"
    assert case.last_event().details == {"comments_sent": "2024-06-14"}


def _upheld(case: Casework) -> None:
    case.ombudsman(ENQUIRY, received_on=ENQUIRY, responded_on=ENQUIRY, documents="The care plan")
    case.ombudsman(DECIDED, decided_on=DECIDED, decision=D.UPHELD, summary="No visits", agreed="Pay and apologise")
    for kind, amount, due_on in (("payment", Decimal(2000), date(2024, 8, 1)), ("apology", None, date(2024, 7, 29))):
        given = RedressInput(on=DECIDED, kind=kind, amount=amount, due_on=due_on, ombudsman=1)
        redress(case.actor(DECIDED), case.reference, given)


@pytest.mark.parametrize(("paid", "in_time"), [(date(2024, 8, 1), "yes"), (date(2024, 8, 2), "no")])
def test_compliance_follows_when_all_that_was_agreed_is_done(case: Casework, paid: date, in_time: str) -> None:
    _upheld(case)
    assert [row.approach for row in case.page().remedies] == [1, 1]
    assert [(row.kind, row.due_on) for row in case.page().open_deadlines] == [
        (K.REMEDY, date(2024, 7, 29)),
        (K.REMEDY, date(2024, 8, 1)),
    ]
    later = date(2024, 8, 12)
    sam = case.actor(later)
    remedy_done(sam, case.reference, Finished(position=2, on=DECIDED, proof="Letter of 1 July"))
    with refused(case.register, "Redress 1 was agreed with them and is not done yet", field="on"):
        comply(sam, case.reference, Compliance(on=later))
    remedy_done(sam, case.reference, Finished(position=1, on=paid))
    with refused(case.register, "before the decision, or the last of what was agreed", field="on"):
        comply(sam, case.reference, Compliance(on=DECIDED))
    with one_event(case.register):
        comply(sam, case.reference, Compliance(on=later, words="Sent them the receipt"))
    (record,) = case.page().ombudsman
    assert (record.status, record.complied_on) == (OmbudsmanStatus.COMPLIED, later)
    assert case.page().remedies[1].proof == "Letter of 1 July"
    assert case.last_event().details == {"approach": 1, "in_time": in_time}
    with refused(case.register, "decided nothing that is still to be complied with"):
        comply(sam, case.reference, Compliance(on=later))
    undo(sam, case.reference)
    assert case.page().ombudsman[0].status is OmbudsmanStatus.DECIDED


def test_the_year_counts_what_never_became_an_enquiry_and_what_was_agreed_with_its_own_approach(case: Casework) -> None:
    """Also after the register went out as CSV and came in again."""
    _upheld(case)
    turned_away = Casework(case.register).log(RECEIVED)
    _query(turned_away, QUERY, query_on=QUERY, query_due_on=DUE)
    turned_away.ombudsman(DUE, decided_on=DUE, decision=D.NOT_ACCEPTED)
    # Redress of the council's own, due after the decision too, is no redress that was agreed with a later approach.
    remedy_done(case.actor(DECIDED), case.reference, Finished(position=2, on=DECIDED))
    year, as_of = reporting_year("2024/25"), date(2024, 9, 1)

    def told() -> tuple[object, ...]:
        found = figures_of(case.register, year, as_of).ombudsman
        return found.received, found.not_accepted, found.compliance, found.decisions[0].agreed

    assert told() == (2, 1, Within(1, 2), "Pay and apologise")
    case.ombudsman(date(2024, 8, 1), received_on=date(2024, 8, 1))
    given = RedressInput(on=date(2024, 8, 1), kind="reassessment", due_on=date(2024, 8, 20), ombudsman=2)
    redress(case.actor(date(2024, 8, 1)), case.reference, given)
    assert told() == (3, 1, Within(1, 2), "Pay and apologise")
    text, _ = register_csv(case.register)
    row = next(line for line in text.splitlines() if line.startswith(turned_away.reference))
    assert f",{QUERY},,{DUE},not accepted," in row


@pytest.mark.parametrize(("reader", "told"), [("Sam Reed", "Pay and apologise"), ("Kim Ode", "restricted")])
def test_a_decision_on_a_restricted_case_is_counted_for_all_and_told_to_those_named(
    case: Casework, reader: str, told: str
) -> None:
    _upheld(case)
    restrict(case.actor(DECIDED), case.reference, Restriction(on=DECIDED, officers=("Sam Reed",), reason="A colleague"))
    case.register.reader = reader
    found = figures_of(case.register, reporting_year("2024/25"), date(2024, 9, 1)).ombudsman
    assert found.decided == {D.UPHELD: 1}
    (decided,) = found.decisions
    assert (decided.decision, decided.agreed) == (D.UPHELD, told)
    assert (decided.complaint == "restricted") == (told == "restricted")


def test_compliance_with_nothing_agreed_on_record_is_refused(case: Casework) -> None:
    case.ombudsman(DECIDED, received_on=ENQUIRY, decided_on=DECIDED, decision=D.UPHELD)
    with refused(case.register, "Nothing that was agreed with them is on record", field="record"):
        comply(case.actor(DECIDED), case.reference, Compliance(on=DECIDED))


def test_what_is_referred_back_and_was_never_considered_is_a_complaint_received_that_day(shropshire: Register) -> None:
    case = Casework(shropshire).log(customer_name="Ann Lee", contact="5 High St", points=(PointInput(team="North"),))
    case.withdraw(date(2024, 3, 8))
    sam = case.actor(date(2024, 5, 8))
    given = OmbudsmanStep(
        received_on=ENQUIRY, decided_on=date(2024, 5, 7), decision=D.REFERRED_BACK, summary="No visits", log_anew=True
    )
    before = everything(shropshire)
    assert rehearse(ombudsman, sam, case.reference, given).status is Status.CLOSED
    assert everything(shropshire) == before
    ombudsman(sam, case.reference, given)
    new = case.last_event().details["logged_anew"]
    page = case_page(shropshire, str(new), date(2024, 5, 8))
    assert (page.kind, page.status, page.received_on) == (Kind.COMPLAINT, Status.LOGGED, date(2024, 5, 7))
    assert (page.procedure, page.description, page.points[0].team) == ("statutory-adult", "No visits", "North")
    assert page.people[0].name == "Ann Lee"
    assert page.open_deadlines[0].due_on == date(2024, 5, 10)
    assert page.timeline[0].details["referred_back_from"] == case.reference
    assert len(everything(shropshire)["feedback_case"]) == 2


def test_only_what_is_referred_back_is_logged_anew(case: Casework) -> None:
    with refused(case.register, "Only what the Ombudsman referred back", field="log_anew"):
        case.ombudsman(DECIDED, received_on=ENQUIRY, decided_on=DECIDED, decision=D.PASSED_TO_PHSO, log_anew=True)
    assert case.page(RECEIVED).ombudsman == ()


def _draft(case: Casework, today: date, **given: Any) -> None:
    ombudsman_draft(case.actor(today), case.reference, OmbudsmanDraft(**given))


def _follow_ups(case: Casework) -> list[str]:
    sections = case_sections(case.page(date(2024, 6, 11)), date(2024, 6, 11))
    return [words for section in sections for line in section.lines for words, _ in line.words]


def test_comments_on_a_draft_decision_are_owed_by_the_date_that_their_letter_names(case: Casework) -> None:
    drafted, due, later = date(2024, 6, 10), date(2024, 6, 17), date(2024, 6, 24)
    case.ombudsman(ENQUIRY, received_on=ENQUIRY, responded_on=ENQUIRY)
    with refused(case.register, "before the draft came", field="draft_due_on"):
        _draft(case, drafted, draft_decision_on=drafted, draft_due_on=ENQUIRY)
    with one_event(case.register):
        _draft(case, drafted, draft_decision_on=drafted, draft_due_on=due)
    (owed,) = case.page(drafted).open_deadlines
    assert (owed.kind, owed.due_on, owed.what) == (K.OMBUDSMAN_REPLY, due, "comments on their draft decision")
    rows = [row for row in queue(case.register, due) if row.reference == case.reference]
    assert [(row.deadline, row.due_on) for row in rows] == [(K.OMBUDSMAN_REPLY, due)]
    _draft(case, drafted, draft_due_on=later)
    (owed,) = case.page(drafted).open_deadlines
    assert (owed.original_due_on, owed.due_on) == (due, later)
    told = [line.text for line in explained(case.page(drafted), owed, case.register.calendar, 80)]
    assert "comments on their draft decision" in told[1]
    undo(case.actor(drafted), case.reference)
    assert case.page(drafted).open_deadlines[0].due_on == due
    _draft(case, due, draft_answered_on=due)
    assert case.page(due).open_deadlines == ()
    replies = [row for row in case.page(due).deadlines if row.kind is K.OMBUDSMAN_REPLY]
    assert {row.state for row in replies} == {S.MET}
    assert case.page(due).ombudsman[0].due_on == date(2024, 5, 29), "the reply to the enquiry keeps its own date"


def test_a_decision_ends_comments_that_are_still_owed_and_without_a_date_none_are(case: Casework) -> None:
    case.ombudsman(ENQUIRY, received_on=ENQUIRY, responded_on=ENQUIRY)
    _draft(case, date(2024, 6, 10), draft_decision_on=date(2024, 6, 10))
    assert case.page().open_deadlines == ()
    said = "not on record: their letter with the draft names the day"
    assert said in _follow_ups(case)
    _draft(case, date(2024, 6, 10), draft_due_on=date(2024, 6, 17))
    assert said not in _follow_ups(case)
    case.ombudsman(DECIDED, decided_on=DECIDED, decision=D.NOT_UPHELD)
    assert case.page().open_deadlines == ()


def test_days_for_comments_that_the_profile_states_are_counted(shropshire: Register) -> None:
    lgsco = (resources.files("feedback_tui.profiles.common") / "ombudsmen.toml").read_text("utf-8")
    first = lgsco.split("\n[[ombudsman]]\n")[1]
    own = first.replace("[ombudsman.comments]\nnot_stated = true", "[ombudsman.comments]\ndays = 10")
    case = Casework(shropshire).log()
    use_profile(case.actor(ENQUIRY), f"{profile_text('shropshire')}\n[[ombudsman]]\n{own}")
    case.ombudsman(ENQUIRY, received_on=ENQUIRY, responded_on=ENQUIRY)
    _draft(case, date(2024, 6, 10), draft_decision_on=date(2024, 6, 10))
    due = [row.due_on for row in case.page().open_deadlines if row.what == "comments on their draft decision"]
    assert due == [date(2024, 6, 20)]


def _choose(case: Casework, key: str | None, reason: str = "A repair") -> None:
    choose_ombudsman(case.actor(ENQUIRY), case.reference, OmbudsmanChoice(ombudsman_key=key, reason=reason))


def test_another_ombudsman_is_chosen_for_a_case_and_its_letters_name_it(case: Casework) -> None:
    def letter() -> str:
        wanted = LetterTo(case.register.profile.letter("holding"))
        return write(case.page(ENQUIRY), case.register.profile, wanted, ENQUIRY).text

    assert "0300 061 0614" in letter()
    with one_event(case.register):
        _choose(case, "Housing Ombudsman")
    page = case.page(ENQUIRY)
    assert (page.ombudsman_key, page.ombudsman_name) == ("housing-ombudsman", "Housing Ombudsman")
    assert case.last_event().details == {"from": "lgsco", "to": "housing-ombudsman"}
    assert "0300 111 3000" in letter()
    assert "from the date of our final response" in letter()
    assert "0300 061 0614" not in letter()
    with refused(case.register, "of this case already", field="ombudsman_key"):
        _choose(case, "housing-ombudsman")
    with refused(case.register, "use lgsco, housing-ombudsman, phso", field="ombudsman_key"):
        _choose(case, "nobody")
    with refused(case.register, "Give the reason", field="reason"):
        _choose(case, "phso", "")
    undo(case.actor(ENQUIRY), case.reference)
    assert case.page(ENQUIRY).ombudsman_key is None
    _choose(case, "phso")
    _choose(case, "lgsco")
    assert case.page(ENQUIRY).ombudsman_key is None, "the usual one"


def test_the_days_of_the_council_are_not_another_ombudsmans(case: Casework) -> None:
    _choose(case, "housing-ombudsman")
    with refused(case.register, "Give the date that their letter states", field="due_on"):
        case.ombudsman(ENQUIRY, received_on=ENQUIRY)
    case.ombudsman(ENQUIRY, received_on=ENQUIRY, due_on=date(2024, 5, 20))
    assert case.deadline(K.OMBUDSMAN_REPLY).due_on == date(2024, 5, 20)


def test_a_decision_in_their_words_is_recorded_as_what_it_counts_as(case: Casework) -> None:
    _choose(case, "housing-ombudsman")
    case.ombudsman(ENQUIRY, received_on=ENQUIRY, due_on=date(2024, 5, 20))
    for given, said in (
        ({"their_decision": "fault"}, "use severe maladministration, maladministration"),
        ({"their_decision": "mediation", "decision": D.UPHELD}, "recorded as discontinued"),
    ):
        with refused(case.register, said, field="their_decision"):
            case.ombudsman(DECIDED, decided_on=DECIDED, **given)
    case.ombudsman(DECIDED, decided_on=DECIDED, their_decision="Severe maladministration")
    (record,) = case.page().ombudsman
    assert (record.decision, record.their_decision) == (D.UPHELD, "severe maladministration")
    found = figures_of(case.register, reporting_year("2024/25"), DECIDED).ombudsman
    assert dict(found.decided) == {"upheld": 1}
    case.ombudsman(DECIDED, decided_on=DECIDED, decision=D.NOT_UPHELD)
    assert case.page().ombudsman[0].their_decision is None
