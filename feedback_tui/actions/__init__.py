"""One declaration for each thing an officer can do: keys, words, help, where, and when it is allowed.

The bar of keys, the help and the command palette are made from these; the step that a case is taken through comes from
the one table in ``rules.lifecycle.lifecycle``.
"""

from feedback_tui.actions.action import Action, Place, Situation, Topic
from feedback_tui.actions.catalogue import ACTIONS, BY_NAME, at, of_step, own_keys_in_use, use_keys

__all__ = [
    "ACTIONS",
    "BY_NAME",
    "Action",
    "Place",
    "Situation",
    "Topic",
    "at",
    "of_step",
    "own_keys_in_use",
    "use_keys",
]
