"""What draws the interface in a browser: textual's own driver, ended when the server that started it is gone."""

from __future__ import annotations

import os
from typing import Any

from textual import messages
from textual.app import App
from textual.drivers.web_driver import WebDriver

END_WITHIN = 5.0
"""Seconds that the session is given to keep its drafts and end, once its server is gone."""


class ServedDriver(WebDriver):
    """A session reads from its server: the end of what it reads is the end of the server, however that came about, by a
    signal that no program can catch too. Without this it would stay for ever, with its register open."""

    def __init__(self, app: App[Any], **named: Any) -> None:
        super().__init__(app, **named)
        self._write = self._write_on  # type: ignore[assignment]

    def run_input_thread(self) -> None:
        super().run_input_thread()
        if self.exit_event.is_set():
            return
        self._app.post_message(messages.ExitApp())
        if not self.exit_event.wait(END_WITHIN):
            os._exit(1)

    def _write_on(self, data: bytes) -> int:
        try:
            return os.write(self.fileno, data)
        except BrokenPipeError:
            return len(data)  # Nobody reads it any more: the input ends as well.
