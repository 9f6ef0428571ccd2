"""The report as Markdown with tables. Text of the register is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_tui.reports.document.blocks import Paper, Section, Table
from feedback_tui.reports.document.number_format import shown
from feedback_tui.text import one_line

SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&@^$]|:(?=\S)|(?<=www)\.)")
AT_THE_START = re.compile(r"^(\d+)([.)])|^([-+=])")


def paper_as_markdown(whole: Paper) -> str:
    """Returns a document as Markdown."""
    lines = [f"# {plain(whole.title)}", "", plain(whole.council), "", plain(whole.about)]
    for number, section in enumerate(whole.sections, start=1):
        lines += ["", *_section(section, number)]
    return "\n".join(lines) + "\n"


def plain(words: str) -> str:
    """Returns `words` on one line, with characters escaped that Markdown or HTML would interpret."""
    escaped = SIGNS.sub(r"\\\1", one_line(words))
    return AT_THE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escaped)


def _section(section: Section, number: int) -> Iterator[str]:
    yield f"## {number}. {plain(section.title)}"
    for paragraph in section.paragraphs:
        yield from ("", plain(paragraph))
    for table in section.tables:
        yield from ("", *_table(table))
    for part in section.written:
        yield from ("", f"**{plain(part.title)}**")
        # An empty line keeps two quotes from becoming one.
        for place, text in enumerate(part.texts):
            yield from ("", f"> {plain(text)}") if part.quoted else (*([] if place else [""]), f"- {plain(text)}")


def _table(table: Table) -> Iterator[str]:
    yield f"**{plain(table.caption)}**"
    yield ""
    yield _line(table.columns)
    yield _line([":---" if table.holds_words(place) else "---:" for place in range(len(table.columns))], escape=False)
    for row in table.rows:
        yield _line([row.label, *map(shown, row.cells)])
    if table.note:
        yield from ("", plain(table.note))


def _line(cells: tuple[str, ...] | list[str], *, escape: bool = True) -> str:
    return f"| {' | '.join(plain(cell) if escape else cell for cell in cells)} |"
