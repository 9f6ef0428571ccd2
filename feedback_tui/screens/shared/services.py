"""What every screen gets: the register, the officer, the day, the drafts, and the navigation to other screens.

Screens do not import each other: ``screens.open_screens`` is passed in as `navigation`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App

from feedback_tui.enums import Contact, DeadlineKind, StepKey
from feedback_tui.screens.shared.hidden_names import Names
from feedback_tui.storage.register import Register
from feedback_tui.widgets.drafts import Drafts
from feedback_tui.widgets.recent_cases import Recent
from feedback_tui.widgets.steps_in_doubt import Doubts

if TYPE_CHECKING:
    from feedback_tui.casework.actor import Actor
    from feedback_tui.casework.bulk import BulkResult
    from feedback_tui.desk.filters.case_filter import CaseFilter
    from feedback_tui.screens.shared.screen_list import ScreenList

Then = Callable[[str | None], None]
DateMeant = tuple[DeadlineKind, date]
"""A date of a case: the kind of deadline, and its due date."""


@dataclass(frozen=True)
class Services:
    """The services of one session. `today` is called each time, because a session can last past midnight."""

    register: Register
    officer: str
    today: Callable[[], date]
    drafts: Drafts
    navigation: Navigation
    """Opens other screens."""
    doubts: Doubts = field(default_factory=Doubts)
    """The steps of which it is not known whether they were saved."""
    recent: Recent = field(default_factory=Recent)
    """The cases that the officer opened last."""
    seen: set[tuple[str, date]] = field(default_factory=set)
    """The cases viewed, with the day, because each view is recorded once a day."""
    names: Names = field(default_factory=Names)
    """Whether people's names are hidden."""

    def actor(self) -> Actor:
        """Returns the officer at work, today. Imported here, so that the verbs are loaded with the first one."""
        from feedback_tui.casework.actor import Actor

        return Actor(self.register, self.officer, self.today())


class Navigation(Protocol):
    """Opens one screen from another; each function of ``screens.open_screens`` says what it opens."""

    def open_intake(self, app: App[Any], services: Services, then: Then) -> None: ...

    def open_case(self, app: App[Any], services: Services, reference: str) -> None: ...

    def open_steps(self, app: App[Any], services: Services, reference: str) -> None: ...

    def open_step(
        self,
        app: App[Any],
        services: Services,
        reference: str,
        step: StepKey,
        then: Then | None = None,
        number: int | None = None,
    ) -> None: ...

    def open_letters(self, app: App[Any], services: Services, reference: str, then: Then | None = None) -> None: ...

    def open_letter(
        self, app: App[Any], services: Services, reference: str, key: str, then: Then | None = None
    ) -> None: ...

    def open_contact(
        self, app: App[Any], services: Services, reference: str, kind: Contact, then: Then | None = None
    ) -> None: ...

    def open_where(self, app: App[Any], services: Services, reference: str | None = None) -> None: ...

    def open_investigators(self, app: App[Any], services: Services) -> None: ...

    def open_explain(
        self, app: App[Any], services: Services, reference: str, meant: DateMeant | None = None
    ) -> None: ...

    def open_year(self, app: App[Any], services: Services, at: str = "") -> None: ...

    def open_job(self, app: App[Any], services: Services, name: str) -> None: ...

    def open_list_export(self, app: App[Any], services: Services, lists: Sequence[ScreenList]) -> None: ...

    def open_learning(self, app: App[Any], services: Services) -> None: ...

    def open_cases(self, app: App[Any], services: Services, text: str = "", title: str = "") -> None: ...

    def open_filtered(self, app: App[Any], services: Services, wanted: CaseFilter, title: str = "") -> None: ...

    def open_bulk_step(
        self,
        app: App[Any],
        services: Services,
        cases: Mapping[int, str],
        step: StepKey,
        then: Callable[[BulkResult], None],
    ) -> None: ...

    def open_saved_filters(self, app: App[Any], services: Services, text: str, then: Then) -> None: ...

    def open_guides(self, app: App[Any], services: Services, name: str = "") -> None: ...

    def open_tour(self, app: App[Any], services: Services) -> None: ...

    def open_morning(self, app: App[Any], services: Services) -> None: ...

    def open_find(self, app: App[Any], services: Services) -> None: ...

    def open_goto(self, app: App[Any], services: Services) -> None: ...

    def open_days_off(self, app: App[Any], services: Services) -> None: ...

    def open_calculator(self, app: App[Any], services: Services) -> None: ...
