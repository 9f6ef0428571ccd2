"""Every verb as a command: what it prints, what it refuses, and that a refusal changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.places import SERVER, drop

COMPLAINT = (
    "log", "--kind", "complaint", "--received", "2026-04-17", "--channel", "email", "--procedure", "statutory-adult",
    "--description", "[Complaint] No carer came", "--customer-name", "Ann O'Brien",
    "--correspondent-name", "Bea O'Brien", "--correspondent-role", "family", "--team", "Social Work Team - North",
    "--category", "Service Standards > delay", "--theme", "Care plans",
)  # fmt: skip


def test_a_complaint_goes_through_its_life(command: Command) -> None:
    logged = command(*COMPLAINT, "--format", "json")
    assert logged.code == 0
    assert logged.json["reference"] == "ASC-26-0001"
    assert [(row["deadline"], row["due_on"]) for row in logged.json["deadlines"]] == [
        ("acknowledgement", "2026-04-22"),
        ("stage_1_target", "2026-05-26"),
        ("stage_1_limit", "2026-07-21"),
        ("statutory_limit", "2026-10-16"),
    ]
    assert command("acknowledge", "asc-26-0001", "--on", "2026-04-20").out == "ASC-26-0001\n"
    assert command("investigate", "ASC-26-0001", "--investigating-officer", "Pat Lowe").code == 0
    extended = command("extend", "ASC-26-0001", "--to", "2026-06-30", "--reason", "A nurse is away", "--format", "json")
    assert {row["deadline"]: row["due_on"] for row in extended.json["deadlines"]}["stage_1_target"] == "2026-06-30"
    responded = command(
        "respond", "ASC-26-0001", "--on", "2026-05-20", "--outcome", "upheld", "--learning", "Tell people early",
        "--learning-area", "communication", "--remedy", "apology;payment", "--remedy-amount", ";£250.00",
        "--action", "Brief the team", "--action-owner", "Jo", "--action-due-on", "2026-06-01",
        today="2026-05-20",
    )  # fmt: skip
    assert responded.code == 0, responded.err
    assert command("close", "ASC-26-0001", today="2026-05-21").code == 0
    page = command("show", "asc-26-0001", "--format", "json", today="2026-05-21").json
    assert page["status"] == "closed"
    assert page["points"][0]["finding"] == "upheld"
    assert page["stages"][0]["working_days_taken"] == 22
    assert page["remedies"][1]["amount_pence"] == 25000
    assert [event["step"] for event in page["timeline"]] == [
        "log", "acknowledge", "investigate", "extend", "respond", "close",
    ]  # fmt: skip
    owed = command("queue", "--format", "json", today="2026-05-21").json
    assert [(row["deadline"], row["due_on"]) for row in owed] == [
        ("action", "2026-06-01"), ("remedy", None), ("remedy", None),
    ]  # fmt: skip
    assert command("action-done", "ASC-26-0001", "1", today="2026-05-29").code == 0
    left = command("queue", "--format", "json", today="2026-05-29").json
    assert [(row["deadline"], row["due_on"]) for row in left] == [("remedy", None), ("remedy", None)]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("acknowledge", "ASC-26-0001", "--on", "2026-04-16"), 1, "before the receipt"),
        (("acknowledge", "ASC-26-0001", "--on", "2026-04-21"), 1, "after today"),
        (("acknowledge", "ASC-26-0009"), 1, "There is no case ASC-26-0009."),
        (("respond", "ASC-26-0001"), 1, "Give a finding"),
        (("respond", "ASC-26-0001", "--outcome", "sort of"), 2, "use upheld, partly upheld"),
        (("close", "ASC-26-0001"), 1, "No response was sent"),
        (("reopen", "ASC-26-0001", "--reason", "x"), 1, "only a closed case can be reopened"),
        (("request-review", "ASC-26-0001", "--officer", "Kim"), 1, "Ombudsman"),
        (("extend", "ASC-26-0001", "--to", "2026-05-01", "--reason", "x"), 1, "Possible now: Acknowledge"),
        (("acknowledge", "ASC-26-0001", "--on", "20.4.26"), 2, "is not a date"),
        (("log", "--kind", "moan", "--received", "2026-04-20"), 2, "use complaint, concern"),
        (("log", "--kind", "complaint"), 2, "--received"),
        (("log", "--kind", "complaint", "--received", "2026-04-20", "--procedure", "x"), 1, "use statutory-adult"),
        (("log", "--kind", "complaint", "--received", "2026-04-20", "--team", "a;b;c", "--theme", "x;y"), 2, "parts"),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(
    command: Command, arguments: tuple[str, ...], code: int, said: str
) -> None:
    command(*COMPLAINT)
    before = command("show", "ASC-26-0001", "--format", "json").json
    refused = command(*arguments)
    assert refused.code == code
    assert refused.out == ""
    assert said in refused.err
    assert "Traceback" not in refused.err
    assert command("show", "ASC-26-0001", "--format", "json").json == before


def test_no_register_is_one_plain_sentence(command: Command, register_place: str) -> None:
    if SERVER:
        drop(register_place)
    else:
        Path(register_place).unlink()
    missing = command("queue")
    assert missing.code == 1
    assert missing.err.startswith("The server has no database for " if SERVER else "There is no register at ")
    assert missing.err.count("\n") == 1


def test_the_ombudsman_is_recorded_beside_a_closed_case(command: Command) -> None:
    command(*COMPLAINT)
    command("acknowledge", "ASC-26-0001")
    command("investigate", "ASC-26-0001", "--investigator", "Pat")
    command("respond", "ASC-26-0001", "--outcome", "not upheld")
    command("close", "ASC-26-0001")
    asked = command("ombudsman", "ASC-26-0001", "--received-on", "2026-04-20", "--format", "json")
    assert asked.json["status"] == "closed"
    assert [(row["deadline"], row["due_on"]) for row in asked.json["deadlines"]] == [("ombudsman_reply", "2026-05-18")]
    assert command("ombudsman", "ASC-26-0001", "--responded-on", "2026-05-18", today="2026-05-18").code == 0
    decided = ("--decided-on", "2026-06-30", "--decision", "referred back for local resolution")
    assert command("ombudsman", "ASC-26-0001", *decided, today="2026-07-01").code == 0
    record = command("show", "ASC-26-0001", "--format", "json", today="2026-07-01").json["ombudsman"]
    assert [(each["decision"], each["status"]) for each in record] == [("referred back", "decided")]


def test_a_point_each_from_separated_lists(command: Command) -> None:
    command(
        "log", "--kind", "complaint", "--received", "2026-04-20", "--team", "North; South", "--provider", ";Acme Care",
        "--category", "Staff > attitude", "--theme", "Delay",
    )  # fmt: skip
    points = command("show", "ASC-26-0001", "--format", "json").json["points"]
    told = [(each["team"], each["provider"], each["category"], each["subcategory"], each["theme"]) for each in points]
    assert told == [
        ("North", None, "Staff", "attitude", "Delay"),
        ("South", "Acme Care", "Staff", "attitude", "Delay"),
    ]


def test_text_shows_hostile_words_as_typed(command: Command) -> None:
    typed = "[/] [red]x[/red] \x1b]0;PWNED\x07 عربي 🙂 O'Brien"
    command("log", "--kind", "comment", "--received", "2026-04-20", "--description", typed)
    for printed, told in ((command("show", "ASC-26-0001").out, 30), (command("queue").out, 18)):
        assert "\x1b" not in printed
        assert "[/] [red]x[/red] ␛]0;PWNED␇"[:told] in printed
    assert "عربي 🙂 O'Brien" in command("show", "ASC-26-0001").out


def test_social_care_is_refused_under_a_procedure_that_is_not_for_it(command: Command) -> None:
    asked = ("log", "--kind", "complaint", "--received", "2026-04-20", "--procedure", "corporate")
    refused = command(*asked, "--social-care")
    assert refused.code == 1
    assert "2009 Regulations" in refused.err
    assert "statutory-adult" in refused.err
    assert command(*asked, "--no-social-care").code == 0
