"""Asks which span to count: typed, or chosen from years, quarters and months."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from feedback_tui.rules import report_spans
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.months import Span, month, months_of, quarter, year_of
from feedback_tui.screens.shared.lookup_screen import LookUpScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.widgets.cell_width import fit

YEARS = 5


class SpanScreen(LookUpScreen):
    """Asks for a span. Its result is the span's label, which `span_of` can read, or None."""

    ASKS = "2025/26, Q2, 2025-06, or 2025-06-01 to 2025-08-15"

    def __init__(self, services: Services, now: Span) -> None:
        super().__init__(services)
        self._offered = list(_at_hand(now, services))

    @property
    def where(self) -> str:
        return "What is counted"

    def on_mount(self) -> None:
        super().on_mount()
        self.look_up("")

    def look_up(self, words: str) -> None:
        shown = [span for span in self._offered if words.casefold() in _words(span).casefold()]
        said = ""
        if words:
            try:
                meant = report_spans.span_of(words, self.services.today())
            except ValueError as error:
                said = "" if shown else f"{error}."
            else:
                shown = [meant, *(span for span in shown if span != meant)]
        self.show_found(words, (Content(_words(span)) for span in shown), [span.label for span in shown], said)


def _at_hand(now: Span, services: Services) -> Iterable[Span]:
    """Yields the current year, its quarters and months, and earlier years; only spans that have begun."""
    today, year = services.today(), year_of(now.start)
    parts = [quarter(year, number) for number in (1, 2, 3, 4)] + [month(label) for label in months_of(year)]
    running = year_of(today)
    years = [report_spans.step(running, -back) for back in range(YEARS)]
    for span in (year, *parts, *(one for one in years if one != year)):
        if span.start <= today:
            yield span


def _words(span: Span) -> str:
    return f"{fit(span.label, 24)} {long_date(span.start)} to {long_date(span.end)}"
