"""How commands print: data on standard output, talk on standard error."""

from __future__ import annotations

import sys

from feedback_tui.text import safe_text


def print_err(words: str) -> None:
    """Talk, on standard error."""
    print(safe_text(words), file=sys.stderr)


def print_out(words: str) -> None:
    """Data, on standard output."""
    print(safe_text(words))


def print_json(data: object) -> None:
    """Data as JSON, on standard output: dates as YYYY-MM-DD, every character as it is."""
    from feedback_tui.lists.json_text import json_text

    print(json_text(data))
