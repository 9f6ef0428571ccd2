"""What the tests of the screens share: a desk with a few cases on a frozen day, and waiting for what shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from feedback_tui.storage.register import Register, open_register
from tests.conftest import MakeRegister
from tests.places import for_officer
from tests.screens.desk import OFFICER, TODAY, Desk, fill


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of this test's own: drafts and records of trouble go there."""
    folder = tmp_path / "state"
    monkeypatch.setattr("feedback_tui.app.state_folder", lambda: folder)
    monkeypatch.setattr("feedback_tui.screens.trouble.state_folder", lambda: folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return folder


@pytest.fixture
def make_register(either: None, make_register: MakeRegister) -> Iterator[MakeRegister]:
    """Opens registers as the officer whose desk it is: on a server who is logged in is who works."""
    opened: list[Register] = []

    def make(profile: str) -> Register:
        register = make_register(profile)
        if register.in_a_file:
            return register
        opened.append(open_register(for_officer(register.where, OFFICER)))
        return opened[-1]

    yield make
    for register in opened:
        register.close()


@pytest.fixture
def place(either: None, place: str) -> str:
    """A place where no register stands yet, as that officer names it."""
    return for_officer(place, OFFICER)


@pytest.fixture
def register(shropshire: Register) -> Register:
    """A register with a few cases in different states."""
    fill(shropshire)
    return shropshire


@pytest.fixture
def desk(register: Register) -> Callable[..., Desk]:
    """Opens the program on the register: ``async with desk() as d``."""

    def opened(size: tuple[int, int] = (80, 24), today: Callable[[], date] = lambda: TODAY) -> Desk:
        return Desk(register, size, today)

    return opened
