"""Describes what each number of a report counts: which cases, with which words, procedures and months of receipt.

Two numbers with equal descriptions (`Count`) count the same cases, wherever they are in the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from feedback_tui.desk.filters.case_filter import CaseFilter, Field, How
from feedback_tui.enums import Kind
from feedback_tui.reports.counting.feedback import first_of, quarter_label
from feedback_tui.reports.counting.points import PATH
from feedback_tui.reports.declarations import (
    complaints,
    ombudsman,
    received,
    statutory_returns,
    timeliness,
    year_comparison,
)
from feedback_tui.reports.declarations.declaration import (
    NOT_RECORDED,
    Block,
    Crossed,
    Division,
    Each,
    Figure,
    Measure,
    Member,
    Population,
)
from feedback_tui.reports.declarations.span_query import FIELDS
from feedback_tui.reports.declarations.year import YEAR
from feedback_tui.reports.figure_rows import By, Figures
from feedback_tui.rules.months import Span, months_of

AGAIN, TOTAL = "counted again", "total"
"""Used in place of a word: for the number of repeated countings of cases with several words, and for the sum over all
words."""
UNSETTLED = ""
"""Used in place of a procedure for the cases without a settled one."""
COUNTS = (Measure.COUNT, Measure.SUM_OF_COUNTS)

Of = Figure | Division | Population | str
Word = tuple[str, str | None]
"""A dimension, and one of its words; None for cases without a word."""


@dataclass(frozen=True)
class Count:
    """The description of a count. Numbers that count the same cases have equal descriptions."""

    of: Of
    """The figure, division or population that is counted; a text for a number whose meaning is not declared."""
    words: frozenset[Word] = frozenset()
    """The words that the cases have, at most one of each dimension."""
    procedures: frozenset[str] | None = None
    """The keys of the procedures of the cases, `UNSETTLED` for cases without one; None for all cases."""
    months: frozenset[str] | None = None
    """The labels of the months of receipt (``2022-04``); None for the whole span."""
    year: str = ""
    """The label of the year, if it is not the year of the report."""

    def word(self, dimension: str, word: str | None) -> Count:
        """Returns the count of those cases that have this word."""
        if dimension == Field.PROCEDURE and word not in (AGAIN, TOTAL):
            return self.under(frozenset((UNSETTLED if word is None else word,)))
        return replace(self, words=self.words | {(dimension, word)})

    def under(self, procedures: frozenset[str]) -> Count:
        """Returns the count of those cases that are under these procedures."""
        return replace(self, procedures=procedures if self.procedures is None else self.procedures & procedures)

    def during(self, months: Iterable[str]) -> Count:
        """Returns the count of those cases that were received in these months."""
        those = frozenset(months)
        return replace(self, months=those if self.months is None else self.months & those)

    def within(self, scope: CaseFilter, all_procedures: Iterable[str]) -> Count:
        """Returns the count of those cases that the filter `scope` selects. `all_procedures` are those of the
        profile."""
        found = self
        for term in scope.terms:
            values = tuple(map(str, term.values))
            if term.field is Field.PROCEDURE and term.how is How.IS and term.negated:
                found = found.under(frozenset({UNSETTLED, *all_procedures}) - set(values))
            elif term.field in (Field.PROCEDURE, Field.VERSION) and term.how is How.IS and not term.negated:
                # A version is replaced by its procedure. If the procedure has other versions, its counts do not add up,
                # and no relation claims that they do.
                found = found.under(frozenset(value.partition(PATH)[0] for value in values))
            elif term.field is Field.RECEIVED and term.how is How.WITHIN:
                start, end = term.values
                found = found.during(months_of(Span("", start, end)))  # type: ignore[arg-type]
            elif term.how is How.IS and len(values) == 1 and not term.negated:
                found = found.word(term.field, values[0])
            else:
                found = found.word(repr(term), "")
        return found


def meant(figure: Figure | Population | None) -> Figure | Population | None:
    """Returns the figure or population with the same cases that is declared first: `figure` itself if it has a
    predicate of its own, else (repeatedly) what it is a part of."""
    while isinstance(figure, Figure) and figure.of is not None and figure.narrows_nothing:
        figure = figure.of
    return figure


def base_of(figure: Of) -> Figure | Population | None:
    """Returns the figure or population of which a figure or division is a part; None if none is declared."""
    return meant(figure.of) if isinstance(figure, Figure | Division) else None


COMPARED_AS: Mapping[str, Count] = {
    "feedback": Count(received.FEEDBACK_RECEIVED),
    "compliments": Count(received.COMPLIMENTS_RECEIVED),
    "enquiries": Count(received.ENQUIRIES_RECEIVED),
    "complaints": Count(timeliness.COMPLAINT_CASES),
    "average_working_days": Count(timeliness.AVERAGE),
    "investigations": Count(complaints.INVESTIGATIONS),
    "upheld": Count(complaints.INVESTIGATIONS).word("Outcome", "upheld"),
    "upheld_of": Count(statutory_returns.WITH_OUTCOME),
    "ombudsman": Count(ombudsman.APPROACHES),
}
"""By the key of a figure in the comparison of years: what it counts."""
KINDS = {
    Kind.COMPLAINT: Count(timeliness.COMPLAINT_CASES),
    Kind.COMPLIMENT: Count(received.COMPLIMENTS_RECEIVED),
    Kind.ENQUIRY: Count(received.ENQUIRIES_RECEIVED),
}
"""The kinds of feedback for which a population is declared, each with its count."""
REGULATION_18 = (
    statutory_returns.RECEIVED,
    statutory_returns.WELL_FOUNDED_THAT_STANDS,
    statutory_returns.KNOWN_TO_OMBUDSMAN,
)
"""The figures that the annual report must state (2009 Regulations, reg 18). They are printed even if they are small."""


def count_of(figure: Figure) -> Count | None:
    """Returns the count of a figure in the whole span; None if the figure is not a count."""
    found = meant(figure)
    return None if found is None or figure.measure not in COUNTS else Count(found)


def counted_word(division: Division, word: str | None, base: Count, span: Span) -> Count:
    """Returns the count of a word of a division. `base` is the count that is divided; `span` that of the report."""
    if word in (None, AGAIN, TOTAL):
        return base.word(dimension_of(division), word)
    if division is received.BY_KIND and word in KINDS:
        return replace(KINDS[Kind(word)], year=base.year)
    if division is received.BY_MONTH:
        return base.during((str(word),))
    if division is received.BY_QUARTER:
        return base.during(months_of_quarter(span, str(word)))
    return base.word(dimension_of(division), word)


def dimension_of(division: Division) -> str:
    """Returns the name of a division's dimension. Divisions by the same property have the same name."""
    return FIELDS[By(division.key)].value if division.key in set(By) else division.thing


