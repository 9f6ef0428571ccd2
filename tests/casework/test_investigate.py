"""Starting an investigation: who, under which procedure, and what that does to the dates."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.investigate import investigate
from feedback_tui.enums import DeadlineKind, DeadlineState, Kind, Outcome, Status, StepKey
from feedback_tui.models.inputs.stages import InvestigationStart, PointInput
from feedback_tui.storage.register import Register
from tests.casework.cases import AIM, LIMIT, RECEIVED, SIX_MONTHS, Casework, one_event, refused
from tests.conftest import actor_on

K, S = DeadlineKind, DeadlineState
STARTED = date(2024, 3, 6)


def test_it_is_handed_to_an_investigator_with_a_date_for_the_draft(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.acknowledge(date(2024, 3, 5))
    with one_event(shropshire):
        done = case.investigate(STARTED, draft_due_on=date(2024, 3, 27))
    assert done.status is Status.INVESTIGATING
    page = case.page()
    stage = page.stages[0]
    assert (stage.investigation_started_on, stage.investigator, stage.officer) == (STARTED, "Pat Lowe", "Sam Reed")
    draft = case.deadline(K.DRAFT)
    assert (draft.state, draft.due_on, draft.stage_number, draft.fixed_by_hand) == (S.OPEN, date(2024, 3, 27), 1, True)
    event = case.last_event()
    assert (event.step, event.from_status, event.to_status) == (
        StepKey.INVESTIGATE,
        Status.ACKNOWLEDGED,
        Status.INVESTIGATING,
    )
    assert event.details == {"investigator": "Pat Lowe", "procedure": "statutory-adult"}


def test_before_the_acknowledgement_that_is_still_owed(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.investigate(STARTED)
    assert case.deadline(K.ACKNOWLEDGEMENT).state is S.OPEN
    assert case.page().status is Status.INVESTIGATING


def test_settling_the_procedure_counts_from_the_original_receipt(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure=None)
    case.acknowledge(date(2024, 3, 5))
    case.investigate(STARTED, procedure="statutory-adult")
    assert case.dates() == {
        K.ACKNOWLEDGEMENT: (S.MET, date(2024, 3, 7), date(2024, 3, 7)),
        K.STAGE_1_TARGET: (S.OPEN, AIM, AIM),
        K.STAGE_1_LIMIT: (S.OPEN, LIMIT, LIMIT),
        K.STATUTORY_LIMIT: (S.OPEN, SIX_MONTHS, SIX_MONTHS),
    }
    assert case.page().stages[0].procedure == "statutory-adult"


def test_an_open_acknowledgement_takes_the_source_of_the_procedure(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure=None)
    assert "not settled" in case.deadline(K.ACKNOWLEDGEMENT).source
    case.investigate(STARTED, procedure="statutory-adult")
    assert "Report 2022/23" in case.deadline(K.ACKNOWLEDGEMENT).source


def test_another_procedure_leaves_the_old_deadlines_on_record(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.investigate(STARTED, procedure="corporate")
    rows = [(row.kind, row.state, row.original_due_on, row.count) for row in case.page().deadlines]
    assert sorted(rows) == [
        (K.ACKNOWLEDGEMENT, S.OPEN, date(2024, 3, 7), 3),
        (K.STAGE_1_LIMIT, S.OPEN, date(2024, 4, 17), 30),
        (K.STAGE_1_LIMIT, S.SUPERSEDED, LIMIT, 65),
        (K.STAGE_1_TARGET, S.SUPERSEDED, AIM, 25),
        (K.STATUTORY_LIMIT, S.OPEN, SIX_MONTHS, 6),  # no procedure ends the six months (reg 14)
    ]


def test_a_case_keeps_the_version_that_it_began_under(shropshire: Register) -> None:
    case = Casework(shropshire).log(date(2026, 3, 31), "corporate")
    assert case.page().procedure_version == "1"
    case.investigate(date(2026, 4, 2), procedure="corporate")
    assert case.page().procedure_version == "1"
    assert Casework(shropshire).log(date(2026, 4, 1), "corporate").page().procedure_version == "2"


def test_its_points_may_be_put_in_order(shropshire: Register) -> None:
    case = Casework(shropshire).log(points=(PointInput(team="Enable"),))
    case.investigate(STARTED, points=(PointInput(team="Safeguarding", text="No plan"), PointInput(team="Enable")))
    assert [(point.position, point.team) for point in case.page().points] == [(1, "Safeguarding"), (2, "Enable")]


class TestRefused:
    """What an investigation cannot start with."""

    def test_without_an_investigator_or_a_procedure(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(procedure=None)
        with refused(shropshire, "Name the investigating officer.", "Settle the procedure first: statutory-adult"):
            case.investigate(STARTED, investigator=" ")

    def test_dates_out_of_order(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        sam = actor_on(shropshire, STARTED)
        for start, said, field in [
            (InvestigationStart(on=date(2024, 3, 3), investigator="P"), "before the receipt", "on"),
            (InvestigationStart(on=date(2024, 3, 7), investigator="P"), "after today", "on"),
            (
                InvestigationStart(on=STARTED, investigator="P", draft_due_on=date(2024, 3, 5)),
                "before the start",
                "draft_due_on",
            ),
            (
                InvestigationStart(on=STARTED, investigator="P", draft_due_on=date(2024, 4, 11)),
                "after the response is (Wed 10 April 2024)",
                "draft_due_on",
            ),
            (
                InvestigationStart(on=STARTED, investigator="P", draft_due_on=date(9024, 4, 11)),
                "is the year right",
                "draft_due_on",
            ),
        ]:
            with refused(shropshire, said, field=field):
                investigate(sam, case.reference, start)

    def test_a_draft_after_the_aim_where_that_has_passed_is_fine(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        late = date(2024, 4, 15)
        with refused(shropshire, "after the response is (Fri 7 June 2024)", field="draft_due_on"):
            case.investigate(late, draft_due_on=date(2024, 6, 10))
        case.investigate(late, draft_due_on=date(2024, 5, 20))

    def test_a_procedure_that_does_not_fit(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        with refused(shropshire, "“x” is not a procedure", field="procedure"):
            case.investigate(STARTED, procedure="x")
        with refused(shropshire, "name the provider", field="provider"):
            case.investigate(STARTED, procedure="statutory-provider")
        with refused(shropshire, "does not apply to adult social care", "statutory-adult", field="procedure"):
            case.investigate(STARTED, procedure="corporate", adult_social_care=True)
        about = Casework(shropshire).log(procedure="statutory-provider", points=(PointInput(provider="Brook House"),))
        with refused(shropshire, "name the provider", field="provider"):
            about.investigate(STARTED, points=(PointInput(team="Enable"),))

    def test_twice_or_after_the_end(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.investigate(STARTED)
        with refused(shropshire, "(it is being investigated)", "Possible now: Acknowledge, Extend"):
            case.investigate(STARTED)
        case.respond(date(2024, 3, 7), Outcome.UPHELD)
        with refused(shropshire, "its response was sent"):
            case.investigate(date(2024, 3, 8))

    def test_an_enquiry_is_not_investigated(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(procedure=None, kind=Kind.ENQUIRY)
        with refused(shropshire, "it is an enquiry, and that is for a complaint"):
            case.investigate(STARTED)


def test_an_extension_given_before_it_outlives_a_like_procedure(shropshire: Register) -> None:
    """The date was told to the complainant; the same rule under another name does not take it back."""
    case = Casework(shropshire).log(points=(PointInput(provider="Brook House"),))
    case.acknowledge(RECEIVED)
    case.extend(date(2024, 3, 5), date(2024, 5, 1))
    case.investigate(STARTED, procedure="statutory-provider")
    assert case.dates()[K.STAGE_1_TARGET] == (S.OPEN, AIM, date(2024, 5, 1))
