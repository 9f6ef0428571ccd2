"""Complaints: what they were about, how they came in, who brought them; and each group of procedures by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feedback_tui.reports.paper.figures_in_words import (
    capital,
    counted,
    cut_table,
    listed,
    most,
    number,
    procedure_names,
    share,
)
from feedback_tui.reports.paper.in_time import band_table, days_table, took
from feedback_tui.reports.paper.outcomes import outcome_table, with_outcome
from feedback_tui.reports.paper.shapes import Section, Table
from feedback_tui.reports.shapes import By, Cut, DaysTaken, Figures, Group, Timeliness

CASES = ("complaint case", "complaint cases")
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
    return Section("Complaints", tuple(paragraphs), tuple(_tables(found.by, "Complaint cases", figures.procedures)))


def groups(figures: Figures) -> list[Section]:
    """Each group of procedures by itself, where there is more than one."""
    if len(figures.groups) < 2:
        return []
    return [_group(name, group, figures) for name, group in figures.groups.items()]


def _group(name: str, group: Group, figures: Figures) -> Section:
    title = f"{capital(name)} complaints"
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
        outcome_table(f"{title}: outcomes", group.outcomes, group.investigations, "investigation"),
        days_table(f"{title}: working days to respond", "Quarter received", _quarters(group.stage_1)),
        band_table(f"{title}: bands of working days", group.stage_1),
        *_tables(shown, title, figures.procedures, in_group=True),
    ]
    return Section(title, tuple(paragraphs), tuple(tables))


def _quarters(found: Timeliness) -> Iterator[tuple[str, DaysTaken]]:
    if len(found.by_quarter) > 1:
        yield from found.by_quarter.items()
    yield "All", found.days


def _not_investigated(figures: Figures) -> Iterator[str]:
    found = figures.complaints
    reasons = [f"{reason} {number(count)}" for reason, count in found.not_investigated.items()]
    if found.not_investigated_unexplained:
        reasons.append(f"no reason recorded {number(found.not_investigated_unexplained)}")
    closed = sum(found.not_investigated.values()) + found.not_investigated_unexplained
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
    by: Mapping[By, Cut], title: str, procedures: Mapping[str, str], *, in_group: bool = False
) -> Iterator[Table]:
    for one_thing, cut in by.items():
        if not cut.counts or (in_group and one_thing is By.PROCEDURE and len(cut.counts) == 1):
            continue
        if one_thing is By.PROCEDURE:
            names = procedure_names(procedures)
            cut = Cut({names.get(key, key): n for key, n in cut.counts.items()}, cut.base, cut.without)
        thing = THINGS[one_thing]
        yield cut_table(
            f"{title} by {thing.casefold()}",
            thing,
            cut,
            of=("case", "cases"),
            nothing=NOTHING.get(one_thing, "Not recorded"),
        )
