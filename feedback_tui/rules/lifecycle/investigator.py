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
        key=K.CHASE,
        words="Chase the investigator",
        past="chased",
        also_asks="date; to whom it was escalated; why it is late; when to chase again",
        kinds=COMPLAINTS,
        after=UNDER_WAY,
        leads_to=None,
        otherwise=_NOT_UNDER_WAY,
        beside=True,
        needs=INVESTIGATED,
        lacking=_NO_ONE,
        likely={S.INVESTIGATING: 2},
        shortcut="K",
        synonyms="remind reminder nudge escalate",
    ),
    Step(
        key=K.DRAFT_RECEIVED,
        words="Draft received",
        past="draft received",
        also_asks="date",
        kinds=COMPLAINTS,
        after=UNDER_WAY,
        leads_to=None,
        otherwise=_NOT_UNDER_WAY,
        beside=True,
        needs=INVESTIGATED,
        lacking=_NO_ONE,
        likely={S.INVESTIGATING: 3},
        shortcut="7",
        synonyms="investigator report",
    ),
    Step(
        key=K.DRAFT_CHECKED,
        words="Draft checked",
        past="draft checked",
        also_asks="date; by whom; what was found; where it goes back: when the next draft is due",
        kinds=COMPLAINTS,
        after=UNDER_WAY,
        leads_to=None,
        otherwise=_NOT_UNDER_WAY,
        beside=True,
        needs=DRAFTED,
        lacking=_NO_DRAFT,
        shortcut="8",
        synonyms="quality review send back",
    ),
    Step(
        key=K.SIGN_OFF,
        words="Sign off the response",
        past="signed off",
        saved="response signed off",
        also_asks="date; the responsible person, or whom they named",
        kinds=COMPLAINTS,
        after=UNDER_WAY,
        leads_to=None,
        otherwise=_NOT_UNDER_WAY,
        beside=True,
        needs=DRAFTED,
        lacking=_NO_DRAFT,
        likely={S.INVESTIGATING: 4},
        shortcut="9",
        synonyms="approve signature authorise manager",
    ),
)
