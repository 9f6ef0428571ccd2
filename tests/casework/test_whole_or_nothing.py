"""Whatever fails, wherever in a verb: nothing of it is left, and the next one goes through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register
from tests.casework.cases import everything, one_event
from tests.casework.every_verb import EVERY_VERB, Trial


class Broken(Exception):
    """What the tests break a verb with."""


class BreaksAt:
    """Breaks at the statement of this number, counted from 0; BEGIN is one. `reached`: whether there was one."""

    def __init__(self, number: int) -> None:
        self.left, self.reached = number, False

    def __call__(self, *_: object) -> None:
        self.reached = self.left == 0
        self.left -= 1
        if self.reached:
            raise Broken


@contextmanager
def breaking(register: Register, name: str, breaks: BreaksAt) -> Iterator[None]:
    """While the block runs, the engine's event `name` is listened to by `breaks`."""
    event.listen(register.engine, name, breaks)
    try:
        yield
    finally:
        event.remove(register.engine, name, breaks)


@pytest.mark.parametrize("trial", EVERY_VERB, ids=lambda trial: trial.name)
def test_a_step_that_breaks_anywhere_leaves_nothing(shropshire: Register, trial: Trial) -> None:
    arguments = trial.arguments(shropshire)
    before = everything(shropshire)
    with breaking(shropshire, "commit", BreaksAt(0)), pytest.raises(Broken):
        trial.verb(*arguments)
    assert everything(shropshire) == before
    for number in range(100):
        breaks = BreaksAt(number)
        with breaking(shropshire, "before_cursor_execute", breaks):
            if not _broke(trial, arguments):
                assert not breaks.reached
                break
        assert everything(shropshire) == before, f"broken at statement {number}"
    else:
        pytest.fail("it never came to its end")
    assert number >= 6, "so few statements cannot be a verb"
    assert len(everything(shropshire)["event"]) == len(before["event"]) + 1
    assert check(shropshire).findings == ()


def _broke(trial: Trial, arguments: tuple[object, ...]) -> bool:
    try:
        trial.verb(*arguments)
    except Broken:
        return True
    return False


@pytest.mark.parametrize("trial", EVERY_VERB, ids=lambda trial: trial.name)
def test_one_event_a_step(shropshire: Register, trial: Trial) -> None:
    arguments = trial.arguments(shropshire)
    with one_event(shropshire):
        trial.verb(*arguments)
