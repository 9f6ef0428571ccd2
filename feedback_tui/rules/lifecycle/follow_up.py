"""The rows of what follows a finding: redress, learning and actions; and of praise, thanks and quotes."""

from __future__ import annotations

from feedback_tui.enums import Kind, StepKey
from feedback_tui.rules.lifecycle.step import ANSWERABLE, ANY, EVERY_KIND, Step

K = StepKey
ACTION_OWED, REDRESS_OWED, THANKS_OWED = "action owed", "redress owed", "thanks owed"
COMPLIMENTS = (Kind.COMPLIMENT,)

FOLLOWING: tuple[Step, ...] = (
    Step(
        K.REDRESS,
        "Redress",
        "redress recorded",
        ANSWERABLE,
        ANY,
        None,
        "what; £; who approved it; when it was offered, accepted, and is due: a new one, or a change of one",
        "it is void",
        beside=True,
    ),
    Step(
        K.REMEDY_DONE,
        "Redress done",
        "redress done",
        EVERY_KIND,
        ANY,
        None,
        "which; date; what shows it",
        "it is void",
        beside=True,
        needs=REDRESS_OWED,
        lacking="it has no redress that is still to be done",
    ),
    Step(
        K.LEARN,
        "Learning",
        "learning recorded",
        EVERY_KIND,
        ANY,
        None,
        "the area and what was learned, and what will be done about it; or that there is none, or that it is awaited",
        "it is void",
        beside=True,
    ),
    Step(
        K.PLAN_ACTION,
        "Plan an action",
        "action planned",
        EVERY_KIND,
        ANY,
        None,
        "what; who; by when; the learning it follows from: a new one, or a change of one",
        "it is void",
        beside=True,
    ),
    Step(
        K.ACTION_DONE,
        "Action done",
        "action done",
        EVERY_KIND,
        ANY,
        None,
        "which; date; what shows it",
        "it is void",
        beside=True,
        needs=ACTION_OWED,
        lacking="it has no action that is still to be done",
    ),
    Step(
        K.THANK,
        "Pass thanks on",
        "thanks passed on",
        COMPLIMENTS,
        ANY,
        None,
        "date; to whom",
        "it is void",
        beside=True,
        needs=THANKS_OWED,
        lacking="the thanks were passed on already",
    ),
    Step(
        K.QUOTE,
        "Quote for the report",
        "quote for the report written",
        COMPLIMENTS,
        ANY,
        None,
        "its words without anyone's name: proposed, to be looked over",
        "it is void",
        beside=True,
    ),
)
