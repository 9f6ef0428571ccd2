"""Filters as officers type them: what is meant, what is not understood and why, and how a term may go on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.desk.filters.case_filter import CLOSED_WORDS, DATES, OPEN_STATUSES, CaseFilter, Field, How, Term
from feedback_tui.desk.filters.filter_completion import completions
from feedback_tui.desk.filters.filter_parser import Setting, read_filter, write_filter
from feedback_tui.desk.filters.filter_values import known_values
from feedback_tui.enums import DeadlineKind, Kind, Outcome, Role, Status
from feedback_tui.rules.working_days import england
from feedback_tui.storage.register import Register

F = Field
TODAY = date(2026, 4, 15)
KNOWN = {F.TEAM: ("North", "South", "Out of hours"), F.GROUP: ("formal", "informal"), F.OFFICER: ("jsmith", "pkaur")}
SETTING = Setting(TODAY, england(), "jsmith", KNOWN)
SUNDAY, MONDAY = date(2026, 4, 19), date(2026, 4, 13)


def has(field: Field, *values: object, how: How = How.HAS, negated: bool = False) -> Term:
    return Term(field, how, values, negated)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("   ", []),
        ("o'brien", [has(F.WORDS, "o'brien")]),
        ('"no carer" 50%', [has(F.WORDS, "no carer"), has(F.WORDS, "50%")]),
        ('"never shut', [has(F.WORDS, "never shut")]),
        ('-"no carer"', [has(F.WORDS, "no carer", negated=True)]),
        ("team:nor", [has(F.TEAM, "nor")]),
        ('team="Out of hours"', [has(F.TEAM, "Out of hours", how=How.IS)]),
        ('TEAM:"out of"', [has(F.TEAM, "out of")]),
        ("team:north,south", [has(F.TEAM, "north", "south")]),
        ("-team:north", [has(F.TEAM, "north", negated=True)]),
        ("team:none", [has(F.TEAM, how=How.NONE)]),
        ("team:any", [has(F.TEAM, how=How.ANY)]),
        ("group:formal", [has(F.GROUP, "formal", how=How.IS)]),
        ("group:form", [has(F.GROUP, "form")]),
        ("kind:compliment", [has(F.KIND, Kind.COMPLIMENT, how=How.IS)]),
        ("kind:compl", [has(F.KIND, Kind.COMPLAINT, Kind.COMPLIMENT, how=How.IS)]),
        ('status:"on hold"', [has(F.STATUS, Status.ON_HOLD, how=How.IS)]),
        ("status:hold", [has(F.STATUS, Status.ON_HOLD, how=How.IS)]),
        ("role:relative", [has(F.ROLE, Role.FAMILY, how=How.IS)]),
        ("outcome:upheld", [has(F.OUTCOME, Outcome.UPHELD, how=How.IS)]),
        ("outcome2:not", [has(F.OUTCOME_2, Outcome.NOT_UPHELD, how=How.IS)]),
        ("deadline:draft", [has(F.DEADLINE, DeadlineKind.DRAFT, how=How.IS)]),
        (
            "deadline:response",
            [
                has(
                    F.DEADLINE,
                    DeadlineKind.STAGE_1_TARGET,
                    DeadlineKind.STAGE_1_LIMIT,
                    DeadlineKind.RESPONSE_PROMISED,
                    how=How.IS,
                )
            ],
        ),
        ("officer:me", [has(F.OFFICER, "jsmith", how=How.IS)]),
        ("mine", [has(F.OFFICER, "jsmith", how=How.IS)]),
        ("unallocated", [has(F.INVESTIGATOR, how=How.NONE)]),
        ("-open", [has(F.STATUS, *OPEN_STATUSES, how=How.IS, negated=True)]),
        ("overdue", [has(F.DUE, TODAY, how=How.BEFORE)]),
        ("today", [has(F.DUE, TODAY, how=How.IS)]),
        ("week", [has(F.DUE, TODAY, SUNDAY, how=How.WITHIN)]),
        ("due<fri", [has(F.DUE, date(2026, 4, 17), how=How.BEFORE)]),
        ("due<=+3wd", [has(F.DUE, date(2026, 4, 20), how=How.UP_TO)]),
        ("received>=2026-04-01", [has(F.RECEIVED, date(2026, 4, 1), how=How.FROM)]),
        ("received>fri", [has(F.RECEIVED, date(2026, 4, 10), how=How.AFTER)]),
        ("received:2025/26", [has(F.RECEIVED, date(2025, 4, 1), date(2026, 3, 31), how=How.WITHIN)]),
        ("received:2025/26q4", [has(F.RECEIVED, date(2026, 1, 1), date(2026, 3, 31), how=How.WITHIN)]),
        ("received:2026-02", [has(F.RECEIVED, date(2026, 2, 1), date(2026, 2, 28), how=How.WITHIN)]),
        ("received:week", [has(F.RECEIVED, MONDAY, SUNDAY, how=How.WITHIN)]),
        ("closed:1/4..fri", [has(F.CLOSED, date(2026, 4, 1), date(2026, 4, 10), how=How.WITHIN)]),
        ("closed:2026-02..2026-03", [has(F.CLOSED, date(2026, 2, 1), date(2026, 3, 31), how=How.WITHIN)]),
        ("closed>2025/26", [has(F.CLOSED, date(2026, 3, 31), how=How.AFTER)]),
        ("inv:jones who:ann", [has(F.INVESTIGATOR, "jones"), has(F.PERSON, "ann")]),
        ("team:north team:north", [has(F.TEAM, "north")]),
    ],
)
def test_the_words_of_a_filter_give_these_terms(text: str, terms: list[Term]) -> None:
    found = read_filter(text, SETTING)
    assert list(found.wanted.terms) == terms
    assert [trouble for trouble in found.troubles if not trouble.kept] == []


@pytest.mark.parametrize(
    ("text", "said", "left"),
    [
        ("re:bins north", "“re:bins”: there is no term “re:”; in quotes it is looked for as words", 1),
        ("team:", "“team:”: a value is missing; write team:north", 0),
        ("kind:zebra", "“kind:zebra”: “zebra” is none of complaint, concern, compliment, comment, enquiry", 0),
        ("due<soon", "“due<soon”: not a date: write today, fri, 3/4", 0),
        ("received:30/2", "“received:30/2”: not a date: February", 0),
        ("received:2026-13", "is not a month", 0),
        ("received:2026-04-02..2026-04-01", "it ends before it begins", 0),
        ("received:mon,tue", "one date at a time", 0),
        ("team<north", "“team<north”: < is for dates; write team:north", 0),
        ("team:zed", "“team:zed”: no team has “zed”; there is North, South, Out of hours", 1),
        ("o:x", "there is no term “o:”", 0),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_stands(text: str, said: str, left: int) -> None:
    found = read_filter(text, SETTING)
    assert said in str(found.troubles[0])
    assert len(found.wanted.terms) == left


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    for trouble in read_filter(text, SETTING).troubles:
        assert str(trouble)
    completions(text, len(text), SETTING)


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12).map(
    lambda text: text.strip() or "x"
)


@st.composite
def canonical(draw: st.DrawFn) -> Term:
    """A term in the one form that reading gives."""
    about = draw(st.sampled_from(list(Field)))
    negated = draw(st.booleans())
    if about is F.WORDS:
        return Term(about, How.HAS, (draw(WORDS),), negated)
    if draw(st.integers(0, 4)) == 0:
        return Term(about, draw(st.sampled_from([How.NONE, How.ANY])), (), negated)
    if about in DATES:
        days = st.dates(date(2000, 1, 1), date(2040, 1, 1))
        if draw(st.booleans()):
            one, other = sorted((draw(days), draw(days)))
            return Term(about, How.WITHIN if one < other else How.IS, (one, other) if one < other else (one,), negated)
        signs = [How.BEFORE, How.UP_TO, How.AFTER, How.FROM, How.IS]
        return Term(about, draw(st.sampled_from(signs)), (draw(days),), negated)
    if about in CLOSED_WORDS:
        words = draw(st.lists(st.sampled_from(list(CLOSED_WORDS[about])), min_size=1, max_size=3, unique=True))
        return Term(about, How.IS, tuple(words), negated)
    values = draw(st.lists(WORDS, min_size=1, max_size=2))
    return Term(about, draw(st.sampled_from([How.HAS, How.IS])), tuple(values), negated)


@given(st.lists(canonical(), max_size=4, unique=True))
def test_a_filter_that_is_written_is_read_as_the_same(terms: list[Term]) -> None:
    wanted = CaseFilter(tuple(terms))
    read = read_filter(write_filter(wanted), Setting(TODAY, england(), "jsmith"))
    assert read.wanted == wanted
    assert read.troubles == ()


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        ("te", "team:", "team:"),
        ("-the", "theme:", "-theme:"),
        ("over", "overdue", "overdue "),
        ("x team:no", "North", "x team:North "),
        ("team:out", "Out of hours", 'team:"Out of hours" '),
        ("team:north,so", "South", "team:north,South "),
        ("kind:complim", "compliment", "kind:compliment "),
        ('status:"on h', "on hold", 'status:"on hold" '),
        ("officer:m", "me", "officer:me "),
        ("due:wee", "week", "due:week "),
    ],
)
def test_how_a_term_may_go_on(text: str, first: str, then: str) -> None:
    found = completions(text, len(text), SETTING)[0]
    assert found.shown.startswith(first)
    assert (found.text, found.cursor) == (then, len(then))


def test_in_the_middle_of_a_filter_only_its_term_is_completed() -> None:
    (found,) = completions("team:sou overdue", 8, SETTING)
    assert (found.text, found.cursor) == ("team:South overdue", 10)
    assert completions("hello", 5, SETTING) == completions("", 0, SETTING) == completions("zz:a", 4, SETTING) == []


def test_the_values_are_those_that_the_profile_offers_and_the_cases_have(shropshire: Register) -> None:
    from feedback_tui.models.inputs.stages import PointInput
    from tests.casework.cases import Casework

    Casework(shropshire).log(points=(PointInput(team="Équipe Été"), PointInput(team="équipe été")))
    known = known_values(shropshire)
    assert "Équipe Été" in known[F.TEAM]
    assert len(known[F.TEAM]) == len({team.casefold() for team in known[F.TEAM]})
    assert known[F.OFFICER] == ("Sam Reed",)
    assert known[F.PROCEDURE] == ("corporate", "statutory-adult", "statutory-provider")
