"""The keys of encrypted registers, held while the program runs and nowhere else: never in a file of ours, an argument,
the environment or a message.

A key belongs to a place. Copies that are on their way, and the backups beside a register, have the register's own.
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
"""The name that keys have in the system's keyring."""
SHORTEST = 12
"""Characters of a new key: what a backup on a lost stick holds out with."""
ROUNDS = 256_000
"""As SQLCipher has it: what it costs to try one key."""
BACKUPS = "-backups"


class BadKey(RegisterError):
    """A key that cannot be one."""


class Key:
    """A key. It never shows itself: not in a message, a traceback or a record of trouble."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        # The same letters from another keyboard are the same key.
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
        """The key itself: for the database, and for nothing else."""
        return self._secret

    @property
    def literal(self) -> str:
        """The key as SQL writes a text."""
        return "'" + self._secret.replace("'", "''") + "'"

    def derived(self, salt: bytes) -> bytes:
        """32 bytes made of the key and `salt`, as SQLCipher makes them; it takes a sixth of a second."""
        return hashlib.pbkdf2_hmac("sha512", self._secret.encode(), salt, ROUNDS, 32)

    def require_long_enough(self) -> None:
        """Raises BadKey for a new key that is soon guessed."""
        if len(self._secret) < SHORTEST:
            raise BadKey(f"The key is too short: take at least {SHORTEST} characters, four words for example.")

    def remember(self, path: Path) -> None:
        """Puts the key into the system's keyring. Raises RegisterError where there is none."""
        _keyring().set_password(SERVICE, str(path), self._secret)


_held: dict[Path, Key | None] = {}
_called: dict[Path, Path] = {}
"""Other names of registers, and their true names."""


def hold(path: Path, key: Key | None) -> None:
    """Says that what stands at `path` is opened with `key`; with None, that it is not encrypted."""
    _held[path] = key


def also_called(name: Path, path: Path) -> None:
    """Says that the register at `path` went by another name: the backups beside that one have its key too."""
    _called[name] = path


def let_go(path: Path) -> None:
    """Forgets the key of a place."""
    _held.pop(path, None)


def alike(path: Path, other: Path) -> None:
    """Says that what will stand at `path` has the key of what stands at `other`."""
    hold(path, key_of(other))


def is_held(path: Path) -> bool:
    """Whether a key was given for this very place."""
    return _held.get(path) is not None


def key_of(path: Path) -> Key | None:
    """The key that what stands at `path` is opened with; None where it is not encrypted, or no key was given yet."""
    if path in _held:
        return _held[path]
    if path.parent.name.endswith(BACKUPS):
        register = path.parent.with_name(path.parent.name.removesuffix(BACKUPS))
        return _held.get(_called.get(register, register))
    return None


def from_keyring(path: Path) -> Key | None:
    """The key that the system's keyring has for a register; None where it has none, or there is no keyring."""
    for name in (path, *(name for name, register in _called.items() if register == path)):
        try:
            secret = _keyring().get_password(SERVICE, str(name))
        except Exception:
            # Each system's keyring has errors of its own; whoever has none is asked for the key.
            return None
        if secret:
            return Key(secret)
    return None


def forget_in_keyring(path: Path) -> None:
    """Takes a register's key out of the system's keyring. Raises RegisterError where there is no keyring."""
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
