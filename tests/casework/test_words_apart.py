"""People's words never stand in the record of events: only salted digests of them, so that erasure can take them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from feedback_tui.casework.close import void
from feedback_tui.casework.learning import learn, plan_action
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.casework.ombudsman_letters import comply, ombudsman_draft, ombudsman_query
from feedback_tui.casework.redress import redress
from feedback_tui.casework.undo import undo
from feedback_tui.enums import ClosingReason, Kind, OmbudsmanDecision, Outcome
from feedback_tui.models.inputs.follow_up import (
    Compliance,
    Learned,
    OmbudsmanDraft,
    OmbudsmanQuery,
    PlannedAction,
    RedressInput,
)
from feedback_tui.models.inputs.stages import ActionInput, LearningInput, NewCase, Note, PointInput, Reason
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework
from tests.conftest import actor_on

RECEIVED, LATER = date(2026, 4, 7), date(2026, 4, 20)
_OF_CASE = "case_id = (SELECT id FROM feedback_case WHERE reference = :reference)"
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


class Typed:
    """Words as an officer types them, each between marks of its own: what is looked for afterwards."""

    def __init__(self, bodies: list[str]) -> None:
        self._bodies = bodies
        self.marks: list[str] = []

    def __call__(self, *, one_line: bool = False) -> str:
        number = len(self.marks)
        self.marks.append(f"⟦{number}⟧")
        body = self._bodies[number % len(self._bodies)]
        return f"⟦{number}⟧{' '.join(body.split()) if one_line else body}⟦/{number}⟧"


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(ANY_TEXT, min_size=1, max_size=5))
def test_no_typed_words_stand_in_an_event(shropshire: Register, bodies: list[str]) -> None:
    typed = Typed(bodies)
    case = a_whole_life(shropshire, typed)
    recorded = "\n".join(_in_events(case))
    assert [mark for mark in typed.marks if mark in recorded] == []
    assert [mark for mark in typed.marks if mark.replace("⟦", "⟦/") in recorded] == []
    kept = "\n".join(_in_words(case))
    assert [mark for mark in typed.marks if mark not in kept] == []


def a_whole_life(register: Register, typed: Typed) -> Casework:
    """A case through every verb that takes words about people."""
    new = NewCase(
        kind=Kind.COMPLAINT,
        received_on=RECEIVED,
        procedure="corporate",
        description=typed(),
        summary=typed(one_line=True),
        wanted=typed(),
        customer_name=typed(one_line=True),
        correspondent_name=typed(one_line=True),
        contact=typed(),
        happened_on=date(2024, 1, 1),
        late_reason=typed(),
        points=(PointInput(text=typed()), PointInput(text=typed())),
    )
    case = Casework(register, log(actor_on(register, RECEIVED), new).reference)
    sam = case.actor(LATER)
    case.withdraw(RECEIVED, typed())
    case.reopen(RECEIVED, typed())
    case.close(RECEIVED, reason=ClosingReason.SIGNPOSTED, words=typed())
    case.reopen(RECEIVED, typed())
    case.acknowledge(RECEIVED)
    case.investigate(RECEIVED, points=(PointInput(text=typed()),))
    case.extend(date(2026, 4, 9), date(2026, 4, 24), reason=typed())
    note(sam, case.reference, Note(on=LATER, words=typed()))
    undo(sam, case.reference)
    case.respond(
        LATER,
        Outcome.UPHELD,
        outcome=Outcome.PARTLY_UPHELD,
        outcome_reason=typed(),
        learning=(LearningInput(text=typed()),),
        actions=(ActionInput(text=typed()),),
    )
    on = LATER
    learn(sam, case.reference, Learned(on=on, text=typed(), action=typed()))
    plan_action(sam, case.reference, PlannedAction(on=on, position=1, text=typed()))
    ombudsman_query(sam, case.reference, OmbudsmanQuery(query_on=on, summary=typed()))
    ombudsman_draft(sam, case.reference, OmbudsmanDraft(draft_decision_on=on, words=typed()))
    told = {"documents": typed(), "summary": typed(), "agreed": typed()}
    case.ombudsman(on, received_on=on, decided_on=on, decision=OmbudsmanDecision.UPHELD, **told)
    redress(sam, case.reference, RedressInput(on=on, kind="apology", text=typed(), done_on=on, proof=typed()))
    comply(sam, case.reference, Compliance(on=on, words=typed()))
    case.request_review(LATER, reason=typed())
    void(sam, case.reference, Reason(on=LATER, reason=typed()))
    return case


def _in_events(case: Casework) -> Iterator[str]:
    """Every column of every event of a case, JSON as the text that it stands for."""
    with case.register.reading() as session:
        for row in session.execute(text(f"SELECT * FROM event WHERE {_OF_CASE}"), {"reference": case.reference}):
            for value in row:
                said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
                yield json.dumps(json.loads(said), ensure_ascii=False) if said[:1] in "[{" else said


def _in_words(case: Casework) -> list[str]:
    with case.register.reading() as session:
        rows = session.execute(text(f"SELECT text FROM words WHERE {_OF_CASE}"), {"reference": case.reference})
        return [str(said) for (said,) in rows]


def test_the_same_words_on_two_cases_have_two_digests(shropshire: Register) -> None:
    """A name cannot be looked up by the digest it has on another case."""
    for _ in range(2):
        Casework(shropshire).log(customer_name="Ann Lee")
    with shropshire.reading() as session:
        rows = session.execute(text("SELECT digest, salt FROM words WHERE text = 'Ann Lee'")).all()
    assert len({digest for digest, _ in rows}) == len({salt for _, salt in rows}) == 2
