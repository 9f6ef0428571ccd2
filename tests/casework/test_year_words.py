"""What officers write for a year's report: each change on the record, paragraphs numbered without a gap."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.casework.errors import InvalidInput, StepNotAllowed
from feedback_tui.casework.year_texts import LONGEST, YearParagraph, add_words, change_words, remove_words, year_words
from feedback_tui.enums import YearSection
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import quarter, reporting_year
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register
from tests.conftest import actor_on

TODAY = date(2023, 4, 20)
R, Q = YearSection.RECOMMENDATIONS, YearSection.QUOTES


def texts(register: Register, section: YearSection) -> list[tuple[int, str]]:
    return [(row.position, row.text) for row in year_words(register, "2022/23") if row.section is section]


def test_paragraphs_are_added_changed_and_taken_out(shropshire: Register) -> None:
    actor = actor_on(shropshire, TODAY)
    for text in ("One", "Two", "Three"):
        add_words(actor, "2022/23", R, text)
    add_words(actor, "2022-23", Q, "“Thank\nyou”")
    assert change_words(actor, "2022/23", R, 2, "Second").text == "Second"
    assert remove_words(actor, "2022/23", R, 1) == YearParagraph("2022/23", R, 1, "One")
    assert texts(shropshire, R) == [(1, "Second"), (2, "Three")]
    assert texts(shropshire, Q) == [(1, "“Thank you”")]
    add_words(actor, "2022/23", R, "Four")
    assert texts(shropshire, R)[-1] == (3, "Four")
    assert check(shropshire).findings == ()


def test_the_year_takes_them_up_and_its_quarters_do_not(shropshire: Register) -> None:
    actor = actor_on(shropshire, TODAY)
    add_words(actor, "2021/22", R, "Train")
    add_words(actor, "2022/23", R, "Answer")
    year = reporting_year("2022/23")
    found = figures_of(shropshire, year, TODAY)
    assert (found.words, found.recommended_before) == ({R: ("Answer",)}, ("Train",))
    assert figures_of(shropshire, quarter(year, 1), TODAY).words == {}


def test_what_cannot_be_written_is_refused(shropshire: Register) -> None:
    actor = actor_on(shropshire, TODAY)
    with pytest.raises(InvalidInput, match="is empty"):
        add_words(actor, "2022/23", R, " \n ")
    with pytest.raises(InvalidInput, match="at most"):
        add_words(actor, "2022/23", R, "x" * (LONGEST + 1))
    with pytest.raises(InvalidInput, match="2022/23 would be"):
        add_words(actor, "2022/24", R, "One")
    with pytest.raises(StepNotAllowed, match="none was written"):
        change_words(actor, "2022/23", R, 1, "One")
    add_words(actor, "2022/23", R, "One")
    for position in (0, 2, -1):
        with pytest.raises(StepNotAllowed, match="numbered 1 to 1"):
            remove_words(actor, "2022/23", R, position)


def test_writing_the_same_again_is_no_event(shropshire: Register) -> None:
    actor = actor_on(shropshire, TODAY)
    add_words(actor, "2022/23", R, "One")
    before = check(shropshire).events
    change_words(actor, "2022/23", R, 1, "One")
    assert check(shropshire).events == before
