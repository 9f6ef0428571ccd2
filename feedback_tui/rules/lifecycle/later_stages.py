"""The steps that only some stages of some procedures have: agreeing the record, the panel, naming people, skipping a
stage."""

from __future__ import annotations

from feedback_tui.enums import StagePart, Status, StepKey
from feedback_tui.rules.lifecycle.ask import Ask, Entry, Flag, day, reason
from feedback_tui.rules.lifecycle.step import COMPLAINTS, Step

S, K = Status, StepKey
UNDER_WAY = (S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.ON_HOLD, S.IN_REVIEW)
MAY_SKIP, HAS_PARTS = "a stage that may be skipped", "parts to be named"
TO_AGREE, TO_BE_HELD, TO_BE_RECEIVED = "a record to agree", "a panel to hold", "a report to receive"
NAMED = (
    StagePart.INDEPENDENT_PERSON,
    StagePart.ADJUDICATING_OFFICER,
    StagePart.PANEL_CHAIR,
    StagePart.PANEL_MEMBER,
)
"""The roles that a step of their own assigns. The investigating officer is the stage's investigator."""
_UNDER_WAY = "that belongs to a stage that is under way"

LATER_STAGES: tuple[Step, ...] = (
    Step(
        key=K.SKIP_STAGE,
        words="Go on to the next stage",
        past="stage skipped",
        kinds=COMPLAINTS,
        after=(S.ACKNOWLEDGED, S.INVESTIGATING, S.IN_REVIEW),
        leads_to=S.IN_REVIEW,
        otherwise="a stage is skipped once it was acknowledged, before it is answered",
        beside=True,
        needs=MAY_SKIP,
        lacking="its procedure does not let this stage be skipped",
        asks=(
            day("From", option_help="Since when; today if not given."),
            Ask(
                name="officer",
                label="Officer",
                entry=Entry.NAME,
                option_help="Who handles the next stage; who has the case, if not given.",
                asked_as="officer and investigator of the next stage",
            ),
            Ask(
                name="investigator",
                label="Investigator",
                entry=Entry.NAME,
                vocabulary="investigators",
                option_help="Who investigates in the next stage.",
                asked_as="",
            ),
            Ask(
                name="agreed_by",
                label="Agreed by",
                entry=Entry.NAME,
                option_help="Who agreed to it.",
                asked_as="who agreed",
            ),
            reason(asked_as="reason", help="why it goes on without an answer of this stage"),
        ),
        verb="later_stages:skip_stage",
        input="later_stages:StageSkip",
        command="skip-stage",
        sentence="Goes on to the next stage without an answer of this one, as was agreed or as the procedure allows.",
        synonyms="straight to stage 2 skip bypass escalate agreement",
    ),
    Step(
        key=K.NAME_PART,
        words="Name who has a part",
        past="part in the stage named",
        kinds=COMPLAINTS,
        after=UNDER_WAY,
        leads_to=None,
        otherwise=_UNDER_WAY,
        beside=True,
        needs=HAS_PARTS,
        lacking="its stage needs no one but its officer and investigator",
        asks=(
            Ask(
                name="part",
                label="Part",
                entry=Entry.CHOICE,
                offered=NAMED,
                required=True,
                asked_as="the part",
            ),
            Ask(name="name", label="Name", entry=Entry.NAME, required=True, option_help="Who has it.", asked_as="who"),
            day("Named on", asked_as=""),
            Ask(
                name="number",
                label="Member",
                number=True,
                help="of several members of a panel, which; empty: the first place that is free",
                option_help="Which of several members of a panel.",
                asked_as="",
            ),
            Ask(
                name="independent",
                label="Independent",
                flag=Flag.NO_UNLESS_SAID,
                help="no member or officer of the council, nor the spouse or civil partner of one",
                option_help="They are no member or officer of the council, nor the spouse or civil partner of one.",
                asked_as="that they are independent, where the part asks for it",
            ),
        ),
        verb="later_stages:name_part",
        input="later_stages:PartNamed",
        command="name-part",
        sentence="Names the independent person, the adjudicating officer, or the chair and members of the panel.",
        synonyms="panel chair member independent person adjudicating officer appoint",
    ),
    Step(
        key=K.AGREE_RECORD,
        words="Record agreed",
        past="written record agreed",
        kinds=COMPLAINTS,
        after=UNDER_WAY,
        leads_to=None,
        otherwise=_UNDER_WAY,
        beside=True,
        needs=TO_AGREE,
        lacking="no time of its stage is counted from an agreed record, or it was agreed already",
        asks=(day("Agreed on"),),
        verb="later_stages:agree_record",
        input="later_stages:StageDay",
        command="record-agreed",
        sentence="Records that the complainant agreed the written record, which starts the times of the stage.",
        synonyms="statement of complaint agree clock",
    ),
    Step(
        key=K.PANEL_HELD,
        words="Panel held",
        past="panel held",
        kinds=COMPLAINTS,
        after=UNDER_WAY,
        leads_to=None,
        otherwise=_UNDER_WAY,
        beside=True,
        needs=TO_BE_HELD,
        lacking="its stage has no panel, or it was held already",
        asks=(day("Held on"),),
        verb="later_stages:panel_held",
        input="later_stages:StageDay",
        command="panel-held",
        sentence="Records that the review panel was held.",
        synonyms="review panel meeting hearing",
    ),
    Step(
        key=K.PANEL_REPORT,
        words="Panel’s report received",
        past="panel’s report received",
        kinds=COMPLAINTS,
        after=UNDER_WAY,
        leads_to=None,
        otherwise=_UNDER_WAY,
        beside=True,
        needs=TO_BE_RECEIVED,
        lacking="no panel was held whose report is waited for",
        asks=(day("Received on"),),
        verb="later_stages:report_received",
        input="later_stages:StageDay",
        command="panel-report",
        sentence="Records that the report of the panel was received, which starts the time for the reply.",
        synonyms="panel recommendations report",
    ),
)
