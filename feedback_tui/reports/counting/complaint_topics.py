"""Counts complaint cases by the team, provider, category and theme of their points, reading the points one batch at a
time; and their outcomes and response times by team and by provider.

Fast path. Gain: memory does not grow with the register, and one pass counts four divisions. Cost: these counts are not
made from their declarations. Tested against tests/reports/naive.py, which counts in plain loops, by
tests/reports/test_figures_independently.py. Delete it when counting by declaration takes less than 1.1 of its time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import case, or_
from sqlalchemy.engine import Connection

from feedback_tui.enums import Status
from feedback_tui.reports.counting.complaints import Divided, Tally, outcome_word
from feedback_tui.reports.counting.counted_cases import CASE, POINT, STAGE, by_size
from feedback_tui.reports.counting.points import (
    CATEGORY,
    PROVIDER,
    SUBCATEGORY,
    TEAM,
    THEME,
    Wanted,
    Words,
    read_points,
)
from feedback_tui.reports.figure_rows import Answered, By, Counts, Cut, rounded
from feedback_tui.rules.months import Span

COLUMNS = {
    By.TEAM: (TEAM,),
    By.PROVIDER: (PROVIDER,),
    By.CATEGORY: (CATEGORY,),
    By.SUBCATEGORY: (CATEGORY, SUBCATEGORY),
    By.THEME: (THEME,),
}
_TOPICS = Wanted((CASE.c.procedure,))
_INVESTIGATED = or_(STAGE.c.investigation_started_on.is_not(None), STAGE.c.responded_on.is_not(None))
_ANSWERED = STAGE.c.responded_on.is_not(None)
_ENDED = Wanted(
    (CASE.c.status, CASE.c.closing_reason, STAGE.c.outcome, _INVESTIGATED),
    (POINT.c.team, POINT.c.provider),
    (
        case((_ANSWERED, 1), else_=0),
        case((_ANSWERED & STAGE.c.working_days_taken.is_not(None), 1), else_=0),
        case((_ANSWERED, STAGE.c.working_days_taken)),
    ),
    with_stage=True,
)
WHOSE = {By.TEAM: (0,), By.PROVIDER: (1,)}
"""The dimensions by which outcomes and response times are counted: the places of their columns in `_ENDED`."""


@dataclass
class About:
    """The complaint cases of a span, divided by the topics of their points."""

    words: dict[By, Words] = field(default_factory=lambda: {by: Words() for by in COLUMNS})
    """Words counted by procedure, for each dimension."""
    of_providers: Words = field(default_factory=Words)
    """The sub-categories of points that name a provider, by procedure."""
    investigated: dict[By, Words] = field(default_factory=lambda: {by: Words() for by in WHOSE})
    """The teams and providers of investigations, by outcome."""
    answered: dict[By, Words] = field(default_factory=lambda: {by: Words() for by in WHOSE})
    """The teams and providers of responses: how many (0), how many with working days on record (1), these days (2)."""

    def provider_subcategories(self, naming_one: Mapping[str | None, int]) -> Cut:
        """Returns the cases with a provider by the sub-category of the points that name one. `naming_one` counts those
        cases by procedure."""
        return Divided(self.of_providers.found(), self.of_providers.having, naming_one).cut()

    def outcomes_by(self, by: By) -> tuple[dict[str, Counts], int]:
        """Returns the investigations by team or provider and outcome, the one with most first, and how many
        investigations have one."""
        found: dict[str, Tally] = {}
        for outcome, word, count in self._named_alike(by, self.investigated[by]):
            found.setdefault(word, Tally()).outcomes[outcome] += count
        order = by_size((word, tally.outcomes.total()) for word, tally in found.items())
        return {word: found[word].outcome_counts() for word in order}, self.investigated[by].having.total()

    def answered_by(self, by: By) -> dict[str, Answered]:
        """Returns the responses by team or provider, the one with most first."""
        sums: dict[str, dict[int, int]] = {}
        for which, word, count in self._named_alike(by, self.answered[by]):
            sums.setdefault(word, {})[which] = count
        return {
            word: Answered(
                responded,
                n := sums[word].get(1, 0),
                rounded(sums[word].get(2, 0), n) if n else None,
            )
            for word, responded in by_size((word, one.get(0, 0)) for word, one in sums.items()).items()
            if responded
        }

    def _named_alike(self, by: By, words: Words) -> list[tuple[Any, str, int]]:
        """Returns what `words` found, each word as it is spelt among all cases."""
        spelt = {word.casefold(): word for _, word, _ in self.words[by].found()}
        return [(beside, spelt[word.casefold()], count) for beside, word, count in words.found()]


def count_about(connection: Connection, span: Span) -> About:
    """Counts the complaint cases received in `span` by what their points are about."""
    about = About()
    _count_topics(about, connection, span)
    for one in read_points(connection, span, _ENDED):
        status, reason, outcome, investigated = one.beside
        ended = outcome_word(outcome, reason, status is Status.CLOSED)
        for by, columns in WHOSE.items():
            if investigated:
                about.investigated[by].add(ended, one.points, columns, one.count)
            for which, number in enumerate(one.sums):
                if number:
                    about.answered[by].add(which, one.points, columns, number)
    return about


def _count_topics(about: About, connection: Connection, span: Span) -> None:
    counted = [(words, COLUMNS[by]) for by, words in about.words.items()]
    # Cases of one point are most of all: they are added up first, since few of them have words of their own.
    alike: list[Counter[tuple[Any, tuple[Any, ...]]]] = [Counter() for _ in counted]
    with_provider: Counter[tuple[Any, tuple[Any, ...]]] = Counter()
    for one in read_points(connection, span, _TOPICS):
        (procedure,) = one.beside
        if len(one.points) > 1:
            for words, columns in counted:
                words.add(procedure, one.points, columns, one.count)
            naming_one = [point for point in one.points if point[PROVIDER] is not None]
            about.of_providers.add(procedure, naming_one, COLUMNS[By.SUBCATEGORY], one.count)
            continue
        (point,) = one.points
        for (_, columns), numbers in zip(counted, alike, strict=True):
            numbers[procedure, tuple([point[column] for column in columns])] += one.count
        if point[PROVIDER] is not None:
            with_provider[procedure, (point[CATEGORY], point[SUBCATEGORY])] += one.count
    for (words, _), numbers in zip(counted, alike, strict=True):
        words.add_alike(numbers)
    about.of_providers.add_alike(with_provider)
