"""Numbers as they are read: every percentage with its number and its base, thousands apart, halves rounded up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from feedback_tui.reports.document.blocks import Between, Cell, Mean, Row, Share, Table
from feedback_tui.reports.figure_rows import Counts, Cut, Within, rounded

NONE = "–"
NOT_RECORDED = "Not recorded"


def number(count: int | Decimal) -> str:
    """``1,234``."""
    return f"{count:,}"


def one(value: Decimal | None) -> str:
    """A mean or a typed figure: ``31.5``; a dash where there is none."""
    return NONE if value is None else f"{value:,}"


def shown(cell: Cell) -> str:
    """What a cell says: ``1,234``, ``38.0``, ``27.25``, ``58% (160 of 276)``, ``13 to 74``, ``31.5 (12)``."""
    match cell:
        case str():
            return cell
        case Share(count, base):
            return share(count, base)
        case Between(low, high):
            return f"{exact(low)} to {exact(high)}"
        case Mean(average, n):
            return f"{one(average)} ({number(n)})"
        case Decimal():
            return f"{cell:,f}"
        case int():
            return number(cell)


def some(value: Decimal | int | None) -> Cell:
    """A cell for a figure that may not be known: a dash then."""
    return NONE if value is None else value


def exact(value: Decimal | int | None) -> str:
    """A figure with no more decimals than it has: ``27``, ``27.25``; a dash where there is none."""
    return NONE if value is None else f"{Decimal(value).normalize():,f}"


def share(count: int | Decimal, base: int | Decimal, of: str = "", places: str = "1") -> str:
    """``58% of the feedback (160 of 276)``, where `of` says of what. A dash for a share of nothing.

    Never 0% of some, nor 100% of nearly all.
    """
    if not base:
        return NONE
    percent = rounded(100 * Decimal(count), base, places)
    words = f"{percent}%"
    if not percent and count:
        words = f"under {Decimal(places)}%"
    elif percent == 100 and count < base:
        words = f"over {100 - Decimal(places)}%"
    return f"{words} {of} ({number(count)} of {number(base)})" if of else f"{words} ({number(count)} of {number(base)})"


def within(some: Within, of: str) -> str:
    """How many of those judged were in time."""
    return share(some.within, some.of, of)


def counted(count: int, noun: str, several: str | None = None) -> str:
    """``1 case``, ``2 cases``, ``no cases``."""
    plural = several or f"{noun}s"
    return f"no {plural}" if count == 0 else f"{number(count)} {noun if count == 1 else plural}"


def listed(parts: Sequence[str]) -> str:
    """``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def day(of: date) -> str:
    """``1 April 2022``."""
    return f"{of.day} {of:%B %Y}"


def month_name(label: str) -> str:
    """``April 2022`` for ``2022-04``."""
    return f"{date.fromisoformat(f'{label}-01'):%B %Y}"


def capital(words: str) -> str:
    """The words with a capital to begin with; what follows stays as it is."""
    return words[:1].upper() + words[1:]


def shares(
    caption: str,
    thing: str,
    counts: Iterable[tuple[str, int]],
    base: int,
    *,
    of: str,
    note: str = "",
    bars: bool = False,
    keys: Sequence[str] = (),
) -> Table:
    """A table of counts, each with its share of `base`; `keys` are those of the figures, line by line."""
    listed_counts = tuple(counts)
    rows = tuple(
        Row(label, (count, Share(count, base)), tuple(keys[place : place + 1]))
        for place, (label, count) in enumerate(listed_counts)
    )
    about = f"Shares of {of}."
    return Table(
        caption,
        (thing, "Number", "Share"),
        rows,
        f"{about} {note}" if note else about,
        tuple(count for _, count in listed_counts) if bars else (),
    )


def cut_table(
    caption: str,
    thing: str,
    cut: Cut,
    *,
    of: tuple[str, str],
    nothing: str = NOT_RECORDED,
    note: str = "",
    key: tuple[str, str] = ("", ""),
    names: Mapping[str, str] | None = None,
) -> Table:
    """A table of a cut; cases without a value have their line, and cases counted more than once are told.

    `key` is where the cut stands in the summary, ``("complaints", "by_team")``; `names` are shown for its words.
    """
    shown_as = names or {}
    counts = [(shown_as.get(word, word), count) for word, count in cut.counts.items()]
    keys = [f"{'.'.join(key)}.{word}" for word in cut.counts]
    if cut.without:
        counts.append((nothing, cut.without))
        keys.append(f"{key[0]}.not_recorded.{key[1]}")
    if cut.repeated:
        again = f"A case counts once under each {thing.casefold()} it has: {number(cut.repeated)} counted again."
        note = f"{again} {note}".strip()
    about = counted(cut.base, *of)
    return shares(caption, thing, counts, cut.base, of=about, note=note, keys=keys if key[0] else ())


def procedure_names(procedures: Mapping[str, str]) -> dict[str, str]:
    """The procedures' names by key; where two have the same name, with the key beside it."""
    names = list(procedures.values())
    return {key: name if names.count(name) == 1 else f"{name} ({key})" for key, name in procedures.items()}


def most(counts: Counts) -> list[str]:
    """The words with the highest count; several where they are equal."""
    highest = max(counts.values(), default=0)
    return [word for word, count in counts.items() if count == highest and count]
