"""The interface killed while an officer types and saves: what was said to be saved is there once, and words typed
more than 0.3 seconds before come back.

The program runs in a real pseudo-terminal, and is typed into at the pace of quick hands.
"""

from __future__ import annotations

import random
import re
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import col
from sqlmodel import select as select_rows

from feedback_tui.desk.case.saved_already import steps_since
from feedback_tui.enums import StepKey
from feedback_tui.models.case import Case
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import open_register
from feedback_tui.widgets.drafts import Draft, Drafts
from tests.terminal.program import Program, environment
from tests.torture.count import Count, chance_of
from tests.torture.stock import TODAY, an_empty_register

OFFICER = "Sam Reed"
WORDS = "nobody came on Sunday morning and the office did not ring back until Tuesday when it was too late"
MARK = "¶"
"""Begins every text: so it is found on the screen where it was typed, and nowhere else."""
SAVED = "probably saved already"
WHOLE_NUMBER = re.compile(rf"{MARK}\d+\.\d+ ")
PAUSE = 0.03
"""Seconds between two letters at least: some twenty in a second."""
KEPT = 0.3
"""Seconds after which a letter is to be kept."""
LONGEST = 4.0
"""Seconds from the open form until the program is killed, at most."""


@dataclass
class Hand:
    """One officer at one window, and what they know of it."""

    program: Program
    text: str = ""
    """What was typed into the form."""
    typed: list[tuple[float, int]] = field(default_factory=list)
    """When it was how long."""
    shown: list[tuple[float, int]] = field(default_factory=list)
    """When the program showed so much of it: on a busy machine that comes after it was typed."""

    def letter(self, letter: str) -> None:
        self.text += letter
        self.program.type(letter)
        self.typed.append((time.monotonic(), len(self.text)))
        self.look(PAUSE)

    def look(self, seconds: float) -> None:
        self.program.look(seconds)
        screen, before = "".join(self.program.text.split()), self.shown[-1][1] if self.shown else 1
        for length in range(len(self.text), before, -1):
            if "".join(self.text[:length].split()) in screen:
                self.shown.append((time.monotonic(), length))
                break

    def was_saved(self) -> None:
        self.text, self.typed, self.shown = "", [], []

    def kept_by(self, moment: float, seen: list[tuple[float, int]]) -> str:
        """What is to be kept of what was typed, or shown, when it all stops at this moment."""
        return self.text[: max((length for at, length in seen if at < moment - KEPT), default=0)]


def start(folder: Path, path: Path) -> Program:
    return Program("--db", str(path), "--today", TODAY.isoformat(), environment=environment(folder, OFFICER))


def drafts_of(folder: Path, path: Path) -> Drafts:
    """The drafts as the next window finds them."""
    return Drafts(folder / "state" / "feedback-tui" / "drafts", str(path), OFFICER)


def run(folder: Path, rounds: int, seed: int = 21) -> Count:
    """Kills the interface `rounds` times."""
    count = Count("What the interface said to be saved is there once, and words come back, when it is killed")
    chance = chance_of(seed)
    path = an_empty_register(folder / "register.db")
    said: list[str] = []
    for number in range(rounds):
        with start(folder, path) as program:
            program.wait_for("Queue ·")
            program.press("n")
            program.wait_for("New feedback", "These dates follow")
            if "brought back" in program.text:
                # What came back is saved at once, as a quick hand would: it must not be there twice.
                program.press("ctrl+s")
                program.wait_until(lambda screen: " logged. " in screen or SAVED in screen, "it saved, or saved before")
            if SAVED in program.text:
                program.press("ctrl+n")
                count.tell("drafts of what was saved already")
            elif " logged. " in program.text:
                count.tell("drafts that came back, and were saved")
                program.press("n")
                program.wait_for("New feedback", "These dates follow")
            _type_until_killed(Hand(program), number, chance, count, folder, path, said)
        count.tried += 1
    register = open_register(str(path))
    with register.reading() as session:
        texts = Counter(session.exec(select_rows(col(Case.description))).all())
    # What came back cut short within its number was saved as it was; two of these may be the same.
    twice = [text for text, times in texts.items() if times > 1 and WHOLE_NUMBER.match(text)]
    count.broken += [f"saved twice: {text}" for text in twice]
    count.broken += [f"said to be saved, and not there: {text}" for text in said if not texts[text]]
    count.broken += [finding.words for finding in check(register).findings]
    count.tell("said to be saved", len(said))
    register.close()
    return count


