"""What makes the figures of a year uncertain: which gap is found in which case."""

from __future__ import annotations

from datetime import date
from typing import Any

from feedback_tui.casework.close import void
from feedback_tui.desk.data_quality import wobbles
from feedback_tui.enums import Kind, LearningSaid, Outcome
from feedback_tui.models.inputs.stages import PointInput, Reason
from feedback_tui.rules.months import year_of
from feedback_tui.storage.register import Register
from tests.casework.cases import RECEIVED, Casework

TODAY = date(2024, 5, 1)
WHOLE: dict[str, Any] = {"channel": "email", "points": (PointInput(team="North", category="Charges"),)}


def gaps(register: Register) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for wobble in wobbles(register, year_of(RECEIVED), TODAY):
        found.setdefault(wobble.reference, []).append(wobble.what)
    return found


def test_each_gap_of_a_case_is_found(shropshire: Register) -> None:
    bare = Casework(shropshire).log(procedure=None)
    whole = Casework(shropshire).log(**WHOLE)
    whole.acknowledge(date(2024, 3, 5))
    whole.investigate(date(2024, 3, 6))
    upheld = Casework(shropshire).log(**WHOLE)
    upheld.acknowledge(date(2024, 3, 5))
    upheld.investigate(date(2024, 3, 6))
    upheld.respond(date(2024, 4, 4), Outcome.UPHELD, learning_said=LearningSaid.AWAITED)
    praise = Casework(shropshire).log(procedure=None, kind=Kind.COMPLIMENT)
    assert gaps(shropshire) == {
        bare.reference: [
            *("no team", "no category", "no procedure", "no channel", "never acknowledged"),
            "investigation never started, and not closed",
        ],
        upheld.reference: ["upheld or partly upheld, and learning not said"],
        praise.reference: ["no team"],
    }


def test_a_void_case_and_another_year_have_none(shropshire: Register) -> None:
    error = Casework(shropshire).log(procedure=None)
    void(error.actor(TODAY), error.reference, Reason(on=TODAY, reason="Twice"))
    Casework(shropshire).log(date(2024, 4, 2), procedure=None)
    assert gaps(shropshire) == {}
