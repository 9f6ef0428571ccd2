"""Base screen that ignores callbacks after it was dismissed, and that dismisses no other screen in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import MountError

R = TypeVar("R")


class Standing(Screen[R]):
    """Base of the program's screens.

    Results of threads, timers and messages can reach a screen while its widgets are being removed. They find nothing to
    change, which is not an error.
    """

    def __init__(self) -> None:
        super().__init__()
        self._to_leave: list[R | None] = []

    @property
    def was_left(self) -> bool:
        """Whether the screen was dismissed, or the program is ending."""
        return not self.app.is_running or self not in self.app.screen_stack

    # Dismissing

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Dismisses this screen; if another screen is in front, when that one is gone. A second call has no effect.

        Textual's own method removes whichever screen is in front: a form saved beneath the lock screen would remove the
        lock screen.
        """
        stack = self.app.screen_stack
        if stack and stack[-1] is self:
            return super().dismiss(result)
        if self in stack:
            self._to_leave = [result]
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        if self._to_leave:
            self.dismiss(self._to_leave.pop())

    # Late callbacks

    def while_open(self, callback: Callable[..., Any]) -> Callable[..., Any]:
        """Returns the callback, changed to do nothing once the screen was dismissed."""

        def call(*given: Any, **named: Any) -> Any:
            return None if self.was_left else callback(*given, **named)

        return call

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except (NoMatches, MountError):
            if not self.was_left:
                raise

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        # Textual calls it from the screen that is in front by then.
        return super().call_after_refresh(self.while_open(callback), *args, **kwargs)

    def set_timer(self, delay: float, callback: Callable[..., Any] | None = None, **named: Any) -> Timer:
        return super().set_timer(delay, self.while_open(callback) if callback else None, **named)

    def set_interval(self, interval: float, callback: Callable[..., Any] | None = None, **named: Any) -> Timer:
        return super().set_interval(interval, self.while_open(callback) if callback else None, **named)
