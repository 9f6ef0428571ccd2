"""The real program on a server: two officers on one case, and a server that goes away in the middle of a save."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from feedback_tui.desk.case.page import case_page
from feedback_tui.desk.case_list import cases
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend.server_backend import LOCK, WRITERS
from feedback_tui.storage.register import Register, create_register, open_register
from tests.casework.cases import Casework
from tests.places import EMPTY, for_officer
from tests.postgres import FAST, Server, server
from tests.screens.desk import TODAY
from tests.terminal.program import PATIENCE, Program, environment

pytestmark = pytest.mark.of_a_server
CASE = "ASC-26-0001"
LOOKED_AT = ("--today", TODAY.isoformat())


def program(place: str, folder: Path, officer: str) -> Program:
    """The program of an officer who is logged in on the server, with drafts of their own."""
    return Program("--db", place, *LOOKED_AT, environment=environment(folder / officer, officer), columns=120, rows=40)


def test_two_officers_on_one_case(tmp_path: Path, shropshire: Register) -> None:
    """Each sees that the other is in it; the second to save is shown what the first did, and keeps their words."""
    assert Casework(shropshire).log(TODAY, description="No carer came").reference == CASE
    shropshire.close()
    sue, kit = (for_officer(shropshire.where, name) for name in ("sue", "kit"))
    with program(sue, tmp_path, "sue") as hers, program(kit, tmp_path, "kit") as his:
        for desk in (hers, his):
            desk.wait_for("Queue ·", CASE)
            desk.press("enter")
            desk.wait_for("What they say")
        for desk, other in ((hers, "kit"), (his, "sue")):
            desk.wait_for(f"also here: {other}")
            desk.press("t")
            desk.wait_for_bold("Note")
        his.type("She rang twice")
        his.wait_for("She rang twice")
        hers.type("The daughter called")
        hers.wait_for("The daughter called")
        hers.press("ctrl+s")
        hers.wait_for("Timeline, latest first", "The daughter called")
        his.press("ctrl+s")
        his.wait_for(f"sue changed {CASE} meanwhile", "She rang twice", "The daughter called")
        his.press("ctrl+s")
        his.wait_for("Timeline, latest first", "She rang twice", "The daughter called")
        hers.wait_for("She rang twice")
        his.press("escape")
        his.wait_for("Queue ·")
        hers.wait_until_gone("also here")
        for desk in (hers, his):
            desk.press("ctrl+q")
            assert desk.wait_for_end() == 0
    register = open_register(shropshire.where)
    told = [(event.officer, event.words) for event in case_page(register, CASE, TODAY).timeline[1:]]
    register.close()
    assert told == [("sue", "The daughter called"), ("kit", "She rang twice")]


@contextmanager
def a_server_of_its_own() -> Iterator[tuple[Server, str]]:
    """A server with one empty register, and where that is."""
    with server(FAST) as own:
        with psycopg.connect(f"{own.url}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE desk {EMPTY}")
        create_register(f"{own.url}/desk", profile_text("shropshire")).close()
        yield own, f"{own.url}/desk"


def test_the_server_away_killed_in_the_middle_of_a_save_and_back_again(tmp_path: Path) -> None:
    with a_server_of_its_own() as (own, place):
        with program(place, tmp_path, "officer") as desk:
            desk.wait_for("Nothing is open")
            desk.press("n")
            desk.wait_for("New feedback", "These dates follow")
            desk.type("No carer came on Sunday")
            desk.wait_for("No carer came on Sunday")
            with closing(psycopg.connect(place)) as other:
                # Another officer is saving just now: this one waits, and in that moment the server is killed.
                other.execute(LOCK)
                desk.press("ctrl+s")
                _until(lambda: _waiting(other))
                own.stop("immediate")
            # The sentence stands in a corner, and wraps there.
            desk.wait_for("reached", "Nothing", "No carer came on Sunday")
            # Away at the start: another window says so, and ends.
            with program(place, tmp_path, "another") as late:
                assert late.wait_for_end() == 1
                assert "cannot be reached" in late.text
                assert b"Traceback" not in late.raw
            own.start()
            desk.press("ctrl+s")
            desk.wait_for(f"{CASE} logged")
            desk.press("ctrl+q")
            assert desk.wait_for_end() == 0
        register = open_register(place)
        (case,) = cases(register, TODAY)
        page = case_page(register, case.reference, TODAY)
        assert (page.description, [event.past for event in page.timeline]) == ("No carer came on Sunday", ["logged"])
        assert check(register).sound
        register.close()


def _waiting(connection: psycopg.Connection[Any]) -> bool:
    """Whether someone waits for the lock of those who write."""
    asked = "SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted"
    found = connection.execute(asked, (WRITERS,)).fetchone()
    return found is not None and found[0] > 0


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came"
