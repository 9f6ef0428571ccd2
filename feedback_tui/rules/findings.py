"""The overall outcome of a complaint from the findings on its points."""

from __future__ import annotations

from collections.abc import Iterable

from feedback_tui.words import Outcome

FINDINGS = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD, Outcome.NO_FINDING)
"""What may be found on a point of an investigation."""


def overall_outcome(findings: Iterable[Outcome | None]) -> Outcome:
    """Over the points that have a finding: all upheld: upheld; none upheld or partly upheld: not upheld; else partly.

    No point with a finding, or only “no finding”: no finding. The officer may override it with a reason.
    """
    found = {finding for finding in findings if finding is not None} - {Outcome.NO_FINDING}
    if not found:
        return Outcome.NO_FINDING
    if found == {Outcome.UPHELD}:
        return Outcome.UPHELD
    if not found & {Outcome.UPHELD, Outcome.PARTLY_UPHELD}:
        return Outcome.NOT_UPHELD
    return Outcome.PARTLY_UPHELD
