"""Which words of a vocabulary a few letters may mean."""

from __future__ import annotations

from feedback_tui.widgets.vocabulary_fields import matching

TEAMS = ("Social Work Team - North", "Social Work Team - South", "Sensory Impairment", "Enable", "Northgate Hostel")


def test_what_begins_with_the_letters_comes_before_what_holds_them() -> None:
    assert matching("nor", TEAMS) == ["Northgate Hostel", "Social Work Team - North"]


def test_every_word_typed_must_occur_in_any_order_and_case() -> None:
    assert matching("NORTH soc", TEAMS) == ["Social Work Team - North"]
    assert matching("zz", TEAMS) == []


def test_nothing_typed_offers_everything_in_the_councils_order() -> None:
    assert matching("  ", TEAMS) == list(TEAMS)
