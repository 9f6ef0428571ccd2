"""The base of every screen after opening the register: its bars, its actions, reading and writing in threads,
messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar

from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.events import Event
from textual.widget import Widget

from feedback_tui.actions import BY_NAME, Place, Situation, at
from feedback_tui.enums import StepKey
from feedback_tui.rules.dates import long_date
from feedback_tui.screens.shared.crash_log import in_words, write_down
from feedback_tui.screens.shared.safe_screen import Standing
from feedback_tui.screens.shared.services import Services
from feedback_tui.storage.backend.lazy_models import models_loaded
from feedback_tui.storage.errors import RegisterError
from feedback_tui.text import safe_text
from feedback_tui.widgets.bars import KeyBar, TitleBar
from feedback_tui.widgets.key_bindings import screen_bindings, use_own_keys
from feedback_tui.widgets.themes import CONTRAST, DARK, LIGHT, LOOKS

if TYPE_CHECKING:
    from feedback_tui.screens.shared.screen_list import ScreenList

T = TypeVar("T")
Severity = Literal["information", "warning", "error"]


class DeskScreen(Standing[str | None]):
    """A screen with a title bar and a key bar. A key calls `action_do`, which calls the method ``do_<action>``.

    Its result is the reference of the case that it ended with, or None.
    """

    PLACE: ClassVar[Place]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]
    AUTO_FOCUS = ""

    def __init__(self, services: Services) -> None:
        super().__init__()
        use_own_keys(self, lambda: screen_bindings(self.PLACE))
        self.services = services
        self._readings: dict[str, int] = {}
        self._others: list[str] = []

    @property
    def where(self) -> str:
        """The name of the screen in the title bar."""
        return self.PLACE.capitalize()

    def body(self) -> Iterable[Widget]:
        """Returns the widgets between the two bars."""
        return ()

    def compose(self) -> ComposeResult:
        yield TitleBar(self.services.register.profile.name, self.where, self._right())
        yield from self.body()
        yield KeyBar(at(self.PLACE), self.situation())

    def _right(self) -> str:
        here = f"also here: {', '.join(self._others)} · " if self._others else ""
        return f"{here}{self.services.officer} · {long_date(self.services.today())}"

    def on_screen_resume(self) -> None:
        self.say_where()

    def say_where(self) -> None:
        """Updates both bars."""
        self.query_one(TitleBar).say(where=self.where, right=self._right())
        self.stand()

    # Colleagues

    @property
    def case_id(self) -> int | None:
        """The id of the case that the officer has open, which colleagues see; None if no case is open."""
        return None

    def look_again(self) -> None:
        """Reads again what is shown, because a colleague changed the register."""

    def out_of_touch(self) -> None:
        """Called when the server does not answer: what is shown may be out of date."""

    def beside(self, others: list[str]) -> None:
        """Shows who else has the case open."""
        if others != self._others:
            self._others = others
            self.say_where()

    def takes(self, event: Event) -> bool:
        """Returns whether the screen is ready for a key or a paste; until then they wait."""
        return True

    # Actions

    def situation(self) -> Situation:
        """Returns the situation that decides which actions are possible."""
        return Situation()

    def stand(self) -> None:
        """Updates the key bar for the current situation."""
        self.query_one(KeyBar).stand(self.situation())

    def action_do(self, name: str) -> None:
        """Does the action of this name, or shows why it is not possible."""
        action = BY_NAME[name]
        if (why := action.why_not(self.situation())) is not None:
            self.say(f"{action.words}: not now, {why}.", "warning")
            return
        if action.step is not None:
            self.take(action.step)
        else:
            getattr(self, f"do_{name}")()

    def take(self, step: StepKey) -> None:
        """Opens the form of a step for the current case."""
        raise NotImplementedError

    def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        self.action_do(event.name)

    def do_back(self) -> None:
        self.dismiss(None)

    def do_choose(self) -> None:
        from feedback_tui.widgets.row_list import RowList

        self.query_one(RowList).action_select()

    def do_help(self) -> None:
        from feedback_tui.screens.help.help import HelpScreen

        self.app.push_screen(HelpScreen(self.PLACE, self.situation(), self.do_guides))

    def do_form_help(self) -> None:
        self.do_help()

    def do_guides(self) -> None:
        self.services.navigation.open_guides(self.app, self.services)

    def do_preferences(self) -> None:
        from feedback_tui.preferences import preferences_file

        self.services.navigation.open_guides(self.app, self.services, "officers")
        self.say(
            f"Your preferences stand in {preferences_file()}; feedback-tui keys --template prints what may be set.",
            seconds=20,
        )

    def do_tour(self) -> None:
        self.services.navigation.open_tour(self.app, self.services)

    def do_import_register(self) -> None:
        self.services.navigation.open_job(self.app, self.services, "import_register")

    def do_export_register(self) -> None:
        self.services.navigation.open_job(self.app, self.services, "export_register")

    def do_backup(self) -> None:
        self.services.navigation.open_job(self.app, self.services, "backup")

    def lists(self) -> Sequence[ScreenList]:
        """Returns the lists shown now that can be written to a file, the likeliest first."""
        return ()

    def do_write_list(self) -> None:
        if found := self.lists():
            self.services.navigation.open_list_export(self.app, self.services, found)
        else:
            self.say("There is no list here yet.")

    def do_write_found(self) -> None:
        self.do_write_list()

    def do_jump(self) -> None:
        from feedback_tui.screens.help.jump import JumpScreen, targets

        found = targets(self)

        def go(number: int | None) -> None:
            if number is not None:
                found[number].go()

        if found:
            self.app.push_screen(JumpScreen(found), go)

    def do_find(self) -> None:
        self.services.navigation.open_find(self.app, self.services)

    def do_palette(self) -> None:
        self.app.action_command_palette()

    def do_theme(self) -> None:
        names = [look.name for look in LOOKS]
        self._look(names[(names.index(self.app.theme) + 1) % len(names)])

    def do_look_dark(self) -> None:
        self._look(DARK.name)

    def do_look_light(self) -> None:
        self._look(LIGHT.name)

    def do_look_contrast(self) -> None:
        self._look(CONTRAST.name)

    def _look(self, name: str) -> None:
        """Changes the theme, and saves the choice."""
        from feedback_tui.preferences import choose_look

        self.app.theme = name
        if (trouble := choose_look(name)) is not None:
            self.say(trouble, "warning")

    def do_calculate(self) -> None:
        self.services.navigation.open_calculator(self.app, self.services)

    def do_days_off(self) -> None:
        self.services.navigation.open_days_off(self.app, self.services)

    def do_next_field(self) -> None:
        self.focus_next()

    def do_previous_field(self) -> None:
        self.focus_previous()

    def do_quit(self) -> None:
        self.app.call_later(self.app.action_quit)

    def leaving(self) -> str:
        """Called when the program ends while this screen is open, or when it is covered. Returns why typed text could
        not be kept; "" if it was kept or nothing was typed."""
        return ""

    def say(self, words: str, severity: Severity = "information", *, seconds: float | None = None) -> None:
        """Shows a message in a corner of the screen, for `seconds` or the default time. Never read as markup."""
        self.app.notify(safe_text(words), severity=severity, markup=False, timeout=seconds)

    # Reading and writing

    def read(
        self,
        what: str,
        reader: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Runs `reader` in a thread and calls `then` with its result, unless the same `what` was read again since or
        the screen was left. An error goes to `failed`, or to `went_wrong`."""
        self._readings[what] = self._readings.get(what, 0) + 1
        asked = self._readings[what]

        def run() -> None:
            try:
                found = models_loaded(reader)()
            except Exception as error:
                self.call_later(arrived, lambda problem=error: (failed or self.went_wrong)(problem))
            else:
                self.call_later(arrived, lambda: then(found))

        def arrived(deliver: Callable[[], None]) -> None:
            if asked == self._readings[what] and not self.was_left:
                deliver()

        # A superseded thread still finishes. The number, not `exclusive`, makes sure that its result is ignored.
        self.run_worker(run, thread=True, exclusive=True, group=what, exit_on_error=False)

    def write(self, verb: Callable[[], T], then: Callable[[T], None], refused: Callable[[Exception], None]) -> None:
        """Runs a verb in a thread, then calls `then` with its result, or `refused` with the error. Two calls never
        replace each other.

        The callback runs also if the screen was left meanwhile, because the officer must be told.
        """
        app = self.app  # Read here, because a thread cannot find the app after the screen was left.

        def tell(told: Callable[[], None]) -> None:
            try:
                told()
            except NoMatches:
                if not self.was_left:
                    raise

        def run() -> None:
            try:
                done = verb()
            except Exception as error:
                answer = partial(refused, error)
            else:
                answer = partial(then, done)
            app.call_later(tell, answer)

        self.run_worker(run, thread=True, group="write", exit_on_error=False)

    def went_wrong(self, error: Exception) -> None:
        """Shows that something failed, in plain words; an unexpected error is written to the record."""
        if not isinstance(error, RegisterError):
            write_down(error)
        self.say(in_words(error), "error", seconds=12)
