"""Importing cases: what the verbs would have left behind; all of them or none; the same again changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import col, select

from feedback_tui.casework.errors import InvalidInput
from feedback_tui.casework.importing.case_to_row import cases_in_order, stored_rows
from feedback_tui.casework.importing.import_cases import Conflicts, Imported, import_cases
from feedback_tui.casework.notes import action_done
from feedback_tui.desk.case.page import CasePage, case_page
from feedback_tui.enums import (
    ClosingReason,
    DeadlineKind,
    DeadlineState,
    Kind,
    LearningSaid,
    OmbudsmanDecision,
    Outcome,
    Role,
    Status,
    StepKey,
)
from feedback_tui.models.event import Event, Words
from feedback_tui.models.inputs.stages import ActionInput, Finished, LearningInput, PointInput, RemedyInput
from feedback_tui.models.register_row import ActionRow, PointRow, RegisterRow, RemedyRow
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register
from tests.casework.cases import RECEIVED, Casework, everything, refused
from tests.conftest import MakeRegister, actor_on

K, S = DeadlineKind, DeadlineState
TODAY = date(2024, 11, 4)
ROW = RegisterRow(
    reference="ASC-24-0007",
    kind=Kind.COMPLAINT,
    received_on=RECEIVED,
    procedure="statutory-adult",
    channel="email",
    customer_name="Ann Hill",
    description="The plan says four visits.",
    acknowledged_on=date(2024, 3, 6),
)


def page(register: Register, reference: str = ROW.reference) -> CasePage:
    return case_page(register, reference, TODAY)


def imported(register: Register, **changes: Any) -> CasePage:
    """The page of a case imported alone: the row above with some columns changed."""
    row = replace(ROW, **changes)
    assert import_cases(actor_on(register, TODAY), [row]) == Imported(1, 0)
    return page(register, row.reference)


def dates(found: CasePage) -> dict[DeadlineKind, tuple[DeadlineState, date, date, date | None]]:
    """Each deadline: its state, its original and current date, and when it was met."""
    return {due.kind: (due.state, due.original_due_on, due.due_on, due.met_on) for due in found.deadlines}


def open_complaint(case: Casework) -> None:
    case.acknowledge(date(2024, 3, 6))


def answered(case: Casework) -> None:
    case.acknowledge(date(2024, 3, 11))
    case.investigate(date(2024, 3, 12))
    case.respond(
        date(2024, 4, 17),
        Outcome.UPHELD,
        learning=(LearningInput(area="communication", text="Tell them sooner"),),
        actions=(
            ActionInput(text="Train the team", owner="Pat Lowe", due_on=date(2024, 6, 3)),
            ActionInput(text="Write again", due_on=date(2024, 4, 8)),
            ActionInput(text="Think"),
        ),
        remedies=(RemedyInput(kind="apology"), RemedyInput(kind="payment", amount="250.50")),
    )
    action_done(case.actor(date(2024, 4, 17)), case.reference, Finished(position=2, on=date(2024, 4, 10)))
    case.close(date(2024, 4, 22))


def extended(case: Casework) -> None:
    case.acknowledge(date(2024, 3, 6))
    case.investigate(date(2024, 3, 12))
    case.extend(date(2024, 4, 8), date(2024, 5, 3))
    case.respond(date(2024, 5, 2), Outcome.NOT_UPHELD)


def extended_past_the_limit(case: Casework) -> None:
    case.investigate(date(2024, 3, 12))
    case.extend(date(2024, 4, 8), date(2024, 7, 1), agreed=True)


def withdrawn(case: Casework) -> None:
    case.acknowledge(date(2024, 3, 6))
    case.withdraw(date(2024, 3, 20))


def withdrawn_while_investigated(case: Casework) -> None:
    case.investigate(date(2024, 3, 12))
    case.withdraw(date(2024, 3, 20))


def not_accepted(case: Casework) -> None:
    case.close(date(2024, 3, 20), reason=ClosingReason.NOT_ACCEPTED)


def reviewed(case: Casework) -> None:
    case.acknowledge(date(2024, 3, 6))
    case.investigate(date(2024, 3, 12))
    case.respond(date(2024, 4, 12), Outcome.PARTLY_UPHELD)
    case.request_review(date(2024, 4, 29))
    case.respond_review(date(2024, 6, 3), outcome=Outcome.NOT_UPHELD, outcome_reason="Nothing new")
    case.close(date(2024, 6, 10))


def in_review(case: Casework) -> None:
    case.investigate(date(2024, 3, 12))
    case.respond(date(2024, 4, 12), Outcome.UPHELD)
    case.request_review(date(2024, 4, 29))


def review_withdrawn(case: Casework) -> None:
    in_review(case)
    case.withdraw(date(2024, 5, 20))


def with_the_ombudsman(case: Casework) -> None:
    answered(case)
    case.ombudsman(date(2024, 6, 3), received_on=date(2024, 6, 3))


def decided_by_the_ombudsman(case: Casework) -> None:
    with_the_ombudsman(case)
    case.ombudsman(date(2024, 7, 10), responded_on=date(2024, 7, 10))
    case.ombudsman(date(2024, 9, 2), decided_on=date(2024, 9, 2), decision=OmbudsmanDecision.UPHELD)


def turned_away_by_the_ombudsman(case: Casework) -> None:
    case.ombudsman(date(2024, 6, 3), received_on=date(2024, 6, 3))
    case.ombudsman(date(2024, 6, 20), decided_on=date(2024, 6, 20), decision=OmbudsmanDecision.NOT_ACCEPTED)


@pytest.mark.parametrize(
    ("procedure", "steps"),
    [
        ("statutory-adult", open_complaint),
        ("corporate", open_complaint),
        (None, open_complaint),
        ("statutory-adult", answered),
        ("corporate", answered),
        ("statutory-adult", extended),
        ("statutory-adult", extended_past_the_limit),
        ("statutory-adult", withdrawn),
        (None, withdrawn),
        ("corporate", withdrawn_while_investigated),
        ("statutory-adult", not_accepted),
        ("corporate", reviewed),
        ("corporate", in_review),
        ("corporate", review_withdrawn),
        ("statutory-adult", with_the_ombudsman),
        ("statutory-adult", decided_by_the_ombudsman),
        (None, turned_away_by_the_ombudsman),
    ],
)
def test_a_case_made_by_the_verbs_is_the_same_when_it_comes_in_whole(
    make_register: MakeRegister, procedure: str | None, steps: Any
) -> None:
    """Apart from what no column says: who handled it, and that it was imported."""
    there, here = make_register("shropshire"), make_register("shropshire")
    case = Casework(there).log(
        procedure=procedure,
        channel="letter",
        description="The plan says four visits; there are two.",
        customer_name="Ann Hill",
        correspondent_name="Bo Hill",
        correspondent_role=Role.FAMILY,
        points=(PointInput(team="North", category="Decisions", subcategory="incorrect decision", theme="Care plans"),),
    )
    steps(case)
    carried_over(there, here)
    assert_same(page(there, case.reference), page(here, case.reference))


@pytest.mark.parametrize("kind", [Kind.COMPLIMENT, Kind.COMMENT, Kind.ENQUIRY, Kind.CONCERN])
def test_what_is_no_complaint_is_the_same_as_well(make_register: MakeRegister, kind: Kind) -> None:
    there, here = make_register("shropshire"), make_register("shropshire")
    case = Casework(there).log(
        kind=kind,
        procedure=None,
        channel="telephone",
        compliment_source="sent direct",
        recipient_role="nurse",
        correspondent_role=Role.MP,
        points=(PointInput(team="North"), PointInput(team="South")),
        settled_on=RECEIVED if kind is Kind.CONCERN else None,
    )
    if kind is Kind.ENQUIRY:
        case.respond(date(2024, 3, 20))
        case.close(date(2024, 3, 21))
    carried_over(there, here)
    assert_same(page(there, case.reference), page(here, case.reference))


def carried_over(there: Register, here: Register) -> None:
    with there.reading() as session:
        rows = [row for lot in stored_rows(session, cases_in_order(session)) for row in lot.values()]
    import_cases(actor_on(here, TODAY), rows)
    assert check(here).findings == ()


def assert_same(made: CasePage, imported_page: CasePage) -> None:
    def said(found: CasePage) -> CasePage:
        return replace(
            found,
            version=0,
            changed_at=made.changed_at,
            officer="",
            timeline=(),
            stages=tuple(replace(stage, officer=None, outcome_reason="") for stage in found.stages),
            extensions=tuple(replace(extension, agreed=False) for extension in found.extensions),
            deadlines=tuple(sorted(found.deadlines, key=lambda due: (due.kind, due.due_on, due.what))),
        )

    assert said(imported_page) == said(made)


def test_several_points_have_no_finding_of_their_own(shropshire: Register) -> None:
    points = (PointRow(team="North"), PointRow(team="South"))
    begun = {"responded_on": date(2024, 4, 5), "outcome": Outcome.PARTLY_UPHELD}
    assert [point.finding for point in imported(shropshire, points=points, **begun).points] == [None, None]
    (point,) = imported(shropshire, reference="B", points=points[:1], **begun).points
    assert point.finding is Outcome.PARTLY_UPHELD
    (point,) = imported(shropshire, reference="C", points=(), **begun | {"outcome": Outcome.WITHDRAWN}).points
    assert point.finding is None


def test_an_extension_that_is_none_by_our_count_moves_nothing(shropshire: Register) -> None:
    begun = {"investigation_started_on": date(2024, 3, 8), "extension_reason": "More to ask"}
    found = imported(shropshire, **begun, extended_to=date(2024, 4, 1))
    assert dates(found)[K.STAGE_1_TARGET] == (S.OPEN, date(2024, 4, 10), date(2024, 4, 10), None)
    assert K.RESPONSE_PROMISED not in dates(found)
    (extension,) = found.extensions
    assert (extension.extended_from, extension.extended_to) == (date(2024, 4, 10), date(2024, 4, 1))


def test_a_code_complaint_counts_from_its_acknowledgement(code: Register) -> None:
    known = {"procedure": code.profile.procedures[0].key}
    found = imported(code, **known)
    assert dates(found)[K.STAGE_1_LIMIT][1] == date(2024, 3, 20)
    waiting = imported(code, reference="B", acknowledged_on=None, **known)
    assert K.STAGE_1_LIMIT not in dates(waiting)


def test_a_case_keeps_the_version_in_force_when_it_was_received(shropshire: Register) -> None:
    old, new = date(2026, 3, 31), date(2026, 4, 1)
    rows = [
        replace(ROW, reference=f"R{day}", procedure="corporate", received_on=day, acknowledged_on=day)
        for day in (old, new)
    ]
    import_cases(actor_on(shropshire, date(2026, 5, 1)), rows)
    assert [page(shropshire, row.reference).procedure_version for row in rows] == ["1", "2"]


def test_learning_is_awaited_where_an_answer_says_none(shropshire: Register) -> None:
    assert imported(shropshire).learning_said is None
    assert imported(shropshire, reference="B", responded_on=date(2024, 4, 5)).learning_said is LearningSaid.AWAITED


def test_people_are_one_where_their_names_are(shropshire: Register) -> None:
    one = imported(shropshire, correspondent_name="Ann Hill", correspondent_role=Role.CUSTOMER)
    assert [(person.part, person.name) for person in one.people] == [
        ("customer", "Ann Hill"),
        ("complainant", "Ann Hill"),
    ]
    with shropshire.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM person").scalar() == 1
    other = imported(shropshire, reference="B", correspondent_name="A. Hill", correspondent_role=Role.CUSTOMER)
    assert [person.name for person in other.people] == ["Ann Hill", "A. Hill"]
    nameless = imported(shropshire, reference="C", customer_name="", correspondent_role=Role.ANONYMOUS)
    assert [(person.role, person.name) for person in nameless.people] == [(Role.ANONYMOUS, "")]


class TestEvents:
    """One `imported` event a case, that carries its steps and nobody's words."""

    def test_it_tells_the_steps_in_order(self, shropshire: Register) -> None:
        found = imported(
            shropshire,
            investigation_started_on=date(2024, 3, 5),
            responded_on=date(2024, 4, 5),
            closed_on=date(2024, 4, 9),
            ombudsman_received_on=date(2024, 5, 1),
        )
        (event,) = found.timeline
        assert (event.step, event.happened_on, event.officer) == (StepKey.IMPORT, TODAY, "Sam Reed")
        assert (event.from_status, event.to_status) == (None, Status.CLOSED)
        assert event.details == {
            "steps": [
                "logged 2024-03-04",
                "investigation started 2024-03-05",
                "acknowledged 2024-03-06",
                "response sent 2024-04-05",
                "closed 2024-04-09",
                "Ombudsman wrote 2024-05-01",
            ]
        }
        assert found.version == 1

    def test_it_says_what_the_rows_hold_and_names_words_by_digest(self, shropshire: Register) -> None:
        imported(shropshire, correspondent_name="Bo Hill", actions=(ActionRow("Visit Ann", "Pat", None, None),))
        with shropshire.reading() as session:
            (event,) = session.exec(select(Event).where(Event.step == StepKey.IMPORT)).all()
            told = str([event.details, event.changes, event.reason])
            texts = set(session.exec(select(Words.text).where(Words.case_id == event.case_id)))
        for words in ("Ann Hill", "Bo Hill", "four visits", "Visit Ann"):
            assert words not in told
        assert texts == {"Ann Hill", "Bo Hill", "The plan says four visits.", "Visit Ann"}
        assert check(shropshire).findings == ()

    def test_the_chain_goes_on_from_verb_to_import_and_back(self, shropshire: Register) -> None:
        first = Casework(shropshire).log(officer="Kim")
        imported(shropshire)
        first.acknowledge(date(2024, 3, 5))
        Casework(shropshire, ROW.reference).investigate(date(2024, 3, 12))
        assert check(shropshire).findings == ()
        assert [event.step for event in page(shropshire).timeline] == [StepKey.IMPORT, StepKey.INVESTIGATE]


