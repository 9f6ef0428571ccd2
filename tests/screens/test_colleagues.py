"""What a colleague does on the same register shows by itself; on a server, who is in a case too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback_tui.casework.follow_up import note
from feedback_tui.models.steps import Note
from feedback_tui.screens import colleagues
from feedback_tui.storage.register import Register, open_register
from tests.conftest import on_duty
from tests.screens.desk import TODAY, Desk


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback_tui.app.COLLEAGUES_EVERY", 0.1)


async def test_a_case_that_a_colleague_changed_is_read_anew(register: Register, desk: Callable[..., Desk]) -> None:
    other = open_register(register.where)
    try:
        async with desk((160, 50)) as d:
            await d.shows("ASC-26-0001")
            await d.press("enter")
            await d.shows("ASC-26-0001 · complaint")
            note(on_duty(other, TODAY, "Kim Ode"), "ASC-26-0001", Note(on=TODAY, words="The daughter rang twice."))
            await d.shows("The daughter rang twice.")
    finally:
        other.close()


def test_what_was_changed_is_told_once(register: Register) -> None:
    other = open_register(register.where)
    here = colleagues.Colleagues(register)
    try:
        here.look(None)
        assert here.look(None)[0] is False
        note(on_duty(other, TODAY, "Kim Ode"), "ASC-26-0001", Note(on=TODAY, words="Rang."))
        assert here.look(None)[0] is True
        assert here.look(None)[0] is False
    finally:
        here.close()
        other.close()
