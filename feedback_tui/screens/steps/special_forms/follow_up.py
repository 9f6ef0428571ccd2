"""The forms for redress, learning and actions, and for quotes of compliments, where they depend on the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from feedback_tui.casework.redress import PAYMENT
from feedback_tui.desk.case.page import CasePage, RemedyView
from feedback_tui.desk.case.sections.told import about
from feedback_tui.enums import LearningSaid
from feedback_tui.models.inputs.follow_up import Learned
from feedback_tui.models.inputs.stages import Input
from feedback_tui.rules.anonymise import anonymised, names_in
from feedback_tui.rules.dates import short_date
from feedback_tui.rules.lifecycle.ask import NO
from feedback_tui.rules.lifecycle.follow_up import NEW
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, changed
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled

Words = Mapping[str, str]


def redress_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers new redress or one on record; shows amount, approver and budget for kinds that cost money."""
    there = _numbered((row.position, _money(row)) for row in page.remedies)
    approaches = tuple(f"approach {row.position}" for row in page.ombudsman)
    decided = bool(page.ombudsman) and page.ombudsman[-1].decided_on is not None

    def costs(words: Words) -> bool:
        kind = words["kind"].strip().casefold()
        return kind == PAYMENT or "waive" in kind or "refund" in kind or words.get("position", NEW) not in (NEW, "")

    return changed(
        form,
        position={"vocabulary": (NEW, *there)} if there else None,
        amount={"shown": costs},
        approver={"shown": costs},
        budget_code={"shown": costs},
        ombudsman={"default": approaches[-1] if decided else NO, "vocabulary": (NO, *approaches)}
        if approaches
        else None,
    )


def learn_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Asks for the point if there are several; with one point, the learning belongs to that."""
    points = _numbered((row.position, one_line(about(row), 50)) for row in page.points)

    def of_the_only_point(filled: Filled) -> Input:
        given = form.build(filled)
        recorded = isinstance(given, Learned) and given.said is LearningSaid.RECORDED
        return given.model_copy(update={"point": page.points[0].position}) if recorded else given

    made = changed(form, point={"vocabulary": points} if len(points) > 1 else None)
    return replace(made, build=of_the_only_point) if len(points) == 1 else made


def plan_action_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers a new action or one not done; proposes the latest learning."""
    there = _actions_owed(page)
    learning = _numbered((row.position, one_line(row.text or row.area or "", 40)) for row in page.learning)
    return changed(
        form,
        position={"vocabulary": (NEW, *there)} if there else None,
        learning={"default": learning[-1], "vocabulary": learning} if learning else None,
    )


def action_done_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the actions not done yet."""
    return _one_of(form, _actions_owed(page))


def remedy_done_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the redress not done yet."""
    return _one_of(form, _numbered((row.position, _money(row)) for row in page.remedies if row.done_on is None))


def quote_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Proposes the quote with the names of the case removed, for the officer to check."""
    names = tuple(person.name for person in page.people if person.name)
    return changed(
        form,
        text={"default": page.quote or anonymised(page.description, names)},
        no_name={"shown": lambda words: bool(names_in(words["text"], names))},
    )


def _one_of(form: StepForm, owed: tuple[str, ...]) -> StepForm:
    return changed(form, position={"default": next(iter(owed), ""), "vocabulary": owed})


def _numbered(rows: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    """Returns rows of the case as a list shows them: ``2. Train the team``."""
    return tuple(f"{number}. {words}" for number, words in rows)


def _actions_owed(page: CasePage) -> tuple[str, ...]:
    return _numbered((row.position, one_line(row.text, 40)) for row in page.actions if row.done_on is None)


def _money(row: RemedyView) -> str:
    amount = f" £{row.amount_pence / 100:,.2f}" if row.amount_pence is not None else ""
    due = f", by {short_date(row.due_on)}" if row.due_on and not row.done_on else ""
    return f"{row.kind or 'redress'}{amount}{due}"
