"""The section on whether complaints were acknowledged and answered in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from feedback_tui.reports.declarations.complaints import (
    ANSWERED_WITH_DAYS,
    AVERAGE_DAYS,
    CASES,
    COMPLAINTS,
    INVESTIGATIONS,
    PROVIDERS,
    TEAMS,
)
from feedback_tui.reports.declarations.declaration import Figure
from feedback_tui.reports.declarations.numbers import Number, Numbers, difference, numbers_of
from feedback_tui.reports.declarations.timeliness import (
    ACKNOWLEDGED_IN_TIME,
    ACKNOWLEDGED_LATE,
    ACKNOWLEDGEMENT,
    ACKNOWLEDGEMENTS,
    ALL,
    AVERAGE,
    BANDS,
    DAYS_BY_MONTH,
    DAYS_BY_QUARTER,
    EXTENDED,
    EXTENDED_CASES,
    EXTENSIONS,
    HIGHEST,
    LOWER_QUARTILE,
    LOWEST,
    MEDIAN,
    OF_LIMIT,
    OF_TARGET,
    RESPONDED,
    STAGE_1,
    TOLD,
    TOLD_IN_TIME,
    TOLD_LATE,
    UPPER_QUARTILE,
    WITH_DAYS,
    WITHIN_EXTENDED,
    WITHIN_LIMIT,
    WITHIN_TARGET,
    WORKING_DAYS,
)
from feedback_tui.reports.document.blocks import Between, Cell, Row, Section, Share, Table, Withholding, sentence
from feedback_tui.reports.document.number_format import (
    NONE,
    counted,
    division_table,
    exact,
    lines_of,
    mean,
    month_name,
    one,
    procedure_names,
    share,
    shares,
    some,
)
from feedback_tui.reports.document.running import begun
from feedback_tui.reports.figure_rows import Figures


def in_time(figures: Figures) -> Section:
    """Returns the section: acknowledgements, averages, aims and due dates, and bands of working days."""
    found = numbers_of(figures)
    acknowledgement, extended = found.block(ACKNOWLEDGEMENT), found.block(EXTENDED)
    told, stage_1 = extended.block(TOLD), found.each(STAGE_1)
    everything = stage_1[ALL]
    paragraphs: list[str] = []
    if acknowledged := acknowledgement[ACKNOWLEDGEMENTS]:
        of = "of the complaint cases that were acknowledged, or are overdue for it"
        said = share(acknowledgement[ACKNOWLEDGED_IN_TIME], acknowledged, of)
        paragraphs.append(sentence("Acknowledged in time: ", said, "."))
    if everything.block(WORKING_DAYS)[WITH_DAYS]:
        paragraphs.append(took("stage 1", everything.block(WORKING_DAYS)))
    for words, within, judged in (
        ("Within the aim", WITHIN_TARGET, OF_TARGET),
        ("By the date due", WITHIN_LIMIT, OF_LIMIT),
    ):
        if everything[judged]:
            said = share(everything[within], everything[judged], "of the responses that have one")
            paragraphs.append(sentence(f"{words}: ", said, "."))
    if cases := extended[EXTENDED_CASES]:
        put_off = share(cases, found.block(COMPLAINTS)[CASES], "of the complaint cases")
        said = share(told[TOLD_IN_TIME], told[EXTENSIONS], "of the extensions")
        told_of_it = ". Told of it by the date that was put off: "
        paragraphs.append(sentence("Extended by agreement: ", put_off, told_of_it, said, "."))
    if unanswered := difference(INVESTIGATIONS, found.block(COMPLAINTS)[INVESTIGATIONS], everything[RESPONDED]):
        those = counted(unanswered, "investigation", "investigations")
        paragraphs.append(
            sentence("No response was sent in ", those, ", open or ended without one: they are in no average.")
        )
    names, there = procedure_names(figures.procedures), begun(figures)
    named = [(names.get(key, key), numbers) for key, numbers in stage_1.items() if key != ALL]
    tables = (
        *_acknowledged(acknowledgement, told),
        _by_procedure(named, everything),
        days_table(
            "Working days to respond, by procedure",
            "Procedure",
            [(label, numbers.block(WORKING_DAYS)) for label, numbers in named],
            Withholding.TOGETHER,
            "stage_1.days",
            everything=everything.block(WORKING_DAYS),
        ),
        *quarter_tables(named, everything, there),
        *month_tables(everything, there),
        *_by_whom(found, everything),
        band_table(everything, Withholding.TOGETHER),
    )
    return Section("In time", tuple(paragraphs), tables)


def took(where: str, days: Numbers) -> str:
    """Returns a sentence on how many working days the responses took."""
    return sentence(
        "The ",
        counted(days[WITH_DAYS], "response"),
        f" at {where} took ",
        one(days.known(AVERAGE)),
        " working days on average; half of them took ",
        exact(days.known(MEDIAN)),
        " or fewer, the quickest ",
        exact(days.known(LOWEST)),
        " and the longest ",
        exact(days.known(HIGHEST)),
        ".",
    )


def _acknowledged(acknowledgement: Numbers, told: Numbers) -> Iterator[Table]:
    if not (of := acknowledgement[ACKNOWLEDGEMENTS]):
        return
    yield shares(
        "Acknowledgements",
        "Acknowledged",
        lines_of(acknowledgement, ACKNOWLEDGED_IN_TIME, ACKNOWLEDGED_LATE),
        of,
        Withholding.TOGETHER,
        key="acknowledgement",
        of=sentence(counted(of, "complaint case"), " acknowledged or overdue for it"),
    )
    if extensions := told[EXTENSIONS]:
        yield shares(
            "Extensions",
            "Told",
            lines_of(told, TOLD_IN_TIME, TOLD_LATE),
            extensions,
            Withholding.TOGETHER,
            key="extended.told",
            of=counted(extensions, "extension"),
        )


def _by_whom(found: Numbers, everything: Numbers) -> Iterator[Table]:
    """Yields the tables of responses by team and by provider."""
    for each, thing, again in (
        (TEAMS, "Team", "A response about several teams stands under each."),
        (PROVIDERS, "Provider", "The responses about a provider; about several, under each."),
    ):
        lines = found.each(each)
        if not lines:
            continue
        rows = [
            Row(label, (numbers[RESPONDED], mean(numbers, AVERAGE_DAYS, ANSWERED_WITH_DAYS)))
            for label, numbers in lines.items()
        ]
        if each is TEAMS:
            all_days = mean(everything.block(WORKING_DAYS), AVERAGE, WITH_DAYS)
            rows.append(Row("All", (everything[RESPONDED], all_days), total=True))
        yield Table(
            f"Responses at stage 1 by {thing.casefold()}",
            (thing, RESPONDED.words, "Average days"),
            tuple(rows),
            Withholding.LEFT_OUT,
            f"Working days on average, and in brackets how many responses that is of. {again}",
            key=each.key,
        )


def days_table(
    caption: str,
    thing: str,
    lines: Iterable[tuple[str, Numbers]],
    withholding: Withholding,
    key: str,
    note: str = "",
    everything: Numbers | None = None,
) -> Table:
    """Returns the table of working days: a line for each of `lines`, and one for everything together."""
    rows = [Row(label, _spread(days)) for label, days in lines]
    if everything is not None:
        rows.append(Row("All", _spread(everything), total=True))
    about = "The middle half lies between the quartiles: a quarter of the responses took fewer days, a quarter more."
    return Table(
        caption,
        (thing, WITH_DAYS.words, AVERAGE.words, MEDIAN.words, "Middle half", "Range"),
        tuple(rows),
        withholding,
        f"{about} {note}" if note else about,
        key=key,
    )


def month_tables(found: Numbers, begun: Callable[[str], bool] = lambda label: True) -> tuple[Table, ...]:
    """Returns the table of response times by month that has begun; nothing for a single month."""
    months = {label: days for label, days in found.each(DAYS_BY_MONTH).items() if begun(label)}
    if len(months) < 2:
        return ()
    note = "By the month the complaint was received; what is not answered yet stands in none."
    lines = [(month_name(label), days) for label, days in months.items()]
    table = days_table("Response times by month", "Month", lines, Withholding.LEFT_OUT, f"{found.prefix}by_month", note)
    return (replace(table, trend=tuple(days.row.average for days in months.values())),)


def quarter_tables(
    named: Sequence[tuple[str, Numbers]], everything: Numbers, begun: Callable[[str], bool]
) -> tuple[Table, ...]:
    """Returns the tables of averages by quarter that has begun and procedure; nothing for a single quarter."""
    quarters = {label: days for label, days in everything.each(DAYS_BY_QUARTER).items() if begun(label)}
    if len(quarters) < 2:
        return ()
    rows = (
        Row(
            label,
            tuple(
                mean(days, AVERAGE, WITH_DAYS) for label, days in numbers.each(DAYS_BY_QUARTER).items() if begun(label)
            ),
            total=numbers is everything,
        )
        for label, numbers in [*named, ("All", everything)]
    )
    return (
        Table(
            "Average working days by quarter and procedure",
            ("Procedure", *quarters),
            tuple(rows),
            Withholding.LEFT_OUT,
            "By the quarter the complaint was received; how many responses the average is of stands beside it.",
            key="stage_1.by_quarter",
        ),
        days_table(
            "Working days to respond, by quarter",
            "Quarter",
            quarters.items(),
            Withholding.LEFT_OUT,
            f"{everything.prefix}by_quarter",
        ),
    )


def _spread(days: Numbers) -> tuple[Cell, ...]:
    return (
        days[WITH_DAYS],
        some(days.known(AVERAGE)),
        _short(days.known(MEDIAN)),
        _between(days, LOWER_QUARTILE, UPPER_QUARTILE),
        _between(days, LOWEST, HIGHEST),
    )


def _short(median: Number | None) -> Cell:
    """Returns a median without trailing zeros."""
    return NONE if median is None else median._replace(value=Decimal(median.value).normalize())


def band_table(found: Numbers, withholding: Withholding, caption: str = "") -> Table:
    """Returns the table of responses by bands of working days."""
    with_days = found.block(WORKING_DAYS)[WITH_DAYS]
    names = {band: band.replace("-", " to ").replace("+", " and more") for band in found.words(BANDS)}
    of = counted(with_days, "response")
    return division_table(found, BANDS, with_days, withholding, of=of, caption=caption, names=names, bars=True)


def _by_procedure(named: Sequence[tuple[str, Numbers]], everything: Numbers) -> Table:
    return Table(
        "Responses at stage 1",
        (
            "Procedure",
            RESPONDED.words,
            "Average days",
            WITHIN_TARGET.words,
            WITHIN_LIMIT.words,
            WITHIN_EXTENDED.words,
        ),
        tuple(
            Row(label, _responses(found), total=found is everything) for label, found in [*named, ("All", everything)]
        ),
        Withholding.TOGETHER,
        "In time counts against the original dates, out of the responses that have such a date. Only as extended: "
        "after the original aim or date, but by that date as it was extended by agreement.",
        key="stage_1",
    )


def _responses(found: Numbers) -> tuple[Cell, ...]:
    return (
        found[RESPONDED],
        mean(found.block(WORKING_DAYS), AVERAGE, WITH_DAYS),
        Share(found[WITHIN_TARGET], found[OF_TARGET]),
        Share(found[WITHIN_LIMIT], found[OF_LIMIT]),
        found[WITHIN_EXTENDED] if found[OF_TARGET] or found[OF_LIMIT] else NONE,
    )


def _between(days: Numbers, low: Figure, high: Figure) -> Cell:
    lowest, highest = days.known(low), days.known(high)
    return NONE if lowest is None or highest is None else Between(lowest, highest)
