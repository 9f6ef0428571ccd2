"""The year on screen: from a figure to its cases and back, another span, a file, the officers' words, the reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.year_texts import add_words, year_words
from feedback_tui.enums import StepKey, YearSection
from feedback_tui.models.case import Case
from feedback_tui.reports.formats import ReportFormat
from feedback_tui.screens.year.year import YearScreen
from feedback_tui.screens.year.year_export import TABLE, ExportScreen
from feedback_tui.storage.register import Register
from feedback_tui.widgets.form import Filled
from tests.screens.desk import OFFICER, TODAY, Desk

MakeDesk = Callable[..., Desk]


async def year(d: Desk) -> None:
    await d.press("Y")
    await d.shows("The year 2026/27", "To look at first", "3 pieces of feedback")


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_a_figure_lists_its_cases_and_each_opens(desk: MakeDesk, size: tuple[int, int]) -> None:
    async with desk(size=size) as d:
        await year(d)
        await d.press("enter", "enter")
        await d.shows("Feedback by kind: Complaints", "2 cases", "ASC-26-0001", "ASC-26-0002")
        await d.press("down", "enter")
        await d.shows("ASC-26-0002 · complaint")
        await d.press("escape", "escape")
        await d.shows("The year 2026/27", "Feedback by kind")
        assert isinstance(d.app.screen, YearScreen)
        assert d.app.screen.pane.has_focus
        await d.press("escape")
        assert d.app.screen.section_tree.has_focus


async def test_what_makes_the_year_wobble_is_listed_first(desk: MakeDesk) -> None:
    async with desk(size=(160, 50)) as d:
        await year(d)
        await d.press("up")
        await d.shows("No category", "Never acknowledged")
        await d.press("enter", "enter")
        await d.shows("What leaves a figure uncertain: No category", "2 cases", "ASC-26-0001")


async def test_another_span_is_typed_or_chosen(desk: MakeDesk) -> None:
    async with desk() as d:
        await year(d)
        await d.press("s")
        await d.shows("What is counted")
        await d.type("2026-03")
        await d.shows("Sun 1 March 2026 to Tue 31 March 2026")
        await d.press("enter")
        await d.shows("1 piece of feedback")
        await d.press("left")
        await d.shows("2026-02", "no pieces of feedback")
        await d.press("s")
        await d.type("2026-04-09 to 2026-04-10")
        await d.press("enter")
        await d.shows("2026-04-09 to 2026-04-10", "1 piece of feedback")
        await d.press("s")
        await d.type("nonsense")
        await d.shows("is no span of a report")


async def test_the_report_is_written_in_the_format_that_is_chosen(
    desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk() as d:
        await year(d)
        await d.press("E")
        await d.shows("Web page, one file")
        await d.press("ctrl+s")
        await d.tells("feedback-2026-27.html")
        assert "3 pieces of feedback" in (tmp_path / "feedback-2026-27.html").read_text("utf-8")
        await d.hush()
        await d.press("E")
        await d.shows("Web page, one file")
        await d.press("ctrl+s")
        await d.shows("is there already")


async def test_words_are_written_changed_and_taken_out(desk: MakeDesk, register: Register) -> None:
    add_words(Actor(register, OFFICER, TODAY), "2025/26", YearSection.RECOMMENDATIONS, "Ring back the same day.")
    async with desk() as d:
        await year(d)
        await d.press("w")
        await d.shows("Words for 2026/27", "was recommended: Ring back the same day.")
        await d.press("n")
        await d.shows("Paragraph")
        await d.type("Say so")
        await d.press("ctrl+s")
        await d.shows("1. Say so")
        await d.press("down", "enter")
        await d.shows("Paragraph")
        await d.press("end")
        await d.type(" sooner")
        await d.press("ctrl+s")
        await d.shows("1. Say so sooner")
        await d.press("escape")
        await d.shows("The year 2026/27")
        assert [one.text for one in year_words(register, "2026/27")] == ["Say so sooner"]
        await d.press("w")
        await d.shows("1. Say so sooner")
        await d.press("down", "x")
        await d.tells("Taken out: Say so sooner")
        assert year_words(register, "2026/27") == []


async def test_quotes_are_chosen_from_the_compliments(desk: MakeDesk, register: Register) -> None:
    with register.transaction(OFFICER) as work:
        case = work.session.get(Case, 4)
        assert case is not None
        case.quote = "Nothing was too much trouble"
        work.record(StepKey.NOTE, case, TODAY, from_status=case.status)
    async with desk(size=(160, 50)) as d:
        await year(d)
        await d.press("w")
        await d.shows("Words for 2026/27")
        await d.press("c")
        await d.shows("[ ]", "from a customer: “Nothing was too much trouble”")
        await d.press("enter")
        await d.shows("1 of 1 chosen", "[x]")
        (quote,) = year_words(register, "2026/27")
        assert quote.text.endswith("from a customer: “Nothing was too much trouble”")
        await d.press("enter")
        await d.shows("0 of 1 chosen")


async def test_the_working_reports_are_reached_from_the_palette(desk: MakeDesk) -> None:
    async with desk(size=(160, 50)) as d:
        await d.press("ctrl+p")
        await d.type("working rep")
        await d.shows("Working reports")
        await d.press("enter")
        await d.shows("Open and overdue by investigator", "with something overdue")
        await d.press("enter", "enter")
        await d.shows("Open and overdue by team")
        await d.shows("ASC-26-000")


async def test_the_owed_list_of_a_manager_is_written_in_any_format(
    desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """E on a working report offers the report, one of its tables, or the year; each in every format."""
    monkeypatch.chdir(tmp_path)
    async with desk(size=(160, 50)) as d:
        await d.press("ctrl+p")
        await d.type("working rep")
        await d.shows("Working reports")
        await d.press("enter")
        await d.shows("Open and overdue by investigator")
        await d.press("down")
        await d.shows("pkaur: 1 owed")
        await d.press("E")
        await d.shows("Write Owed this week to a file", "this report", "Web page, one file")
        await d.press("ctrl+s")
        await d.tells("owed-this-week-2026-04-15.html")
        page = (tmp_path / "owed-this-week-2026-04-15.html").read_text("utf-8")
        assert "pkaur: 1 owed" in page
        assert "Alan" not in page
        await d.hush()
        screen = d.app.screen
        assert isinstance(screen, YearScreen)
        (mine,) = [table for table in screen._tables() if table.key == "owed.pkaur"]
        export = ExportScreen(screen.services, screen._counted.figures, [mine], mine.key, screen._report)  # type: ignore[union-attr]
        for format in ReportFormat:
            given = {"what": TABLE, "table": mine.title, "table_format": str(format), "name": str(format)}
            said = export.save(Filled({**given, "replace": "no"}, {}))
            assert str(format) in said
        made = sorted(path.name for path in tmp_path.iterdir() if path.stem in {*ReportFormat})
        assert made == ["csv.csv", "docx.docx", "html.html", "json.json", "markdown.md", "text.txt", "xlsx.xlsx"]
        assert (tmp_path / "csv.csv").read_text("utf-8-sig").splitlines()[0].startswith("Case,Owed,Due")
        assert "ASC-26-0002" in (tmp_path / "markdown.md").read_text("utf-8")
