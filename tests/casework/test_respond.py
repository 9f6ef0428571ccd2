"""The response: its findings, what is frozen with it, what it meets, and what follows from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from feedback_tui.casework.respond import respond
from feedback_tui.enums import DeadlineKind, DeadlineState, Kind, LearningSaid, Outcome, Status, StepKey
from feedback_tui.models.inputs.stages import ActionInput, LearningInput, PointInput, RemedyInput, Response
from feedback_tui.storage.register import Register
from tests.casework.cases import AIM, LIMIT, RECEIVED, SIX_MONTHS, Casework, one_event, refused
from tests.conftest import actor_on

K, S = DeadlineKind, DeadlineState
UPHELD, PARTLY, NOT, NO_FINDING = Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD, Outcome.NO_FINDING
SENT = date(2024, 4, 8)


def investigated(register: Register, points: int = 1, **logged: Any) -> Casework:
    """A statutory complaint under investigation, with so many points."""
    case = Casework(register).log(points=tuple(PointInput(team=f"Team {n}") for n in range(points)), **logged)
    case.acknowledge(date(2024, 3, 5))
    case.investigate(date(2024, 3, 6), draft_due_on=date(2024, 3, 27))
    return case


def test_a_response_in_time_meets_everything_that_was_owed(shropshire: Register) -> None:
    case = investigated(shropshire, channel="letter")
    with one_event(shropshire):
        done = case.respond(SENT, UPHELD, signed_by="Director Jo Day", channel="email")
    assert (done.status, done.deadlines) == (Status.RESPONSE_SENT, ())
    page = case.page()
    stage = page.stages[0]
    assert (stage.responded_on, stage.response_channel, stage.signed_by) == (SENT, "email", "Director Jo Day")
    assert (stage.outcome, stage.working_days_taken) == (UPHELD, 23)
    assert page.points[0].finding is UPHELD
    assert page.learning_said is LearningSaid.AWAITED
    met = {row.kind: (row.state, row.met_on) for row in page.deadlines}
    assert met == {
        K.ACKNOWLEDGEMENT: (S.MET, date(2024, 3, 5)),
        K.DRAFT: (S.MISSED, SENT),
        K.STAGE_1_TARGET: (S.MET, SENT),
        K.STAGE_1_LIMIT: (S.MET, SENT),
        K.STATUTORY_LIMIT: (S.MET, SENT),
    }
    event = case.last_event()
    assert (event.step, event.from_status, event.to_status) == (
        StepKey.RESPOND,
        Status.INVESTIGATING,
        Status.RESPONSE_SENT,
    )
    assert event.details == {
        "outcome": "upheld",
        "channel": "email",
        "working_days": 23,
        "signed_by": "Director Jo Day",
    }


@pytest.mark.parametrize(
    ("sent", "aim", "limit", "six_months", "taken"),
    [
        (RECEIVED, S.MET, S.MET, S.MET, 0),
        (AIM, S.MET, S.MET, S.MET, 25),
        (date(2024, 4, 11), S.MISSED, S.MET, S.MET, 26),
        (LIMIT, S.MISSED, S.MET, S.MET, 65),
        (date(2024, 6, 10), S.MISSED, S.MISSED, S.MET, 66),
        (SIX_MONTHS, S.MISSED, S.MISSED, S.MET, 126),
        (date(2024, 9, 4), S.MISSED, S.MISSED, S.MISSED, 127),
    ],
)
def test_in_time_is_judged_by_the_day_it_was_sent(
    shropshire: Register, sent: date, aim: DeadlineState, limit: DeadlineState, six_months: DeadlineState, taken: int
) -> None:
    case = Casework(shropshire).log()
    case.respond(sent, NOT)
    dates = case.dates()
    assert (dates[K.STAGE_1_TARGET][0], dates[K.STAGE_1_LIMIT][0], dates[K.STATUTORY_LIMIT][0]) == (
        aim,
        limit,
        six_months,
    )
    assert case.page().stages[0].working_days_taken == taken


def test_within_an_extension_it_is_met_and_the_original_date_stays(shropshire: Register) -> None:
    case = investigated(shropshire)
    case.extend(SENT, date(2024, 4, 24))
    case.respond(date(2024, 4, 24), PARTLY)
    assert case.dates()[K.STAGE_1_TARGET] == (S.MET, AIM, date(2024, 4, 24))


def test_a_response_without_an_acknowledgement_stands_for_it(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.respond(date(2024, 3, 7), UPHELD)
    acknowledgement = case.deadline(K.ACKNOWLEDGEMENT)
    assert (acknowledgement.state, acknowledgement.met_on) == (S.MET, date(2024, 3, 7))
    assert case.page().acknowledged_on is None
    late = Casework(shropshire).log()
    late.respond(date(2024, 3, 8), UPHELD)
    assert late.deadline(K.ACKNOWLEDGEMENT).state is S.MISSED


def test_a_promised_update_is_met_by_the_response(shropshire: Register) -> None:
    case = investigated(shropshire)
    case.extend(SENT, date(2024, 4, 24), next_update_on=date(2024, 4, 15))
    case.respond(date(2024, 4, 16), UPHELD)
    assert case.deadline(K.NEXT_UPDATE).state is S.MISSED


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ((UPHELD, UPHELD, UPHELD), UPHELD),
        ((UPHELD, NOT, UPHELD), PARTLY),
        ((NOT, NOT, NOT), NOT),
        ((NOT, NO_FINDING, NOT), NOT),
        ((UPHELD, NO_FINDING, NO_FINDING), UPHELD),
        ((NO_FINDING, NO_FINDING, NO_FINDING), NO_FINDING),
        ((PARTLY,), PARTLY),
    ],
)
def test_the_outcome_follows_from_the_findings(
    shropshire: Register, findings: tuple[Outcome, ...], outcome: Outcome
) -> None:
    case = investigated(shropshire, points=3)
    case.respond(SENT, *findings)
    assert case.page().stages[0].outcome is outcome
    assert [point.finding for point in case.page().points] == list(findings * (3 // len(findings)))


def test_the_outcome_alone_is_the_finding_where_there_is_one_point(shropshire: Register) -> None:
    case = investigated(shropshire)
    case.respond(SENT, outcome=PARTLY)
    assert case.page().points[0].finding is PARTLY


def test_the_officer_may_override_the_outcome_with_a_reason(shropshire: Register) -> None:
    case = investigated(shropshire, points=2)
    with refused(shropshire, "The findings give “partly upheld”", "“upheld”", field="outcome_reason"):
        case.respond(SENT, UPHELD, NOT, outcome=UPHELD)
    case.respond(SENT, UPHELD, NOT, outcome=UPHELD, outcome_reason="The second point was minor")
    stage = case.page().stages[0]
    assert (stage.outcome, stage.outcome_reason) == (UPHELD, "The second point was minor")
    assert case.last_event().words == "The second point was minor"


def test_informally_resolved_needs_no_finding(wigan: Register) -> None:
    case = Casework(wigan).log(procedure="informal")
    case.respond(date(2024, 3, 6), outcome=Outcome.RESOLVED_INFORMALLY)
    assert case.page().stages[0].outcome is Outcome.RESOLVED_INFORMALLY
    assert case.page().points[0].finding is None


class TestWhatFollows:
    """Learning, actions and redress."""

    def test_it_is_on_record_and_owed(self, shropshire: Register) -> None:
        case = investigated(shropshire)
        done = case.respond(
            SENT,
            UPHELD,
            learning=(LearningInput(area="communication", text="Say it early"), LearningInput(area="finance")),
            actions=(
                ActionInput(text="Brief the team", owner="Lee", due_on=date(2024, 5, 1)),
                ActionInput(text="Check the file", due_on=date(2024, 5, 3)),
                ActionInput(text="Think about it"),
            ),
            remedies=(
                RemedyInput(kind="apology"),
                RemedyInput(kind="payment", amount=Decimal("250.50"), due_on=date(2024, 4, 30)),
            ),
        )
        assert [(line.kind, line.due_on) for line in done.deadlines] == [
            (K.REMEDY, date(2024, 4, 30)),
            (K.ACTION, date(2024, 5, 1)),
            (K.ACTION, date(2024, 5, 3)),
        ]
        page = case.page()
        assert page.learning_said is LearningSaid.RECORDED
        assert [(learned.position, learned.area, learned.text) for learned in page.learning] == [
            (1, "communication", "Say it early"),
            (2, "finance", ""),
        ]
        assert [(action.position, action.owner, action.due_on, action.done_on) for action in page.actions] == [
            (1, "Lee", date(2024, 5, 1), None),
            (2, None, date(2024, 5, 3), None),
            (3, None, None, None),
        ]
        assert [(remedy.kind, remedy.amount_pence) for remedy in page.remedies] == [
            ("apology", None),
            ("payment", 25050),
        ]
        owed = [(row.what, row.state, row.counted_from) for row in page.deadlines if row.kind in (K.ACTION, K.REMEDY)]
        assert sorted(owed) == [
            ("Brief the team", S.OPEN, SENT),
            ("Check the file", S.OPEN, SENT),
            ("payment", S.OPEN, SENT),
        ]

    def test_no_learning_is_said_and_not_left_out(self, shropshire: Register) -> None:
        case = investigated(shropshire)
        case.respond(SENT, NOT, learning_said=LearningSaid.NONE)
        assert case.page().learning_said is LearningSaid.NONE

    @pytest.mark.parametrize(
        ("given", "said", "field"),
        [
            (
                {"learning_said": LearningSaid.NONE, "learning": (LearningInput(text="x"),)},
                "not “none”",
                "learning_said",
            ),
            ({"learning_said": LearningSaid.RECORDED}, "No learning is given", "learning_said"),
            ({"learning": (LearningInput(),)}, "Say what was learned", "learning"),
            ({"actions": (ActionInput(text=" ", owner="Lee"),)}, "Say what will be done", "actions"),
            ({"actions": (ActionInput(text="x", due_on=date(3024, 4, 9)),)}, "is the year right", "actions"),
            ({"remedies": (RemedyInput(kind="Payment"),)}, "A payment needs its amount", "remedies"),
            ({"remedies": (RemedyInput(kind="payment", amount=Decimal(0)),)}, "needs its amount", "remedies"),
            ({"remedies": (RemedyInput(amount=Decimal(5)),)}, "Say what the redress is", "remedies"),
        ],
    )
    def test_a_response_that_contradicts_itself_is_refused_at_its_field(
        self, shropshire: Register, given: dict[str, Any], said: str, field: str
    ) -> None:
        case = investigated(shropshire)
        with refused(shropshire, said, field=field):
            case.respond(SENT, UPHELD, **given)


@pytest.mark.parametrize("kind", [Kind.ENQUIRY, Kind.COMMENT, Kind.CONCERN])
def test_an_enquiry_or_comment_is_answered_without_a_finding(shropshire: Register, kind: Kind) -> None:
    case = Casework(shropshire).log(procedure=None, kind=kind)
    case.acknowledge(RECEIVED, promised_on=date(2024, 3, 11))
    with refused(shropshire, f"this is of the kind {kind}", field="findings"):
        case.respond(date(2024, 3, 12), UPHELD)
    assert case.respond(date(2024, 3, 12)).status is Status.RESPONSE_SENT
    page = case.page()
    assert (page.stages[0].outcome, page.stages[0].working_days_taken, page.learning_said) == (None, 6, None)
    assert case.deadline(K.RESPONSE_PROMISED).state is S.MISSED
    assert case.close(date(2024, 3, 12)).status is Status.CLOSED


class TestRefused:
    """What a response cannot be."""

    def test_a_point_without_a_finding(self, shropshire: Register) -> None:
        case = investigated(shropshire, points=3)
        with refused(shropshire, "Give a finding for complaint point 2, 3: upheld", field="findings"):
            respond(actor_on(shropshire, SENT), case.reference, Response(on=SENT, findings=(UPHELD, None, None)))
        with refused(shropshire, "There are 4 findings for 3 points", field="findings"):
            case.respond(SENT, UPHELD, UPHELD, UPHELD, UPHELD)
        with refused(shropshire, "A finding is one of: upheld, partly upheld", field="findings"):
            case.respond(SENT, UPHELD, Outcome.WITHDRAWN, UPHELD)
        with refused(shropshire, "Give a finding for complaint point 1, 2, 3", field="findings"):
            case.respond(SENT, outcome=UPHELD)

    def test_a_complaint_whose_procedure_is_not_settled(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(procedure=None)
        with refused(shropshire, "Settle the procedure first", field="procedure"):
            case.respond(SENT, UPHELD)

    def test_dates_out_of_order(self, shropshire: Register) -> None:
        case = investigated(shropshire)
        for on, said in [
            (date(2024, 3, 5), "before the start of the investigation (Wed 6 March 2024)"),
            (date(2024, 4, 9), "after today"),
        ]:
            with refused(shropshire, said, field="on"):
                respond(actor_on(shropshire, SENT), case.reference, Response(on=on, findings=(UPHELD,)))
        acknowledged = Casework(shropshire).log()
        acknowledged.acknowledge(date(2024, 3, 7))
        with refused(shropshire, "before the acknowledgement (Thu 7 March 2024)", field="on"):
            respond(actor_on(shropshire, SENT), acknowledged.reference, Response(on=RECEIVED, findings=(UPHELD,)))

    def test_twice_or_after_the_end(self, shropshire: Register) -> None:
        case = investigated(shropshire)
        case.respond(SENT, UPHELD)
        with refused(shropshire, "its response was sent", "Possible now: Ombudsman, Close"):
            case.respond(SENT, UPHELD)
        case.close(SENT)
        with refused(shropshire, "it is closed", "Reopen"):
            case.respond(SENT, UPHELD)

    def test_a_compliment_is_not_answered(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(procedure=None, kind=Kind.COMPLIMENT)
        with refused(shropshire, "it is a compliment"):
            case.respond(SENT)
