"""The actions that are not about a case: import, export and backup of the register, the guides, the tour."""

from __future__ import annotations

from feedback_tui.actions.action import Action, Place, Topic

P = Place
ON_THE_WAY = (P.QUEUE, P.CASE, P.YEAR, P.EXPLAIN, P.STEPS, P.CHOICE, P.FIND, P.CASES_BEHIND, P.WORKING_DAYS)

HOUSE: tuple[Action, ...] = (
    Action(
        "import_register",
        (),
        "Import a register",
        "Cases from a CSV file: checked first, then all of it or nothing.",
        (P.QUEUE,),
        also="upload load spreadsheet csv migrate",
    ),
    Action(
        "export_register",
        (),
        "Export the register",
        "All cases to a CSV file, or everything to a JSON file.",
        (P.QUEUE,),
        also="download spreadsheet csv excel json save",
    ),
    Action(
        "backup",
        (),
        "Back up",
        "A verified copy of the register, beside it or where you say.",
        (P.QUEUE,),
        also="copy safe restore",
    ),
    Action(
        "start", ("ctrl+s", "f10"), "Start", "Starts the work that the form describes.", (P.JOB,), Topic.WRITE, bar=1
    ),
    Action(
        "preferences",
        (),
        "Preferences",
        "Your keys, look, first screen and lock: says where their file is, and opens the guide.",
        ON_THE_WAY,
        Topic.ALWAYS,
        also="settings options configuration keys shortcuts customise lock",
    ),
    Action(
        "guides",
        (),
        "Guides",
        "The guides of the program, to read here.",
        (*ON_THE_WAY, P.INTAKE, P.FORM, P.DAYS_OFF, P.JOB),
        Topic.ALWAYS,
        also="help manual documentation docs instructions",
    ),
    Action(
        "tour",
        (),
        "Tour",
        "Three minutes through the program, key by key, on the fictional council.",
        (P.QUEUE,),
        Topic.ALWAYS,
        also="tutorial training introduction help",
    ),
)
