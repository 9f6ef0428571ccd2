"""Screens that cover everything: the lock after idle time, and the question for the key of an encrypted register."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from feedback_tui.screens.shared.crash_log import in_words, write_down
from feedback_tui.storage.backend.addresses import register_file
from feedback_tui.storage.backend.encryption_keys import Key, from_keyring, hold, is_held, key_of, let_go
from feedback_tui.storage.errors import RegisterError, WrongKey
from feedback_tui.storage.register import Register, open_register


class Cover(ModalScreen[Register | None]):
    """A box on an empty screen, with a field for a key. Nothing beneath it can be reached."""

    CSS_PATH = "../styles/lock.tcss"
    BINDINGS = [Binding("ctrl+q", "leave", "Quit", show=False, priority=True)]

    def __init__(self, title: str, words: str, keys: str, *, asks: bool) -> None:
        super().__init__()
        self._title, self._words, self._keys, self._asks = title, words, keys, asks

    def compose(self) -> ComposeResult:
        with Vertical(id="lock") as box:
            box.border_title = Content(f" {self._title} ")
            yield Static(Content(self._words), id="lock-words")
            if self._asks:
                yield Input(password=True, id="lock-key")
            yield Static("", id="lock-trouble")
            yield Static(Content(self._keys), id="lock-keys")

    def on_mount(self) -> None:
        if self._asks:
            self.query_one(Input).focus()

    def tell(self, words: str) -> None:
        """Shows why it does not open."""
        self.query_one("#lock-trouble", Static).update(Content(words))

    def action_leave(self) -> None:
        self.app.call_later(self.app.action_quit)


class LockScreen(Cover):
    """Covers the screens until the register's key is typed or, if it has none, until Enter is pressed."""

    def __init__(self, register: Register, officer: str, not_kept: str = "") -> None:
        """`not_kept` says why typed text could not be kept as a draft; "" if it was kept."""
        self._key = key_of(register_file(register.where)) if "://" not in register.where else None
        typed = f"What was typed is still there, but {not_kept}." if not_kept else "What was typed is kept as a draft."
        way = "Type the key of the register, then ⏎." if self._key else "Press ⏎ to go on."
        super().__init__(
            "Locked",
            f"The desk of {officer} is covered. {typed}\n{way}",
            "⏎ go on   ^q leave the program",
            asks=self._key is not None,
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        given, event.input.value = event.value, ""
        if given and Key(given) == self._key:
            self.dismiss(None)
        else:
            self.tell("That is not the key.")

    def on_key(self, event: events.Key) -> None:
        if self._key is None:
            event.stop()
            if event.key == "enter":
                self.dismiss(None)


class UnlockScreen(Cover):
    """Asks for the key of an encrypted register. Its result is the open register, or None if the officer leaves."""

    BINDINGS = [Binding("escape", "leave", "Leave", show=False)]

    def __init__(self, where: str) -> None:
        self._place, self._path = where, register_file(where)
        super().__init__(
            "An encrypted register",
            f"{self._path} is encrypted, or no register: it opens with its key alone.",
            "⏎ open   esc leave",
            asks=True,
        )

    def on_mount(self) -> None:
        super().on_mount()
        if (kept := from_keyring(self._path)) is not None:
            self._open(kept)

    def action_leave(self) -> None:
        self.dismiss(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        given, event.input.value = event.value, ""
        if given:
            self._open(Key(given))

    def _open(self, key: Key) -> None:
        self.tell("Opening …")
        hold(self._path, key)

        def open_it() -> None:
            try:
                register = open_register(self._place)
            except Exception as error:
                self.call_later(self._failed, error)
            else:
                self.call_later(self._opened, register)

        self.run_worker(open_it, thread=True, exit_on_error=False)

    def _opened(self, register: Register) -> None:
        # Not awaited: a screen cannot wait for its own removal.
        self.dismiss(register)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, WrongKey) and is_held(self._path):
            let_go(self._path)
        if not isinstance(error, RegisterError):
            write_down(error)
        self.tell(in_words(error))
