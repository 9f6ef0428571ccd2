"""Asks whether a place of unknown kind is a disk of this computer."""

from __future__ import annotations

import sys

from feedback_tui.storage.errors import UnknownDisk
from feedback_tui.text import safe_text


def is_said_local(error: UnknownDisk) -> bool:
    """Asks the officer, and remembers a yes. Returns False for a no, or if there is no terminal to ask at."""
    if not (sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()):
        return False
    from feedback_tui.storage.backend.network_disks import agree

    print(
        f"Whether {safe_text(error.point)} is a disk of this computer cannot be told (its kind: "
        f"{safe_text(error.kind)}). On a network share what is saved can be lost.\n"
        "Is it a disk of this computer, not a folder of another machine? [y/N] ",
        end="",
        file=sys.stderr,
        flush=True,
    )
    if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
        return False
    try:
        agree(error.point)
    except OSError as trouble:
        print(f"That cannot be kept, and is asked again next time: {trouble.strerror}.", file=sys.stderr)
    return True
