"""Two registers that differ only in the words of a case restricted to others answer every question alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from feedback_tui.casework.linked_people import mark_same
from feedback_tui.casework.restrict import restrict
from feedback_tui.desk.case.known_people import known_of
from feedback_tui.desk.case_list import Order, case_count, cases
from feedback_tui.desk.data_quality import wobbles
from feedback_tui.desk.earlier_cases import earlier_cases
from feedback_tui.desk.filters.case_filter import CaseFilter, Field, How, Term
from feedback_tui.desk.filters.filter_values import known_values
from feedback_tui.desk.find import find
from feedback_tui.desk.investigators import held_by, investigators
from feedback_tui.desk.learning_ledger import LedgerFilter, ledger, ledger_counts
from feedback_tui.desk.morning import morning
from feedback_tui.desk.name_suggestions import colleagues, people_named
from feedback_tui.desk.queue.queue import queue, queue_groups
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_reader import queue_cases, queue_counts
from feedback_tui.desk.queue.sort_and_group import Arrangement, Grouping, QueueOrder
from feedback_tui.desk.subject_access import held_on
from feedback_tui.enums import Outcome, Role
from feedback_tui.models.inputs.early_closure import Restriction
from feedback_tui.models.inputs.people import SamePerson
from feedback_tui.models.inputs.stages import ActionInput, LearningInput, PointInput, RemedyInput
from feedback_tui.reports.drilldown.cases import cases_behind
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework
from tests.conftest import MakeRegister

D = date
TODAY = D(2026, 4, 15)
YEAR = reporting_year("2026/27")
SECRETS = ("Zebedee", "Quixote")
"""What stands in the words of the hidden case: the first in one register, the second in the other."""


def hidden(register: Register, secret: str) -> str:
    """A case that only Alex Kay may open, with `secret` in whatever takes a word; and one of the same person's."""
    case = Casework(register, officer="Alex Kay").log(
        D(2026, 4, 1),
        customer_name=f"{secret} Smith",
        correspondent_name=f"{secret} Jones",
        correspondent_role=Role.FAMILY if secret == SECRETS[0] else Role.CARER,
        channel="email" if secret == SECRETS[0] else "telephone",
        description=f"{secret} fell",
        summary=f"Fall of {secret}",
        points=(PointInput(text=secret, team=secret, category=secret, theme=secret, provider=secret),),
    )
    case.acknowledge(D(2026, 4, 2))
    case.investigate(D(2026, 4, 3), secret)
    case.respond(
        D(2026, 4, 10),
        Outcome.UPHELD if secret == SECRETS[0] else Outcome.NOT_UPHELD,
        learning=(LearningInput(area=secret, text=secret),),
        actions=(ActionInput(text=secret, owner=secret, due_on=D(2026, 4, 12)),),
        remedies=(RemedyInput(kind=secret, due_on=D(2026, 4, 13)),),
    )
    restrict(case.actor(TODAY), case.reference, Restriction(on=TODAY, officers=("Alex Kay",), reason="A colleague"))
    return case.reference


@pytest.fixture
def both(make_register: MakeRegister) -> tuple[Register, Register]:
    found = []
    for secret in SECRETS:
        register = make_register("shropshire")
        reference = hidden(register, secret)
        other = Casework(register).log(D(2026, 4, 7), customer_name="Ann Lee", points=(PointInput(team="North"),))
        mark_same(
            Casework(register, officer="Alex Kay").actor(TODAY),
            other.reference,
            SamePerson(on=TODAY, position=1, reference=reference, other_position=1),
        )
        register.reader = "Sam Reed"
        found.append(register)
    return found[0], found[1]


def term(about: Field, value: object, how: How = How.HAS) -> CaseFilter:
    return CaseFilter((Term(about, how, (value,) if value is not None else ()),))  # type: ignore[arg-type]


def _asked(about: Field, part: str) -> list[tuple[object, How]]:
    """What is typed for a field: a part of the word, and the word; of a closed vocabulary each of its words."""
    closed: dict[Field, list[object]] = {Field.ROLE: [Role.FAMILY, Role.CARER], Field.OUTCOME: list(Outcome)}
    return [(word, How.IS) for word in closed.get(about, ())] or [(part, How.HAS), (part, How.IS)]


