"""The sections for the annual return under regulation 18 and the Ombudsman's Code, point by point."""

from __future__ import annotations

from collections.abc import Callable

from feedback_tui.enums import YearSection
from feedback_tui.reports.declarations.complaints import COMPLAINTS, CUTS
from feedback_tui.reports.declarations.numbers import Number, Numbers, Piece, numbers_of
from feedback_tui.reports.declarations.redress import (
    ACTIONS,
    ACTIONS_DONE,
    ACTIONS_DUE,
    ALL_POINTS,
    LEARNING_AND_ACTIONS,
)
from feedback_tui.reports.declarations.statutory_returns import (
    ALL_COMPLAINTS,
    AS_EXTENDED,
    CODE,
    CODE_OMBUDSMAN,
    CODE_RECEIVED,
    CODE_WELL_FOUNDED,
    DONE,
    FINDINGS,
    IMPROVEMENTS,
    KNOWN_TO_OMBUDSMAN,
    LEARNED,
    RECEIVED,
    REFUSED,
    REGULATION_18,
    REVIEWS,
    STAGE_1_IN_TIME,
    STAGE_1_OF,
    STAGE_1_WITHIN,
    STAGE_2_IN_TIME,
    STAGE_2_OF,
    STAGE_2_WITHIN,
    SUBJECTS,
    TO_DO,
    UNDER_THE_CODE,
    UNDER_THE_REGULATIONS,
    WELL_FOUNDED_THAT_STANDS,
    WITH_OUTCOME,
)
from feedback_tui.reports.declarations.timeliness import ACKNOWLEDGED_IN_TIME, ACKNOWLEDGEMENT, ACKNOWLEDGEMENTS
from feedback_tui.reports.document.blocks import (
    Cell,
    Row,
    Section,
    Sentence,
    Share,
    Table,
    Withholding,
    Written,
    sentence,
)
from feedback_tui.reports.document.number_format import NONE, capital, counted, joined, number, share
from feedback_tui.reports.figure_rows import By, Figures

MOST_SUBJECTS = 3
"""How many categories the return names."""
TO_WRITE = "for the council to write: no figure says it"


def reg_18(figures: Figures) -> Section:
    """Returns the section with each point that regulation 18 asks the annual report for."""
    columns = numbers_of(figures).each(REGULATION_18)
    regulated, everything = columns[UNDER_THE_REGULATIONS], columns[ALL_COMPLAINTS]
    important = figures.words.get(YearSection.GENERAL_IMPORTANCE, ())
    both = (regulated, everything)
    rows = (
        *(
            Row(figure.words, tuple(column[figure] for column in both))
            for figure in (RECEIVED, WELL_FOUNDED_THAT_STANDS, KNOWN_TO_OMBUDSMAN)
        ),
        Row("Subject matter (the most frequent categories)", tuple(map(_subjects, both))),
        Row("Matters of general importance", (_important(important), NONE)),
        Row("Action taken or to be taken to improve services", tuple(map(_improved, both))),
    )
    paragraphs = [
        "The 2009 Regulations ask for these points each year. The first column counts the complaints under "
        "procedures that stand under the Regulations, the second all complaints. Well-founded is what the last stage "
        "that decided found."
    ]
    if unsettled := numbers_of(figures).block(COMPLAINTS).lacking(CUTS[By.PROCEDURE]):
        cases = counted(unsettled, "complaint case is", "complaint cases are")
        paragraphs.append(
            sentence(capital(cases), " without a settled procedure: the first column counts such cases as well.")
        )
    return Section(
        "The return under regulation 18",
        tuple(paragraphs),
        (
            Table(
                "Regulation 18, point by point",
                ("Point", "Under the Regulations", "All complaints"),
                rows,
                Withholding.LINE_BY_LINE,
                word_columns=(1, 2),
                key="regulation_18",
            ),
        ),
        (Written("Matters of general importance", important),) if important else (),
    )


def _improvements(figures: Figures) -> tuple[Number, Number, Number]:
    """Points of learning, actions, and those done."""
    found = numbers_of(figures).block(LEARNING_AND_ACTIONS)
    return found[ALL_POINTS], found.block(ACTIONS)[ACTIONS_DUE], found.block(ACTIONS)[ACTIONS_DONE]


