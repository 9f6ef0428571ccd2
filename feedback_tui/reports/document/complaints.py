"""The sections on complaints: what they were about, how they came in, who made them; and one for each group of
procedures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feedback_tui.reports.declarations.complaints import (
    BY_REASON,
    BY_REFUSAL,
    CASES,
    COMPLAINTS,
    CUTS,
    GROUP_OUTCOMES,
    GROUP_TIMELINESS,
    GROUPS,
    INVESTIGATIONS,
    NEVER_INVESTIGATED,
    NOT_ACCEPTED,
    NOT_YET_INVESTIGATED,
    PROVIDER_CASES,
    PROVIDER_SUBCATEGORIES,
    WITH_PROVIDER,
)
from feedback_tui.reports.declarations.numbers import Numbers, Piece, numbers_of
from feedback_tui.reports.declarations.timeliness import DAYS_BY_QUARTER, WORKING_DAYS
from feedback_tui.reports.document.blocks import Section, Sentence, Table, Withholding, sentence
from feedback_tui.reports.document.number_format import (
    capital,
    counted,
    division_table,
    lines_of,
    listed,
    most,
    number,
    procedure_names,
    share,
    shares,
)
from feedback_tui.reports.document.outcomes import outcome_table, with_finding
from feedback_tui.reports.document.running import begun
from feedback_tui.reports.document.timeliness import band_table, days_table, took
from feedback_tui.reports.figure_rows import By, Figures

NOUN = ("complaint case", "complaint cases")
SPOKEN_OF = (By.TEAM, By.CATEGORY, By.THEME)
OF_ALL = (By.THEME, By.CORRESPONDENT)
"""Dimensions that are not printed for a group of procedures."""
LEFT_OUT = (By.SUBCATEGORY,)
"""Dimensions whose lines add up to those of another, so they are left out when small counts are withheld."""


def complaints(figures: Figures) -> Section:
    """Returns the section on complaint cases, investigations and every cut."""
    found = numbers_of(figures).block(COMPLAINTS)
    cases, investigations = found[CASES], found[INVESTIGATIONS]
    paragraphs: list[str] = []
    if cases:
        paragraphs.append(
            sentence(
                capital(counted(cases, *NOUN)),
                " led to ",
                counted(investigations, "investigation"),
                ": ",
                share(investigations, cases, "of the cases"),
                ".",
            )
        )
        paragraphs += _not_investigated(found)
        paragraphs += _foremost(found)
    return Section(
        "Complaints",
        tuple(paragraphs),
        (_cases_table(found), *_refusals(found), *_tables(found, figures.procedures), *_providers(found)),
    )


def _cases_table(found: Numbers) -> Table:
    """Returns the table of cases by investigation, and of why others were not investigated."""
    closed = NEVER_INVESTIGATED.words
    lines = [
        *lines_of(found, INVESTIGATIONS, NOT_YET_INVESTIGATED),
        *((f"{closed}: {reason}", count) for reason, count in found.words(BY_REASON).items()),
        (f"{closed}: {BY_REASON.nothing}", found.lacking(BY_REASON)),
    ]
    return shares(
        "Complaint cases and investigations",
        "What became of them",
        [line for line in lines if line[1]],
        found[CASES],
        Withholding.TOGETHER,
        key=f"{found.prefix}cases",
        of=counted(found[CASES], *NOUN),
        bars=True,
    )


def _refusals(found: Numbers) -> Iterator[Table]:
    """Yields the table of why complaints were not accepted, if any was refused."""
    if refused := found[NOT_ACCEPTED]:
        of = counted(refused, "case that was not accepted", "cases that were not accepted")
        names = {why: capital(why) for why in found.words(BY_REFUSAL)}
        yield division_table(found, BY_REFUSAL, refused, Withholding.LEFT_OUT, of=of, names=names)


def _providers(found: Numbers) -> Iterator[Table]:
    providers = found.block(WITH_PROVIDER)
    if providers.words(PROVIDER_SUBCATEGORIES):
        cases = providers[PROVIDER_CASES]
        of = counted(cases, "case that names a provider", "cases that name a provider")
        yield division_table(providers, PROVIDER_SUBCATEGORIES, cases, Withholding.LEFT_OUT, of=of)


def groups(figures: Figures) -> list[Section]:
    """Returns a section for each group of procedures if there is more than one."""
    if len(figures.groups) < 2:
        return []
    return [_group(name, group, figures) for name, group in numbers_of(figures).each(GROUPS).items()]


def _group(name: str, group: Numbers, figures: Figures) -> Section:
    title, timely = f"{capital(name)} complaints", group.block(GROUP_TIMELINESS)
    all_cases, cases, investigations = numbers_of(figures).block(COMPLAINTS)[CASES], group[CASES], group[INVESTIGATIONS]
    paragraphs: list[str] = [
        sentence(
            share(cases, all_cases, "of the complaint cases"),
            f" are under {name} procedures. They led to ",
            counted(investigations, "investigation"),
            ".",
        )
    ]
    days = timely.block(WORKING_DAYS)
    if figures.groups[name].stage_1.days.n:
        paragraphs.append(took("stage 1", days))
    paragraphs += with_finding(group, GROUP_OUTCOMES)
    left_out = Withholding.LEFT_OUT
    there = begun(figures)
    quarters = {label: numbers for label, numbers in timely.each(DAYS_BY_QUARTER).items() if there(label)}
    spread = quarters.items() if len(quarters) > 1 else ()
    tables = [
        outcome_table(group, GROUP_OUTCOMES, investigations, "investigation", left_out, f"{title}: outcomes"),
        days_table(
            f"{title}: working days to respond",
            "Quarter received",
            spread,
            left_out,
            f"{timely.prefix}days",
            everything=days,
        ),
        band_table(timely, left_out, f"{title}: bands of working days"),
        *_tables(group, figures.procedures, title),
    ]
    return Section(title, tuple(paragraphs), tuple(tables))


def _not_investigated(found: Numbers) -> Iterator[str]:
    reasons = [sentence(f"{reason} ", number(count)) for reason, count in found.words(BY_REASON).items()]
    if unexplained := found.lacking(BY_REASON):
        reasons.append(sentence(f"{BY_REASON.nothing} ", number(unexplained)))
    if closed := found[NEVER_INVESTIGATED]:
        yield sentence(capital(counted(closed, "case")), " closed without an investigation: ", listed(reasons), ".")
    if waiting := found[NOT_YET_INVESTIGATED]:
        yield sentence(capital(counted(waiting, "case")), " open, not investigated so far.")


def _foremost(found: Numbers) -> Iterator[str]:
    for by in SPOKEN_OF:
        counts, thing = found.words(CUTS[by]), CUTS[by].thing.casefold()
        words = most(counts)
        if len(words) == 1:
            first = counts[words[0]]
            name = Sentence.of([Piece(words[0], (first,))])
            part = share(first, found[CASES], "of the complaint cases")
            yield sentence(f"The most frequent {thing} is ", name, ", in ", part, ".")


def _tables(found: Numbers, procedures: Mapping[str, str], of_group: str = "") -> Iterator[Table]:
    """Yields a table for each division of complaint cases (by team, by category, …) that has a word.

    `of_group` is the title of a group of procedures; for a group, the divisions in `OF_ALL` are left out, and so is the
    division by procedure if it has only one.
    """
    for by, division in CUTS.items():
        words = found.words(division)
        if not words or (of_group and (by in OF_ALL or (by is By.PROCEDURE and len(words) == 1))):
            continue
        yield division_table(
            found,
            division,
            found[CASES],
            Withholding.LEFT_OUT if of_group or by in LEFT_OUT else Withholding.TOGETHER,
            of=counted(found[CASES], "case", "cases"),
            caption=f"{of_group} by {division.thing.casefold()}" if of_group else "",
            names=procedure_names(procedures) if by is By.PROCEDURE else None,
        )
