"""The rows of the investigator's half: the draft, its chasing, its check, the sign-off."""

from __future__ import annotations

from feedback_tui.enums import Status, StepKey
from feedback_tui.rules.lifecycle.step import COMPLAINTS, Step

S, K = Status, StepKey
UNDER_WAY = (S.INVESTIGATING, S.ON_HOLD, S.IN_REVIEW)
INVESTIGATED, DRAFTED = "investigator named", "draft received"
_NOT_UNDER_WAY = "a draft belongs to an investigation that is under way"
_NO_ONE = "no investigator is named"
_NO_DRAFT = "no draft is recorded as received"

DRAFT: tuple[Step, ...] = (
    Step(
        K.CHASE,
        "Chase the investigator",
        "chased",
        COMPLAINTS,
        UNDER_WAY,
        None,
        "date; to whom it was escalated; why it is late; when to chase again",
        _NOT_UNDER_WAY,
        beside=True,
        needs=INVESTIGATED,
        lacking=_NO_ONE,
    ),
    Step(
        K.DRAFT_RECEIVED,
        "Draft received",
        "draft received",
        COMPLAINTS,
        UNDER_WAY,
        None,
        "date",
        _NOT_UNDER_WAY,
        beside=True,
        needs=INVESTIGATED,
        lacking=_NO_ONE,
    ),
    Step(
        K.DRAFT_CHECKED,
        "Draft checked",
        "draft checked",
        COMPLAINTS,
        UNDER_WAY,
        None,
        "date; by whom; what was found; where it goes back: when the next draft is due",
        _NOT_UNDER_WAY,
        beside=True,
        needs=DRAFTED,
        lacking=_NO_DRAFT,
    ),
    Step(
        K.SIGN_OFF,
        "Sign off the response",
        "signed off",
        COMPLAINTS,
        UNDER_WAY,
        None,
        "date; the responsible person, or whom they named",
        _NOT_UNDER_WAY,
        beside=True,
        needs=DRAFTED,
        lacking=_NO_DRAFT,
    ),
)
