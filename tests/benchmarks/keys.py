"""A key press to its paint, in the queue, the filter and a case, in two programs side by side: a small and a large
register.

Run: ``python -m tests.benchmarks.keys [SMALL LARGE]``. The real program in two terminals; each key is pressed in one
and then in the other, and the ratio is the median of the pairs. A case that is opened is read from the register first,
and stands beside the keys that only draw. Those are pressed in one and the same case, logged in both registers.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.log import log
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import NewCase
from tests.benchmarks.measured import against, ratio, taken
from tests.benchmarks.stock import UNTIL, opened, stock
from tests.terminal.program import Program, environment

PRESSES = 40
CURSOR = "▌"
LETTERS = "carer late"
GOAL = 1.10
SAME = NewCase(
    kind=Kind.COMMENT,
    received_on=UNTIL,
    description="Nobody told us who would come, nor when. " * 120,
    reference="SAME-1",
)
"""The case that the keys in a case are pressed in."""
QUIET = 0.25
"""Seconds without anything drawn after which a program is taken to rest."""


class Pressed(NamedTuple):
    """Something to press, and whether the screen before and now shows that it was painted."""

    what: str
    keys: tuple[str, ...]
    painted: Callable[[str, str, str], bool]
    """Asked with what is to be seen, the screen before the key and the screen now."""
    goal: bool
    """Whether it is a key's own paint, which the goal is about; else what is read from the register for it."""


def _moved(_key: str, before: str, now: str) -> bool:
    return _cursor_line(now) not in (-1, _cursor_line(before))


def _typed(typed: str, _before: str, now: str) -> bool:
    return f"\n /  {typed}" in now


def _scrolled(_key: str, before: str, now: str) -> bool:
    return now.splitlines()[8:30] != before.splitlines()[8:30]


def _cursor_line(screen: str) -> int:
    return next((number for number, line in enumerate(screen.splitlines()) if line.startswith(CURSOR)), -1)


IN_QUEUE = (
    Pressed("queue, ↓ and ↑", ("down", "up"), _moved, True),
    Pressed("queue, a page down and up", ("pagedown", "pageup"), _moved, True),
)
IN_CASE = (Pressed("case, ↓ and ↑", ("down", "up"), _scrolled, True),)


def press(program: Program, key: str, painted: Callable[[str, str, str], bool], shown: str) -> float:
    """Seconds from a key to its paint."""
    before = program.text

    def work() -> None:
        program.press(key)
        program.wait_until(lambda now: painted(shown, before, now), f"{key} to be painted")

    return taken(work)


class Terminals:
    """The two programs, each key pressed in one and then in the other."""

    def __init__(self, small: Program, large: Program) -> None:
        self._programs = (small, large)
        self.found: dict[tuple[str, bool], tuple[list[float], list[float]]] = {}

    def each(
        self, what: str, key: str, painted: Callable[[str, str, str], bool], *, goal: bool, shown: str = ""
    ) -> None:
        """Presses a key in both."""
        into = self.found.setdefault((what, goal), ([], []))
        for program, seconds in zip(self._programs, into, strict=True):
            seconds.append(press(program, key, painted, shown or key))

    def quietly(self, wanted: str, *keys: str) -> None:
        """Presses keys in both that are not measured, until `wanted` is there."""
        for program in self._programs:
            program.press(*keys)
            program.wait_for(wanted)
            _settle(program)


def _settle(program: Program) -> None:
    """Waits until nothing is drawn any more: the preview, and what the last key read."""
    while True:
        before = program.text
        ends = time.monotonic() + QUIET
        while time.monotonic() < ends:
            program.look(0.05)
        if program.text == before:
            return


def _measure(terminals: Terminals, presses: int) -> None:
    for pressed in IN_QUEUE:
        for number in range(presses):
            terminals.each(pressed.what, pressed.keys[number % 2], pressed.painted, goal=pressed.goal)
    terminals.quietly("words, or terms", "/")
    for _ in range(max(presses // len(LETTERS), 1)):
        for end, letter in enumerate(LETTERS, start=1):
            key = "space" if letter == " " else letter
            terminals.each("filter, a letter", key, _typed, goal=True, shown=LETTERS[:end])
            terminals.quietly(" / ")
        terminals.quietly("words, or terms", *["backspace"] * len(LETTERS))
    terminals.quietly("⏎ Open", "escape")
    for _ in range(max(presses // 8, 1)):
        terminals.each("case, opened", "enter", lambda _key, _before, now: "What they say" in now, goal=False)
        terminals.quietly("What they say")
        terminals.quietly("⏎ Open", "escape")
    terminals.quietly("comment, logged", "g", *str(SAME.reference))
    terminals.quietly("What they say", "enter")
    for pressed in IN_CASE:
        for number in range(presses):
            terminals.each(pressed.what, pressed.keys[number % 2], pressed.painted, goal=pressed.goal)


def main(small: int, large: int, presses: int = PRESSES) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        programs = []
        for cases in (small, large):
            folder = Path(name) / str(cases)
            folder.mkdir()
            shutil.copy(stock(cases), folder / "register.db")
            with opened(folder / "register.db") as register:
                log(Actor(register, "Sam Reed", UNTIL), SAME)
            where = ("--db", str(folder / "register.db"), "--today", str(UNTIL))
            programs.append(stack.enter_context(Program(*where, environment=environment(folder), columns=100, rows=40)))
            _ready(programs[-1], folder)
        terminals = Terminals(*programs)
        _measure(terminals, presses)
    for (what, goal), (first, second) in terminals.found.items():
        one, other = statistics.median(first) * 1000, statistics.median(second) * 1000
        more = ratio(second, first)
        said = against(GOAL, more) if goal else "read from the register"
        print(f"{what}: {one:.1f} ms at {small:,} cases, {other:.1f} ms at {large:,}, ratio {more:.2f} ({said})")


def _ready(program: Program, folder: Path) -> None:
    """Waits until the queue stands, and the backup that every start makes is done: it would be measured too."""
    program.wait_for("WM-")
    ends = time.monotonic() + 300
    while not list(folder.glob("register.db*/*.json")) and time.monotonic() < ends:
        program.look(0.2)
    _settle(program)


if __name__ == "__main__":
    sizes = [int(size) for size in sys.argv[1:]] or [100, 100_000]
    main(sizes[0], sizes[-1])
