"""Compares every table's total with its base, and explains the difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from feedback_tui.enums import Kind
from feedback_tui.reports.declarations.complaints import (
    BY_REASON,
    BY_REFUSAL,
    CASES,
    COMPLAINTS,
    CUTS,
    GROUPS,
    INVESTIGATIONS,
    NEVER_INVESTIGATED,
    NOT_ACCEPTED,
    NOT_YET_INVESTIGATED,
    OUTCOMES,
    OUTCOMES_BY_PROCEDURE,
    OUTCOMES_BY_PROVIDER,
    OUTCOMES_BY_TEAM,
    PROVIDER_CASES,
    PROVIDER_SUBCATEGORIES,
    REACHED,
    STAGE_OUTCOMES,
    WITH_PROVIDER,
)
from feedback_tui.reports.declarations.declaration import Crossed, Division
from feedback_tui.reports.declarations.numbers import Number, Numbers, difference, numbers_of, sum_of
from feedback_tui.reports.declarations.ombudsman import INVESTIGATED as TAKEN_UP
from feedback_tui.reports.declarations.ombudsman import NOT_ACCEPTED as NOT_ACCEPTED_THERE
from feedback_tui.reports.declarations.ombudsman import RECEIVED as WENT
from feedback_tui.reports.declarations.ombudsman import WENT_TO_THE_OMBUDSMAN
from feedback_tui.reports.declarations.received import (
    BY_KIND,
    BY_MONTH,
    BY_QUARTER,
    BY_ROLE,
    COMPLIMENTS,
    ENQUIRIES,
    FEEDBACK,
    PRAISE_SOURCE,
    PRAISED_TEAM,
    RECEIVED,
    TOTAL,
)
from feedback_tui.reports.declarations.redress import ALL_POINTS, BY_AREA, LEARNING_AND_ACTIONS, LEARNING_CASES
from feedback_tui.reports.declarations.timeliness import ALL, BANDS, RESPONDED, STAGE_1
from feedback_tui.reports.document.blocks import Sentence, sentence
from feedback_tui.reports.document.number_format import joined
from feedback_tui.reports.figure_rows import Cut, Figures


@dataclass(frozen=True)
class Reconciled:
    """A table's total, its base, and the explanation of the difference; no parts if they are equal."""

    table: str
    words: str
    total: Number
    base: Number
    parts: list[Sentence]

    @property
    def explained_by(self) -> str:
        """The explanation of the difference; "" if there is none."""
        return joined("; ", self.parts)


def reconcile(figures: Figures) -> Iterator[Reconciled]:
    """Yields the comparison for each table, in the order of the report."""
    whole = numbers_of(figures)
    received = whole.block(FEEDBACK).block(RECEIVED)
    for division in (BY_KIND, BY_MONTH, BY_QUARTER):
        yield _divided(received, division, received[TOTAL])
    yield from _complaints(whole.block(COMPLAINTS))
    investigations = whole.block(COMPLAINTS)[INVESTIGATIONS]
    yield from _outcomes(whole.block(OUTCOMES), investigations)
    yield from _responses(whole.each(STAGE_1)[ALL], investigations)
    yield _groups(whole)
    yield _ombudsman(whole.block(WENT_TO_THE_OMBUDSMAN))
    yield _learning(whole.block(LEARNING_AND_ACTIONS))
    compliments, enquiries = received.word(BY_KIND, Kind.COMPLIMENT), received.word(BY_KIND, Kind.ENQUIRY)
    for division in (PRAISED_TEAM, PRAISE_SOURCE):
        yield _divided(whole.block(COMPLIMENTS), division, compliments)
    yield _divided(whole.block(ENQUIRIES), BY_ROLE, enquiries)


def _divided(numbers: Numbers, division: Division, base: Number) -> Reconciled:
    """Compares a division with its base: cases without a word, and cases counted again under another word."""
    return _cut(f"{numbers.prefix}{division.key}", division.words, division, division.cut(numbers.row), base)


def _stating(number: Number, after: str, before: str = "") -> Sentence:
    """Returns a text with a number, without a thousands separator, for other programs."""
    return Sentence.of([(f"{before}{number.value}{after}", (number,))])


def _cut(table: str, words: str, division: Division | Crossed, cut: Cut, base: Number) -> Reconciled:
    of = division.first if isinstance(division, Crossed) else division
    value = of.one or of.thing.casefold()
    explained = []
    if without := Number(cut.without, f"{table}: none", division, listed=False):
        explained.append(_stating(without, f" {'case' if without.value == 1 else 'cases'} with no {value} recorded"))
    if repeated := Number(cut.repeated, f"{table}: again", division, listed=False):
        explained.append(_stating(repeated, f" counted again: cases with more than one {value}"))
    return Reconciled(table, words, Number(cut.total, table, division, listed=False), base, explained)


