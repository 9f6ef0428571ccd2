"""The annual return of regulation 18 and the annual figures of the Ombudsman's Code, point by point."""

from __future__ import annotations

from collections.abc import Callable

from feedback_tui.enums import YearSection
from feedback_tui.reports.document.blocks import Cell, Row, Section, Share, Table, Written
from feedback_tui.reports.document.number_format import NONE, NOT_RECORDED, counted, number, share
from feedback_tui.reports.figure_rows import By, CodeReturn, Counts, Figures, Within

SUBJECTS = 3
"""How many categories the return names."""
TO_WRITE = "for the council to write: no figure says it"


def reg_18(figures: Figures) -> Section:
    """What the annual report of regulation 18 has to give, point by point."""
    regulated, everything = figures.regulation_18, figures.all_complaints
    important = figures.words.get(YearSection.GENERAL_IMPORTANCE, ())
    actions = figures.learning.actions
    points = figures.learning.by_area.base
    rows = (
        Row("Complaints received", (regulated.received, everything.received), _both("received")),
        Row(
            "Well-founded: upheld or partly upheld",
            (Share(regulated.well_founded, regulated.received), Share(everything.well_founded, everything.received)),
            _both("well_founded"),
        ),
        Row(
            "Known to have gone to the Ombudsman in the year",
            (regulated.ombudsman, everything.ombudsman),
            _both("ombudsman"),
        ),
        Row("Subject matter (the most frequent categories)", (NONE, _subjects(figures))),
        Row("Matters of general importance", (NONE, _important(important))),
        Row(
            "Action taken or to be taken to improve services",
            (
                NONE,
                f"{counted(points, 'point')} of learning; {counted(actions.due, 'action')}, of which "
                f"{number(actions.done)} done",
            ),
        ),
    )
    columns = ("Point", "Under the Regulations", "All complaints")
    return Section(
        "The return under regulation 18",
        (
            "The 2009 Regulations ask for these points each year. The first column counts the complaints under "
            "procedures that stand under the Regulations, the second all complaints.",
        ),
        (Table("Regulation 18, point by point", columns, rows, word_columns=(1, 2)),),
        (Written("Matters of general importance", important),) if important else (),
    )


def _both(point: str) -> tuple[str, str]:
    return f"regulation_18.under_the_regulations.{point}", f"regulation_18.all_complaints.{point}"


def _important(matters: tuple[str, ...]) -> str:
    return f"{counted(len(matters), 'matter')}, below" if matters else TO_WRITE


def _subjects(figures: Figures) -> str:
    cut = figures.complaints.by[By.CATEGORY]
    found = [f"{word} {share(count, cut.base)}" for word, count in list(cut.counts.items())[:SUBJECTS]]
    return "; ".join(found) or NOT_RECORDED


def code(figures: Figures) -> Section:
    """What part 8 of the Ombudsman's Complaint Handling Code asks an annual report for, and which figure answers it."""
    mine, everything = figures.code, figures.all_as_code
    points: tuple[tuple[str, str, str, Callable[[CodeReturn], Cell]], ...] = (
        ("Analysis: complaints received", "Complaints: cases", "received", lambda found: found.received),
        (
            "Analysis: acknowledged in time",
            "In time",
            "acknowledgement.within",
            lambda found: _share(found.acknowledgement),
        ),
        ("Analysis: Stage 1 by the date due", "In time", "stage_1.within", lambda found: _share(found.stage_1)),
        ("Analysis: Stage 1 only in time as extended", "In time", "extended", lambda found: found.extended),
        (
            "Analysis: upheld or partly upheld at Stage 1",
            "Outcomes",
            "well_founded",
            lambda found: Share(found.well_founded, found.with_outcome),
        ),
        ("Analysis: went on to Stage 2", "Outcomes", "reviews", lambda found: Share(found.reviews, found.received)),
        ("Analysis: Stage 2 by the date due", "Counted here", "stage_2.within", lambda found: _share(found.stage_2)),
        ("Refused: kinds of complaint not accepted", "Complaints", "", lambda found: _reasons(found.not_accepted)),
        ("The Ombudsman: complaints known to have gone there", "Ombudsman", "ombudsman", lambda found: found.ombudsman),
    )
    rows = [
        Row(
            label,
            (NONE if mine is None else figure(mine), figure(everything), where),
            (f"code.under_the_code.{key}" if mine else "", f"code.all_complaints.{key}") if key else (),
        )
        for label, where, key, figure in points
    ]
    actions = figures.learning.actions
    learned = figures.learning.by_area.base
    improved = (
        f"{counted(learned, 'point')} of learning, {number(actions.done)} of {counted(actions.due, 'action')} done"
    )
    rows += [
        Row("Service improvements from learning", (NONE, improved, "Learning and actions")),
        Row("Self-assessment against the Code", (NONE, TO_WRITE, NONE)),
        Row("Findings that the Code was not kept", (NONE, TO_WRITE, NONE)),
        Row("The Ombudsman's annual letter, and reports about the council", (NONE, TO_WRITE, NONE)),
    ]
    columns = ("Point", "Under the Code", "All complaints", "Answered by")
    return Section(
        "The Ombudsman's Code, point by point",
        (
            "The Complaint Handling Code (February 2024, part 8) asks for an annual report on complaints and on the "
            "improvement of services. The first column counts the complaints under procedures that the Code is for: it "
            "is not for adult social care, which has the 2009 Regulations.",
        ),
        (Table("The Code's annual figures", columns, tuple(rows), word_columns=(1, 2, 3)),),
    )


def _share(found: Within) -> Cell:
    return Share(found.within, found.of)


def _reasons(counts: Counts) -> Cell:
    return "; ".join(f"{reason} {number(count)}" for reason, count in counts.items()) or "none"
