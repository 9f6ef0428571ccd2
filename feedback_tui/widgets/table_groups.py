"""Rows in groups on lines: which line a row is drawn on, what stands on a line, and where the cursor may go.

A group that is folded is one line, its heading, and the cursor can stand on it: it then has the place of its first row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """A run of rows under one heading. Without a heading it has no line of its own, and cannot be folded."""

    heading: str
    count: int
    tone: str = ""


@dataclass(frozen=True)
class Run:
    """A group with rows, where it begins: its place among the rows, and its line."""

    group: Group
    place: int
    line: int
    folded: bool

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return 1 if self.folded else self.group.count + bool(self.group.heading)

    @property
    def stops(self) -> int:
        """How many places the cursor can stand on."""
        return 1 if self.folded else self.group.count


class Lines:
    """The lines of a table. What it is asked costs as much as there are groups, not rows."""

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
        """The same rows with other groups folded."""
        return Lines(self.groups, folded)

    def run_of(self, place: int) -> Run | None:
        """The run that the row at this place stands in."""
        return next((run for run in self._runs if place < run.place + run.group.count), None)

    def line_of(self, place: int) -> int:
        """The line that a row is drawn on; for a row of a folded group, its heading."""
        run = self.run_of(place)
        if run is None:
            return self.height
        return run.line if run.folded else run.line + bool(run.group.heading) + place - run.place

    def at_line(self, line: int) -> Run | int | None:
        """What stands on a line: the heading of a run, the place of a row, or nothing."""
        for run in self._runs:
            if line >= run.line + run.lines:
                continue
            if run.group.heading and line == run.line:
                return run
            return run.place + line - run.line - bool(run.group.heading)
        return None

    def heading_of(self, heading: str) -> int | None:
        """The place of the group with this heading; None where it has no rows now."""
        return next((run.place for run in self._runs if run.group.heading == heading), None)

    def stop_of(self, place: int) -> int:
        """How many places the cursor could stand on before this one."""
        before = 0
        for run in self._runs:
            if place < run.place + run.group.count:
                return before + (0 if run.folded else place - run.place)
            before += run.stops
        return max(before - 1, 0)

    def place_of(self, stop: int) -> int:
        """The place of the cursor at a stop, or the nearest there is."""
        before = 0
        for run in self._runs:
            if stop < before + run.stops:
                return run.place + (0 if run.folded else max(stop - before, 0))
            before += run.stops
        last = self._runs[-1] if self._runs else None
        return 0 if last is None else last.place if last.folded else last.place + last.group.count - 1

    @property
    def stops(self) -> int:
        """How many places the cursor can stand on."""
        return sum(run.stops for run in self._runs)