def questions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for secret in SECRETS:
        for part in (secret, secret[:3]):
            for about in Field:
                if about not in WORDS_IN:
                    continue
                for value, how in _asked(about, part):
                    wanted = term(about, value, how)
                    yield f"cases {about}:{value}", lambda register, wanted=wanted: cases(register, TODAY, wanted)
                    yield f"count {about}:{value}", lambda register, wanted=wanted: case_count(register, TODAY, wanted)
                    yield (
                        f"queue {about}:{value}",
                        lambda register, wanted=wanted: queue(register, TODAY, QueueFilter(where=wanted)),
                    )
            yield f"subject {part}", lambda register, part=part: held_on(register, part, TODAY)
            yield f"find {part}", lambda register, part=part: find(register, part)
            yield f"earlier {part}", lambda register, part=part: earlier_cases(register, part)
            yield f"known {part}", lambda register, part=part: known_of(register, part)
            yield f"names {part}", lambda register, part=part: people_named(register, part)
            yield f"held by {part}", lambda register, part=part: held_by(register, part)
            yield f"ledger {part}", lambda register, part=part: ledger(register, TODAY, LedgerFilter(words=part))
            yield (
                f"ledger area {part}",
                lambda register, part=part: ledger_counts(register, TODAY, LedgerFilter(area=part)),
            )
    for about in Field:
        if about in WORDS_IN - {Field.WORDS}:
            for how in (How.NONE, How.ANY):
                wanted = term(about, None, how)
                yield f"cases {about} {how}", lambda register, wanted=wanted: cases(register, TODAY, wanted)
    for order in Order:
        yield f"by {order}", lambda register, order=order: cases(register, TODAY, order=order)
    for group in Grouping:
        yield f"groups {group}", lambda register, group=group: queue_groups(register, TODAY, None, group)
        for by in QueueOrder:
            arranged = Arrangement(group, by)
            yield f"queue {group} {by}", lambda register, arranged=arranged: queue(register, TODAY, arranged=arranged)
    yield "queue", lambda register: queue(register, TODAY)
    yield "queue counts", lambda register: queue_counts(register, TODAY)
    yield "queue cases", lambda register: queue_cases(register, TODAY, None)
    yield "morning", lambda register: morning(register, TODAY)
    yield "investigators", lambda register: investigators(register, TODAY)
    yield "colleagues", lambda register: colleagues(register)
    yield "values", lambda register: known_values(register)
    yield "wobbles", lambda register: wobbles(register, YEAR, TODAY)
    for key in ("complaints.cases", "complaints.by_team.North", "outcomes.stage_1.upheld", "learning.cases"):
        yield f"--cases {key}", lambda register, key=key: cases_behind(register, YEAR, TODAY, key)


WORDS_IN = {
    Field.TEAM, Field.PROVIDER, Field.CATEGORY, Field.SUBCATEGORY, Field.THEME, Field.CHANNEL, Field.PERSON,
    Field.INVESTIGATOR, Field.REMEDY, Field.LEARNING, Field.WORDS, Field.ROLE, Field.OUTCOME, Field.SOURCE,
}  # fmt: skip


def test_registers_that_differ_in_a_hidden_case_answer_alike(both: tuple[Register, Register]) -> None:
    one, other = both
    told = [about for about, ask in questions() if ask(one) != ask(other)]
    assert told == []


def test_whoever_is_named_finds_all_of_it(both: tuple[Register, Register]) -> None:
    one, _ = both
    one.reader = "Alex Kay"
    secret = SECRETS[0]
    for about in (Field.TEAM, Field.CATEGORY, Field.PERSON, Field.LEARNING, Field.INVESTIGATOR):
        assert [row.team for row in cases(one, TODAY, term(about, secret))] == [secret], about
    assert [page.reference for page in held_on(one, secret, TODAY).cases] != []
    assert ledger(one, TODAY, LedgerFilter(words=secret)) != []
