"""The complaint cases behind a figure: their cuts, how they ended, and each group of procedures."""

from __future__ import annotations

from sqlalchemy import and_, exists

from feedback_tui.reports.counting.counted_cases import CASE, POINT, STAGE
from feedback_tui.reports.counting.points import PATH
from feedback_tui.reports.drilldown import figure_query
from feedback_tui.reports.drilldown.figure_query import INVESTIGATED, NOT_INVESTIGATED, REVIEW, Asked, Of, ended
from feedback_tui.reports.drilldown.span_query import OPEN_WORDS, Asking
from feedback_tui.reports.drilldown.timeliness import timely
from feedback_tui.reports.figure_rows import By


def complaints(asking: Asking, rest: str, base: Asked) -> Asked:
    """Complaint cases of `base`: investigated or not, and every cut."""
    name, _, word = rest.partition(".")
    match name:
        case "cases":
            return base
        case "investigations":
            return base.where(INVESTIGATED)
        case "not_yet_investigated":
            return base.where(NOT_INVESTIGATED, ~figure_query.CLOSED)
        case "not_investigated":
            return base.where(figure_query.not_investigated_because(word))
        case "refused":
            return base.where(figure_query.refused(word))
        case "with_provider":
            return _with_provider(asking, word, base)
        case "not_recorded" if word == "not_investigated":
            no_word = and_(CASE.c.closing_reason.is_(None), STAGE.c.outcome.is_(None))
            return base.where(NOT_INVESTIGATED, figure_query.CLOSED, no_word)
        case "not_recorded" if word == "refused":
            return base.where(figure_query.refused(None))
        case "not_recorded":
            return asking.without(By(word), base)
        case _:
            return asking.cut(By(name), word, base)


def _with_provider(asking: Asking, rest: str, base: Asked) -> Asked:
    """Cases that name a provider, by the sub-category of the points that name one."""
    name, _, word = rest.partition(".")
    here = and_(POINT.c.case_id == CASE.c.id, POINT.c.provider.is_not(None))
    path = POINT.c.category + PATH + POINT.c.subcategory
    named = base.where(exists().where(here))
    match (name, word):
        case ("cases", ""):
            return named
        case ("by_subcategory", _):
            written = asking.spellings(OPEN_WORDS[By.SUBCATEGORY], word)
            return base.where(exists().where(here, path.in_(written)))
        case ("not_recorded", "by_subcategory"):
            return named.where(~exists().where(here, path.is_not(None)))
        case _:
            raise ValueError(rest)


def outcomes(asking: Asking, rest: str) -> Asked:
    """Investigations and reviews by how they ended."""
    name, _, word = rest.partition(".")
    match name:
        case "stage_1":
            return asking.received().where(INVESTIGATED, ended(word))
        case "stage_2":
            return asking.received().each(Of.REVIEWS).where(ended(word, REVIEW.c.outcome))
        case "reviews":
            return asking.received().each(Of.REVIEWS)
        case "not_recorded" if word == "by_team":
            return asking.without(By.TEAM, asking.received().where(INVESTIGATED))
        case _:
            value, _, outcome = word.rpartition(".")
            return asking.cut(By(name), value, asking.received()).where(INVESTIGATED, ended(outcome))


def group(asking: Asking, rest: str) -> Asked:
    """The complaints under one group of procedures."""
    names = {procedure.group for procedure in asking.profile.procedures}
    name = max((name for name in names if rest.startswith(f"{name}.")), key=len, default="")
    keys = [procedure.key for procedure in asking.profile.procedures if procedure.group == name]
    if not keys:
        raise ValueError(rest)
    base, rest = asking.received(keys), rest[len(name) + 1 :]
    head, _, word = rest.partition(".")
    if head == "outcomes":
        return base.where(INVESTIGATED, ended(word))
    if head in ("cases", "investigations", "not_recorded", *By):
        return complaints(asking, rest, base)
    return timely(asking, rest, base)
