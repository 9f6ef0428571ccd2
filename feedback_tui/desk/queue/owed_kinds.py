"""The kinds of deadline, grouped by what a case owes."""

from __future__ import annotations

from feedback_tui.enums import DeadlineKind as K
from feedback_tui.enums import StageTime as T

ACKNOWLEDGEMENTS = K.each(T.ACKNOWLEDGEMENT)
AIMS = K.each(T.TARGET)
DUE_BY = (*K.each(T.LIMIT, T.PANEL, T.REPORT, T.REPLY), K.RESPONSE_PROMISED)
BESIDE = (K.ACTION, K.REMEDY, K.OMBUDSMAN_REPLY)
WAITED_FOR = tuple(kind for kind in K if kind not in (*ACKNOWLEDGEMENTS, *AIMS, *DUE_BY, *BESIDE, K.STATUTORY_LIMIT))
"""Kinds shown in the queue from the day they are due, not before: an update, consent, a draft, a chase, a hold."""
SIX_MONTHS_IN_VIEW = 20
"""Working days before their end from which the six months are shown in the queue."""
TELL_THEM = "Tell them it takes longer"
"""What a passed aim owes until the complainant is told, or answered."""


def owed_label(kind: K, *, to_tell: bool) -> str:
    """Returns what is owed by a deadline of this kind, in words."""
    return TELL_THEM if to_tell else kind.label
