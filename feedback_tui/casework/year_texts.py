"""Verbs for what officers write in a year's report: recommendations, progress, matters of general
importance, quotes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.errors import InvalidInput, Problem, StepNotAllowed
from feedback_tui.enums import StepKey, YearSection
from feedback_tui.models.register import YearText
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.register import Register
from feedback_tui.storage.unit_of_work import UnitOfWork
from feedback_tui.text import one_line

LONGEST = 10_000
"""The most characters of one paragraph."""


@dataclass(frozen=True)
class YearParagraph:
    """One paragraph of a year's report; `position` counts from 1 within its section."""

    year: str
    section: YearSection
    position: int
    text: str


def add_words(actor: Actor, year: str, section: YearSection, text: str) -> YearParagraph:
    """Adds a paragraph at the end of a section. It is published, so it should name nobody. Raises InvalidInput."""
    label, words = _year(year), _words(text)
    with actor.transaction() as work:
        position = len(_rows(work, label, section)) + 1
        work.session.add(YearText(year=label, section=section, position=position, text=words))
        _record(work, actor, label, section, position)
    return YearParagraph(label, section, position, words)


def change_words(actor: Actor, year: str, section: YearSection, position: int, text: str) -> YearParagraph:
    """Replaces a paragraph. Raises InvalidInput; StepNotAllowed if it does not exist."""
    label, words = _year(year), _words(text)
    with actor.transaction() as work:
        row = _at(_rows(work, label, section), label, section, position)
        if row.text != words:
            row.text = words
            _record(work, actor, label, section, position)
    return YearParagraph(label, section, position, words)


def remove_words(actor: Actor, year: str, section: YearSection, position: int) -> YearParagraph:
    """Removes a paragraph, and returns it; later ones move up. Raises InvalidInput; StepNotAllowed if it does not
    exist."""
    label = _year(year)
    with actor.transaction() as work:
        rows = _rows(work, label, section)
        was = _at(rows, label, section, position).text
        for row, following in zip(rows[position - 1 :], rows[position:], strict=False):
            row.text = following.text
        work.session.delete(rows[-1])
        _record(work, actor, label, section, position)
    return YearParagraph(label, section, position, was)


def year_words(register: Register, year: str) -> list[YearParagraph]:
    """Returns all paragraphs of a year, by section. Raises InvalidInput."""
    label = _year(year)
    with register.reading() as session:
        rows = session.exec(select(YearText).where(YearText.year == label).order_by(col(YearText.position))).all()
        found = [YearParagraph(row.year, row.section, row.position, row.text) for row in rows]
    order = list(YearSection)
    return sorted(found, key=lambda paragraph: order.index(paragraph.section))


def _rows(work: UnitOfWork, year: str, section: YearSection) -> list[YearText]:
    query = select(YearText).where(YearText.year == year, YearText.section == section)
    return list(work.session.exec(query.order_by(col(YearText.position))).all())


def _at(rows: list[YearText], year: str, section: YearSection, position: int) -> YearText:
    if not 1 <= position <= len(rows):
        upto = f"they are numbered 1 to {len(rows)}" if rows else "none was written"
        raise StepNotAllowed(f"{year} has no paragraph {position} under {section}: {upto}.")
    return rows[position - 1]


def _record(work: UnitOfWork, actor: Actor, year: str, section: YearSection, position: int) -> None:
    details = {"year": year, "section": section.value, "position": position}
    work.record_register(StepKey.WRITE_YEAR, actor.today, details=details)


def _year(year: str) -> str:
    try:
        return reporting_year(year).label
    except ValueError as error:
        raise InvalidInput([Problem("year", f"{error}.")]) from None


def _words(text: str) -> str:
    words = one_line(text)
    if not words:
        raise InvalidInput([Problem("text", "Write something first: it is empty.")])
    if len(words) > LONGEST:
        raise InvalidInput(
            [Problem("text", f"It has {len(words)} characters: write at most {LONGEST:,} in a paragraph.")]
        )
    return words
