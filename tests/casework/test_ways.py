"""What a case is, and the ways out of it before it is investigated; corrections with before and after on record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback_tui.casework.close import void
from feedback_tui.casework.correct import change_points, correct, joint_handling
from feedback_tui.casework.early_closure import change_kind, decline, join, pass_on, settle_on_the_spot
from feedback_tui.casework.restrict import attach
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case.letter_fields import LetterTo, write
from feedback_tui.desk.case.warnings import beside, warnings
from feedback_tui.enums import ClosingReason, DeadlineKind, DeadlineState, Kind, NotAccepted, Outcome, Status
from feedback_tui.models.inputs.early_closure import (
    CaseCorrection,
    Declining,
    Document,
    Joining,
    JointHandling,
    KindChange,
    PassingOn,
    PointChange,
    Settlement,
)
from feedback_tui.models.inputs.stages import LearningInput, PointInput, Reason
from feedback_tui.storage.register import Register
from tests.casework.cases import ACKNOWLEDGE_BY, AIM, SIX_MONTHS, Casework, refused

D, K, S = date, DeadlineKind, DeadlineState
NOW = D(2024, 3, 20)


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A complaint by telephone, of two points."""
    points = (PointInput(team="North", text="Late"), PointInput(team="South", text="Rude"))
    return Casework(shropshire).log(
        customer_name="Ann Lee", channel="telephone", description="Late, and rude", points=points
    )


def turn(case: Casework, kind: Kind, **more: Any) -> object:
    given = {"on": NOW, "kind": kind, "reason": "So it is", **more}
    return change_kind(case.actor(NOW), case.reference, KindChange.model_validate(given))


def put_right(case: Casework, **given: Any) -> object:
    return correct(case.actor(NOW), case.reference, CaseCorrection.model_validate({"reason": "Read again", **given}))


def point(case: Casework, position: int | None = None, *, remove: bool = False, **about: Any) -> object:
    given = PointChange(on=NOW, position=position, remove=remove, point=PointInput.model_validate(about))
    return change_points(case.actor(NOW), case.reference, given)


def jointly(case: Casework, *bodies: str, **more: Any) -> object:
    given = {"on": NOW, "bodies": bodies, **more}
    return joint_handling(case.actor(NOW), case.reference, JointHandling.model_validate(given))


def joined(case: Casework, other: str) -> object:
    return join(case.actor(NOW), case.reference, Joining(on=NOW, other=other, reason="The same visit"))


def test_an_enquiry_becomes_a_complaint_with_its_original_date(shropshire: Register) -> None:
    case = Casework(shropshire).log(kind=Kind.ENQUIRY, procedure=None)
    case.acknowledge(D(2024, 3, 11))
    turn(case, Kind.COMPLAINT, procedure="statutory-adult")
    assert case.dates() == {
        K.ACKNOWLEDGEMENT: (S.MISSED, ACKNOWLEDGE_BY, ACKNOWLEDGE_BY),
        K.STAGE_1_TARGET: (S.OPEN, AIM, AIM),
        K.STAGE_1_LIMIT: (S.OPEN, D(2024, 6, 7), D(2024, 6, 7)),
        K.STATUTORY_LIMIT: (S.OPEN, SIX_MONTHS, SIX_MONTHS),
    }
    assert case.last_event().details == {"from": "enquiry", "to": "complaint", "procedure": "statutory-adult"}


def test_a_complaint_that_was_none_and_is_one_again_has_its_dates_again(case: Casework) -> None:
    before = case.dates()
    turn(case, Kind.COMMENT)
    assert (case.page().open_deadlines, case.page().procedure) == ((), None)
    turn(case, Kind.COMPLAINT, procedure="statutory-adult")
    assert case.dates() == before


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        (Kind.COMPLAINT, {}, "of the kind complaint already"),
        (Kind.CONCERN, {"reason": ""}, "Give the reason"),
        (Kind.CONCERN, {"procedure": "corporate"}, "Only a complaint has a procedure"),
        (Kind.CONCERN, {"on": D(2024, 3, 1)}, "before the receipt"),
    ],
)
def test_what_is_no_other_kind(case: Casework, kind: Kind, given: dict[str, Any], words: str) -> None:
    with refused(case.register, words):
        turn(case, kind, **given)


