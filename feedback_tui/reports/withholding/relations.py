"""The equations between the counts of a report: a whole is the sum of its parts and of the remainder.

Each relation is a sum of signed counts that equals zero. If the parts do not make up their whole, the remainder is
added as a count of its own, a *rest*. It is assumed that a reader knows these relations and the printed numbers, and
nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from feedback_tui.desk.filters.case_filter import Field
from feedback_tui.reports.counting.counted_cases import LATER_STAGES
from feedback_tui.reports.declarations import complaints, ombudsman, received, redress, statutory_returns, timeliness
from feedback_tui.reports.figure_rows import CLOSED_WITHOUT_OUTCOME, OPEN
from feedback_tui.reports.withholding.counts import AGAIN, TOTAL, UNSETTLED, Count, Of, base_of

Signed = tuple[int, int]
"""The sign (1 or -1) and the place of a count in a sum."""


@dataclass
class Relations:
    """Counts with their true values, and the relations between them."""

    values: list[int] = field(default_factory=list)
    """The true value at each place."""
    sums: list[tuple[Signed, ...]] = field(default_factory=list)
    """The relations; each sum is zero."""
    places: dict[Count, int] = field(default_factory=dict)
    rests: set[int] = field(default_factory=set)
    """The places of rests that must be protected like any count if they are small, because they count real cases."""
    shares: set[tuple[int, int]] = field(default_factory=set)
    """The places of part and whole for each share in the report. The rest of such a whole must be protected."""
    minor: set[int] = field(default_factory=set)
    """The places of numbers that can be computed from others, such as the sum of the words of a division."""
    unsaid: set[int] = field(default_factory=set)
    """The places of all rests: the report does not print them."""

    def add(self, count: Count, value: int) -> int:
        """Returns the place of a count, which is added with this value if it is new."""
        place = self.places.setdefault(count, len(self.values))
        if place == len(self.values):
            self.values.append(value)
        return place

    def relate(self, whole: Sequence[int], parts: Sequence[int], *, adds_up: bool = True, counts: bool = True) -> None:
        """Adds the relation that the sum of `whole` equals the sum of `parts` and a rest.

        The rest is left out if it is zero and `adds_up` says that a reader knows the parts to be complete. `counts`
        says whether the rest must be protected if it is small (`rests`).
        """
        left = sum(self.values[place] for place in whole) - sum(self.values[place] for place in parts)
        terms = [*((1, place) for place in whole), *((-1, place) for place in parts)]
        if left or not adds_up:
            rest = len(self.values)
            self.values.append(abs(left))
            self.unsaid.add(rest)
            if counts:
                self.rests.add(rest)
            terms.append((-1 if left >= 0 else 1, rest))
        if len(terms) > 1:
            self.sums.append(tuple(terms))

    def known(self, counts: Iterable[Count]) -> list[int]:
        """Returns the places of those counts that were added."""
        return [self.places[count] for count in counts if count in self.places]


def relate_all(found: Relations) -> None:
    """Adds to `found` all relations that follow from the declarations of its counts."""
    counts = [count for count in found.places if not isinstance(count.of, str)]
    for count in counts:
        _part_of_its_base(found, count)
    _words_of_each_dimension(found, counts)
    _parts_of_scopes(found, counts)
    for count in counts:
        for dimension, word in count.words:
            if word == TOTAL and len(count.words) == 1:
                _sum_of_cells(found, count, dimension)
    scopes = {replace(count, of="", words=frozenset()) for count in counts}
    for scope in scopes:
        _same_by_other_words(found, scope)


def _at(scope: Count, of: Of, *words: tuple[str, str | None]) -> Count:
    return replace(scope, of=of, words=frozenset(words))


def _nearest(found: Relations, count: Count) -> int | None:
    """Returns the place of a count; if the report does not have it, that of the next wider figure that it has; else
    None."""
    of: Of | None = count.of
    while of is not None:
        if (place := found.places.get(replace(count, of=of))) is not None:
            return place
        of = base_of(of)
    return None


ALSO_PART_OF: Mapping[Of, Of] = {
    timeliness.RESPONDED: complaints.INVESTIGATIONS,
    **{timeliness.AT_STAGE[number].responded: complaints.REACHED[number] for number in LATER_STAGES},
    redress.UPHELD_LEARNED: redress.LEARNING_CASES,
    received.ENQUIRIES_ANSWERED: received.ENQUIRIES_RECEIVED,
}
"""Figures that are also a part of another figure than the declared one, each with that other figure."""


def _part_of_its_base(found: Relations, count: Count) -> None:
    if any(word in (AGAIN, TOTAL) for _, word in count.words):
        return
    place = found.places[count]
    for base in (base_of(count.of), ALSO_PART_OF.get(count.of)):
        if base is not None and (whole := _nearest(found, replace(count, of=base))) is not None:
            found.relate([whole], [place], adds_up=False, counts=(place, whole) in found.shares)


def _words_of_each_dimension(found: Relations, counts: Iterable[Count]) -> None:
    families: dict[tuple[Count, str], dict[str | None, int]] = defaultdict(dict)
    for count in counts:
        for dimension, word in count.words:
            base = replace(count, words=count.words - {(dimension, word)})
            families[base, dimension][word] = found.places[count]
    for (base, dimension), words in families.items():
        again, total, lacking = words.get(AGAIN), words.get(TOTAL), words.get(None)
        if dimension == Field.PROCEDURE:
            lacking = found.places.get(base.under(frozenset((UNSETTLED,))))
        each = [place for word, place in words.items() if word not in (None, AGAIN, TOTAL)]
        none = [] if lacking is None else [lacking]
        more = [] if again is None else [again]
        whole = _nearest(found, base)
        if dimension == Field.PROCEDURE:
            each = found.known(base.under(frozenset((name,))) for name in _procedures(counts))
        if total is not None:
            found.minor.add(total)
        if total is not None and each:
            found.relate([total], each, counts=False)
        if whole is None:
            continue
        if total is not None:
            found.relate([whole, *more], [total, *none], counts=again is None)
        if each:
            # If the whole is that of a wider figure, a reader does not know that the words add up to it.
            found.relate([whole, *more], [*each, *none], adds_up=base in found.places, counts=again is None)
            outside = found.places.get(replace(base, words=frozenset({(dimension, None)})))
            if base.words and lacking is None and outside is not None:
                # The cases without a word of this dimension are at most as many as in the wider count.
                found.relate([*each, outside], [whole], adds_up=False, counts=False)
            for place in each:
                found.relate([whole], [place, *none], adds_up=False, counts=(place, whole) in found.shares)


def _sum_of_cells(found: Relations, total: Count, dimension: str) -> None:
    """Relates the total of a table of two dimensions to all its cells."""
    cells = [
        place
        for count, place in found.places.items()
        if count.of is total.of
        and (count.months, count.year) == (total.months, total.year)
        and not any(word in (None, AGAIN, TOTAL) for _, word in count.words)
        and (
            (len(count.words) == 2 and count.procedures == total.procedures and dimension in dict(count.words))
            if dimension != Field.PROCEDURE
            else (len(count.words) == 1 and count.procedures is not None and len(count.procedures) == 1)
        )
    ]
    if cells:
        found.relate([found.places[total]], cells, counts=False)


def _procedures(counts: Iterable[Count]) -> list[str]:
    """Returns the procedures that any count is limited to."""
    return sorted({name for count in counts for name in count.procedures or ()} - {UNSETTLED})


def _parts_of_scopes(found: Relations, counts: Iterable[Count]) -> None:
    """Relates a count to its parts by procedure, by groups of procedures, by month and by quarter."""
    alike: dict[Count, list[Count]] = defaultdict(list)
    for count in counts:
        alike[replace(count, procedures=None, months=None)].append(count)
    for together in alike.values():
        if len(together) < 2:
            continue
        for whole in together:
            under = [
                part for part in together if part.months == whole.months and _less(part.procedures, whole.procedures)
            ]
            during = [
                part for part in together if part.procedures == whole.procedures and _less(part.months, whole.months)
            ]
            for parts in (*_layers(under, "procedures"), *_layers(during, "months")):
                found.relate([found.places[whole]], [found.places[part] for part in parts])


def _less(part: frozenset[str] | None, whole: frozenset[str] | None) -> bool:
    return part is not None and (whole is None or part < whole)


def _layers(parts: Sequence[Count], scope: str) -> Iterable[list[Count]]:
    """Yields sets of parts that do not overlap. For each part there are two: filled up with the smallest other parts
    that fit, and with the largest."""
    scopes = {part: frozenset(getattr(part, scope)) for part in parts}
    ordered = sorted(parts, key=lambda part: (len(scopes[part]), sorted(scopes[part])))
    found: set[frozenset[Count]] = set()
    for first in ordered:
        for others in (ordered, ordered[::-1]):
            layer, taken = [first], set(scopes[first])
            for part in others:
                if not taken & scopes[part]:
                    layer.append(part)
                    taken |= scopes[part]
            if frozenset(layer) not in found:
                found.add(frozenset(layer))
                yield layer


WITHOUT = (OPEN, CLOSED_WITHOUT_OUTCOME)
WELL_FOUNDED = ("upheld", "partly upheld")
DECIDED = (*WELL_FOUNDED, "not upheld")


def _same_by_other_words(found: Relations, scope: Count) -> None:
    """Relates figures that count the same cases by different declarations."""
    investigated, cases = complaints.INVESTIGATIONS, timeliness.COMPLAINT_CASES
    reached = [
        count
        for count in found.places
        if count.of is investigated
        and any(d == "Outcome" and word not in (*WITHOUT, AGAIN, TOTAL) for d, word in count.words)
        and len(count.words) == 1
    ]
    words = {word for count in reached for _, word in count.words}
    well_founded = _outcomes(found, scope, WELL_FOUNDED)
    for figure, parts in (
        (redress.UPHELD, well_founded),
        (statutory_returns.CODE_WELL_FOUNDED, well_founded),
        (statutory_returns.FINDINGS, _outcomes(found, scope, DECIDED)),
        (statutory_returns.WITH_OUTCOME, _outcomes(found, scope, words)),
        (
            complaints.NOT_ACCEPTED,
            found.known([_at(scope, complaints.NEVER_INVESTIGATED, ("Because", "not accepted"))]),
        ),
        (ombudsman.UPHELD, found.known([_at(scope, ombudsman.DECISIONS_MADE, ("Decision", "upheld"))])),
        (
            ombudsman.UPHELD_OF,
            found.known(_at(scope, ombudsman.DECISIONS_MADE, ("Decision", word)) for word in ("upheld", "not upheld")),
        ),
    ):
        _adds_up(found, _at(scope, figure), parts)
    _adds_up(
        found,
        _at(scope, cases),
        found.known([_at(scope, complaints.PROVIDER_CASES), _at(scope, cases, (Field.PROVIDER, None))]),
    )
    _adds_up(
        found,
        _at(scope, cases),
        found.known(
            _at(scope, figure)
            for figure in (investigated, complaints.NEVER_INVESTIGATED, complaints.NOT_YET_INVESTIGATED)
        ),
    )
    _that_stands(found, scope, well_founded)


def _adds_up(found: Relations, whole: Count, parts: Sequence[int]) -> None:
    if whole in found.places and parts:
        place = found.places[whole]
        if sum(found.values[part] for part in parts) == found.values[place] and [place] != list(parts):
            found.relate([place], parts)


def _outcomes(found: Relations, scope: Count, words: Iterable[str | None]) -> list[int]:
    """Returns the places of these outcomes for a scope; if the report lacks them, those of its procedures."""
    wanted = [_at(scope, complaints.INVESTIGATIONS, ("Outcome", word)) for word in words]
    if here := found.known(wanted):
        return here
    return found.known(replace(one, procedures=frozenset((name,))) for one in wanted for name in scope.procedures or ())


def _that_stands(found: Relations, scope: Count, well_founded: Sequence[int]) -> None:
    """Relates the final findings to those of stage 1: they differ by at most the number of Stage 2 reviews."""
    place = found.places.get(_at(scope, statutory_returns.WELL_FOUNDED_THAT_STANDS))
    if place is None or not well_founded:
        return
    later = [complaints.REACHED[number] for number in LATER_STAGES]
    reviews = found.known(_at(scope, reached) for reached in later) or found.known(
        _at(replace(scope, procedures=None), reached) for reached in later
    )
    found.relate([*well_founded, *reviews], [place], adds_up=not reviews, counts=False)
    found.relate([place, *reviews], well_founded, adds_up=not reviews, counts=False)


def relate_headline(found: Relations, parts: Sequence[Count]) -> None:
    """Relates the council's headline figure to its parts."""
    _adds_up(found, Count(received.HEADLINE_COUNT), found.known(parts))
