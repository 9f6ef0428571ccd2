"""The figures of a year, quarter or month as frozen dataclasses. They hold no personal data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from feedback_tui.desk.filters.case_filter import CaseFilter
from feedback_tui.enums import YearSection
from feedback_tui.rules.months import Span

Counts = Mapping[str, int]
"""Counts by word, as the register has it; a missing word means zero."""

OPEN = "open"
CLOSED_WITHOUT_OUTCOME = "closed without outcome"


class By(StrEnum):
    """The dimensions by which complaint cases are divided."""

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
    """Cases divided by one dimension. A case with two teams counts once under each; one without a team only in
    `without`."""

    counts: Counts
    base: int
    """How many cases were divided."""
    without: int
    """How many of them have no word."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def repeated(self) -> int:
        """How often cases were counted again because they have several words: total = base - without + repeated."""
        return self.total - (self.base - self.without)


@dataclass(frozen=True)
class Within:
    """How many were in time, and of how many that can be judged."""

    within: int
    of: int


@dataclass(frozen=True)
class Headline:
    """The council's headline count, as its profile defines it, and its parts, which add up to it."""

    count: int
    parts: Counts
    of_activity: Decimal | None
    """The year's activity (assessments, reablement, …) as typed by the council; None if it was not."""


@dataclass(frozen=True)
class Feedback:
    """All feedback received except what was logged in error."""

    total: int
    by_kind: Counts
    by_month: Counts
    by_quarter: Counts
    months: int
    """The number of months for the average: those of the span that had begun on the day of the report."""
    monthly_average: Decimal


@dataclass(frozen=True)
class Complaints:
    """Complaint cases received, and the investigations they led to."""

    cases: int
    investigations: int
    not_investigated: Cut
    """Closed without an investigation or a response, by closing reason (or by an outcome without one)."""
    refused: Cut
    """Those of them that were not accepted, by reason."""
    not_yet_investigated: int
    """Open cases without an investigation or a response so far."""
    reopened: int
    """Cases that were reopened after they were closed; `answered_since` counts those answered since."""
    answered_since: int
    by: Mapping[By, Cut]
    provider_subcategories: Cut
    """Cases that name a provider, by the sub-category of the points that name one."""


@dataclass(frozen=True)
class DaysTaken:
    """Statistics of the working days that responses took. `n` counts those with days on record; without any the rest is
    None."""

    n: int = 0
    average: Decimal | None = None
    """Rounded to one decimal."""
    lowest: int | None = None
    lower_quartile: Decimal | None = None
    median: Decimal | None = None
    upper_quartile: Decimal | None = None
    highest: int | None = None


@dataclass(frozen=True)
class Timeliness:
    """First responses of one stage, and whether they were in time. Due dates are inclusive.

    `within_target` and `within_limit` use the original dates. `within_extended` counts responses after an original date
    (aim or limit) but by the same date as extended; they are not in the other two for that date. `of_target` and
    `of_limit` count the responses that have such a date.
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
    """By month of receipt, including months without a response."""
    by_quarter: Mapping[str, DaysTaken]
    """By quarter of receipt, including quarters without a response."""

    @property
    def average_working_days(self) -> Decimal | None:
        return self.days.average


@dataclass(frozen=True)
class Answered:
    """The first responses to the complaint cases of one team or provider."""

    responded: int
    with_days: int
    """Those with working days on record."""
    average_working_days: Decimal | None
    """Rounded to one decimal."""


@dataclass(frozen=True)
class Extended:
    """Extensions of stage 1 responses."""

    cases: int
    """Complaint cases with an extension."""
    told: Within
    """Extensions of which the complainant was told by the former due date; of all extensions."""


@dataclass(frozen=True)
class Outcomes:
    """Outcomes by stage: of investigations at stage 1, of the cases that came to a later stage there."""

    stages: Mapping[int, Counts]
    """With open ones, each adds up to the number that reached the stage."""
    reached: Mapping[int, int]
    """Investigations at stage 1; at a later stage, the cases that came to it."""
    stage_2_refused: int
    by_procedure: Mapping[str, Counts]
    """Stage 1 outcomes of each procedure with investigations."""
    by_team: Mapping[str, Counts]
    """Stage 1 outcomes by team, the team with most investigations first. A case with two teams counts under each."""
    without_team: int
    """Investigations without a team."""
    by_provider: Mapping[str, Counts]
    """Stage 1 outcomes by provider, in the same way."""
    without_provider: int


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
    """The redress and actions that were agreed with the Ombudsman in one approach."""

    remedies: tuple[tuple[str | None, int], ...] = ()
    """Pairs of redress type (None if not recorded) and amount in pence."""
    actions: int = 0
    done: int = 0


@dataclass(frozen=True)
class Decided:
    """One decision of the Ombudsman for the report; it names nobody."""

    complaint: str
    """The officer's summary of the complaint for the report, else its category, if any."""
    decision: str
    agreed: str
    """The agreed action in the officer's words; empty if none were written."""
    counted: Agreed = Agreed()
    """What the register counts as agreed, for a decision without such words."""


