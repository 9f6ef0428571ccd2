"""How commands print: data on standard output, talk on standard error."""

from __future__ import annotations

import json
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
    text = json.dumps(data, ensure_ascii=False, indent=2, default=_plain)
    # What stands in the register is safe already; a lone surrogate could still not be written.
    print(text.encode("utf-8", "replace").decode("utf-8"))


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
