"""The result of an integrity check."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

SHOWN = 100
"""How many findings are listed; further ones are only counted."""


class NoOrder(ValueError):
    """Rows did not come in ascending order, so reading on could loop for ever. Happens in a damaged file."""


@dataclass(frozen=True)
class Finding:
    """One problem that a check found."""

    part: str
    """The part that was checked: ``file``, ``schema``, ``events``, ``rows``, ``words``, ``register``, ``backups``,
    ``anchors``, ``search``."""
    words: str
    """A sentence for the officer; it holds no personal data."""


@dataclass(frozen=True)
class Health:
    """The result of a check: what was examined, and every finding. Without findings the register is sound."""

    where: str
    engine: str
    """The database engine and its version."""
    journal: str
    """The journal mode and the synchronous setting (how a commit reaches the disk)."""
    schema: str
    """The schema version."""
    cases: dict[str, int]
    """How many cases of each kind."""
    events: int
    head: str
    """The hash of the last event."""
    rows: int
    """How many rows of cases agree with the events."""
    texts: int
    erased: int
    """How many texts named by events agree with their digests, and how many were erased."""
    days_off: int
    anchors: int
    """How many backups hold a last event that the register still has."""
    strangers: int
    """How many backups in the register's folder belong to another register; they prove nothing about this one."""
    aside: int
    """How many backups were set aside because an earlier one was restored; their last events may be missing from the
    register."""
    given: int
    """How many of the anchors given agree with the register."""
    last: int
    """The number of the last event."""
    findings: tuple[Finding, ...]
    untold: int
    """How many findings there are beyond those kept."""

    @property
    def sound(self) -> bool:
        """Whether there are no findings."""
        return not self.findings

    @property
    def anchor(self) -> str:
        """The anchor to keep outside the register: the last event's number and hash."""
        return f"{self.last}:{self.head}"

    @property
    def lines(self) -> list[str]:
        """The report as lines of text."""
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
    """Collects findings: keeps the first `SHOWN`, and counts the rest."""

    def __init__(self) -> None:
        self.kept: list[Finding] = []
        self.untold = 0
        self.parts: Counter[str] = Counter()

    def add(self, part: str, words: str) -> None:
        """Counts a finding of this part of the check; its words are kept only for the first `SHOWN` findings."""
        self.parts[part] += 1
        if len(self.kept) < SHOWN:
            self.kept.append(Finding(part, words))
        else:
            self.untold += 1
