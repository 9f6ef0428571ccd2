"""A register of its own for each test, and a way to run a command on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from feedback_tui.cli.main import run
from tests.places import copy_of, drop, empty_place, for_officer

TODAY = "2026-04-20"  # a Monday


@dataclass(frozen=True)
class Result:
    """What a command ended with and printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The data on standard output."""
        return json.loads(self.out)


Command = Callable[..., Result]


@pytest.fixture
def register_place(either: None, tmp_path: Path) -> Iterator[str]:
    """An empty Shropshire register of this test's own, as Sam names it."""
    made = copy_of(empty_place("shropshire"), tmp_path)
    yield for_officer(made, "Sam")
    drop(made)


@pytest.fixture
def command(register_place: str, capfd: pytest.CaptureFixture[str]) -> Command:
    """Runs a command on the test's register, on Monday 20 April 2026, as Sam."""

    def run_command(*arguments: str, today: str = TODAY) -> Result:
        capfd.readouterr()
        code = run(["--db", register_place, "--today", today, "--as", "Sam", *arguments])
        out, err = capfd.readouterr()
        return Result(code, out, err)

    return run_command
