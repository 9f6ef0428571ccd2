"""Every field of a case's page is said by one of its sections, and the screen and ``show`` print every line of them.

A field is said if the sections say something else once it has another value: `NOT_SAID` is the whole list of those that
are not, each with its reason, and one that is said after all fails, too. What the two printers print is compared with
the lines of the sections to the letter, white space aside: they leave out nothing and add nothing.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from functools import cache
from itertools import islice
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from feedback_tui.cli.show_text import print_section
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.sections import case_sections
from feedback_tui.desk.case.sections.line import LABEL, Line
from feedback_tui.desk.due_words import brief
from feedback_tui.enums import Part
from feedback_tui.rules.dates import long_date, short_date
from feedback_tui.screens.shared.case_sections import NARROW, section_content
from feedback_tui.text import one_line, safe_text
from tests.desk.pages import TODAY, altered, filled_pages, hints, row_kind

EXPLAINED = "“Explain dates” says how a date was counted"
ITS_STEP = "the step says it: `past`"
NOT_CALLED_BY_IT = "no step or command calls it by its number"
NOT_SAID = {
    "CasePage.id": "the register's own number",
    "CasePage.reference": "it stands above the page: the title of a screen, the first line of show",
    "CasePage.version": "what a step is told was seen",
    "CasePage.changed_at": "the timeline says when each step was recorded",
    "CasePage.procedure": "`procedure_name` is its name for a reader",
    "PersonView.ended_on": "`no_letters` says since when they are not written to",
    "PointView.finding": "`findings` has what every stage found",
    "StageView.procedure": "the page says the procedure, and the timeline when it changed",
    "StageView.procedure_version": "the page says it with the procedure",
    "PartView.stage_number": "it stands under its stage",
    "DeadlineView.counts_from": EXPLAINED,
    "DeadlineView.counted_from": EXPLAINED,
    "DeadlineView.count": EXPLAINED,
    "DeadlineView.unit": EXPLAINED,
    "DeadlineView.source": EXPLAINED,
    "DeadlineView.calendar": EXPLAINED,
    "DeadlineView.fixed_by_hand": EXPLAINED,
    "DeadlineView.why_no_closures": EXPLAINED,
    "DeadlineView.source_page": EXPLAINED,
    "DeadlineView.source_read_on": EXPLAINED,
    "DeadlineView.source_checked": EXPLAINED,
    "DeadlineView.stage_number": "`kind` names the stage",
    "DeadlineView.number": "the register's own number",
    "ContactView.position": NOT_CALLED_BY_IT,
    "ChaseView.position": NOT_CALLED_BY_IT,
    "DocumentView.position": NOT_CALLED_BY_IT,
    "EventView.number": "the register's own number",
    "EventView.step": ITS_STEP,
    "EventView.from_status": ITS_STEP,
    "EventView.to_status": ITS_STEP,
    "EventView.moved": EXPLAINED,
}
LABELS = {
    "Head": {"Next", "With", "Stands at", "Mind", "Names, words", "Last contact", "Owed", "Received", "Procedure"},
    "Words": {"In short", "They want", "It happened", "Taken late", "Sent by way of", "It praises"},
    "Handling": {
        *(
            "Asked for",
            "Officer",
            "Acknowledged",
            "Investigation",
            "Chased",
            "Draft",
            "Checked",
            "Signed off",
        ),
        *("Response sent", "Further response", "Outcome", "Next stage", "Reopened"),
        *("Called", "Record agreed", "Named", "Panel held", "Its report", "Not answered"),
        *("Record sent", "Asked", "Answered", "Details sent", "The council’s", "Told of that", "Its answer"),
    },
    "Beside": {
        "Joint with",
        "Not accepted",
        "Passed on to",
        "Goes on as",
        "Duplicates",
        "System ref.",
        "Document",
        "Ombudsman",
    },
    "Follow-up": {
        *("Thanks", "Quote", "Stands at", "Their ref.", "Category", "First contact", "Query", "Answer due", "Answered"),
        *(
            "Enquiry",
            "Reply due",
            "Replied",
            "Draft decision",
            "Comments due",
            "Comments sent",
            "They ask for",
            "Decided",
        ),
        *("Complaint", "Agreed", "Complied"),
    },
}
"""The labels of each section, whatever case it is; those of people are their parts."""
HOSTILE = "[/] [red]x[/red] \x1b]0;PWNED\x07 \u202e عربي 🙂\n\t"
WIDTHS = (40, NARROW - 1, NARROW, 76, 116)


def _fields(kind: Any = CasePage) -> Iterator[str]:
    for name, hint in hints(kind).items():
        if (below := row_kind(hint)) is not None:
            yield from _fields(below)
        elif name != "standing":
            # What may be done now is said by the steps themselves, not by the page.
            yield f"{kind.__name__}.{name}"


def _said(page: CasePage) -> list[tuple[str, ...]]:
    return [
        (section.name, block.heading, line.label, *(words for words, _ in line.words))
        for section in case_sections(page, TODAY)
        for block in section.blocks
        for line in block.lines
    ]


def _altered(row: Any) -> Iterator[tuple[str, Any, Any]]:
    """The fields of a row and of the rows beneath it, each with another value and the row as it would be with that."""
    for name, hint in hints(row.__class__).items():
        value = getattr(row, name)
        if row_kind(hint) is not None:
            for place, one in enumerate(value):
                for field, other, changed in _altered(one):
                    yield field, other, replace(row, **{name: (*value[:place], changed, *value[place + 1 :])})
        elif name != "standing":
            for other in altered(value, hint):
                yield f"{type(row).__name__}.{name}", other, replace(row, **{name: other})


@cache
def _fields_said() -> frozenset[str]:
    found: set[str] = set()
    for page in filled_pages():
        before = set(_said(page))
        for field, value, changed in _altered(page):
            if field not in found and _says(set(_said(changed)) ^ before, value):
                found.add(field)
    return frozenset(found)


def _says(lines: Collection[tuple[str, ...]], value: Any) -> bool:
    """Whether any of these lines says a value. Words and days stand there themselves, of others something does."""
    ways = [value] if isinstance(value, str) and not isinstance(value, Enum) else []
    if isinstance(value, date) and not isinstance(value, datetime):
        ways = [long_date(value), short_date(value), brief(value)]
    return any(not ways or any(way in words for way in ways for words in line) for line in lines)


@pytest.mark.parametrize("field", sorted(set(_fields())))
def test_every_field_is_said(field: str) -> None:
    assert (field in _fields_said()) != (field in NOT_SAID), NOT_SAID.get(field, "no section says it")


def test_the_labels_are_those_that_officers_know() -> None:
    found: dict[str, list[str]] = {}
    for page in filled_pages():
        for section in case_sections(page, TODAY):
            found.setdefault(section.name, []).extend(line.label for line in section.lines if line.column == LABEL)
    others = {"", *map(str, Part)}
    assert {name: set(labels) - others for name, labels in found.items() if set(labels) - others} == LABELS


def test_what_is_not_said_is_there() -> None:
    assert NOT_SAID.keys() <= set(_fields())


@pytest.mark.parametrize("width", WIDTHS)
def test_the_screen_prints_every_line(width: int) -> None:
    for page in islice(filled_pages(HOSTILE), 0, None, 5):
        for section in case_sections(page, TODAY):
            expected = [
                (block.heading, [_on_a_screen(line, width) for line in block.lines]) for block in section.blocks
            ]
            said = section_content(section, width)
            assert _bare(said.plain) == _bare("".join(heading + "".join(lines) for heading, lines in expected))
            assert all(row.cell_length <= width for row in said.split("\n", allow_blank=True))


def _on_a_screen(line: Line, width: int) -> str:
    if line.printed_only:
        return ""
    line = line.short or line if width < NARROW else line
    return line.label + "".join(words if line.most is None else one_line(words, line.most) for words, _ in line.words)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_command_prints_every_line(width: int) -> None:
    for page in islice(filled_pages(HOSTILE), 0, None, 5):
        for section in case_sections(page, TODAY):
            console = Console(file=(file := io.StringIO()), width=width, markup=False, highlight=False, emoji=False)
            print_section(console, section)
            blocks = [block.heading + "".join(_as_printed(line) for line in block.lines) for block in section.blocks]
            assert _bare(file.getvalue()) == _bare("".join(blocks))
            assert "\x1b" not in file.getvalue()
            assert all(cell_len(row) <= width for row in file.getvalue().splitlines())


def _as_printed(line: Line) -> str:
    label = f"{line.label}:" if line.label and line.column == LABEL else line.label
    return label + "".join(words for words, _ in line.words)


def _bare(words: str) -> str:
    """Words made safe, without their white space: a line may be broken anywhere."""
    return "".join(safe_text(words).split())
