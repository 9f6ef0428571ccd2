"""The sections of the complaint's text, the people, the points, and the links to other cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from feedback_tui.desk.case import warnings
from feedback_tui.desk.case.page import CasePage, PointView
from feedback_tui.desk.case.rows import findings_in_words
from feedback_tui.desk.case.sections.line import BENEATH, WHOLE, Line, Section, beneath, dated, labelled, section, whole
from feedback_tui.desk.case.warnings import about_person
from feedback_tui.desk.tone import Tone
from feedback_tui.enums import Kind, Part, Role
from feedback_tui.rules.case_summary import is_made
from feedback_tui.text import one_line


def complaint(page: CasePage, today: date) -> Section:
    """Returns the section with what the complainant says and wants."""
    title = "What they say" if page.kind is not Kind.COMPLIMENT else "The words"
    return section("Words", (title, whole(page.description or page.summary or "–")), ("", _wanted(page)))


def _wanted(page: CasePage) -> Iterator[Line]:
    if page.description and not is_made(page.summary, page.description):
        yield from labelled("In short", page.summary)
    yield from labelled("They want", page.wanted)
    yield from dated("It happened", page.happened_on)
    yield from labelled("Taken late", page.late_reason)
    yield from labelled("Sent by way of", page.compliment_source)
    yield from labelled("It praises", page.recipient_role)


def people(page: CasePage, today: date) -> Section:
    """Returns the people and their parts."""
    return section("People", ("People", _people(page) if page.people else whole("No one is named.", Tone.QUIET)))


def _people(page: CasePage) -> Iterator[Line]:
    names = {person.name: about_person(person) for person in page.people if person.part is Part.CUSTOMER}
    for person in page.people:
        role = f" ({person.role})" if person.role and str(person.role) != str(person.part) else ""
        name = one_line(person.name) or "no name known"
        said: list[str] = []
        if person.role is Role.CUSTOMER and person.name and person.name in names:
            name, role = "the customer", ""
            # What the customer's line already says is not repeated.
            said = names[person.name] if person.part is not Part.CUSTOMER else []
        yield from labelled(str(person.part), f"{name}{role}")
        if len(page.people) > 1:
            # Commands name people by their number; screens let the officer choose.
            yield Line("", ((f"person {person.position}", Tone.QUIET),), printed_only=True)
        for line in (line for line in about_person(person) if line not in said):
            yield from labelled("", one_line(line, 300), Tone.QUIET)


def points(page: CasePage, today: date) -> Section:
    """Returns the complaint points with the findings of each stage."""
    return section("Points", ("Complaint points" if page.kind is Kind.COMPLAINT else "About", _points(page)))


def _points(page: CasePage) -> Iterator[Line]:
    for point in page.points:
        finding = f"  → {findings_in_words(point)}" if point.findings else ""
        words = ((about(point) or "no team, category or theme yet", Tone.PLAIN), (finding, Tone.BOLD))
        several = len(page.points) > 1
        yield Line(str(point.position) if several else "", words, BENEATH if several else WHOLE)
        yield from beneath(point.text)


def about(point: PointView) -> str:
    """Returns a point in one line: team, provider, category > sub-category, theme."""
    category = " > ".join(part for part in (point.category, point.subcategory) if part)
    return one_line(" · ".join(part for part in (point.team, point.provider, category, point.theme) if part))


def beside(page: CasePage, today: date) -> Section:
    """Returns the links to other cases, bodies and documents."""
    lines = (line for label, words in warnings.beside(page) for line in labelled(label, one_line(words, 400)))
    return section("Beside", ("Beside it", lines))