def _important(matters: tuple[str, ...]) -> str:
    return f"{counted(len(matters), 'matter')}, below" if matters else TO_WRITE


def _improved(column: Numbers) -> str:
    found = column.block(IMPROVEMENTS)
    due, done = counted(found[TO_DO], "action"), number(found[DONE])
    return sentence(counted(found[LEARNED], "point"), " of learning; ", due, ", of which ", done, " done")


def _subjects(column: Numbers) -> str:
    categories = list(column.words(SUBJECTS).items())[:MOST_SUBJECTS]
    named = [
        sentence(Sentence.of([Piece(word, (count,))]), " ", share(count, column[RECEIVED]))
        for word, count in categories
    ]
    return joined("; ", named) if named else "Not recorded"


def _refused(column: Numbers) -> Cell:
    reasons = column.words(REFUSED)
    return joined("; ", [sentence(f"{why} ", number(count)) for why, count in reasons.items()]) if reasons else "none"


def _acknowledged(column: Numbers) -> Cell:
    found = column.block(ACKNOWLEDGEMENT)
    return Share(found[ACKNOWLEDGED_IN_TIME], found[ACKNOWLEDGEMENTS])


def _stage_1(column: Numbers) -> Cell:
    found = column.block(STAGE_1_IN_TIME)
    return Share(found[STAGE_1_WITHIN], found[STAGE_1_OF])


def _stage_2(column: Numbers) -> Cell:
    found = column.block(STAGE_2_IN_TIME)
    return Share(found[STAGE_2_WITHIN], found[STAGE_2_OF])


POINTS: tuple[tuple[str, str, Callable[[Numbers], Cell]], ...] = (
    (CODE_RECEIVED.words, "Complaints: cases", lambda column: column[CODE_RECEIVED]),
    ("Analysis: acknowledged in time", "In time", _acknowledged),
    (STAGE_1_WITHIN.words, "In time", _stage_1),
    (AS_EXTENDED.words, "In time", lambda column: column[AS_EXTENDED]),
    (CODE_WELL_FOUNDED.words, "Outcomes", lambda column: Share(column[CODE_WELL_FOUNDED], column[FINDINGS])),
    (WITH_OUTCOME.words, "Outcomes", lambda column: column[WITH_OUTCOME]),
    (REVIEWS.words, "Outcomes", lambda column: Share(column[REVIEWS], column[CODE_RECEIVED])),
    (STAGE_2_WITHIN.words, "Counted here", _stage_2),
    (REFUSED.words, "Complaints", _refused),
    (CODE_OMBUDSMAN.words, "Ombudsman", lambda column: column[CODE_OMBUDSMAN]),
)
"""Each point of part 8 that a figure answers: its label, the section that has the figure, and its cell."""


def code(figures: Figures) -> Section:
    """What part 8 of the Ombudsman's Complaint Handling Code asks an annual report for, and which figure answers it."""
    columns = numbers_of(figures).each(CODE)
    mine, everything = columns.get(UNDER_THE_CODE), columns[ALL_COMPLAINTS]
    points, due, done = _improvements(figures)
    improved = sentence(
        counted(points, "point"), " of learning, ", number(done), " of ", counted(due, "action"), " done"
    )
    rows = [
        *(Row(label, (NONE if mine is None else cell(mine), cell(everything), there)) for label, there, cell in POINTS),
        Row("Service improvements from learning", (NONE, improved, "Learning and actions")),
        Row("Self-assessment against the Code", (NONE, TO_WRITE, NONE)),
        Row("Findings that the Code was not kept", (NONE, TO_WRITE, NONE)),
        Row("The Ombudsman's annual letter, and reports about the council", (NONE, TO_WRITE, NONE)),
    ]
    return Section(
        "The Ombudsman's Code, point by point",
        (
            "The Complaint Handling Code (February 2024, part 8) asks for an annual report on complaints and on the "
            "improvement of services. The first column counts the complaints under procedures that are under the Code: "
            "it is not for complaints with a statute of their own, such as those about adult social care.",
        ),
        (
            Table(
                "The Code's annual figures",
                ("Point", "Under the Code", "All complaints", "Answered by"),
                tuple(rows),
                Withholding.LINE_BY_LINE,
                word_columns=(1, 2, 3),
                key="code",
            ),
        ),
    )
