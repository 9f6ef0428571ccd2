"""Waits until a program under test has come to rest: what it was given is dealt with, what it began is done."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.pilot import Pilot

AT_WORK = 30.0
"""Seconds that a key is given for the work it sets going. A test that holds such work up does not wait for rest."""
LOOK = 0.005
"""Seconds between two looks."""
PATIENCE = 60.0
"""Seconds for the messages that are on their way."""


async def at_rest(pilot: Pilot[Any]) -> None:
    """Waits until everything that was set going has come to rest: keys, threads, messages, the drawing.

    The pilot's own pause looks whether the processor is idle, and so it seems where the machine is busy with others.
    """
    loop, app = asyncio.get_running_loop(), pilot.app
    typed_ahead = getattr(app, "typed_ahead", None)
    end = loop.time() + AT_WORK

    def at_work() -> bool:
        return (typed_ahead is not None and not typed_ahead.idle) or any(not one.is_finished for one in app.workers)

    while app.is_running and app._exception is None and not app._exit:
        while at_work():
            await asyncio.sleep(LOOK)
            if app._exit or app._exception is not None or loop.time() > end:
                return
        if not await pilot._wait_for_screen(PATIENCE):
            return
        screen = app.screen
        screen._on_timer_update()
        await asyncio.sleep(0)
        busy = (
            at_work()
            or screen is not app.screen
            or bool(screen._callbacks)
            or screen._layout_required
            or any(
                not pump._is_mounted or not pump._message_queue.empty()
                for pump in (app, *screen.walk_children(with_self=True))
            )
        )
        if not busy or loop.time() > end:
            return
