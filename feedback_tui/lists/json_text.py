"""How the program writes JSON, wherever it does."""

from __future__ import annotations

import json


def json_text(data: object) -> str:
    """Data as JSON: dates as YYYY-MM-DD, every character as it is."""
    text = json.dumps(data, ensure_ascii=False, indent=2, default=_plain)
    # What stands in the register is safe already; a lone surrogate could still not be written.
    return text.encode("utf-8", "replace").decode("utf-8")


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
