"""The actions of forms and letters."""

from __future__ import annotations

from feedback_tui.actions.action import Action, Place, Topic

P = Place
FORMS = (P.INTAKE, P.FORM, P.LETTER, P.DAYS_OFF)
FIELDS = (*FORMS, P.WORKING_DAYS, P.JOB)

WRITING: tuple[Action, ...] = (
    Action("write_lit", ("enter",), "Write", "Fills in the letter that is lit.", (P.LETTERS,), bar=1),
    Action("next_gap", ("f2",), "Next gap", "Goes to what is still to be written in.", (P.LETTER,), bar=2),
    Action("copy_letter", ("f5",), "Copy", "Copies the letter to the clipboard.", (P.LETTER,), bar=2, also="clipboard"),
    Action(
        "save_text",
        ("f3",),
        "As .txt",
        "Writes it as text, into the folder you started in.",
        (P.LETTER,),
        bar=3,
        also="export download",
    ),
    Action(
        "save_word",
        ("f4",),
        "As .docx",
        "Writes it for Word, into the folder you started in.",
        (P.LETTER,),
        bar=3,
        also="export download print",
    ),
    Action(
        "save",
        ("ctrl+s", "f10"),
        "Save",
        "Saves what the form says.",
        FORMS,
        Topic.WRITE,
        bar=1,
        also="submit ok store",
    ),
    Action(
        "save_acknowledged",
        ("f2", "ctrl+l"),
        "Save, acknowledged",
        "Saves it as acknowledged today, by the channel it came in.",
        (P.INTAKE,),
        Topic.WRITE,
        bar=2,
        needs="complaint",
        otherwise="only a complaint has an acknowledgement that is due",
        also="submit",
    ),
    Action(
        "save_next",
        ("f3",),
        "Save, and next",
        "Saves it and stays, for a pile: kind, date, channel, team and source stay in the form.",
        (P.INTAKE,),
        Topic.WRITE,
        bar=3,
        short="Save, next",
    ),
    Action(
        "take_back",
        ("f4",),
        "Take back the last",
        "Marks the last of the pile as logged in error, and puts its words into the form again.",
        (P.INTAKE,),
        Topic.WRITE,
        needs="entered",
        otherwise="nothing was entered since the form was opened",
    ),
    Action(
        "afresh",
        ("ctrl+n",),
        "Start afresh",
        "Empties the form and drops its draft.",
        FORMS,
        Topic.WRITE,
        bar=4,
        also="clear empty reset",
    ),
    Action("next_field", ("tab",), "Next field", "Takes the suggestion that is lit, and goes on.", FIELDS, Topic.WRITE),
    Action("previous_field", ("shift+tab",), "Field before", "Goes back one field.", FIELDS, Topic.WRITE),
)
