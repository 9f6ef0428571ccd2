"""Erasure and what is held on a person, by command."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command

LOG = ("log", "--kind", "comment", "--received", "2026-04-07", "--channel", "letter")


def test_by_rule_it_lists_first_asks_and_then_erases(command: Command) -> None:
    command(*LOG, "--description", "The ramp is too steep", "--customer-name", "Ann Lee")
    command("close", "ASC-26-0001", "--on", "2026-04-14")
    assert command("erase", "--dry-run").out == ""
    later = "2032-04-14"
    listed = command("erase", "--dry-run", "--format", "json", today=later)
    assert listed.json == [
        {
            "reference": "ASC-26-0001",
            "kind": "comment",
            "ended_on": "2026-04-14",
            "kept_until": "2032-04-14",
            "texts": 2,
            "waits": False,
            "keeping_review_on": None,
        }
    ]
    assert "1 cases would be erased" in listed.err
    refused = command("erase", today=later)
    assert (refused.code, "--yes" in refused.err) == (2, True), "no one can be asked, and nothing is erased"
    assert "Ann Lee" in command("show", "ASC-26-0001").out
    done = command("erase", "--yes", today=later)
    assert (done.code, done.out) == (0, "ASC-26-0001\n")
    shown = command("show", "ASC-26-0001").out
    assert "Ann Lee" not in shown
    assert "erased on Wed 14 April 2032" in shown
    assert command("undo", "ASC-26-0001", today=later).code == 1
    assert "2 erased" in command("check").out


def test_a_case_that_is_named_is_erased_for_a_reason(command: Command) -> None:
    command(*LOG, "--description", "The ramp is too steep")
    command("close", "ASC-26-0001", "--on", "2026-04-14")
    assert "Give the reason" in command("erase", "ASC-26-0001", "--yes").err
    assert command("erase", "ASC-26-0001", "--reason", "Asked for", "--dry-run").out == ""
    assert command("erase", "asc-26-0001", "--reason", "Asked for", "--yes").out == "ASC-26-0001\n"


def test_nobody_has_a_right_to_the_erasure_of_a_complaint_before_its_retention_has_ended(command: Command) -> None:
    command("log", "--kind", "complaint", "--received", "2026-04-07", "--description", "No carer came")
    command("withdraw", "ASC-26-0001", "--on", "2026-04-14", "--reason", "Put right")
    kept = command("erase", "ASC-26-0001", "--reason", "Asked for", "--yes")
    assert (kept.code, kept.out) == (1, "")
    assert "No right to erasure holds before Wed 14 April 2032 (UK GDPR, article 17(3)(b))" in kept.err
    assert "may complain to the Information Commissioner" in kept.err
    nevertheless = ("--reason", "Asked for", "--nevertheless", "It was about someone else")
    assert command("erase", "ASC-26-0001", *nevertheless, "--yes").out == "ASC-26-0001\n"


def test_a_person_is_given_what_is_held_on_them(command: Command, tmp_path: Path) -> None:
    command(*LOG, "--description", "The ramp is too steep", "--customer-name", "Ann Lee")
    command(*LOG, "--description", "Ann Lee is right about the ramp", "--customer-name", "Bob Ray")
    told = command("subject", "lee ann").out
    assert "The ramp is too steep" in told
    assert "Bob Ray" not in told
    assert "also stands in the words of: ASC-26-0002" in told
    written = command("subject", "Ann Lee", "--format", "json", "--output", str(tmp_path / "ann.json"))
    assert written.out == ""
    held = json.loads((tmp_path / "ann.json").read_text("utf-8"))
    assert [case["people"][0]["name"] for case in held["cases"]] == ["Ann Lee"]
    assert held["mentions"] == ["ASC-26-0002"]
    assert (tmp_path / "ann.json").stat().st_mode & 0o777 == 0o600
    assert command("subject", "Al").code == 1


def test_who_looked_at_a_case_is_listed(command: Command) -> None:
    command(*LOG, "--description", "The ramp is too steep")
    command("show", "ASC-26-0001")
    listed = command("views", "asc-26-0001")
    assert (listed.code, listed.out) == (0, "")
    assert "record_views = true" in listed.err