class TestAllOrNothing:
    """One row that cannot stand, and nothing is imported."""

    def test_an_error_on_the_way_leaves_nothing(self, shropshire: Register) -> None:
        before = everything(shropshire)
        rows = [replace(ROW, reference=f"R{number}") for number in range(1200)]

        def stop(done: int) -> None:
            if done > 500:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            import_cases(actor_on(shropshire, TODAY), rows, stop)
        assert everything(shropshire) == before

    def test_progress_is_told_every_ten_cases_or_oftener(self, shropshire: Register) -> None:
        told: list[int] = []
        rows = [replace(ROW, reference=f"R{number}") for number in range(1200)]
        import_cases(actor_on(shropshire, TODAY), rows, told.append)
        assert told == sorted(told)
        assert told[-1] == 1200
        # Whoever waits for a key is let in often.
        assert max(after - before for before, after in pairwise([0, *told])) <= 10

    def test_rows_that_the_reader_would_not_let_pass(self, shropshire: Register) -> None:
        before = everything(shropshire)
        bad = [
            ROW,
            replace(ROW, reference="asc-24-0007"),
            replace(ROW, reference="B", acknowledged_on=date(2024, 3, 1)),
            replace(ROW, reference="C", remedies=(RemedyRow("payment"),)),
        ]
        with pytest.raises(InvalidInput) as caught:
            import_cases(actor_on(shropshire, TODAY), bad)
        assert [problem.field for problem in caught.value.problems] == ["reference", "acknowledged_on", "remedy"]
        assert everything(shropshire) == before


