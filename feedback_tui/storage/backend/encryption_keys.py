"""The keys of encrypted registers. They are held in memory only: never in a file of this program, an argument, the
environment or a message.

A key belongs to a path. Temporary copies, and the backups beside a register, use the register's key.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from pathlib import Path
from typing import Any

from feedback_tui.storage.errors import RegisterError
from feedback_tui.text import readable

SERVICE = "feedback-tui"
"""The service name of keys in the system's keyring."""
SHORTEST = 12
"""The fewest characters of a new key, so that a lost backup cannot be opened by guessing."""
ROUNDS = 256_000
"""PBKDF2 iterations, as SQLCipher uses by default: the cost of trying one key."""
BACKUPS = "-backups"


class BadKey(RegisterError):
    """The text cannot be used as a key."""


class Key:
    """A key. It is never shown in a message, a traceback or a crash log."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        # Different keyboards may compose the same letters differently; NFC makes them the same key.
        self._secret = unicodedata.normalize("NFC", secret)
        if not secret or "\0" in secret or readable(secret) != secret:
            raise BadKey("A key has at least one letter, and nothing that cannot be typed.")

    def __repr__(self) -> str:
        return "Key(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and hmac.compare_digest(self._secret.encode(), other._secret.encode())

    def __hash__(self) -> int:
        return hash(self._secret)

    @property
    def text(self) -> str:
        """The key itself, for the database only."""
        return self._secret

    @property
    def literal(self) -> str:
        """The key as an SQL string literal."""
        return "'" + self._secret.replace("'", "''") + "'"

    def derived(self, salt: bytes) -> bytes:
        """Derives 32 bytes from the key and `salt` as SQLCipher does. Takes about a sixth of a second."""
        return hashlib.pbkdf2_hmac("sha512", self._secret.encode(), salt, ROUNDS, 32)

    def require_long_enough(self) -> None:
        """Raises BadKey if the key has fewer than `SHORTEST` characters."""
        if len(self._secret) < SHORTEST:
            raise BadKey(f"The key is too short: take at least {SHORTEST} characters, four words for example.")

    def remember(self, path: Path) -> None:
        """Stores the key in the system's keyring. Raises RegisterError if the keyring package is not installed."""
        _keyring().set_password(SERVICE, str(path), self._secret)


_held: dict[Path, Key | None] = {}
_called: dict[Path, Path] = {}
"""Former names of registers, with their true paths."""


def hold(path: Path, key: Key | None) -> None:
    """Sets the key for the file at `path`; None means that it is not encrypted."""
    _held[path] = key


def also_called(name: Path, path: Path) -> None:
    """Notes that the register at `path` used to be called `name`, so that backups beside that name use its key."""
    _called[name] = path


def let_go(path: Path) -> None:
    """Forgets the key for a path."""
    _held.pop(path, None)


def let_go_of_all() -> None:
    """Forgets every key."""
    _held.clear()


def alike(path: Path, other: Path) -> None:
    """Gives the file to be made at `path` the key of the file at `other`."""
    hold(path, key_of(other))


def is_held(path: Path) -> bool:
    """Whether a key was given for exactly this path."""
    return _held.get(path) is not None


def key_of(path: Path) -> Key | None:
    """Returns the key for the file at `path`, or None if it is not encrypted or no key was given. A file in a folder of
    backups uses the key of its register."""
    if path in _held:
        return _held[path]
    if path.parent.name.endswith(BACKUPS):
        register = path.parent.with_name(path.parent.name.removesuffix(BACKUPS))
        return _held.get(_called.get(register, register))
    return None


def from_keyring(path: Path) -> Key | None:
    """Returns the register's key from the system's keyring, or None if it has none or cannot be read.

    Raises BadKey if the stored key is not valid.
    """
    for name in (path, *(name for name, register in _called.items() if register == path)):
        try:
            secret = _keyring().get_password(SERVICE, str(name))
        except Exception:
            # Each keyring backend raises its own errors. On any of them the officer is asked for the key instead.
            return None
        if secret:
            return Key(secret)
    return None


def forget_in_keyring(path: Path) -> None:
    """Deletes a register's key from the system's keyring. Raises RegisterError if the keyring
    package is not installed."""
    keyring = _keyring()
    if keyring.get_password(SERVICE, str(path)):
        keyring.delete_password(SERVICE, str(path))


def _keyring() -> Any:
    try:
        import keyring
    except ImportError:
        raise RegisterError(
            "The system's keyring needs a part of the program that is not installed: pip install "
            "'feedback-tui[keyring]'. Without it, the key is asked for."
        ) from None
    return keyring
