"""Whether complaints were acknowledged and answered in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from feedback_tui.reports.document.blocks import Between, Cell, Mean, Row, Section, Share, Table
from feedback_tui.reports.document.number_format import (
    NONE,
    counted,
    exact,
    month_name,
    one,
    procedure_names,
    share,
    shares,
    some,
    within,
)
from feedback_tui.reports.figure_rows import DaysTaken, Figures, Timeliness

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
        paragraphs.append(took("stage 1", everything))
    if everything.of_target:
        said = share(everything.within_target, everything.of_target, "of the responses that have one")
        paragraphs.append(f"Within the aim: {said}.")
    if everything.of_limit:
        said = share(everything.within_limit, everything.of_limit, "of the responses that have one")
        paragraphs.append(f"By the date due: {said}.")
    if figures.extended.cases:
        told = within(figures.extended.told, "of the extensions")
        put_off = share(figures.extended.cases, figures.complaints.cases, "of the complaint cases")
        paragraphs.append(f"Extended by agreement: {put_off}. Told of it by the date that was put off: {told}.")
    tables = (
        *_acknowledged(figures),
        _by_procedure(figures),
        _days_by_procedure(figures),
        *quarter_tables(figures),
        *month_tables(everything),
        band_table("Working days to respond", everything),
    )
    return Section("In time", tuple(paragraphs), tables)


def took(where: str, found: Timeliness) -> str:
    """How long the responses took, in a sentence."""
    days = found.days
    return (
        f"The {counted(days.n, 'response')} at {where} took {one(days.average)} working days on average; half of them "
        f"took {exact(days.median)} or fewer, the quickest {exact(days.lowest)} and the longest {exact(days.highest)}."
    )


def _acknowledged(figures: Figures) -> Iterator[Table]:
    found = figures.acknowledgement
    if not found.of:
        return
    late = found.of - found.within
    yield shares(
        "Acknowledgements",
        "Acknowledged",
        [("In time", found.within), ("Late, or overdue", late)],
        found.of,
        of=counted(found.of, "complaint case") + " acknowledged or overdue for it",
        keys=["acknowledgement.within", "acknowledgement.late"],
    )
    told = figures.extended.told
    if told.of:
        yield shares(
            "Extensions",
            "Told",
            [("By the date that was put off", told.within), ("Later, or not on record", told.of - told.within)],
            told.of,
            of=counted(told.of, "extension"),
            keys=["extended.told.within", "extended.told.late"],
        )


def days_table(
    caption: str,
    thing: str,
    found: Iterable[tuple[str, DaysTaken]],
    note: str = "",
    *,
    keys: str = "",
    by: str = "by_quarter",
) -> Table:
    """The spread of working days, a line for each thing; `keys` is where the lines stand in the summary."""
    rows = tuple(
        Row(label, _spread(days), (_days_key(keys, by, label),) if keys and days.n else ()) for label, days in found
    )
    about = "The middle half lies between the quartiles: a quarter of the responses took fewer days, a quarter more."
    columns = (thing, "Number", "Average", "Median", "Middle half", "Range")
    return Table(caption, columns, rows, f"{about} {note}" if note else about)


def _days_key(key: str, by: str, label: str) -> str:
    return f"{key}.working_days.n" if label == "All" else f"{key}.{by}.{label}.n"


def month_tables(found: Timeliness) -> tuple[Table, ...]:
    """Response times by month; nothing for a single month."""
    if len(found.by_month) < 2:
        return ()
    note = "By the month the complaint was received; what is not answered yet stands in none."
    table = days_table(
        "Response times by month", "Month", found.by_month.items(), note, keys="stage_1.all", by="by_month"
    )
    named = tuple(replace(row, label=month_name(row.label)) for row in table.rows)
    return (replace(table, rows=named, trend=tuple(days.average for days in found.by_month.values())),)


def quarter_tables(figures: Figures) -> tuple[Table, ...]:
    """Averages by quarter and procedure; nothing where there is one quarter only."""
    everything = figures.stage_1[ALL]
    if len(everything.by_quarter) < 2:
        return ()
    names = procedure_names(figures.procedures)
    found = [(names.get(key, key), one_of.by_quarter) for key, one_of in figures.stage_1.items() if key != ALL]
    rows = (
        Row(label, tuple(NONE if days.average is None else Mean(days.average, days.n) for days in quarters.values()))
        for label, quarters in [*found, ("All", everything.by_quarter)]
    )
    return (
        Table(
            "Average working days by quarter and procedure",
            ("Procedure", *everything.by_quarter),
            tuple(rows),
            "By the quarter the complaint was received; how many responses the average is of stands beside it.",
        ),
        days_table("Working days to respond, by quarter", "Quarter", everything.by_quarter.items(), keys="stage_1.all"),
    )


def _days_by_procedure(figures: Figures) -> Table:
    names = procedure_names(figures.procedures)
    found = [(key, one_of.days) for key, one_of in figures.stage_1.items() if key != ALL]
    table = days_table(
        "Working days to respond, by procedure", "Procedure", [*found, ("All", figures.stage_1[ALL].days)]
    )
    keyed = [f"stage_1.{key}.working_days.n" for key, _ in found] + ["stage_1.all.working_days.n"]
    rows = tuple(
        Row(names.get(row.label, row.label), row.cells, (key,)) for row, key in zip(table.rows, keyed, strict=True)
    )
    return replace(table, rows=rows)


def _spread(days: DaysTaken) -> tuple[Cell, ...]:
    return (
        days.n,
        some(days.average),
        NONE if days.median is None else days.median.normalize(),
        _between(days.lower_quartile, days.upper_quartile),
        _between(days.lowest, days.highest),
    )


def band_table(caption: str, timeliness: Timeliness, key: str = "stage_1.all") -> Table:
    """Responses by how many working days they took."""
    with_days = sum(timeliness.bands.values())
    return shares(
        caption,
        "Working days",
        ((band.replace("-", " to ").replace("+", " and more"), n) for band, n in timeliness.bands.items()),
        with_days,
        of=counted(with_days, "response"),
        bars=True,
        keys=[f"{key}.bands.{band}" for band in timeliness.bands],
    )


def _by_procedure(figures: Figures) -> Table:
    names = procedure_names(figures.procedures)
    rows = [_row(names.get(key, key), found, key) for key, found in figures.stage_1.items() if key != ALL]
    rows.append(_row("All", figures.stage_1[ALL], ALL))
    return Table(
        "Responses at stage 1",
        ("Procedure", "Sent", "Average days", "Within the aim", "By the date due", "Only as extended"),
        tuple(rows),
        "In time counts against the original dates, out of the responses that have such a date. Only as extended: "
        "after the original aim or date, but by that date as it was extended by agreement.",
    )


def _row(label: str, found: Timeliness, key: str) -> Row:
    average = found.average_working_days
    return Row(
        label,
        (
            found.responded,
            NONE if average is None else Mean(average, found.days.n),
            Share(found.within_target, found.of_target),
            Share(found.within_limit, found.of_limit),
            found.within_extended if found.of_target or found.of_limit else NONE,
        ),
        tuple(
            f"stage_1.{key}.{name}" if name else ""
            for name in ("responded", "", "within_target", "within_limit", "within_extended")
        ),
    )


def _between(low: Decimal | int | None, high: Decimal | int | None) -> Cell:
    return NONE if low is None or high is None else Between(low, high)
