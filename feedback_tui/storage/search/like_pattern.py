"""Escapes text for SQL's LIKE, so that `%` and `_` have no special meaning."""

from __future__ import annotations

ESCAPE = "/"
"""The escape character; every condition must name it: ``LIKE … ESCAPE '/'``."""


def containing(part: str) -> str:
    """Returns the pattern that matches every text that contains `part`."""
    for sign in (ESCAPE, "%", "_"):
        part = part.replace(sign, ESCAPE + sign)
    return f"%{part}%"
