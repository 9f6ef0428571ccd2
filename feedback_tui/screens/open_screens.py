"""The way to each screen: the `Navigation` of the program.

A screen is imported when it is opened: starting up loads the queue alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import App

from feedback_tui.enums import Contact, StepKey
from feedback_tui.screens.shared.services import DateMeant, Services, Then

if TYPE_CHECKING:
    from feedback_tui.casework.many import Many
    from feedback_tui.desk.filters.case_filter import CaseFilter
    from feedback_tui.screens.shared.screen_list import ScreenList


def open_intake(app: App[Any], services: Services, then: Then) -> None:
    """New feedback; `then` is told the reference of what was logged, or None."""
    from feedback_tui.screens.steps.intake import IntakeScreen

    app.push_screen(IntakeScreen(services), then)


def open_case(app: App[Any], services: Services, reference: str) -> None:
    """A case as a page."""
    from feedback_tui.screens.case.case import CaseScreen

    app.push_screen(CaseScreen(services, reference))


def open_steps(app: App[Any], services: Services, reference: str) -> None:
    """What can be done with a case now."""
    from feedback_tui.screens.steps.step_menu import StepsScreen

    app.push_screen(StepsScreen(services, reference))


def open_step(
    app: App[Any],
    services: Services,
    reference: str,
    step: StepKey,
    then: Then | None = None,
    number: int | None = None,
) -> None:
    """The form of one step; `number`: that of the action or redress on the case that it is about.

    A letter is chosen first.
    """
    if step is StepKey.LETTER:
        open_letters(app, services, reference, then)
        return
    from feedback_tui.screens.steps.step_screen import StepScreen

    app.push_screen(StepScreen(services, reference, step, number), then)


def open_letters(app: App[Any], services: Services, reference: str, then: Then | None = None) -> None:
    """The council's letters, to choose from."""
    from feedback_tui.screens.steps.letters import LettersScreen

    app.push_screen(LettersScreen(services, reference), then)


def open_letter(app: App[Any], services: Services, reference: str, key: str, then: Then | None = None) -> None:
    """One letter, filled in from the case."""
    from feedback_tui.screens.steps.letter import LetterScreen

    app.push_screen(LetterScreen(services, reference, key), then)


def open_contact(app: App[Any], services: Services, reference: str, kind: Contact, then: Then | None = None) -> None:
    """The form of a contact of this kind."""
    from feedback_tui.screens.steps.call_form import ContactScreen

    app.push_screen(ContactScreen(services, reference, kind), then)


def open_where(app: App[Any], services: Services, reference: str | None = None) -> None:
    """For a caller: where the case of a surname or reference stands; first of all, the case that is meant."""
    from feedback_tui.screens.case.caller_lookup import WhereScreen

    def go(found: str | None) -> None:
        if found:
            open_case(app, services, found)

    app.push_screen(WhereScreen(services, reference), go)


def open_investigators(app: App[Any], services: Services) -> None:
    """What each investigator has, and is late with."""
    from feedback_tui.screens.queue.investigators import InvestigatorsScreen

    app.push_screen(InvestigatorsScreen(services))


def open_explain(app: App[Any], services: Services, reference: str, meant: DateMeant | None = None) -> None:
    """A case's dates, counted day by day; the one that is `meant` first."""
    from feedback_tui.screens.case.explain_dates import ExplainScreen

    app.push_screen(ExplainScreen(services, reference, meant))


def open_year(app: App[Any], services: Services, at: str = "") -> None:
    """The year's figures; or, beside them, the section or working report of the name `at`."""
    from feedback_tui.screens.year.year import YearScreen

    app.push_screen(YearScreen(services, at))


def open_job(app: App[Any], services: Services, name: str) -> None:
    """Long work: an import, an export, a backup."""
    from feedback_tui.screens.admin.job import JobScreen
    from feedback_tui.screens.admin.jobs import JOBS

    app.push_screen(JobScreen(services, JOBS[name]))


def open_list_export(app: App[Any], services: Services, lists: Sequence[ScreenList]) -> None:
    """A list of a screen as a file; which of them, where there are several, is chosen there."""
    from feedback_tui.screens.admin.job import JobScreen
    from feedback_tui.screens.admin.list_export import list_job

    app.push_screen(JobScreen(services, list_job(lists)))


def open_learning(app: App[Any], services: Services) -> None:
    """The learning ledger."""
    from feedback_tui.screens.queue.learning_ledger import LearningScreen

    app.push_screen(LearningScreen(services))


def open_cases(app: App[Any], services: Services, text: str = "", title: str = "") -> None:
    """All cases, or those that a filter means, written as officers type it; `title` names what they are."""
    from feedback_tui.screens.queue.cases import CasesScreen

    app.push_screen(CasesScreen(services, text, title))


def open_filtered(app: App[Any], services: Services, wanted: CaseFilter, title: str = "") -> None:
    """The cases behind a figure."""
    from feedback_tui.desk.filters.filter_parser import write_filter

    open_cases(app, services, write_filter(wanted), title)


def open_many(
    app: App[Any], services: Services, cases: Mapping[int, str], step: StepKey, then: Callable[[Many], None]
) -> None:
    """The form of one step for several cases; `then` is told what became of each."""
    from feedback_tui.screens.bulk.bulk_step import ManyScreen

    app.push_screen(ManyScreen(services, cases, step, then))


def open_saved_filters(app: App[Any], services: Services, text: str, then: Then) -> None:
    """The filters that the officer keeps; `then` is told the one that was chosen, or None."""
    from feedback_tui.screens.shared.saved_filters import SavedFiltersScreen

    app.push_screen(SavedFiltersScreen(services, text), then)


def open_guides(app: App[Any], services: Services, name: str = "") -> None:
    """The guides, the one of this name first."""
    from feedback_tui.screens.help.guides import GuidesScreen

    app.push_screen(GuidesScreen(services, name))


def open_tour(app: App[Any], services: Services) -> None:
    """The tour through the fictional council, from its beginning."""
    from feedback_tui.screens.help.tour import start_tour

    start_tour(app, services)


def open_morning(app: App[Any], services: Services) -> None:
    """The morning at a glance."""
    from feedback_tui.screens.queue.morning import MorningScreen

    app.push_screen(MorningScreen(services))


def open_find(app: App[Any], services: Services) -> None:
    """Asks for words anywhere in a case, and opens the one that is chosen."""
    from feedback_tui.screens.queue.find import FindScreen

    def go(reference: str | None) -> None:
        if reference:
            open_case(app, services, reference)

    app.push_screen(FindScreen(services), go)


def open_goto(app: App[Any], services: Services) -> None:
    """Asks for a reference, and opens that case."""
    from feedback_tui.screens.queue.goto import GotoScreen

    def go(reference: str | None) -> None:
        if reference:
            open_case(app, services, reference)

    app.push_screen(GotoScreen(services), go)


def open_days_off(app: App[Any], services: Services) -> None:
    """A bank holiday or closure day is added or taken back, and what it moves."""
    from feedback_tui.screens.admin.days_off import DaysOffScreen

    app.push_screen(DaysOffScreen(services))


def open_calculator(app: App[Any], services: Services) -> None:
    """Counts working days."""
    from feedback_tui.screens.admin.day_calculator import CalculatorScreen

    app.push_screen(CalculatorScreen(services))
