"""The sections on the Ombudsman, redress, learning and actions, on compliments and enquiries, and
on recommendations."""

from __future__ import annotations

from decimal import Decimal

from feedback_tui.enums import Kind, YearSection
from feedback_tui.reports.declarations.complaints import CASES, COMPLAINTS
from feedback_tui.reports.declarations.numbers import Number, Numbers, numbers_of
from feedback_tui.reports.declarations.ombudsman import (
    AGREED,
    AWAITING,
    COMPLIANCE,
    DECIDED,
    DECISIONS,
    INVESTIGATED,
    KEPT_IN_TIME,
    NOT_ACCEPTED,
    RECEIVED,
    REPLIED,
    REPLIED_IN_TIME,
    REPLIES,
    UPHELD,
    UPHELD_OF,
    WENT_TO_THE_OMBUDSMAN,
    agreed_in_short,
)
from feedback_tui.reports.declarations.received import (
    ANSWERED_BY_ROLE,
    BY_KIND,
    BY_ROLE,
    COMPLIMENTS,
    ENQUIRIES,
    FEEDBACK,
    PRAISE_SOURCE,
    PRAISED_TEAM,
)
from feedback_tui.reports.declarations.received import RECEIVED as EVERYTHING_RECEIVED
from feedback_tui.reports.declarations.redress import (
    ACTIONS,
    ACTIONS_DONE,
    ACTIONS_DUE,
    ACTIONS_OPEN,
    ACTIONS_OVERDUE,
    ALL_POINTS,
    ALL_REMEDIES,
    BY_AREA,
    BY_TYPE,
    LEARNING_AND_ACTIONS,
    LEARNING_CASES,
    OF_UPHELD,
    PAID,
    REMEDIES,
    REMEDIES_DONE,
    REMEDIES_DUE,
    REMEDIES_IN_TIME,
    UPHELD_LEARNED,
)
from feedback_tui.reports.declarations.redress import UPHELD as UPHELD_AT_STAGE_1
from feedback_tui.reports.document.blocks import (
    Linked,
    Row,
    Section,
    Sentence,
    Share,
    Table,
    Withholding,
    Written,
    sentence,
)
from feedback_tui.reports.document.number_format import (
    NONE,
    capital,
    counted,
    division_table,
    joined,
    lines_of,
    number,
    share,
    shares,
)
from feedback_tui.reports.figure_rows import Decided, Figures


def ombudsman(figures: Figures) -> Section:
    """Returns the section on what the Ombudsman received and decided, and whether the council was in time."""
    found = numbers_of(figures).block(WENT_TO_THE_OMBUDSMAN)
    went = sentence(capital(counted(found[RECEIVED], "complaint")), " went to the Ombudsman")
    paragraphs = [sentence(went, ".")]
    if found[RECEIVED]:
        paragraphs = [
            sentence(
                went,
                ": ",
                number(found[NOT_ACCEPTED]),
                " not accepted, ",
                number(found[INVESTIGATED]),
                " taken for investigation, with ",
                number(found[AWAITING]),
                " of these awaiting a decision.",
            )
        ]
    decisions, upheld = found[DECISIONS], found[UPHELD]
    if found[UPHELD_OF]:
        of_these = share(upheld, found[UPHELD_OF], "of the complaints that were investigated and decided either way")
        paragraphs.append(sentence("The Ombudsman upheld ", of_these, "."))
    paragraphs += in_time_with_ombudsman(found)
    tables = []
    if decisions:
        tables.append(_received_table(found))
        tables.append(
            division_table(
                found,
                DECIDED,
                decisions,
                Withholding.TOGETHER,
                of=counted(decisions, "decision"),
                note="Decided in this time, whenever they were received.",
                names={word: capital(word) for word in found.words(DECIDED)},
                bars=True,
            )
        )
    rows = tuple(
        Row(of.words, (judged, Share(within, judged)))
        for of, (within, judged) in zip((REPLIES, AGREED), _in_time(found), strict=True)
        if judged
    )
    if rows:
        columns, key = ("What", "Done or overdue", "In time"), "ombudsman.in_time"
        tables.append(Table("In time with the Ombudsman", columns, rows, Withholding.LINE_BY_LINE, key=key))
    if figures.ombudsman.decisions:
        tables.append(_decisions_table(figures, found))
    return Section("Ombudsman", tuple(paragraphs), tuple(tables))


def in_time_with_ombudsman(found: Numbers) -> list[Sentence]:
    """Returns sentences on whether the council replied, and did what was agreed, in time; none if nothing can be
    judged."""
    (replied, replies), (kept, agreed) = _in_time(found)
    said = []
    if replies:
        said.append(sentence("Replied in time: ", share(replied, replies, "of the replies sent or overdue"), "."))
    if agreed:
        of = "of the actions and redress agreed with upheld decisions, and done or overdue"
        said.append(sentence("Carried out in time: ", share(kept, agreed, of), "."))
    return said


def _in_time(found: Numbers) -> tuple[tuple[Number, Number], ...]:
    replied, compliance = found.block(REPLIED), found.block(COMPLIANCE)
    return (replied[REPLIED_IN_TIME], replied[REPLIES]), (compliance[KEPT_IN_TIME], compliance[AGREED])


def _received_table(found: Numbers) -> Table:
    received = found[RECEIVED]
    lines = lines_of(found, NOT_ACCEPTED, INVESTIGATED, RECEIVED)
    return Table(
        "Went to the Ombudsman",
        ("What became of them", "Number", "Share"),
        tuple(Row(label, (count, Share(count, received)), total=count == received) for label, count in lines),
        Withholding.TOGETHER,
        key="ombudsman.received",
    )


