"""A screen among others: what comes for it once it was left is let go, and it leaves without taking another along."""

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

    Answers of threads, timers and messages reach a screen also while it is being taken down, its widgets first: they
    find nothing to change any more, and that is no fault.
    """

    def __init__(self) -> None:
        super().__init__()
        self._to_leave: list[R | None] = []

    @property
    def was_left(self) -> bool:
        """Whether it was left, or the program is ending."""
        return not self.app.is_running or self not in self.app.screen_stack

    # Leaving

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Leaves it; where another screen stands before it, once that is gone. To leave it twice is to leave it once.

        Textual takes away whichever screen is in front: a form that was saved beneath the cover of the desk would take
        the cover away.
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

    # What comes late

    def while_open(self, callback: Callable[..., Any]) -> Callable[..., Any]:
        """The same, but nothing once the screen was left."""

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
        # It is called by the screen that is in front then.
        return super().call_after_refresh(self.while_open(callback), *args, **kwargs)

    def set_timer(self, delay: float, callback: Callable[..., Any] | None = None, **named: Any) -> Timer:
        return super().set_timer(delay, self.while_open(callback) if callback else None, **named)

    def set_interval(self, interval: float, callback: Callable[..., Any] | None = None, **named: Any) -> Timer:
        return super().set_interval(interval, self.while_open(callback) if callback else None, **named)
