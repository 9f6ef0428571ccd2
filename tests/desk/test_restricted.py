"""A restricted case is there for everyone, and says nothing to those who are not named."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import String, literal, select

from feedback_tui.casework.change import allocate
from feedback_tui.casework.errors import Restricted
from feedback_tui.casework.notes import note
from feedback_tui.casework.people import correct_person
from feedback_tui.casework.restrict import restrict
from feedback_tui.desk.case.known_people import known_of
from feedback_tui.desk.case_list import Order, cases
from feedback_tui.desk.earlier_cases import earlier_cases, find_references
from feedback_tui.desk.filters.case_filter import CaseFilter, Field, How, Term
from feedback_tui.desk.learning_ledger import ledger
from feedback_tui.desk.queue.queue import queue, queue_groups
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.sort_and_group import Arrangement, Grouping
from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.enums import Outcome
from feedback_tui.exchange.import_export import take_out
from feedback_tui.models.inputs.early_closure import Restriction
from feedback_tui.models.inputs.people import PersonCorrection
from feedback_tui.models.inputs.stages import ActionInput, Allocation, LearningInput, Note
from feedback_tui.reports.drilldown.cases import cases_behind
from feedback_tui.rules.months import reporting_year
from feedback_tui.rules.restricted_access import may_open
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, refused
from tests.conftest import actor_on

TODAY = date(2024, 3, 20)
SECRET = ("Leigh", "No carer came", "Ring first", "Train", "Not by post")
ONLY = ("Sam Reed", "Kim Ode")


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A case of a colleague's aunt, restricted to Sam Reed and Kim Ode."""
    case = Casework(shropshire).log(customer_name="Anne Leigh", description="No carer came", contact="01743 555 123")
    safe = PersonCorrection(
        on=TODAY, position=1, name="Anne Leigh", contact="01743 555 123", safe_contact="Not by post"
    )
    correct_person(case.actor(TODAY), case.reference, safe)
    case.respond(
        date(2024, 3, 6),
        Outcome.UPHELD,
        learning=(LearningInput(text="Ring first"),),
        actions=(ActionInput(text="Train", due_on=date(2024, 4, 8)),),
    )
    restrict(case.actor(TODAY), case.reference, Restriction(on=TODAY, officers=ONLY, reason="A colleague's aunt"))
    return case


def words_in(field: Field, words: str) -> CaseFilter:
    return CaseFilter((Term(field, How.HAS, (words,)),))


def everything_read(register: Register) -> list[object]:
    """What every list gives of the case, looked for by all that it says."""
    found: list[object] = [
        *queue(register, TODAY, QueueFilter(every_deadline=True)),
        *cases(register, TODAY),
        *find_references(register, "ASC"),
        *ledger(register, TODAY),
        *cases_behind(register, reporting_year("2023/24"), TODAY, "complaints.cases").lines,
    ]
    for words in ("Leigh", "carer"):
        found += cases(register, TODAY, words_in(Field.WORDS, words))
        found += cases(register, TODAY, words_in(Field.PERSON, words))
    found += [*earlier_cases(register, "Leigh"), *earlier_cases(register, "", contact="01743 555 123")]
    return found + list(known_of(register, "Leigh"))


def test_those_who_are_not_named_see_that_it_is_there_and_no_words(case: Casework) -> None:
    register = case.register
    for reader in ("", "Lou West", "Reed", "Sam", ";", "%"):
        register.reader = reader
        said = "\n".join(map(str, everything_read(register)))
        assert case.reference in said
        assert "restricted: ask Sam Reed" in said
        assert [word for word in SECRET if word in said] == []
        with pytest.raises(Restricted, match="restricted: ask Sam Reed"):
            case.page(TODAY)


def test_those_who_are_named_see_all_of_it(case: Casework) -> None:
    case.register.reader = "kim ode"
    said = "\n".join(map(str, everything_read(case.register)))
    assert [word for word in SECRET if word not in said] == []
    assert case.page(TODAY).for_officers == ONLY


def test_nobody_else_changes_it_exports_it_or_is_given_it(case: Casework, tmp_path: Path) -> None:
    register = case.register
    lou = actor_on(register, TODAY, "Lou West")
    with refused(register, "Only the officers named for it open it"):
        note(lou, case.reference, Note(on=TODAY, words="Hello"))
    with refused(register, "may not open it", field="officer"):
        allocate(case.actor(TODAY), case.reference, Allocation(on=TODAY, officer="Lou West"))
    register.reader = "Lou West"
    for name in ("all.csv", "all.json"):
        with pytest.raises(RegisterError, match=case.reference):
            take_out(register, tmp_path / name)
    assert list(tmp_path.glob("all.*")) == []


def test_it_is_counted_all_the_same(case: Casework) -> None:
    case.register.reader = "Lou West"
    assert cases_behind(case.register, reporting_year("2023/24"), TODAY, "complaints.cases").count == 1


def test_who_has_it_is_among_the_named(case: Casework) -> None:
    actor = case.actor(TODAY)
    for officers, words in (((), "Give the reason"), (("Kim Ode",), "Sam Reed has the case"), (ONLY, "already")):
        with refused(case.register, words):
            restrict(actor, case.reference, Restriction(on=TODAY, officers=officers, reason="x" if officers else ""))
    restrict(actor, case.reference, Restriction(on=TODAY, reason="She left"))
    case.register.reader = ""
    assert case.page(TODAY).restricted_to is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    named=st.lists(st.sampled_from(["Sam Reed", "sam", "Kim Ode", "%", "_", "a/b", "Ann", "An", "Élodie"]), max_size=3),
    reader=st.sampled_from(
        ["", " ", "Sam Reed", "SAM", "kim ode", "%", "_", "a/b", "an", "Reed", ";", "Élodie", "élodie"]
    ),
)
def test_the_database_says_as_the_rules_who_may_open_a_case(
    shropshire: Register, named: list[str], reader: str
) -> None:
    """Stricter only for letters whose capitals the database does not know."""
    stored = "; ".join(named) if len(named) > 1 else "".join(named) or None
    for names in {stored, stored and stored.replace("; ", ";")}:
        with shropshire.reading() as session:
            asked = select(open_to_reader(literal(names, String)))
            found = bool(session.execute(asked, reader_value(reader)).scalar_one())
        allowed = may_open(names, reader)
        assert found <= allowed
        if reader.isascii() and (names or "").isascii() and "; " not in (names or ""):
            assert found == allowed


@pytest.mark.parametrize("reader", ["", "Lou West", "Sam Reed"])
def test_no_list_is_sorted_or_grouped_by_what_its_rows_hide(case: Casework, reader: str) -> None:
    """For each way to sort and to group: the order is that of what is shown, the groups are those of the rows."""
    register = case.register
    for number in range(6):
        Casework(register).log(officer=f"Officer {number}")
    register.reader = reader
    for order in (Order.TEAM, Order.OFFICER, Order.INVESTIGATOR):
        shown = [(getattr(row, order.value) or "").lower() for row in cases(register, TODAY, order=order)]
        assert shown == sorted(shown, key=lambda name: (name == "", name)), order
    for group in (Grouping.TEAM, Grouping.OFFICER, Grouping.INVESTIGATOR):
        arranged = Arrangement(group)
        rows = queue(register, TODAY, QueueFilter(every_deadline=True), arranged=arranged)
        counts = Counter((getattr(row, group.value) or "").lower() for row in rows)
        groups = queue_groups(register, TODAY, QueueFilter(every_deadline=True), group)
        assert {one.name.lower(): one.count for one in groups} == counts
