"""The filter of the queue."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_tui.desk.filters.case_filter import EVERY, CaseFilter, Field, How, Term, having
from feedback_tui.desk.filters.text_match import parts_of


@dataclass(frozen=True)
class QueueFilter:
    """Which rows to show: names match ignoring upper and lower case, `words` anywhere in reference, summary or
    names."""

    team: str = ""
    officer: str = ""
    investigator: str = ""
    overdue: bool = False
    every_deadline: bool = False
    words: str = ""
    where: CaseFilter = EVERY
    """The filter from the `/` terms, or from a figure."""

    @property
    def terms(self) -> CaseFilter:
        """All conditions except `overdue` and `every_deadline`, as terms."""
        named = ((Field.TEAM, self.team), (Field.OFFICER, self.officer), (Field.INVESTIGATOR, self.investigator))
        own = [having(field, name.strip()).terms[0] for field, name in named if name.strip()]
        words = [Term(Field.WORDS, How.HAS, (part,)) for part in parts_of(self.words)]
        return CaseFilter((*own, *words)) & self.where
