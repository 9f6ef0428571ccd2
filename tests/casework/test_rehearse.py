"""A rehearsal says what a step would do to the dates, by the same code, and touches nothing."""

from __future__ import annotations

import pytest

from feedback_tui.casework.actor import rehearse
from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.storage.register import Register
from tests.casework.cases import RECEIVED, Casework, everything
from tests.casework.every_verb import EVERY_VERB, Trial


@pytest.mark.parametrize("trial", EVERY_VERB, ids=lambda trial: trial.name)
def test_it_gives_what_doing_it_gives_and_writes_nothing(shropshire: Register, trial: Trial) -> None:
    arguments = trial.arguments(shropshire)
    before = everything(shropshire)
    # Another officer is saving just now: a rehearsal neither waits for that nor stands in its way.
    with shropshire.engine.connect() as writer, writer.begin():
        rehearsed = rehearse(trial.verb, *arguments)
    assert everything(shropshire) == before
    assert trial.verb(*arguments) == rehearsed


def test_it_holds_no_lock_while_it_runs(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    actor = case.actor(RECEIVED)
    with type(actor)(shropshire, "Sam", RECEIVED, rehearsing=True).transaction() as work:
        work.session.connection()
        with shropshire.engine.connect() as writer, writer.begin() as saving:
            saving.rollback()


def test_it_is_refused_as_the_step_would_be(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.withdraw(RECEIVED)
    for trial in EVERY_VERB:
        if trial.name not in ("acknowledge", "investigate", "extend", "respond", "withdraw"):
            continue
        actor = case.actor(RECEIVED)
        with pytest.raises(StepNotAllowed) as done:
            trial.verb(actor, case.reference, *trial.given)
        with pytest.raises(StepNotAllowed) as rehearsed:
            rehearse(trial.verb, actor, case.reference, *trial.given)
        assert str(rehearsed.value) == str(done.value)
