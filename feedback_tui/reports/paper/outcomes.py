"""How investigations and reviews ended."""

from __future__ import annotations

from feedback_tui.reports.paper.figures_in_words import capital, counted, listed, share, shares
from feedback_tui.reports.paper.shapes import Section, Table
from feedback_tui.reports.shapes import CLOSED_WITHOUT_OUTCOME, OPEN, Counts, Figures

WITHOUT = (OPEN, CLOSED_WITHOUT_OUTCOME)


def outcomes(figures: Figures) -> Section:
    """Stage 1 out of the investigations; stage 2, where there were reviews, out of those."""
    found = figures.outcomes
    tables = [outcome_table("Outcomes at stage 1", found.stage_1, figures.complaints.investigations, "investigation")]
    if found.reviews:
        tables.append(outcome_table("Outcomes at Stage 2", found.stage_2, found.reviews, "review"))
    said = with_outcome(found.stage_1)
    return Section("Outcomes", (said,) if said else (), tuple(tables))


def outcome_table(caption: str, counts: Counts, base: int, noun: str) -> Table:
    """Outcomes, and what has none yet, out of all."""
    return shares(
        caption,
        "Outcome",
        ((capital(word), count) for word, count in counts.items()),
        base,
        of=counted(base, noun),
        bars=True,
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
