"""The JSON format of the program."""

from __future__ import annotations

import json


def json_text(data: object) -> str:
    """Returns data as JSON: dates as YYYY-MM-DD, characters unescaped."""
    text = json.dumps(data, ensure_ascii=False, indent=2, default=_plain)
    # Text in the register is safe, but other text may hold a lone surrogate, which cannot be encoded.
    return text.encode("utf-8", "replace").decode("utf-8")


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
