"""How commands print: data to standard output, messages to standard error."""

from __future__ import annotations

import sys

from feedback_tui.text import safe_text


def print_err(words: str) -> None:
    """Prints a message to standard error, made safe for a terminal."""
    print(safe_text(words), file=sys.stderr)


def print_out(words: str) -> None:
    """Prints data to standard output, made safe for a terminal."""
    print(safe_text(words))


def print_json(data: object) -> None:
    """Prints data as JSON to standard output: dates as YYYY-MM-DD, characters unescaped."""
    from feedback_tui.lists.json_text import json_text

    print(json_text(data))