def test_rows_are_checked_once_but_for_twins_and_another_profile(shropshire: Register, wigan: Register) -> None:
    """What was checked under this profile is not checked again; what that check does not hold of, is."""
    bad = replace(ROW, review_responded_on=TODAY)
    actor = actor_on(shropshire, TODAY)
    for rows, profile in (([bad], wigan.profile), ([ROW, replace(ROW, line=3)], shropshire.profile), ([bad], None)):
        with pytest.raises(InvalidInput):
            import_cases(actor, rows, checked_under=profile)
    assert import_cases(actor, [ROW], checked_under=shropshire.profile) == Imported(1, 0)


def test_a_rehearsal_reports_and_writes_nothing(shropshire: Register) -> None:
    before = everything(shropshire)
    actor = replace(actor_on(shropshire, TODAY), rehearsing=True)
    assert import_cases(actor, [ROW]) == Imported(1, 0)
    assert everything(shropshire) == before
    imported(shropshire)
    with pytest.raises(Conflicts):
        import_cases(actor, [replace(ROW, channel="letter")])


def test_the_next_reference_follows_those_that_were_imported(shropshire: Register) -> None:
    rows = [replace(ROW, reference=name) for name in ("ASC-24-0031", "asc-24-0117", "ASC-23-9999", "OLD-24-500")]
    import_cases(actor_on(shropshire, TODAY), rows)
    assert Casework(shropshire).log(date(2024, 11, 4)).reference == "ASC-24-0118"
    import_cases(actor_on(shropshire, TODAY), [replace(ROW, reference="ASC-24-0050")])
    assert Casework(shropshire).log(date(2024, 11, 4)).reference == "ASC-24-0119"


