"""Verbs for the yearly figures that officers type in: set, remove, list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col, func, select

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.errors import InvalidInput, Problem, StepNotAllowed
from feedback_tui.enums import Status, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.register import TypedFigure
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.months import reporting_year
from feedback_tui.rules.typed_figures import contradictions, figure_name, figure_value, is_counted
from feedback_tui.storage.register import Register
from feedback_tui.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class YearFigure:
    """One figure of one reporting year: ``2021/22``, ``investigations``, ``156``."""

    year: str
    name: str
    value: str


@dataclass(frozen=True)
class FiguresSet:
    """The result of setting figures: how many are new, changed, and unchanged."""

    new: int
    changed: int
    unchanged: int


def set_figures(actor: Actor, given: Iterable[YearFigure]) -> FiguresSet:
    """Sets these figures, all or none. Raises InvalidInput with all problems."""
    with actor.transaction() as work:
        stored = {_plain(row.year, row.name): row for row in work.session.exec(select(TypedFigure)).all()}
        wanted = _read(actor, given)
        _refuse_counted(work, wanted)
        _refuse_contradictions(stored, wanted)
        new = changed = 0
        for (year, name), value in wanted.items():
            row = stored.get(_plain(year, name))
            if row is None:
                new += 1
                work.session.add(TypedFigure(year=year, name=name, value=value))
            elif row.value != value:
                changed += 1
                row.value = value
        if new or changed:
            figures = [f"{year} {name}" for year, name in wanted]
            work.record_register(StepKey.TYPE_FIGURES, actor.today, details={"figures": figures})
    return FiguresSet(new, changed, len(wanted) - new - changed)


def remove_figure(actor: Actor, year: str, name: str) -> YearFigure:
    """Removes a figure, and returns it. Raises InvalidInput; StepNotAllowed if none was typed."""
    with actor.transaction() as work:
        label, known = _key(actor, year, name)
        row = _one(work, label, known)
        if row is None:
            raise StepNotAllowed(f"No {known} was typed for {label}: there is nothing to take back.")
        was = YearFigure(row.year, row.name, row.value)
        work.session.delete(row)
        work.record_register(StepKey.TYPE_FIGURES, actor.today, details={"figures": [f"{label} {known}"]})
    return was


def typed_figures_of(register: Register) -> list[YearFigure]:
    """Returns all typed figures, sorted by year and name."""
    with register.reading() as session:
        rows = session.exec(select(TypedFigure).order_by(col(TypedFigure.year), col(TypedFigure.name))).all()
        return [YearFigure(row.year, row.name, row.value) for row in rows]


def _one(work: UnitOfWork, year: str, name: str) -> TypedFigure | None:
    rows = work.session.exec(select(TypedFigure).where(TypedFigure.year == year)).all()
    return next((row for row in rows if row.name.casefold() == name.casefold()), None)


def _key(actor: Actor, year: str, name: str) -> tuple[str, str]:
    try:
        span = reporting_year(year)
    except ValueError as error:
        raise InvalidInput([Problem("year", f"{error}.")]) from None
    if span.start > actor.today:
        raise InvalidInput([Problem("year", f"{span.label} has not begun: there are no figures of it.")])
    try:
        return span.label, figure_name(name)
    except ValueError as error:
        raise InvalidInput([Problem("name", f"{error}.")]) from None


def _read(actor: Actor, given: Iterable[YearFigure]) -> dict[tuple[str, str], str]:
    """Returns the values by year and name, as stored. Raises InvalidInput."""
    wanted: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for figure in given:
        try:
            key = _key(actor, figure.year, figure.name)
            value = str(figure_value(key[1], figure.value))
        except InvalidInput as bad:
            problems += bad.problems
        except ValueError as error:
            problems.append(Problem("value", f"{figure.year} {figure.name}: {error}."))
        else:
            if wanted.setdefault(key, value) != value:
                twice = f"{key[1]} of {key[0]} is given twice, as {wanted[key]} and {value}."
                problems.append(Problem("value", twice))
    if problems:
        raise InvalidInput(problems)
    return wanted


def _plain(year: str, name: str) -> tuple[str, str]:
    return year, name.casefold()


def _refuse_counted(work: UnitOfWork, wanted: dict[tuple[str, str], str]) -> None:
    """Raises InvalidInput for a figure of a year that is counted from the register, because it would never be used."""
    problems = []
    for year in sorted({year for year, name in wanted if is_counted(name)}):
        span = reporting_year(year)
        there = (col(Case.received_on).between(span.start, span.end), col(Case.status) != Status.VOID)
        count, first = work.session.exec(select(func.count(), func.min(Case.received_on)).where(*there)).one()
        if first is not None:
            names = ", ".join(name for label, name in wanted if label == year and is_counted(name))
            cases = "1 case" if count == 1 else f"{count:,} cases"
            why = f"the register counts it itself: it holds {cases} received from {long_date(first)} on"
            problems.append(Problem("year", f"{names} of {year} cannot be typed, since {why}. Nothing was saved."))
    if problems:
        raise InvalidInput(problems)


def _refuse_contradictions(stored: dict[tuple[str, str], TypedFigure], wanted: dict[tuple[str, str], str]) -> None:
    """Raises InvalidInput if the figures of a year would contradict each other."""
    problems = []
    for year in sorted({year for year, _ in wanted}):
        before = {name: row.value for (label, name), row in stored.items() if label == year}
        now = before | {name.casefold(): value for (label, name), value in wanted.items() if label == year}
        found = contradictions({name: Decimal(value) for name, value in now.items()})
        problems += [Problem("value", f"{year} cannot be: {wrong}.") for wrong in found]
    if problems:
        raise InvalidInput(problems)
