"""What was found: the overall outcome from the findings on the points, and which of several stages' findings stands."""

from __future__ import annotations

from collections.abc import Iterable

from feedback_tui.enums import Outcome

FINDINGS = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD, Outcome.NO_FINDING)
"""What may be found on a point of an investigation."""
DECIDED = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD)
"""The findings that decide a point; “no finding” leaves it as the stage before decided it."""
NO_FINDINGS_NEEDED = (Outcome.RESOLVED_INFORMALLY, Outcome.WITHDRAWN)
"""The outcomes that an answer may have without a finding on each point."""
WELL_FOUNDED = (Outcome.UPHELD, Outcome.PARTLY_UPHELD)
"""What regulation 18 counts as well-founded."""


def overall_outcome(findings: Iterable[Outcome | None]) -> Outcome:
    """Over the points that have a finding: all upheld: upheld; none upheld or partly upheld: not upheld; else partly.

    No point with a finding, or only “no finding”: no finding. A point that was withdrawn, or settled informally, has
    none. The officer may override it with a reason.
    """
    given = set(findings)
    found = [finding for finding in DECIDED if finding in given]
    if not found:
        return Outcome.NO_FINDING
    return found[0] if len(found) == 1 else Outcome.PARTLY_UPHELD


def implied_finding(points: int, outcome: Outcome | None) -> Outcome | None:
    """The finding on the point of a complaint with one point, which its outcome says; None where it does not."""
    return outcome if points == 1 and outcome in FINDINGS else None
