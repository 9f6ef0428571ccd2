"""The overall outcome of a complaint from the findings on its points."""

from __future__ import annotations

from collections.abc import Iterable

from feedback_tui.words import Outcome

FINDINGS = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD, Outcome.NO_FINDING)
"""What may be found on a point of an investigation."""


def overall_outcome(findings: Iterable[Outcome | None]) -> Outcome:
    """Over the points that have a finding: all upheld: upheld; none upheld or partly upheld: not upheld; else partly.

    No point with a finding, or only “no finding”: no finding. A point that was withdrawn, or settled informally, has
    none. The officer may override it with a reason.
    """
    given = set(findings)
    found = [finding for finding in (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD) if finding in given]
    if not found:
        return Outcome.NO_FINDING
    return found[0] if len(found) == 1 else Outcome.PARTLY_UPHELD
