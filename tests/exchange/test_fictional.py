"""The invented register: the same for the same arguments, valid on its day, and as busy a day as the demo needs."""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter, deque
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

import pytest

from feedback_tui.exchange.demo import Row, fictional_register
from feedback_tui.rules.profile import load_profile
from feedback_tui.text import safe_text
from tests.registers.checks import faults
from tests.registers.rows import CALENDAR, day

THURSDAY = date(2025, 11, 20)
DEMO = list(fictional_register(600, THURSDAY))


def test_the_same_arguments_give_the_same_rows() -> None:
    assert list(fictional_register(300, THURSDAY, seed=4)) == list(fictional_register(300, THURSDAY, seed=4))


def test_another_seed_gives_another_register() -> None:
    one, other = (list(fictional_register(300, THURSDAY, seed=seed)) for seed in (4, 5))
    assert one != other
    assert len(one) == len(other) == 300


@pytest.mark.parametrize(
    "until", [THURSDAY, date(2026, 7, 4), date(2024, 1, 2), date(2024, 2, 29), date(2026, 12, 25), date(2027, 4, 1)]
)
def test_every_row_is_valid_on_its_day(until: date) -> None:
    """Weekends, bank holidays, a leap day, and a day past the change of the corporate procedure in April 2026."""
    for cases, years in ((1500, 2), (40, 1)):
        rows = list(fictional_register(cases, until, seed=until.day, years=years))
        assert {of["reference"]: wrong for of in rows if (wrong := faults(of, until))} == {}
        assert len({of["reference"] for of in rows}) == len(rows) == cases


@pytest.mark.parametrize("key", ["shropshire", "wigan", "lgsco-code"])
def test_it_speaks_the_words_of_the_profile_it_is_given(key: str) -> None:
    profile = load_profile(key)
    rows = list(fictional_register(400, THURSDAY, profile=profile))
    assert {of["reference"]: wrong for of in rows if (wrong := faults(of, THURSDAY))} == {}
    procedures = {procedure.key for procedure in profile.procedures}
    assert {of["procedure"] for of in rows} - {""} <= procedures
    teams = {team for of in rows for team in of["team"].split(";")} - {""}
    assert teams <= set(profile.vocabulary.teams)


@pytest.mark.parametrize("until", [THURSDAY, date(2025, 11, 17), date(2026, 1, 2), date(2026, 11, 23)])
@pytest.mark.parametrize("cases", [60, 600])
def test_something_is_due_today_soon_and_overdue(until: date, cases: int) -> None:
    rows = list(fictional_register(cases, until))
    acknowledge = [
        CALENDAR.add(day(of, "received_on"), 3)
        for of in rows
        if of["kind"] == "complaint" and not of["acknowledged_on"] and not of["closed_on"]
    ]
    aims = [
        date.fromisoformat(of["extended_to"]) if of["extended_to"] else CALENDAR.add(day(of, "received_on"), 25)
        for of in rows
        if of["procedure"].startswith("statutory") and _is_under_way(of)
    ]
    # The corporate limit: 30 working days of receipt; from April 2026 on, 10 of the acknowledgement.
    limits = [
        CALENDAR.add(day(of, "received_on"), 30)
        if of["received_on"] < "2026-04-01"
        else CALENDAR.add(day(of, "acknowledged_on"), 10)
        for of in rows
        if of["procedure"] == "corporate" and _is_under_way(of)
    ]
    soon = {CALENDAR.add(until, 1), CALENDAR.add(until, 2)}
    for dues in (acknowledge, aims, limits):
        assert until in dues
        assert soon & set(dues)
        assert min(dues) < until


@pytest.mark.parametrize("until", [THURSDAY, date(2026, 7, 4)])
def test_actions_and_an_ombudsman_enquiry_wait(until: date) -> None:
    rows = list(fictional_register(600, until))
    owed = {
        due
        for of in rows
        for due, done in zip(of["action_due_on"].split(";"), of["action_done_on"].split(";") * 2, strict=False)
        if due and not done
    }
    assert until.isoformat() in owed
    assert min(owed) < until.isoformat()
    replies = [
        day(of, "ombudsman_received_on") + timedelta(days=28)
        for of in rows
        if of["ombudsman_received_on"] and not (of["ombudsman_responded_on"] or of["ombudsman_decided_on"])
    ]
    assert until + timedelta(days=3) in replies


