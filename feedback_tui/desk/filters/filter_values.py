"""The values that filter terms can have: those of the profile, and those that cases have."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Column, Select, select

from feedback_tui.desk.filters.case_filter import Field
from feedback_tui.desk.filters.case_filter_sql import PATH
from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.desk.tables import CASE, LEARNING, POINT, REMEDY, STAGE
from feedback_tui.storage.register import Register

_COLUMNS: dict[Field, Column[str]] = {
    Field.TEAM: POINT.c.team,
    Field.PROVIDER: POINT.c.provider,
    Field.CATEGORY: POINT.c.category,
    Field.SUBCATEGORY: POINT.c.subcategory,
    Field.THEME: POINT.c.theme,
    Field.CHANNEL: CASE.c.channel,
    Field.OFFICER: CASE.c.officer,
    Field.INVESTIGATOR: STAGE.c.investigator,
    Field.SOURCE: CASE.c.compliment_source,
    Field.REMEDY: REMEDY.c.kind,
    Field.LEARNING: LEARNING.c.area,
}


def known_values(register: Register) -> dict[Field, tuple[str, ...]]:
    """Returns the values in use by field, from the profile and from cases, sorted; each in one spelling."""
    offered = register.profile.vocabulary
    found: dict[Field, list[str]] = {
        Field.TEAM: list(offered.teams),
        Field.PROVIDER: list(offered.providers),
        Field.CATEGORY: list(offered.categories),
        Field.SUBCATEGORY: [sub for subs in offered.categories.values() for sub in subs],
        Field.THEME: list(offered.themes),
        Field.CHANNEL: list(offered.channels),
        Field.INVESTIGATOR: list(offered.investigators),
        Field.SOURCE: list(offered.compliment_sources),
        Field.REMEDY: list(offered.remedies),
        Field.LEARNING: list(offered.learning_areas),
        Field.PROCEDURE: [procedure.key for procedure in register.profile.procedures],
        Field.VERSION: [
            f"{procedure.key}{PATH}{version.version}"
            for procedure in register.profile.procedures
            for version in procedure.versions
        ],
        Field.GROUP: list(dict.fromkeys(procedure.group for procedure in register.profile.procedures)),
    }
    reader = reader_value(register.reader)
    with register.reading() as session:
        for about, column in _COLUMNS.items():
            found.setdefault(about, []).extend(
                sorted(str(word) for word in session.execute(_in_use(column), reader).scalars() if word)
            )
    return {about: tuple(_once(words)) for about, words in found.items()}


def _in_use(column: Column[str]) -> Select[str]:
    """Returns a query for a column's values in the cases that the reader may open; for officers, in all cases."""
    query = select(column).distinct()
    if column is CASE.c.officer:
        return query
    source = CASE if column.table is CASE else CASE.join(column.table, column.table.c.case_id == CASE.c.id)
    return query.select_from(source).where(open_to_reader())


def _once(words: Sequence[str]) -> list[str]:
    seen: dict[str, str] = {}
    for word in words:
        seen.setdefault(word.casefold(), word)
    return sorted(seen.values(), key=str.casefold)
