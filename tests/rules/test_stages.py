"""Procedures of up to six stages: what a profile says of each, its times by the calendar, and what is refused."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.enums import STAGES, CountsFrom, DeadlineKind, StageEntry, StagePart, StageTime
from feedback_tui.rules.deadlines import Facts, StageDays, counts_closures, due_dates
from feedback_tui.rules.explain_dates import out_of_order
from feedback_tui.rules.laws import CountedByLaw
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.profile import BadProfile, load_profile, read_profile
from feedback_tui.rules.profile_changes import profile_changes, what_must_stay
from feedback_tui.rules.profile_description import profile_lines
from feedback_tui.rules.stage_events import UnknownEvent, events_of, with_events
from feedback_tui.rules.working_days import england
from feedback_tui.vocabulary import UnknownWord

D, K, T = date, DeadlineKind, StageTime
FILES = Path(__file__).parent.parent / "profiles"
TOML = (FILES / "children.toml").read_text("utf-8")
CHILDREN, NATIONS = read_profile(TOML), load_profile(str(FILES / "nations.toml"))
# Bank holidays of England and Wales from April 2026 to January 2027, by hand.
HOLIDAYS = {D(2026, 4, 3), D(2026, 4, 6), D(2026, 5, 4), D(2026, 5, 25), D(2026, 8, 31), D(2026, 12, 25)}
HOLIDAYS |= {D(2026, 12, 28), D(2027, 1, 1)}


def plain_count(start: date, count: int) -> date:
    """The working day `count` after `start`, one day at a time."""
    day = start
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in HOLIDAYS
    return day


def dates(profile: Profile, procedure: str, facts: Facts) -> dict[str, date | None]:
    version = profile.procedure(procedure).version("1")
    return {due.deadline.value: due.due_on for due in due_dates(version.limits, facts, england())}


# Kinds of deadline


def test_each_stage_has_each_time_under_its_word() -> None:
    for stage in STAGES:
        for time in T:
            kind = K.of(stage, time)
            assert (kind.stage, kind.time) == (stage, time)
            assert kind.value == (
                "acknowledgement" if (stage, time) == (1, "acknowledgement") else f"stage_{stage}_{time}"
            )
    assert K("stage_3_panel").label == "Stage 3 panel"
    assert (K.ACTION.stage, K.ACTION.time) == (None, None)
    assert K.each(T.LIMIT)[:2] == (K.STAGE_1_LIMIT, K.STAGE_2_LIMIT)
    assert K.STAGE_2_LIMIT.label == "Stage 2 (due by)"


def test_a_seventh_stage_is_refused() -> None:
    with pytest.raises(UnknownWord, match=re.escape("There is no stage 7: a procedure has at most 6.")):
        K.of(7, T.LIMIT)
    with pytest.raises(UnknownWord, match="“stage_7_limit” is not a deadline kind"):
        K.read("stage_7_limit")


# Dates


def test_every_date_of_a_childrens_complaint_of_three_stages() -> None:
    """SI 2006/1738: 10 and 20 working days; 25 and 65 from the request; 30, 5 and 15 for the panel."""
    facts = Facts(
        D(2026, 4, 2),
        stages={
            2: StageDays(requested_on=D(2026, 5, 11)),
            3: StageDays(D(2026, 8, 31), None, None, D(2026, 10, 1), D(2026, 10, 7)),
        },
    )
    assert dates(CHILDREN, "children-statutory", facts) == {
        "acknowledgement": D(2026, 4, 9),
        "stage_1_target": D(2026, 4, 20),
        "stage_1_limit": D(2026, 5, 5),
        "stage_2_target": D(2026, 6, 16),
        "stage_2_limit": D(2026, 8, 11),
        "stage_3_panel": D(2026, 10, 12),
        "stage_3_report": D(2026, 10, 8),
        "stage_3_reply": D(2026, 10, 28),
        "ombudsman_reply": None,
    }


@given(st.dates(D(2026, 4, 1), D(2026, 9, 1)), st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_each_time_is_what_a_plain_count_gives(received: date, gaps: list[int]) -> None:
    second, third, panel, report = (received + timedelta(days=sum(gaps[: n + 1])) for n in range(4))
    days = {2: StageDays(second, record_agreed_on=second), 3: StageDays(third, None, None, panel, report)}
    found = dates(CHILDREN, "children-statutory", Facts(received, stages=days))
    counted = {
        "acknowledgement": (received, 3),
        "stage_1_target": (received, 10),
        "stage_1_limit": (received, 20),
        "stage_2_target": (second, 25),
        "stage_3_panel": (third, 30),
        "stage_3_report": (panel, 5),
        "stage_3_reply": (report, 15),
    }
    assert {kind: found[kind] for kind in counted} == {kind: plain_count(*of) for kind, of in counted.items()}


def test_a_stage_counted_from_the_agreed_record_waits_for_it() -> None:
    asked = Facts(D(2026, 4, 2), stages={2: StageDays(D(2026, 5, 11), D(2026, 5, 12))})
    assert dates(CHILDREN, "children-by-record", asked)["stage_2_limit"] is None
    agreed = Facts(D(2026, 4, 2), stages={2: StageDays(D(2026, 5, 11), D(2026, 5, 12), D(2026, 6, 1))})
    found = dates(CHILDREN, "children-by-record", agreed)
    assert (found["stage_2_acknowledgement"], found["stage_2_target"]) == (D(2026, 5, 18), D(2026, 7, 6))


def test_shapes_of_other_nations_can_be_said() -> None:
    version = NATIONS.procedure("spso").version("1")
    assert version.stage(2).entered is StageEntry.COUNCIL
    assert "resolved informally" in version.stage(1).outcomes
    wales = Facts(D(2026, 4, 7), D(2026, 4, 8), stages={2: StageDays(D(2026, 5, 11), record_agreed_on=D(2026, 5, 12))})
    found = dates(NATIONS, "wales", wales)
    assert (found["acknowledgement"], found["stage_1_target"]) == (D(2026, 4, 9), D(2026, 4, 22))
    assert (found["stage_2_acknowledgement"], found["stage_2_limit"]) == (
        D(2026, 5, 13),
        plain_count(D(2026, 5, 12), 25),
    )


def test_no_closure_of_a_council_moves_a_time_of_the_2006_regulations() -> None:
    version, by_law = CHILDREN.procedure("children-statutory").version("1"), CountedByLaw(TOML)
    for limit in version.limits:
        assert counts_closures(version, limit.deadline) is (limit.deadline is K.OMBUDSMAN_REPLY)
        assert by_law("children-statutory", "1", limit.deadline) is not counts_closures(version, limit.deadline)


# The notation


def test_the_two_stage_notation_is_read_into_the_same_shape() -> None:
    version = load_profile("lgsco-code").procedure("lgsco-code").version_on(D(2026, 6, 1))
    assert [version.stage(number).entered for number in (1, 2)] == ["receipt", "request"]
    assert version.stage(2).another == ("officer", "investigator")
    assert version.stage(2).asked_within is None
    assert (version.stages, version.tables) == (2, ())
    limit = version.limit(K.STAGE_2_LIMIT)
    assert limit is not None
    assert limit.rule == "20 working days from review acknowledgement"


def test_a_stage_says_what_it_needs() -> None:
    version = CHILDREN.procedure("children-statutory").version("1")
    assert version.stages == version.model_dump(by_alias=True)["stages"] == 3
    assert version.stage(3).words == "Stage 3 (Review panel)"
    assert version.stage(3).parts == {StagePart.PANEL_CHAIR: 1, StagePart.PANEL_MEMBER: 2}
    assert version.stage(3).has_panel
    assert not version.stage(2).has_panel
    by_record = CHILDREN.procedure("children-by-record").version("1")
    assert [by_record.stage(number).agrees_a_record for number in (1, 2)] == [False, True]
    reply = version.limit(K.of(3, T.REPLY))
    assert reply is not None
    assert (reply.counts_from, reply.rule) == (CountsFrom.REPORT_RECEIVED, "15 working days from report received")
    told = "\n".join(profile_lines(CHILDREN, 300))
    assert "three stages, then Ombudsman" in told
    assert "Stage 3 (Review panel): entered by request; asked for within 20 working days of the response before" in told
    assert "needs panel chair and 2 panel members" in told


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "at", "expected"),
    [
        ("number = 3", "number = 7", "number = 7", "number: write a whole number from 1 to 6"),
        ("number = 3", "number = 4", "number = 4", "number: stages follow one another, each in a table"),
        ("number = 2", "number = 3", "number = 3", "number: stages follow one another"),
        ('name = "Review panel"\n', "", "[[procedure.version.stage]]\nnumber = 3", "name is missing"),
        ('entered = "receipt"', 'entered = "request"', 'entered = "request"', "entered: stage 1 is entered by receipt"),
        (
            'name = "Investigation"\nentered = "request"',
            'name = "Investigation"\nentered = "receipt"',
            'entered = "receipt"\nasked',
            "entered: stage 2 is entered by request or council",
        ),
        ('entered = "receipt"', 'enters = "receipt"', "enters", "enters is not known here: is it misspelt? Known"),
        (
            '{ time = "panel", from = "request"',
            '{ time = "panel", from = "panel held"',
            '{ time = "panel"',
            "from: panel of stage 3 is counted from request, acknowledgement or record agreed: that day comes only",
        ),
        (
            '{ time = "limit", from = "request", count = 65',
            '{ time = "limit", from = "panel held", count = 65',
            '{ time = "limit", from = "panel held"',
            "from: limit of stage 2 is counted from request, acknowledgement or record agreed: it has no panel, unless",
        ),
        (
            '{ time = "limit", from = "receipt", count = 20',
            '{ time = "limit", from = "request", count = 20',
            '{ time = "limit", from = "request", count = 20',
            "from: limit of stage 1 is counted from receipt, acknowledgement, consent or record agreed: no such day",
        ),
        (
            'needs = ["panel chair", "panel member", "panel member"]\n',
            "",
            '{ time = "panel"',
            "time: this stage needs no panel: write needs = [“panel chair”, “panel member”, “panel member”]",
        ),
        (
            '"investigating officer", "independent person"',
            '"independent person", "independent person"',
            "needs",
            "needs, number 2: independent person stands twice",
        ),
        ('"adjudicating officer"', '"judge"', "needs", "needs, number 3: “judge” is not known here: write invest"),
        ('time = "target", from = "receipt", count = 10', 'time = "target", from = "receipt", count = 21', '"target"',
         "count: the target is later than the limit"),
        ('time = "target", from = "receipt"', 'time = "limit", from = "receipt"', 'count = 20, source = "SI',
         "time: limit stands twice"),
        ('then = "Ombudsman"\n', 'then = "Ombudsman"\nstages = 2\n', "stages = 2", "stages: it has as many stages"),
        (
            'deadline = "ombudsman_reply", from = "ombudsman enquiry"',
            'deadline = "stage_1_limit", from = "receipt"',
            'deadline = "stage_1_limit"',
            "deadline: the stages have tables of their own: write it under stage 1, as time = “limit”",
        ),
        (
            'name = "Review panel"\n',
            'name = "Review panel"\nmay_be_skipped = true\n',
            'may_be_skipped = true\nentered = "request"',
            "may_be_skipped: no stage comes after the last one: leave may_be_skipped out",
        ),
        ('{ beyond = "agreement"', '{ stage = 1, beyond = "agreement"', "extension", "stage: the extension is of"),
        ("another = [", 'another = ["chair", ', "another", "another, number 1: “chair” is not known here: write off"),
        ("closures_count = false", "closures_count = true", "closures_count = true", "closures_count: this time is"),
        (', source = "the council\'s own figure: no law states one"', "", "asked_within", "source is missing"),
    ],
)  # fmt: skip
def test_a_wrong_stage_is_refused_with_its_line(old: str, new: str, at: str, expected: str) -> None:
    assert old in TOML
    written = TOML.replace(old, new, 1)
    with pytest.raises(BadProfile) as refused:
        read_profile(written)
    told = [str(problem) for problem in refused.value.problems]
    said = f"line {line_of(written, at)}: {expected}"
    assert any(each.startswith(said) for each in told), told


def test_a_version_with_tables_needs_an_acknowledgement_too() -> None:
    written = re.sub(r'    \{ time = "acknowledgement".*\n', "", TOML, count=1)
    with pytest.raises(BadProfile, match="a limit for the acknowledgement is needed"):
        read_profile(written)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("may_be_skipped = true\n", "", "stage 1 may be skipped: yes → no"),
        (
            "asked_within = { count = 20",
            "asked_within = { count = 30",
            "stage 2 asked for within: 20 working days",
        ),
        ('another = ["investigator"]\n', "", "stage 2 another person as: investigator → none"),
        (
            '"panel chair", "panel member"',
            '"panel chair"',
            "stage 3 needs: panel chair, panel member, panel mem",
        ),
        (
            'name = "Review panel"\n',
            'name = "Review panel"\noutcomes = ["upheld"]\n',
            "stage 3 outcomes: none → up",
        ),
        (
            'from = "panel held", count = 5',
            'from = "panel held", count = 6',
            "Stage 3 report: 5 working days from",
        ),
        ('extension = { beyond = "good reason"', 'extension = { beyond = "agreement"', "extension of stage 2"),
    ],
)
def test_a_changed_stage_is_told_of_and_stays_while_cases_run(old: str, new: str, told: str) -> None:
    now = read_profile(TOML.replace(old, new, 1))
    changes = profile_changes(CHILDREN, now)
    assert changes[0].startswith(f"children-statutory, version 1: {told}")
    assert what_must_stay(CHILDREN, now, [("children-statutory", "1")])


# The days of a case, as they are given


def test_events_are_named_by_their_stage() -> None:
    version = CHILDREN.procedure("children-statutory").version("1")
    assert "panel_report_received" in events_of(version)
    events = [("acknowledged", D(2026, 4, 7)), ("stage_2_requested", D(2026, 5, 11)), ("panel_held", D(2026, 6, 1))]
    found = with_events(Facts(D(2026, 4, 2)), events, version)
    assert found.acknowledged_on == D(2026, 4, 7)
    assert found.stage(2).requested_on == D(2026, 5, 11)
    assert found.stage(3).panel_held_on == D(2026, 6, 1)
    by_record = CHILDREN.procedure("children-by-record").version("1")
    assert "stage_2_record_agreed" in events_of(by_record)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("stage_7_requested", "There is no stage 7: a procedure has at most 6: write acknowledged,"),
        ("stage_4_requested", "There is no stage 4 in this procedure, which has 3 stages: write"),
        ("stage_2_panel_held", "“stage_2_panel_held” is no day that this procedure counts from: write"),
        ("full_moon", "“full_moon” is no day that this procedure counts from: write"),
    ],
)
def test_an_unknown_event_is_refused_with_those_there_are(event: str, words: str) -> None:
    version = CHILDREN.procedure("children-statutory").version("1")
    with pytest.raises(UnknownEvent, match=re.escape(words)):
        with_events(Facts(D(2026, 4, 2)), [(event, D(2026, 5, 1))], version)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({3: StageDays(D(2026, 5, 1))}, "Stage 3 cannot have been asked for before Stage 2: give the day of that too."),
        ({2: StageDays(D(2026, 4, 1))}, "The request for Stage 2 (Wed 1 April 2026) is before the receipt"),
        (
            {2: StageDays(D(2026, 5, 1)), 3: StageDays(panel_held_on=D(2026, 5, 4))},
            "The panel of Stage 3 (Mon 4 May 2026) cannot come before the request for Stage 3: give that day too.",
        ),
        (
            {2: StageDays(D(2026, 5, 1)), 3: StageDays(D(2026, 5, 2), report_received_on=D(2026, 5, 4))},
            "The panel’s report of Stage 3 (Mon 4 May 2026) cannot come before the panel of Stage 3",
        ),
        (
            {2: StageDays(D(2026, 5, 1)), 3: StageDays(D(2026, 4, 20))},
            "The request for Stage 3 (Mon 20 April 2026) is before the request for Stage 2 (Fri 1 May 2026).",
        ),
        (
            {2: StageDays(D(2026, 5, 1), record_agreed_on=D(2026, 4, 30))},
            "The agreed record of Stage 2 (Thu 30 April 2026) is before the request for Stage 2 (Fri 1 May 2026).",
        ),
        ({2: StageDays(D(2026, 5, 1)), 3: StageDays(D(2026, 5, 1), None, None, D(2026, 5, 1), D(2026, 5, 1))}, None),
    ],
)
def test_days_of_stages_out_of_order(days: dict[int, StageDays], words: str | None) -> None:
    found = out_of_order(Facts(D(2026, 4, 2), stages=days))
    assert (found is None) if words is None else (found or "").startswith(words), found
