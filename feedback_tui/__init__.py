"""Feedback TUI: a complaints desk for the terminal."""

__version__ = "0.2.0"
"""The one place where the version stands: the package's metadata and ``--version`` read it."""
