"""Whether complaints were acknowledged and answered in time."""

from __future__ import annotations

from feedback_tui.reports.paper.figures_in_words import (
    NONE,
    counted,
    number,
    one,
    procedure_names,
    share,
    shares,
    within,
)
from feedback_tui.reports.paper.shapes import Row, Section, Table
from feedback_tui.reports.shapes import Figures, Timeliness

ALL = "all"


def in_time(figures: Figures) -> Section:
    """Acknowledgements, averages, aims and dates due by, and the bands of working days."""
    acknowledgement, everything = figures.acknowledgement, figures.stage_1[ALL]
    paragraphs = []
    if acknowledgement.of:
        paragraphs.append(
            "Acknowledged in time: "
            + within(acknowledgement, "of the complaint cases that were acknowledged, or are overdue for it")
            + "."
        )
    if everything.average_working_days is not None:
        paragraphs.append(
            f"The {counted(everything.responded, 'response')} at stage 1 took {one(everything.average_working_days)} "
            "working days on average."
        )
    if everything.of_target:
        said = share(everything.within_target, everything.of_target, "of the responses that have one")
        paragraphs.append(f"Within the aim: {said}.")
    if everything.of_limit:
        said = share(everything.within_limit, everything.of_limit, "of the responses that have one")
        paragraphs.append(f"By the date due: {said}.")
    return Section(
        "In time", tuple(paragraphs), (_by_procedure(figures), band_table("Working days to respond", everything))
    )


def band_table(caption: str, timeliness: Timeliness) -> Table:
    """Responses by how many working days they took."""
    with_days = sum(timeliness.bands.values())
    return shares(
        caption,
        "Working days",
        ((band.replace("-", " to ").replace("+", " and more"), n) for band, n in timeliness.bands.items()),
        with_days,
        of=counted(with_days, "response"),
        bars=True,
    )


def _by_procedure(figures: Figures) -> Table:
    names = procedure_names(figures.procedures)
    rows = [_row(names.get(key, key), found) for key, found in figures.stage_1.items() if key != ALL]
    rows.append(_row("All", figures.stage_1[ALL]))
    return Table(
        "Responses at stage 1",
        ("Procedure", "Sent", "Average days", "Within the aim", "By the date due", "Only as extended"),
        tuple(rows),
        "In time counts against the original dates, out of the responses that have such a date. Only as extended: "
        "after the original aim or date, but by that date as it was extended by agreement.",
    )


def _row(label: str, found: Timeliness) -> Row:
    return Row(
        label,
        (
            number(found.responded),
            one(found.average_working_days),
            share(found.within_target, found.of_target),
            share(found.within_limit, found.of_limit),
            number(found.within_extended) if found.of_target or found.of_limit else NONE,
        ),
    )
