"""Bindings, and keys in print, made from the declared actions."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from feedback_tui.actions import Action, Place, Topic, at

_PRINT = {
    "enter": "⏎",
    "space": "space",
    "slash": "/",
    "question_mark": "?",
    "escape": "esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_BY_TEXTUAL = ("next_field", "previous_field", "palette", "quit")
"""Declared for the help; Textual binds them itself."""


def printed(key: str) -> str:
    """A key as an officer reads it: ``^s`` for ctrl+s, ``F2``, ``?``."""
    if key in _PRINT:
        return _PRINT[key]
    if key.startswith("ctrl+"):
        return f"^{printed(key.removeprefix('ctrl+'))}"
    if key.startswith("shift+"):
        return f"Shift+{printed(key.removeprefix('shift+'))}"
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key


def shown_key(action: Action) -> str:
    """The key of an action in print; empty where it has none."""
    return printed(action.keys[0]) if action.keys else ""


def screen_bindings(place: Place) -> list[BindingType]:
    """The bindings of a screen: each leads to ``action_do(name)``, which asks first whether it is allowed."""
    return [
        _binding(action, f"do('{action.name}')")
        for action in at(place)
        if action.keys and action.topic is not Topic.MOVE and action.name not in _BY_TEXTUAL
    ]


def list_bindings() -> list[BindingType]:
    """The bindings of a list of rows: each leads to ``action_<name>`` of the list."""
    return [_binding(action, action.name) for action in at(Place.QUEUE) if action.topic is Topic.MOVE]


def _binding(action: Action, textual_action: str) -> Binding:
    return Binding(
        ",".join(action.keys),
        textual_action,
        action.words,
        show=False,
        id=action.name,
        # A form's keys must reach the form while a field that knows such a key itself has the focus.
        priority=action.topic is Topic.WRITE,
    )
