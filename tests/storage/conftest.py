"""Registers of a test's own, copied from ones that are made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedback_tui.casework.actor import Actor
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import Register, create_register, open_register
from tests.places import copy_of, drop, made_once
from tests.torture.stock import actor_on, furnish


def _of_sam(place: str) -> None:
    create_register(place, profile_text("shropshire"), "Sam").close()


def _furnished(place: str) -> None:
    register = create_register(place, profile_text("shropshire"), "Sam")
    furnish(register)
    register.close()


@pytest.fixture(scope="session")
def empty_template() -> Path:
    return Path(made_once("of_sam", _of_sam))


@pytest.fixture(scope="session")
def furnished_template() -> Path:
    return Path(made_once("furnished", _furnished))


@pytest.fixture
def empty_path(empty_template: Path, tmp_path: Path) -> Path:
    """An empty register in a file, closed."""
    return Path(shutil.copy(empty_template, tmp_path / "register.db"))


@pytest.fixture
def furnished_path(furnished_template: Path, tmp_path: Path) -> Path:
    """A register in a file in which every step was taken, closed."""
    return Path(shutil.copy(furnished_template, tmp_path / "register.db"))


@pytest.fixture
def register(either: None, tmp_path: Path) -> Iterator[Register]:
    """An empty register, open."""
    yield from _opened("of_sam", _of_sam, tmp_path)


@pytest.fixture
def furnished(either: None, tmp_path: Path) -> Iterator[Register]:
    """A register in which every step was taken, open."""
    yield from _opened("furnished", _furnished, tmp_path)


def _opened(name: str, make: Callable[[str], None], folder: Path) -> Iterator[Register]:
    opened = open_register(copy_of(made_once(name, make), folder))
    yield opened
    opened.close()
    drop(opened.where)


@pytest.fixture
def sam(register: Register) -> Actor:
    """Sam at work on the empty register."""
    return actor_on(register)
