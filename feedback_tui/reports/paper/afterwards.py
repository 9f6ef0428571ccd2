"""What came after: the Ombudsman, redress, learning and actions; and praise and enquiries beside the complaints."""

from __future__ import annotations

from feedback_tui.reports.paper.figures_in_words import (
    NOT_RECORDED,
    capital,
    counted,
    cut_table,
    number,
    share,
    shares,
    within,
)
from feedback_tui.reports.paper.shapes import Section, Table, Written
from feedback_tui.reports.shapes import Figures
from feedback_tui.words import YearSection


def ombudsman(figures: Figures) -> Section:
    """Received, decided, and whether the council was in time."""
    found = figures.ombudsman
    decided = sum(found.decided.values())
    paragraphs = [f"{capital(counted(found.received, 'complaint'))} went to the Ombudsman."]
    if found.received:
        paragraphs = [
            f"{capital(counted(found.received, 'complaint'))} went to the Ombudsman: {number(found.not_accepted)} not "
            f"accepted, {number(found.investigated)} taken for investigation, with {number(found.awaiting)} of these "
            "awaiting a decision."
        ]
    if found.upheld_or_not:
        paragraphs.append(
            f"The Ombudsman upheld {share(found.upheld, found.upheld_or_not, 'of the complaints decided either way')}, "
            f"which is {share(found.upheld, decided, 'of all decisions')}."
        )
    if found.replies.of:
        paragraphs.append(f"Replied in time: {within(found.replies, 'of the replies sent or overdue')}.")
    if found.compliance.of:
        agreed = "of the actions and redress due after upheld decisions, and done or overdue"
        paragraphs.append(f"Carried out in time: {within(found.compliance, agreed)}.")
    tables = []
    if decided:
        decisions = ((capital(word), count) for word, count in found.decided.items())
        tables.append(
            shares(
                "Decisions of the Ombudsman",
                "Decision",
                decisions,
                decided,
                of=counted(decided, "decision"),
                note="Decided in this time, whenever they were received.",
                bars=True,
            )
        )
    return Section("Ombudsman", tuple(paragraphs), tuple(tables))


def redress(figures: Figures) -> Section:
    """What put it right."""
    found = figures.remedies
    counts = list(found.by_type.items())
    if found.without_type:
        counts.append((NOT_RECORDED, found.without_type))
    total = sum(count for _, count in counts)
    said = f"{capital(counted(total, 'remedy', 'remedies'))} on complaint cases, £{found.paid_pence / 100:,.2f} in all."
    tables = (shares("Redress", "Redress", counts, total, of=counted(total, "remedy", "remedies")),) if total else ()
    return Section("Redress", (said,), tables)


def learning(figures: Figures) -> Section:
    """Learning on complaints, and on those that were upheld; its areas; the actions."""
    found, cases = figures.learning, figures.complaints.cases
    paragraphs = []
    if cases:
        paragraphs.append(f"Learning is recorded on {share(found.cases, cases, 'of the complaint cases')}.")
    if found.upheld:
        upheld = "of the investigations that were upheld or partly upheld"
        paragraphs.append(f"It is recorded on {share(found.upheld_cases, found.upheld, upheld)}.")
    actions = found.actions
    if actions.due:
        paragraphs.append(
            f"Of {counted(actions.due, 'action')}, {share(actions.done, actions.due)} are done and "
            f"{share(actions.overdue, actions.due)} overdue."
        )
    counts = list(found.by_area.items())
    if found.without_area:
        counts.append((NOT_RECORDED, found.without_area))
    points = sum(count for _, count in counts)
    table = shares(
        "Points of learning by area",
        "Area",
        counts,
        points,
        of=counted(points, "point") + " of learning",
        note="A case may have several.",
        bars=True,
    )
    return Section("Learning and actions", tuple(paragraphs), (table,) if points else ())


def praise_and_enquiries(figures: Figures) -> Section:
    """Compliments by team and source; enquiries by who enquired."""
    by_team, by_source, enquiries = figures.compliments["by_team"], figures.compliments["by_source"], figures.enquiries
    tables: list[Table] = []
    if by_team.base:
        tables.append(cut_table("Compliments by team", "Team", by_team, of=("compliment", "compliments")))
        tables.append(
            cut_table("Compliments by where they were recorded", "Source", by_source, of=("compliment", "compliments"))
        )
    if enquiries.base:
        tables.append(cut_table("Enquiries by who enquired", "Role", enquiries, of=("enquiry", "enquiries")))
    said = (
        f"{capital(counted(by_team.base, 'compliment'))} and {counted(enquiries.base, 'enquiry', 'enquiries')} were "
        "received."
    )
    quotes = figures.words.get(YearSection.QUOTES, ())
    written = (Written("In their words", quotes, quoted=True),) if quotes else ()
    return Section("Compliments and enquiries", (said,), tuple(tables), written)


def recommendations(figures: Figures) -> Section | None:
    """What the officers recommend, and how far the recommendations of the year before have come; None without any."""
    recommended = figures.words.get(YearSection.RECOMMENDATIONS, ())
    progress = figures.words.get(YearSection.PROGRESS, ())
    if not recommended and not progress:
        return None
    parts = (
        Written("Recommended for the coming year", recommended),
        Written("Recommended the year before", figures.recommended_before if progress else ()),
        Written("Progress since the year before", progress),
    )
    return Section("Recommendations and progress", written=tuple(part for part in parts if part.texts))
