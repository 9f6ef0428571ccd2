"""Days off in the console: shown first, applied, read from the official list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feedback_tui.rules.profile import profile_text
from tests.cli.conftest import Command

DAY = "2026-06-12"


def test_a_day_off_is_shown_and_then_added(command: Command) -> None:
    command("log", "--kind", "complaint", "--received", "2026-04-20", "--procedure", "statutory-adult")
    shown = command("days-off", "add", DAY, "Royal wedding", "--check")
    assert shown.code == 0, shown.err
    assert shown.out.splitlines() == ["ASC-26-0001  Response (due by): Wed 22 July 2026 → Thu 23 July 2026"]
    assert "Nothing was changed" in shown.err
    assert command("days-off", "add", DAY, "Royal wedding").code == 0
    listed = command("days-off", "list", "--year", "2026", "--format", "json").json
    assert {"date": DAY, "why": "Royal wedding", "closure": False} in listed
    again = command("days-off", "add", DAY, "Royal wedding")
    assert (again.code, "off already: Royal wedding" in again.err) == (1, True)
    back = command("days-off", "remove", DAY, "--format", "json").json
    assert back["moved"] == [
        {"reference": "ASC-26-0001", "deadline": "stage_1_limit", "from": "2026-07-23", "to": "2026-07-22"}
    ]
    assert command("days-off", "add", "soon", "x").code == 2


def test_a_closure_day_moves_no_time_that_the_law_sets(command: Command) -> None:
    command("log", "--kind", "complaint", "--received", "2026-04-20", "--procedure", "statutory-adult")
    done = command("days-off", "add", "2026-04-22", "Offices closed", "--closure")
    assert done.out.splitlines()[-1] == (
        "ASC-26-0001  Acknowledge: Thu 23 April 2026 stays: the law sets it, and knows no closures"
    )
    told = command("explain", "ASC-26-0001").out
    assert "Wed 22 April 2026 (Offices closed)" in " ".join(told.split())
    assert command("days-off", "by-law", "--format", "json").json == {"moved": [], "applied": True}
    assert "No open time of the law was moved" in command("days-off", "by-law").err
    by_law = command("days", "2026-04-20", "--add", "3", "--format", "json").json
    as_the_council = command("days", "2026-04-20", "--add", "3", "--with-closures", "--format", "json").json
    assert (by_law, as_the_council) == ({"date": "2026-04-23"}, {"date": "2026-04-24"})


def test_the_official_list_is_read(command: Command, tmp_path: Path) -> None:
    listed = command("days-off", "list", "--year", "2026", "--format", "json").json
    events = [{"title": row["why"], "date": row["date"], "notes": "", "bunting": True} for row in listed]
    events.append({"title": "Royal wedding", "date": DAY, "notes": "", "bunting": True})
    file = tmp_path / "bank-holidays.json"
    file.write_text(json.dumps({"england-and-wales": {"division": "england-and-wales", "events": events}}))
    done = command("days-off", "read", str(file), "--format", "json")
    assert done.code == 0, done.err
    assert done.json["added"] == [{"date": DAY, "why": "Royal wedding"}]
    assert done.json["removed"] == []
    assert "Nothing changes" in command("days-off", "read", str(file)).err
    file.write_text("[]")
    assert command("days-off", "read", str(file)).code == 1
    assert command("days-off", "read", str(tmp_path / "none.json")).code == 1


def test_days_counts_by_the_nation_of_the_register_or_by_the_one_that_is_named(
    command: Command, tmp_path: Path
) -> None:
    def third(*more: str) -> object:
        return command("days", "2026-04-02", "--add", "3", "--format", "json", *more).json["date"]

    assert third() == "2026-04-09"
    assert third("--calendar", "scotland") == "2026-04-08"
    assert third("--calendar", "Northern Ireland") == "2026-04-09"
    refused = command("days", "2026-04-02", "--add", "3", "--calendar", "france")
    assert refused.code == 2
    assert "“france” is not a nation: use england, scotland, wales, northern-ireland" in " ".join(refused.err.split())
    both = command("days", "2026-04-02", "--add", "3", "--calendar", "scotland", "--with-closures")
    assert both.code == 2
    own = tmp_path / "own.toml"
    own.write_text(f'calendar = "scotland"\n{profile_text("shropshire")}', "utf-8")
    assert third("--profile", str(own)) == "2026-04-08"
    shown = command("profile", "use", str(own), "--check")
    assert shown.out.splitlines() == ["Bank holidays of: England → Scotland"]
    assert command("profile", "use", str(own)).code == 0
    assert third("--with-closures") == "2026-04-08"
    assert "The bank holidays are those of Scotland." in command("days-off", "list", "--year", "2026").err
    explained = command(
        "explain", "--procedure", "statutory-adult", "--received", "2026-04-02", "--format", "json"
    ).json
    assert explained["deadlines"][0]["due_on"] == "2026-04-08"


@pytest.mark.of_a_file
def test_a_plain_register_says_by_which_nation_days_counts(command: Command, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(f'calendar = "scotland"\n{profile_text("shropshire")}', "utf-8")
    assert command("profile", "use", str(own)).code == 0
    assert command("days", "2026-04-02", "--add", "3", "--format", "json").json == {"date": "2026-04-08"}