def _type_until_killed(
    hand: Hand, number: int, chance: random.Random, count: Count, folder: Path, path: Path, said: list[str]
) -> None:
    program, end = hand.program, time.monotonic() + chance.random() * LONGEST
    texts: list[str] = []
    saving = ""
    while time.monotonic() < end:
        text = f"{MARK}{number}.{len(texts)} {' '.join(chance.sample(WORDS.split(), chance.randrange(1, 6)))}"
        texts.append(text)
        # The number at once: whatever is kept of a text, no other begins so.
        begin, space, rest = text.partition(" ")
        for letters in (begin + space, *rest):
            if time.monotonic() >= end:
                break
            hand.letter(letters)
        if time.monotonic() >= end:
            break
        saving = text
        program.press("f3")  # Saves it, and stays for the next.
        while time.monotonic() < end and f"{len(texts)} entered" not in program.text:
            program.look(0.01)
        if f"{len(texts)} entered" in program.text:
            said.append(saving)
            saving = ""
            hand.was_saved()
        else:
            break
    killed = time.monotonic()
    program.kill(signal.SIGKILL)
    program.wait_for_end()
    if saving and f"{len(texts)} entered" in program.text:
        said.append(saving)
        saving = ""
        hand.was_saved()
    _look(folder, path, hand, killed, saving, count, number)


def _look(folder: Path, path: Path, hand: Hand, killed: float, saving: str, count: Count, number: int) -> None:
    """Looks that what was typed is a draft, or in the register; and that a draft of what is there says so."""
    window = drafts_of(folder, path)
    opened = window.open("intake")
    draft = opened.found
    opened.close()
    window.close()
    register = open_register(str(path))
    with register.reading() as session:
        there = set(session.exec(select_rows(col(Case.description))).all())
    words = draft.words.get("description", "") if draft is not None else ""
    kept, typed = hand.kept_by(killed, hand.shown), hand.kept_by(killed, hand.typed)
    # A number that was cut short ("¶1" of "¶12.0") is no text of this round: one of an earlier round may be the same.
    if words in there and words.startswith(f"{MARK}{number}."):
        assert draft is not None
        if not _says_so(path, draft):
            count.broken.append(f"round {number}: a draft of what was saved, {words!r}, does not say so")
        count.tell("kills between the commit and the end of the form")
    elif kept and saving not in there and not words.startswith(kept):
        count.broken.append(f"round {number}: typed {kept!r}, kept {words!r}")
    elif saving not in there and not words.startswith(typed):
        count.tell("times letters that the busy machine had not shown yet were missing")
    count.tell("letters to be kept", len(kept))
    register.close()


def _says_so(path: Path, draft: Draft) -> bool:
    if draft.saving_at is None:
        return False
    register = open_register(str(path))
    try:
        found = steps_since(register, OFFICER, draft.saving_at)
    finally:
        register.close()
    return any(step.step is StepKey.LOG and step.description == draft.words["description"] for step in found)


def two_windows(folder: Path, rounds: int, seed: int = 22) -> Count:
    """Two windows of one officer on one form, both killed: both texts come back."""
    count = Count("Two windows on one form, killed, lose no word of either")
    chance = chance_of(seed)
    path = an_empty_register(folder / "register.db")
    for number in range(rounds):
        with start(folder, path) as first, start(folder, path) as second:
            hands = [Hand(first), Hand(second)]
            for hand in hands:
                hand.program.wait_for("Queue ·")
                hand.program.press("n")
                hand.program.wait_for("New feedback", "These dates follow")
            for hand, letters in zip(hands, ("ab", "xy"), strict=True):
                for letter in f"{MARK}{letters}":
                    hand.letter(letter)
            for _ in range(chance.randrange(10, 40)):
                hand = chance.choice(hands)
                hand.letter(chance.choice("abcdefgh"))
            killed = time.monotonic()
            for hand in hands:
                hand.program.kill(signal.SIGKILL)
                hand.program.wait_for_end()
        window = drafts_of(folder, path)
        found = []
        for _ in range(3):
            opened = window.open("intake")
            if opened.found is not None:
                found.append(opened.found.words.get("description", ""))
            opened.drop()
            opened.close()
        window.close()
        for hand in hands:
            kept = hand.kept_by(killed, hand.shown)
            if kept and not any(words.startswith(kept) for words in found):
                count.broken.append(f"round {number}: typed {kept!r}, kept {found}")
        count.tell("drafts", len(found))
        count.tried += 1
    return count
