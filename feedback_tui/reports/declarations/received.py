"""Feedback of every kind; compliments; enquiries."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from feedback_tui.desk.filters.case_filter import Field, counted, having
from feedback_tui.enums import Kind
from feedback_tui.reports.counting.counted_cases import CASE, STAGE
from feedback_tui.reports.declarations import figure_query
from feedback_tui.reports.declarations.complaints import CASES
from feedback_tui.reports.declarations.declaration import Block, Dimension, Division, Figure, Measure, Population
from feedback_tui.reports.figure_rows import By, rounded

FEEDBACK_RECEIVED = Population("feedback received", lambda asking: figure_query.feedback(asking.span))
TOTAL = Figure("total", "Feedback received", FEEDBACK_RECEIVED)
BY_KIND = Division(
    "by_kind", "Feedback by kind", TOTAL, "Kind", lambda asking, asked, word: asked.but(counted(kind=Kind(word)))
)
BY_MONTH = Division(
    "by_month", "Feedback by month", TOTAL, "Month", lambda asking, asked, word: asked.but(asking.month(word))
)
BY_QUARTER = Division(
    "by_quarter", "Feedback by quarter", TOTAL, "Quarter", lambda asking, asked, word: asked.but(asking.quarter(word))
)
MONTHLY_AVERAGE = Figure("monthly_average", "Average a month", TOTAL, measure=Measure.AVERAGE)
HEADLINE_COUNT = Figure("count", "The headline count", measure=Measure.SUM_OF_COUNTS)
OF_ACTIVITY = Figure("of_activity", "The activity of the year", measure=Measure.TYPED)
HEADLINE_PARTS = Division("parts", "Parts of the headline", None, "Part", measure=Measure.SUM_OF_COUNTS)
HEADLINE = Block("headline", lambda figures: figures.headline, (HEADLINE_COUNT, OF_ACTIVITY, HEADLINE_PARTS))
ACTIVITIES = Division("activities", "Feedback beside the year's activity", None, "Activity", measure=Measure.TYPED)
COUNCIL_WIDE = Division("council_wide", "The whole council", None, "Figure", measure=Measure.TYPED)
RECEIVED = Block("", lambda figures: figures.feedback, (TOTAL, BY_KIND, BY_MONTH, BY_QUARTER, MONTHLY_AVERAGE))
CASES_PER_1000 = Division(
    "cases_per_1000",
    "Complaint cases for each 1,000",
    CASES,
    "Activity",
    counts=lambda figures: _per_1000(figures.complaints.cases, figures.activities),
    measure=Measure.RATE,
    in_json=False,
)
FEEDBACK_PER_1000 = Division(
    "feedback_per_1000",
    "Feedback for each 1,000",
    TOTAL,
    "Activity",
    counts=lambda figures: _per_1000(figures.feedback.total, figures.activities),
    measure=Measure.RATE,
    in_json=False,
)
FEEDBACK = Block(
    "feedback",
    lambda figures: figures,
    (RECEIVED, HEADLINE, ACTIVITIES, COUNCIL_WIDE, CASES_PER_1000, FEEDBACK_PER_1000),
)


def _per_1000(count: int, activities: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Returns the count per 1,000 of each activity; activities of zero are left out."""
    return {name: rounded(1000 * count, done) for name, done in activities.items() if done}


COMPLIMENTS_RECEIVED = Population(
    "compliments received", lambda asking: figure_query.of_kind(Kind.COMPLIMENT, asking.span)
)
PRAISED_TEAM = Division(
    "by_team",
    "Compliments by team",
    COMPLIMENTS_RECEIVED,
    "Team",
    lambda asking, asked, word: asking.cut(By.TEAM, word, asked),
    lambda compliments: compliments["by_team"],
    lambda asking, asked: asking.without(By.TEAM, asked),
    dimension=Dimension.SEVERAL_VALUED,
)
PRAISE_SOURCE = Division(
    "by_source",
    "Compliments by where they were recorded",
    COMPLIMENTS_RECEIVED,
    "Source",
    lambda asking, asked, word: asked.but(having(Field.SOURCE, *asking.spellings((CASE.c.compliment_source,), word))),
    lambda compliments: compliments["by_source"],
    lambda asking, asked: asked.but(having(Field.SOURCE)),
)
COMPLIMENTS = Block("compliments", lambda figures: figures.compliments, (PRAISED_TEAM, PRAISE_SOURCE))

ENQUIRIES_RECEIVED = Population("enquiries received", lambda asking: figure_query.of_kind(Kind.ENQUIRY, asking.span))
ENQUIRIES_ANSWERED = Population(
    "enquiries answered",
    lambda asking: figure_query.of_kind(Kind.ENQUIRY, asking.span).where(STAGE.c.responded_on.is_not(None)),
)
BY_ROLE = Division(
    "by_role",
    "Enquiries by who enquired",
    ENQUIRIES_RECEIVED,
    "Role",
    lambda asking, asked, word: asking.cut(By.CORRESPONDENT, word, asked),
    lambda figures: figures.enquiries,
    lambda asking, asked: asking.without(By.CORRESPONDENT, asked),
    dimension=Dimension.SEVERAL_VALUED,
)
ANSWERED_BY_ROLE = Division(
    "answered",
    "Enquiries answered, by who enquired",
    ENQUIRIES_ANSWERED,
    "Role",
    lambda asking, asked, word: asking.cut(By.CORRESPONDENT, word, asked),
    lambda figures: figures.enquiries_answered,
    dimension=Dimension.SEVERAL_VALUED,
)
ENQUIRIES = Block("enquiries", lambda figures: figures, (BY_ROLE, ANSWERED_BY_ROLE))
