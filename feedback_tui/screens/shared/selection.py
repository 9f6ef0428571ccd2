"""The cases that an officer has marked, to do one thing with all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

MOST = 1000
"""More than anyone means to change at one stroke."""


class Marks:
    """Marked cases, by number, in the order they were marked."""

    def __init__(self) -> None:
        self.cases: dict[int, str] = {}
        """The reference of each."""

    def __len__(self) -> int:
        return len(self.cases)

    def __contains__(self, case_id: int) -> bool:
        return case_id in self.cases

    def turn(self, case_id: int, reference: str) -> None:
        """Marks a case, or takes its mark away."""
        if self.cases.pop(case_id, None) is None:
            self.cases[case_id] = reference

    def add(self, found: Mapping[int, str]) -> str | None:
        """Marks these cases too; gives why not all of them, where they are too many."""
        return self._take({**self.cases, **found})

    def turn_all(self, found: Mapping[int, str]) -> str | None:
        """Marks those of these cases that are not marked, and takes the marks of the others away."""
        kept = {case_id: reference for case_id, reference in self.cases.items() if case_id not in found}
        fresh = {case_id: reference for case_id, reference in found.items() if case_id not in self.cases}
        return self._take({**kept, **fresh})

    def _take(self, cases: dict[int, str]) -> str | None:
        self.cases = dict(list(cases.items())[:MOST])
        if len(cases) > MOST:
            return f"{len(cases)} cases are more than the {MOST} that can be marked: the first {MOST} are."
        return None

    def keep(self, references: Collection[str]) -> None:
        """Takes away every mark but those of these cases."""
        self.cases = {case_id: reference for case_id, reference in self.cases.items() if reference in references}

    def clear(self) -> None:
        """Takes all marks away."""
        self.cases = {}
