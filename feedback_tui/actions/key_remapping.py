"""An officer's own keys: which are accepted, and a sentence for each that is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from feedback_tui.actions.action import Action, Place, Topic
from feedback_tui.actions.catalogue import ACTIONS, TYPING, at
from feedback_tui.actions.key_names import NEVER_SENT, is_typed, printed, read_key

Keys = dict[str, tuple[str, ...]]
FIXED = frozenset({"back", "unfilter", "next_field", "previous_field"})
"""Keys that officers cannot change, so that every program window is left, and fields are moved between, in the same
way."""
_DECLARED = {action.name: action for action in ACTIONS}


def keys_from(wanted: Mapping[str, object]) -> tuple[Keys, dict[str, str]]:
    """Returns the accepted keys by action, and a sentence about what is wrong with each of the others."""
    good: Keys = {}
    wrong: dict[str, str] = {}
    for name, given in wanted.items():
        keys, why = _keys_of(name, given)
        if why:
            wrong[name] = why
        else:
            good[name] = keys
    while (clash := next(_clashes(good), None)) is not None:
        name, why = clash
        wrong[name] = why
        del good[name]
    return good, wrong


def _keys_of(name: str, given: object) -> tuple[tuple[str, ...], str]:
    """Returns the keys given for this action, and what is wrong with them ("" if nothing)."""
    action = _DECLARED.get(name)
    if action is None:
        return (), f"there is no action “{name}”: feedback-tui keys lists them"
    if name in FIXED:
        return (), f"“{name}” keeps its keys, {_print(action.keys)}"
    each = [given] if isinstance(given, str) else given
    if not isinstance(each, Sequence) or not all(isinstance(key, str) for key in each):
        return (), f'“{name}” wants a key in quotes, or several: ["f5", "r"]'
    keys = []
    for text in each:
        key = read_key(text)
        if key is None:
            return (), f"“{text}” for “{name}” is not a key: write a, A, ?, f5, ctrl+r, space, enter, pageup, left"
        if key in NEVER_SENT:
            return (), f"“{text}” for “{name}” does not arrive in many terminals: choose another key"
        if is_typed(key) and action.topic is not Topic.MOVE and set(TYPING) & set(action.places):
            return (), f"“{text}” for “{name}” would be typed into a field: choose an F-key or a ctrl key"
        keys.append(key)
    return tuple(dict.fromkeys(keys)), ""


def _clashes(good: Keys) -> Iterator[tuple[str, str]]:
    """Yields each of the officer's actions whose key is used by another action on the same screen, with a sentence."""
    for place in Place:
        taken: dict[str, Action] = {}
        # The officer's own keys come last, the latest at the end, so that those are rejected.
        own_last = sorted(at(place, declared=True), key=lambda action: (action.name in good, _place(action, good)))
        for action in own_last:
            for key in good.get(action.name, action.keys):
                if key not in taken:
                    taken[key] = action
                    continue
                other = taken[key]
                yield (
                    action.name,
                    f"“{printed(key)}” for “{action.name}” is taken: on the screen “{place}” it is “{other.name}” "
                    f"({other.words})",
                )


def _place(action: Action, good: Keys) -> int:
    return list(good).index(action.name) if action.name in good else 0


def _print(keys: Sequence[str]) -> str:
    return " and ".join(printed(key) for key in keys)


def topics() -> Iterator[tuple[Topic, list[Action]]]:
    """Yields the actions with their current keys, under the headings of the help."""
    for topic in Topic:
        seen: dict[str, Action] = {}
        for place in Place:
            seen |= {action.name: action for action in at(place) if action.topic is topic}
        yield topic, [seen[name] for name in _DECLARED if name in seen]
