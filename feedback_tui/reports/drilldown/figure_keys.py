"""The keys of the summary as questions: ``complaints.by_team.North``, ``stage_1.all.within_limit``.

A key is the path of a count in the JSON of the summary. The words in it are the register's own, and may hold a full
stop: they stand at the end, or are known from the profile.
"""

from __future__ import annotations

from collections.abc import Callable

from feedback_tui.errors import PlainError
from feedback_tui.reports.drilldown.afterwards import learning, ombudsman, remedies
from feedback_tui.reports.drilldown.complaints import complaints, group, outcomes
from feedback_tui.reports.drilldown.figure_query import Asked
from feedback_tui.reports.drilldown.received import compliments, enquiries, feedback
from feedback_tui.reports.drilldown.span_query import Asking
from feedback_tui.reports.drilldown.statutory_returns import code, regulation_18
from feedback_tui.reports.drilldown.timeliness import acknowledgement, extended, stage_1
from feedback_tui.text import one_line

READERS: dict[str, Callable[[Asking, str], list[Asked] | Asked]] = {
    "feedback": feedback,
    "complaints": lambda asking, rest: complaints(asking, rest, asking.received()),
    "acknowledgement": lambda asking, rest: acknowledgement(asking, rest, asking.received()),
    "extended": extended,
    "stage_1": stage_1,
    "outcomes": outcomes,
    "groups": group,
    "ombudsman": ombudsman,
    "remedies": remedies,
    "learning": learning,
    "compliments": compliments,
    "enquiries": enquiries,
    "regulation_18": regulation_18,
    "code": code,
}
"""Who reads the keys of each section of the summary."""


class NoSuchFigure(PlainError):
    """A key that is no figure of the summary, or one that lists no cases."""


def asked_by(key: str, asking: Asking) -> list[Asked]:
    """What the figure asks for: one list, or several that follow each other. Raises NoSuchFigure."""
    head, _, rest = key.partition(".")
    try:
        found = READERS[head](asking, rest)
    except (KeyError, ValueError):
        raise NoSuchFigure(
            f"“{one_line(key, 80)}” is no figure that lists cases: write its path in the summary's JSON, as "
            "complaints.by_team.North, outcomes.stage_1.upheld or ombudsman.replies.of."
        ) from None
    return found if isinstance(found, list) else [found]
