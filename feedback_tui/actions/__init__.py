"""One declaration for each thing an officer can do: keys, words, help, screens, and when it is possible.

The key bar, the help and the command palette are made from these. Steps of a case come from the table in
``rules.lifecycle.lifecycle``.
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
