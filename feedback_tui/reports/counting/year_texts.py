"""Reads what officers wrote for a year's report, and the quotes of its compliments."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from feedback_tui.desk.restricted import or_restricted, reader_value
from feedback_tui.enums import Kind, YearSection
from feedback_tui.reports.counting.counted_cases import CASE, WRITTEN, of_kind, rows
from feedback_tui.rules.months import Span

Written = dict[YearSection, tuple[str, ...]]


def words_written(connection: Connection, label: str) -> Written:
    """Returns the paragraphs written for the year `label`, by section; empty sections are left out."""
    query = select(WRITTEN.c.section, WRITTEN.c.text).where(WRITTEN.c.year == label).order_by(WRITTEN.c.position)
    found: dict[YearSection, list[str]] = {}
    for section, text in rows(connection, query):
        found.setdefault(section, []).append(text)
    return {section: tuple(found[section]) for section in YearSection if section in found}


def words_with_quotes(connection: Connection, span: Span, reader: str) -> Written:
    """Returns the texts of a year's report for `span`, with the quotes of compliments received in it added to those
    written for the year.

    The quote of a compliment that `reader` may not open is replaced by “restricted”.
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
