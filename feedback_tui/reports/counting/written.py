"""What officers wrote for the report of a year."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from feedback_tui.reports.counting.cohort import WRITTEN, rows
from feedback_tui.words import YearSection

Written = dict[YearSection, tuple[str, ...]]


def words_written(connection: Connection, label: str) -> Written:
    """The paragraphs written for the year `label`, by part of the report; a part without any is not there."""
    query = select(WRITTEN.c.section, WRITTEN.c.text).where(WRITTEN.c.year == label).order_by(WRITTEN.c.position)
    found: dict[YearSection, list[str]] = {}
    for section, text in rows(connection, query):
        found.setdefault(section, []).append(text)
    return {section: tuple(found[section]) for section in YearSection if section in found}
