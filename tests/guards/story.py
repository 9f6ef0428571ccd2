"""The lines of steps.txt played on one register: what each command gave its verb, and what the verb did with it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any, NoReturn
from unittest.mock import patch

from feedback_tui.casework.actor import Actor, StepResult, rehearse
from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.casework.undo import undo
from feedback_tui.cli.main import command_tree, program_with, run
from feedback_tui.desk.case.page import CasePage, case_page
from feedback_tui.exchange.import_export import bring_in
from feedback_tui.exchange.register_csv import register_csv, write_register
from feedback_tui.exchange.register_json import read_json, write_json
from feedback_tui.models.event import Event, Words
from feedback_tui.models.inputs.stages import Input, NewCase
from feedback_tui.models.register import (
    CalendarDay,
    DayOffRow,
    ReferenceCounter,
    Setting,
    TypedFigure,
    WorkingDay,
    YearText,
)
from feedback_tui.models.tables import TABLES
from feedback_tui.models.view_log import Viewing
from feedback_tui.storage.register import Register, open_register
from tests.conftest import actor_on
from tests.places import copy_of
from tests.profiles import empty_of, with_children

LINES = Path(__file__).with_name("steps.txt")
TODAY = date(2026, 6, 30)
OFFICER = "Sam"
_CASEWORK = "feedback_tui/casework/"
_MEMORY = Path("/dev/shm")
"""A register of this story is written some hundred times: where there is a disk in memory, it stands there."""


OF_THE_REGISTER = (CalendarDay, DayOffRow, ReferenceCounter, Setting, TypedFigure, Viewing, WorkingDay, YearText)
"""Tables that no step of a case writes what it was given into."""
TABLES_OF_CASEWORK = tuple(str(model.__tablename__) for model in TABLES if model not in OF_THE_REGISTER)
RECORD = tuple(str(model.__tablename__) for model in (Event, Words))
"""The record, which grows with a step and with its undoing alike."""
WITHOUT_THE_RECORD = tuple(name for name in TABLES_OF_CASEWORK if name not in RECORD)


@dataclass(frozen=True)
class Call:
    """A verb as a command called it."""

    verb: Callable[..., StepResult]
    arguments: Mapping[str, Any]
    """By the names that the verb gives them, without the officer at work."""

    @property
    def given(self) -> Input:
        """The verb's input."""
        return next(value for value in self.arguments.values() if isinstance(value, Input))


Row = dict[str, Any]
Tables = Mapping[str, Mapping[object, Row]]
"""The rows of every table of casework, by their key."""


@dataclass(frozen=True)
class Otherwise:
    """What a step did that was taken back again."""

    after: Tables
    page: CasePage


@dataclass(frozen=True)
class Played:
    """One line of the story, and what came of it."""

    words: tuple[str, ...]
    """The line, word by word."""
    typed: Mapping[str, Any]
    """What it says for each argument and option, by the name of the command's parameter."""
    call: Call
    reference: str
    before: Tables
    after: Tables
    page: CasePage
    """The case afterwards."""
    otherwise: Mapping[str, Otherwise | None]
    """What comes of the step with another value in one of its fields, by that field; None where it is refused then.

    Asked of switches and numbers, which no table need hold as such."""

    @property
    def command(self) -> str:
        return self.words[0]

    def __str__(self) -> str:
        return shlex.join(self.words)


class _Called(BaseException):
    """Ends a command at the verb it calls. No command catches it: it is no Exception."""

    def __init__(self, call: Call) -> None:
        self.call = call


def story() -> tuple[Played, ...]:
    """Every line of steps.txt, played."""
    return whole_story().played


@dataclass(frozen=True)
class Story:
    """The register of the story, and what came of it."""

    played: tuple[Played, ...]
    csv: str
    """The register at the end of it, as CSV."""
    csv_again: str
    """The same, of a register that was made of that CSV."""
    tables: Tables
    """What stands in it at the end."""
    tables_again: Tables
    """What stands in a register that was made of its export as JSON."""
    taken_back: tuple[tuple[Played, Tables], ...]
    """Each step that can be undone with the tables as its undoing left them, the last step first."""


@cache
def whole_story() -> Story:
    """The story, played once a process."""
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as made:
        folder = Path(made)
        register = _empty(folder)
        try:
            played = tuple(_play(register, words) for words in _lines(folder))
            again, read_again = _written_and_read_again(register, folder)
            at_the_end = tables(register)
            return Story(played, *again, at_the_end, read_again, tuple(_take_back(register, played)))
        finally:
            register.close()


def _empty(folder: Path) -> Register:
    register = open_register(copy_of(empty_of("story", with_children("shropshire")), folder))
    register.reader = OFFICER
    return register


