"""The screen of long work: its form, its progress, and its result. It can be stopped at any time."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from time import monotonic, sleep

from textual.content import Content
from textual.events import Event, Key, Paste
from textual.widget import Widget
from textual.widgets import Static

from feedback_tui.actions import BY_NAME, Place
from feedback_tui.plain_error import PlainError
from feedback_tui.screens.admin.jobs import Job
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.crash_log import in_words, write_down
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import safe_text
from feedback_tui.widgets.form import Form
from feedback_tui.widgets.key_bindings import screen_bindings, shown_key
from feedback_tui.widgets.row_list import Page

BAR = 24
TOLD_EVERY = 0.1
"""The least seconds between two progress messages about the same work."""
ASIDE, REST, LONGEST_ASIDE = 0.06, 0.004, 0.5
"""Seconds for which the work pauses after a key, between checks whether to continue, and at most in one pause."""


SWITCH, SWITCH_AT_WORK = sys.getswitchinterval(), 0.0005
"""The interpreter's thread switch interval in seconds: normally, and while long work runs in a thread."""


class Stopped(PlainError):
    """The officer stopped the work; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was changed.")


class JobScreen(DeskScreen):
    """One piece of long work."""

    PLACE = Place.JOB
    CSS_PATH = "../styles/job.tcss"
    BINDINGS = screen_bindings(Place.JOB)

    def __init__(self, services: Services, job: Job) -> None:
        super().__init__(services)
        self._job = job
        self._at_work = self._to_stop = False
        self._told_at = self._touched_at = 0.0

    @property
    def where(self) -> str:
        return self._job.title

    def body(self) -> Iterable[Widget]:
        about = self._job.about(self.services) if self._job.about is not None else ""
        yield Static(Content(safe_text(self._job.words + about)), id="job-words")
        yield Form(self._job.fields(self.services), self.services.today(), self.services.register.calendar)
        yield Static("", id="job-far")
        yield Page(Static("", id="job-said"), id="job-page")

    def on_mount(self) -> None:
        form = self.query_one(Form)
        form.go_to(form.fields[0].name)

    # The work

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key | Paste):
            self._touched_at = monotonic()
        await super().on_event(event)

    def do_start(self) -> None:
        form = self.query_one(Form)
        if self._at_work:
            return
        filled = form.read()
        form.mark(filled.problems)
        if filled.problems:
            return
        self._at_work, self._to_stop = True, False
        self._say_result("")
        self._say_far("Beginning", 0, 0)
        sys.setswitchinterval(SWITCH_AT_WORK)
        job, services = self._job, self.services

        self.write(lambda: job.run(services, filled, self._progress), self._done, self._failed)

    def _progress(self, what: str, done: int, of: int) -> None:
        """Shows progress; called in the worker thread. Raises Stopped if the officer has stopped the work."""
        if self._to_stop:
            raise Stopped
        self._stand_aside()
        now = monotonic()
        if not done or done == of or now - self._told_at >= TOLD_EVERY:
            self._told_at = now
            self.call_later(self._say_far, what, done, of)

    def _stand_aside(self) -> None:
        """Pauses while a key is being handled, because the work would take half of the processor from it."""
        end = monotonic() + LONGEST_ASIDE
        while not self._to_stop and (now := monotonic()) < end and now - self._touched_at < ASIDE:
            sleep(REST)

    def _say_far(self, what: str, done: int, of: int) -> None:
        if not self._at_work:
            return
        stops = f"{shown_key(BY_NAME['back'])} stops it"
        far = f" {done:,}" if done else " …"
        if of:
            filled = BAR * done // of
            far = f"  {'█' * filled}{'░' * (BAR - filled)}  {done:,} of {of:,}"
        said = Content.assemble((what, "bold"), far, (f"   {'stopping …' if self._to_stop else stops}", "$text-muted"))
        self.query_one("#job-far", Static).update(said)

    def _done(self, words: str) -> None:
        self._ended(words, "$text-success", "✓ ")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PlainError):
            write_down(error)
        words = str(error) if isinstance(error, PlainError) else in_words(error)
        self._ended(words, "$text-warning" if isinstance(error, Stopped) else "$text-error", "✗ ")

    def _ended(self, words: str, style: str, sign: str) -> None:
        self._at_work = False
        sys.setswitchinterval(SWITCH)
        if not self.is_mounted:
            self.say(words)
            return
        self.query_one("#job-far", Static).update("")
        self._say_result(sign + words, style)

    def _say_result(self, words: str, style: str = "") -> None:
        self.query_one("#job-said", Static).update(Content.assemble((safe_text(words), style)))
        self.query_one("#job-page", Page).scroll_home(animate=False)

    def do_back(self) -> None:
        if self._at_work:
            self._to_stop = True
            self._say_far("Stopping", 0, 0)
        else:
            self.dismiss(None)

    def leaving(self) -> str:
        self._to_stop = True
        return ""
