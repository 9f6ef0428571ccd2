"""The figures of a year, a quarter or a month: plain frozen rows, counts first, nothing that names a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from feedback_tui.enums import YearSection
from feedback_tui.rules.months import Span

Counts = Mapping[str, int]
"""How many, by the word as the register has it; a word that does not stand in it counts zero."""

OPEN = "open"
CLOSED_WITHOUT_OUTCOME = "closed without outcome"


class By(StrEnum):
    """What complaint cases are divided by."""

    PROCEDURE = "by_procedure"
    TEAM = "by_team"
    PROVIDER = "by_provider"
    CATEGORY = "by_category"
    SUBCATEGORY = "by_subcategory"
    THEME = "by_theme"
    CHANNEL = "by_channel"
    CORRESPONDENT = "by_correspondent"


@dataclass(frozen=True)
class Cut:
    """Cases divided by one thing. A case with two teams counts once under each; one with none only in `without`."""

    counts: Counts
    base: int
    """The cases that were divided."""
    without: int
    """Those of them that have no value."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def repeated(self) -> int:
        """How often a case was counted again because it has several values: total = base - without + repeated."""
        return self.total - (self.base - self.without)


@dataclass(frozen=True)
class Within:
    """How many were in time, and of how many that can be judged."""

    within: int
    of: int


@dataclass(frozen=True)
class Headline:
    """The count that the council puts first, as its profile defines it, and the parts it is the sum of."""

    count: int
    parts: Counts
    of_activity: Decimal | None
    """The year's activity (assessments, reablement, …) as the council typed it; None where it did not."""


@dataclass(frozen=True)
class Feedback:
    """Everything received, but what was logged in error."""

    total: int
    by_kind: Counts
    by_month: Counts
    by_quarter: Counts
    months: int
    """The months that the average is over: those of the span that had begun by the day of the report."""
    monthly_average: Decimal


@dataclass(frozen=True)
class Complaints:
    """Complaint cases received: cases, and the investigations they led to, are two counts."""

    cases: int
    investigations: int
    not_investigated: Cut
    """Closed without an investigation or a response, by closing reason (or by the outcome that says as much)."""
    refused: Cut
    """Those of them that were not accepted, by why."""
    not_yet_investigated: int
    """Still open, with neither yet."""
    by: Mapping[By, Cut]
    provider_subcategories: Cut
    """The cases that name a provider, by the sub-category of the points that name one."""


@dataclass(frozen=True)
class DaysTaken:
    """The working days that some responses took. `n` are those with days on record; None where there are none."""

    n: int = 0
    average: Decimal | None = None
    """To one decimal."""
    lowest: int | None = None
    lower_quartile: Decimal | None = None
    median: Decimal | None = None
    upper_quartile: Decimal | None = None
    highest: int | None = None


@dataclass(frozen=True)
class Timeliness:
    """The first responses that were sent, and whether in time, judged by dates.

    `within_target` and `within_limit` are against the original date. `within_extended` counts the responses that came
    after an original date (aim or limit) but by that same date as it was extended by agreement: it stands beside the
    other two. `of_target` and `of_limit` say for how many there was such a date at all.
    """

    responded: int
    days: DaysTaken
    within_target: int
    of_target: int
    within_limit: int
    of_limit: int
    within_extended: int
    bands: Counts
    by_month: Mapping[str, DaysTaken]
    """By the month of receipt; months without a response are there."""
    by_quarter: Mapping[str, DaysTaken]
    """By the quarter of receipt, likewise."""

    @property
    def average_working_days(self) -> Decimal | None:
        return self.days.average


@dataclass(frozen=True)
class Extended:
    """Responses at stage 1 that were put off by agreement."""

    cases: int
    """Complaint cases with any extension."""
    told: Within
    """Extensions that the complainant was told of by the date that was put off; of all of them."""


@dataclass(frozen=True)
class Outcomes:
    """Outcomes of investigations (stage 1) and of reviews (stage 2); each adds up to its base with what is open."""

    stage_1: Counts
    stage_2: Counts
    reviews: int
    by_procedure: Mapping[str, Counts]
    """Stage 1, for each procedure that has investigations."""
    by_team: Mapping[str, Counts]
    """Stage 1, by team, the one with most investigations first; one with two teams counts once under each."""
    without_team: int
    """Investigations with no team."""


@dataclass(frozen=True)
class Group:
    """The complaints under one group of procedures."""

    cases: int
    investigations: int
    by: Mapping[By, Cut]
    outcomes: Counts
    stage_1: Timeliness


@dataclass(frozen=True)
class Agreed:
    """What was agreed on a decided case from the day of the decision."""

    remedies: tuple[tuple[str | None, int], ...] = ()
    """Redress by type, None where none is recorded, with its amount in pence."""
    actions: int = 0
    done: int = 0


@dataclass(frozen=True)
class Decided:
    """One decision of the Ombudsman, for the table of the report: nobody is named in it."""

    complaint: str
    """What was complained of, as the officer summed it up for the report; else the category, if there is one."""
    decision: str
    agreed: str
    """The agreed action in the officer's words; empty where none were written."""
    counted: Agreed = Agreed()
    """What the register counts of it, for a decision without such words."""


