"""The kinds of deadline by what a case owes with them."""

from __future__ import annotations

from feedback_tui.words import DeadlineKind as K

ACKNOWLEDGEMENTS = (K.ACKNOWLEDGEMENT, K.STAGE_2_ACKNOWLEDGEMENT)
AIMS = (K.STAGE_1_TARGET, K.STAGE_2_TARGET)
DUE_BY = (K.STAGE_1_LIMIT, K.STAGE_2_LIMIT, K.RESPONSE_PROMISED)
BESIDE = (K.ACTION, K.REMEDY, K.OMBUDSMAN_REPLY)
SIX_MONTHS_IN_VIEW = 20
"""Working days before its end from which the six months stand in the queue."""
