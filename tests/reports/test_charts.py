"""Figures drawn: a line of block characters in text, and a line chart in HTML."""

from __future__ import annotations

import re
from decimal import Decimal

from feedback_tui.reports.document.blocks import Row, Table, Withholding
from feedback_tui.reports.renderers.as_text import sparkline
from feedback_tui.reports.renderers.charts import CHART_WIDTH, line


def test_a_sparkline_goes_from_the_lowest_to_the_highest_and_leaves_a_gap() -> None:
    assert sparkline([Decimal(10), None, Decimal(80), Decimal(45)]) == "▁·█▄"
    assert sparkline([Decimal(7), Decimal(7)]) == "▁▁"


def test_a_line_chart_spreads_its_points_over_the_width() -> None:
    trend = (Decimal(10), Decimal(20), Decimal(15))
    rows = tuple(Row(month, (str(value),)) for month, value in zip(("April", "May", "June"), trend, strict=True))
    table = Table("Working days", ("Month", "Average"), rows, Withholding.TOGETHER, trend=trend, key="months")
    chart = "\n".join(line(table, "months"))
    points = re.findall(r'<circle class="dot" cx="([\d.]+)" cy="([\d.]+)"', chart)
    assert [float(x) for x, _ in points] == [40, CHART_WIDTH / 2, CHART_WIDTH - 40]
    heights = [float(y) for _, y in points]
    assert heights[1] < heights[2] < heights[0], "the highest figure is drawn highest"
