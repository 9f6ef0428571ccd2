"""On a server each role does what it may, step by step; what it may not, the server refuses, and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.change_profile import use_profile
from feedback_tui.casework.days_off import change_days_off
from feedback_tui.casework.typed_figures import YearFigure, set_figures
from feedback_tui.casework.year_texts import add_words
from feedback_tui.enums import YearSection
from feedback_tui.models.event import Event
from feedback_tui.models.inputs.stages import DaysOffChange
from feedback_tui.rules.working_days import DayOff
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend.server_functions import KEEPER
from feedback_tui.storage.backend.server_roles import MANAGER, OFFICER, READER
from feedback_tui.storage.errors import RegisterError, ServerRefuses
from feedback_tui.storage.make_roles import make_roles
from feedback_tui.storage.register import Register, open_register
from tests.casework.every_verb import EVERY_VERB, TODAY
from tests.conftest import actor_on
from tests.places import login_of, one_at_a_time

pytestmark = pytest.mark.of_a_server

CASEWORK = (OFFICER, KEEPER)
FOR_MANAGERS = ("erase",)
"""Steps on a case that are not an officer's."""
OFFERED = '[vocabulary]\ninvestigators = ["Pat Lowe"]'
OF_THE_YEAR: dict[str, Callable[[Actor], object]] = {
    "figures": lambda actor: set_figures(actor, [YearFigure("2021/22", "investigations", "156")]),
    "words": lambda actor: add_words(actor, "2025/26", YearSection.RECOMMENDATIONS, "Answer sooner."),
}
OF_THE_REGISTER: dict[str, Callable[[Actor], object]] = {
    "days off": lambda actor: change_days_off(actor, DaysOffChange(added=(DayOff(date(2026, 7, 13), "Mourning"),))),
    "profile": lambda actor: use_profile(actor, actor.register.profile_toml.replace("[vocabulary]", OFFERED)),
}


@pytest.fixture(params=[READER, OFFICER, MANAGER, KEEPER])
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def theirs(shropshire: Register, role: str) -> Iterator[Register]:
    """The register as a login of this role has it open."""
    with one_at_a_time():
        make_roles(shropshire.where)
    opened = open_register(login_of(shropshire.where, f"a_{role}", role))
    opened.reader = opened.officer_for(f"a_{role}")
    yield opened
    opened.close()


def test_every_step_on_a_case(shropshire: Register, theirs: Register, role: str) -> None:
    for trial in EVERY_VERB:
        actor, *given = trial.arguments(shropshire)
        own = replace(actor, register=theirs, officer=theirs.login)
        if role == MANAGER or (role in CASEWORK and trial.name not in FOR_MANAGERS):
            trial.verb(own, *given)
        else:
            _refused(shropshire, lambda verb=trial.verb, given=given, own=own: verb(own, *given))
    assert check(shropshire).sound


def test_what_is_of_the_year_and_of_the_register(shropshire: Register, theirs: Register, role: str) -> None:
    own = actor_on(theirs, TODAY, theirs.login)
    for what, do in {**OF_THE_YEAR, **OF_THE_REGISTER}.items():
        if role == MANAGER or (role in CASEWORK and what in OF_THE_YEAR):
            do(own)
        else:
            _refused(shropshire, lambda do=do: do(own))
    assert check(shropshire).sound


def _refused(register: Register, do: Callable[..., Any]) -> None:
    before = _head(register)
    with pytest.raises(ServerRefuses, match="Your login may not do that"):
        do()
    assert _head(register) == before


def _head(register: Register) -> str:
    """The hash of the last event. That no row was changed without one is for `check` to say, at the end."""
    with register.reading() as session:
        return session.exec(select(Event.hash).order_by(col(Event.id).desc()).limit(1)).one()


def test_who_does_not_own_the_database_makes_no_roles_and_no_copy_into_it(theirs: Register) -> None:
    with pytest.raises(RegisterError, match="may not do that"):
        make_roles(theirs.where)
