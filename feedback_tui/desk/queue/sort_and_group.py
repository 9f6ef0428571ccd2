"""How the queue is laid out: in which groups, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_tui.enums import Word


class Grouping(Word):
    """What the rows of the queue stand together by."""

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
    """How the queue is laid out: as it always was, unless something else is chosen."""

    group: Grouping = Grouping.DUE
    order: QueueOrder = QueueOrder.DUE

    @property
    def is_usual(self) -> bool:
        """Whether it is the order that every session starts with."""
        return self == Arrangement()


USUAL = Arrangement()
"""As every session starts."""
