"""All declarations of actions. A key is used once on each screen; a test checks this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from feedback_tui.actions.action import Action, Place, Topic
from feedback_tui.actions.form_actions import WRITING
from feedback_tui.actions.global_actions import HOUSE
from feedback_tui.actions.list_actions import LISTED, LISTING
from feedback_tui.actions.year_actions import YEAR
from feedback_tui.enums import StepKey
from feedback_tui.rules.lifecycle.lifecycle import LIFE

P, K = Place, StepKey
WITH_CASE = (P.QUEUE, P.CASES, P.CASE)
ON_ROWS = (*WITH_CASE, P.LEARNING)
ROWS = (P.QUEUE, P.CASES, P.LEARNING)
READ = (P.QUEUE, P.CASES, P.TODAY, P.CASE, P.LEARNING, P.YEAR)
LISTS = (
    P.QUEUE,
    P.CASES,
    P.TODAY,
    P.CASE,
    P.STEPS,
    P.YEAR,
    P.YEAR_WORDS,
    P.LEARNING,
    P.EXPLAIN,
    P.CHOICE,
    P.FIND,
    P.CASES_BEHIND,
    P.GUIDES,
    P.LETTERS,
    P.WHERE,
    P.INVESTIGATORS,
)
NOT_TYPING = (
    P.QUEUE,
    P.CASES,
    P.TODAY,
    P.CASE,
    P.YEAR,
    P.YEAR_WORDS,
    P.LEARNING,
    P.EXPLAIN,
    P.GUIDES,
    P.LETTERS,
    P.INVESTIGATORS,
    P.CASES_BEHIND,
)
TYPING = (P.INTAKE, P.FORM, P.LETTER, P.STEPS, P.CHOICE, P.FIND, P.WHERE, P.WORKING_DAYS, P.DAYS_OFF, P.JOB)
EVERYWHERE = tuple(Place)
NOT_HOME = tuple(place for place in Place if place is not P.QUEUE)


def _step_actions() -> Iterator[Action]:
    """Yields one action for each step, so that every step can be reached.

    A step without a key is reached by the list of steps and by the palette.
    """
    for step in LIFE:
        yield Action(
            "step_" + step.key.replace(" ", "_"),
            (step.shortcut,) if step.shortcut else (),
            step.words,
            f"Asks for: {step.asks_for}.",
            ON_ROWS if step.in_ledger else WITH_CASE,
            Topic.STEPS,
            bar=step.bar,
            short=step.short,
            step=step.key,
            also=step.synonyms,
        )


ACTIONS: tuple[Action, ...] = (
    Action("open", ("enter",), "Open", "Opens the case under the cursor.", ROWS, bar=1, needs_case=True),
    Action("take", ("enter",), "Take it", "Opens the form of the step that is lit.", (P.STEPS,), bar=1),
    Action("choose", ("enter",), "Choose", "Takes the row that is lit.", (P.CHOICE, P.FIND, P.CASES_BEHIND), bar=1),
    Action(
        "new",
        ("n",),
        "New",
        "Logs feedback that came in.",
        (P.QUEUE, P.CASES, P.CASE),
        bar=2,
        also="log add create enter complaint compliment intake record",
    ),
    Action(
        "steps",
        ("space",),
        "Next step",
        "Shows what can be done with the case now, what cannot, and why.",
        ON_ROWS,
        bar=6,
        needs_case=True,
        also="actions menu progress do",
    ),
    Action(
        "filter",
        ("slash",),
        "Filter",
        "Keeps the rows with the words or terms you type.",
        ROWS,
        bar=7,
        also="search narrow show",
    ),
    *LISTING,
    Action(
        "mine",
        ("m",),
        "Mine",
        "Shows your own cases only, or everyone's again.",
        (P.QUEUE,),
        bar=13,
        also="my own cases",
    ),
    Action(
        "overdue", ("O",), "Overdue only", "Shows overdue rows only, or all again.", (P.QUEUE, P.LEARNING), also="late"
    ),
    Action(
        "every",
        ("D",),
        "Every deadline",
        "Shows every open deadline, not just the next one.",
        (P.QUEUE,),
        also="all deadlines dates",
    ),
    Action(
        "preview",
        ("v",),
        "Preview",
        "Shows or hides the case beside the list, where there is room.",
        LISTED,
        also="side pane",
    ),
    Action(
        "explain",
        ("e",),
        "Explain dates",
        "Counts its dates day by day.",
        ON_ROWS,
        bar=10,
        needs_case=True,
        also="deadline why counted how",
    ),
    Action(
        "copy",
        ("y",),
        "Copy reference",
        "Copies the reference to the clipboard.",
        ON_ROWS,
        needs_case=True,
        also="clipboard reference",
    ),
    *_step_actions(),
    Action(
        "year",
        ("Y",),
        "Year",
        "The year's figures.",
        (P.QUEUE,),
        bar=11,
        also="annual report statistics figures summary regulation",
    ),
    Action(
        "learning",
        ("J",),
        "Learning ledger",
        "What was learned, what is done about it, by whom and by when.",
        (P.QUEUE, P.CASE),
        bar=15,
        short="Ledger",
        also="lessons actions improvement",
    ),
    Action(
        "find",
        ("f3",),
        "Find anything",
        "Words in any case, note or letter; the cases opened last.",
        READ,
        bar=17,
        also="search look full text",
    ),
    Action("goto", ("g",), "Go to", "Opens a case by its reference.", READ, bar=12, also="open search reference jump"),
    Action("section_after", ("tab", "right_square_bracket"), "Next section", "Goes to the section after.", (P.CASE,)),
    Action("section_before", ("shift+tab", "left_square_bracket"), "Section before", "Goes a section back.", (P.CASE,)),
    Action("refresh", ("r",), "Read again", "Reads the register again.", READ, also="reload update"),
    *YEAR,
    Action(
        "calculate",
        ("W",),
        "Working days",
        "Counts working days: so many on from a day, or up to another; each skipped holiday named.",
        (P.QUEUE, P.CASE, P.YEAR, P.EXPLAIN),
        also="calculator count deadline days",
    ),
    Action(
        "days_off",
        ("B",),
        "Days off",
        "Adds a bank holiday or closure day, or reads the official list; shows first which dates move.",
        (P.QUEUE, P.EXPLAIN),
        also="bank holiday holidays closure calendar christmas",
    ),
    Action(
        "where",
        ("Q",),
        "Where are we?",
        "For a caller: by surname or reference, what is next, who has it, what they may be told.",
        (P.QUEUE, P.CASES, P.CASE),
        also="telephone caller call progress status",
    ),
    Action("log_call", ("f2",), "Log the call", "Logs the call with the case that is lit.", (P.WHERE,), bar=1),
    Action("log_try", ("f3",), "Failed try", "Logs that they could not be reached.", (P.WHERE,), bar=2),
    Action("open_lit", ("f4",), "Open the case", "Opens the case that is lit.", (P.WHERE,), bar=3),
    Action(
        "investigators",
        ("I",),
        "Investigators",
        "What each investigator is late with; chases them, and hands over what one has.",
        (P.QUEUE, P.CASES, P.CASE),
        also="workload chase managers overdue",
    ),
    Action(
        "chase_late",
        ("K",),
        "Chase",
        "Copies a text for a mail to the investigator that is lit, and logs the chases.",
        (P.INVESTIGATORS,),
        bar=1,
    ),
    Action(
        "hand_all_over",
        ("A",),
        "Hand all over",
        "Hands everything of the one that is lit to someone else; shown first.",
        (P.INVESTIGATORS,),
        bar=2,
    ),
    *WRITING,
    Action("up", ("up", "k"), "Up", "One row up.", LISTS, Topic.MOVE, in_palette=False),
    Action("down", ("down", "j"), "Down", "One row down.", LISTS, Topic.MOVE, in_palette=False),
    Action("page_up", ("pageup", "ctrl+b"), "Page up", "One page up.", LISTS, Topic.MOVE, in_palette=False),
    Action("page_down", ("pagedown", "ctrl+f"), "Page down", "One page down.", LISTS, Topic.MOVE, in_palette=False),
    Action("first", ("home",), "First", "The first row.", LISTS, Topic.MOVE, in_palette=False),
    Action("last", ("end", "G"), "Last", "The last row.", LISTS, Topic.MOVE, in_palette=False),
    Action(
        "unfilter",
        ("escape",),
        "Show all",
        "Takes every filter away.",
        (P.QUEUE,),
        bar=20,
        needs="filtered",
        otherwise="nothing is filtered, and the queue is where the way back ends (^q leaves the program)",
    ),
    *HOUSE,
    Action(
        "back",
        ("escape",),
        "Back",
        "Goes back; nothing typed is lost.",
        NOT_HOME,
        Topic.ALWAYS,
        bar=20,
        also="cancel exit close",
    ),
    Action(
        "help",
        ("question_mark", "f1"),
        "Help",
        "Shows the keys of this screen.",
        NOT_TYPING,
        Topic.ALWAYS,
        bar=21,
        also="keys shortcuts manual",
    ),
    Action(
        "form_help",
        ("f1",),
        "Help",
        "Shows the keys of this screen.",
        TYPING,
        Topic.ALWAYS,
        bar=21,
        also="keys shortcuts manual",
    ),
    Action("jump", ("ctrl+o",), "Jump", "Puts a letter on all you can go to; it goes there.", EVERYWHERE, Topic.ALWAYS),
    Action("palette", ("ctrl+p",), "Everything", "Finds what can be done now.", EVERYWHERE, Topic.ALWAYS, bar=22),
    Action(
        "theme",
        ("ctrl+t",),
        "Another look",
        "Dark, light, high contrast, and dark again; remembered.",
        EVERYWHERE,
        Topic.ALWAYS,
        also="colours settings preferences appearance mode",
    ),
    Action(
        "look_dark",
        (),
        "Dark look",
        "Light words on dark.",
        EVERYWHERE,
        Topic.ALWAYS,
        also="colours theme settings preferences appearance black",
    ),
    Action(
        "look_light",
        (),
        "Light look",
        "Dark words on light.",
        EVERYWHERE,
        Topic.ALWAYS,
        also="colours theme settings preferences appearance white",
    ),
    Action(
        "look_contrast",
        (),
        "High contrast",
        "White and bright yellow on black.",
        EVERYWHERE,
        Topic.ALWAYS,
        also="colours theme settings preferences appearance accessible",
    ),
    Action(
        "quit",
        ("ctrl+q",),
        "Quit",
        "Leaves the program; drafts are kept.",
        EVERYWHERE,
        Topic.ALWAYS,
        also="exit leave close logout",
    ),
)
BY_NAME = {action.name: action for action in ACTIONS}
"""The actions by name, with their current keys, which an officer may have changed."""


def use_keys(keys: Mapping[str, tuple[str, ...]]) -> None:
    """Gives the named actions these keys, and all others their declared keys."""
    for action in ACTIONS:
        BY_NAME[action.name] = replace(action, keys=keys[action.name]) if action.name in keys else action


def own_keys_in_use() -> bool:
    """Returns whether the officer has changed any keys."""
    return any(BY_NAME[action.name] is not action for action in ACTIONS)


def at(place: Place, *, declared: bool = False) -> tuple[Action, ...]:
    """Returns the actions of this screen, with their current keys, or with the `declared` ones."""
    return tuple(action for action in (ACTIONS if declared else BY_NAME.values()) if place in action.places)


def of_step(step: StepKey) -> Action:
    """Returns the action that takes `step`."""
    return BY_NAME["step_" + step.replace(" ", "_")]
