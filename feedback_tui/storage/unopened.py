"""A register that is opened when something needs more than its first page: for a command that may end with that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedback_tui.storage.register import Register


@dataclass(frozen=True)
class Unopened:
    """The address of a register, who reads it, and how it is opened."""

    where: str
    reader: str
    open: Callable[[], Register]
    """Opens the register for this reader. Raises RegisterError."""
