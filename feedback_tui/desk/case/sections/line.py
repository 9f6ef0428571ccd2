"""The parts of a section: lines, each with a label, text and tones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.tone import Tone
from feedback_tui.rules.dates import long_date

WHOLE, BENEATH, LABEL, DAY = 0, 3, 14, 17
"""The column where the text of a line starts, in cells: at the margin, after a number, after a label, after a date."""

Words = tuple[str, Tone]
"""Text and its tone. It may contain line breaks and anything that was typed: printers make it safe."""


@dataclass(frozen=True)
class Line:
    """One line. Text too long for the line continues below the text, not below the label."""

    label: str
    words: tuple[Words, ...]
    column: int = LABEL
    """The width of the label in cells; a line without a label starts there too."""
    label_tone: Tone = Tone.QUIET
    short: Line | None = None
    """A shorter version for a narrow column."""
    most: int | None = None
    """The most characters that a screen shows; None for all. A command prints all."""
    printed_only: bool = False
    """Whether screens leave it out because another screen shows it."""


@dataclass(frozen=True)
class Block:
    """Lines under a heading; a block with "" as heading is only separated from the one before."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """A part of the page; the screen's section bar shows `name`. A section with no blocks has nothing to show."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def lines(self) -> Iterator[Line]:
        """The lines of all blocks, in order."""
        return (line for block in self.blocks for line in block.lines)


SectionOf = Callable[[CasePage, date], Section]
"""Builds a section from a case and today's date."""


def section(name: str, *blocks: tuple[str, Iterable[Line]]) -> Section:
    """Returns a section of these blocks, each a heading with its lines; blocks without lines are left out."""
    made = (Block(heading, tuple(lines)) for heading, lines in blocks)
    return Section(name, tuple(block for block in made if block.lines))


def labelled(label: str, words: str | None, tone: Tone = Tone.PLAIN) -> Iterator[Line]:
    """Yields a line with a label; nothing if the text is empty."""
    if words:
        yield Line(label, ((words, tone),))


def dated(label: str, day: date | None, tone: Tone = Tone.PLAIN) -> Iterator[Line]:
    """Yields a line with a label and a full date; nothing for None."""
    return labelled(label, None if day is None else long_date(day), tone)


def beneath(words: str | None, tone: Tone = Tone.QUIET, column: int = BENEATH) -> Iterator[Line]:
    """Yields a line indented below the one before; nothing if the text is empty."""
    if words:
        yield Line("", ((words, tone),), column)


def whole(words: str | None, tone: Tone = Tone.PLAIN) -> Iterator[Line]:
    """Yields a line that starts at the margin; nothing if the text is empty."""
    return beneath(words, tone, WHOLE)