def keyed_counts(figures: Figures) -> dict[str, Count]:
    """Returns the count of each number, by its key. For an average, a rate or an amount: the count of its cases."""
    found = dict(_walked(YEAR, figures, figures, "", Count("")))
    for year in figures.comparison:
        label = "" if year is figures.comparison[-1] else year.label
        prefix = f"comparison.{year.label}."
        found |= {f"{prefix}{key}": replace(same, year=label) for key, same in COMPARED_AS.items()}
        for division in year_comparison.FAMILIES:
            for word in division.cut(year).counts:
                found[f"{prefix}{division.key}.{word}"] = _of_family(division, word, label, figures)
    return found


OF_A_GROUP: Mapping[str, Count] = {
    "group": COMPARED_AS["complaints"],
    "group_investigations": COMPARED_AS["investigations"],
    "group_upheld": COMPARED_AS["upheld"],
    "group_upheld_of": COMPARED_AS["upheld_of"],
    "group_average_working_days": COMPARED_AS["average_working_days"],
}
"""What the families of groups of procedures count, by key."""


def _of_family(division: Division, word: str, year: str, figures: Figures) -> Count:
    if division is year_comparison.AVERAGES:
        return Count(timeliness.AVERAGE, year=year).under(frozenset((word,)))
    if division.key in OF_A_GROUP:
        of, group = replace(OF_A_GROUP[division.key], year=year), f"{complaints.GROUPS.key}.{word}"
        return (
            of.within(figures.scopes[group], figures.procedures) if group in figures.scopes else of.word("group", word)
        )
    if division is year_comparison.OUTCOME:
        return Count(complaints.INVESTIGATIONS, year=year).word(complaints.STAGE_OUTCOMES[1].thing, word)
    return Count(timeliness.COMPLAINT_CASES, year=year).word(division.key, word)


