"""Checks options and arguments for text that is not UTF-8. Loaded only for a call that has some."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from feedback_tui.folders import NotUtf8
from feedback_tui.text import readable

PATHS = ("source", "target", "profile", "file")
"""Parameters that name a file, which need not be UTF-8."""


def refuse_other_encodings(app: typer.Typer) -> None:
    """Makes every command of `app` raise NotUtf8 for text that is not UTF-8, because letters of it would be lost."""
    for command in app.registered_commands:
        if command.callback is not None:
            command.callback = _reading_utf8(command.callback)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            refuse_other_encodings(group.typer_instance)


def _reading_utf8(command: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(command)
    def read_first(*arguments: Any, **named: Any) -> Any:
        return command(*arguments, **{name: _read(name, value) for name, value in named.items()})

    return read_first


def _read(name: str, value: object) -> object:
    """Returns the value of an option or argument. Raises NotUtf8."""
    if isinstance(value, list):
        return [_read(name, each) for each in value]
    if not isinstance(value, str) or name in PATHS:
        return value
    if (words := readable(value)) is None:
        raise NotUtf8(name.strip("_").replace("_", " ").capitalize(), value)
    return words
