"""Words that are not UTF-8, and a standard output that is not: nothing is lost, and nothing is called damaged."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedback_tui.cli.commands import commands
from feedback_tui.cli.main import run
from feedback_tui.cli.startup import open_at_once
from feedback_tui.cli.stream_encoding import use_utf8
from feedback_tui.rules.lifecycle.lifecycle import LIFE
from feedback_tui.text import readable
from tests.cli.conftest import Command, Result

LATIN1 = os.fsdecode(b"caf\xe9 bill")
"""As the system hands it over where it was typed in a terminal that is set to Latin-1."""
WORDS = "Siân was charged £5 – twice, 日本"
LOG = ("log", "--kind", "complaint", "--received", "2026-04-01", "--procedure", "statutory-adult", "--description")


@pytest.mark.parametrize(
    "arguments",
    [
        (*LOG, LATIN1),
        ("find", LATIN1),
        ("show", LATIN1),
        ("queue", "--team", LATIN1),
        ("queue", f"team:{LATIN1}"),
        ("cases", LATIN1),
        ("note", "ASC-26-0001", LATIN1, "--on", "2026-04-02"),
        ("days-off", "add", "2026-12-24", LATIN1),
        ("words", "add", "2025/26", "recommendations", LATIN1),
        ("subject", LATIN1),
        ("--as", LATIN1, "queue"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_words_that_are_not_utf8_are_refused_in_a_sentence_and_nothing_is_done(
    command: Command, arguments: tuple[str, ...]
) -> None:
    done = command(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "caf� bill" in done.err
    assert "not written in UTF-8" in done.err
    for wrong in ("damaged", "restore", "went wrong"):
        assert wrong not in done.err
    assert command("queue", "--format", "json").json == []


def test_the_officers_name_from_the_environment_is_refused_as_well(
    register_place: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FEEDBACK_TUI_OFFICER", LATIN1)
    assert run(["--db", register_place, "queue"]) == 2
    assert "FEEDBACK_TUI_OFFICER: “caf� bill” is not written in UTF-8" in capfd.readouterr().err
    assert open_at_once({"--db": register_place}) == 2
    assert "FEEDBACK_TUI_OFFICER" in capfd.readouterr().err
    monkeypatch.delenv("FEEDBACK_TUI_OFFICER")
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, LATIN1)
    assert run(["--db", register_place, "queue"]) == 2
    assert "Your user name" in capfd.readouterr().err


@pytest.mark.of_a_file
def test_a_file_may_have_a_name_that_is_no_utf8(
    either: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    try:
        folder = tmp_path / os.fsdecode(b"Si\xe2n")
        folder.mkdir()
    except OSError:
        pytest.skip("this system has no such names")
    monkeypatch.chdir(folder)
    place, today = os.fsdecode(b"caf\xe9.db"), ("--today", "2026-04-20")
    for arguments in (
        ("init", "--profile", "shropshire"),
        (*LOG, WORDS),
        ("show", "ASC-26-0001"),
        ("backup", os.fsdecode(b"copy\xe9.db")),
        ("restore", os.fsdecode(b"copy\xe9.db")),
        ("export", os.fsdecode(b"all\xe9.csv")),
        ("import", os.fsdecode(b"all\xe9.csv")),
        ("check",),
    ):
        assert run(["--db", place, *today, *arguments]) == 0, capfd.readouterr().err
    assert sorted(Path().glob("*.csv")) == [Path(os.fsdecode(b"all\xe9.csv"))]


def test_half_a_character_from_anywhere_else_is_no_damage(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    # As if the reading of arguments had let it through.
    monkeypatch.setattr("feedback_tui.cli.argument_encoding.readable", lambda text: text)
    done = command("find", LATIN1)
    assert done.code == 1
    assert "half of a character" in done.err


def test_utf8_is_read_where_the_system_takes_arguments_for_ascii() -> None:
    assert readable("Siân") == "Siân"
    assert readable(os.fsdecode("£".encode()) if sys.getfilesystemencoding() != "utf-8" else "£") == "£"
    assert readable("a\udce9b") is None
    assert readable("\ud83d") is None


# Standard output

WHAT_IS_PRINTED: tuple[tuple[str, ...], ...] = (
    *(("show", "ASC-26-0001", "--format", format) for format in ("text", "json")),
    *(("queue", "--format", format) for format in ("text", "json")),
    *(("cases", "--format", format) for format in ("text", "json")),
    *(("find", "Siân", "--format", format) for format in ("text", "json")),
    *(("summary", "2026/27", "--format", format) for format in ("text", "json", "markdown", "html")),
    *(("report", which, "--format", f) for which in ("open", "owed", "times", "quarter") for f in ("text", "json")),
    ("today",),
    ("help", "show"),
    ("help", "--man"),
    ("learning", "--format", "json"),
    ("explain", "--procedure", "statutory-adult", "--received", "2026-04-01"),
    ("days", "2026-04-01", "--add", "10"),
    ("letter", "ASC-26-0001", "acknowledgement"),
    ("letters", "ASC-26-0001"),
    ("subject", "Siân"),
    ("days-off", "list"),
    ("keys",),
    ("guides", "officers"),
    ("licences",),
    ("import", "--template"),
    ("where",),
    ("check",),
    ("views", "ASC-26-0001"),
    ("erase", "--dry-run"),
    ("chase-list",),
    ("show", "–"),
    ("--help",),
)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, register_place: str) -> Iterator[Callable[..., Result]]:
    """Runs a command with standard output and error in some encoding, as a redirection has them."""

    def run_in(encoding: str, *arguments: str) -> Result:
        written = io.BytesIO(), io.BytesIO()
        out, err = (io.TextIOWrapper(each, encoding=encoding) for each in written)
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        use_utf8()
        code = run(["--db", register_place, "--today", "2026-04-20", "--as", "Siân", *arguments])
        for stream in (out, err):
            stream.flush()
        return Result(code, written[0].getvalue().decode("utf-8"), written[1].getvalue().decode(encoding))

    yield run_in
    monkeypatch.undo()


@pytest.mark.of_a_file  # On a server the login is the officer: no other name may be given.
def test_data_is_utf8_and_talk_is_replaced_visibly(printed: Callable[..., Result]) -> None:
    printed("utf-8", *LOG, WORDS, "--customer-name", "Siân O’Brien")
    for number, arguments in enumerate(WHAT_IS_PRINTED):
        encoding = ("ascii", "cp1252")[number % 2]
        meant, found = printed("utf-8", *arguments), printed(encoding, *arguments)
        assert (found.code, found.out) == (meant.code, meant.out), arguments
        assert found.code == (1 if "–" in arguments else 0), found.err
        assert found.err == meant.err.encode(encoding, "replace").decode(encoding), arguments
    shown = json.loads(printed("ascii", "show", "ASC-26-0001", "--format", "json").out)
    assert shown["description"] == WORDS
    assert "?" in printed("ascii", "show", "Siân").err


def test_every_command_that_prints_is_tried() -> None:
    """A command that is added is to be tried with another encoding too, or named here as one that prints no data."""
    tried = {arguments[0] for arguments in WHAT_IS_PRINTED}
    prints_references = {"log", *(step.command for step in LIFE if step.command)}
    prints_references |= {step.of_any_stage[0] for step in LIFE if step.of_any_stage}
    others = {"figure", "words", "export", "copy", "init", "demo", "backup", "restore", "erased", "encrypt", "decrypt"}
    others |= {"calendar", "key", "profile", "serve", "roles", "reallocate"}
    assert set(commands()) - tried - prints_references - others == set()


@pytest.mark.of_a_file
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locale")
def test_the_real_program_in_the_c_locale(register_place: str) -> None:
    """Python takes its arguments, files and output for ASCII; what is UTF-8 is stored and printed as it is."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    start = [sys.executable, "-m", "feedback_tui", "--db", register_place, "--today", "2026-04-20", "--as", "Siân"]
    for arguments in ((*LOG, WORDS), ("show", "ASC-26-0001", "--format", "json")):
        done = subprocess.run([*start, *arguments], env=environment, capture_output=True, timeout=300, check=True)
    shown = json.loads(done.stdout.decode("utf-8"))
    assert shown["description"] == WORDS
    assert "Siân" in done.stdout.decode("utf-8")
