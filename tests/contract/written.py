"""The outer contract as it is now, as lines of text: what scripts, other systems and officers' habits rely on.

Each line stands by itself: one that is gone was taken away from somebody, one more takes nothing.
"""

from __future__ import annotations

import inspect as look
import json
import re
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from sqlalchemy import inspect

from feedback_tui import enums
from feedback_tui.actions import Place, at
from feedback_tui.cli.main import command_tree, program_with, run
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.profile import profile_text
from feedback_tui.rules.working_days import england
from feedback_tui.storage.register import create_register, open_register
from feedback_tui.vocabulary import Word
from tests.profiles import with_children
from tests.screens.stops import screens

RELEASE = Path(__file__).with_name("release-0.1")
"""What release 0.1 promised. Nothing in it is changed."""
NOW = Path(__file__).with_name("now")
CALLS = Path(__file__).with_name("calls.txt")
NEEDS = " needs "
"""Stands in a line that says what a call or a profile cannot be without: more of these takes something away."""
TODAY = "2026-06-30"


def contract() -> dict[str, str]:
    """Every part of it by the name of its file, one thing a line, in order."""
    parts = {
        "commands": command_lines(),
        "json": json_lines(),
        "schema": schema_lines(),
        "profile": profile_lines(Profile),
        "keys": key_lines(),
        "words": word_lines(),
    }
    return {name: "".join(f"{line}\n" for line in sorted(set(lines))) for name, lines in parts.items()}


# Commands


def commands() -> Iterator[tuple[str, Any]]:
    """Every command by its name, those of a group too; the options before a command under no name."""
    yield from _commands("feedback-tui", command_tree(program_with(None)))


