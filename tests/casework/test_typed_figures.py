"""Figures typed for a year: all or none, each on the record, and nothing that cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from feedback_tui.casework.errors import InvalidInput, StepNotAllowed
from feedback_tui.casework.typed_figures import (
    FiguresSet,
    YearFigure,
    remove_figure,
    set_figures,
    typed_figures_of,
)
from feedback_tui.reports.figures import figures_of
from feedback_tui.reports.renderers.as_json import document
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register
from tests.conftest import actor_on

TODAY = date(2023, 4, 20)
PUBLISHED = [
    *[YearFigure("2020/21", name, value) for name, value in (
        ("compliments", "235"), ("investigations", "179"), ("average_working_days", "26"),
        ("upheld_percent", "14%"), ("ombudsman", "7"),
    )],
    *[YearFigure("2021/22", name, value) for name, value in (
        ("compliments", "113"), ("investigations", "156"), ("average working days", "34"),
        ("upheld_percent", "21 %"), ("ombudsman", "12"),
    )],
]  # fmt: skip
"""Shropshire's two years before its register (its report, section 8)."""


def test_the_published_years_stand_beside_the_register(shropshire: Register) -> None:
    done = set_figures(actor_on(shropshire, TODAY), PUBLISHED)
    assert done == FiguresSet(new=10, changed=0, unchanged=0)
    found = document(figures_of(shropshire, reporting_year("2022/23"), TODAY))["comparison"]
    assert isinstance(found, list)
    assert [(year["compliments"], year["investigations"], year["average_working_days"]) for year in found] == [
        (235, 179, 26),
        (113, 156, 34),
        (0, 0, None),
    ]
    assert [year["upheld_percent"] for year in found] == [14, 21, None]
    assert [year["typed"] for year in found] == [True, True, False]


def test_a_figure_is_replaced_and_taken_back_and_the_record_stays_whole(shropshire: Register) -> None:
    actor = actor_on(shropshire, TODAY)
    set_figures(actor, [YearFigure("2021/22", "ombudsman", "12")])
    assert set_figures(actor, [YearFigure("2021-22", "Ombudsman", "12")]) == FiguresSet(0, 0, 1)
    assert set_figures(actor, [YearFigure("2021/22", "ombudsman", "13")]) == FiguresSet(0, 1, 0)
    assert remove_figure(actor, "2021/22", "OMBUDSMAN") == YearFigure("2021/22", "ombudsman", "13")
    assert typed_figures_of(shropshire) == []
    assert check(shropshire).findings == ()
    with pytest.raises(StepNotAllowed, match="nothing to take back"):
        remove_figure(actor, "2021/22", "ombudsman")


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        (YearFigure("2021/23", "ombudsman", "12"), "2021/22 would be"),
        (YearFigure("2024/25", "ombudsman", "12"), "has not begun"),
        (YearFigure("2021/22", "moons", "12"), "is no figure of a year"),
        (YearFigure("2021/22", "ombudsman", "about 12"), "is not a number"),
        (YearFigure("2021/22", "ombudsman", "12.5"), "whole number"),
        (YearFigure("2021/22", "ombudsman", "-1"), "is not a number"),
        (YearFigure("2021/22", "ombudsman", "1e9"), "is not a number"),
        (YearFigure("2021/22", "upheld_percent", "101"), "100 percent"),
        (YearFigure("2021/22", "upheld", "30"), "upheld is 30, and upheld_of"),
        (YearFigure("2021/22", "activity: " + "x" * 60, "30"), "at most"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(shropshire: Register, figure: YearFigure, why: str) -> None:
    actor = actor_on(shropshire, TODAY)
    set_figures(actor, [YearFigure("2021/22", "upheld_of", "20")])
    with pytest.raises(InvalidInput, match=why):
        set_figures(actor, [YearFigure("2021/22", "compliments", "1"), figure])
    assert [row.name for row in typed_figures_of(shropshire)] == ["upheld_of"]


def test_a_figure_given_twice_must_be_the_same(shropshire: Register) -> None:
    twice = [YearFigure("2021/22", "ombudsman", "12"), YearFigure("2021/22", "ombudsman", "13")]
    with pytest.raises(InvalidInput, match="given twice, as 12 and 13"):
        set_figures(actor_on(shropshire, TODAY), twice)


def test_a_rehearsal_writes_nothing(shropshire: Register) -> None:
    done = set_figures(replace(actor_on(shropshire, TODAY), rehearsing=True), PUBLISHED)
    assert done.new == 10
    assert typed_figures_of(shropshire) == []


def test_activity_is_typed_whole_or_in_parts(shropshire: Register) -> None:
    actor = actor_on(shropshire, TODAY)
    parts = [
        YearFigure("2022/23", "activity: assessments", "4,000"),
        YearFigure("2022/23", "Activity:Reablement", "500"),
    ]
    set_figures(actor, parts)
    assert set_figures(actor, [YearFigure("2022/23", "activity: Assessments", "4000")]) == FiguresSet(0, 0, 1)
    found = figures_of(shropshire, reporting_year("2022/23"), TODAY)
    assert dict(found.activities) == {"Reablement": Decimal(500), "assessments": Decimal(4000)}
    assert found.headline.of_activity == 4500
    set_figures(actor, [YearFigure("2022/23", "activity", "17327")])
    assert figures_of(shropshire, reporting_year("2022/23"), TODAY).headline.of_activity == 17327
