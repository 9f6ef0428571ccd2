"""The steps that end a case before it is investigated: settled, not accepted, passed on, joined."""

from __future__ import annotations

from feedback_tui.enums import ClosingReason, Kind, NotAccepted, Status, StepKey
from feedback_tui.rules.lifecycle.ask import Ask, Entry, Flag, day, letter_of_it
from feedback_tui.rules.lifecycle.step import ANSWERABLE, BEFORE_INVESTIGATION, COMPLAINTS, EVERY_KIND, Step

S, K = Status, StepKey
_WHY = Ask(name="reason", label="Why", asked_as="")


def _told_on(asked_as: str) -> Ask:
    return Ask(
        name="told_on",
        label="Told on",
        entry=Entry.DATE,
        begins="today",
        required=True,
        may_be_left_out=True,
        option_help="When they were told; today if not given.",
        asked_as=asked_as,
    )


EARLY_CLOSURE: tuple[Step, ...] = (
    Step(
        key=K.SETTLE,
        words="Settled on the spot",
        past="settled",
        kinds=(Kind.COMPLAINT, Kind.CONCERN),
        after=(S.LOGGED,),
        leads_to=S.CLOSED,
        otherwise="only what was just logged is settled on the spot",
        asks=(
            day("Settled on"),
            Ask(
                name="oral",
                label="Raised orally",
                flag=Flag.NO_UNLESS_SAID,
                option_help="It was raised orally.",
                asked_as="that it was oral, and that they are satisfied by the end of the next working day",
            ),
            Ask(
                name="satisfied",
                label="Now satisfied",
                flag=Flag.NO_UNLESS_SAID,
                help="by the end of the next working day; else it stays a complaint",
                rule="reg 8",
                option_help="They are satisfied.",
                asked_as="",
            ),
            Ask(name="words", label="What was done", entry=Entry.WORDS, lines=2, asked_as=""),
        ),
        verb="early_closure:settle_on_the_spot",
        input="early_closure:Settlement",
        command="settle",
        sentence="Closes a concern that was raised orally and settled by the end of the next working day.",
        likely={S.LOGGED: 3},
        synonyms="resolved informal oral concern",
    ),
    Step(
        key=K.DECLINE,
        words="Do not accept",
        past="not accepted",
        kinds=COMPLAINTS,
        after=BEFORE_INVESTIGATION,
        leads_to=S.CLOSED,
        otherwise="that is decided before the investigation",
        asks=(
            Ask(
                name="why",
                label="Because",
                entry=Entry.CLOSED,
                offered=NotAccepted,
                required=True,
                help="↓ lists the grounds of the law that its procedure is under",
                argument="WHY",
                asked_as="a ground of the law that its procedure is under",
            ),
            Ask(
                name="words",
                label="Reason",
                entry=Entry.WORDS,
                required=True,
                help="as they are told it in writing",
                option_help="The reason, as they are told it in writing.",
                asked_as="",
            ),
            _told_on("date told"),
            Ask(
                name="ombudsman_told",
                label="Ombudsman told of",
                flag=Flag.NO_UNLESS_SAID,
                help="that they may go to the Ombudsman about this",
                option_help="They were told of their right to go to the Ombudsman.",
                asked_as="the Ombudsman right, where the law asks for it",
            ),
            day("Closed on", asked_as=""),
            letter_of_it(),
        ),
        letter="not-accepted",
        verb="early_closure:decline",
        input="early_closure:Declining",
        command="decline",
        sentence="Closes a complaint that is not accepted, on a ground of the law that its procedure is under.",
        synonyms="refuse reject accept out time",
    ),
    Step(
        key=K.PASS_ON,
        words="Signpost or transfer",
        past="passed on",
        kinds=ANSWERABLE,
        after=BEFORE_INVESTIGATION,
        leads_to=S.CLOSED,
        otherwise="that is decided before the investigation",
        asks=(
            Ask(
                name="transferred",
                label="It is",
                flag=Flag.NO_UNLESS_SAID,
                answers=(ClosingReason.SIGNPOSTED, ClosingReason.TRANSFERRED),
                option_help="It was sent on; else they were told where to turn.",
                asked_as="",
            ),
            Ask(
                name="to",
                label="To whom",
                entry=Entry.OPEN,
                vocabulary="providers",
                required=True,
                help="care that people arrange themselves: the provider, then the Ombudsman",
                argument="TO",
                option_help="The body or service it belongs to.",
            ),
            _told_on("date; date told"),
            Ask(name="words", label="Note", entry=Entry.WORDS, lines=2, asked_as=""),
            day("Closed on", asked_as=""),
        ),
        verb="early_closure:pass_on",
        input="early_closure:PassingOn",
        command="pass-on",
        sentence="Closes a case that belongs to someone else: it was signposted or transferred.",
        synonyms="forward redirect refer signpost",
    ),
    Step(
        key=K.JOIN,
        words="Join as a duplicate",
        past="joined as a duplicate",
        kinds=EVERY_KIND,
        after=BEFORE_INVESTIGATION,
        leads_to=S.CLOSED,
        otherwise="that is decided before the investigation",
        beside=True,
        asks=(
            Ask(
                name="other",
                label="Goes on as",
                required=True,
                help="the reference of the other case",
                argument="OTHER",
                option_help="The case that goes on.",
                asked_as="the case that goes on",
            ),
            Ask(name="reason", label="Why", asked_as="reason"),
            day("Closed on", asked_as=""),
        ),
        verb="early_closure:join",
        input="early_closure:Joining",
        command="join",
        sentence="Closes a case as a duplicate of another, which goes on.",
        synonyms="merge link same",
    ),
)
