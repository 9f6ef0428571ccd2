"""Complaints: what they were about, how they came in, who brought them; and each group of procedures by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feedback_tui.reports.document.blocks import Section, Table
from feedback_tui.reports.document.number_format import (
    capital,
    counted,
    cut_table,
    listed,
    most,
    number,
    procedure_names,
    share,
    shares,
)
from feedback_tui.reports.document.outcomes import outcome_table, with_outcome
from feedback_tui.reports.document.timeliness import band_table, days_table, took
from feedback_tui.reports.figure_rows import By, Cut, DaysTaken, Figures, Group, Timeliness

CASES = ("complaint case", "complaint cases")
REFUSALS = "Not accepted, by reason"
THINGS = {
    By.PROCEDURE: "Procedure",
    By.TEAM: "Team",
    By.PROVIDER: "Provider",
    By.CATEGORY: "Category",
    By.SUBCATEGORY: "Sub-category",
    By.THEME: "Theme",
    By.CHANNEL: "Channel",
    By.CORRESPONDENT: "Complainant",
}
NOTHING = {By.PROVIDER: "No provider named", By.SUBCATEGORY: "No sub-category", By.PROCEDURE: "Not settled yet"}
SPOKEN_OF = (By.TEAM, By.CATEGORY, By.THEME)


def complaints(figures: Figures) -> Section:
    """Cases against investigations, and every cut."""
    found = figures.complaints
    paragraphs = []
    if found.cases:
        paragraphs.append(
            f"{capital(counted(found.cases, *CASES))} led to {counted(found.investigations, 'investigation')}: "
            f"{share(found.investigations, found.cases, 'of the cases')}."
        )
        paragraphs += _not_investigated(figures)
        paragraphs += _foremost(found.by)
    return Section(
        "Complaints",
        tuple(paragraphs),
        (
            _cases_table(figures),
            *_refusals(figures),
            *_tables(found.by, "Complaint cases", figures.procedures, "complaints"),
            *_providers(figures),
        ),
    )


def _cases_table(figures: Figures) -> Table:
    """Cases against investigations, and what became of the cases that were never investigated."""
    found = figures.complaints
    lines = [
        ("Investigated", found.investigations, "complaints.investigations"),
        ("Open, not investigated so far", found.not_yet_investigated, "complaints.not_yet_investigated"),
        *(
            (f"Closed without an investigation: {reason}", count, f"complaints.not_investigated.{reason}")
            for reason, count in found.not_investigated.counts.items()
        ),
        (
            "Closed without an investigation: no reason recorded",
            found.not_investigated.without,
            "complaints.not_recorded.not_investigated",
        ),
    ]
    told = [line for line in lines if line[1]]
    return shares(
        "Complaint cases and investigations",
        "What became of them",
        [(label, count) for label, count, _ in told],
        found.cases,
        of=counted(found.cases, *CASES),
        bars=True,
        keys=[key for *_, key in told],
    )


def _refusals(figures: Figures) -> Iterator[Table]:
    """Why complaints were not accepted, where any was not."""
    cut = figures.complaints.refused
    if cut.base:
        yield cut_table(
            REFUSALS,
            "Because",
            cut,
            of=("case that was not accepted", "cases that were not accepted"),
            nothing="No reason recorded",
            key=("complaints", "refused"),
            names={why: capital(why) for why in cut.counts},
        )


def _providers(figures: Figures) -> Iterator[Table]:
    cut = figures.complaints.provider_subcategories
    if cut.counts:
        yield cut_table(
            "Complaints about providers by sub-category",
            "Sub-category",
            cut,
            of=("case that names a provider", "cases that name a provider"),
            nothing="No sub-category",
            key=("complaints.with_provider", "by_subcategory"),
        )


def groups(figures: Figures) -> list[Section]:
    """Each group of procedures by itself, where there is more than one."""
    if len(figures.groups) < 2:
        return []
    return [_group(name, group, figures) for name, group in figures.groups.items()]


def _group(name: str, group: Group, figures: Figures) -> Section:
    title, key = f"{capital(name)} complaints", f"groups.{name}"
    paragraphs = [
        f"Under {name} procedures stand {share(group.cases, figures.complaints.cases, 'of the complaint cases')}. "
        f"They led to {counted(group.investigations, 'investigation')}."
    ]
    if group.stage_1.average_working_days is not None:
        paragraphs.append(took("stage 1", group.stage_1))
    if (said := with_outcome(group.outcomes)) is not None:
        paragraphs.append(said)
    shown: dict[By, Cut] = {by: cut for by, cut in group.by.items() if by not in (By.THEME, By.CORRESPONDENT)}
    tables = [
        outcome_table(f"{title}: outcomes", group.outcomes, group.investigations, "investigation", f"{key}.outcomes"),
        days_table(f"{title}: working days to respond", "Quarter received", _quarters(group.stage_1), keys=key),
        band_table(f"{title}: bands of working days", group.stage_1, key),
        *_tables(shown, title, figures.procedures, key, in_group=True),
    ]
    return Section(title, tuple(paragraphs), tuple(tables))


def _quarters(found: Timeliness) -> Iterator[tuple[str, DaysTaken]]:
    if len(found.by_quarter) > 1:
        yield from found.by_quarter.items()
    yield "All", found.days


def _not_investigated(figures: Figures) -> Iterator[str]:
    found = figures.complaints
    reasons = [f"{reason} {number(count)}" for reason, count in found.not_investigated.counts.items()]
    if found.not_investigated.without:
        reasons.append(f"no reason recorded {number(found.not_investigated.without)}")
    closed = found.not_investigated.base
    if closed:
        yield f"{capital(counted(closed, 'case'))} closed without an investigation: {listed(reasons)}."
    if found.not_yet_investigated:
        yield f"{capital(counted(found.not_yet_investigated, 'case'))} open, not investigated so far."


def _foremost(by: Mapping[By, Cut]) -> Iterator[str]:
    for one_thing in SPOKEN_OF:
        cut, thing = by[one_thing], THINGS[one_thing].casefold()
        words = most(cut.counts)
        if len(words) == 1:
            yield (
                f"The most frequent {thing} is {words[0]}, in "
                f"{share(cut.counts[words[0]], cut.base, 'of the complaint cases')}."
            )


def _tables(
    by: Mapping[By, Cut], title: str, procedures: Mapping[str, str], key: str, *, in_group: bool = False
) -> Iterator[Table]:
    for one_thing, cut in by.items():
        if not cut.counts or (in_group and one_thing is By.PROCEDURE and len(cut.counts) == 1):
            continue
        thing = THINGS[one_thing]
        yield cut_table(
            f"{title} by {thing.casefold()}",
            thing,
            cut,
            of=("case", "cases"),
            nothing=NOTHING.get(one_thing, "Not recorded"),
            key=(key, one_thing.value),
            names=procedure_names(procedures) if one_thing is By.PROCEDURE else None,
        )