@dataclass(frozen=True)
class Ombudsman:
    """Approaches to the Ombudsman, and decisions."""

    received: int
    """Approaches received in the span: `not_accepted` plus `investigated`."""
    not_accepted: int
    """Of those received: decided without an investigation."""
    investigated: int
    """All approaches received that were not turned away, including those that await a decision."""
    awaiting: int
    """Of those received: without a decision so far."""
    decided: Counts
    """Decisions made in the span, whenever the approach was received, by decision."""
    replies: Within
    """Of those received: replied in time, of those replied or overdue. The due date is that of the enquiry's letter,
    else 28 calendar days."""
    decisions: tuple[Decided, ...]
    """Those investigated and decided in the span, with the officers' texts for the report."""
    compliance: Within
    """Actions and redress agreed with upheld decisions of the span: done in time, of those done or overdue."""

    @property
    def upheld(self) -> int:
        return self.decided.get("upheld", 0)

    @property
    def upheld_or_not(self) -> int:
        """The number of decisions that are upheld or not upheld: the base of the upheld rate."""
        return self.upheld + self.decided.get("not upheld", 0)


@dataclass(frozen=True)
class Remedies:
    """Redress on complaint cases, each remedy counted."""

    by_type: Cut
    paid_pence: int
    done: Within
    """Those with a due date: done by that date, of those done or overdue."""


@dataclass(frozen=True)
class Actions:
    """Actions agreed on complaint cases. `due` counts all of them: done, overdue, and still in time
    or without a date."""

    due: int
    done: int
    overdue: int


@dataclass(frozen=True)
class Learning:
    """Learning from complaint cases. `by_area` counts points of learning, of which a case may have several."""

    cases: int
    upheld_cases: int
    upheld: int
    """Investigations upheld or partly upheld at stage 1; `upheld_cases` counts those with learning."""
    by_area: Cut
    actions: Actions


@dataclass(frozen=True)
class Improvements:
    """What followed from some complaint cases: points of learning, actions, and those of them that are done."""

    learning_points: int = 0
    actions: int = 0
    actions_done: int = 0


@dataclass(frozen=True)
class Return:
    """The counts that regulation 18 asks for."""

    received: int
    well_founded: int
    """Investigations whose final outcome is upheld or partly upheld."""
    ombudsman: int
    """Complaints known to have gone to the Ombudsman in the span."""
    by_category: Cut
    """The subject matter of the complaints received."""
    improvements: Improvements


@dataclass(frozen=True)
class CodeReturn:
    """The counts that the Ombudsman's Complaint Handling Code asks an annual report for (part 8)."""

    received: int
    not_accepted: Counts
    """Closed because the council would not or could not take the complaint up, by reason."""
    acknowledgement: Within
    stage_1: Within
    """Stage 1 responses by the original due date, of those with one."""
    extended: int
    """Responses after an original date but in time as extended."""
    well_founded: int
    findings: int
    """Investigations found upheld, partly upheld or not upheld at stage 1: the base of `well_founded`."""
    with_outcome: int
    reviews: int
    stage_2: Within
    """Stage 2 responses by the original due date, of those with one."""
    ombudsman: int


