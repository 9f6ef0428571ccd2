"""The first start: asks for the council, and creates the register for the chosen profile."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.rules.profile import load_profile, profile_text, shipped_profiles
from feedback_tui.screens.shared.crash_log import in_words, write_down
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.register import Register, create_register
from feedback_tui.widgets.row_list import RowList


class WelcomeScreen(Screen[Register | None]):
    """Asks for the profile. Its result is the register that was created, or None if the officer leaves."""

    CSS_PATH = "../styles/welcome.tcss"
    BINDINGS = [Binding("escape", "leave", "Leave", show=False)]

    def __init__(self, where: str) -> None:
        super().__init__()
        self._place = where
        self._making = False

    def compose(self) -> ComposeResult:
        with Vertical(id="welcome") as box:
            box.border_title = Content(" A new register ")
            yield Static(
                Content(
                    "Which council's procedures, time limits and words shall it have? A profile is data: a council can "
                    "copy one and change it (feedback-tui init --profile FILE.toml)."
                ),
                id="welcome-words",
            )
            yield RowList(*(self._option(key) for key in shipped_profiles()), id="profiles")
            yield Static(Content(f"It will stand at {self._place}"), id="welcome-place")
            yield Static("", id="welcome-trouble")
            yield Static(Content("↑ ↓ choose   ⏎ make it   esc leave"), id="welcome-keys")

    def _option(self, key: str) -> Option:
        profile = load_profile(key)
        procedures = ", ".join(procedure.key for procedure in profile.procedures)
        return Option(
            Content.assemble((f"{profile.name}\n", "bold"), (f"  {procedures}", "$text-muted")),
            id=key,
        )

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def action_leave(self) -> None:
        self.dismiss(None)

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        if self._making or event.option_id is None:
            return
        self._making = True
        self._say("Making the register …")
        key = event.option_id

        def make() -> None:
            try:
                register = create_register(self._place, profile_text(key))
            except Exception as error:
                self.call_later(self._failed, error)
            else:
                self.call_later(self._made, register)

        self.run_worker(make, thread=True, exit_on_error=False)

    def _made(self, register: Register) -> None:
        self.dismiss(register)

    def _failed(self, error: Exception) -> None:
        self._making = False
        if not isinstance(error, RegisterError):
            write_down(error)
        self._say(in_words(error))

    def _say(self, words: str) -> None:
        self.query_one("#welcome-trouble", Static).update(Content(words))
