"""What the tests of the screens share: a desk with a few cases on a frozen day, and waiting for what shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import Register, create_register, open_register
from tests.conftest import MakeRegister
from tests.places import copy_of, drop, for_officer, made_once
from tests.screens.desk import OFFICER, TODAY, Desk, fill


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of this test's own: drafts and records of trouble go there."""
    folder = tmp_path / "state"
    monkeypatch.setattr("feedback_tui.app.state_folder", lambda: folder)
    monkeypatch.setattr("feedback_tui.screens.shared.crash_log.state_folder", lambda: folder)
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
def register(either: None, tmp_path: Path) -> Iterator[Register]:
    """A register with a few cases in different states."""
    where = copy_of(made_once("desk", _filled), tmp_path)
    opened = open_register(for_officer(where, OFFICER))
    yield opened
    opened.close()
    drop(where)


def _filled(where: str) -> None:
    create_register(where, profile_text("shropshire")).close()
    opened = open_register(for_officer(where, OFFICER))
    fill(opened)
    opened.close()


@pytest.fixture
def desk(register: Register) -> Callable[..., Desk]:
    """Opens the program on the register: ``async with desk() as d``."""

    def opened(size: tuple[int, int] = (80, 24), today: Callable[[], date] = lambda: TODAY) -> Desk:
        return Desk(register, size, today)

    return opened
