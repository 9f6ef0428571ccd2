"""The base of all errors whose message is a plain sentence for the officer."""

from __future__ import annotations


class PlainError(Exception):
    """An expected error. Its message says what happened, why, and what to do, and is shown unchanged."""
