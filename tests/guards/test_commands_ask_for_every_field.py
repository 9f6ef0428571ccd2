"""Every field of every step's input is asked for by the step's command, and every option arrives in the input.

A field or an option that nobody can use, or that is lost on its way, fails here. `NOT_ASKED` is the whole list of
exceptions: an entry that is asked for after all fails, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from feedback_tui.cli.main import command_tree, program_with
from feedback_tui.models.inputs.people import PersonDetails
from feedback_tui.models.inputs.stages import DaysOffChange, Erasure, Input
from tests.guards.inputs import fields_of, filled_in, input_models, parts_of, values_in
from tests.guards.story import TODAY, Played, story

NOT_ASKED: dict[tuple[str, str], str] = {
    ("log", "points.text"): "a point's own words: the command point",
    ("investigate", "points.text"): "a point's own words: the command point",
    ("acknowledge-review", "discussion"): "the discussion is offered at stage 1",
    ("acknowledge-review", "promised_on"): "the procedure gives the time of a review",
    ("acknowledge-stage", "discussion"): "the discussion is offered at stage 1",
    ("acknowledge-stage", "promised_on"): "the procedure gives the time of a stage",
    ("letter", "on"): "a letter is noted on the day that it is made",
}
NO_CASE = {
    DaysOffChange: "the days off of a register, no step of a case: test_working_days, test_days_off",
    Erasure: "erasing is not undone, and no part of the story: test_erasing",
}
NOT_INPUT: dict[tuple[str, str], str] = {
    ("letter", "reason"): "filled into the template, which the text given here replaces",
    ("letter", "reply_by"): "filled into the template, which the text given here replaces",
    ("letter", "output"): "where the letter is written to",
    ("letter", "note"): "whether it is noted at all",
    ("respond", "stage"): "which stage is answered: the verb compares it with that of the case",
    ("quote", "none"): "an empty text: it is not to be quoted",
}
"""Parameters that stand in no field of the input, and why."""


def model_of(played: Played) -> type[Input]:
    return type(played.call.given)


def given_by(played: Played) -> dict[str, list[Any]]:
    """What a line gives its verb, field by field; what it would give without its options left out."""
    found = filled_in(played.call.given)
    return {path: values for path, values in found.items() if values != [TODAY]}


def test_every_field_of_an_input_is_asked_for_by_its_command() -> None:
    wanted: dict[str, set[str]] = defaultdict(set)
    given: dict[str, set[str]] = defaultdict(set)
    for played in story():
        wanted[played.command] |= set(fields_of(model_of(played)))
        given[played.command] |= set(given_by(played))
    missing = {(command, path) for command, paths in wanted.items() for path in paths - given[command]}
    assert sorted(missing - NOT_ASKED.keys()) == [], "a field that no option of the command fills"
    assert sorted(NOT_ASKED.keys() - missing) == [], "asked for after all: take it off the list"


def test_what_an_option_says_arrives_in_the_input() -> None:
    lost = []
    for played in story():
        arrived = {str(value) for _, value, _ in values_in(played.call.given)}
        for name, value in played.typed.items():
            is_the_case = name == "reference" and played.command != "log"
            if is_the_case or (played.command, name) in NOT_INPUT:
                continue
            lost += [(played.command, name, part) for part in _parts(value) if part not in arrived]
    assert lost == []


def _parts(value: object) -> Iterator[str]:
    """The words that an option stands for; a switch is looked at with the fields."""
    if isinstance(value, list | tuple):
        for each in value:
            yield from _parts(each)
    elif not isinstance(value, bool):
        words = str(value)
        words = "letter text" if words.endswith("letter.txt") else words
        yield from re.split(" > |; ", words)


def test_every_option_of_every_step_is_in_a_line_of_the_story() -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for played in story():
        used[played.command] |= set(played.typed)
    tree = command_tree(program_with(None)).commands
    unused = {
        (command, option.name)
        for command, names in used.items()
        for option in tree[command].params
        if option.name not in names and option.name not in ("help", "format")
    }
    assert sorted(unused - NOT_INPUT.keys()) == [], "write it into tests/guards/steps.txt"


def test_every_input_is_what_some_command_gives() -> None:
    reached = {model_of(played) for played in story()}
    reached |= {part for model in reached for part in parts_of(model)}
    assert input_models() - reached - NO_CASE.keys() - {PersonDetails} == set()