def _walked(
    members: Iterable[Member], row: Any, figures: Figures, prefix: str, scope: Count
) -> Iterator[tuple[str, Count]]:
    for member in members:
        key = f"{prefix}{member.key}"
        match member:
            case Figure():
                if (count := count_of(member)) is not None:
                    yield key, replace(scope, of=count.of, words=scope.words | count.words)
                else:
                    yield key, replace(scope, of=member)
            case Division():
                if member.measure in COUNTS:
                    yield from _words(member, row, figures, key, prefix, scope)
                else:
                    yield from ((f"{key}.{word}", replace(scope, of=member)) for word in member.cut(row).counts)
            case Crossed():
                yield from _cells(member, row, figures, key, prefix, scope)
            case Block():
                inside = f"{key}." if member.key else prefix
                yield from _walked(member.members, member.row(row), figures, inside, scope)
            case Each():
                for name, one in member.rows(row).items():
                    if one is not None:
                        narrowed = _narrowed(scope, member, name, key, figures)
                        yield from _walked(member.members, one, figures, f"{key}.{name}.", narrowed)
            case _:
                continue


def _narrowed(scope: Count, each: Each, name: str, key: str, figures: Figures) -> Count:
    if each.key == received.BY_MONTH.key:
        return scope.during((name,))
    if each.key == received.BY_QUARTER.key:
        return scope.during(months_of_quarter(figures.span, name))
    if each.names_of is not None:
        return scope.word(dimension_of(each.names_of), name)
    return scope.within(figures.scopes[f"{key}.{name}"], figures.procedures)


def months_of_quarter(span: Span, label: str) -> list[str]:
    """Returns the labels of the months in a quarter of the span; `label` is that of the quarter, such as ``Q1``."""
    return [month for month in months_of(span) if quarter_label(first_of(month), span) == label]


def _words(
    division: Division, row: Any, figures: Figures, key: str, prefix: str, scope: Count
) -> Iterator[tuple[str, Count]]:
    if division is received.HEADLINE_PARTS:
        yield from ((f"{key}.{part}", _headline_part(part, figures)) for part in division.cut(row).counts)
        return
    base = replace(scope, of=meant(division.of) or division)
    if division is statutory_returns.REFUSED:
        base = replace(base, of=complaints.NEVER_INVESTIGATED)
    for word in division.cut(row).counts:
        yield f"{key}.{word}", counted_word(division, word, base, figures.span)
    yield f"{prefix}{NOT_RECORDED}.{division.key}", counted_word(division, None, base, figures.span)
    yield f"{key}: none", counted_word(division, None, base, figures.span)
    yield f"{key}: again", counted_word(division, AGAIN, base, figures.span)
    yield key, counted_word(division, TOTAL, base, figures.span)


def _headline_part(part: str, figures: Figures) -> Count:
    """Returns the count of a part of the council's headline figure, such as ``kind:complaint`` or ``group:formal``."""
    family, _, word = part.partition(":")
    if family == "kind":
        return counted_word(received.BY_KIND, word, Count(received.FEEDBACK_RECEIVED), figures.span)
    if family == "ombudsman":
        return Count(ombudsman.APPROACHES)
    cases, group = Count(timeliness.COMPLAINT_CASES), f"{complaints.GROUPS.key}.{word}"
    if family == "group":
        there = figures.scopes.get(group)
        return cases.word("group", word) if there is None else cases.within(there, figures.procedures)
    return cases.word(family, word)


def _cells(
    crossed: Crossed, row: Any, figures: Figures, key: str, prefix: str, scope: Count
) -> Iterator[tuple[str, Count]]:
    base = replace(scope, of=meant(crossed.second.of))  # type: ignore[arg-type]
    first = dimension_of(crossed.first)
    for word, counts in crossed.counts(row).items():
        for second in counts:
            cell = counted_word(crossed.second, second, base, figures.span)
            yield f"{key}.{word}.{second}", cell.word(first, word)
    for ending in (f"{prefix}{NOT_RECORDED}.{crossed.key}", f"{key}: none"):
        yield ending, base.word(first, None)
    yield f"{key}: again", base.word(first, AGAIN)
    yield key, base.word(first, TOTAL)
