"""Finds out which date a heading means: the day something was done, or the day it was due.

A due date imported as the day of doing would give a year that is wrong but plausible. So a heading is proposed only if
every word of it is known, and they say what was done and that it is the day of doing.
"""

from __future__ import annotations

import difflib
import re
from itertools import pairwise

_DUE = frozenset((
    "due", "target", "deadline", "expected", "expect", "planned", "plan", "proposed", "anticipated",
    "estimated", "estimate", "forecast", "projected", "scheduled", "intended", "required", "needed", "promised",
    "agreed", "overdue", "next", "limit", "timescale", "timeframe", "sla", "kpi", "eta", "expires", "expiry",
    "expiring", "before", "within", "latest", "aim", "goal", "should", "must",
))  # fmt: skip
"""Words that make a date a due date: hoped for, counted or promised."""
_DONE = {
    "acknowledged": "acknowledged_on",
    "ackd": "acknowledged_on",
    "responded": "responded_on",
    "replied": "responded_on",
    "answered": "responded_on",
    "received": "received_on",
    "recd": "received_on",
    "rcvd": "received_on",
    "closed": "closed_on",
    "allocated": "investigation_started_on",
}
"""Words for a completed action that show by themselves that it was done."""
_THINGS = {
    "acknowledgement": "acknowledged_on",
    "acknowledgment": "acknowledged_on",
    "acknowledge": "acknowledged_on",
    "ack": "acknowledged_on",
    "response": "responded_on",
    "reply": "responded_on",
    "answer": "responded_on",
    "receipt": "received_on",
    "closure": "closed_on",
}
"""Words for a thing. The heading may be about its text or deadline, so it also needs a word that it was done."""
_WAS_DONE = frozenset((
    "date", "sent", "issued", "completed", "posted", "emailed", "dispatched", "despatched",
))  # fmt: skip
_BESIDE = frozenset((
    "on", "of", "the", "a", "day", "actual", "letter", "email", "complaint", "case", "feedback", "contact",
    "enquiry", "final", "full", "formal", "written",
))  # fmt: skip
"""Words that do not change which day is meant."""
_AT_STAGE_2 = {"responded_on": "review_responded_on", "received_on": "review_requested_on"}
_ALL = (*_DONE, *_THINGS, *_WAS_DONE, *_DUE)
_TYPING = 0.85
"""The least similarity of a long misspelt word to a known one: “recieved”, “acknowleged”."""
_LONG = 7


def words_of(heading: str) -> list[str]:
    """Returns the words of a heading in lower case, without apostrophes and punctuation."""
    return re.sub(r"[\W_]+", " ", re.sub(r"[’'`]", "", heading.casefold())).split()


def is_due(heading: str) -> bool:
    """Returns whether the heading is about when something should be done, not when it was."""
    words = words_of(heading)
    # “Reply by” is a due date; “acknowledged by” and “response sent by” are persons.
    by = any(word == "by" and not before.endswith(("ed", "sent")) for before, word in pairwise(words))
    return by or any(_known(word) in _DUE for word in words) or "to be" in " ".join(words)


def date_meant(heading: str) -> str:
    """Returns the column of the register for the day this heading clearly means; "" if it is not clear."""
    if is_due(heading) or is_question(heading):
        return ""
    words = words_of(heading)
    if words[:1] == ["stage"]:
        stage, words = " ".join(words[1:2]), words[2:]
    else:
        stage, words = ("2", words[1:]) if words[:1] == ["review"] else ("1", words)
    meant: set[str] = set()
    said_done = False
    for word in map(_known, words):
        if word in _DONE or word in _THINGS:
            meant.add(_DONE.get(word) or _THINGS[word])
        elif word not in _BESIDE and word not in _WAS_DONE:
            return ""
        said_done = said_done or word in _DONE or word in _WAS_DONE
    if not said_done or len(meant) != 1 or stage not in ("1", "2"):
        return ""
    column = meant.pop()
    return column if stage == "1" else _AT_STAGE_2.get(column, "")


def is_question(heading: str) -> bool:
    """Returns whether the heading asks for yes or no: “Acknowledged?”"""
    return heading.rstrip().endswith("?")


def _known(word: str) -> str:
    """Returns the known word that a misspelt long word means, or the word itself. The last letter must agree:
    “responder” is not “responded”."""
    if word in _ALL or len(word) < _LONG:
        return word
    near = difflib.get_close_matches(word, _ALL, n=1, cutoff=_TYPING)
    return near[0] if near and near[0][-1] == word[-1] and abs(len(near[0]) - len(word)) <= 1 else word
