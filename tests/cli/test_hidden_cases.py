"""Whoever is not named for a case learns nothing of its words from any command: two registers that differ only in such
cases answer every command byte for byte alike.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from feedback_tui.cli.main import command_tree, program_with, run
from feedback_tui.desk.filters.case_filter import Field
from feedback_tui.enums import Authority, OmbudsmanDecision, Outcome, Role
from feedback_tui.storage.register import open_register
from tests.cli.hidden_cases import COMPLAINT, NAMED, OPEN, OTHER, TODAY, Secret, furnish
from tests.contract.written import CALLS as CONTRACT_CALLS
from tests.places import empty_place, made_once

CALLS = Path(__file__).with_name("hidden_case_calls.txt")
ONE = Secret("Zebedee", "Zebedee")
ANOTHER = Secret(
    "Quixote", "Quixote", Role.CARER, Authority.CONSENT_REFUSED, Outcome.NOT_UPHELD, OmbudsmanDecision.NOT_UPHELD
)
COUNTED_ALIKE = Secret("Quixote", "Zebedee")
"""Differs from `ONE` only in what no figure counts."""
FIGURES = (
    "summary 2025/26", "summary 2025/26 --format json", "summary 2026/27 --format html", "summary 2018/19 --suppress 5",
    "summary 2026/27 --output {folder}/year.txt --overwrite", "summary 2026/27 --as-of 2026-04-14",
    "report quarter", "report quarter --format json",
    "report quarter --format csv --columns Table,Row --output {folder}/quarter.csv --overwrite",
)  # fmt: skip
"""A year's figures count every case, hidden or not: asked of registers whose hidden cases are counted alike."""
NOT_ASKED = {
    "serve": "opens the interface",
    **dict.fromkeys(("init", "demo"), "makes a register of its own"),
    **dict.fromkeys(("days", "keys", "guides", "help", "licences"), "reads no register"),
}
NOT_EACH_OPTION = {
    "log": "what it records; what it is compared with is asked",
    **dict.fromkeys(("days-off add", "days-off read"), "tell only what they add"),
}
FORMAT = "--format"
"""Asked of each command that lists cases; elsewhere the same in other signs."""
LIST_CASES = ("today", "queue", "cases", "find", "subject", "learning", "chase-list", "report open", "report ombudsman")
BY_CHANCE = re.compile(r"\b[0-9a-f]{16,64}\b")
"""A hash of an event: made with salts that no one can guess, it says nothing of a word."""
REFERENCE = re.compile(r"\b(ASC-26-\d{4}|[CS]-\d+)\b")
MOMENT = datetime.fromisoformat("2026-04-15T12:00:00+00:00")


class _Clock(datetime):
    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return MOMENT


@dataclass(frozen=True)
class Answer:
    """What a command ended with, printed and wrote."""

    code: int
    out: str
    err: str
    files: dict[str, bytes]


Ask = Callable[[Secret, list[str]], Answer]


def _register_with(secret: Secret) -> str:
    """A register with this in its hidden cases, closed. Copy it; never open it."""

    def make(place: str) -> None:
        shutil.copy(empty_place("shropshire"), place)
        register = open_register(place)
        furnish(register, secret)
        register.close()

    return made_once(f"hidden_{secret.word}_{secret.counted}", make)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where each register stands in its turn: so its name is the same."""
    return tmp_path / "asked"


@pytest.fixture
def ask(folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Asks a copy of a register, as an officer who is not named for the hidden cases."""
    for module in ("casework.actor", "storage.opened_register", "storage.maintenance.backup", "cli.calendar_feed"):
        monkeypatch.setattr(f"feedback_tui.{module}.datetime", _Clock)

    def asked(secret: Secret, call: list[str]) -> Answer:
        path = _put(folder, secret)
        capfd.readouterr()
        code = run(["--db", str(path), "--today", TODAY.isoformat(), "--as", OTHER, *call])
        out, err = (BY_CHANCE.sub("#", text) for text in capfd.readouterr())
        return Answer(code, out, err, _written(folder))

    return asked


def _put(folder: Path, secret: Secret) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return Path(shutil.copy(_register_with(secret), folder / "register.db"))


def _written(folder: Path) -> dict[str, bytes]:
    """The files that a command wrote, but registers: those hold everything, for whoever may open them."""
    found = [file for file in folder.iterdir() if file.is_file() and not re.search(r"\.db\b", file.name)]
    return {file.name: BY_CHANCE.sub("#", file.read_text("latin-1")).encode() for file in found}


