"""What officers wrote for the report of a year, and the quotes they chose from its compliments."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from feedback_tui.desk.restricted import or_restricted, reader_value
from feedback_tui.enums import Kind, YearSection
from feedback_tui.reports.counting.counted_cases import CASE, WRITTEN, of_kind, rows
from feedback_tui.rules.months import Span

Written = dict[YearSection, tuple[str, ...]]


def words_written(connection: Connection, label: str) -> Written:
    """The paragraphs written for the year `label`, by part of the report; a part without any is not there."""
    query = select(WRITTEN.c.section, WRITTEN.c.text).where(WRITTEN.c.year == label).order_by(WRITTEN.c.position)
    found: dict[YearSection, list[str]] = {}
    for section, text in rows(connection, query):
        found.setdefault(section, []).append(text)
    return {section: tuple(found[section]) for section in YearSection if section in found}


def words_with_quotes(connection: Connection, span: Span, reader: str) -> Written:
    """The same for `span`; after the quotes written for the year come those that compliments received in it have.

    A compliment that is restricted to others than `reader` has “restricted” in the place of its quote.
    """
    found = words_written(connection, span.label)
    query = (
        select(or_restricted(CASE.c.quote))
        .where(of_kind(Kind.COMPLIMENT, span), CASE.c.quote != "")
        .order_by(CASE.c.received_on, CASE.c.reference_key)
        .params(reader_value(reader))
    )
    if quotes := tuple(quote for (quote,) in rows(connection, query)):
        found[YearSection.QUOTES] = (*found.get(YearSection.QUOTES, ()), *quotes)
    return found
