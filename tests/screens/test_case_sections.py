"""A section laid out: what is too long for its line goes on beneath its words; and the page has every section once."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from textual.widgets import Static

from feedback_tui.cli.show_text import print_section
from feedback_tui.desk.case.sections import case_sections
from feedback_tui.desk.case.sections.dates import dates
from feedback_tui.desk.case.sections.head import head
from feedback_tui.desk.case.sections.line import BENEATH, DAY, LABEL, WHOLE, Block, Line, Section
from feedback_tui.desk.case.sections.told import complaint, people, points
from feedback_tui.desk.tone import Tone
from feedback_tui.screens.case.case import WIDE, SectionWords
from feedback_tui.screens.shared.case_sections import section_content
from feedback_tui.screens.shared.hidden_names import Names
from tests.desk.pages import filled_pages
from tests.screens.desk import TODAY, Desk

MakeDesk = Callable[..., Desk]


def _section(*lines: Line) -> Section:
    return Section("Tried", (Block("", lines),))


def _line(label: str, words: str, column: int = LABEL) -> Line:
    return Line(label, ((words, Tone.PLAIN),), column)


@pytest.mark.parametrize(
    ("line", "width", "shown"),
    [
        (_line("Team", "short"), 20, ["Team          short"]),
        (_line("Team", "two words more"), 28, ["Team          two words more"]),
        (_line("Team", "three words or more"), 28, ["Team          three words or", "              more"]),
        (_line("1", "Remind the desk of it", BENEATH), 16, ["1  Remind the", "   desk of it"]),
        (_line("", "indented words go on", BENEATH), 16, ["   indented", "   words go on"]),
        (_line("", "plain words go on", WHOLE), 15, ["plain words go", "on"]),
        (_line("1", "日本語の苦情です", BENEATH), 15, ["1  日本語の苦情", "   です"]),
        (_line("", "unbrokenwordwithoutend", WHOLE), 15, ["unbrokenwordwit", "houtend"]),
        (_line("Further response", "a day"), 60, ["Further response a day"]),
        (_line("Tue 30 Jun 2026", "no room beside it", DAY), 24, ["Tue 30 Jun 2026  no room", "beside it"]),
        (_line("They want", "first\n\nthird"), 40, ["They want     first", "", "              third"]),
        (_line("Said", "\x1b[31m[/]\ta\x07"), 40, ["Said          ␛[31m[/]    a␇"]),
    ],
)
def test_what_is_too_long_goes_on_beneath_its_words(line: Line, width: int, shown: list[str]) -> None:
    said = section_content(_section(line), width)
    assert [row.plain.rstrip() for row in said.split("\n", allow_blank=True)] == shown


@given(label=st.text(max_size=20), words=st.text(max_size=200), width=st.integers(15, 90))
def test_no_line_is_wider_than_its_column_and_none_reaches_the_terminal(label: str, words: str, width: int) -> None:
    line = _line(label, words)
    shown = section_content(_section(line), width).plain
    printed = io.StringIO()
    print_section(Console(file=printed, width=width, markup=False, highlight=False, emoji=False), _section(line))
    for text in (shown, printed.getvalue()):
        assert all(cell_len(row) <= width for row in text.split("\n"))
        assert not any(sign < " " or "\x7f" <= sign < "\xa0" for sign in text.replace("\n", ""))


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 50)], ids=str)
async def test_the_page_has_every_section_once(desk: MakeDesk, size: tuple[int, int]) -> None:
    async with desk(size=size) as d:
        await d.press("enter")
        await d.shows("What they say")
        made = [section for section in case_sections(d.case("ASC-26-0001"), TODAY)[1:] if section.blocks]
        shown = [words for words in d.app.screen.query(SectionWords) if words.display]
        assert sorted(words.section_name for words in shown) == sorted(section.name for section in made)
        width = (size[0] - 4) // (2 if size[0] >= WIDE else 1) - (3 if size[0] >= WIDE else 0)
        for section in made:
            (words,) = (words for words in shown if words.section_name == section.name)
            assert str(words.render()) == section_content(section, width).plain
        top = d.app.screen.query_one("#case-head", Static)
        (top_of_page,) = (section for section in case_sections(d.case("ASC-26-0001"), TODAY) if section.name == "Head")
        assert str(top.render()) == section_content(top_of_page, size[0] - 4).plain


def test_no_two_sections_have_one_name() -> None:
    names = [section.name for section in case_sections(next(filled_pages()), TODAY)]
    assert len(set(names)) == len(names)


def test_while_names_are_hidden_the_preview_says_none_of_them() -> None:
    whole, name = next(filled_pages()), "Margaret Hughes"
    page = replace(
        whole,
        people=tuple(replace(person, name=name) for person in whole.people),
        deadlines=tuple(replace(due, what=name) for due in whole.deadlines),
    )
    sections = (made(Names(hidden=True).page(page), TODAY) for made in (head, complaint, people, points, dates))
    said = " ".join(words for section in sections for line in section.lines for words, _ in line.words)
    assert name not in said
