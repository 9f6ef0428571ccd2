"""The lines of steps.txt played on one register: what each command gave its verb, and what the verb did with it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping
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

from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.cli.main import command_tree, program_with, run
from feedback_tui.desk.case.page import CasePage, case_page
from feedback_tui.models.inputs.stages import Input
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import Register, create_register, open_register
from tests.conftest import actor_on

LINES = Path(__file__).with_name("steps.txt")
TODAY = date(2026, 6, 30)
OFFICER = "Sam"
_CASEWORK = "feedback_tui/casework/"
_MEMORY = Path("/dev/shm")
"""A register of this story is written some hundred times: where there is a disk in memory, it stands there."""


@dataclass(frozen=True)
class Call:
    """A verb as a command called it."""

    verb: Callable[..., StepResult]
    arguments: Mapping[str, Any]
    """By the names that the verb gives them, without the officer at work."""

    @property
    def given(self) -> Input | None:
        """The verb's input; None for a verb that takes its values one by one."""
        return next((value for value in self.arguments.values() if isinstance(value, Input)), None)


@dataclass(frozen=True)
class Played:
    """One line of the story, and what came of it."""

    words: tuple[str, ...]
    """The line, word by word."""
    typed: Mapping[str, Any]
    """What it says for each argument and option, by the name of the command's parameter."""
    call: Call
    reference: str
    page: CasePage
    """The case afterwards."""

    @property
    def command(self) -> str:
        return self.words[0]

    def __str__(self) -> str:
        return shlex.join(self.words)


class _Called(BaseException):
    """Ends a command at the verb it calls. No command catches it: it is no Exception."""

    def __init__(self, call: Call) -> None:
        self.call = call


@cache
def story() -> tuple[Played, ...]:
    """Every line of steps.txt, played once a process."""
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as made:
        place = str(Path(made) / "register.db")
        create_register(place, profile_text("shropshire"), OFFICER).close()
        register = open_register(place)
        register.reader = OFFICER
        try:
            return tuple(_play(register, words) for words in _lines(Path(made)))
        finally:
            register.close()


def _lines(folder: Path) -> list[list[str]]:
    """Every call of steps.txt, its words apart. The text of its letter is written into `folder`."""
    (folder / "letter.txt").write_text("letter text\n", "utf-8")
    text = LINES.read_text("utf-8").replace("{folder}", folder.as_posix())
    return [shlex.split(line) for line in text.splitlines() if line and not line.startswith("#")]


def _play(register: Register, words: list[str]) -> Played:
    call = called(register.where, words)
    # What the command read before it is what stands there: no one else is at work.
    arguments = {name: value for name, value in call.arguments.items() if name != "seen"}
    done = call.verb(actor_on(register, TODAY, OFFICER), **arguments)
    page = case_page(register, done.reference, TODAY)
    return Played(tuple(words), _typed(words), call, done.reference, page)


def _typed(words: list[str]) -> dict[str, Any]:
    """The parameters that a line gives, as the command reads them."""
    command = command_tree(program_with(words[0])).commands[words[0]]
    context = command.make_context(words[0], words[1:])
    return {
        name: value
        for name, value in context.params.items()
        if getattr(context.get_parameter_source(name), "name", "") == "COMMANDLINE"
    }


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
