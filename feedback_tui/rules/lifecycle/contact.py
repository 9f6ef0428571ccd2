"""The rows of what is said, sent or tried: notes, contacts, letters."""

from __future__ import annotations

from feedback_tui.enums import Status, StepKey
from feedback_tui.rules.lifecycle.ask import Ask, Entry, day
from feedback_tui.rules.lifecycle.step import ANY, EVERY_KIND, OPEN, Step

S, K = Status, StepKey

CONTACT: tuple[Step, ...] = (
    Step(
        key=K.NOTE,
        words="Note",
        past="note",
        saved="note kept",
        kinds=EVERY_KIND,
        after=ANY,
        leads_to=None,
        otherwise="it is void",
        beside=True,
        asks=(
            Ask(
                name="words",
                label="Note",
                entry=Entry.WORDS,
                lines=4,
                required=True,
                argument="WORDS",
                option_help="The note.",
                asked_as="date; what was said, sent or tried",
            ),
            day("On", asked_as=""),
        ),
        verb="notes:note",
        input="stages:Note",
        command="note",
        sentence="Writes a note, a call or a letter on the timeline.",
        likely={S.ON_HOLD: 2},
        shortcut="t",
        in_ledger=True,
        synonyms="comment remark record",
    ),
    Step(
        key=K.CONTACT,
        words="Log a call or letter",
        past="contact",
        also_asks="date; what it was: a call, a meeting, a letter, a failed try; with whom; when they hear next",
        kinds=EVERY_KIND,
        after=ANY,
        leads_to=None,
        otherwise="it is void",
        beside=True,
        likely={S.LOGGED: 4, S.ACKNOWLEDGED: 3},
        shortcut="q",
        synonyms="telephone phone ring email meeting visit conversation",
    ),
    Step(
        key=K.NEXT_UPDATE,
        words="Set the next update",
        past="next update set",
        also_asks="the day on which they hear next; why, where it is put off",
        kinds=EVERY_KIND,
        after=OPEN,
        leads_to=None,
        otherwise="no one waits for news of it",
        beside=True,
        shortcut="N",
        synonyms="inform keep promise progress",
    ),
    Step(
        key=K.LETTER,
        words="Write a letter",
        past="letter made",
        also_asks="which of the council's letters; to whom; the text, filled in from the case",
        kinds=EVERY_KIND,
        after=ANY,
        leads_to=None,
        otherwise="it is void",
        beside=True,
        shortcut="L",
        synonyms="template print write post mail",
    ),
)
