"""Lists by filter on the command line: the queue's rows, and all cases."""

from __future__ import annotations

from tests.cli.conftest import Command
from tests.cli.test_verbs import COMPLAINT


def test_queue_and_cases_take_the_same_filter(command: Command) -> None:
    command(*COMPLAINT)
    command("log", "--kind", "enquiry", "--received", "2026-04-02", "--channel", "letter", "--description", "Roads")
    command("close", "ASC-26-0002")
    rows = command("queue", "team:north", "due<=wed", "--format", "json").json
    assert [row["reference"] for row in rows] == ["ASC-26-0001"]
    assert command("queue", "-", "x", "team:south").out == ""
    listed = command("cases", "--format", "json").json
    assert [(row["reference"], row["status"]) for row in listed] == [
        ("ASC-26-0001", "logged"),
        ("ASC-26-0002", "closed"),
    ]
    shown = command("cases", "-open")  # Not a term: the command line takes a dash for an option.
    assert shown.code == 2
    shown = command("cases", "kind:any -open")
    assert "ASC-26-0002" in shown.out
    assert "ASC-26-0001" not in shown.out
    assert shown.err == "1 case.\n"
    assert command("cases", "--limit", "1", "--order", "reference").err == "2 cases, 1 shown.\n"


def test_what_is_no_filter_is_wrong_usage_and_a_value_that_nothing_has_is_said(command: Command) -> None:
    command(*COMPLAINT)
    wrong = command("cases", "kind:zebra")
    assert (wrong.code, wrong.out) == (2, "")
    assert "“zebra” is none of complaint, concern" in wrong.err
    none = command("queue", "team:zebra")
    assert (none.code, none.out) == (0, "")
    assert "no team has “zebra”" in none.err
    assert command("cases", "--order", "colour").code == 2


def test_words_are_found_wherever_they_were_written(command: Command) -> None:
    command(*COMPLAINT)
    command("note", "ASC-26-0001", "She rang about the [ramp]; 50% O'Brien")
    found = command("find", "ramp", "o'brien", "--format", "json").json
    assert (found["count"], found["cases"][0]["reference"]) == (1, "ASC-26-0001")
    assert "ramp" in found["cases"][0]["snippet"] or "O'Brien" in found["cases"][0]["snippet"]
    assert command("find", "zebra").err == "0 cases.\n"
    assert "ASC-26-0001  complaint, logged" in command("find", "no", "carer").out


def test_today_says_what_the_morning_brings(command: Command) -> None:
    command(*COMPLAINT)
    found = command("today", "--format", "json", today="2026-04-27").json
    assert found["due"][0] == {"name": "Overdue", "count": 1, "filter": "due<2026-04-27"}
    assert [one["count"] for one in found["by_team"]] == [1]
    assert "     1  Overdue\n" in command("today", today="2026-04-27").out