@dataclass(frozen=True)
class Ombudsman:
    """What went to the Ombudsman, and what the Ombudsman decided."""

    received: int
    """Approaches received in the span: `not_accepted` and `investigated` together."""
    not_accepted: int
    """Of those received: turned away without an investigation, whatever the word of the decision."""
    investigated: int
    """Of those received: not turned away; those that await a decision are among them."""
    awaiting: int
    """Of those received: no decision yet."""
    decided: Counts
    """Decided in the span, whenever received, by decision."""
    replies: Within
    """Of those received: replied to, or overdue for it; in time against the date of the enquiry's letter or 28 days."""
    decisions: tuple[Decided, ...]
    """Those that were taken up and decided in the span, each in the officers' words for the report."""
    compliance: Within
    """Actions and redress due on or after an upheld decision of the span, on its case: done, or overdue for it."""

    @property
    def upheld(self) -> int:
        return self.decided.get("upheld", 0)

    @property
    def upheld_or_not(self) -> int:
        """Those decided on their merits: what the upheld rate of the investigated is out of."""
        return self.upheld + self.decided.get("not upheld", 0)


@dataclass(frozen=True)
class Remedies:
    """Redress on complaint cases, each remedy counted."""

    by_type: Cut
    paid_pence: int
    done: Within
    """Those with a date due that were done, or are overdue; in time by that date."""


@dataclass(frozen=True)
class Actions:
    """Actions agreed on complaint cases: `due` is all of them, done, overdue, and still in time."""

    due: int
    done: int
    overdue: int


@dataclass(frozen=True)
class Learning:
    """What was learned from complaint cases. `by_area` counts points of learning: a case may have several."""

    cases: int
    upheld_cases: int
    upheld: int
    """Investigations upheld or partly upheld at stage 1; `upheld_cases` of them have learning."""
    by_area: Cut
    actions: Actions


@dataclass(frozen=True)
class Return:
    """What regulation 18 asks to be counted."""

    received: int
    well_founded: int
    """Upheld or partly upheld at stage 1."""
    ombudsman: int
    """Known to have gone to the Ombudsman in the span."""


@dataclass(frozen=True)
class CodeReturn:
    """The counts among what the Ombudsman's Complaint Handling Code asks an annual report for (part 8)."""

    received: int
    not_accepted: Counts
    """Closed because the council would not or could not take them up, by reason."""
    acknowledgement: Within
    stage_1: Within
    """Responses by the original date due, of those that have one."""
    extended: int
    """Late against an original date, in time as extended."""
    well_founded: int
    with_outcome: int
    reviews: int
    stage_2: Within
    """Stage 2 responses by the original date due, of those that have one."""
    ombudsman: int


@dataclass(frozen=True)
class ComparedYear:
    """One year beside others; None where nothing is known of it."""

    label: str
    typed: bool
    """Typed by the council from an earlier report, not counted from the register."""
    feedback: Decimal | None = None
    compliments: Decimal | None = None
    complaints: Decimal | None = None
    investigations: Decimal | None = None
    average_working_days: Decimal | None = None
    upheld: Decimal | None = None
    upheld_of: Decimal | None = None
    """The investigations with an outcome: what `upheld` is out of."""
    upheld_percent: Decimal | None = None
    """Typed where an earlier report states only the share; else from the two counts, to one decimal."""
    ombudsman: Decimal | None = None
    parts: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    """By family (``team``, ``channel``, ``theme``, ``procedure``, ``group``, ``average_working_days``), then word."""


@dataclass(frozen=True)
class Figures:
    """The figures of one span of days, as they stood on `as_of`."""

    span: Span
    as_of: date
    profile: str
    council: str
    procedures: Mapping[str, str]
    """The profile's procedures: key and name."""
    feedback: Feedback
    headline: Headline
    activities: Mapping[str, Decimal]
    """What the council did in the year, by name, as it typed it: assessments, reablement."""
    complaints: Complaints
    acknowledgement: Within
    extended: Extended
    stage_1: Mapping[str, Timeliness]
    """``all``, then each procedure that has complaint cases."""
    outcomes: Outcomes
    groups: Mapping[str, Group]
    ombudsman: Ombudsman
    remedies: Remedies
    learning: Learning
    compliments: Mapping[str, Cut]
    """``by_team`` and ``by_source``."""
    enquiries: Cut
    """By the role of whoever enquired."""
    enquiries_answered: Counts
    """Those that were answered, likewise."""
    regulation_18: Return
    """Complaints under procedures that stand under the 2009 Regulations."""
    all_complaints: Return
    code: CodeReturn | None
    """Complaints under procedures that adult social care may not use: those that the Code is for. None without any."""
    all_as_code: CodeReturn
    comparison: tuple[ComparedYear, ...]
    """The last years, the earliest first; this one stands last."""
    words: Mapping[YearSection, tuple[str, ...]]
    """What officers wrote for the year, by part of the report."""
    recommended_before: tuple[str, ...]
    """The recommendations of the year before."""
    by_query: Mapping[str, int] = field(default_factory=dict)
    """By key, the figures that are counted by a query of their own, as they are declared."""
    anchor: str = field(default="", compare=False)
    """The number and the hash of the last event on record, which is no figure: ``1234:9f86…``."""


def rounded(numerator: int | Decimal, denominator: int | Decimal, places: str = "0.1") -> Decimal:
    """The quotient, halves rounded up: 0.05 is 0.1. The denominator is not zero."""
    return (Decimal(numerator) / Decimal(denominator)).quantize(Decimal(places), ROUND_HALF_UP)
