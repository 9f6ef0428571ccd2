"""What a screen is handed: the register, who is working, what day it is, and where drafts are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from feedback_tui.screens.shared.hidden_names import Names
from feedback_tui.storage.register import Register
from feedback_tui.widgets.drafts import Drafts
from feedback_tui.widgets.recent_cases import Recent
from feedback_tui.widgets.steps_in_doubt import Doubts

if TYPE_CHECKING:
    from feedback_tui.casework.actor import Actor


@dataclass(frozen=True)
class Services:
    """The services of one session. `today` is asked each time: a session lives past midnight."""

    register: Register
    officer: str
    today: Callable[[], date]
    drafts: Drafts
    doubts: Doubts = field(default_factory=Doubts)
    """The steps of which it is not known whether they were saved."""
    recent: Recent = field(default_factory=Recent)
    """The cases that the officer opened last."""
    seen: set[tuple[str, date]] = field(default_factory=set)
    """The cases that were looked at, and on which day: where that is recorded, once is enough."""
    names: Names = field(default_factory=Names)
    """Whether people's names are shown."""

    def actor(self) -> Actor:
        """The officer at work, today. What a verb stands on is loaded with the first one."""
        from feedback_tui.casework.actor import Actor

        return Actor(self.register, self.officer, self.today())
