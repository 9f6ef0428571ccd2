"""What the screens on which one case is meant have in common: its steps, and the ways on from it."""

from __future__ import annotations

from feedback_tui.screens import doors
from feedback_tui.screens.base import DeskScreen
from feedback_tui.words import StepKey


class OneCaseScreen(DeskScreen):
    """A screen on which one case is meant."""

    @property
    def reference(self) -> str | None:
        """The case that is meant; None where there is none."""
        raise NotImplementedError

    def take(self, step: StepKey) -> None:
        if self.reference is not None:
            doors.open_step(self.app, self.services, self.reference, step)

    def logged(self, reference: str | None) -> None:
        """Called when the form for new feedback is left, with the reference of what was logged."""

    def do_new(self) -> None:
        doors.open_intake(self.app, self.services, self.logged)

    def do_steps(self) -> None:
        if self.reference is not None:
            doors.open_steps(self.app, self.services, self.reference)

    def do_explain(self) -> None:
        if self.reference is not None:
            doors.open_explain(self.app, self.services, self.reference)

    def do_copy(self) -> None:
        if self.reference is not None:
            self.app.copy_to_clipboard(self.reference)
            self.say(f"{self.reference} is on the clipboard.")

    def do_goto(self) -> None:
        doors.open_goto(self.app, self.services)

    def do_year(self) -> None:
        doors.open_year(self.app, self.services)
