"""What a colleague does on the same register shows by itself; on a server, who is in a case too."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import pytest

from feedback_tui.casework.notes import note
from feedback_tui.models.inputs.stages import Note
from feedback_tui.screens.shared import colleagues
from feedback_tui.storage.register import Register, open_register
from tests.conftest import actor_on
from tests.screens.desk import PATIENCE, TODAY, Desk


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
            note(actor_on(other, TODAY, "Kim Ode"), "ASC-26-0001", Note(on=TODAY, words="The daughter rang twice."))
            await d.shows("The daughter rang twice.")
    finally:
        other.close()


@pytest.mark.of_a_server
def test_what_was_changed_while_the_connection_was_broken_is_told(register: Register) -> None:
    """A server tells those who listen: what happened in between is looked for once it is listened to again."""
    here = colleagues.Colleagues(register)
    try:
        here.look(None)
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
        with register.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) {others}")
            end = monotonic() + PATIENCE
            while connection.exec_driver_sql(f"SELECT count(*) {others}").scalar_one():
                assert monotonic() < end, "the server did not end them"
        assert here.look(None) == (False, []), "it broke, and is tried again"
        note(actor_on(register, TODAY, "Kim Ode"), "ASC-26-0001", Note(on=TODAY, words="Rang."))
        assert here.look(None)[0] is True
        assert here.look(None)[0] is False
    finally:
        here.close()


def test_what_was_changed_is_told_once(register: Register) -> None:
    other = open_register(register.where)
    here = colleagues.Colleagues(register)
    try:
        assert here.look(None)[0] is True, "who has not looked before does not know"
        assert here.look(None)[0] is False
        note(actor_on(other, TODAY, "Kim Ode"), "ASC-26-0001", Note(on=TODAY, words="Rang."))
        assert here.look(None)[0] is True
        assert here.look(None)[0] is False
    finally:
        here.close()
        other.close()
