"""What was told: the words, the people, the complaint points."""

from __future__ import annotations

from textual.content import Content

from feedback_tui.desk.case import warnings
from feedback_tui.desk.case.page import CasePage, PointView
from feedback_tui.desk.case.rows import findings_in_words
from feedback_tui.desk.case.warnings import about_person
from feedback_tui.enums import Kind, Part, Role
from feedback_tui.rules.dates import long_date
from feedback_tui.screens.case.case_words.pieces import QUIET, Piece, heading, labelled, section
from feedback_tui.text import one_line, safe_text


def complaint(page: CasePage, width: int) -> Content:
    """What they say, and what they want."""
    title = "What they say" if page.kind is not Kind.COMPLIMENT else "The words"
    pieces: list[Piece] = [heading(title), f"{safe_text(page.description or page.summary) or '–'}\n"]
    if page.wanted:
        pieces += ["\n", *labelled("They want", page.wanted, width)]
    if page.happened_on:
        pieces += labelled("It happened", long_date(page.happened_on), width)
    pieces += labelled("Sent by way of", page.compliment_source, width)
    pieces += labelled("It praises", page.recipient_role, width)
    return section(*pieces)


def beside(page: CasePage, width: int) -> Content:
    """How it hangs together with other cases, bodies and documents."""
    said = warnings.beside(page)
    pieces: list[Piece] = [heading("Beside it")] if said else []
    for label, words in said:
        pieces += labelled(label, one_line(words, 400), width)
    return section(*pieces)


def people(page: CasePage, width: int) -> Content:
    """The people and their parts."""
    pieces: list[Piece] = [heading("People")]
    names = {person.name: about_person(person) for person in page.people if person.part is Part.CUSTOMER}
    for person in page.people:
        role = f" ({person.role})" if person.role and str(person.role) != str(person.part) else ""
        name = "the customer" if person.role is Role.CUSTOMER and person.name and person.name in names else person.name
        pieces += labelled(
            str(person.part), (name or "no name known") + ("" if name == "the customer" else role), width
        )
        # What stands at the customer already is not said twice.
        said = names.get(person.name, []) if name == "the customer" and person.part is not Part.CUSTOMER else []
        for line in (line for line in about_person(person) if line not in said):
            pieces += labelled("", one_line(line, 300), width, QUIET)
    if not page.people:
        pieces.append(("No one is named.\n", QUIET))
    return section(*pieces)


def points(page: CasePage, width: int) -> Content:
    """The complaint points with their findings."""
    pieces: list[Piece] = [heading("Complaint points" if page.kind is Kind.COMPLAINT else "About")]
    for point in page.points:
        finding = f"  → {findings_in_words(point)}" if point.findings else ""
        pieces += [
            (f"{point.position}  ", QUIET) if len(page.points) > 1 else "",
            about(point) or "no team, category or theme yet",
            (finding, "bold"),
            "\n",
        ]
        if point.text:
            pieces.append((f"   {safe_text(point.text)}\n", QUIET))
    return section(*pieces)


def about(point: PointView) -> str:
    """A point in one line: team, provider, category > sub-category, theme."""
    category = " > ".join(part for part in (point.category, point.subcategory) if part)
    return one_line(" · ".join(part for part in (point.team, point.provider, category, point.theme) if part))