def _rest(table: str, words: str, total: Number, base: Number, rest: str) -> Reconciled:
    """Compares a total with its base. `rest` describes what the total leaves out."""
    left = difference(base.figure, base, total)
    return Reconciled(table, words, total, base, [_stating(left, f" {rest}")] if left else [])


def _complaints(found: Numbers) -> Iterator[Reconciled]:
    """Compares each cut with the complaint cases, and investigations with cases."""
    cases = found[CASES]
    for division in CUTS.values():
        yield _divided(found, division, cases)
    providers = found.block(WITH_PROVIDER)
    yield _divided(providers, PROVIDER_SUBCATEGORIES, providers[PROVIDER_CASES])
    yield _divided(found, BY_REFUSAL, found[NOT_ACCEPTED])
    explained = []
    if closed := found[NEVER_INVESTIGATED]:
        reasons = [_stating(count, "", f"{reason} ") for reason, count in found.words(BY_REASON).items()]
        if unexplained := found.lacking(BY_REASON):
            reasons.append(_stating(unexplained, "", f"{BY_REASON.nothing} "))
        why = joined(", ", reasons)
        explained.append(sentence(_stating(closed, " closed without an investigation ("), why, ")"))
    if waiting := found[NOT_YET_INVESTIGATED]:
        explained.append(_stating(waiting, " open and not yet investigated"))
    investigations = found[INVESTIGATIONS]
    yield Reconciled(investigations.key, "Investigations, of complaint cases", investigations, cases, explained)


def _outcomes(found: Numbers, investigations: Number) -> Iterator[Reconciled]:
    """Compares outcomes with investigations, and with the cases that came to a later stage."""
    for number, division in STAGE_OUTCOMES.items():
        yield _divided(found, division, investigations if number == 1 else found[REACHED[number]])
    for crossed in (OUTCOMES_BY_PROCEDURE, OUTCOMES_BY_TEAM, OUTCOMES_BY_PROVIDER):
        table = f"{found.prefix}{crossed.key}"
        counts = {word: sum(inside.values()) for word, inside in crossed.counts(found.row).items()}
        if crossed.without is None:
            total = Number(sum(counts.values()), table, crossed, listed=False)
            yield _rest(table, crossed.words, total, investigations, "under no procedure")
        else:
            cut = Cut(counts, int(investigations.value), crossed.without(found.row))
            yield _cut(table, crossed.words, crossed, cut, investigations)


def _responses(found: Numbers, investigations: Number) -> Iterator[Reconciled]:
    """Compares responses with investigations, and bands with responses."""
    sent, bands = found[RESPONDED], sum(BANDS.cut(found.row).counts.values())
    rest = "investigated, no response sent"
    yield _rest("stage_1.responded", "Responses, of investigations", sent, investigations, rest)
    total = Number(bands, f"{found.prefix}{BANDS.key}", BANDS, listed=False)
    yield _rest("stage_1.bands", BANDS.words, total, sent, "with no working days on record")


def _groups(whole: Numbers) -> Reconciled:
    """Compares the groups of procedures together with all complaint cases."""
    cases = [group[CASES] for group in whole.each(GROUPS).values()]
    total = sum_of(CASES, cases)
    words, rest = "Groups of procedures", "under no procedure of the profile"
    return _rest(GROUPS.key, words, total, whole.block(COMPLAINTS)[CASES], rest)


def _ombudsman(found: Numbers) -> Reconciled:
    """Compares approaches not accepted and investigated with those received."""
    total = sum_of(WENT, (found[NOT_ACCEPTED_THERE], found[TAKEN_UP]))
    return Reconciled(found[WENT].key, "Ombudsman: not accepted and taken up", total, found[WENT], [])


def _learning(found: Numbers) -> Reconciled:
    """Compares points of learning with the cases that have any."""
    areas, cases = BY_AREA.cut(found.row), found[LEARNING_CASES]
    explained = []
    points = found[ALL_POINTS]
    if more := difference(ALL_POINTS, points, cases):
        explained.append(_stating(more, " further points of cases that have several"))
    if without := found.lacking(BY_AREA):
        explained.append(_stating(without, " with no area recorded"))
    table = f"{found.prefix}{BY_AREA.key}"
    total = Number(areas.total, table, BY_AREA, listed=False)
    return Reconciled(table, "Points of learning, of cases with any", total, cases, explained)
