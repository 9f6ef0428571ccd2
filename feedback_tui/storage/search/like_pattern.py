"""The pattern of SQL's LIKE for a part of a text, in which `%` and `_` mean themselves."""

from __future__ import annotations

ESCAPE = "/"
"""The escape character that the condition must name: ``LIKE … ESCAPE '/'``."""


def containing(part: str) -> str:
    """Returns the pattern of every text that contains this part."""
    for sign in (ESCAPE, "%", "_"):
        part = part.replace(sign, ESCAPE + sign)
    return f"%{part}%"
