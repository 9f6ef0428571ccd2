"""Formats numbers for reading: percentages with number and base, thousands separated, halves rounded up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from feedback_tui.reports.declarations.declaration import Division, Figure
from feedback_tui.reports.declarations.numbers import WITHHELD, Number, Numbers, Piece
from feedback_tui.reports.document.blocks import (
    Between,
    Cell,
    Linked,
    Mean,
    Row,
    Sentence,
    Share,
    Table,
    Withholding,
    pieces_of,
    sentence,
)
from feedback_tui.reports.figure_rows import rounded

NONE = "–"
Some = Number | int | Decimal
"""A declared figure, or a plain number, which is not recorded as a figure of the sentence."""


def _piece(words: str, *some: Some, withheld: str = WITHHELD) -> Piece:
    return Piece(words, tuple(one for one in some if isinstance(one, Number)), withheld)


def _saying(words: str, *some: Some) -> Sentence:
    return Sentence.of([_piece(words, *some)])


def _value(some: Some) -> int | Decimal:
    return some.value if isinstance(some, Number) else some


def number(count: Some) -> Sentence:
    """``1,234``."""
    return _saying(f"{_value(count):,}", count)


def one(value: Number | None) -> str:
    """Formats a mean or typed figure, as ``31.5``; a dash for None."""
    return NONE if value is None else number(value)


def shown(cell: Cell) -> str:
    """Formats a cell: ``1,234``, ``38.0``, ``27.25``, ``58% (160 of 276)``, ``13 to 74``, ``31.5 (12)``."""
    match cell:
        case str():
            return cell
        case Share(count, base):
            return share(count, base)
        case Between(low, high):
            return f"{exact(low)} to {exact(high)}"
        case Mean(average, n):
            return f"{number(average)} ({number(n)})"
        case Linked(words, _):
            return words
        case Number(Decimal() as value):
            return f"{value:,f}"
        case Number(value):
            return f"{value:,}"


def plain(cell: Cell) -> int | Decimal | str:
    """Returns a cell for other programs: a figure as a number, anything else as formatted text."""
    return cell.value if isinstance(cell, Number) else shown(cell)


def some(value: Number | None) -> Cell:
    """Returns the cell of a figure, or a dash for None."""
    return NONE if value is None else value


def mean(days: Numbers, average: Figure, n: Figure) -> Cell:
    """Returns the cell of an average with the number that it is of; a dash for the average of nothing."""
    found = days.known(average)
    return NONE if found is None else Mean(found, days[n])


def exact(value: Number | None) -> str:
    """Formats a figure without trailing zeros: ``27``, ``27.25``; a dash for None."""
    return NONE if value is None else _saying(f"{Decimal(value.value).normalize():,f}", value)


LEAST_BASE = 5
"""The smallest base for which a share or a change is given in per cent. With fewer cases, one case changes the result
by 25 points or more."""


def share(count: Some, base: Some, of: str = "", places: str = "1") -> Sentence:
    """Formats a share as ``58% of the feedback (160 of 276)``, with `of` as its middle; a dash if `base` is zero.

    Instead of rounding to 0% or 100%, it says “under 1%” or “over 99%”. Of a base under 5 there is no per cent:
    ``1 of 3 (of the feedback)``.
    """
    part, whole = _value(count), _value(base)
    if not whole:
        return _saying(NONE)
    if whole < LEAST_BASE:
        return _saying(f"{part:,} of {whole:,} ({of})" if of else f"{part:,} of {whole:,}", count, base)
    percent = rounded(100 * Decimal(part), whole, places)
    words = f"{percent}%"
    if not percent and part:
        words = f"under {Decimal(places)}%"
    elif percent == 100 and part < whole:
        words = f"over {100 - Decimal(places)}%"
    return Sentence.of(
        [
            _piece(words, count, base),
            Piece(f" {of} (" if of else " ("),
            _piece(f"{part:,}", count),
            Piece(" of "),
            _piece(f"{whole:,}", base),
            Piece(")"),
        ]
    )


def counted(count: Some, noun: str, several: str | None = None) -> Sentence:
    """``1 case``, ``2 cases``, ``no cases``."""
    plural, value = several or f"{noun}s", _value(count)
    words = f"no {plural}" if value == 0 else f"{value:,} {noun if value == 1 else plural}"
    return Sentence.of([_piece(words, count, withheld=f"{WITHHELD} {plural}")])


def joined(between: str, parts: Sequence[str]) -> Sentence:
    """``a; b; c``."""
    return sentence(*(words for place, part in enumerate(parts) for words in ([between] if place else []) + [part]))


def listed(parts: Sequence[str]) -> Sentence:
    """``a, b and c``."""
    return sentence(parts[0]) if len(parts) == 1 else sentence(joined(", ", parts[:-1]), " and ", parts[-1])


def day(of: date) -> str:
    """``1 April 2022``."""
    return f"{of.day} {of:%B %Y}"


def short_day(of: date) -> str:
    """Returns a day without its year: ``1 April``."""
    return f"{of.day} {of:%B}"


def month_name(label: str) -> str:
    """``April 2022`` for ``2022-04``."""
    return f"{date.fromisoformat(f'{label}-01'):%B %Y}"


def capital(words: str) -> Sentence:
    """Returns the text with its first letter in upper case."""
    first, *others = pieces_of(words)
    words = first.words[:1].upper() + first.words[1:]
    return Sentence.of([Piece(words, first.numbers, first.withheld), *others])


def lines_of(numbers: Numbers, *figures: Figure) -> list[tuple[str, Number]]:
    """Returns pairs of label and number for these figures."""
    return [(figure.words, numbers[figure]) for figure in figures]


def shares(
    caption: str,
    thing: str,
    lines: Iterable[tuple[str, Number]],
    base: Number,
    withholding: Withholding,
    *,
    key: str,
    of: str,
    note: str = "",
    bars: bool = False,
) -> Table:
    """Returns a table of counts, each with its share of `base`."""
    counts = tuple(lines)
    about = sentence("Shares of ", of, ".")
    return Table(
        caption,
        (thing, "Number", "Share"),
        tuple(Row(label, (count, Share(count, base))) for label, count in counts),
        withholding,
        sentence(about, " ", note) if note else about,
        tuple(int(count.value) for _, count in counts) if bars else (),
        key=key,
    )


def division_table(
    numbers: Numbers,
    division: Division,
    base: Number,
    withholding: Withholding,
    *,
    of: str,
    caption: str = "",
    note: str = "",
    names: Mapping[str, str] | None = None,
    bars: bool = False,
    only: Callable[[str], bool] = lambda word: True,
) -> Table:
    """Returns the table of a division. It has a line for cases without a word, and a note on cases counted more than
    once.

    `names` replaces words by names; `only` says which words have a line.
    """
    shown_as = names or {}
    lines = [(shown_as.get(word, word), count) for word, count in numbers.words(division).items() if only(word)]
    if lacking := numbers.lacking(division):
        lines.append((division.nothing, lacking))
    if repeated := numbers.repeated(division):
        again = sentence(
            f"A case counts once under each {division.thing.casefold()} it has: ", number(repeated), " counted again."
        )
        note = sentence(again, " ", note) if note else again
    caption = caption or division.words
    key = f"{numbers.prefix}{division.key}"
    return shares(caption, division.thing, lines, base, withholding, key=key, of=of, note=note, bars=bars)


def procedure_names(procedures: Mapping[str, str]) -> dict[str, str]:
    """Returns the procedures' names by key; equal names get the key in brackets."""
    names = list(procedures.values())
    return {key: name if names.count(name) == 1 else f"{name} ({key})" for key, name in procedures.items()}


def most(counts: Mapping[str, Number]) -> list[str]:
    """Returns the words with the highest count, which may be several; empty if all counts are zero."""
    highest = max((count.value for count in counts.values()), default=0)
    return [word for word, count in counts.items() if count.value == highest and count]
