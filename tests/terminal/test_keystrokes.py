"""What officers do most, in the real program, in as many keys as the docs say: the fewest that are still safe."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.program import Program, environment

pytestmark = pytest.mark.walk

TABLE = Path(__file__).parents[2] / "docs" / "keystrokes.md"
TODAY = "2026-04-20"


class Hands:
    """An officer's hands: keys are counted, words are not."""

    def __init__(self, program: Program) -> None:
        self.program, self.keys = program, 0
        self.counted: dict[str, int] = {}

    def press(self, *keys: str) -> None:
        """Presses keys, one after the other."""
        for key in keys:
            self.keys += 1
            self.program.press(key)

    def write(self, words: str) -> None:
        """Types words."""
        self.program.type(words)

    def does(self, what: str, how: Callable[[], None]) -> None:
        """Does one thing, and counts its keys."""
        self.keys = 0
        how()
        self.counted[what] = self.keys


def test_each_thing_takes_as_many_keys_as_the_docs_say(tmp_path: Path, place: str) -> None:
    told = {what: int(keys) for what, keys in re.findall(r"^\| (.+?) \| (\d+) \|", TABLE.read_text("utf-8"), re.M)}
    start = ("--db", place, "--today", TODAY)
    with Program(*start, environment=environment(tmp_path), columns=160, rows=50) as program:
        program.wait_for("A new register", "Shropshire Council")
        program.press("down", "enter")
        program.wait_for("Queue · Shropshire Council")
        hands = Hands(program)

        def saved(label: str, words: str, key: str, said: str, *, begins: str) -> Callable[[], None]:
            def do() -> None:
                hands.press(begins)
                program.wait_for_bold(label)
                if begins == "n":
                    program.wait_for("These dates follow")
                hands.write(words)
                hands.press(key)
                program.wait_for(said)

            return do

        say = "What they say"
        hands.does("log a complaint", saved(say, "Nobody came", "ctrl+s", "0001 logged. Next", begins="n"))
        both = saved(say, "Late again", "f2", "0002 logged and acknowledged", begins="n")
        hands.does("log a complaint and acknowledge it", both)

        def find() -> None:
            hands.press("g")
            program.wait_for("Go to a case")
            hands.write("0001")
            program.wait_for("complaint, logged")
            hands.press("enter")
            program.wait_for("ASC-26-0001 · complaint")

        hands.does("find a case", find)
        hands.does("acknowledge", saved("Acknowledged on", "", "ctrl+s", "0001: acknowledged", begins="a"))
        begun = saved("Investigator", "Pat Lowe", "ctrl+s", "0001: investigation started", begins="i")
        hands.does("start the investigation", begun)
        hands.does("note what was said", saved("Note*", "She rang", "ctrl+s", "0001: note", begins="t"))

        def extend() -> None:
            hands.press("x")
            program.wait_for_bold("New date")
            hands.write("1/6")
            hands.press("tab")
            program.wait_for_bold("Reason")
            hands.write("records awaited")
            hands.press("ctrl+s")
            program.wait_for("0001: extended")

        hands.does("extend", extend)

        def respond() -> None:
            hands.press("s")
            for label in ("Sent on", "By", "Signed by"):
                program.wait_for_bold(label)
                hands.press("tab")
            program.wait_for_bold("Finding")
            hands.press("p")
            program.wait_for("[partly upheld]")
            hands.press("ctrl+s")
            program.wait_for("0001: response sent")

        hands.does("send the response, one complaint point", respond)
        hands.does("close", saved("Closed on", "", "ctrl+s", "0001: closed", begins="c"))
        program.wait_for("Closed on Mon 20 April 2026")

        def undo() -> None:
            hands.press("u")
            program.wait_for("The last step")
            hands.press("ctrl+s")
            program.wait_for("0001: the last step is taken back")

        hands.does("take the last step back", undo)

        def explain() -> None:
            hands.press("e")
            program.wait_for("dates explained", "working days from receipt")

        hands.does("see how its dates were counted", explain)
        program.press("ctrl+q")
        assert program.wait_for_end() == 0
    assert hands.counted == told
