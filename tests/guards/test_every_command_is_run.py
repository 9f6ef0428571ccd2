"""Every command of the program is run by a test, to its end. A command that no test runs fails here.

Most are run by the two stories: the steps (steps.txt), and what prints JSON (tests/contract/calls.txt). The rest are
run here, or in the tests named in `ELSEWHERE`.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedback_tui.cli.main import run
from feedback_tui.rules.profile import profile_text
from tests.contract.written import CALLS, GROUPS, commands
from tests.guards.story import LINES, OFFICER, TODAY

HERE = (
    ("init --profile shropshire", ""),
    ('log --kind comment --received 2026-06-29 --description "The ramp" --customer-name "Ann Lee"', "ASC-26-0001"),
    ("where", "{folder}/register.db"),
    ("check", "sound"),
    ("export {folder}/register.csv", ""),
    ("export {folder}/all.json", ""),
    ("import {folder}/register.csv --check", ""),
    ("import {folder}/register.csv", ""),
    ("backup {folder}/kept.db", "{folder}/kept.db"),
    ("restore {folder}/kept.db", ""),
    ("copy {folder}/register.db {folder}/copy.db", ""),
    ("calendar {folder}/due.ics", ""),
    ("guides", "officers"),
    ("guides officers", "#"),
    ("help", "After the response:"),
    ("help show", "REFERENCE"),
    ("profile check {folder}/profile.toml", ""),
    ("figure import {folder}/figures.csv", ""),
    ("figure list", "156"),
    ("figure remove 2021/22 investigations", ""),
    ('words add 2026/27 recommendations "Answer sooner"', ""),
    ('words change 2026/27 recommendations 1 "Answer at once"', ""),
    ("words list 2026/27", "Answer at once"),
    ("words remove 2026/27 recommendations 1", ""),
    ("roles --sql", "feedback_officer"),
)
"""Each call, and what stands in what it prints."""
ELSEWHERE = {
    "demo": "tests/pictures.py",
    "encrypt": "tests/cli/test_encryption.py",
    "decrypt": "tests/cli/test_encryption.py",
    "key change": "tests/cli/test_encryption.py",
    "key remember": "tests/cli/test_encryption.py",
    "key forget": "tests/cli/test_encryption.py",
    "serve": "tests/terminal/test_served.py",
}
"""What takes a key at a prompt, goes on until it is ended, or takes long."""
GROUPED = (*GROUPS, "key")


def command_in(words: list[str]) -> str:
    return " ".join(words[: 2 if words[0] in GROUPED else 1])


def lines(file: Path) -> Iterator[list[str]]:
    for line in file.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield shlex.split(line)


def test_every_command_is_run_by_a_test() -> None:
    there = {name.partition(" ")[2] for name, command in commands() if not getattr(command, "commands", None)}
    stories = {command_in(words) for file in (LINES, CALLS) for words in lines(file)}
    here = {command_in(shlex.split(line)) for line, _ in HERE}
    assert sorted(there - stories - here - ELSEWHERE.keys()) == [], "write a line for it, and see that it runs"
    assert sorted((stories | here | ELSEWHERE.keys()) - there) == []


@pytest.mark.parametrize("command", ELSEWHERE)
def test_what_is_run_elsewhere_is_run_there(command: str) -> None:
    words = ", ".join(f'"{word}"' for word in command.split())
    assert words in Path(ELSEWHERE[command]).read_text("utf-8")


def test_the_other_commands_run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "profile.toml").write_text(profile_text("shropshire"), "utf-8")
    (tmp_path / "figures.csv").write_text("year,name,value\n2021/22,investigations,156\n", "utf-8")
    for line, told in HERE:
        words = shlex.split(line.replace("{folder}", tmp_path.as_posix()))
        code = run(["--db", str(tmp_path / "register.db"), "--today", str(TODAY), "--as", OFFICER, *words])
        out, err = capfd.readouterr()
        assert code == 0, f"{line}: {err}"
        assert told.replace("{folder}", tmp_path.as_posix()) in out, line
    assert "The ramp" in (tmp_path / "register.csv").read_text("utf-8-sig")
    assert json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert (tmp_path / "due.ics").read_text("utf-8").startswith("BEGIN:VCALENDAR")
    assert (tmp_path / "copy.db").stat().st_size > 0
