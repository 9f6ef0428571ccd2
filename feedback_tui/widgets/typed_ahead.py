"""Keys on their way to the screen: each is handed over once the one before it has done all that it does.

Without this a quick hand is faster than the program: what is typed right after a key that opens a screen goes to the
screen before it, or to one whose field is not there yet, and is lost.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from textual.app import App, ScreenStackError
from textual.events import Event, Key
from textual.message_pump import MessagePump
from textual.screen import Screen

__all__ = ["TypedAhead"]

PATIENCE = 10.0
"""Seconds after which a key is handed over, come what may: no screen holds the keyboard for ever."""
LOOK = 0.005
"""Seconds between two looks whether a screen that is being opened stands."""
WAYS_OUT = ("escape", "ctrl+q")
"""Keys that lead out of a screen whether it stands or not."""


class TypedAhead:
    """What was typed and not yet handed over, in order.

    A screen that is not ready for a key as soon as it is composed says so by a method `takes`.
    """

    def __init__(self, app: App[Any], hand_over: Callable[[Event], Awaitable[None]]) -> None:
        self._app, self._hand_over = app, hand_over
        self._waiting: deque[Event] = deque()
        self._at_work: asyncio.Task[None] | None = None
        self._opened: Screen[Any] | None = None
        """The screen in front, once all that it asked for on opening has come to pass."""
        self._coming: Screen[Any] | None = None
        """The screen that was put in front last, while it is being opened."""
        self._leaving = False
        """Whether the key that is under way leads out of a screen."""
        self._under_way: list[MessagePump] = []
        """The way up from a field that took in letters, whose messages may still be on it."""

    @property
    def idle(self) -> bool:
        """Whether every key has done what it does."""
        return not self._waiting and (self._at_work is None or self._at_work.done())

    def take(self, event: Event) -> None:
        """Takes a key or a paste."""
        self._waiting.append(event)
        if self._at_work is None or self._at_work.done():
            self._at_work = asyncio.create_task(self._one_after_the_other())

    def in_front(self, screen: Screen[Any]) -> None:
        """Told at once whenever another screen comes to the front.

        One that went away by itself before it stood, such as the form of a step that is refused, takes along what was
        typed for it: words are no keys for the screen beneath.
        """
        coming, self._coming = self._coming, None if screen.is_mounted else screen
        never_stood = coming is not None and coming is not self._opened and coming not in self._app.screen_stack
        if never_stood and not self._leaving:
            self._waiting.clear()

    def close(self) -> None:
        """Hands over nothing more."""
        self._waiting.clear()
        if self._at_work is not None:
            self._at_work.cancel()

    async def _one_after_the_other(self) -> None:
        # Without a screen the program is ending.
        with suppress(ScreenStackError):
            while self._waiting:
                event = self._waiting[0]
                letter = isinstance(event, Key) and event.is_printable
                self._leaving = isinstance(event, Key) and event.key in WAYS_OUT
                if not letter:
                    await self._settle(self._under_way)
                if not self._leaving:
                    await self._wait_until_taken(event)
                if self._is_next(event):
                    self._waiting.popleft()
                    await self._done_with(event, letter=letter)
                self._leaving = False

    def _is_next(self, event: Event) -> bool:
        return bool(self._waiting) and self._waiting[0] is event

    async def _wait_until_taken(self, event: Event) -> None:
        """Waits until the screen in front is ready for a key."""
        loop, app = asyncio.get_running_loop(), self._app
        end = loop.time() + PATIENCE
        while self._is_next(event) and loop.time() < end:
            screen = app.screen
            if not screen.is_mounted or not _takes(screen, event):
                await asyncio.sleep(LOOK)
            elif screen is self._opened:
                return
            else:
                # What it asked for on opening, such as the focus for its field, has come to pass.
                await self._passed(screen)
                await self._passed(app)
                if app.screen is screen:
                    self._opened = screen

    async def _done_with(self, event: Event, *, letter: bool) -> None:
        """Hands a key over, and waits until it has done what it does."""
        way: list[MessagePump] = []
        dealt = asyncio.Event()
        took_in = False

        def field_dealt_with_it() -> None:
            nonlocal took_in
            took_in = event._stop_propagation
            dealt.set()

        async def hand_over() -> None:
            try:
                # A key in a window that was left for another gives the field its focus back, which the key is for.
                self._app.app_focus = True
                way[:] = (self._app.focused or self._app.screen).ancestors_with_self
                # Textual stops a message on its way back to who sent it: one from the app would look, once it had come
                # up to the screen, as if the field had taken it in.
                event.set_sender(way[0])
                await self._hand_over(event)
                # Right behind the key, before anyone above the field can stop it.
                if not way[0].call_later(field_dealt_with_it):
                    dealt.set()
            except BaseException:
                dealt.set()
                raise

        if not self._app.call_later(hand_over):
            return
        await _in_time(dealt)
        self._under_way = way
        if letter and took_in and not isinstance(way[0], Screen):
            return  # A field took it in: the next letter need not wait for what it tells its screen.
        await self._settle(way)

    async def _settle(self, way: list[MessagePump]) -> None:
        """Waits until what is on the way up has come there: first the key, then the messages that it sent."""
        for _ in range(2):
            for pump in way:
                await self._passed(pump)
        if way is self._under_way:
            self._under_way = []

    async def _passed(self, pump: MessagePump) -> None:
        """Waits until `pump` has dealt with all that was sent to it up to now."""
        dealt = asyncio.Event()
        if pump.call_later(dealt.set):
            await _in_time(dealt)


async def _in_time(happened: asyncio.Event) -> None:
    # Not `wait_for`: until Python 3.12 it let others run in between, and hid what was not waited for.
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await happened.wait()


def _takes(screen: Screen[Any], event: Event) -> bool:
    takes = getattr(screen, "takes", None)
    return takes is None or bool(takes(event))
