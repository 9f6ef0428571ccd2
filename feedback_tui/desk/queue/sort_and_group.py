"""The groups and the order of the queue."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_tui.vocabulary import Word


class Grouping(Word):
    """What the rows of the queue are grouped by."""

    DUE = "due"
    TEAM = "team"
    OFFICER = "officer"
    INVESTIGATOR = "investigator"
    NOTHING = "nothing"

    @classmethod
    def noun(cls) -> str:
        return "a way to group the queue"


class QueueOrder(Word):
    """What the rows of the queue are sorted by, within their groups."""

    DUE = "due"
    RECEIVED = "received"
    REFERENCE = "reference"
    TEAM = "team"
    OFFICER = "officer"
    INVESTIGATOR = "investigator"

    @classmethod
    def noun(cls) -> str:
        return "an order of the queue"


@dataclass(frozen=True)
class Arrangement:
    """The grouping and order of the queue; the defaults are those of a new session."""

    group: Grouping = Grouping.DUE
    order: QueueOrder = QueueOrder.DUE

    @property
    def is_usual(self) -> bool:
        """Whether it is the order of a new session."""
        return self == Arrangement()


USUAL = Arrangement()
"""The order of a new session."""
