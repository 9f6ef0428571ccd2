"""Sections of a case's page as screen content: laid out to a width, with a style for each tone and all text made
safe."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from feedback_tui.desk.case.sections.line import LABEL, Line, Section
from feedback_tui.desk.tone import Tone
from feedback_tui.text import one_line, safe_text
from feedback_tui.widgets.cell_width import label_in_column

NARROW = 56
"""Below this width in cells, a line is shown in its short form."""
LEAST = 40
"""The width in cells used while the screen has not been laid out."""
QUIET = "$text-muted"
STYLES = {
    Tone.PLAIN: "",
    Tone.QUIET: QUIET,
    Tone.BOLD: "bold",
    Tone.NEXT: "bold $primary",
    Tone.SOON: "$text-warning",
    Tone.TODAY: "bold $text-warning",
    Tone.LATE: "bold $text-error",
    Tone.NOTICE: "$text-warning",
    Tone.WARNING: "bold $text-warning",
    Tone.DONE: "$text-success",
    Tone.MISSED: "$text-error",
}
HEADING = "bold $accent"


def section_content(section: Section, width: int) -> Content:
    """Returns a section in `width` cells; empty if it has no blocks."""
    blocks = [_block(block.heading, block.lines, width) for block in section.blocks]
    return Content("\n\n").join(blocks)


def joined(sections: Iterable[Section], width: int) -> Content:
    """Returns sections one beneath the other in `width` cells, with an empty line between them."""
    return Content("\n\n").join([section_content(section, width) for section in sections if section.blocks])


def _block(heading: str, lines: Iterable[Line], width: int) -> Content:
    width = width if width > LABEL else LEAST
    said = [Content.assemble((safe_text(heading), HEADING))] if heading else []
    said += [_laid_out(line, width) for line in lines if not line.printed_only]
    return Content("\n").join(said)


def _laid_out(line: Line, width: int) -> Content:
    """Returns a line in `width` cells. Text too long for it continues below the text, not below the label."""
    line = line.short or line if width < NARROW else line
    label = Content.assemble((label_in_column(line.label, line.column), STYLES[line.label_tone]))
    words = Content.assemble(*((_safe(words, line.most), STYLES[tone]) for words, tone in line.words if words))
    if label.cell_length > width // 2:
        # A label this long leaves no room for the text, so the text starts at the margin.
        words, label = label + words, Content("")
    room = width - label.cell_length
    rows = [row for part in words.split("\n", allow_blank=True) for row in _rows(part, room)]
    indent = Content(" " * label.cell_length)
    return Content("\n").join([label + rows[0], *(indent + row for row in rows[1:])])


def _rows(words: Content, room: int) -> list[Content]:
    return [words] if words.cell_length <= room else words.wrap(room)


def _safe(words: str, most: int | None) -> str:
    return safe_text(words).expandtabs(4) if most is None else one_line(words, most)
