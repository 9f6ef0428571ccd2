"""Finds out whether steps in doubt were saved, once the server answers again, and tells the officer."""

from __future__ import annotations

from threading import Lock
from typing import Any

from textual.app import App

from feedback_tui.screens.shared.services import Services
from feedback_tui.storage.errors import RegisterError
from feedback_tui.text import safe_text
from feedback_tui.widgets.steps_in_doubt import Doubt, digest_of


class DoubtsAsked:
    """Checks the steps in doubt against the register, one check at a time."""

    def __init__(self, app: App[Any], services: Services) -> None:
        self._app, self._services, self._busy = app, services, Lock()

    def ask(self) -> None:
        """Checks each step in doubt; called in a thread. If the server does not answer, the next call tries again."""
        if not self._services.doubts.all or not self._busy.acquire(blocking=False):
            return
        try:
            for doubt in self._services.doubts.all:
                saved = self._services.register.was_saved(doubt.event)
                self._app.call_later(self._known, doubt, saved)
        except RegisterError:
            pass
        finally:
            self._busy.release()

    def _known(self, doubt: Doubt, saved: bool) -> None:
        """Tells the officer, in the form if it is still open, otherwise in a message."""
        from feedback_tui.screens.shared.form_screen import FormScreen

        for screen in self._app.screen_stack:
            if isinstance(screen, FormScreen) and screen.draft_name == doubt.form and screen.in_doubt is not None:
                screen.doubt_is_over(saved)
                return
        if self._services.doubts.drop(doubt.form) is None:
            return  # The form has told the officer already.
        if not saved:
            words = "it was not saved. What you typed is kept as a draft."
        elif self._services.drafts.drop_saved(doubt.form, lambda typed: digest_of(typed) == doubt.typed):
            words = "it was saved. What else you typed there is kept as a draft."
        else:
            words = "it was saved."
        words = f"{doubt.title}, {doubt.at:%H:%M}: {words}"
        self._app.notify(safe_text(words), severity="information" if saved else "warning", markup=False, timeout=20)
