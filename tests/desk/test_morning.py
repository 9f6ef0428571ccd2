"""The figures of the morning: each is the number of rows of the list that it opens."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from feedback_tui.desk.case_list import cases
from feedback_tui.desk.filters.filter_parser import Setting, read_filter, write_filter
from feedback_tui.desk.morning import morning
from tests.desk.plain_filter import meets, plain_cases
from tests.desk.stock import busy_register


@pytest.mark.parametrize("today", [date(2025, 11, 20), date(2025, 11, 23)])
def test_each_figure_is_the_number_of_rows_of_its_list(either: None, tmp_path: Path, today: date) -> None:
    with busy_register(tmp_path, 120, today) as register:
        found = morning(register, today)
        everything = plain_cases(register, today)
        figures = [figure for _, figures in found.sections for figure in figures]
        assert {figure.name: figure.count for figure in figures if "week" in figure.name or figure.name == "Overdue"}
        for figure in figures:
            assert figure.count == len(cases(register, today, figure.wanted)), figure.name
            assert figure.count == sum(meets(case, figure.wanted) for case in everything), figure.name
            # And the words that stand above the list mean the same.
            written = read_filter(write_filter(figure.wanted), Setting(today, register.calendar, ""))
            assert written.wanted == figure.wanted
        assert found.due[0].count > 0
        last = "Due later this week" if today.weekday() < 6 else "Due today"
        assert [figure.name for figure in found.due][-1] == last
        assert found.received[1].name == f"Complaints, 1 to {today.day} November 2024"
        assert sum(figure.count for figure in found.by_team) > 0