def _written_and_read_again(register: Register, folder: Path) -> tuple[tuple[str, str], Tables]:
    """The register as CSV, with the CSV of what was made of it; and what was made of its export as JSON."""
    csv, whole = folder / "register.csv", folder / "register.json"
    write_register(register, csv)
    write_json(register, whole)
    of_csv = _empty(folder)
    bring_in(actor_on(of_csv, TODAY, OFFICER), csv)
    read_json(whole, str(folder / "of_json.db"))
    of_json = open_register(str(folder / "of_json.db"))
    try:
        return (csv.read_bytes().decode("utf-8"), register_csv(of_csv)[0]), tables(of_json)
    finally:
        of_csv.close()
        of_json.close()


def _take_back(register: Register, played: Sequence[Played]) -> Iterator[tuple[Played, Tables]]:
    for step in reversed(played):
        if step.command != "log":
            undo(actor_on(register, TODAY, OFFICER), step.reference)
            yield step, tables(register, WITHOUT_THE_RECORD)


def tables(register: Register, names: Sequence[str] = TABLES_OF_CASEWORK) -> Tables:
    """All rows of casework as they are stored, the record of events and its words too."""
    with register.reading() as session:
        connection = session.connection()
        found = {name: connection.exec_driver_sql(f"SELECT * FROM {name}") for name in names}
        columns = {name: tuple(rows.keys()) for name, rows in found.items()}
        return {
            name: {row[0]: dict(zip(columns[name], row, strict=True)) for row in rows} for name, rows in found.items()
        }


def _lines(folder: Path) -> list[list[str]]:
    """Every call of steps.txt, its words apart. The text of its letter is written into `folder`."""
    (folder / "letter.txt").write_text("letter text\n", "utf-8")
    text = LINES.read_text("utf-8").replace("{folder}", folder.as_posix())
    return [shlex.split(line) for line in text.splitlines() if line and not line.startswith("#")]


def _play(register: Register, words: list[str]) -> Played:
    call = called(register.where, words)
    before = tables(register)
    otherwise = dict(_otherwise(register, call))
    reference = _do(actor_on(register, TODAY, OFFICER), call).reference
    page = case_page(register, reference, TODAY)
    return Played(tuple(words), _typed(words), call, reference, before, tables(register), page, otherwise)


def _do(actor: Actor, call: Call, **other: Any) -> StepResult:
    """Has the verb do what the command asked of it, or `other` of it."""
    # What the command read before it is what stands there: no one else is at work.
    arguments = {name: value for name, value in call.arguments.items() if name != "seen"} | other
    return call.verb(actor, **arguments)


def _otherwise(register: Register, call: Call) -> Iterator[tuple[str, Otherwise | None]]:
    for path, changed in _changed(call):
        try:
            rehearse(_do, actor_on(register, TODAY, OFFICER), call, **changed)
        except StepNotAllowed:
            yield path, None
            continue
        if isinstance(call.given, NewCase):
            continue  # It begins a case, and is not undone.
        reference = _do(actor_on(register, TODAY, OFFICER), call, **changed).reference
        yield path, Otherwise(tables(register), case_page(register, reference, TODAY))
        undo(actor_on(register, TODAY, OFFICER), reference)


def _changed(call: Call) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each switch and each number of what a verb is given, and the argument with another value in it."""
    for name, argument in call.arguments.items():
        given = argument if isinstance(argument, Input) else None
        fields = {} if given is None else {path: getattr(given, path) for path in type(given).model_fields}
        for path, value in (fields or {name: argument}).items():
            if isinstance(value, bool | int):
                other = not value if isinstance(value, bool) else 1 + (value == 1)
                yield path, {name: other if given is None else given.model_copy(update={path: other})}


def _typed(words: list[str]) -> dict[str, Any]:
    """The parameters that a line gives, as the command reads them."""
    command = _command(words[0])
    context = command.make_context(words[0], words[1:])
    return {
        name: value
        for name, value in context.params.items()
        if getattr(context.get_parameter_source(name), "name", "") == "COMMANDLINE"
    }


@cache
def _command(name: str) -> Any:
    return command_tree(program_with(name)).commands[name]


def called(place: str, words: list[str]) -> Call:
    """The verb that a command line calls and what it gives it, the command being ended there: nothing is saved.

    It ends where the verb begins its transaction, so that it does not matter how a command comes by its verb.
    """
    said = StringIO()
    try:
        with (
            redirect_stdout(StringIO()),
            redirect_stderr(said),
            patch.object(Actor, "transaction", _end_at_the_verb),
        ):
            code = run(["--db", place, "--today", str(TODAY), "--as", OFFICER, *words])
    except _Called as end:
        return end.call
    raise AssertionError(f"{shlex.join(words)} ended with {code} and called no verb: {said.getvalue()}")


def _end_at_the_verb(actor: Actor) -> NoReturn:
    """Raises _Called with the verb: the outermost function of casework that was given the officer at work."""
    frame: FrameType | None = sys._getframe(1)
    found = None
    while frame is not None:
        code = frame.f_code
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        if _CASEWORK in Path(code.co_filename).as_posix() and names and frame.f_locals[names[0]] is actor:
            arguments = {name: frame.f_locals[name] for name in names[1:]}
            found = Call(frame.f_globals[code.co_name], arguments)
        frame = frame.f_back
    assert found is not None, "a transaction that no verb began"
    raise _Called(found)
