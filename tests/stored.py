"""What is stored, for tests that compare whole registers."""

from __future__ import annotations

STORED_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'search*'"
"""The tables of a register but for the index of its words, which follows from them."""
