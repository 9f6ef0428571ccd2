"""The root of every error whose message is a plain sentence for the officer, not a fault of the program."""

from __future__ import annotations


class PlainError(Exception):
    """Says what happened, why, and what to do; whoever catches it shows the message as it is."""
