"""The figures of the report in one tree, in the order of the JSON."""

from __future__ import annotations

from feedback_tui.plain_error import PlainError
from feedback_tui.reports.declarations.complaints import COMPLAINTS, GROUPS, OUTCOMES, PROVIDERS, TEAMS
from feedback_tui.reports.declarations.declaration import Member, asked_by_key
from feedback_tui.reports.declarations.figure_query import Asked
from feedback_tui.reports.declarations.ombudsman import WENT_TO_THE_OMBUDSMAN
from feedback_tui.reports.declarations.received import COMPLIMENTS, ENQUIRIES, FEEDBACK
from feedback_tui.reports.declarations.redress import LEARNING_AND_ACTIONS, REMEDIES
from feedback_tui.reports.declarations.span_query import Asking
from feedback_tui.reports.declarations.statutory_returns import CODE, REGULATION_18
from feedback_tui.reports.declarations.timeliness import ACKNOWLEDGEMENT, EXTENDED, RESPONSES
from feedback_tui.text import one_line

YEAR: tuple[Member, ...] = (
    FEEDBACK,
    COMPLAINTS,
    ACKNOWLEDGEMENT,
    EXTENDED,
    *RESPONSES.values(),
    TEAMS,
    PROVIDERS,
    OUTCOMES,
    GROUPS,
    WENT_TO_THE_OMBUDSMAN,
    REMEDIES,
    LEARNING_AND_ACTIONS,
    COMPLIMENTS,
    ENQUIRIES,
    REGULATION_18,
    CODE,
)


class NoSuchFigure(PlainError):
    """A key that is no figure of the summary, or one that lists no cases."""


def asked_by(key: str, asking: Asking) -> list[Asked]:
    """What the figure of a key counts: one query, or several whose results follow each other. Raises NoSuchFigure."""
    try:
        return asked_by_key(YEAR, key, asking)
    except (KeyError, ValueError):
        raise NoSuchFigure(
            f"“{one_line(key, 80)}” is no figure that lists cases: write its path in the summary's JSON, as "
            "complaints.by_team.North, outcomes.stage_1.upheld or ombudsman.replies.of."
        ) from None