def calls(folder: Path, lines: Iterable[str]) -> Iterator[list[str]]:
    """The calls in these lines, of the word of `ONE`."""
    for line in lines:
        if line and not line.startswith("#"):
            word = ONE.word
            yield shlex.split(line.format(word=word, part=word[:3], folder=folder))


def lines() -> Iterator[str]:
    """The calls of the file, and a call for each field of a filter."""
    yield from CALLS.read_text("utf-8").splitlines()
    yield from (f"cases {field}:{{word}}" for field in Field if field not in _CLOSED)
    yield from (f"cases {field}:'\"{word}\"'" for field, word in _CLOSED.items())
    yield f"queue --all -- -outcome:{ONE.outcome} -role:{ONE.role}"


_CLOSED = {
    Field.ROLE: ONE.role, Field.AUTHORITY: ONE.authority, Field.OUTCOME: ONE.outcome, Field.OUTCOME_2: ONE.outcome,
    Field.DECISION: ONE.decision,
}  # fmt: skip


@cache
def commands() -> dict[str, Any]:
    """Every command that the program has, by its name with that of its group."""
    return dict(_leaves("", command_tree(program_with(None))))


def _leaves(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", {})
    if not below:
        yield name.strip(), command
    for own, found in below.items():
        yield from _leaves(f"{name} {own}", found)


def _contract_calls() -> Iterator[list[str]]:
    for line in CONTRACT_CALLS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield shlex.split(line.replace("{folder}", "nowhere"))


def _is_of_a_case(command: Any) -> bool:
    first = next((param for param in command.params if param.param_type_name == "argument"), None)
    return first is not None and first.name == "reference" and first.required


def _name(call: list[str]) -> str:
    names = commands()
    return next(name for name in (" ".join(call[:2]), call[0]) if name in names)


def test_no_command_is_left_out(folder: Path) -> None:
    asked: dict[str, set[str]] = {}
    for call in calls(folder, [*lines(), *FIGURES]):
        asked.setdefault(_name(call), set()).update(call)
    of_the_contract = {_name(call) for call in _contract_calls()}
    for name, command in commands().items():
        if _is_of_a_case(command):
            assert name in of_the_contract, name
        elif name not in NOT_ASKED:
            assert name in asked, name
            options = [param.opts for param in command.params if param.param_type_name == "option"]
            left_out = [names[0] for names in options if not asked[name].intersection(names)]
            wanted = [one for one in left_out if name not in NOT_EACH_OPTION and (one != FORMAT or name in LIST_CASES)]
            assert not wanted, (name, wanted)


def test_every_command_is_answered_alike(ask: Ask, folder: Path) -> None:
    for call in calls(folder, lines()):
        one, other = ask(ONE, call), ask(ANOTHER, call)
        assert one == other, call
        assert ANOTHER.word not in f"{one}", call


def test_the_figures_of_a_year_tell_no_words(ask: Ask, folder: Path) -> None:
    for call in calls(folder, FIGURES):
        assert ask(ONE, call) == ask(COUNTED_ALIKE, call), call


def test_every_command_of_one_case_refuses_a_hidden_one(ask: Ask) -> None:
    names = commands()
    for call in _contract_calls():
        if _is_of_a_case(names[_name(call)]):
            first = next(place for place, word in enumerate(call) if REFERENCE.fullmatch(word))
            hidden = [*call[:first], OPEN, *(REFERENCE.sub(COMPLAINT, word) for word in call[first + 1 :])]
            sentence = f"{OPEN} is restricted: ask {NAMED}. Only the officers named for it open it.\n"
            assert ask(ONE, hidden) == Answer(1, "", sentence, {}), hidden


@pytest.mark.parametrize("line", ["subject {part}", "cases person:{word} --format json"])
def test_the_program_itself_answers_alike(folder: Path, line: str) -> None:
    (call,) = calls(folder, [line])
    answers = []
    for secret in (ONE, ANOTHER):
        options = ["--db", str(_put(folder, secret)), "--today", TODAY.isoformat(), "--as", OTHER]
        program = [sys.executable, "-m", "feedback_tui", *options, *call]
        done = subprocess.run(program, capture_output=True, timeout=60)
        answers.append((done.returncode, done.stdout, done.stderr))
    assert answers[0] == answers[1]
    assert answers[0][0] == 0


def test_whoever_is_named_finds_the_word(ask: Ask, folder: Path) -> None:
    """The words are there to be found: else nothing would be shown by the other tests."""
    for line in (
        "find {word}",
        "subject {word}",
        "cases team:{word}",
        "learning {word}",
        "show H-2",
        "cases role:family",
    ):
        (call,) = calls(folder, [line])
        one, other = (ask(secret, ["--as", NAMED, *call]) for secret in (ONE, ANOTHER))
        assert one != other, line
