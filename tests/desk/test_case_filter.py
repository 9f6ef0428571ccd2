"""One filter for lists, figures and the queue: what it means is what plain Python makes of it over all cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_tui.desk.case_list import Order, case_count, case_place, case_references, cases
from feedback_tui.desk.filters.case_filter import (
    CLOSED_WORDS,
    DATES,
    EVERY,
    IS_OPEN,
    NOT_VOID,
    CaseFilter,
    Field,
    How,
    Term,
    counted,
    having,
    lacking,
)
from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.enums import Kind, Status
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.register import Register
from tests.desk.plain_filter import PlainCase, meets, plain_cases, row_meets
from tests.desk.stock import busy_register

TODAY = date(2025, 11, 20)


@dataclass(frozen=True)
class Stock:
    """A register with its cases in plain Python."""

    register: Register
    cases: list[PlainCase]

    def words(self, field: Field) -> list[object]:
        found = {value for case in self.cases for value in case.fields.get(field, []) if value not in (None, "")}
        return sorted(found, key=str)


@pytest.fixture(scope="module")
def stock(either: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stock]:
    with busy_register(tmp_path_factory.mktemp("stock"), 90, TODAY) as register:
        yield Stock(register, plain_cases(register, TODAY))


def _terms(stock: Stock) -> st.SearchStrategy[Term]:
    """Terms about what these cases have, and about what none of them has."""
    days = st.integers(-800, 60).map(lambda far: TODAY + timedelta(days=far))

    def about(field: Field) -> st.SearchStrategy[Term]:
        bare = st.builds(Term, st.just(field), st.sampled_from([How.NONE, How.ANY]), negated=st.booleans())
        if field in DATES:
            one = st.builds(
                Term,
                st.just(field),
                st.sampled_from([How.BEFORE, How.UP_TO, How.AFTER, How.FROM, How.IS]),
                st.tuples(days),
                st.booleans(),
            )
            return st.one_of(bare, one, st.builds(Term, st.just(field), st.just(How.WITHIN), st.tuples(days, days)))
        if field in CLOSED_WORDS:
            word: st.SearchStrategy[object] = st.sampled_from(list(CLOSED_WORDS[field]))
        elif (known := stock.words(field)) and field is not Field.WORDS:
            part = st.builds(lambda name, start, end: str(name)[start : start + end] or "x", st.sampled_from(known),
                             st.integers(0, 9), st.integers(1, 9))  # fmt: skip
            word = st.one_of(st.sampled_from(known), part, st.sampled_from(["ZZZ", "%", "_", "é"]))
        else:
            word = st.sampled_from(["care", "a", "asc-2", "late", "%", "o'"])
        some = st.builds(
            Term,
            st.just(field),
            st.sampled_from([How.HAS, How.IS]) if field is not Field.WORDS else st.just(How.HAS),
            st.lists(word, min_size=1, max_size=3).map(tuple),
            st.booleans(),
        )
        return some if field is Field.WORDS else st.one_of(bare, some)

    return st.sampled_from(list(Field)).flatmap(about)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_rows_are_those_of_a_plain_filter_over_all_cases(stock: Stock, data: st.DataObject) -> None:
    terms = data.draw(st.lists(_terms(stock), min_size=1, max_size=3))
    wanted = CaseFilter(tuple(terms))
    expected = [case.case_id for case in stock.cases if meets(case, wanted)]
    assert list(case_references(stock.register, TODAY, wanted)) == expected
    assert case_count(stock.register, TODAY, wanted) == len(expected)
    assert [row.case_id for row in cases(stock.register, TODAY, wanted)] == expected
    by_id = {case.case_id: case for case in stock.cases}
    every = any(term.field is Field.DEADLINE and not term.negated for term in terms)
    rows = [
        row.key
        for row in queue(stock.register, TODAY, QueueFilter(every_deadline=every))
        if row_meets(row, by_id[row.case_id], wanted)
    ]
    assert [row.key for row in queue(stock.register, TODAY, QueueFilter(where=wanted))] == rows


def test_every_case_is_found_closed_and_void_too(stock: Stock) -> None:
    every = cases(stock.register, TODAY)
    assert len(every) == case_count(stock.register, TODAY) == len(stock.cases)
    assert {row.status.is_open for row in every} == {True, False}
    assert not any(row.status.is_open for row in cases(stock.register, TODAY, lacking(Field.STATUS, *Status)))
    held = [row for row in every if row.status.is_open]
    assert case_count(stock.register, TODAY, IS_OPEN) == len(held)


@pytest.mark.parametrize("order", list(Order))
def test_a_window_is_a_piece_of_the_whole_in_any_order_and_each_case_has_its_place(stock: Stock, order: Order) -> None:
    wanted = having(Field.KIND, Kind.COMPLAINT) & NOT_VOID
    whole = cases(stock.register, TODAY, wanted, order)
    pieces = [row for at in range(0, len(whole), 7) for row in cases(stock.register, TODAY, wanted, order, 7, at)]
    assert pieces == whole
    for place in (0, len(whole) // 2, len(whole) - 1):
        assert case_place(stock.register, TODAY, wanted, whole[place].case_id, order) == place
    assert case_place(stock.register, TODAY, wanted, 999_999, order) is None


def test_the_figures_of_a_year_are_filters(stock: Stock) -> None:
    year = reporting_year("2025/26")
    wanted = counted(kind=Kind.COMPLAINT, received=year, team=None) & NOT_VOID
    assert wanted.terms[2] == Term(Field.TEAM, How.NONE)
    expected = [case.case_id for case in stock.cases if meets(case, wanted)]
    assert list(case_references(stock.register, TODAY, wanted)) == expected
    assert counted() == EVERY
    assert not EVERY


def test_a_group_is_the_procedures_in_it(wigan: Register) -> None:
    from tests.casework.cases import Casework

    formal = [Casework(wigan).log(procedure=key).reference for key in ("formal-simple", "formal-complex")]
    informal = Casework(wigan).log(procedure="informal").reference

    def found(wanted: CaseFilter) -> set[str]:
        return {row.reference for row in cases(wigan, TODAY, wanted)}

    assert found(having(Field.GROUP, "Formal")) == set(formal)
    assert found(lacking(Field.GROUP, "formal")) == {informal}
    assert found(CaseFilter((Term(Field.GROUP, How.HAS, ("form",)),))) == {*formal, informal}
    assert found(having(Field.GROUP, "nothing")) == set()


def test_a_filter_can_be_asked_for_and_without_parts(tmp_path: Path) -> None:
    wanted = having(Field.TEAM, "North") & having(Field.KIND, Kind.COMPLAINT) & having(Field.TEAM, "North")
    assert [term.field for term in wanted.terms] == [Field.TEAM, Field.KIND]
    assert wanted.without(Field.TEAM) == having(Field.KIND, Kind.COMPLAINT)
    assert wanted.about(Field.TEAM) == having(Field.TEAM, "North").terms
