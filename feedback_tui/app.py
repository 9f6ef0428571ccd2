"""The terminal program: creates the services, opens the first screen, and makes sure that every way of ending keeps
drafts."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.content import Content
from textual.timer import Timer, TimerCallback

from feedback_tui.actions import BY_NAME
from feedback_tui.browser_files import served_folder
from feedback_tui.folders import state_folder
from feedback_tui.gc_pause import look_for_garbage
from feedback_tui.preferences import LOOKS as LOOK_NAMES
from feedback_tui.preferences import Preferences, preferences_file
from feedback_tui.process_exit import HUNG_UP, ending
from feedback_tui.screens import open_screens
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.colleagues import EVERY as COLLEAGUES_EVERY
from feedback_tui.screens.shared.colleagues import Colleagues
from feedback_tui.screens.shared.crash_log import in_words, write_down
from feedback_tui.screens.shared.services import Services
from feedback_tui.screens.shared.steps_in_doubt import DoubtsAsked
from feedback_tui.storage.backend.encryption_keys import key_of
from feedback_tui.storage.backend.lazy_models import load, models_loaded
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.register import Register
from feedback_tui.widgets.drafts import Drafts
from feedback_tui.widgets.idle_timer import LOOK_EVERY, Idle
from feedback_tui.widgets.key_bindings import app_bindings, shown_key, use_own_keys
from feedback_tui.widgets.recent_cases import Recent
from feedback_tui.widgets.steps_in_doubt import Doubts
from feedback_tui.widgets.terminal_driver import own_driver
from feedback_tui.widgets.themes import LOOKS
from feedback_tui.widgets.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.command import Provider
    from textual.driver import Driver

    from feedback_tui.storage.maintenance.encrypted_files import Seal

ENDED_BY_SIGNAL = 128
ENDS = ("SIGTERM", "SIGHUP", "SIGINT")
"""The signals that end the program in the same way as quitting. Windows does not have all of them."""
QUIT = "ctrl+q"
QUIT_WITHIN = 0.7
"""Seconds after the quit key until the program ends, even if keys before it still wait."""
LET_SAVE = 0.6
"""Seconds that a running save gets when the program ends."""
GARBAGE_AFTER = 3.0
"""Seconds after the first screen until garbage collection starts again."""
LAW_AFTER = 4.0
"""Seconds after the first screen until it is checked whether closure days had moved a deadline set by law."""
BACKUP_AFTER = 20.0
"""Seconds after the first screen until it is first checked whether a backup is due, so that it does not slow the
start."""
BACKUP_EVERY = 600.0


def _desk_commands() -> type[Provider]:
    """Returns the provider of the command palette; imported when the palette is first opened."""
    from feedback_tui.screens.help.palette import DeskCommands

    return DeskCommands


def _moved_by_closures(count: int) -> str:
    were = "1 open time of the law was" if count == 1 else f"{count:,} open times of the law were"
    return f"{were} moved by closure days, which the law does not know. B shows what moves back."


class FeedbackApp(App[None]):
    """The interface of one officer on one register. Without a register it first asks for the council's profile."""

    TITLE = "feedback-tui"
    COMMANDS = {_desk_commands}
    CSS = """
    .-narrow Toast { width: 1fr; max-width: 100%; padding: 0 1; margin-top: 0; }
    """
    """On a narrow screen a message takes one line above the key bar, instead of a box over the rows."""

    def __init__(
        self,
        register: Register | None,
        where: str,
        officer: str,
        today: Callable[[], date],
        preferences: Preferences | None = None,
        *,
        offer_tour: bool = False,
        encrypted: bool = False,
    ) -> None:
        super().__init__()
        self.typed_ahead = TypedAhead(self, super().on_event)
        use_own_keys(self, app_bindings)
        self.register, self.place, self.officer, self.today = register, where, officer, today
        for look in LOOKS:
            self.register_theme(look)
        self._preferences, self._offer_tour = preferences or Preferences(), offer_tour
        self.theme = LOOK_NAMES[self._preferences.look]
        self.colleagues: Colleagues | None = None
        self.ends_process = False
        """Whether the process ends with the app; then no running query needs to be waited for."""
        self._doubts: DoubtsAsked | None = None
        self._drafts: Drafts | None = None
        self._warned = self._quit_heard = self._rest_is_loaded = False
        self._encrypted, self.idle = encrypted, Idle(self._preferences.lock_after_minutes, time.time)

    def on_load(self) -> None:
        # Before the terminal is taken over, because from then on it must be restored.
        self._heed_signals()

    def on_mount(self) -> None:
        self._heed_signals()  # The browser's driver has replaced the handlers.
        self.screen_change_signal.subscribe(self, self.typed_ahead.in_front, immediate=True)
        if self._preferences.problems:
            words = "\n".join((f"{preferences_file()}:", *self._preferences.problems))
            self.notify(words, title="Preferences", severity="warning", markup=False, timeout=20)
        if self._encrypted:
            from feedback_tui.screens.admin.lock import UnlockScreen

            self.push_screen(UnlockScreen(self.place), self.begin)
        elif self.register is None:
            from feedback_tui.screens.help.welcome import WelcomeScreen

            self.push_screen(WelcomeScreen(self.place), self.begin)
        else:
            self.begin(self.register)

    def begin(self, register: Register | None) -> None:
        """Opens the queue of `register`; None ends the program."""
        if register is None:
            self.exit()
            return
        from feedback_tui.screens.queue.queue import QueueScreen

        self.register = register
        self.officer = register.reader = register.officer_for(self.officer)
        self._drafts = drafts = Drafts(state_folder() / "drafts", register.where, self.officer, _seal(register))
        recent = Recent(state_folder() / "recent", f"{register.where}\n{self.officer}")
        doubts = Doubts(state_folder() / "drafts", register.where, self.officer)
        services = Services(register, self.officer, self.today, drafts, open_screens, doubts, recent)
        self.push_screen(QueueScreen(services))
        if self._offer_tour or self._preferences.start == "today":
            self._open_before_the_queue(services)
        self.set_timer(GARBAGE_AFTER, look_for_garbage)
        self.set_timer(LAW_AFTER, self._look_at_times_of_law)
        self.set_timer(BACKUP_AFTER, self._back_up)
        self.set_interval(BACKUP_EVERY, self._back_up)
        self.colleagues, self._doubts = Colleagues(register), DoubtsAsked(self, services)
        self.set_interval(COLLEAGUES_EVERY, self.look_for_changes)
        self.set_interval(LOOK_EVERY, self.look_whether_idle)

    @models_loaded
    def _open_before_the_queue(self, services: Services) -> None:
        """Opens the screens in front of the queue with which the session starts: the morning, the tour."""
        if self._preferences.start == "today":
            open_screens.open_morning(self, services)
        if self._offer_tour:
            from feedback_tui.screens.help.tour import offer_tour

            offer_tour(self, services)

    def on_case_table_highlighted(self) -> None:
        # Its message may come once the program has closed its screens.
        if self.screen_stack and not self._rest_is_loaded:
            # Once the first rows are painted: what comes next needs the models.
            self._rest_is_loaded = True
            self.screen.call_after_refresh(load)

    # Colleagues

    def look_for_changes(self) -> None:
        """Makes the screen read again if a colleague changed something, and show who else has its case open."""
        screen = self.screen
        if not isinstance(screen, DeskScreen) or self.colleagues is None:
            return
        colleagues, case_id = self.colleagues, screen.case_id

        def look() -> None:
            changed, others = colleagues.look(case_id)
            # The screen, not the app, gets the call: a screen that is still opening handles it once it is ready.
            if not colleagues.in_touch:
                screen.call_later(screen.out_of_touch)
                return
            if changed:
                screen.call_later(screen.look_again)
            screen.call_later(screen.beside, others)
            if self._doubts is not None:
                self._doubts.ask()

        self.run_worker(look, thread=True, exclusive=True, group="colleagues", exit_on_error=False)

    # Idle time

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.MouseEvent | events.Paste):
            self.idle.touched()
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            load()  # So that whatever the key opens is imported by this thread alone.
        if isinstance(event, events.Key) and not event.is_forwarded and event.key == QUIT:
            # Keys typed before it are handled first, unless the screen keeps waiting.
            self._quit_heard = False
            self.set_timer(QUIT_WITHIN, self._quit_at_last)
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.typed_ahead.take(event)
        else:
            await super().on_event(event)

    def look_whether_idle(self) -> None:
        if self.idle.is_over():
            self.cover()

    @models_loaded
    def cover(self) -> None:
        """Keeps drafts and covers the screens with the lock screen."""
        from feedback_tui.screens.admin.lock import Cover, LockScreen

        if self.register is None or isinstance(self.screen, Cover):
            return
        not_kept = self.keep_words()
        self.clear_notifications()
        self.push_screen(LockScreen(self.register, self.officer, not_kept))

    def _back_up(self) -> None:
        """Makes a verified backup in a thread if one is due."""
        register = self.register
        if register is not None:
            self.run_worker(
                lambda: back_up(register, self._no_backup), thread=True, group="backup", exit_on_error=False
            )

    def _no_backup(self, error: RegisterError) -> None:
        self.call_from_thread(
            self.notify, f"No backup could be made: {error}", severity="warning", markup=False, timeout=12
        )

    # Deadlines that an earlier version of the program moved

    @models_loaded
    def _look_at_times_of_law(self) -> None:
        """Shows a message if closure days had moved open deadlines set by law, and where to count them again."""
        register = self.register
        if register is None or not register.calendar.closures:
            return
        from feedback_tui.casework.recount_by_law import moved_wrongly

        def look() -> None:
            if count := len(moved_wrongly(register)):
                self.call_from_thread(
                    self.notify, _moved_by_closures(count), severity="warning", markup=False, timeout=20
                )

        self.run_worker(look, thread=True, group="law", exit_on_error=False)

    # Ending

    def set_timer(self, delay: float, callback: TimerCallback | None = None, **named: Any) -> Timer:
        return super().set_timer(delay, callback and self._while_screens_are_open(callback), **named)

    def set_interval(self, interval: float, callback: TimerCallback | None = None, **named: Any) -> Timer:
        return super().set_interval(interval, callback and self._while_screens_are_open(callback), **named)

    def _while_screens_are_open(self, callback: TimerCallback) -> TimerCallback:
        """The same callback, which does nothing once the program has closed its screens: timers end after them."""

        def call() -> Any:
            return callback() if self.screen_stack else None

        return call

    def get_driver_class(self) -> type[Driver]:
        if served_folder() is not None:
            from feedback_tui.widgets.served_driver import ServedDriver

            return own_driver(ServedDriver)
        return own_driver(super().get_driver_class())

    async def _on_exit_app(self) -> None:
        # Also if no key caused it, for example when a browser tab is closed.
        self.keep_words()
        await super()._on_exit_app()

    def on_unmount(self) -> None:
        self.typed_ahead.close()
        if self._drafts is not None:
            self._drafts.close()

    def keep_words(self) -> str:
        """Keeps the drafts of all open forms. Returns why one could not be kept; "" if all were."""
        found = [screen.leaving() for screen in self.screen_stack if isinstance(screen, DeskScreen)]
        return next((trouble for trouble in found if trouble), "")

    def action_leave_tour(self) -> None:
        from feedback_tui.screens.help.tour import leave_tour

        leave_tour(self)

    def action_command_palette(self) -> None:
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder="What do you want to do?", id="--command-palette"))

    async def action_quit(self) -> None:
        self._quit_heard = True
        if (not_kept := self.keep_words()) and not self._warned:
            self._warned = True
            key = shown_key(BY_NAME["quit"])
            words = f"Not kept: {not_kept}. Save what you typed; {key} once more leaves, and it is lost."
            self.notify(words, severity="error", markup=False, timeout=20)
            return
        self.exit()

    async def _quit_at_last(self) -> None:
        """Ends the program even if keys typed before the quit key still wait for a screen."""
        if self.is_running and not self._exit and not self._quit_heard:
            await self.action_quit()

    def _give_up_waiting(self) -> None:
        """Lets a running save finish within `LET_SAVE` seconds, and abandons everything else that uses the register."""
        if self.register is not None and self.ends_process:
            saving = any(worker.group == "write" and worker.is_running for worker in self.workers)
            # In a thread, because the event loop may have ended, and waits for its workers.
            giving_up = threading.Timer(LET_SAVE if saving else 0, self.register.abandon)
            giving_up.daemon = True
            giving_up.start()

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        ending.begin(return_code)
        self._give_up_waiting()
        super().exit(result, return_code, message)

    def _heed_signals(self) -> None:
        """Handles the signals of a closed terminal or a kill: drafts are kept and the terminal is restored.

        The handlers also run while the event loop is blocked, for example by a terminal that accepts no output.
        """
        loop = asyncio.get_running_loop()
        for name in ENDS:
            number = getattr(signal, name, None)
            if number is None:
                continue
            # A loop outside the main thread has no handlers, and on Windows loops do not support them.
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.remove_signal_handler(number)
            with contextlib.suppress(ValueError):
                signal.signal(number, lambda given, _frame: self._end_from_outside(ENDED_BY_SIGNAL + given))

    def terminal_gone(self) -> None:
        """Ends the program because the terminal is gone. Called by the thread that reads the terminal."""
        self._end_from_outside(HUNG_UP)

    def _end_from_outside(self, code: int) -> None:
        """Ends the program from a signal handler or another thread."""
        ending.begin(code)
        if (loop := self._loop) is not None:
            # If the loop is closed, the program has ended already.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._end_with, code)

    def _end_with(self, code: int) -> None:
        if not self._exit:
            not_kept = self.keep_words()
            self.exit(return_code=code, message=f"What was typed is lost: {not_kept}." if not_kept else None)

    def _fatal_error(self) -> None:
        """Ends with a message in plain words. The error's own text may contain a case's text, so it is not shown."""
        error = sys.exc_info()[1] or self._exception
        ending.begin(1)
        typed = "whether what you typed is kept is not known"
        with contextlib.suppress(Exception):
            typed = self.keep_words() or "what you typed is kept"
        if error is not None:
            write_down(error)
            # Further errors while ending are consequences of the first, so only one message is shown.
            self._exit_renderables = self._exit_renderables or [Content(in_words(error, typed)).plain]
        self._close_messages_no_wait()


def _seal(register: Register) -> Seal | None:
    """Returns the encryption for drafts of an encrypted register; None for an unencrypted one."""
    if "://" in register.where or (key := key_of(Path(register.where))) is None:
        return None
    from feedback_tui.storage.maintenance.encrypted_files import Seal

    return Seal(key, register.where)


@models_loaded
def back_up(register: Register, failed: Callable[[RegisterError], None], *, leaving: bool = False) -> None:
    """Makes a backup if the register has changed and the last backup is old enough; with `leaving`, whatever its age.
    Never raises RegisterError; `failed` gets it."""
    if not register.in_a_file:
        return  # A server makes its own backups.
    from feedback_tui.storage.maintenance.backup import EVERY, Why, backup_if_due

    try:
        backup_if_due(register, why=Why.EXIT if leaving else Why.START, every=timedelta(0) if leaving else EVERY)
    except RegisterError as error:
        failed(error)
