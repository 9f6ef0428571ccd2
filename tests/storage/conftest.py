"""Registers of a test's own, copied from ones that are made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedback_tui.casework.duty import Duty
from feedback_tui.storage.register import Register, open_register
from tests.torture.stock import an_empty_register, duty_on, furnish


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_empty_register(tmp_path_factory.mktemp("empty") / "register.db")


@pytest.fixture(scope="session")
def furnished_template(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(empty_template, tmp_path_factory.mktemp("furnished") / "register.db"))
    register = open_register(str(path))
    furnish(register)
    register.close()
    return path


@pytest.fixture
def empty_path(empty_template: Path, tmp_path: Path) -> Path:
    """An empty register, closed."""
    return Path(shutil.copy(empty_template, tmp_path / "register.db"))


@pytest.fixture
def furnished_path(furnished_template: Path, tmp_path: Path) -> Path:
    """A register in which every step was taken, closed."""
    return Path(shutil.copy(furnished_template, tmp_path / "register.db"))


@pytest.fixture
def register(empty_path: Path) -> Iterator[Register]:
    """An empty register, open."""
    opened = open_register(str(empty_path))
    yield opened
    opened.close()


@pytest.fixture
def furnished(furnished_path: Path) -> Iterator[Register]:
    """A register in which every step was taken, open."""
    opened = open_register(str(furnished_path))
    yield opened
    opened.close()


@pytest.fixture
def sam(register: Register) -> Duty:
    """Sam at work on the empty register."""
    return duty_on(register)
