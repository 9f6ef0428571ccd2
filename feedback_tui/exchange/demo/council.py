"""The vocabulary of a council's profile, prepared for random choice: the first words of each list are the most
frequent."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random

from feedback_tui.enums import CountsFrom, DeadlineKind, Kind, Unit
from feedback_tui.exchange.demo.people import FIRST, LAST
from feedback_tui.rules.procedures import Procedure, Profile, Version

PROVIDERS = (
    "Larkfield Homecare", "Brook House Care Home", "Meridian Care at Home", "St Oswin's Nursing Home",
    "Harbour Support", "Kingsmead Court", "Willowbank Supported Living", "Fernlea Residential Home",
)  # fmt: skip


class Skewed:
    """Words to choose from, the k-th about 1/k as often as the first."""

    def __init__(self, names: Sequence[str], steepness: float = 0.9) -> None:
        self.names = tuple(names) or ("",)
        self._ends = list(accumulate((k + 1) ** -steepness for k in range(len(self.names))))

    def draw(self, rng: Random) -> str:
        return self.names[bisect(self._ends, rng.random() * self._ends[-1])]


@dataclass(frozen=True)
class Terms:
    """One procedure on a given day, in the numbers that a case needs. Counts are working days."""

    key: str
    group: str
    acknowledge: int
    aim: int | None
    limit: int | None
    from_acknowledgement: bool
    """Whether aim and limit count from the acknowledgement; otherwise from receipt."""
    furthest: int | None
    """The furthest an extension can go, counted as the limit is; None if there is no extension."""
    names_provider: bool
    reviewed: bool
    """Whether the procedure has a Stage 2."""

    @property
    def usual(self) -> int:
        """The typical number of working days until a response."""
        return self.aim or self.limit or 25


class Council:
    """A council, in the vocabulary of its profile."""

    def __init__(self, profile: Profile) -> None:
        words = profile.vocabulary
        self.reference = profile.reference
        self.teams = Skewed(words.teams)
        self.themes = Skewed(words.themes)
        self.categories = Skewed(
            [
                f"{category} > {sub}" if sub else category
                for category, subs in words.categories.items()
                for sub in (subs or ("",))
            ]
        )
        self.channels = Skewed(words.channels, 0.6)
        self.providers = Skewed(words.providers or PROVIDERS)
        self.areas = Skewed(words.learning_areas, 1.1)
        self.sources = Skewed(words.compliment_sources, 1.3)
        self.remedies = tuple(remedy for remedy in words.remedies if remedy not in ("apology", "payment"))
        names = Random(profile.key)
        self.investigators = {
            team: tuple(words.investigators)
            or tuple(f"{names.choice(FIRST)} {names.choice(LAST)}" for _ in range(3 if rank < 4 else 2))
            for rank, team in enumerate(self.teams.names)
        }
        handled = [procedure for procedure in profile.procedures if Kind.COMPLAINT in procedure.kinds]
        self.procedures = Skewed([procedure.key for procedure in handled], 1.0)
        self._terms = {
            procedure.key: [(version.in_force_from, _terms(procedure, version)) for version in procedure.versions]
            for procedure in handled
        }

    def terms(self, procedure: str, received: date) -> Terms:
        """Returns the terms of a procedure for a case received on that day."""
        versions = self._terms[procedure]
        found = versions[0][1]
        for in_force_from, terms in versions[1:]:
            if in_force_from <= received:
                found = terms
        return found


def _terms(procedure: Procedure, version: Version) -> Terms:
    aim, limit = _count(version, DeadlineKind.STAGE_1_TARGET), _count(version, DeadlineKind.STAGE_1_LIMIT)
    stated = version.limit(DeadlineKind.STAGE_1_LIMIT)
    allowance = version.allowance(1)
    furthest = None
    if allowance is not None:
        added = allowance.at_most if allowance.unit is Unit.WORKING_DAYS else None
        furthest = limit + added if limit is not None and added is not None else limit
    return Terms(
        key=procedure.key,
        group=procedure.group,
        acknowledge=_count(version, DeadlineKind.ACKNOWLEDGEMENT) or 0,
        aim=aim,
        limit=limit,
        from_acknowledgement=stated is not None and stated.counts_from is CountsFrom.ACKNOWLEDGEMENT,
        furthest=furthest if furthest is not None and furthest > (aim or limit or 0) else None,
        names_provider=procedure.names_provider,
        reviewed=version.stages == 2,
    )


def _count(version: Version, kind: DeadlineKind) -> int | None:
    limit = version.limit(kind)
    return limit.count if limit is not None and limit.unit is Unit.WORKING_DAYS else None
