"""What the rooms' tests share: an empty register of any profile, on disk, and an officer at work on a given day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from feedback_tui.casework.actor import Actor
from feedback_tui.storage.maintenance import vacuum_erased
from feedback_tui.storage.register import Register, open_register
from tests.compiled_once import compile_once
from tests.places import SERVER, copy_of, drop, empty_place, new_place

# How long an example may take says how busy the machine is, and nothing of the program.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
compile_once()

MakeRegister = Callable[[str], Register]
_left_out_of: dict[pytest.Config, Counter[str]] = {}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "of_a_file: what is said of a register in a file alone")
    config.addinivalue_line("markers", "of_a_server: what is said of a register on a server alone")
    config.addinivalue_line("markers", "walk: a long walk through the program: make walks, and not make test")
    if SERVER:
        # What is written in another test's database holds back what a server takes away here: it is waited for.
        vacuum_erased.TRIES = 180


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a server runs what works on a register (it asks for `either`), and not what is said of files alone."""
    left_out = {item: why for item in items if (why := _left_out(item))}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    counted = _left_out_of[config] = Counter(left_out.values())
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = dict(counted)


def _left_out(item: pytest.Item) -> str:
    if not SERVER:
        return "of a server alone" if item.get_closest_marker("of_a_server") else ""
    if item.get_closest_marker("of_a_server"):
        return ""
    if item.get_closest_marker("of_a_file"):
        return "of a file alone"
    return "" if "either" in getattr(item, "fixturenames", ()) else "on no register"


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    _left_out_of[node.config] = Counter(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """How many tests ran, and how many did not, so that none goes missing without a word."""
    ran = sum(len(terminalreporter.stats.get(how, ())) for how in ("passed", "failed"))
    others = ", ".join(f"{count:,} {why}" for why, count in sorted(_left_out_of.get(config, Counter()).items()))
    where = "a PostgreSQL server" if SERVER else "files"
    terminalreporter.write_line(f"{ran:,} tests ran, with registers on {where}. Not run: {others or 'none'}.")


@pytest.fixture(scope="session")
def either() -> None:
    """Asked for, at some remove, by every test on a register that may be in a file or on a server: it runs on both."""


@pytest.fixture
def place(either: None, tmp_path: Path) -> Iterator[str]:
    """A place where no register stands yet."""
    made = new_place(tmp_path)
    yield made
    drop(made)


@pytest.fixture
def make_register(either: None, tmp_path: Path) -> Iterator[MakeRegister]:
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


def actor_on(register: Register, today: date, officer: str = "Sam Reed") -> Actor:
    """An officer at work on `register`, on the day `today`."""
    return Actor(register, officer, today)
