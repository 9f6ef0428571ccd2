"""What the rooms' tests share: an empty register of any profile, on disk, and an officer at work on a given day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from feedback_tui.casework.duty import Duty
from feedback_tui.storage.register import Register, open_register
from tests.places import SERVER, copy_of, drop, empty_place

# How long an example may take says how busy the machine is, and nothing of the program.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

MakeRegister = Callable[[str], Register]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "of_a_file: what is said of a register in a file alone")
    config.addinivalue_line("markers", "of_a_server: what is said of a register on a server alone")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a server, what only a file has is not looked for; and the other way round."""
    other = "of_a_file" if SERVER else "of_a_server"
    gone = [item for item in items if item.get_closest_marker(other)]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in set(gone)]


@pytest.fixture
def make_register(tmp_path: Path) -> Iterator[MakeRegister]:
    """Opens an empty register of this test's own, of a shipped profile."""
    opened: list[Register] = []

    def make(profile: str) -> Register:
        opened.append(open_register(copy_of(empty_place(profile), tmp_path)))
        return opened[-1]

    yield make
    for register in opened:
        register.close()
        drop(register.where)


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
