"""The real program with its streams closed, full or left by their reader; numbers too large; a folder that is gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.exceptions import TyperException

from feedback_tui.cli.main import LARGEST, command_tree, program_with, run
from feedback_tui.storage.register import open_register
from tests.cli.conftest import TODAY
from tests.places import empty_place

pytestmark = pytest.mark.of_a_file

LOGGED = ("log", "--kind", "comment", "--received", "2026-04-13", "--description", "The ramp")
NOT_WHOLE = "What is printed could not be written whole"
HUGE = "9" * 20


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_place("shropshire"), tmp_path / "register.db"))


def start(register: Path | str, *arguments: str, shell: str = "", **how: Any) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own; `shell` says what becomes of its streams."""
    command = [sys.executable, "-m", "feedback_tui", "--db", str(register), "--today", TODAY, "--as", "Sam", *arguments]
    whole = ["sh", "-c", f'"$@" {shell}', "sh", *command]
    return subprocess.run(whole, capture_output=True, text=True, check=False, timeout=120, **how)


def cases(register: Path) -> int:
    opened = open_register(str(register))
    with opened.reading() as session:
        count = session.connection().exec_driver_sql("SELECT count(*) FROM feedback_case").scalar_one()
    opened.close()
    return int(count)


READS = (
    ("queue", "--all"),
    ("show", "ASC-26-0001"),
    ("summary", "2026/27"),
    ("profile", "show", "--toml"),
    ("--help",),
)


@pytest.mark.parametrize("arguments", READS, ids=lambda arguments: arguments[0])
def test_what_cannot_be_printed_is_told(register: Path, arguments: tuple[str, ...]) -> None:
    assert run(["--db", str(register), "--today", TODAY, "--as", "Sam", *LOGGED]) == 0
    full = start(register, *arguments, shell=">/dev/full")
    assert (full.returncode, full.stderr.count(NOT_WHOLE)) == (1, 1), full.stderr
    assert "the disk is full" in full.stderr
    closed = start(register, *arguments, shell=">&-")
    assert (closed.returncode, closed.stderr.count(NOT_WHOLE)) == (1, 1), closed.stderr
    for done in (full, closed):
        assert "Traceback" not in done.stderr
        assert "Something went wrong" not in done.stderr
        assert "Nothing was saved" not in done.stderr


def test_whoever_leaves_a_pipe_is_no_fault(register: Path) -> None:
    done = start(register, "profile", "show", "--toml", shell="| head -c 1; exit $?")
    assert (done.returncode, done.stdout, done.stderr) == (0, "#", "")
    script = '{ "$@"; echo "ended with $?" >&2; } | head -c 1'
    command = [sys.executable, "-m", "feedback_tui", "profile", "show", "shropshire", "--toml"]
    told = subprocess.run(["sh", "-c", script, "sh", *command], capture_output=True, text=True, check=False, timeout=60)
    assert told.stderr == "ended with 0\n"


@pytest.mark.parametrize("shell", [">/dev/full", ">&-", "2>&-", "2>/dev/full", "<&-", ">&- 2>&- <&-"])
def test_a_step_is_saved_whatever_its_streams_are(register: Path, shell: str) -> None:
    done = start(register, *LOGGED, shell=shell)
    assert cases(register) == 1
    assert done.returncode == (1 if shell.startswith(">") else 0)
    assert ("All else that the command does was done." in done.stderr) is (shell in (">/dev/full", ">&-"))


def test_the_interface_says_that_it_needs_a_terminal(register: Path) -> None:
    done = start(register, shell=">&- <&-")
    assert (done.returncode, "needs a terminal" in done.stderr) == (2, True)


def every_number() -> Iterator[tuple[str, Any, Any]]:
    """Each command that takes whole numbers, by its name, and each option or argument that is one."""
    yield from _numbers("", command_tree(program_with(None)))


def _numbers(name: str, command: Any) -> Iterator[tuple[str, Any, Any]]:
    yield from (
        (name, command, each) for each in command.params if getattr(each.type_descriptor, "annotation", None) is int
    )
    for own, found in getattr(command, "commands", {}).items():
        yield from _numbers(f"{name} {own}".strip(), found)


def test_no_command_takes_a_number_that_cannot_be_stored() -> None:
    found = list(every_number())
    assert len(found) > 20
    for name, command, option in found:
        context = command.make_context(name, [], resilient_parsing=True)
        with pytest.raises(TyperException, match=f"{HUGE} is too large a number|less than or equal to"):
            option.process_value(context, HUGE)
        assert option.process_value(context, "3") == 3, name


@pytest.mark.parametrize(
    "call",
    [
        ("queue", "--limit", HUGE),
        ("cases", "--limit", HUGE),
        ("days-off", "list", "--year", f"-{HUGE}"),
        ("action-done", "ASC-26-0001", HUGE),
        ("summary", "2026/27", "--suppress", HUGE),
        ("queue", "--limit", "9" * 5000),
    ],
    ids=lambda call: call[0],
)
def test_a_number_that_is_too_large_is_wrong_usage(
    register: Path, capsys: pytest.CaptureFixture[str], call: tuple[str, ...]
) -> None:
    assert run(["--db", str(register), *call]) == 2
    told = capsys.readouterr().err
    assert "Something went wrong" not in told
    assert len(told) < 300
    assert run(["--db", str(register), "queue", "--limit", str(LARGEST)]) == 0


def test_a_folder_that_is_gone(register: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f'cd "{gone}" && rmdir "{gone}" && '
    command = [sys.executable, "-m", "feedback_tui"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    def there(*arguments: str) -> subprocess.CompletedProcess[str]:
        whole = ["sh", "-c", f'{script}"$@"', "sh", *command, *arguments]
        gone.mkdir(exist_ok=True)
        return subprocess.run(whole, capture_output=True, text=True, check=False, timeout=60, env=env)

    fine = there("--db", str(register), "queue")
    assert (fine.returncode, fine.stderr) == (0, "Nothing is owed.\n")
    for arguments in (("--db", "register.db", "queue"), ("--db", str(register), "export", "out.csv")):
        done = there(*arguments)
        assert done.returncode == 1
        assert "The folder that you are in is gone" in done.stderr
