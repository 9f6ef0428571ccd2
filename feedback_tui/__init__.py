"""Feedback TUI: a complaints desk for the terminal."""

__version__ = "0.2.0"
"""The version. The package's metadata and ``--version`` read it from here."""
