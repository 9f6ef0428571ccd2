"""The keys of the summary as questions: ``complaints.by_team.North``, ``stage_1.all.within_limit``.

A key is the path of a count in the JSON of the summary. The words in it are the register's own, and may hold a full
stop: they stand at the end, or are known from the profile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, func, or_, select
from sqlalchemy.engine import Connection

from feedback_tui.desk.case_filter import CaseFilter, Field, counted, having
from feedback_tui.errors import PlainError
from feedback_tui.reports.behind import asked
from feedback_tui.reports.behind.asked import INVESTIGATED, NOT_INVESTIGATED, REVIEW, Asked, Of, ended
from feedback_tui.reports.counting.cohort import (
    ACTION,
    CASE,
    EXTENSION,
    LEARNING,
    OMBUDSMAN,
    POINT,
    REMEDY,
    STAGE,
    rows,
)
from feedback_tui.reports.counting.feedback import first_of, quarter_label
from feedback_tui.reports.counting.ombudsman import (
    agreed_with,
    came_in,
    decided_in,
    kept_in_time,
    promise_judged,
    replied_within,
    reply_judged,
    upheld_cases,
)
from feedback_tui.reports.counting.points import PATH
from feedback_tui.reports.counting.redress import WELL_FOUNDED
from feedback_tui.reports.counting.timeliness import (
    acknowledged_within,
    acknowledgement_judged,
    band_labels,
    judged_acknowledgements,
    judged_responses,
    judged_reviews,
    only_as_extended,
    review_within,
    told_in_time,
)
from feedback_tui.reports.shapes import CLOSED_WITHOUT_OUTCOME, OPEN, By
from feedback_tui.rules.months import Span, months_of
from feedback_tui.rules.procedures import Profile
from feedback_tui.text import one_line
from feedback_tui.words import Kind, OmbudsmanDecision

FIELDS = {
    By.PROCEDURE: Field.PROCEDURE,
    By.TEAM: Field.TEAM,
    By.PROVIDER: Field.PROVIDER,
    By.CATEGORY: Field.CATEGORY,
    By.SUBCATEGORY: Field.SUBCATEGORY,
    By.THEME: Field.THEME,
    By.CHANNEL: Field.CHANNEL,
    By.CORRESPONDENT: Field.ROLE,
}
OPEN_WORDS = {
    By.TEAM: (POINT.c.team,),
    By.PROVIDER: (POINT.c.provider,),
    By.CATEGORY: (POINT.c.category,),
    By.SUBCATEGORY: (POINT.c.category, POINT.c.subcategory),
    By.THEME: (POINT.c.theme,),
    By.CHANNEL: (CASE.c.channel,),
}
TURNED_AWAY = [decision for decision in OmbudsmanDecision if not decision.investigated]


class NoSuchFigure(PlainError):
    """A key that is no figure of the summary, or one that lists no cases."""


@dataclass(frozen=True)
class Keys:
    """Reads the keys of one summary."""

    connection: Connection
    profile: Profile
    span: Span
    as_of: date

    def asked(self, key: str) -> list[Asked]:
        """What the figure asks for: one list, or several that follow each other. Raises NoSuchFigure."""
        head, _, rest = key.partition(".")
        readers: dict[str, Callable[[str], list[Asked] | Asked]] = {
            "feedback": self._feedback,
            "complaints": lambda rest: self._complaints(rest, self._received()),
            "acknowledgement": lambda rest: self._acknowledgement(rest, self._received()),
            "extended": self._extended,
            "stage_1": self._stage_1,
            "outcomes": self._outcomes,
            "groups": self._group,
            "ombudsman": self._ombudsman,
            "remedies": self._remedies,
            "learning": self._learning,
            "compliments": self._compliments,
            "enquiries": self._enquiries,
            "regulation_18": self._regulation_18,
            "code": self._code,
        }
        try:
            found = readers[head](rest)
        except (KeyError, ValueError):
            raise NoSuchFigure(
                f"“{one_line(key, 80)}” is no figure that lists cases: write its path in the summary's JSON, as "
                "complaints.by_team.North, outcomes.stage_1.upheld or ombudsman.replies.of."
            ) from None
        return found if isinstance(found, list) else [found]

    # Parts of a question

    def _received(self, procedures: Iterable[str] | None = None) -> Asked:
        """Complaint cases received, of all procedures or some."""
        found = asked.of_kind(Kind.COMPLAINT, self.span)
        return found if procedures is None else found.but(_under(procedures))

    def _spellings(self, columns: tuple[ColumnElement[str], ...], word: str) -> list[str]:
        """Every way in which the register writes an open word; the word itself where it does not."""
        query = select(*columns).where(*(column.is_not(None) for column in columns)).distinct()
        found = [PATH.join(map(str, path)) for path in rows(self.connection, query)]
        return [written for written in found if written.casefold() == word.casefold()] or [word]

    def _cut(self, by: By, word: str, base: Asked) -> Asked:
        columns = OPEN_WORDS.get(by)
        values = [word] if columns is None else self._spellings(columns, word)
        if not word or (by is By.SUBCATEGORY and PATH not in word):
            raise ValueError(word)
        return base.but(having(FIELDS[by], *values))

    def _without(self, by: By, base: Asked) -> Asked:
        if by is By.SUBCATEGORY:
            both = and_(POINT.c.category.is_not(None), POINT.c.subcategory.is_not(None))
            return base.where(~exists().where(POINT.c.case_id == CASE.c.id, both))
        return base.but(having(FIELDS[by]))

    def _month(self, label: str, base: Asked) -> Asked:
        start = first_of(label)
        return base.but(counted(received=Span(label, start, start + relativedelta(months=1) - timedelta(days=1))))

    def _quarter(self, label: str, base: Asked) -> Asked:
        starts = [first_of(month) for month in months_of(self.span)]
        mine = [start for start in starts if quarter_label(start, self.span) == label]
        end = max(mine) + relativedelta(months=1) - timedelta(days=1)
        return base.but(counted(received=Span(label, min(mine), end)))

    # Sections

    def _feedback(self, rest: str) -> Asked:
        base = asked.feedback(self.span)
        name, _, word = rest.partition(".")
        match name:
            case "total":
                return base
            case "by_kind":
                return base.but(counted(kind=Kind(word)))
            case "by_month":
                return self._month(word, base)
            case "by_quarter":
                return self._quarter(word, base)
            case _:
                raise ValueError(rest)

    def _complaints(self, rest: str, base: Asked) -> Asked:
        name, _, word = rest.partition(".")
        match name:
            case "cases":
                return base
            case "investigations":
                return base.where(INVESTIGATED)
            case "not_yet_investigated":
                return base.where(NOT_INVESTIGATED, ~asked.CLOSED)
            case "not_investigated":
                return base.where(asked.not_investigated_because(word))
            case "refused":
                return base.where(asked.refused(word))
            case "with_provider":
                return self._with_provider(word, base)
            case "not_recorded" if word == "not_investigated":
                no_word = and_(CASE.c.closing_reason.is_(None), STAGE.c.outcome.is_(None))
                return base.where(NOT_INVESTIGATED, asked.CLOSED, no_word)
            case "not_recorded" if word == "refused":
                return base.where(asked.refused(None))
            case "not_recorded":
                return self._without(By(word), base)
            case _:
                return self._cut(By(name), word, base)

    def _with_provider(self, rest: str, base: Asked) -> Asked:
        """Cases that name a provider, by the sub-category of the points that name one."""
        name, _, word = rest.partition(".")
        here = and_(POINT.c.case_id == CASE.c.id, POINT.c.provider.is_not(None))
        path = POINT.c.category + PATH + POINT.c.subcategory
        named = base.where(exists().where(here))
        match (name, word):
            case ("cases", ""):
                return named
            case ("by_subcategory", _):
                written = self._spellings(OPEN_WORDS[By.SUBCATEGORY], word)
                return base.where(exists().where(here, path.in_(written)))
            case ("not_recorded", "by_subcategory"):
                return named.where(~exists().where(here, path.is_not(None)))
            case _:
                raise ValueError(rest)

    def _extended(self, rest: str) -> Asked:
        base = self._received()
        match rest:
            case "cases":
                put_off = exists().where(EXTENSION.c.case_id == CASE.c.id, EXTENSION.c.stage_number == 1)
                return base.where(put_off)
            case "told.of":
                return base.each(Of.EXTENSIONS)
            case "told.late":
                return base.each(Of.EXTENSIONS).where(~func.coalesce(told_in_time(), False))
            case "told.within":
                return base.each(Of.EXTENSIONS).where(told_in_time())
            case _:
                raise ValueError(rest)

    def _acknowledgement(self, rest: str, base: Asked) -> Asked:
        judged = judged_acknowledgements(self.span, self.as_of)
        within, of = acknowledged_within(judged), acknowledgement_judged(judged, self.as_of)
        return base.where(
            _among(judged, {"within": within, "of": of, "late": and_(of, ~func.coalesce(within, False))}[rest])
        )

    def _stage_1(self, rest: str) -> Asked:
        for key in (None, *(procedure.key for procedure in self.profile.procedures)):
            if rest.startswith(f"{key or 'all'}."):
                return self._timely(rest.partition(".")[2], self._received(None if key is None else [key]))
        raise ValueError(rest)

    def _timely(self, rest: str, base: Asked) -> Asked:
        name, _, word = rest.partition(".")
        judged, taken = judged_responses(self.span), STAGE.c.working_days_taken
        answered = base.where(STAGE.c.responded_on.is_not(None))
        with_days = answered.where(taken.is_not(None))
        ways = {
            "within_target": judged.c.responded_on <= judged.c.target,
            "of_target": judged.c.target.is_not(None),
            "after_target": judged.c.responded_on > judged.c.target,
            "within_limit": judged.c.responded_on <= judged.c.limit,
            "of_limit": judged.c.limit.is_not(None),
            "after_limit": judged.c.responded_on > judged.c.limit,
            "within_extended": only_as_extended(judged),
        }
        match name:
            case "responded":
                return answered
            case "working_days" if word == "n":
                return with_days
            case "bands":
                bounds = (-1, *self.profile.response_bands)
                place = band_labels(self.profile.response_bands).index(word)
                above = with_days.where(taken > bounds[place])
                return above if place == len(bounds) - 1 else above.where(taken <= bounds[place + 1])
            case "by_month" if word.endswith(".n"):
                return self._month(word.removesuffix(".n"), with_days)
            case "by_quarter" if word.endswith(".n"):
                return self._quarter(word.removesuffix(".n"), with_days)
            case _:
                return answered.where(_among(judged, ways[name]))

    def _outcomes(self, rest: str) -> Asked:
        name, _, word = rest.partition(".")
        match name:
            case "stage_1":
                return self._received().where(INVESTIGATED, ended(word))
            case "stage_2":
                return self._received().each(Of.REVIEWS).where(ended(word, REVIEW.c.outcome))
            case "reviews":
                return self._received().each(Of.REVIEWS)
            case "not_recorded" if word == "by_team":
                return self._without(By.TEAM, self._received().where(INVESTIGATED))
            case _:
                value, _, outcome = word.rpartition(".")
                return self._cut(By(name), value, self._received()).where(INVESTIGATED, ended(outcome))

    def _group(self, rest: str) -> Asked:
        names = {procedure.group for procedure in self.profile.procedures}
        name = max((name for name in names if rest.startswith(f"{name}.")), key=len, default="")
        keys = [procedure.key for procedure in self.profile.procedures if procedure.group == name]
        if not keys:
            raise ValueError(rest)
        base, rest = self._received(keys), rest[len(name) + 1 :]
        head, _, word = rest.partition(".")
        if head == "outcomes":
            return base.where(INVESTIGATED, ended(word))
        if head in ("cases", "investigations", "not_recorded", *By):
            return self._complaints(rest, base)
        return self._timely(rest, base)

    def _ombudsman(self, rest: str) -> Asked | list[Asked]:
        record, base = OMBUDSMAN.c, asked.anything().each(Of.APPROACHES)
        received, decided = base.where(came_in(self.span)), base.where(decided_in(self.span))
        name, _, word = rest.partition(".")
        match rest:
            case "received":
                return received
            case "not_accepted":
                return received.where(record.decision.in_(TURNED_AWAY))
            case "investigated":
                return received.where(or_(record.decision.is_(None), record.decision.not_in(TURNED_AWAY)))
            case "awaiting":
                return received.where(record.decision.is_(None))
            case "upheld":
                return decided.where(record.decision == OmbudsmanDecision.UPHELD)
            case "upheld_of":
                return decided.where(record.decision.in_([OmbudsmanDecision.UPHELD, OmbudsmanDecision.NOT_UPHELD]))
            case "replies.within":
                return received.where(reply_judged(self.as_of), replied_within())
            case "replies.of":
                return received.where(reply_judged(self.as_of))
            case _ if name == "decided":
                return decided.where(record.decision == OmbudsmanDecision(word))
            case _ if name == "compliance":
                return [self._agreed(word, Of.ACTIONS), self._agreed(word, Of.REMEDIES)]
            case _:
                raise ValueError(rest)

    def _agreed(self, word: str, of: Of) -> Asked:
        """What was agreed with upheld decisions, on their cases."""
        agreed = ACTION if of is Of.ACTIONS else REMEDY
        upheld = upheld_cases(self.span)
        since = exists().where(agreed_with(agreed, upheld, self.span))
        judged = promise_judged(agreed, self.as_of)
        return (
            asked.anything().each(of).where(since, {"within": and_(judged, kept_in_time(agreed)), "of": judged}[word])
        )

    def _remedies(self, rest: str) -> Asked:
        name, _, word = rest.partition(".")
        base = self._received().each(Of.REMEDIES)
        match name:
            case "by_type":
                return base.where(REMEDY.c.kind.in_(self._spellings((REMEDY.c.kind,), word)))
            case "not_recorded" if word == "by_type":
                return base.where(REMEDY.c.kind.is_(None))
            case "with_amount":
                return base.where(REMEDY.c.amount_pence > 0)
            case "done" if word in ("within", "of"):
                judged = promise_judged(REMEDY, self.as_of)
                due = base.where(REMEDY.c.due_on.is_not(None), judged)
                return due if word == "of" else due.where(kept_in_time(REMEDY))
            case _:
                raise ValueError(rest)

    def _learning(self, rest: str) -> Asked:
        base, learned = self._received(), exists().where(LEARNING.c.case_id == CASE.c.id)
        upheld = base.where(INVESTIGATED, STAGE.c.outcome.in_(WELL_FOUNDED))
        points, actions = base.each(Of.LEARNING), base.each(Of.ACTIONS)
        overdue = and_(ACTION.c.done_on.is_(None), ACTION.c.due_on < self.as_of)
        name, _, word = rest.partition(".")
        ways: dict[str, Callable[[], Asked]] = {
            "cases": lambda: base.where(learned),
            "of_upheld.cases": lambda: upheld.where(learned),
            "of_upheld.of": lambda: upheld,
            "actions.due": lambda: actions,
            "actions.done": lambda: actions.where(ACTION.c.done_on.is_not(None)),
            "actions.open": lambda: actions.where(ACTION.c.done_on.is_(None), ~func.coalesce(overdue, False)),
            "actions.overdue": lambda: actions.where(overdue),
            "not_recorded.by_area": lambda: points.where(LEARNING.c.area.is_(None)),
        }
        if name == "by_area":
            return points.where(LEARNING.c.area.in_(self._spellings((LEARNING.c.area,), word)))
        return ways[rest]()

    def _compliments(self, rest: str) -> Asked:
        base = asked.of_kind(Kind.COMPLIMENT, self.span)
        name, _, word = rest.partition(".")
        match (name, word):
            case ("by_team", _):
                return self._cut(By.TEAM, word, base)
            case ("by_source", _):
                written = self._spellings((CASE.c.compliment_source,), word)
                return base.but(having(Field.SOURCE, *written))
            case ("not_recorded", "by_team"):
                return self._without(By.TEAM, base)
            case ("not_recorded", "by_source"):
                return base.but(having(Field.SOURCE))
            case _:
                raise ValueError(rest)

    def _enquiries(self, rest: str) -> Asked:
        base = asked.of_kind(Kind.ENQUIRY, self.span)
        name, _, word = rest.partition(".")
        match (name, word):
            case ("by_role", _):
                return self._cut(By.CORRESPONDENT, word, base)
            case ("answered", _):
                return self._cut(By.CORRESPONDENT, word, base.where(STAGE.c.responded_on.is_not(None)))
            case ("not_recorded", "by_role"):
                return self._without(By.CORRESPONDENT, base)
            case _:
                raise ValueError(rest)

    def _regulation_18(self, rest: str) -> Asked:
        regulated = [procedure.key for procedure in self.profile.procedures if procedure.regulations_2009]
        column, _, point = rest.partition(".")
        return self._returned(point, {"under_the_regulations": regulated, "all_complaints": None}[column])

    def _returned(self, point: str, procedures: list[str] | None) -> Asked:
        base = self._received(procedures)
        match point:
            case "received":
                return base
            case "well_founded":
                return base.where(INVESTIGATED, STAGE.c.outcome.in_(WELL_FOUNDED))
            case "ombudsman":
                there = asked.anything() if procedures is None else asked.anything().but(_under(procedures))
                return there.each(Of.APPROACHES).where(came_in(self.span))
            case _:
                raise ValueError(point)

    def _code(self, rest: str) -> Asked:
        coded = [procedure.key for procedure in self.profile.procedures if not procedure.adult_social_care]
        column, _, point = rest.partition(".")
        procedures = {"under_the_code": coded, "all_complaints": None}[column]
        base, (name, _, word) = self._received(procedures), point.partition(".")
        match name:
            case "not_accepted":
                return base.where(asked.not_investigated_because(word))
            case "acknowledgement":
                return self._acknowledgement(word, base)
            case "stage_1":
                return self._timely({"within": "within_limit", "of": "of_limit"}[word], base)
            case "extended":
                return self._timely("within_extended", base)
            case "with_outcome":
                return base.where(INVESTIGATED, ~ended(OPEN), ~ended(CLOSED_WITHOUT_OUTCOME))
            case "reviews":
                return base.each(Of.REVIEWS)
            case "stage_2":
                judged = judged_reviews(self.span)
                ways = {"within": review_within(judged), "of": judged.c.id.is_not(None)}
                return base.where(_among(judged, ways[word]))
            case _:
                return self._returned(point, procedures)


def _under(procedures: Iterable[str]) -> CaseFilter:
    return having(Field.PROCEDURE, *procedures)


def _among(judged: Subquery, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a case is among those that were judged so."""
    found: Select[tuple[int]] = select(judged.c.id).where(condition)
    return CASE.c.id.in_(found)