def _commands(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield name, command
    for own, found in getattr(command, "commands", {}).items():
        yield from _commands(f"{name} {own}", found)


def command_lines() -> Iterator[str]:
    for name, command in commands():
        yield name
        for position, argument in enumerate(p for p in command.params if p.param_type_name == "argument"):
            yield f"{name} argument {position + 1}{' and more' if argument.nargs == -1 else ''}"
            if argument.required:
                yield f"{name}{NEEDS}argument {position + 1}"
        for option in (p for p in command.params if p.param_type_name == "option"):
            given = "" if option.is_flag else " VALUE …" if option.multiple else " VALUE"
            for option_name in (*option.opts, *option.secondary_opts):
                yield f"{name} {option_name}{given}"
            for choice in getattr(option.type_descriptor, "choices", None) or ():
                yield f"{name} {option.opts[0]} {getattr(choice, 'value', choice)}"
            if option.required:
                yield f"{name}{NEEDS}{option.opts[0]}"


# JSON


def json_lines() -> Iterator[str]:
    """The keys of every ``--format json``: what a register and a few dozen calls print, run here."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        _furnish(folder)
        for line in CALLS.read_text("utf-8").splitlines():
            if line.startswith("#"):
                continue
            call = shlex.split(line.replace("{folder}", made))
            printed = StringIO()
            with redirect_stdout(printed), redirect_stderr(StringIO()) as said:
                code = run(["--db", str(folder / "register.db"), "--today", TODAY, "--as", "Sam", *call])
            if code != 0:
                raise AssertionError(f"{line}: {said.getvalue()}")
            if "json" in call:
                command = " ".join(call[: 2 if call[0] in GROUPS else 1])
                yield from (f"{command} {path}" for path in _paths(json.loads(printed.getvalue())))


GROUPS = ("days-off", "figure", "profile", "report", "words")


def _furnish(folder: Path) -> None:
    profile = profile_text("shropshire")
    create_register(str(folder / "register.db"), profile, "Sam").close()
    (folder / "views.toml").write_text(profile.replace("\nheadline", "\nrecord_views = true\nheadline", 1), "utf-8")
    (folder / "stages.toml").write_text(with_children("shropshire"), "utf-8")
    days = [{"title": why, "date": str(day)} for day, why in england().days_off.items()]
    days.append({"title": "A day of mourning", "date": "2026-07-14"})
    (folder / "days.json").write_text(json.dumps({"england-and-wales": {"events": days}}), "utf-8")


OPEN = re.compile(
    r".*\.(by_\w+|not_investigated|refused|not_accepted|groups|bands|decided|activities|answered|parts|categories|closures)"
    r"|.*\.parts\.\*|\.groups\.\*\.outcomes|\.stage_\d|\.teams|\.providers|\.outcomes\.(stage_\d|by_\w+\.\*)"
)
"""Where the keys are words of the register: teams, months, outcomes."""


def _paths(value: object, path: str = "") -> Iterator[str]:
    """``[].case.reference``: a key of every row of a list; ``.by_team.*``: whatever the register's words are."""
    if isinstance(value, list):
        yield f"{path}[]"
        for row in value:
            yield from _paths(row, f"{path}[]")
    elif isinstance(value, dict):
        for key, held in value.items():
            below = f"{path}.*" if OPEN.fullmatch(path) else f"{path}.{key}"
            yield below
            yield from _paths(held, below)


# The database


def schema_lines() -> Iterator[str]:
    """Tables with their columns and keys, indexes, triggers, as the migrations make them in a file."""
    with TemporaryDirectory() as made:
        path = Path(made) / "register.db"
        create_register(str(path), profile_text("shropshire"), "Sam").close()
        register = open_register(str(path))
        found = inspect(register.engine)
        for table in found.get_table_names():
            own_keys = found.get_pk_constraint(table)["constrained_columns"]
            yield from (f"table {table} key {', '.join(own_keys)}" for _ in own_keys[:1])
            for column in found.get_columns(table):
                null = "" if column["nullable"] else " not null"
                yield f"table {table} column {column['name']} {column['type']}{null}"
            for key in found.get_foreign_keys(table):
                columns = ", ".join(key["constrained_columns"])
                yield f"table {table} column {columns} of {key['referred_table']}"
            for unique in found.get_unique_constraints(table):
                yield f"table {table} unique {', '.join(unique['column_names'])}"
            for index in found.get_indexes(table):
                unique_ = "unique " if index["unique"] else ""
                yield f"table {table} {unique_}index {index['name']} {', '.join(map(str, index['column_names']))}"
        register.close()
        with closing(sqlite3.connect(path)) as connection:
            for name, table in connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"):
                yield f"table {table} trigger {name}"


# Profiles


def profile_lines(shape: type[BaseModel], path: str = "") -> Iterator[str]:
    """The keys that a profile may have, and the words that stand for some of them."""
    yield path.rstrip(".") or "a profile"
    for name, field in shape.model_fields.items():
        key = f"{path}{field.alias or name}"
        yield key
        if field.is_required():
            yield f"{path.rstrip('.')}{NEEDS}{field.alias or name}"
        for kind in _kinds(field.annotation):
            if isinstance(kind, str):
                yield f"{key} = {kind}"
            elif look.isclass(kind) and issubclass(kind, BaseModel):
                yield from profile_lines(kind, f"{key}.")


def _kinds(annotation: Any) -> Iterator[Any]:
    """The classes in an annotation, and the words that it lists."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_origin(annotation) is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif parts := get_args(annotation):
        for part in parts:
            yield from _kinds(part)
    else:
        yield annotation


# Keys


def key_lines() -> Iterator[str]:
    """What each key does on each screen, by the name that preferences give the action."""
    for place in Place:
        for action in at(place):
            yield from (f"{place}: {key} {action.name}" for key in action.keys)
    for screen in screens():
        for binding in vars(screen).get("BINDINGS", ()):
            if binding.id is None:
                name = screen.__name__.removesuffix("Screen").lower()
                yield from (f"{name}: {key}" for key in binding.key.split(","))


# Closed words


def word_lines() -> Iterator[str]:
    """The closed vocabularies: what the register, the JSON and the options have."""
    for vocabulary in vars(enums).values():
        if look.isclass(vocabulary) and issubclass(vocabulary, Word):
            yield from (f"{vocabulary.noun()}: {word}" for word in vocabulary)
