"""Textual bindings, and the printed names of keys, made from the declared actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from textual.binding import Binding, BindingsMap, BindingType
from textual.dom import DOMNode

from feedback_tui.actions import ACTIONS, BY_NAME, Action, Place, Topic, at, own_keys_in_use
from feedback_tui.actions.key_names import printed

__all__ = ["app_bindings", "list_bindings", "printed", "screen_bindings", "shown_key", "use_own_keys"]

_BY_APP = {"palette": "command_palette", "quit": "quit"}
"""Actions bound by the app, so that they work on every screen."""
_BY_TEXTUAL = ("next_field", "previous_field", *_BY_APP)
"""Actions declared for the help only; no screen binds them."""
_NAMES = frozenset(action.name for action in ACTIONS)


def shown_key(action: Action) -> str:
    """Returns the first key of an action as printed; "" if it has none."""
    return printed(action.keys[0]) if action.keys else ""


def screen_bindings(place: Place) -> list[BindingType]:
    """Returns the bindings of a screen. Each calls ``action_do(name)``, which checks first whether the action is
    possible."""
    return [
        _binding(action, f"do('{action.name}')")
        for action in at(place)
        if action.keys and action.topic is not Topic.MOVE and action.name not in _BY_TEXTUAL
    ]


def list_bindings() -> list[BindingType]:
    """Returns the bindings of a list of rows. Each calls the list's ``action_<name>``."""
    return [_binding(action, action.name) for action in at(Place.QUEUE) if action.keys and action.topic is Topic.MOVE]


def app_bindings() -> list[BindingType]:
    """Returns the bindings of the app, which take priority over those of a screen."""
    actions = [BY_NAME[name] for name in _BY_APP if BY_NAME[name].keys]
    return [replace(_binding(action, _BY_APP[action.name]), priority=True) for action in actions]


def use_own_keys(node: DOMNode, bindings: Callable[[], Iterable[BindingType]]) -> None:
    """If the officer has keys of their own, replaces the bindings that the class of a screen, list or app was created
    with by those of `bindings`. Otherwise does nothing."""
    if not own_keys_in_use():
        return
    held = node._bindings.key_to_bindings
    for key in list(held):
        held[key] = [
            binding for binding in held[key] if binding.id not in _NAMES and binding.action not in _BY_APP.values()
        ]
        if not held[key]:
            del held[key]
    for key, own in BindingsMap(bindings()).key_to_bindings.items():
        held.setdefault(key, []).extend(own)


def _binding(action: Action, textual_action: str) -> Binding:
    return Binding(
        ",".join(action.keys),
        textual_action,
        action.words,
        show=False,
        id=action.name,
        # Priority, because a form's keys must work also while a focused field has a binding for the same key.
        priority=action.topic is Topic.WRITE,
    )
