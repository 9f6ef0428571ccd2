"""The steps of the investigator's draft: chased, received, checked, signed off."""

from __future__ import annotations

from feedback_tui.enums import Status, StepKey
from feedback_tui.rules.lifecycle.ask import Ask, Entry, day
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
        kinds=COMPLAINTS,
        after=UNDER_WAY,
        leads_to=None,
        otherwise=_NOT_UNDER_WAY,
        beside=True,
        needs=INVESTIGATED,
        lacking=_NO_ONE,
        asks=(
            Ask(
                name="next_on",
                entry=Entry.DATE,
                label="Chase again",
                begins="+5wd",
                future=True,
                option_help="When to chase again.",
                asked_as="when to chase again",
            ),
            Ask(name="why_late", entry=Entry.WORDS, label="Why it is late", lines=2),
            Ask(
                name="escalated_to",
                label="Escalated to",
                help="the manager who was told; empty: no one",
                option_help="The manager who was told.",
                asked_as="to whom it was escalated",
            ),
            day("Chased on"),
        ),
        verb="investigator:chase",
        input="contact:ChaseInput",
        command="chase",
        sentence="Records that the investigator was chased.",
        likely={S.INVESTIGATING: 2},
        shortcut="K",
        synonyms="remind reminder nudge escalate",
    ),
    Step(
        key=K.DRAFT_RECEIVED,
        words="Draft received",
        past="draft received",
        kinds=COMPLAINTS,
        after=UNDER_WAY,
        leads_to=None,
        otherwise=_NOT_UNDER_WAY,
        beside=True,
        needs=INVESTIGATED,
        lacking=_NO_ONE,
        asks=(day("It came on"),),
        verb="investigator:draft_received",
        input="contact:DraftReceived",
        command="draft-received",
        sentence="Records that the investigator's draft came.",
        likely={S.INVESTIGATING: 3},
        shortcut="7",
        synonyms="investigator report",
    ),
    Step(
        key=K.DRAFT_CHECKED,
        words="Draft checked",
        past="draft checked",
        kinds=COMPLAINTS,
        after=UNDER_WAY,
        leads_to=None,
        otherwise=_NOT_UNDER_WAY,
        beside=True,
        needs=DRAFTED,
        lacking=_NO_DRAFT,
        asks=(
            day("Checked on"),
            Ask(
                name="by",
                label="By",
                help="empty: you",
                option_help="Who checked it; you, if not given.",
                asked_as="by whom",
            ),
            Ask(name="words", entry=Entry.WORDS, label="What was found", lines=2),
            Ask(
                name="again_on",
                entry=Entry.DATE,
                label="Next draft due",
                future=True,
                help="where it went back; empty: it stands",
                option_help="It went back: when the next draft is due.",
                asked_as="where it goes back: when the next draft is due",
            ),
        ),
        verb="investigator:check_draft",
        input="contact:DraftCheck",
        command="draft-checked",
        sentence="Records that the draft was checked, and whether it stands or went back.",
        shortcut="8",
        synonyms="quality review send back",
    ),
    Step(
        key=K.SIGN_OFF,
        words="Sign off the response",
        past="signed off",
        saved="response signed off",
        kinds=COMPLAINTS,
        after=UNDER_WAY,
        leads_to=None,
        otherwise=_NOT_UNDER_WAY,
        beside=True,
        needs=DRAFTED,
        lacking=_NO_DRAFT,
        asks=(
            Ask(
                name="by",
                label="Signed off by",
                required=True,
                help="the responsible person, or whom they named",
                asked_as="the responsible person, or whom they named",
            ),
            day("On"),
        ),
        verb="investigator:sign_off",
        input="contact:SignOff",
        command="sign-off",
        sentence="Records who signed the response off.",
        likely={S.INVESTIGATING: 4},
        shortcut="9",
        synonyms="approve signature authorise manager",
    ),
)
