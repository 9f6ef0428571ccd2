"""What `check` prints, and the year's report ends with, is taken again as an anchor; steps by command are backed up."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from feedback_tui.storage.maintenance.backup import EVERY, backups
from tests.cli.conftest import Command
from tests.places import SERVER

NOW = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
LOG = ("log", "--kind", "comment", "--received", "2026-04-17", "--channel", "email", "--description", "Too steep")


def anchor_of(command: Command) -> str:
    (printed,) = re.findall(r"^anchor +(\d+:[0-9a-f]{64})$", command("check").out, re.MULTILINE)
    return str(printed)


def test_an_anchor_that_was_printed_is_taken_again(command: Command) -> None:
    command(*LOG)
    anchor = anchor_of(command)
    command(*LOG)
    again = command("check", "--anchor", anchor, "--anchor", anchor_of(command))
    assert (again.code, "2 kept elsewhere agree with the record" in again.out) == (0, True)
    wrong = command("check", "--anchor", anchor[:-1] + ("0" if anchor[-1] != "0" else "1"))
    assert (wrong.code, "is not the one that the anchor" in wrong.out) == (1, True)
    later = command("check", "--anchor", f"99{anchor}")
    assert (later.code, "The record ends at event" in later.out) == (1, True)
    assert command("check", "--anchor", "2:abc").code == 2
    assert command("check", "--anchors", "no-such-file").code == 2


@pytest.mark.parametrize(
    ("format", "name"), [("text", "y.txt"), ("markdown", "y.md"), ("html", "y.html"), ("docx", "y.docx")]
)
def test_a_report_of_any_format_is_an_anchor(command: Command, tmp_path: Path, format: str, name: str) -> None:
    command(*LOG)
    report = tmp_path / name
    assert command("summary", "2026/27", "--format", format, "--output", str(report)).code == 0
    command(*LOG)
    checked = command("check", "--anchors", str(report))
    assert (checked.code, "1 kept elsewhere agree with the record" in checked.out) == (0, True)


def test_figures_for_other_programs_have_no_anchor(command: Command) -> None:
    command(*LOG)
    assert anchor_of(command).split(":")[1] not in command("summary", "2026/27", "--format", "json").out


@pytest.mark.skipif(bool(SERVER), reason="a server's backups are made there")
def test_steps_by_command_are_backed_up_as_those_of_the_interface_are(command: Command, register_place: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        command("queue")
        assert backups(register_place) == [], "nothing was done"
        command(*LOG)
        (first,) = backups(register_place)
        assert (first.why, sum(first.cases.values())) == ("step", 1)
        command(*LOG)
        assert len(backups(register_place)) == 1, "not yet"
        clock.move_to(NOW + EVERY + timedelta(minutes=1))
        command("close", "no-such-case", "--on", "2026-04-20")
        assert len(backups(register_place)) == 1, "nothing was saved"
        command(*LOG)
        assert sum(backups(register_place)[0].cases.values()) == 3
