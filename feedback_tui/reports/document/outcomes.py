"""The section on the outcomes of investigations and reviews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feedback_tui.enums import Outcome
from feedback_tui.reports.declarations.complaints import (
    COMPLAINTS,
    INVESTIGATIONS,
    OUTCOMES,
    OUTCOMES_BY_PROCEDURE,
    OUTCOMES_BY_TEAM,
    REVIEWS,
    STAGE_1_OUTCOMES,
    STAGE_2_OUTCOMES,
    STAGE_2_REFUSED,
)
from feedback_tui.reports.declarations.declaration import Crossed, Division
from feedback_tui.reports.declarations.numbers import Number, Numbers, numbers_of, sum_of
from feedback_tui.reports.document.blocks import Row, Section, Share, Table, Withholding, sentence
from feedback_tui.reports.document.number_format import (
    capital,
    counted,
    division_table,
    listed,
    procedure_names,
    share,
)
from feedback_tui.reports.figure_rows import CLOSED_WITHOUT_OUTCOME, OPEN, Figures

WITHOUT = (OPEN, CLOSED_WITHOUT_OUTCOME)


def outcomes(figures: Figures) -> Section:
    """Returns the section: stage 1 outcomes of the investigations, and stage 2 outcomes if there were reviews."""
    found = numbers_of(figures).block(OUTCOMES)
    investigations, reviews = numbers_of(figures).block(COMPLAINTS)[INVESTIGATIONS], found[REVIEWS]
    tables = [
        outcome_table(found, STAGE_1_OUTCOMES, investigations, "investigation", Withholding.TOGETHER),
        *_by(figures, found),
    ]
    if reviews:
        tables.append(outcome_table(found, STAGE_2_OUTCOMES, reviews, "review", Withholding.TOGETHER))
    said = with_outcome(found, STAGE_1_OUTCOMES)
    paragraphs = [said] if said else []
    if refused := found[STAGE_2_REFUSED]:
        paragraphs.append(sentence(f"{STAGE_2_REFUSED.words}: ", counted(refused, "case"), "."))
    return Section("Outcomes", tuple(paragraphs), tuple(tables))


def _by(figures: Figures, found: Numbers) -> Iterator[Table]:
    """Yields the tables of outcomes by procedure and by team, with the share upheld."""
    everything = found.words(STAGE_1_OUTCOMES)
    words = [word for word, count in everything.items() if count]
    for crossed, names, again in (
        (OUTCOMES_BY_PROCEDURE, procedure_names(figures.procedures), ""),
        (OUTCOMES_BY_TEAM, {}, "An investigation with several teams stands under each."),
    ):
        lines: list[tuple[str, dict[str, Number], Crossed | Division]]
        lines = [(names.get(word, word), counts, crossed) for word, counts in found.crossed(crossed, words).items()]
        if not lines:
            continue
        every: tuple[str, dict[str, Number], Crossed | Division] = (
            "All",
            {word: everything[word] for word in words},
            STAGE_1_OUTCOMES,
        )
        yield Table(
            crossed.words,
            (crossed.first.thing, *map(capital, words), "Upheld, wholly or partly"),
            tuple(
                Row(label, (*counts.values(), _upheld(counts, of)), total=of is STAGE_1_OUTCOMES)
                for label, counts, of in [*lines, every]
            ),
            Withholding.LEFT_OUT,
            f"Shares of the investigations with an outcome. {again}",
            parts=tuple(tuple(int(count.value) for count in counts.values()) for _, counts, _ in [*lines, every]),
            key=f"{found.prefix}{crossed.key}",
        )


def _upheld(counts: Mapping[str, Number], of: Crossed | Division) -> Share:
    upheld = (count for word, count in counts.items() if word in (Outcome.UPHELD, Outcome.PARTLY_UPHELD))
    return Share(sum_of(of, upheld), sum_of(of, (count for word, count in counts.items() if word not in WITHOUT)))


def outcome_table(
    found: Numbers, division: Division, base: Number, noun: str, withholding: Withholding, caption: str = ""
) -> Table:
    """Returns the table of outcomes, including those still open, with shares of `base`."""
    names = {word: capital(word) for word in found.words(division)}
    of = counted(base, noun)
    return division_table(found, division, base, withholding, of=of, caption=caption, names=names, bars=True)


def with_outcome(found: Numbers, division: Division) -> str | None:
    """Returns a sentence on the investigations with an outcome; None if there are none."""
    reached = {word: count for word, count in found.words(division).items() if word not in WITHOUT}
    base = sum_of(division, reached.values())
    if not base:
        return None
    parts = [sentence(share(count, base), f" {_past(word)}") for word, count in reached.items()]
    return sentence("Of ", counted(base, "investigation"), " with an outcome, ", listed(parts), ".")


def _past(word: str) -> str:
    return "had no finding" if word == "no finding" else f"were {word}"
