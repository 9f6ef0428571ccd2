"""Prints a case for a person to read: the sections of its page one after another."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.text import Text

from feedback_tui.cli.shared import rich_console
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.sections import case_sections
from feedback_tui.desk.case.sections.line import LABEL, Line, Section
from feedback_tui.desk.tone import Tone
from feedback_tui.text import safe_text
from feedback_tui.widgets.cell_width import label_in_column

_STYLES = {
    Tone.BOLD: "bold",
    Tone.NEXT: "bold",
    Tone.SOON: "yellow",
    Tone.TODAY: "bold yellow",
    Tone.LATE: "bold red",
    Tone.NOTICE: "yellow",
    Tone.WARNING: "bold yellow",
    Tone.DONE: "green",
    Tone.MISSED: "red",
}
"""From the sixteen colours that a terminal's theme defines. A tone without an entry is printed plain."""


def print_case(page: CasePage, today: date, console: Console | None = None) -> None:
    """Prints a case at the console's width: the reference and status, then every section of its page."""
    console = console or rich_console()
    console.print(Text(safe_text(f"{page.reference}  {page.kind}, {page.stands_at}"), style="bold"))
    for section in case_sections(page, today):
        print_section(console, section)


def print_section(console: Console, section: Section) -> None:
    """Prints a section: headings in bold, and an empty line before each block except a first one without a heading."""
    for block in section.blocks:
        if block.heading or block is not section.blocks[0]:
            console.print()
        if block.heading:
            console.print(Text(safe_text(block.heading), style="bold"))
        for line in block.lines:
            _print_line(console, line)


def _print_line(console: Console, line: Line) -> None:
    """Prints a line. Text too long for it continues below the text, not below the label."""
    label = Text(_label(line))
    words = Text.assemble(*((safe_text(said).expandtabs(4), _STYLES.get(tone, "")) for said, tone in line.words))
    if label.cell_len > console.width // 2:
        # A label this long leaves no room for the text, so the text starts at the margin.
        words, label = label + words, Text("")
    room = console.width - label.cell_len
    rows = [row for part in words.split("\n", allow_blank=True) for row in part.wrap(console, room) or [part]]
    for number, row in enumerate(rows or [words]):
        row.rstrip()
        console.print((Text(" " * label.cell_len) if number else label) + row, soft_wrap=True)


def _label(line: Line) -> str:
    """Returns the label padded to its column; a label that names its text gets a colon."""
    if line.column != LABEL:
        return label_in_column(line.label, line.column)
    return label_in_column(f"{line.label}:" if line.label else "", LABEL + 1)
