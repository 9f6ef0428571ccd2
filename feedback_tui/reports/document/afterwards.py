"""What came after: the Ombudsman, redress, learning and actions; and praise and enquiries beside the complaints."""

from __future__ import annotations

from decimal import Decimal

from feedback_tui.enums import YearSection
from feedback_tui.reports.document.blocks import Row, Section, Share, Table, Written
from feedback_tui.reports.document.number_format import (
    NONE,
    NOT_RECORDED,
    capital,
    counted,
    cut_table,
    number,
    share,
    shares,
    within,
)
from feedback_tui.reports.figure_rows import Figures


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
        tables.append(_received_table(figures))
        tables.append(
            shares(
                "Decisions of the Ombudsman",
                "Decision",
                decisions,
                decided,
                of=counted(decided, "decision"),
                note="Decided in this time, whenever they were received.",
                bars=True,
                keys=[f"ombudsman.decided.{word}" for word in found.decided],
            )
        )
    if found.replies.of or found.compliance.of:
        tables.append(_kept_table(figures))
    if found.decisions:
        tables.append(_decisions_table(figures))
    return Section("Ombudsman", tuple(paragraphs), tuple(tables))


def _received_table(figures: Figures) -> Table:
    found = figures.ombudsman
    lines = [
        ("Not accepted", found.not_accepted, "not_accepted"),
        ("Taken for investigation", found.investigated, "investigated"),
    ]
    rows = [Row(label, (count, Share(count, found.received)), (f"ombudsman.{key}",)) for label, count, key in lines]
    rows.append(Row("All", (found.received, Share(found.received, found.received)), ("ombudsman.received",)))
    return Table("Went to the Ombudsman", ("What became of them", "Number", "Share"), tuple(rows))


def _kept_table(figures: Figures) -> Table:
    """Replies, and what was agreed with upheld decisions: how much of it in time."""
    found = figures.ombudsman
    lines = (
        ("Replies to the Ombudsman", found.replies, "replies"),
        ("Actions and redress after upheld decisions", found.compliance, "compliance"),
    )
    rows = tuple(
        Row(label, (one.of, Share(one.within, one.of)), (f"ombudsman.{key}.of", f"ombudsman.{key}.within"))
        for label, one, key in lines
        if one.of
    )
    return Table("In time with the Ombudsman", ("What", "Done or overdue", "In time"), rows)


def _decisions_table(figures: Figures) -> Table:
    rows = tuple(
        Row(
            str(place),
            (one.complaint or NONE, capital(one.decision), one.agreed or NONE),
            ("", f"ombudsman.decided.{one.decision}"),
        )
        for place, one in enumerate(figures.ombudsman.decisions, start=1)
    )
    return Table(
        "Complaint, decision and agreed action",
        ("Case", "Complaint", "Decision", "Agreed action"),
        rows,
        "Those taken for investigation and decided in this time, in the words written for the report.",
        word_columns=(1, 2, 3),
    )


def redress(figures: Figures) -> Section:
    """What put it right."""
    found = figures.remedies
    counts = list(found.by_type.counts.items())
    keys = [f"remedies.by_type.{word}" for word in found.by_type.counts]
    if found.by_type.without:
        counts.append((NOT_RECORDED, found.by_type.without))
        keys.append("remedies.not_recorded.by_type")
    total = sum(count for _, count in counts)
    pounds = f"£{Decimal(found.paid_pence) / 100:,.2f}"
    paragraphs = [f"{capital(counted(total, 'remedy', 'remedies'))} on complaint cases, {pounds} in all."]
    if found.done.of:
        paragraphs.append(
            f"Given in time: {within(found.done, 'of the redress with a date that is given or overdue')}."
        )
    of = counted(total, "remedy", "remedies")
    tables = (shares("Redress", "Redress", counts, total, of=of, keys=keys),) if total else ()
    return Section("Redress", tuple(paragraphs), tables)


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
    counts = list(found.by_area.counts.items())
    keys = [f"learning.by_area.{area}" for area in found.by_area.counts]
    if found.by_area.without:
        counts.append((NOT_RECORDED, found.by_area.without))
        keys.append("learning.not_recorded.by_area")
    points = sum(count for _, count in counts)
    table = shares(
        "Points of learning by area",
        "Area",
        counts,
        points,
        of=counted(points, "point") + " of learning",
        note="A case may have several.",
        bars=True,
        keys=keys,
    )
    tables = [table] if points else []
    if cases:
        tables.insert(0, _learned_table(figures))
    if actions.due:
        tables.append(_actions_table(figures))
    return Section("Learning and actions", tuple(paragraphs), tuple(tables))


def _learned_table(figures: Figures) -> Table:
    found, cases = figures.learning, figures.complaints.cases
    rows = [Row("Complaint cases", (cases, Share(found.cases, cases)), ("complaints.cases", "learning.cases"))]
    if found.upheld:
        keys = ("learning.of_upheld.of", "learning.of_upheld.cases")
        rows.append(Row("Upheld or partly upheld", (found.upheld, Share(found.upheld_cases, found.upheld)), keys))
    return Table("Learning on record", ("Of", "Number", "With learning"), tuple(rows))


def _actions_table(figures: Figures) -> Table:
    actions = figures.learning.actions
    open_yet = actions.due - actions.done - actions.overdue
    return shares(
        "Actions from complaints",
        "Actions",
        [("Done", actions.done), ("Overdue", actions.overdue), ("Still in time, or without a date", open_yet)],
        actions.due,
        of=counted(actions.due, "action"),
        keys=["learning.actions.done", "learning.actions.overdue", "learning.actions.open"],
    )


def praise_and_enquiries(figures: Figures) -> Section:
    """Compliments by team and source; enquiries by who enquired."""
    by_team, by_source, enquiries = figures.compliments["by_team"], figures.compliments["by_source"], figures.enquiries
    tables: list[Table] = []
    if by_team.base:
        praise = ("compliment", "compliments")
        key = ("compliments", "by_team")
        tables.append(cut_table("Compliments by team", "Team", by_team, of=praise, key=key))
        key = ("compliments", "by_source")
        caption = "Compliments by where they were recorded"
        tables.append(cut_table(caption, "Source", by_source, of=praise, key=key))
    if enquiries.base:
        key = ("enquiries", "by_role")
        tables.append(cut_table("Enquiries by who enquired", "Role", enquiries, of=("enquiry", "enquiries"), key=key))
    said = (
        f"{capital(counted(by_team.base, 'compliment'))} and {counted(enquiries.base, 'enquiry', 'enquiries')} were "
        "received."
    )
    if answered := ", ".join(f"{role} {number(count)}" for role, count in figures.enquiries_answered.items()):
        said += f" Enquiries answered: {answered}."
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
