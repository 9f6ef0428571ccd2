"""The actions of lists of cases: filters, order, groups, marks."""

from __future__ import annotations

from feedback_tui.actions.action import Action, Place

P = Place
LISTED = (P.QUEUE, P.CASES)
TO_A_FILE = "list table rows xlsx workbook"
"""Synonyms that differ from those of “Export the register”, so that its search still finds it first."""
LISTING: tuple[Action, ...] = (
    Action(
        "saved",
        ("apostrophe",),
        "Filters you keep",
        "Uses, keeps or deletes a filter by name.",
        LISTED,
        also="saved favourites keep views",
    ),
    Action(
        "order",
        ("greater_than_sign",),
        "Sort",
        "Sorts by the next of date, reference, team, officer …",
        LISTED,
        also="order by",
    ),
    Action(
        "group",
        ("equals_sign",),
        "Group",
        "Groups by due date, team, officer, investigator, or not.",
        (P.QUEUE,),
        also="arrange by team officer",
    ),
    Action("fold", ("left",), "Fold", "Folds the group under the cursor; once more, all of them.", (P.QUEUE,)),
    Action("unfold", ("right",), "Unfold", "Unfolds the group under the cursor; else all.", (P.QUEUE,)),
    Action(
        "hide_names",
        ("z",),
        "Hide names",
        "Hides people's names in lists and headers, or shows them again.",
        (P.QUEUE, P.CASES, P.CASE),
        also="privacy anonymous people shoulder screen share",
    ),
    Action(
        "mark",
        ("asterisk",),
        "Mark",
        "Marks the case, or takes its mark away; steps go to all marked.",
        LISTED,
        needs_case=True,
        also="select tick bulk many",
    ),
    Action(
        "mark_all",
        ("plus",),
        "Mark all",
        "Marks every case that the list has, in view or not.",
        LISTED,
        also="select bulk many everything",
    ),
    Action(
        "mark_others",
        ("tilde",),
        "Mark the others",
        "Marks the unmarked of the list, and no others.",
        LISTED,
        also="select invert",
    ),
    Action(
        "unmark",
        ("minus",),
        "Unmark all",
        "Takes all marks away.",
        LISTED,
        needs="marked",
        otherwise="nothing is marked",
        also="deselect clear selection",
    ),
    Action(
        "write_list",
        ("E",),
        "Write to a file",
        "Writes the list, as filtered and sorted, as CSV, an Excel workbook or JSON.",
        (P.QUEUE, P.CASES, P.TODAY, P.LEARNING, P.INVESTIGATORS, P.LETTERS, P.YEAR_WORDS, P.CASES_BEHIND),
        bar=18,
        short="To a file",
        also=TO_A_FILE,
    ),
    Action(
        "write_found",
        ("f6",),
        "Write to a file",
        "Writes the list that stands here as CSV, an Excel workbook or JSON.",
        (P.FIND, P.WORKING_DAYS, P.DAYS_OFF),
        bar=18,
        short="To a file",
        also=TO_A_FILE,
    ),
    Action(
        "today",
        ("1",),
        "Today",
        "What is overdue, due and waiting, in numbers.",
        (P.QUEUE,),
        bar=14,
        also="dashboard morning overview numbers home",
    ),
    Action("open_list", ("enter",), "Its list", "Opens the cases behind the number.", (P.TODAY,), bar=1),
    Action(
        "cases",
        ("0",),
        "All cases",
        "Lists every case, closed and void too.",
        (P.QUEUE,),
        bar=16,
        also="closed archive register everything list",
    ),
)
