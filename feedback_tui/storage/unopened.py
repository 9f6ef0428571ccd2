"""A register that is opened when something needs more than its first page: for a command that may end with that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedback_tui.storage.register import Register


@dataclass(frozen=True)
class Unopened:
    """A register that is not opened yet: its address, its reader, and the function that opens it."""

    where: str
    reader: str
    open: Callable[[], Register]
    """Opens the register for this reader. Raises RegisterError."""
