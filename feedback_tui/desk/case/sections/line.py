"""What a section of a case's page is made of: lines, each with a label, its words and their tone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.tone import Tone
from feedback_tui.rules.dates import long_date

WHOLE, BENEATH, LABEL, DAY = 0, 3, 14, 17
"""Where the words of a line begin, in cells: at the margin, beneath a number, after a label, after a date."""

Words = tuple[str, Tone]
"""Words, and how they are to look. They may hold line breaks and anything else that was typed: a printer makes them
safe."""


@dataclass(frozen=True)
class Line:
    """One line. What is too long for it goes on beneath its words, not beneath its label."""

    label: str
    words: tuple[Words, ...]
    column: int = LABEL
    """The cells that the label has; what has no label begins there all the same."""
    label_tone: Tone = Tone.QUIET
    short: Line | None = None
    """The same in fewer words, for a narrow column."""
    most: int | None = None
    """The characters of it that a screen shows; None: all of them. A command prints all."""
    printed_only: bool = False
    """Whether a screen leaves it out, because a screen of its own tells it."""


@dataclass(frozen=True)
class Block:
    """Lines beneath a heading; a block without a heading only stands apart from the one before."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """A part of the page, by the name that the screen's line of sections has for it. No blocks: nothing to say."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def lines(self) -> Iterator[Line]:
        """The lines of all its blocks, in order."""
        return (line for block in self.blocks for line in block.lines)


SectionOf = Callable[[CasePage, date], Section]
"""Gives a section of a case as it stands on a day."""


def section(name: str, *blocks: tuple[str, Iterable[Line]]) -> Section:
    """A section of these blocks, each a heading and its lines; those without lines are left out."""
    made = (Block(heading, tuple(lines)) for heading, lines in blocks)
    return Section(name, tuple(block for block in made if block.lines))


def labelled(label: str, words: str | None, tone: Tone = Tone.PLAIN) -> Iterator[Line]:
    """A line with its label; no line where there are no words."""
    if words:
        yield Line(label, ((words, tone),))


def dated(label: str, day: date | None, tone: Tone = Tone.PLAIN) -> Iterator[Line]:
    """A line with its label and a day in full; no line where there is no day."""
    return labelled(label, None if day is None else long_date(day), tone)


def beneath(words: str | None, tone: Tone = Tone.QUIET, column: int = BENEATH) -> Iterator[Line]:
    """A line set in beneath the one before; no line where there are no words."""
    if words:
        yield Line("", ((words, tone),), column)


def whole(words: str | None, tone: Tone = Tone.PLAIN) -> Iterator[Line]:
    """Words from the margin on; no line where there are none."""
    return beneath(words, tone, WHOLE)