@dataclass(frozen=True)
class ComparedYear:
    """One year in the comparison. A figure that is not known is None."""

    label: str
    typed: bool
    """Whether the council typed it from an earlier report; else it is counted from the register."""
    counted_from: date | None = None
    """The first day counted, if the register begins within the span; None if it holds all of the span, or none."""
    counted_to: date | None = None
    """The last day counted, if the span of the report is not over; None if the whole span is counted."""
    feedback: Decimal | None = None
    compliments: Decimal | None = None
    enquiries: Decimal | None = None
    complaints: Decimal | None = None
    investigations: Decimal | None = None
    average_working_days: Decimal | None = None
    upheld: Decimal | None = None
    upheld_of: Decimal | None = None
    """Investigations with an outcome: the base of `upheld`."""
    upheld_percent: Decimal | None = None
    """As typed if an earlier report states only the share; else calculated from the two counts, to one decimal."""
    ombudsman: Decimal | None = None
    parts: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    """By family (``team``, ``group``, ``outcome``, ``average_working_days``, …), then by word."""


@dataclass(frozen=True)
class Figures:
    """The figures of one span, as of the day `as_of`."""

    span: Span
    as_of: date
    profile: str
    council: str
    procedures: Mapping[str, str]
    """The names of the profile's procedures, by key."""
    feedback: Feedback
    headline: Headline
    activities: Mapping[str, Decimal]
    """The council's activity in the year by name, as typed: assessments, reablement."""
    council_wide: Mapping[str, Decimal]
    """Typed figures of the whole council in the year, by name, such as all its complaints. Not part of the activity."""
    complaints: Complaints
    acknowledgement: Within
    extended: Extended
    responses: Mapping[int, Mapping[str, Timeliness]]
    """By stage: ``all``, then each procedure with complaint cases (at a later stage: with cases that came to it)."""
    teams: Mapping[str, Answered]
    """The first responses at stage 1 by team, the team with most first. A case with two teams counts under each."""
    providers: Mapping[str, Answered]
    outcomes: Outcomes
    groups: Mapping[str, Group]
    ombudsman: Ombudsman
    remedies: Remedies
    learning: Learning
    compliments: Mapping[str, Cut]
    """Keys: ``by_team`` and ``by_source``."""
    enquiries: Cut
    """By the role of the enquirer."""
    enquiries_answered: Counts
    """Answered enquiries, by the role of the enquirer."""
    regulation_18: Return
    """Complaints under procedures of the 2009 Regulations, and those without a settled procedure."""
    all_complaints: Return
    code: CodeReturn | None
    """Complaints under versions of procedures that are under the Ombudsman's Code; None if the profile has none."""
    all_as_code: CodeReturn
    comparison: tuple[ComparedYear, ...]
    """The last years, earliest first, ending with this one."""
    words: Mapping[YearSection, tuple[str, ...]]
    """What officers wrote for the year, by section of the report."""
    recommended_before: tuple[str, ...]
    """The recommendations in the previous year's report."""
    by_query: Mapping[str, int] = field(default_factory=dict)
    """The figures that are counted by their own query, by key."""
    scopes: Mapping[str, CaseFilter] = field(default_factory=dict)
    """The cases that each name is limited to (``groups.statutory``, ``code.under_the_code``), by key."""
    anchor: str = field(default="", compare=False)
    """The number and hash of the last event, as ``1234:9f86…``; not a figure."""


def rounded(numerator: int | Decimal, denominator: int | Decimal, places: str = "0.1") -> Decimal:
    """Returns the quotient, halves rounded up: 0.05 gives 0.1. The denominator must not be zero."""
    return (Decimal(numerator) / Decimal(denominator)).quantize(Decimal(places), ROUND_HALF_UP)
