"""Days off in the console: shown first, applied, read from the official list."""

from __future__ import annotations

import json
from pathlib import Path

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
