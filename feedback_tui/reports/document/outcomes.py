"""How investigations and reviews ended."""

from __future__ import annotations

from collections.abc import Iterator

from feedback_tui.enums import Outcome
from feedback_tui.reports.document.blocks import Row, Section, Share, Table
from feedback_tui.reports.document.number_format import capital, counted, listed, procedure_names, share, shares
from feedback_tui.reports.figure_rows import CLOSED_WITHOUT_OUTCOME, OPEN, Counts, Figures

WITHOUT = (OPEN, CLOSED_WITHOUT_OUTCOME)


def outcomes(figures: Figures) -> Section:
    """Stage 1 out of the investigations; stage 2, where there were reviews, out of those."""
    found = figures.outcomes
    investigations = figures.complaints.investigations
    tables = [
        outcome_table("Outcomes at stage 1", found.stage_1, investigations, "investigation", "outcomes.stage_1"),
        *_by(figures),
    ]
    if found.reviews:
        stage_2 = outcome_table("Outcomes at Stage 2", found.stage_2, found.reviews, "review", "outcomes.stage_2")
        tables.append(stage_2)
    said = with_outcome(found.stage_1)
    return Section("Outcomes", (said,) if said else (), tuple(tables))


def _by(figures: Figures) -> Iterator[Table]:
    """The outcomes of each procedure and each team beside each other, and what part of them was upheld."""
    found, names = figures.outcomes, procedure_names(figures.procedures)
    words = [word for word in found.stage_1 if found.stage_1[word]]
    everything = ("All", found.stage_1, "outcomes.stage_1")
    cuts = (
        ("Procedure", "by_procedure", {key: names.get(key, key) for key in found.by_procedure}, found.by_procedure),
        ("Team", "by_team", {team: team for team in found.by_team}, found.by_team),
    )
    for thing, cut, labels, by in cuts:
        if not by:
            continue
        lines = [(labels[word], counts, f"outcomes.{cut}.{word}") for word, counts in by.items()]
        yield Table(
            f"Outcomes by {thing.casefold()}",
            (thing, *map(capital, words), "Upheld, wholly or partly"),
            tuple(
                Row(
                    label,
                    (*(counts.get(word, 0) for word in words), _upheld(counts)),
                    tuple(f"{key}.{word}" if counts.get(word) else "" for word in words),
                )
                for label, counts, key in [*lines, everything]
            ),
            "Shares of the investigations with an outcome. "
            + ("An investigation with several teams stands under each." if cut == "by_team" else ""),
            parts=tuple(tuple(counts.get(word, 0) for word in words) for _, counts, _ in [*lines, everything]),
        )


def _upheld(counts: Counts) -> Share:
    upheld = counts.get(Outcome.UPHELD.value, 0) + counts.get(Outcome.PARTLY_UPHELD.value, 0)
    return Share(upheld, sum(count for word, count in counts.items() if word not in WITHOUT))


def outcome_table(caption: str, counts: Counts, base: int, noun: str, key: str) -> Table:
    """Outcomes, and what has none yet, out of all."""
    return shares(
        caption,
        "Outcome",
        ((capital(word), count) for word, count in counts.items()),
        base,
        of=counted(base, noun),
        bars=True,
        keys=[f"{key}.{word}" for word in counts],
    )


def with_outcome(counts: Counts) -> str | None:
    """A sentence on those that have an outcome; None where none has."""
    reached = {word: count for word, count in counts.items() if word not in WITHOUT}
    base = sum(reached.values())
    if not base:
        return None
    parts = [f"{share(count, base)} {_past(word)}" for word, count in reached.items()]
    return f"Of {counted(base, 'investigation')} with an outcome, {listed(parts)}."


def _past(word: str) -> str:
    return "had no finding" if word == "no finding" else f"were {word}"
