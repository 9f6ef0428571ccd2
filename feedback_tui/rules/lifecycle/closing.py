"""The steps that end a case, and those that lead back."""

from __future__ import annotations

from feedback_tui.enums import ClosingReason, Status, StepKey
from feedback_tui.rules.lifecycle.ask import Ask, Entry, day, reason
from feedback_tui.rules.lifecycle.step import ANSWERABLE, ANY, EVERY_KIND, OPEN, UNANSWERED, Step

S, K = Status, StepKey
ERASED = "erased"
"""A fact of a case: its words are gone."""
WHEN_ERASED = "its words were erased: it stays as a figure"
"""Why nothing more is done with it then: the figures of past years stay what they were."""

REOPENED = "reopened since its answer"
"""A fact of a case: it was answered, and a further answer may be sent."""

ENDS: tuple[Step, ...] = (
    Step(
        key=K.WITHDRAW,
        words="Withdraw",
        past="withdrawn",
        kinds=ANSWERABLE,
        after=(*UNANSWERED, S.IN_REVIEW),
        leads_to=S.CLOSED,
        otherwise="a case that was answered or closed cannot be withdrawn",
        asks=(day("Withdrawn on"), reason(may_be_left_out=True)),
        verb="close:withdraw",
        input="stages:Withdrawal",
        command="withdraw",
        sentence="Closes a case that the complainant withdrew.",
        shortcut="w",
        synonyms="cancel complainant drop",
    ),
    Step(
        key=K.CLOSE,
        words="Close",
        past="closed",
        kinds=EVERY_KIND,
        after=OPEN,
        leads_to=S.CLOSED,
        otherwise="it is closed",
        asks=(
            day("Closed on", "--closed-on", option_help="When; today if not given."),
            Ask(
                name="reason",
                label="Closed as",
                entry=Entry.CLOSED,
                offered=ClosingReason,
                required=True,
                may_be_left_out=True,
                help="↓ lists them",
                options=("--closing-reason", "--reason"),
                option_help=", ".join(ClosingReason),
                asked_as="where no response was sent: the closing reason",
            ),
            Ask(
                name="words",
                label="Note",
                entry=Entry.WORDS,
                lines=2,
                option_help="More about the reason.",
                asked_as="",
            ),
        ),
        verb="close:close_case",
        input="stages:Closing",
        command="close",
        sentence="Closes a case; one that was not answered needs a closing reason.",
        shortcut="c",
        bar=9,
        short="Close",
        synonyms="finish end resolve complete",
        likely={S.RESPONSE_SENT: 3},
    ),
    Step(
        key=K.REOPEN,
        words="Reopen",
        past="reopened",
        kinds=EVERY_KIND,
        after=(S.CLOSED,),
        leads_to=None,
        otherwise="only a closed case can be reopened",
        asks=(
            reason(),
            day("On", asked_as=""),
            Ask(
                name="promised_on",
                label="Promised by",
                entry=Entry.DATE,
                future=True,
                help="a further response: the date they were told",
                options=("--promised",),
                option_help="Where it was answered: when they were told a further one comes.",
                asked_as="where it was answered: the date that a further response was promised for",
            ),
        ),
        verb="close:reopen",
        input="stages:Reopening",
        command="reopen",
        sentence="Opens a closed case again as it was; one that was answered may be answered again.",
        shortcut="R",
        bar=9,
        short="Reopen",
        synonyms="open again",
        likely={S.CLOSED: 1},
    ),
    Step(
        key=K.VOID,
        words="Logged in error",
        past="marked as logged in error",
        kinds=EVERY_KIND,
        after=ANY,
        leads_to=S.VOID,
        otherwise="it is void",
        beside=True,
        asks=(reason(), day("On", asked_as="")),
        verb="close:void",
        input="stages:Reason",
        command="void",
        sentence="Marks a case as logged in error: it stays on record and counts nowhere.",
        shortcut="V",
        synonyms="delete remove mistake wrong duplicate cancel",
    ),
    Step(
        key=K.ERASE,
        words="Erase its words",
        past="words erased",
        kinds=EVERY_KIND,
        after=(S.CLOSED, S.VOID),
        leads_to=None,
        otherwise="the words of a case are erased once it is closed",
        beside=True,
        asks=(
            reason(
                help="it cannot be undone; the reason stays: name no one in it",
                asked_as="reason: names, descriptions, reasons and notes go for good; its dates and figures stay",
            ),
            day("On", asked_as=""),
        ),
        verb="erase:erase_for_good",
        input="stages:Reason",
        synonyms="delete gdpr retention forget personal",
    ),
    Step(
        key=K.UNDO,
        words="Undo the last step",
        past="undone",
        saved="the last step is taken back",
        kinds=EVERY_KIND,
        after=tuple(S),
        leads_to=None,
        otherwise="",
        beside=True,
        also_asks="nothing: it shows what it takes back",
        verb="undo:undo",
        input="stages:Input",
        shortcut="u",
        bar=14,
        short="Undo",
        in_ledger=True,
        synonyms="redo revert back mistake reverse",
    ),
)
