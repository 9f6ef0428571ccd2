"""A register of its own for each test, and a way to run a command on it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from feedback_tui.cli.main import run
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import create_register

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


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty Shropshire register, made once."""
    path = tmp_path_factory.mktemp("template") / "register.db"
    create_register(str(path), profile_text("shropshire")).close()
    return path


@pytest.fixture
def register_path(empty_register: Path, tmp_path: Path) -> Path:
    """An empty register of this test's own."""
    return Path(shutil.copy(empty_register, tmp_path / "register.db"))


@pytest.fixture
def command(register_path: Path, capfd: pytest.CaptureFixture[str]) -> Command:
    """Runs a command on the test's register, on Monday 20 April 2026, as Sam."""

    def run_command(*arguments: str, today: str = TODAY) -> Result:
        capfd.readouterr()
        code = run(["--db", str(register_path), "--today", today, "--as", "Sam", *arguments])
        out, err = capfd.readouterr()
        return Result(code, out, err)

    return run_command
