"""The lines of a table with groups: which line a row is drawn on, what is on a line, and where the cursor can be.

A folded group is one line, its heading. The cursor can be on it, and then has the position of the group's first row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """A sequence of rows under one heading. A group without a heading has no line of its own and cannot be folded."""

    heading: str
    count: int
    tone: str = ""


@dataclass(frozen=True)
class Run:
    """A group that has rows, with the position of its first row and its first line."""

    group: Group
    place: int
    line: int
    folded: bool

    @property
    def lines(self) -> int:
        """The number of lines it takes."""
        return 1 if self.folded else self.group.count + bool(self.group.heading)

    @property
    def stops(self) -> int:
        """The number of lines that the cursor can be on."""
        return 1 if self.folded else self.group.count


class Lines:
    """The lines of a table. Each method's cost grows with the number of groups, not of rows."""

    def __init__(self, groups: Iterable[Group] = (), folded: frozenset[str] = frozenset()) -> None:
        self.groups = tuple(groups)
        self.folded = folded
        self._runs: list[Run] = []
        place = line = 0
        for group in self.groups:
            if not group.count:
                continue
            run = Run(group, place, line, bool(group.heading) and group.heading in folded)
            self._runs.append(run)
            place, line = place + group.count, line + run.lines
        self.count, self.height = place, line

    def with_folded(self, folded: frozenset[str]) -> Lines:
        """Returns the same groups with exactly these headings folded."""
        return Lines(self.groups, folded)

    def run_of(self, place: int) -> Run | None:
        """Returns the run that contains the row at this position, or None after the last row."""
        return next((run for run in self._runs if place < run.place + run.group.count), None)

    def line_of(self, place: int) -> int:
        """Returns the line that a row is drawn on; for a row of a folded group, the line of its heading."""
        run = self.run_of(place)
        if run is None:
            return self.height
        return run.line if run.folded else run.line + bool(run.group.heading) + place - run.place

    def at_line(self, line: int) -> Run | int | None:
        """Returns what is on a line: the run of a heading, the position of a row, or None."""
        for run in self._runs:
            if line >= run.line + run.lines:
                continue
            if run.group.heading and line == run.line:
                return run
            return run.place + line - run.line - bool(run.group.heading)
        return None

    def heading_of(self, heading: str) -> int | None:
        """Returns the position of the first row of the group with this heading; None if it has no rows."""
        return next((run.place for run in self._runs if run.group.heading == heading), None)

    def stop_of(self, place: int) -> int:
        """Returns the number of the cursor's stop for the row at this position, from 0; the last stop if there is no
        such row."""
        before = 0
        for run in self._runs:
            if place < run.place + run.group.count:
                return before + (0 if run.folded else place - run.place)
            before += run.stops
        return max(before - 1, 0)

    def place_of(self, stop: int) -> int:
        """Returns the position of the cursor at a stop, or at the nearest one there is."""
        before = 0
        for run in self._runs:
            if stop < before + run.stops:
                return run.place + (0 if run.folded else max(stop - before, 0))
            before += run.stops
        last = self._runs[-1] if self._runs else None
        return 0 if last is None else last.place if last.folded else last.place + last.group.count - 1

    @property
    def stops(self) -> int:
        """The number of lines that the cursor can be on."""
        return sum(run.stops for run in self._runs)
