"""The key of an encrypted register: from the system's keyring, or asked for. It is never an option or an environment
variable."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from feedback_tui.cli.printing import print_err
from feedback_tui.storage.backend.encryption_keys import BadKey, Key, from_keyring, hold, is_held, let_go
from feedback_tui.storage.errors import KeyNeeded, WrongKey

T = TypeVar("T")


def unlocked(path: Path, use: Callable[[], T]) -> T:
    """Returns what `use` returns. If `use` raises KeyNeeded or WrongKey for `path`, the key is found or asked for, and
    `use` is called again.

    Raises WrongKey if the key is wrong; KeyNeeded if nobody can be asked; BadKey for an unusable key; and what `use`
    raises.
    """
    try:
        return use()
    except (KeyNeeded, WrongKey) as error:
        # A backup can have a different key from the register beside it.
        if error.where != str(path) or is_held(path):
            raise
    if (kept := from_keyring(path)) is not None:
        hold(path, kept)
        try:
            return use()
        except WrongKey:
            print_err("The key in the system's keyring does not open it any more.")
    try:
        key = ask_key(f"Key of {path}: ")
    except BadKey:
        if sys.stdin is not None and sys.stdin.isatty():
            raise
        # There was nobody to ask.
        raise KeyNeeded(str(path)) from None
    hold(path, key)
    try:
        return use()
    except WrongKey:
        let_go(path)
        raise


def ask_key(words: str) -> Key:
    """Asks for a key, without showing it. Without a terminal, reads the next line of standard input. Raises BadKey if
    it is not UTF-8 or cannot be a key."""
    try:
        if sys.stdin is not None and sys.stdin.isatty():
            return Key(getpass.getpass(words))
        return Key((sys.stdin.readline() if sys.stdin is not None else "").rstrip("\r\n"))
    except UnicodeDecodeError:
        raise BadKey("What was typed for the key is not written in UTF-8. Set the terminal to UTF-8.") from None


def ask_new_key() -> Key:
    """Asks for a new key twice. Raises BadKey if it is too short, or if the two differ."""
    print_err("Without its key the register cannot be opened by anyone: keep it where the council keeps such things.")
    key = ask_key("New key: ")
    key.require_long_enough()
    if ask_key("Once more: ") != key:
        raise BadKey("The two keys are not the same. Nothing was changed.")
    return key
