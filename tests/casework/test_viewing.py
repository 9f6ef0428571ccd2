"""Who looked at a case: recorded where the profile asks for it, beside the record, and never in the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from feedback_tui.casework.errors import NoSuchCase, Restricted
from feedback_tui.casework.restrict import restrict
from feedback_tui.casework.view_log import saw, views_of
from feedback_tui.models.inputs.early_closure import Restriction
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, create_register
from tests.casework.cases import Casework, everything
from tests.conftest import actor_on

TODAY = date(2026, 5, 20)


@pytest.fixture
def recording(place: str) -> Iterator[Register]:
    """An empty register whose profile has it recorded who looks."""
    toml = profile_text("shropshire").replace("\n[usual]", "\nrecord_views = true\n\n[usual]", 1)
    register = create_register(place, toml)
    yield register
    register.close()


def test_who_looked_stands_beside_the_record_and_changes_nothing_in_it(recording: Register) -> None:
    case = Casework(recording).log(customer_name="Ann Lee")
    before = everything(recording)
    assert saw(actor_on(recording, TODAY), case.reference.lower())
    assert saw(actor_on(recording, TODAY, "Kim Ode"), case.reference)
    after = everything(recording)
    assert [row[2] for row in after.pop("viewing")] == ["Sam Reed", "Kim Ode"]
    before.pop("viewing")
    assert after == before, "no event, and the version of the case stays"
    assert [view.officer for view in views_of(recording, case.reference)] == ["Kim Ode", "Sam Reed"]
    assert [view.officer for view in case.page(TODAY).views] == ["Kim Ode", "Sam Reed"]
    assert check(recording).sound
    with pytest.raises(NoSuchCase):
        saw(actor_on(recording, TODAY), "ASC-26-9999")


def test_nothing_is_recorded_where_the_profile_does_not_ask(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    assert not saw(actor_on(shropshire, TODAY), case.reference)
    assert case.page(TODAY).views == views_of(shropshire, case.reference) == ()


def test_who_looked_at_a_restricted_case_is_told_to_those_named_for_it(recording: Register) -> None:
    case = Casework(recording).log(customer_name="Ann Lee")
    saw(actor_on(recording, TODAY), case.reference)
    restrict(case.actor(TODAY), case.reference, Restriction(on=TODAY, officers=("Sam Reed",), reason="A colleague"))
    recording.reader = "Sam Reed"
    assert [view.officer for view in views_of(recording, case.reference)] == ["Sam Reed"]
    recording.reader = "Kim Ode"
    with pytest.raises(Restricted):
        views_of(recording, case.reference)
