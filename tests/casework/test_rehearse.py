"""A rehearsal says what a step would do to the dates, by the same code, and touches nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from feedback_tui.casework.duty import rehearse
from feedback_tui.casework.refusals import Refused
from feedback_tui.storage.register import Register
from tests.casework.cases import RECEIVED, Casework
from tests.casework.every_verb import EVERY_VERB, Trial

pytestmark = pytest.mark.of_a_file


def digest(register: Register) -> str:
    """The digest of the register's file."""
    return sha256(Path(register.where).read_bytes()).hexdigest()


@pytest.mark.parametrize("trial", EVERY_VERB, ids=lambda trial: trial.name)
def test_it_gives_what_doing_it_gives_and_writes_nothing(shropshire: Register, trial: Trial) -> None:
    arguments = trial.arguments(shropshire)
    before = digest(shropshire)
    with closing(sqlite3.connect(shropshire.where, isolation_level=None)) as writer:
        # Another officer is saving just now: a rehearsal neither waits for that nor stands in its way.
        writer.execute("BEGIN IMMEDIATE")
        rehearsed = rehearse(trial.verb, *arguments)
        writer.execute("ROLLBACK")
    assert digest(shropshire) == before
    assert trial.verb(*arguments) == rehearsed


def test_it_holds_no_lock_while_it_runs(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    duty = case.duty(RECEIVED)
    with (
        type(duty)(shropshire, "Sam", RECEIVED, rehearsing=True).work() as work,
        closing(sqlite3.connect(shropshire.where, isolation_level=None, timeout=0)) as writer,
    ):
        work.session.connection()
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("ROLLBACK")


def test_it_is_refused_as_the_step_would_be(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.withdraw(RECEIVED)
    for trial in EVERY_VERB:
        if trial.name not in ("acknowledge", "investigate", "extend", "respond", "withdraw"):
            continue
        duty = case.duty(RECEIVED)
        with pytest.raises(Refused) as done:
            trial.verb(duty, case.reference, *trial.given)
        with pytest.raises(Refused) as rehearsed:
            rehearse(trial.verb, duty, case.reference, *trial.given)
        assert str(rehearsed.value) == str(done.value)
