"""The version: said once in the program, printed by it, and written in its metadata and its list of changes."""

from __future__ import annotations

import re
import sqlite3
import sys
import tomllib
from pathlib import Path

import pytest

from feedback_tui import __version__
from feedback_tui.cli.main import run

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize("before", [[], ["--db", "nowhere.db"]])
def test_the_version_is_data_and_what_it_runs_on_is_talk(capsys: pytest.CaptureFixture[str], before: list[str]) -> None:
    assert run([*before, "--version"]) == 0
    out, err = capsys.readouterr()
    assert out == f"feedback-tui {__version__}\n"
    assert re.fullmatch(r"feedback-tui \d+\.\d+\.\d+\n", out)
    assert err == f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}\n"


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == "feedback_tui/__init__.py"


def test_the_newest_changes_are_those_of_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (PROJECT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == __version__
