"""The base of screens with a current case: reading it, its steps, and the screens reached from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Event

from feedback_tui.actions import Situation
from feedback_tui.casework.errors import NoSuchCase, Restricted
from feedback_tui.enums import StepKey
from feedback_tui.screens.case.view_log import note_view
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.services import DateMeant, Services

if TYPE_CHECKING:
    from feedback_tui.desk.case.page import CasePage


class OneCaseScreen(DeskScreen):
    """A screen with a current case: the one that it was opened for, or the one under the cursor."""

    def __init__(self, services: Services, reference: str | None = None) -> None:
        super().__init__(services)
        self._reference = reference
        self._page: CasePage | None = None
        self._asked = self._tried = False

    @property
    def reference(self) -> str | None:
        """The reference of the current case, or None."""
        return self._reference

    def situation(self) -> Situation:
        return Situation(self.reference, self._page.standing if self._page else None)

    @property
    def date_meant(self) -> DateMeant | None:
        """The date of the case that is under the cursor, or None."""
        return None

    @property
    def case_id(self) -> int | None:
        return self._page.id if self._page is not None and self._reference is not None else None

    # Reading the case

    def takes(self, event: Event) -> bool:
        """Keys wait until the case was read, or could not be."""
        return self._tried or not self._asked

    def read_case(self) -> None:
        """Reads the case that the screen was opened for, and then calls `case_read`."""
        register, reference, today = self.services.register, self._reference or "", self.services.today()
        self._asked = True

        # Imported here, so that it is loaded only when a page is read.
        def read() -> CasePage:
            from feedback_tui.desk.case.page import case_page

            return case_page(register, reference, today)

        self.read("page", read, self._case_read, self._case_gone)

    def _case_read(self, page: CasePage) -> None:
        before, self._page, self._reference = self._page, page, page.reference
        self._tried = True
        self.say_where()
        note_view(self, page.reference)
        self.case_read(page, first=before is None)

    def case_read(self, page: CasePage, *, first: bool) -> None:
        """Called with the case each time it was read; `first` is true the first time."""

    def _case_gone(self, error: Exception) -> None:
        self._tried = True
        if isinstance(error, (NoSuchCase, Restricted)):
            self.say(str(error), "warning")
            self.dismiss(None)
        else:
            self.went_wrong(error)

    # Names

    def names_changed(self) -> None:
        """Redraws what is shown, with or without people's names."""

    def do_hide_names(self) -> None:
        names = self.services.names
        names.hidden = not names.hidden
        self.names_changed()
        self.say_where()
        self.say("Names are hidden in lists and headers." if names.hidden else "Names are shown again.")

    # Other screens

    def take(self, step: StepKey) -> None:
        if self.reference is not None:
            self.services.navigation.open_step(self.app, self.services, self.reference, step)

    def logged(self, reference: str | None) -> None:
        """Called when the form for new feedback is left, with the reference of the logged case, or None."""

    def do_new(self) -> None:
        self.services.navigation.open_intake(self.app, self.services, self.logged)

    def do_steps(self) -> None:
        if self.reference is not None:
            self.services.navigation.open_steps(self.app, self.services, self.reference)

    def do_explain(self) -> None:
        if self.reference is not None:
            self.services.navigation.open_explain(self.app, self.services, self.reference, self.date_meant)

    def do_copy(self) -> None:
        if self.reference is not None:
            self.app.copy_to_clipboard(self.reference)
            self.say(f"{self.reference} is on the clipboard.")

    def do_goto(self) -> None:
        self.services.navigation.open_goto(self.app, self.services)

    def do_learning(self) -> None:
        self.services.navigation.open_learning(self.app, self.services)

    def do_where(self) -> None:
        self.services.navigation.open_where(self.app, self.services, self.reference)

    def do_investigators(self) -> None:
        self.services.navigation.open_investigators(self.app, self.services)

    def do_year(self) -> None:
        self.services.navigation.open_year(self.app, self.services)

    def do_working_reports(self) -> None:
        self.services.navigation.open_year(self.app, self.services, "Open and overdue")
