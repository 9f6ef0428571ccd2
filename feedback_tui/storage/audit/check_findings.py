"""What a check of a register found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

SHOWN = 100
"""How many findings are told one by one; the rest are counted."""


class NoOrder(ValueError):
    """Rows came in no order: in a damaged file they may come round for ever."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be."""

    part: str
    """Where: ``file``, ``schema``, ``events``, ``rows``, ``words``, ``register``, ``backups``, ``anchors``."""
    words: str
    """A sentence; it holds nobody's words."""


@dataclass(frozen=True)
class Health:
    """How a register is: what was looked at, and every finding. Sound is what has none."""

    where: str
    engine: str
    """The database engine and its version."""
    journal: str
    """The journal mode, and how far a commit is put on disk."""
    schema: str
    """The schema version."""
    cases: dict[str, int]
    """How many cases of each kind."""
    events: int
    head: str
    """The hash of the last event."""
    rows: int
    """Rows of cases that agree with what the events say of them."""
    texts: int
    erased: int
    """Texts named by events: those that agree with their digests, and those erased."""
    days_off: int
    anchors: int
    """Backups whose last event the register still has."""
    strangers: int
    """Backups in the register's folder that are of another register, and say nothing of this one."""
    aside: int
    """Backups that an earlier one was restored behind: their last events are no longer in the register."""
    given: int
    """Anchors that were kept elsewhere, and that the register agrees with."""
    last: int
    """The number of the last event."""
    findings: tuple[Finding, ...]
    untold: int
    """Findings beyond those kept."""

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def anchor(self) -> str:
        """What is to be kept elsewhere: the last event's number and hash."""
        return f"{self.last}:{self.head}"

    @property
    def lines(self) -> list[str]:
        """The report, line by line."""
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in self.cases.items())
        told = [
            f"register   {self.where}",
            f"engine     {self.engine}, {self.journal}; schema {self.schema}",
            f"cases      {sum(self.cases.values()):,}" + (f": {kinds}" if kinds else ""),
            f"record     {self.events:,} events; last {self.head[:16]}",
            f"rows       {self.rows:,} agree with the record",
            f"words      {self.texts:,} agree with their digests, {self.erased:,} erased",
            f"days off   {self.days_off:,}",
            f"backups    {self.anchors:,} agree with the record"
            + (f", {self.aside:,} set aside when an earlier one was restored" if self.aside else "")
            + (f", {self.strangers:,} of another register" if self.strangers else ""),
            *((f"anchors    {self.given:,} kept elsewhere agree with the record",) if self.given else ()),
            f"anchor     {self.anchor}",
        ]
        for finding in self.findings:
            told.append(f"  {finding.part}: {finding.words}")
        if self.untold:
            told.append(f"  and {self.untold:,} more")
        told.append("sound" if self.sound else f"NOT SOUND: {len(self.findings) + self.untold:,} findings")
        return told


class Findings:
    """Collects findings: the first ones as they are, the rest by number."""

    def __init__(self) -> None:
        self.kept: list[Finding] = []
        self.untold = 0
        self.parts: Counter[str] = Counter()

    def add(self, part: str, words: str) -> None:
        """Adds a finding."""
        self.parts[part] += 1
        if len(self.kept) < SHOWN:
            self.kept.append(Finding(part, words))
        else:
            self.untold += 1
