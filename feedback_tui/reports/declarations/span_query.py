"""The queries for the complaint cases of one span, and for its cuts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, select
from sqlalchemy.engine import Connection

from feedback_tui.desk.filters.case_filter import EVERY, CaseFilter, Field, How, Term, counted, having, lacking
from feedback_tui.enums import Kind, Law
from feedback_tui.reports.counting.counted_cases import CASE, POINT, rows
from feedback_tui.reports.counting.feedback import first_of, quarter_label
from feedback_tui.reports.counting.points import PATH
from feedback_tui.reports.declarations import figure_query
from feedback_tui.reports.declarations.figure_query import Asked
from feedback_tui.reports.figure_rows import By
from feedback_tui.rules.months import Span, months_of
from feedback_tui.rules.procedures import Profile

FIELDS = {
    By.PROCEDURE: Field.PROCEDURE,
    By.TEAM: Field.TEAM,
    By.PROVIDER: Field.PROVIDER,
    By.CATEGORY: Field.CATEGORY,
    By.SUBCATEGORY: Field.SUBCATEGORY,
    By.THEME: Field.THEME,
    By.CHANNEL: Field.CHANNEL,
    By.CORRESPONDENT: Field.ROLE,
}
OPEN_WORDS = {
    By.TEAM: (POINT.c.team,),
    By.PROVIDER: (POINT.c.provider,),
    By.CATEGORY: (POINT.c.category,),
    By.SUBCATEGORY: (POINT.c.category, POINT.c.subcategory),
    By.THEME: (POINT.c.theme,),
    By.CHANNEL: (CASE.c.channel,),
}


@dataclass(frozen=True)
class Asking:
    """What a query for a figure needs: the register, the span, the day for what is overdue, and the scope."""

    connection: Connection
    profile: Profile
    span: Span
    as_of: date
    scope: CaseFilter = EVERY
    """The cases that the figures are limited to, such as those of one procedure."""

    def within(self, scope: CaseFilter) -> Asking:
        """Returns the same limited to these cases."""
        return replace(self, scope=self.scope & scope)

    def received(self) -> Asked:
        """Returns the query for complaint cases received."""
        return figure_query.of_kind(Kind.COMPLAINT, self.span).but(self.scope)

    def spellings(self, columns: tuple[ColumnElement[str], ...], word: str) -> list[str]:
        """Returns the spellings of a free-text word in the register; the word itself if it does not occur."""
        found = self._spelt(columns)
        return [written for written in found if written.casefold() == word.casefold()] or [word]

    def words(self, by: By) -> list[str]:
        """Returns the free-text words of a dimension in the register, in every spelling."""
        return self._spelt(OPEN_WORDS[by])

    def _spelt(self, columns: tuple[ColumnElement[str], ...]) -> list[str]:
        query = select(*columns).where(*(column.is_not(None) for column in columns)).distinct()
        return [PATH.join(map(str, path)) for path in rows(self.connection, query)]

    def named(self, by: By, word: str) -> CaseFilter:
        """Returns the filter for the cases with this free-text word, in every spelling of it."""
        return having(FIELDS[by], *self.spellings(OPEN_WORDS[by], word))

    def cut(self, by: By, word: str, base: Asked) -> Asked:
        """Returns the cases of `base` with this word. Raises ValueError for an empty word, or a sub-category without
        its category."""
        columns = OPEN_WORDS.get(by)
        values = [word] if columns is None else self.spellings(columns, word)
        if not word or (by is By.SUBCATEGORY and PATH not in word):
            raise ValueError(word)
        return base.but(having(FIELDS[by], *values))

    def without(self, by: By, base: Asked) -> Asked:
        """Returns the cases of `base` without a word."""
        if by is By.SUBCATEGORY:
            both = and_(POINT.c.category.is_not(None), POINT.c.subcategory.is_not(None))
            return base.where(~exists().where(POINT.c.case_id == CASE.c.id, both))
        return base.but(having(FIELDS[by]))

    def month(self, label: str) -> CaseFilter:
        """Returns the filter for cases received in a month such as ``2022-04``."""
        start = first_of(label)
        return counted(received=Span(label, start, start + relativedelta(months=1) - timedelta(days=1)))

    def quarter(self, label: str) -> CaseFilter:
        """Returns the filter for cases received in a quarter of the span. Raises ValueError for an unknown label."""
        starts = [first_of(month) for month in months_of(self.span)]
        mine = [start for start in starts if quarter_label(start, self.span) == label]
        end = max(mine) + relativedelta(months=1) - timedelta(days=1)
        return counted(received=Span(label, min(mine), end))


def under(procedures: Iterable[str]) -> CaseFilter:
    """Returns the filter for cases under these procedures."""
    return CaseFilter((Term(Field.PROCEDURE, How.IS, tuple(procedures)),))


def under_the_regulations(profile: Profile) -> CaseFilter:
    """Returns the filter for cases under procedures of the 2009 Regulations and those without a settled procedure, as
    `feedback_tui.reports.figures.under_the_regulations`."""
    if not any(procedure.regulations_2009 for procedure in profile.procedures):
        return under(())
    others = tuple(procedure.key for procedure in profile.procedures if not procedure.regulations_2009)
    return lacking(Field.PROCEDURE, *others)


def under_law(profile: Profile, law: Law) -> CaseFilter:
    """Returns the filter for cases under a version of a procedure that is under this law."""
    versions = (f"{key}{PATH}{version}" for key, version in profile.under(law))
    return CaseFilter((Term(Field.VERSION, How.IS, tuple(versions)),))


def among(judged: Subquery, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that a case is among the judged rows that fulfil `condition`."""
    found: Select[tuple[int]] = select(judged.c.id).where(condition)
    return CASE.c.id.in_(found)