def test_the_demo_has_something_of_everything() -> None:
    assert {of["kind"] for of in DEMO} == {"complaint", "concern", "compliment", "comment", "enquiry"}
    first, last = (date.fromisoformat(of["received_on"]) for of in (DEMO[0], DEMO[-1]))
    assert (last - first).days > 700
    for column in ("extended_to", "review_requested_on", "ombudsman_decided_on", "remedy_amount", "learning", "action"):
        assert any(of[column] for of in DEMO), column
    complaints = [of for of in DEMO if of["kind"] == "complaint"]
    assert {"upheld", "partly upheld", "not upheld", "no finding", "withdrawn"} <= {of["outcome"] for of in complaints}
    assert len({of["closing_reason"] for of in complaints}) > 4
    assert any(of["theme"].count(";") == 2 for of in complaints)
    assert {of["correspondent_role"] for of in DEMO} >= {"customer", "family", "advocate", "anonymous", "MP"}
    assert "shropshire" not in str(DEMO).casefold()


def test_teams_and_themes_are_skewed_and_december_is_quiet() -> None:
    rows = list(fictional_register(4000, THURSDAY))
    for column in ("team", "theme"):
        ranked = Counter(of[column].partition(";")[0] for of in rows if of[column]).most_common()
        assert ranked[0][1] > 4 * ranked[-1][1], column
    months = Counter(of["received_on"][5:7] for of in rows)
    assert months["10"] > 1.4 * months["12"]


def test_people_complain_again_and_have_names_from_everywhere() -> None:
    rows = [of for of in fictional_register(4000, THURSDAY) if of["kind"] == "complaint"]
    again = Counter((of["customer_name"], of["correspondent_name"]) for of in rows if of["customer_name"])
    assert sum(n > 1 for n in again.values()) > 50
    names = " ".join(of["customer_name"] for of in rows)
    for part in ("O'Brien", "ليلى", "Łucja", "大文", "Siân"):
        assert part in names


def test_texts_differ_are_short_and_long_and_act_on_nothing() -> None:
    texts = [of["description"] for of in fictional_register(4000, THURSDAY) if of["kind"] == "complaint"]
    assert len(set(texts)) > 0.95 * len(texts)
    assert min(map(len, texts)) < 100 < 1500 < max(map(len, texts))
    for text in texts:
        assert safe_text(text) == text
        assert "{" not in text
        assert " I has " not in text


def test_the_fictional_register_is_made_row_by_row() -> None:
    """Held while 8,000 rows pass: little more than while 800 do, and the first row comes without the others."""

    def held(cases: int) -> int:
        tracemalloc.start()
        deque(fictional_register(cases, THURSDAY), maxlen=0)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    held(10)  # what is loaded once
    assert held(8_000) < 1.5 * held(800)
    register = fictional_register(10_000_000, THURSDAY)
    assert isinstance(register, Iterator)
    assert len(list(islice(register, 5))) == 5


def test_it_is_fast_enough_for_a_benchmark() -> None:
    """About 50 µs a row on a laptop; ten times that is allowed for, so that a busy machine does not fail it."""
    started = time.perf_counter()
    deque(fictional_register(10_000, THURSDAY), maxlen=0)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("cases", [0, 1, 5])
def test_it_can_be_very_small(cases: int) -> None:
    assert len(list(fictional_register(cases, THURSDAY))) == cases


def test_it_covers_a_year_at_least() -> None:
    with pytest.raises(ValueError, match="one at least"):
        next(fictional_register(10, THURSDAY, years=0))


def _is_under_way(of: Row) -> bool:
    return bool(of["investigation_started_on"]) and not of["responded_on"] and not of["closed_on"]
