"""Assembles the report from its sections."""

from __future__ import annotations

from feedback_tui.reports.document.afterwards import learning, ombudsman, praise_and_enquiries, recommendations, redress
from feedback_tui.reports.document.blocks import Paper
from feedback_tui.reports.document.complaints import complaints, groups
from feedback_tui.reports.document.number_format import day
from feedback_tui.reports.document.outcomes import outcomes
from feedback_tui.reports.document.received import received
from feedback_tui.reports.document.running import running_to, span_words
from feedback_tui.reports.document.statutory_returns import code, reg_18
from feedback_tui.reports.document.timeliness import in_time
from feedback_tui.reports.document.year_comparison import adding_up, last_years, the_record
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.rules.months import year_of


def paper(figures: Figures) -> Paper:
    """Returns the report for these figures. The return under regulation 18 is only included for a whole year."""
    span = figures.span
    of_a_year = span == year_of(span.start)
    return Paper(
        title=f"Customer feedback {span.label}",
        council=figures.council,
        about=(
            f"This counts what was received from {span_words(figures)}; decisions of the Ombudsman are "
            "those made in that time. What was logged in error is counted nowhere. The register as of "
            f"{day(figures.as_of)}."
            + (f" {span.label} is not over: it runs to {day(span.end)}." if running_to(figures) else "")
        ),
        sections=(
            received(figures),
            complaints(figures),
            in_time(figures),
            outcomes(figures),
            *groups(figures),
            ombudsman(figures),
            redress(figures),
            learning(figures),
            praise_and_enquiries(figures),
            last_years(figures),
            *((recommended,) if (recommended := recommendations(figures)) is not None else ()),
            *((reg_18(figures), code(figures)) if of_a_year else ()),
            adding_up(figures),
            *((the_record(figures),) if figures.anchor else ()),
        ),
        as_of=figures.as_of,
    )