def test_a_late_complaint_is_turned_into_one_with_the_reason(shropshire: Register) -> None:
    case = Casework(shropshire).log(kind=Kind.COMMENT, procedure=None)
    with refused(shropshire, "more than 12 months", field="late_reason"):
        turn(case, Kind.COMPLAINT, happened_on=D(2022, 1, 3))
    turn(case, Kind.COMPLAINT, happened_on=D(2022, 1, 3), late_reason="In hospital")
    assert case.page().happened_on == D(2022, 1, 3)


def test_what_is_investigated_stays_of_its_kind(case: Casework) -> None:
    case.investigate(D(2024, 3, 5))
    with refused(case.register, "what is being investigated, was answered or closed stays of its kind"):
        turn(case, Kind.CONCERN)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"oral": False}, "oral"), ({"satisfied": False}, "satisfied"), ({"on": D(2024, 3, 6)}, "on")],
)
def test_not_both_conditions_and_it_stays_a_complaint(case: Casework, given: dict[str, Any], field: str) -> None:
    settlement = Settlement.model_validate({"on": D(2024, 3, 5), "oral": True, "satisfied": True, **given})
    with refused(case.register, "it stays a complaint (reg 8)", field=field):
        settle_on_the_spot(case.actor(NOW), case.reference, settlement)


def test_what_came_in_writing_is_not_settled_on_the_spot(shropshire: Register) -> None:
    case = Casework(shropshire).log(channel="Letter")
    with refused(shropshire, "It came in writing (Letter)"):
        settle_on_the_spot(case.actor(NOW), case.reference, Settlement(on=D(2024, 3, 5), oral=True, satisfied=True))


def test_a_settled_concern_that_comes_back_is_a_complaint_of_its_original_date(case: Casework) -> None:
    before = case.dates()
    settle_on_the_spot(case.actor(NOW), case.reference, Settlement(on=D(2024, 3, 5), oral=True, satisfied=True))
    case.reopen(D(2024, 3, 6))
    turn(case, Kind.COMPLAINT, procedure="statutory-adult")
    assert case.dates() == before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": ""}, "words"),
        ({"told_on": None}, "told_on"),
        ({"why": NotAccepted.NO_AUTHORITY}, "ombudsman_told"),
        ({"why": NotAccepted.OUT_OF_TIME, "ombudsman_told": True}, "why"),
        ({"told_on": D(2024, 3, 1)}, "told_on"),
    ],
)
def test_a_refusal_is_whole_or_it_is_none(case: Casework, given: dict[str, Any], field: str) -> None:
    whole = {"on": NOW, "why": NotAccepted.EMPLOYMENT, "words": "Theirs is about pay", "told_on": NOW, **given}
    with refused(case.register, field=field):
        decline(case.actor(NOW), case.reference, Declining.model_validate(whole))


def test_a_complaint_declined_without_authority_can_be_reopened(case: Casework) -> None:
    given = Declining(on=NOW, why=NotAccepted.NO_AUTHORITY, words="No form came", told_on=NOW, ombudsman_told=True)
    decline(case.actor(NOW), case.reference, given)
    assert case.page().closing_reason is ClosingReason.NO_AUTHORITY
    case.reopen(NOW)
    assert (case.page().not_accepted, case.page().status) == (None, Status.LOGGED)


def test_to_whom_a_complaint_was_passed_on_is_shown(case: Casework) -> None:
    given = PassingOn(on=NOW, transferred=True, to="County Hospital", told_on=NOW)
    pass_on(case.actor(NOW), case.reference, given)
    assert beside(case.page()) == [("Passed on to", "County Hospital")]
    with refused(case.register, "decided before the investigation (it is closed)"):
        pass_on(case.actor(NOW), case.reference, given)


def test_duplicates_hang_together_both_ways(case: Casework) -> None:
    twin, third = (Casework(case.register).log(reference=name) for name in ("TWIN", "THIRD"))
    joined(twin, case.reference)
    assert beside(case.page()) == [("Duplicates", "TWIN")]
    assert beside(twin.page()) == [("Goes on as", case.reference)]
    with refused(case.register, "is a duplicate itself"):
        joined(third, "TWIN")
    with refused(case.register, "that one is what goes on"):
        joined(case, "THIRD")
    with refused(case.register, "TWIN was joined to it"):
        void(case.actor(NOW), case.reference, Reason(on=NOW, reason="Twice"))
    undo(twin.actor(NOW), "TWIN")
    assert beside(case.page()) == []


