"""A queue of keys for the screen: each key is handed over when the one before it has been fully handled.

Without it, a key typed right after one that opens a screen would go to the screen before it, or to a screen whose field
does not exist yet, and be lost.
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
"""Seconds after which a key is handed over even if the screen is not ready, so that no screen blocks the keyboard."""
LOOK = 0.005
"""Seconds between two checks whether a screen that is opening is ready."""
WAYS_OUT = ("escape", "ctrl+q")
"""Keys that leave a screen, and do so even before it is ready."""


class TypedAhead:
    """Keys and pastes that were typed and not handed to a screen yet, in order.

    A screen that is not ready for keys as soon as it is composed has a method ``takes(event)`` that returns False until
    it is.
    """

    def __init__(self, app: App[Any], hand_over: Callable[[Event], Awaitable[None]]) -> None:
        self._app, self._hand_over = app, hand_over
        self._waiting: deque[Event] = deque()
        self._at_work: asyncio.Task[None] | None = None
        self._opened: Screen[Any] | None = None
        """The screen in front, once everything that it started on opening is done."""
        self._coming: Screen[Any] | None = None
        """The screen that came to the front last, while it is opening."""
        self._leaving = False
        """Whether the key being handled leaves a screen."""
        self._under_way: list[MessagePump] = []
        """The widgets from the field that took the last letter up to the app; messages may still be on their way
        between them."""

    @property
    def idle(self) -> bool:
        """Whether every key has been fully handled."""
        return not self._waiting and (self._at_work is None or self._at_work.done())

    def take(self, event: Event) -> None:
        """Adds a key or a paste to the queue."""
        self._waiting.append(event)
        if self._at_work is None or self._at_work.done():
            self._at_work = asyncio.create_task(self._one_after_the_other())

    def in_front(self, screen: Screen[Any]) -> None:
        """Must be called as soon as another screen comes to the front.

        If a screen closed itself before it was ready, for example the form of a step that is not allowed, the keys
        typed for it are discarded: the screen beneath must not take them as commands.
        """
        coming, self._coming = self._coming, None if screen.is_mounted else screen
        never_stood = coming is not None and coming is not self._opened and coming not in self._app.screen_stack
        if never_stood and not self._leaving:
            self._waiting.clear()

    def close(self) -> None:
        """Stops; the keys that remain are discarded."""
        self._waiting.clear()
        if self._at_work is not None:
            self._at_work.cancel()

    async def _one_after_the_other(self) -> None:
        # There is no screen while the program is ending.
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
        """Waits until the screen in front is ready for a key, at most `PATIENCE` seconds."""
        loop, app = asyncio.get_running_loop(), self._app
        end = loop.time() + PATIENCE
        while self._is_next(event) and loop.time() < end:
            screen = app.screen
            if not screen.is_mounted or not _takes(screen, event):
                await asyncio.sleep(LOOK)
            elif screen is self._opened:
                return
            else:
                # Wait for what it started on opening, such as giving its field the focus.
                await self._passed(screen)
                await self._passed(app)
                if app.screen is screen:
                    self._opened = screen

    async def _done_with(self, event: Event, *, letter: bool) -> None:
        """Hands a key over, and waits until it was handled, with everything that it caused. After a `letter` that a
        field handled, it does not wait for the messages of the field to its screen. Returns at once if the app takes no
        more messages."""
        way: list[MessagePump] = []
        dealt = asyncio.Event()
        took_in = False

        def field_dealt_with_it() -> None:
            nonlocal took_in
            took_in = event._stop_propagation
            dealt.set()

        async def hand_over() -> None:
            try:
                # A key means that the window is active again: this restores the focus of the field that the key is for.
                self._app.app_focus = True
                way[:] = (self._app.focused or self._app.screen).ancestors_with_self
                # Textual stops a message that comes back to its sender. With the app as sender the event would be
                # stopped at the screen, and would look as if the field had handled it.
                event.set_sender(way[0])
                await self._hand_over(event)
                # Queued directly after the key, so that it runs before a parent can stop the event.
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
            return  # A field handled it: the next letter need not wait for the field's messages to its screen.
        await self._settle(way)

    async def _settle(self, way: list[MessagePump]) -> None:
        """Waits until the widgets on the way up have handled the key, and then the messages that it caused."""
        for _ in range(2):
            for pump in way:
                await self._passed(pump)
        if way is self._under_way:
            self._under_way = []

    async def _passed(self, pump: MessagePump) -> None:
        """Waits until `pump` has handled everything sent to it so far."""
        dealt = asyncio.Event()
        if pump.call_later(dealt.set):
            await _in_time(dealt)


async def _in_time(happened: asyncio.Event) -> None:
    # Not `asyncio.wait_for`: before Python 3.12 it let other tasks run in between, which hid missing waits.
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await happened.wait()


def _takes(screen: Screen[Any], event: Event) -> bool:
    takes = getattr(screen, "takes", None)
    return takes is None or bool(takes(event))