def test_more_cases_than_are_read_at_once(shropshire: Register) -> None:
    rows = [replace(ROW, reference=f"R{number:04}", received_on=RECEIVED) for number in range(1100)]
    actor = actor_on(shropshire, TODAY)
    assert import_cases(actor, rows) == Imported(1100, 0)
    assert import_cases(actor, rows[::-1]) == Imported(0, 1100)
    with shropshire.reading() as session:
        found = [row for lot in stored_rows(session, cases_in_order(session)) for row in lot.values()]
        numbers = session.exec(select(Event.id).order_by(col(Event.id))).all()
    assert found == rows
    assert numbers == list(range(1, len(numbers) + 1))
    assert check(shropshire).findings == ()


class TestWhatTheVerbsRefuseTheImportRefuses:
    """Else what the register writes could not be read again."""

    def test_the_ombudsman_does_not_write_before_the_receipt(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        with refused(shropshire, "The enquiry", "before the receipt", field="received_on"):
            case.ombudsman(date(2024, 6, 3), received_on=date(2024, 3, 1))

    def test_an_action_is_not_done_before_the_receipt(self, shropshire: Register) -> None:
        case = Casework(shropshire).log()
        case.respond(date(2024, 4, 5), Outcome.UPHELD, actions=(ActionInput(text="Train"),))
        with refused(shropshire, "The action", "before the receipt", field="on"):
            action_done(case.actor(date(2024, 4, 5)), case.reference, Finished(position=1, on=date(2024, 3, 1)))

    def test_nothing_is_extended_before_the_procedure_is_settled(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(procedure=None)
        case.acknowledge(date(2024, 3, 6), promised_on=date(2024, 4, 5))
        with refused(shropshire, "Settle the procedure first", field="procedure"):
            case.extend(date(2024, 4, 2), date(2024, 5, 1))
