"""What the rooms' tests share: an empty register of any profile, on disk, and an officer at work on a given day."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from feedback_tui.casework.duty import Duty
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import Register, create_register, open_register

MakeRegister = Callable[[str], Register]


@pytest.fixture(scope="session")
def empty_register_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The file of an empty register of a shipped profile, made once a session: it takes half a second."""
    folder = tmp_path_factory.mktemp("empty")

    def made(profile: str) -> Path:
        path = folder / f"{profile}.db"
        if not path.exists():
            create_register(str(path), profile_text(profile)).close()
        return path

    return made


@pytest.fixture
def make_register(tmp_path: Path, empty_register_file: Callable[[str], Path]) -> Iterator[MakeRegister]:
    """Opens an empty register of this test's own, of a shipped profile."""
    opened: list[Register] = []

    def make(profile: str) -> Register:
        path = shutil.copy(empty_register_file(profile), tmp_path / f"{profile}-{len(opened)}.db")
        opened.append(open_register(str(path)))
        return opened[-1]

    yield make
    for register in opened:
        register.close()


@pytest.fixture
def shropshire(make_register: MakeRegister) -> Register:
    """An empty register of Shropshire."""
    return make_register("shropshire")


@pytest.fixture
def wigan(make_register: MakeRegister) -> Register:
    """An empty register of Wigan."""
    return make_register("wigan")


@pytest.fixture
def code(make_register: MakeRegister) -> Register:
    """An empty register of a council under the Ombudsman's Code."""
    return make_register("lgsco-code")


def on_duty(register: Register, today: date, officer: str = "Sam Reed") -> Duty:
    """An officer at work on `register`, on the day `today`."""
    return Duty(register, officer, today)