def _decisions_table(figures: Figures, found: Numbers) -> Table:
    rows = tuple(
        Row(
            str(place),
            (
                one.complaint or NONE,
                Linked(capital(one.decision), found.word(DECIDED, one.decision).key),
                one.agreed or _in_short(one, place) or NONE,
            ),
        )
        for place, one in enumerate(figures.ombudsman.decisions, start=1)
    )
    return Table(
        "Complaint, decision and agreed action",
        ("Case", "Complaint", "Decision", "Agreed action"),
        rows,
        Withholding.LEFT_OUT,
        "Those taken for investigation and decided in this time, in the words written for the report.",
        word_columns=(1, 2, 3),
        key="ombudsman.decisions",
    )


def _in_short(one: Decided, place: int) -> Sentence:
    return joined("; ", [Sentence.of([piece]) for piece in agreed_in_short(one, place)])


def redress(figures: Figures) -> Section:
    """Returns the section on redress: how many and how much in pounds, the share given in time, and the table by type
    (none without redress)."""
    found = numbers_of(figures).block(REMEDIES)
    total, done = found[ALL_REMEDIES], found.block(REMEDIES_DONE)
    of = counted(total, "remedy", "remedies")
    paragraphs = [sentence(capital(of), " on complaint cases, ", pounds(found[PAID]), " in all.")]
    if done[REMEDIES_DUE]:
        in_time = share(
            done[REMEDIES_IN_TIME], done[REMEDIES_DUE], "of the redress with a date that is given or overdue"
        )
        paragraphs.append(sentence("Given in time: ", in_time, "."))
    table = division_table(found, BY_TYPE, total, Withholding.TOGETHER, of=of)
    return Section("Redress", tuple(paragraphs), (table,) if total else ())


def pounds(amount: Number) -> Sentence:
    """``£1,234.50``."""
    return Sentence.of([(f"£{Decimal(amount.value):,.2f}", (amount,))])


def learning(figures: Figures) -> Section:
    """Returns the section on learning, its areas, and the actions."""
    found, cases = numbers_of(figures).block(LEARNING_AND_ACTIONS), numbers_of(figures).block(COMPLAINTS)[CASES]
    of_upheld, actions = found.block(OF_UPHELD), found.block(ACTIONS)
    upheld, learned, points, due = (
        of_upheld[UPHELD_AT_STAGE_1],
        of_upheld[UPHELD_LEARNED],
        found[ALL_POINTS],
        actions[ACTIONS_DUE],
    )
    paragraphs, tables = [], []
    if cases:
        part = share(found[LEARNING_CASES], cases, "of the complaint cases")
        paragraphs.append(sentence("Learning is recorded on ", part, "."))
        rows = [Row(CASES.words, (cases, Share(found[LEARNING_CASES], cases)))]
        if upheld:
            rows.append(Row(UPHELD_AT_STAGE_1.words, (upheld, Share(learned, upheld))))
        columns = ("Of", "Number", "With learning")
        key = "learning.cases"
        tables.append(Table("Learning on record", columns, tuple(rows), Withholding.LINE_BY_LINE, key=key))
    if upheld:
        part = share(learned, upheld, "of the investigations that were upheld or partly upheld")
        paragraphs.append(sentence("It is recorded on ", part, "."))
    if points:
        of, note = sentence(counted(points, "point"), " of learning"), "A case may have several."
        tables.append(division_table(found, BY_AREA, points, Withholding.TOGETHER, of=of, note=note, bars=True))
    if due:
        done, overdue = share(actions[ACTIONS_DONE], due), share(actions[ACTIONS_OVERDUE], due)
        paragraphs.append(sentence("Of ", counted(due, "action"), ", ", done, " are done and ", overdue, " overdue."))
        lines = lines_of(actions, ACTIONS_DONE, ACTIONS_OVERDUE, ACTIONS_OPEN)
        of = counted(due, "action")
        caption, together = "Actions from complaints", Withholding.TOGETHER
        tables.append(shares(caption, "Actions", lines, due, together, key="learning.actions", of=of))
    return Section("Learning and actions", tuple(paragraphs), tuple(tables))


def praise_and_enquiries(figures: Figures) -> Section:
    """Returns the section on compliments by team and source, and enquiries by role."""
    found = numbers_of(figures)
    kinds = found.block(FEEDBACK).block(EVERYTHING_RECEIVED)
    compliments, enquiries = kinds.word(BY_KIND, Kind.COMPLIMENT), kinds.word(BY_KIND, Kind.ENQUIRY)
    praise, enquired = counted(compliments, "compliment"), counted(enquiries, "enquiry", "enquiries")
    together = Withholding.TOGETHER
    tables: list[Table] = []
    if compliments:
        for division in (PRAISED_TEAM, PRAISE_SOURCE):
            tables.append(division_table(found.block(COMPLIMENTS), division, compliments, together, of=praise))
    if enquiries:
        tables.append(division_table(found.block(ENQUIRIES), BY_ROLE, enquiries, together, of=enquired))
    said = sentence(capital(praise), " and ", enquired, " were received.")
    answered = found.block(ENQUIRIES).words(ANSWERED_BY_ROLE)
    if answered:
        each = [sentence(f"{role} ", number(count)) for role, count in answered.items()]
        said = sentence(said, " Enquiries answered: ", joined(", ", each), ".")
    quotes = figures.words.get(YearSection.QUOTES, ())
    written = (Written("In their words", quotes, quoted=True),) if quotes else ()
    return Section("Compliments and enquiries", (said,), tuple(tables), written)


def recommendations(figures: Figures) -> Section | None:
    """Returns the section on this year's recommendations and the progress on last year's; None without any."""
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
