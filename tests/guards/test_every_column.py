"""Every column of every table of casework is written by a step, told of by its event, and named in the case as JSON.

That it is in the export, and comes back from it, `test_what_is_given_stays` holds of every row of the same story.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlmodel import SQLModel

from feedback_tui.cli.show import case_json
from tests.guards.story import TABLES_OF_CASEWORK, WITHOUT_THE_RECORD, story, whole_story
from tests.guards.test_what_is_given_stays import BOOKKEEPING

Column = tuple[str, str]
"""A table and one of its columns."""
ERASED = {("feedback_case", "erased_on"): "erasing is not undone, and no part of the story: test_erase"}
IN_JSON_AS: dict[Column, str] = {
    ("contact", "party_id"): "person",
    ("deadline", "action_id"): "what",
    ("deadline", "remedy_id"): "what",
    ("deadline", "party_id"): "what",
    ("deadline", "ombudsman_id"): "deadline",
    ("feedback_case", "duplicate_of_id"): "goes_on_as",
    ("feedback_case", "reference_key"): "reference",
    ("party", "person_id"): "name",
    ("person", "same_as_id"): "same_as",
    ("remedy", "ombudsman_id"): "approach",
}
"""What the JSON says in the place of a key of another row."""


def columns(names: tuple[str, ...] = WITHOUT_THE_RECORD) -> set[Column]:
    return {(name, column.name) for name in names for column in SQLModel.metadata.tables[name].columns}


def written() -> set[Column]:
    """The columns that some step of the story put something into."""
    found: set[Column] = set()
    for played in story():
        for name, rows in played.after.items():
            for key, row in rows.items():
                if played.before[name].get(key) != row:
                    found |= {(name, column) for column, value in row.items() if value not in (None, "", 0)}
    return found


def captured() -> set[Column]:
    """The columns that some event of the story tells of."""
    found: set[Column] = set()
    for event in whole_story().tables["event"].values():
        for table, _, before, after in json.loads(event["changes"]):
            found |= {(table, column) for side in (before, after) if side is not None for column in side}
    return found


def keys_of(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from keys_of(value)
    elif isinstance(data, list | tuple):
        for each in data:
            yield from keys_of(each)


def test_every_column_is_written_by_a_step() -> None:
    unwritten = columns(TABLES_OF_CASEWORK) - written()
    assert sorted(unwritten - ERASED.keys()) == [], "no step fills it in"


def test_every_column_is_told_of_by_an_event() -> None:
    untold = {(table, column) for table, column in columns() - captured() if column not in BOOKKEEPING}
    assert sorted(untold - ERASED.keys()) == [], "undo and the record know nothing of it"


def test_every_column_is_named_in_the_case_as_json() -> None:
    named = {key for played in story() for key in keys_of(case_json(played.page))}
    unnamed = {(table, column) for table, column in columns() if column not in {*named, "case_id"}}
    assert sorted(unnamed - IN_JSON_AS.keys()) == []
    assert sorted(IN_JSON_AS.keys() - unnamed) == []
    assert set(IN_JSON_AS.values()) <= named
