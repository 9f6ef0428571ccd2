"""The return under regulation 18, and the annual figures of the Ombudsman's Code."""

from __future__ import annotations

from feedback_tui.desk.filters.case_filter import CaseFilter
from feedback_tui.desk.filters.findings_sql import outcome_that_stands
from feedback_tui.enums import Law
from feedback_tui.reports.counting.counted_cases import STAGE
from feedback_tui.reports.declarations import figure_query
from feedback_tui.reports.declarations.complaints import CASES, INVESTIGATIONS, REACHED
from feedback_tui.reports.declarations.declaration import Block, Dimension, Division, Each, Figure, everything, where
from feedback_tui.reports.declarations.figure_query import ended
from feedback_tui.reports.declarations.ombudsman import APPROACHES
from feedback_tui.reports.declarations.redress import ACTIONS_DONE, ACTIONS_DUE, ALL_POINTS
from feedback_tui.reports.declarations.span_query import Asking, under_law, under_the_regulations
from feedback_tui.reports.declarations.timeliness import (
    ACKNOWLEDGEMENT,
    AT_STAGE,
    OF_LIMIT,
    WITHIN_EXTENDED,
    WITHIN_LIMIT,
)
from feedback_tui.reports.figure_rows import CLOSED_WITHOUT_OUTCOME, OPEN, By
from feedback_tui.rules.findings import DECIDED, WELL_FOUNDED

UNDER_THE_REGULATIONS, UNDER_THE_CODE, ALL_COMPLAINTS = "under_the_regulations", "under_the_code", "all_complaints"

RECEIVED = Figure("received", "Complaints received", CASES)
WELL_FOUNDED_THAT_STANDS = Figure(
    "well_founded",
    "Well-founded: upheld or partly upheld",
    INVESTIGATIONS,
    where(outcome_that_stands(STAGE).in_(WELL_FOUNDED)),
)
KNOWN_TO_OMBUDSMAN = Figure("ombudsman", "Known to have gone to the Ombudsman in the year", APPROACHES)


SUBJECTS = Division(
    By.CATEGORY.value,
    "Subject matter",
    RECEIVED,
    "Category",
    lambda asking, asked, word: asking.cut(By.CATEGORY, word, asked),
    lacking=lambda asking, asked: asking.without(By.CATEGORY, asked),
    dimension=Dimension.SEVERAL_VALUED,
)
LEARNED = Figure("learning_points", "Points of learning", ALL_POINTS)
TO_DO = Figure("actions", "Actions", ACTIONS_DUE)
DONE = Figure("actions_done", "Actions done", ACTIONS_DONE)
IMPROVEMENTS = Block("", lambda found: found.improvements, (LEARNED, TO_DO, DONE))


def _regulated(asking: Asking, name: str) -> CaseFilter:
    return everything(asking, name) if name == ALL_COMPLAINTS else under_the_regulations(asking.profile)


REGULATION_18 = Each(
    "regulation_18",
    lambda figures: {UNDER_THE_REGULATIONS: figures.regulation_18, ALL_COMPLAINTS: figures.all_complaints},
    lambda asking: (UNDER_THE_REGULATIONS, ALL_COMPLAINTS),
    _regulated,
    (RECEIVED, WELL_FOUNDED_THAT_STANDS, KNOWN_TO_OMBUDSMAN, SUBJECTS, IMPROVEMENTS),
)


CODE_RECEIVED = Figure("received", "Analysis: complaints received", CASES)
REFUSED = Division(
    "not_accepted",
    "Refused: kinds of complaint not accepted",
    CASES,
    "Because",
    lambda asking, asked, word: asked.where(figure_query.not_investigated_because(word)),
)
STAGE_1_OF = Figure("of", "Responses with a date due", OF_LIMIT)
STAGE_1_WITHIN = Figure("within", "Analysis: Stage 1 by the date due", WITHIN_LIMIT)
AS_EXTENDED = Figure("extended", "Analysis: Stage 1 only in time as extended", WITHIN_EXTENDED)
WITH_OUTCOME = Figure(
    "with_outcome",
    "Analysis: investigations with an outcome",
    INVESTIGATIONS,
    where(~ended(OPEN), ~ended(CLOSED_WITHOUT_OUTCOME)),
)
FINDINGS = Figure("findings", "With a finding", WITH_OUTCOME, where(STAGE.c.outcome.in_(DECIDED)))
CODE_WELL_FOUNDED = Figure(
    "well_founded",
    "Analysis: upheld or partly upheld at Stage 1, of the findings",
    FINDINGS,
    where(STAGE.c.outcome.in_(WELL_FOUNDED)),
)
REVIEWS = Figure("reviews", "Analysis: went on to Stage 2", REACHED[2])
STAGE_2_OF = Figure("of", "Stage 2 responses with a date due", AT_STAGE[2].of_limit)
STAGE_2_WITHIN = Figure("within", "Analysis: Stage 2 by the date due", AT_STAGE[2].within_limit)
CODE_OMBUDSMAN = Figure("ombudsman", "The Ombudsman: complaints known to have gone there", APPROACHES)
STAGE_1_IN_TIME = Block("stage_1", lambda code: code.stage_1, (STAGE_1_WITHIN, STAGE_1_OF))
STAGE_2_IN_TIME = Block("stage_2", lambda code: code.stage_2, (STAGE_2_WITHIN, STAGE_2_OF))


def _coded(asking: Asking, name: str) -> CaseFilter:
    if name == ALL_COMPLAINTS:
        return everything(asking, name)
    return under_law(asking.profile, Law.LGSCO_CODE)


CODE = Each(
    "code",
    lambda figures: {UNDER_THE_CODE: figures.code, ALL_COMPLAINTS: figures.all_as_code},
    lambda asking: (UNDER_THE_CODE, ALL_COMPLAINTS),
    _coded,
    (
        CODE_RECEIVED,
        REFUSED,
        ACKNOWLEDGEMENT,
        STAGE_1_IN_TIME,
        AS_EXTENDED,
        CODE_WELL_FOUNDED,
        FINDINGS,
        WITH_OUTCOME,
        REVIEWS,
        STAGE_2_IN_TIME,
        CODE_OMBUDSMAN,
    ),
)
