"""The cases that an officer has marked, to take one step with all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

MOST = 1000
"""The most cases that can be marked, more than anyone means to change at once."""


class Marks:
    """The marked cases, by id, in the order of marking."""

    def __init__(self) -> None:
        self.cases: dict[int, str] = {}
        """The reference of each marked case, by id."""

    def __len__(self) -> int:
        return len(self.cases)

    def __contains__(self, case_id: int) -> bool:
        return case_id in self.cases

    def turn(self, case_id: int, reference: str) -> None:
        """Marks a case, or removes its mark."""
        if self.cases.pop(case_id, None) is None:
            self.cases[case_id] = reference

    def add(self, found: Mapping[int, str]) -> str | None:
        """Marks these cases too. Returns a message if that exceeds `MOST`, else None."""
        return self._take({**self.cases, **found})

    def turn_all(self, found: Mapping[int, str]) -> str | None:
        """Inverts the marks of these cases; other marks stay. Returns a message if that exceeds `MOST`, else None."""
        kept = {case_id: reference for case_id, reference in self.cases.items() if case_id not in found}
        fresh = {case_id: reference for case_id, reference in found.items() if case_id not in self.cases}
        return self._take({**kept, **fresh})

    def _take(self, cases: dict[int, str]) -> str | None:
        self.cases = dict(list(cases.items())[:MOST])
        if len(cases) > MOST:
            return f"{len(cases)} cases are more than the {MOST} that can be marked: the first {MOST} are."
        return None

    def keep(self, references: Collection[str]) -> None:
        """Removes all marks except those of these references."""
        self.cases = {case_id: reference for case_id, reference in self.cases.items() if reference in references}

    def clear(self) -> None:
        """Removes all marks."""
        self.cases = {}