def test_a_correction_has_before_and_after_and_the_queue_follows(case: Casework) -> None:
    put_right(case, description="Late, and kind", channel="letter")
    event = case.last_event()
    assert event.details == {"what": ["description", "channel", "summary"]}
    assert {(each.name, each.before, each.after) for each in event.changed} == {
        ("description", "Late, and rude", "Late, and kind"),
        ("summary", "Late, and rude", "Late, and kind"),
        ("channel", "telephone", "letter"),
    }
    undo(case.actor(NOW), case.reference)
    assert (case.page().description, case.page().channel) == ("Late, and rude", "telephone")


def test_a_day_that_is_not_known_after_all_is_emptied(case: Casework) -> None:
    put_right(case, happened_on=D(2024, 2, 1), safeguarding_on=D(2024, 3, 5))
    put_right(case, not_known=("happened_on",))
    assert (case.page().happened_on, case.page().safeguarding_on) == (None, D(2024, 3, 5))
    with refused(case.register, "Nothing is different"):
        put_right(case, not_known=("happened_on",))
    undo(case.actor(NOW), case.reference)
    assert case.page().happened_on == D(2024, 2, 1)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"safeguarding_on": D(2024, 3, 5), "not_known": ("safeguarding_on",)}, "not both"),
        ({"channel": "telephone"}, "Nothing is different"),
        ({"channel": "letter", "reason": ""}, "Give the reason"),
        ({"description": ""}, "Leave what they said"),
        ({"happened_on": D(2024, 3, 5)}, "after the receipt"),
        ({"happened_on": D(2022, 3, 5)}, "more than 12 months"),
        ({"safeguarding_on": D(2024, 3, 21)}, "is after today"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(case: Casework, given: dict[str, Any], words: str) -> None:
    with refused(case.register, words):
        put_right(case, **given)


def test_points_come_change_and_go_and_findings_stay(case: Casework) -> None:
    point(case, text="The bill", category="Finance")
    point(case, 2, team="East", text="Rude")
    point(case, 1, remove=True)
    assert [(each.position, each.team, each.text) for each in case.page().points] == [
        (1, "East", "Rude"),
        (2, None, "The bill"),
    ]
    case.respond(NOW, Outcome.UPHELD, Outcome.NOT_UPHELD, learning=(LearningInput(text="Ring first"),))
    point(case, 1, team="West", text="Rude")
    assert [(each.team, each.finding) for each in case.page().points] == [
        ("West", Outcome.UPHELD),
        (None, Outcome.NOT_UPHELD),
    ]
    with refused(case.register, "a new matter is a new case"):
        point(case, text="More")
    with refused(case.register, "has a finding (upheld)"):
        point(case, 1, remove=True)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Say what the point is about"),
        ({"position": 3, "team": "A"}, "has no point 3: it has 2"),
        ({"position": 1, "team": "North", "text": "Late"}, "Nothing is different"),
        ({"remove": True}, "Say which point"),
    ],
)
def test_what_is_no_change_of_a_point(case: Casework, given: dict[str, Any], words: str) -> None:
    with refused(case.register, words):
        point(case, **given)


def test_joint_handling_and_no_sharing_before_consent(case: Casework) -> None:
    jointly(case, "County Hospital", lead="county hospital", signatory="The chief executive")
    assert beside(case.page()) == [("Joint with", "County Hospital; county hospital leads; The chief executive signs")]
    assert "Nothing is to be shared" in warnings(case.page())[0]
    jointly(case, "County Hospital", consent_on=NOW)
    assert warnings(case.page()) == []
    jointly(case)
    assert beside(case.page()) == []


def test_a_commissioned_provider_is_no_joint_body(case: Casework) -> None:
    point(case, 1, provider="Abbey Care", team="North", text="Late")
    with refused(case.register, "the council answers for it (reg 6(1A))", field="bodies"):
        jointly(case, "abbey care")
    with refused(case.register, "One of them leads", field="lead"):
        jointly(case, "County Hospital", lead="Someone else")
    with refused(case.register, "Name the other body", field="bodies"):
        jointly(case)


def test_a_document_is_noted_by_its_place(case: Casework) -> None:
    given = Document(on=NOW, what="The letter", place="DMS 4711")
    attach(case.actor(NOW), case.reference, given)
    assert beside(case.page()) == [("Document", "The letter: DMS 4711, noted 20 Mar 2024")]
    with refused(case.register, "noted already", field="place"):
        attach(case.actor(NOW), case.reference, given)
    with refused(case.register, "Say where it stands", field="place"):
        attach(case.actor(NOW), case.reference, Document(on=NOW, what="The letter"))


