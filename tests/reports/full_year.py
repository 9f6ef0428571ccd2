"""The cases and typed figures of a year with something in every section of the report."""

from __future__ import annotations

from datetime import date

from feedback_tui.enums import ClosingReason, Kind, OmbudsmanDecision, Outcome, Role, Status, YearSection
from feedback_tui.models.register import TypedFigure, YearText
from tests.reports.building import ANSWERED, Agreed, Approach, Due, Given, Point

DECIDED = Approach(date(2022, 8, 1), date(2022, 8, 29), date(2022, 8, 20), date(2022, 12, 1), OmbudsmanDecision.UPHELD)
FULL = [
    *[ANSWERED.but(points=(Point("North", "Sunny Care", "Delay", "reply", "Care"), Point("South")))] * 3,
    ANSWERED.but(
        outcome=Outcome.PARTLY_UPHELD,
        learning=("communication", "finance"),
        remedies=(Agreed("apology", approach=1), Agreed("payment", 20_050, approach=1)),
        actions=(Agreed(due_on=date(2022, 12, 24), done_on=date(2022, 12, 20)), Agreed(due_on=date(2023, 1, 9))),
        approaches=(DECIDED,),
        roles=(Role.FAMILY, Role.MP),
    ),
    ANSWERED.but(
        procedure="corporate", reviewed=True, responded_on=date(2022, 7, 11), extended=True,
        targets=(Due(date(2022, 7, 8), date(2022, 7, 29)),), working_days=27,
    ),
    ANSWERED.but(procedure="corporate", outcome=Outcome.NOT_UPHELD, received_on=date(2022, 11, 1)),
    Given(status=Status.CLOSED, closed_on=date(2022, 6, 9), closing_reason=ClosingReason.DUPLICATE),
    Given(received_on=date(2023, 1, 3), acknowledgement=Due(date(2023, 1, 6))),
    *[Given(kind=Kind.COMPLIMENT, procedure=None, points=(Point("North"),), source="sent direct")] * 4,
    Given(kind=Kind.ENQUIRY, procedure=None, roles=(Role.COUNCILLOR,)),
    *[ANSWERED.but(received_on=date(2021, 6, 1))] * 2,
]  # fmt: skip
"""A year with something in every section."""


def full_typed() -> list[TypedFigure | YearText]:
    """What the council typed and wrote for it."""
    return [
        TypedFigure(year="2020/21", name="upheld_percent", value="14"),
        TypedFigure(year="2021/22", name="activity: assessments", value="3900"),
        TypedFigure(year="2022/23", name="activity", value="22475"),
        TypedFigure(year="2021/22", name="council: complaints", value="900"),
        TypedFigure(year="2022/23", name="council: complaints", value="950"),
        TypedFigure(year="2022/23", name="activity: assessments", value="4000"),
        YearText(year="2021/22", section=YearSection.RECOMMENDATIONS, position=1, text="Train every team"),
        YearText(year="2022/23", section=YearSection.PROGRESS, position=1, text="Every team was trained"),
        YearText(year="2022/23", section=YearSection.RECOMMENDATIONS, position=1, text="Answer sooner"),
        YearText(year="2022/23", section=YearSection.GENERAL_IMPORTANCE, position=1, text="Fees are unclear"),
        YearText(year="2022/23", section=YearSection.QUOTES, position=1, text="You listened"),
        YearText(year="2022/23", section=YearSection.QUOTES, position=2, text="Thank you all"),
    ]
