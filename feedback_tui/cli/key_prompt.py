"""The key of an encrypted register: from the system's keyring, or asked for. Never an option or in the environment."""

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
    """What `use` gives; where it needs the key of what stands at `path`, that is found or asked for first.

    Raises WrongKey where the key does not open it.
    """
    try:
        return use()
    except (KeyNeeded, WrongKey) as error:
        # A backup may have another key than the register that it stands beside.
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
        # No one was there to be asked.
        raise KeyNeeded(str(path)) from None
    hold(path, key)
    try:
        return use()
    except WrongKey:
        let_go(path)
        raise


def ask_key(words: str) -> Key:
    """Asks for a key; what is typed is not shown. Where no one can be asked, it is the next line of standard input."""
    try:
        if sys.stdin is not None and sys.stdin.isatty():
            return Key(getpass.getpass(words))
        return Key((sys.stdin.readline() if sys.stdin is not None else "").rstrip("\r\n"))
    except UnicodeDecodeError:
        raise BadKey("What was typed for the key is not written in UTF-8. Set the terminal to UTF-8.") from None


def ask_new_key() -> Key:
    """Asks for a new key twice. Raises BadKey where it is too short, or the second is another."""
    print_err("Without its key the register cannot be opened by anyone: keep it where the council keeps such things.")
    key = ask_key("New key: ")
    key.require_long_enough()
    if ask_key("Once more: ") != key:
        raise BadKey("The two keys are not the same. Nothing was changed.")
    return key
