"""Every number that the report prints is declared, is the number of the JSON, and lists the cases that it counts."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import exists

from feedback_tui.enums import ClosingReason, Kind, NotAccepted, Outcome, Role, Status
from feedback_tui.reports import declarations, small_numbers
from feedback_tui.reports import figures as reports_figures
from feedback_tui.reports.counting.counted_cases import CASE, LEARNING
from feedback_tui.reports.declarations.complaints import CASES, GROUPS
from feedback_tui.reports.declarations.declaration import (
    Block,
    Crossed,
    Division,
    Each,
    Figure,
    Member,
    as_json_object,
    where,
)
from feedback_tui.reports.declarations.numbers import Number, numbers_of
from feedback_tui.reports.declarations.ombudsman import AGREED_ACTIONS, AGREED_AMOUNT, AGREED_DONE
from feedback_tui.reports.declarations.year import YEAR as DECLARED
from feedback_tui.reports.declarations.year_comparison import COMPARED_YEAR, FAMILIES
from feedback_tui.reports.document.blocks import Linked, Paper, Section, Table, pieces_of, stated
from feedback_tui.reports.document.report import paper
from feedback_tui.reports.drilldown.cases import behind
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.figures import figures
from feedback_tui.reports.renderers.as_json import document
from tests.reports.building import (
    ANSWERED,
    AS_OF,
    SHROPSHIRE,
    YEAR,
    Agreed,
    Due,
    Given,
    Point,
    Reopening,
    empty_engine,
    stored,
)
from tests.reports.full_year import FULL, full_typed

REGISTER = [
    *FULL,
    Given(status=Status.CLOSED, closing_reason=ClosingReason.NOT_ACCEPTED, not_accepted=NotAccepted.OUT_OF_TIME),
    Given(status=Status.CLOSED, closing_reason=ClosingReason.NOT_ACCEPTED),
    Given(kind=Kind.ENQUIRY, procedure=None, roles=(Role.MP,), responded_on=date(2022, 7, 1)),
    ANSWERED.but(remedies=(Agreed("payment", 5_000, due_on=date(2022, 12, 24), done_on=date(2022, 12, 20)),)),
    ANSWERED.but(received_on=date(2021, 6, 1), points=(Point(team="North", theme="Care"),)),
    ANSWERED.but(extended=True, told_on=date(2022, 6, 1)),
    ANSWERED.but(stage_2_refused_on=date(2022, 9, 1)),
    ANSWERED.but(
        reopenings=(Reopening(date(2022, 8, 1)),),
        answered_again_on=date(2022, 8, 8),
        reviewed=True,
        review_responded_on=date(2022, 9, 9),
        review_working_days=20,
        review_outcome=Outcome.UPHELD,
        review_targets=(Due(date(2022, 9, 9)),),
        review_limits=(Due(date(2022, 9, 9)),),
    ),
]
"""A year in which every figure is more than nothing."""
NO_FIGURES = re.compile(
    r"""\d{4}/\d\d            # a reporting year
      | (\d{1,2}\ )?(January|February|March|April|May|June|July|August|September|October|November|December)\ \d{4}
      | [Ss]tage\ \d | Q\d    # a stage, a quarter
      | over\ \d+\ months?    # how many months the average is over
      | \d+\ matters?,\ below # how many paragraphs an officer wrote
      | part\ 8 | \b2009\ Regulations | regulation\ 18
    """,
    re.VERBOSE,
)
"""Digits that are no figure: dates, names, the law."""


@pytest.fixture(scope="module")
def counted() -> Figures:
    """A year with something in every section, counted."""
    with stored(empty_engine(), REGISTER, full_typed()) as session:
        return figures(session, SHROPSHIRE, YEAR, AS_OF)


@pytest.fixture(scope="module")
def whole(counted: Figures) -> Paper:
    return paper(counted)


def tables(whole: Paper) -> list[Table]:
    return [table for section in whole.sections for table in section.tables]


def cells(section: Section) -> list[Any]:
    return [cell for table in section.tables for row in table.rows for cell in row.cells]


def sentences(section: Section) -> list[str]:
    """Whatever of a section is words: paragraphs, notes, cells of words."""
    words = [cell for cell in cells(section) if isinstance(cell, str)]
    return [*section.paragraphs, *(table.note for table in section.tables), *words]


def printed(whole: Paper) -> list[Number]:
    """Every figure of the report, in tables and in sentences."""
    parts = [part for section in whole.sections for part in (*cells(section), *sentences(section))]
    return [number for part in parts for number in stated(part)]


def declared(members: Iterable[Member]) -> Iterator[Figure | Division | Crossed]:
    """The figures of a tree."""
    for member in members:
        if isinstance(member, Block | Each):
            yield from declared(member.members)
        elif isinstance(member, Figure | Division | Crossed):
            yield member


OF_A_DECISION = (AGREED_AMOUNT, AGREED_ACTIONS, AGREED_DONE)
IN_THE_TREE = [*declared(DECLARED), *declared(COMPARED_YEAR), *FAMILIES, *OF_A_DECISION]


def test_whatever_is_printed_in_digits_is_a_declared_figure(whole: Paper) -> None:
    for section in whole.sections:
        assert all(stated(cell) for cell in cells(section) if not isinstance(cell, str | Linked)), section.title
        for words in sentences(section):
            for piece, numbers in pieces_of(words):
                assert numbers or not re.search(r"\d", NO_FIGURES.sub("", piece)), (section.title, words)


def test_every_declared_figure_is_printed_unless_it_says_that_it_is_not(whole: Paper) -> None:
    shown = {number.figure for number in printed(whole)}
    not_there = {(figure.key, figure.words) for figure in IN_THE_TREE if figure.printed and figure not in shown}
    there_all_the_same = {
        (figure.key, figure.words) for figure in IN_THE_TREE if not figure.printed and figure in shown
    }
    assert (not_there, there_all_the_same) == (set(), set())


def test_every_printed_figure_stands_in_the_tree(whole: Paper) -> None:
    assert {number.figure.words for number in printed(whole) if number.figure not in IN_THE_TREE} == set()


def test_whatever_is_declared_stands_in_the_tree() -> None:
    """So it is in the JSON, unless it says that it is not."""
    modules = [
        importlib.import_module(f"{declarations.__name__}.{one.name}")
        for one in pkgutil.iter_modules(declarations.__path__)
        if one.name != "working"
    ]
    found = {
        (module.__name__, name)
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Figure | Division | Crossed) and value not in IN_THE_TREE
    }
    assert found == set()


def test_each_figure_is_the_number_that_the_json_has(counted: Figures, whole: Paper) -> None:
    found = document(counted)
    found["comparison"] = {year["label"]: year for year in found["comparison"]}
    checked = 0
    for number in printed(whole):
        if number.figure.in_json and number.figure not in FAMILIES and number.listed:
            assert _at(found, number.key) == number.value, number.key
            checked += 1
    assert checked > 200


def _at(found: Any, key: str) -> Any:
    for part in key.split("."):
        found = found.get(part, 0)
    return found


def test_each_figure_lists_as_many_cases_as_it_says(whole: Paper) -> None:
    listed = {number.key: number.value for number in printed(whole) if number.listed}
    with stored(empty_engine(), REGISTER, full_typed()) as session:
        found = {key: behind(session, SHROPSHIRE, YEAR, AS_OF, key).count for key in listed}
    assert found == listed
    assert len(found) > 200


def test_every_count_that_has_a_population_can_be_listed(whole: Paper) -> None:
    """A sum of other figures, and a figure of another year, cannot."""
    unlisted = {number.figure.words for number in printed(whole) if not number.listed}
    counts = {figure.words for figure in IN_THE_TREE if figure.lists_cases}
    never_listed = counts & unlisted - {number.figure.words for number in printed(whole) if number.listed}
    assert never_listed == set()


def test_a_table_says_how_it_is_published() -> None:
    required = [field.name for field in fields(Table) if field.name == "withholding"]
    assert required
    with pytest.raises(TypeError, match="withholding"):
        Table("caption", ("one",), ())  # type: ignore[call-arg]


def test_nothing_is_withheld_by_a_caption(counted: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    before = small_numbers.publishable(counted, 5)

    def renamed(of: Figures) -> Paper:
        found = paper(of)
        sections = tuple(
            replace(section, title="Title", tables=tuple(replace(table, caption="Caption") for table in section.tables))
            for section in found.sections
        )
        return replace(found, sections=sections)

    monkeypatch.setattr(small_numbers, "paper", renamed)
    after = small_numbers.publishable(counted, 5)
    assert [table.rows for table in tables(after)] == [table.rows for table in tables(before)]
    assert tables(before)


def test_a_figure_is_counted_by_its_own_query(monkeypatch: pytest.MonkeyPatch) -> None:
    """For each name of its block among the cases of that name, and everywhere under its key."""
    learned = exists().where(LEARNING.c.case_id == CASE.c.id)
    tried = Figure("with_learning", "With learning", CASES, where(learned), by_query=True)
    whole, each = Block("tried", lambda found: found, (tried,)), replace(GROUPS, key="tried_by_group", members=(tried,))
    tree = (*DECLARED, whole, each)
    monkeypatch.setattr(reports_figures, "YEAR", tree)
    register = [
        *[ANSWERED.but(learning=("finance", "staff"))] * 2,
        *[ANSWERED.but(procedure="corporate", learning=("finance",))] * 3,
        ANSWERED,
    ]
    with stored(empty_engine(), register) as session:
        found = figures(session, SHROPSHIRE, YEAR, AS_OF)
    json = as_json_object(tree, found, found.by_query)
    assert json["tried"] == {"with_learning": 5}
    assert {name: one["with_learning"] for name, one in json["tried_by_group"].items()} == {
        "statutory": 2, "corporate": 3,
    }  # fmt: skip
    assert numbers_of(found).block(whole)[tried] == Number(5, "tried.with_learning", tried)
