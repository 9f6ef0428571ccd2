"""The overall outcome from the findings on points, and which finding of several stages counts."""

from __future__ import annotations

from collections.abc import Iterable

from feedback_tui.enums import Outcome

FINDINGS = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD, Outcome.NO_FINDING)
"""The findings on a point that an investigation can have."""
DECIDED = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD)
"""The findings that decide a point. “No finding” leaves the earlier stage's finding in force."""
NO_FINDINGS_NEEDED = (Outcome.RESOLVED_INFORMALLY, Outcome.WITHDRAWN)
"""The outcomes of a response that need no finding on each point."""
WELL_FOUNDED = (Outcome.UPHELD, Outcome.PARTLY_UPHELD)
"""The outcomes that regulation 18 counts as well-founded."""


def overall_outcome(findings: Iterable[Outcome | None]) -> Outcome:
    """Returns the outcome of a case from the findings on its points: upheld if all are, not upheld if all are,
    otherwise partly upheld.

    Points with “no finding” or without a finding are ignored; if no point is decided, the outcome is no finding. The
    officer may override it with a reason.
    """
    given = set(findings)
    found = [finding for finding in DECIDED if finding in given]
    if not found:
        return Outcome.NO_FINDING
    return found[0] if len(found) == 1 else Outcome.PARTLY_UPHELD


def standing_outcome(stages: Iterable[tuple[int, Outcome | None, bool]]) -> Outcome | None:
    """Returns the outcome that counts, of (stage, outcome, whether it was answered): that of the highest answered stage
    which decided, else that of stage 1."""
    known = sorted(stages, key=lambda stage: stage[0])
    decided = [outcome for number, outcome, answered in known if outcome in DECIDED and (number == 1 or answered)]
    return decided[-1] if decided else next((outcome for number, outcome, _ in known if number == 1), None)


def implied_finding(points: int, outcome: Outcome | None) -> Outcome | None:
    """Returns the outcome as the finding, for a complaint with one point; None for more points, or an outcome that is
    no finding."""
    return outcome if points == 1 and outcome in FINDINGS else None