def _declining(why: NotAccepted, **more: Any) -> Declining:
    return Declining.model_validate({"on": NOW, "why": why, "words": "In writing", "told_on": NOW, **more})


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (NotAccepted.OTHER_PROCESS, "Put the case on hold for that process (hold)"),
        (NotAccepted.NOT_OURS, "it counts as made to that body (reg 6(5) and (6))"),
        (NotAccepted.PROCEEDINGS, "Put the case on hold for that process (hold)"),
    ],
)
def test_under_the_2009_regulations_no_other_ground_is_taken(case: Casework, why: NotAccepted, words: str) -> None:
    with refused(case.register, f"Under the 2009 Regulations “{why}” is no ground to refuse. ", words, field="why"):
        decline(case.actor(NOW), case.reference, _declining(why, ombudsman_told=True))


@pytest.mark.parametrize("why", [NotAccepted.RESPONSIBLE_BODY, NotAccepted.SAME_AS_SETTLED])
def test_the_grounds_of_regulation_8_are_all_there(case: Casework, why: NotAccepted) -> None:
    decline(case.actor(NOW), case.reference, _declining(why))
    assert case.page().not_accepted is why


def test_under_the_code_every_refusal_says_where_they_may_go(shropshire: Register) -> None:
    on = D(2026, 4, 20)
    case = Casework(shropshire).log(D(2026, 4, 7), "corporate")
    given = _declining(NotAccepted.NOT_OURS, on=on, told_on=on)
    with refused(shropshire, "may go to the Ombudsman", field="ombudsman_told"):
        decline(case.actor(on), case.reference, given)
    decline(case.actor(on), case.reference, given.model_copy(update={"ombudsman_told": True}))
    page = case.page()
    assert (page.not_accepted, page.closing_reason) == (NotAccepted.NOT_OURS, ClosingReason.NOT_ACCEPTED)
    letter = write(page, shropshire.profile, LetterTo(shropshire.profile.letter("not-accepted")), on).text
    assert "The reason is: In writing" in letter
    assert shropshire.profile.ombudsman("lgsco").in_a_letter in letter


def test_the_code_knows_none_of_regulation_8(shropshire: Register) -> None:
    on = D(2026, 4, 20)
    case = Casework(shropshire).log(D(2026, 4, 7), "corporate")
    given = _declining(NotAccepted.RESPONSIBLE_BODY, on=on, told_on=on, ombudsman_told=True)
    with refused(shropshire, "Under the Ombudsman’s Complaint Handling Code “by a responsible body” is no ground"):
        decline(case.actor(on), case.reference, given)


def test_while_the_procedure_is_not_settled_a_ground_of_some_laws_alone_waits_for_it(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure=None)
    with refused(shropshire, "settle the procedure first", field="why"):
        decline(case.actor(NOW), case.reference, _declining(NotAccepted.NOT_OURS, ombudsman_told=True))
    decline(case.actor(NOW), case.reference, _declining(NotAccepted.EMPLOYMENT, ombudsman_told=True))


@pytest.mark.parametrize(
    ("procedure", "cited"), [("statutory-adult", "(reg 12)"), ("corporate", "received: "), (None, "received: ")]
)
def test_the_twelve_months_are_cited_for_the_law_that_has_them(
    shropshire: Register, procedure: str | None, cited: str
) -> None:
    with refused(shropshire, "more than 12 months before it was received", cited, field="late_reason"):
        Casework(shropshire).log(procedure=procedure, happened_on=D(2022, 1, 3))


def test_a_provider_is_no_joint_body_and_regulation_6_is_cited_for_social_care_alone(shropshire: Register) -> None:
    case = Casework(shropshire).log(D(2026, 4, 7), "corporate", points=(PointInput(provider="Abbey Care"),))
    with refused(shropshire, "the council answers for it. Name it", field="bodies"):
        joint_handling(
            case.actor(D(2026, 4, 8)), case.reference, JointHandling(on=D(2026, 4, 8), bodies=("Abbey Care",))
        )


def test_only_a_complaint_is_declined(shropshire: Register) -> None:
    enquiry = Casework(shropshire).log(kind=Kind.ENQUIRY, procedure=None)
    with refused(shropshire, "it is an enquiry, and that is for a complaint"):
        decline(enquiry.actor(NOW), enquiry.reference, _declining(NotAccepted.EMPLOYMENT))
