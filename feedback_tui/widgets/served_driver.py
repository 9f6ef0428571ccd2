"""The driver for a session in a browser: Textual's web driver, which also ends when its server is gone."""

from __future__ import annotations

import os
from typing import Any

from textual import messages
from textual.app import App
from textual.drivers.web_driver import WebDriver

END_WITHIN = 5.0
"""Seconds that a session has to keep its drafts and end after its server is gone; then the process is ended."""


class ServedDriver(WebDriver):
    """A session reads its input from its server, so the end of that input means the server has ended, even if it was
    killed. Without this the session would run on for ever with its register open."""

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
            return len(data)  # Nobody reads the output any more; the input will end too.
