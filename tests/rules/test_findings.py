"""The overall outcome from the findings on the points."""

from __future__ import annotations

from itertools import combinations_with_replacement, permutations

import pytest

from feedback_tui.enums import Outcome
from feedback_tui.rules.findings import FINDINGS, overall_outcome

UPHELD, PARTLY, NOT, NONE = FINDINGS


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ([], NONE),
        ([None], NONE),
        ([NONE], NONE),
        ([NONE, None], NONE),
        ([UPHELD], UPHELD),
        ([UPHELD, UPHELD], UPHELD),
        ([UPHELD, None], UPHELD),
        ([UPHELD, NONE], UPHELD),
        ([NOT], NOT),
        ([NOT, NOT, NONE], NOT),
        ([PARTLY], PARTLY),
        ([PARTLY, PARTLY], PARTLY),
        ([UPHELD, NOT], PARTLY),
        ([UPHELD, PARTLY], PARTLY),
        ([NOT, PARTLY], PARTLY),
        ([UPHELD, PARTLY, NOT, NONE, None], PARTLY),
        # A point that was withdrawn has no finding: it is not a point that was not upheld.
        ([Outcome.WITHDRAWN], NONE),
        ([UPHELD, Outcome.WITHDRAWN], UPHELD),
        ([Outcome.RESOLVED_INFORMALLY, NOT], NOT),
    ],
)
def test_the_outcome_follows_the_findings(findings: list[Outcome | None], outcome: Outcome) -> None:
    assert overall_outcome(findings) is outcome


def test_their_order_does_not_matter() -> None:
    for three in combinations_with_replacement([*FINDINGS, None], 3):
        assert len({overall_outcome(order) for order in permutations(three)}) == 1
        assert overall_outcome(three) in FINDINGS
