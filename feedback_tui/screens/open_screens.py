"""Opens each screen: the implementation of `Navigation`.

A screen is imported when it is opened, so that starting up loads only the queue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import App

from feedback_tui.enums import Contact, StepKey
from feedback_tui.screens.shared.services import DateMeant, Services, Then

if TYPE_CHECKING:
    from feedback_tui.casework.bulk import BulkResult
    from feedback_tui.desk.filters.case_filter import CaseFilter
    from feedback_tui.screens.shared.screen_list import ScreenList


def open_intake(app: App[Any], services: Services, then: Then) -> None:
    """Opens the form for new feedback; `then` is called with the reference of the logged case, or None."""
    from feedback_tui.screens.steps.intake import IntakeScreen

    app.push_screen(IntakeScreen(services), then)


def open_case(app: App[Any], services: Services, reference: str) -> None:
    """Opens the page of a case."""
    from feedback_tui.screens.case.case import CaseScreen

    app.push_screen(CaseScreen(services, reference))


def open_steps(app: App[Any], services: Services, reference: str) -> None:
    """Opens the list of steps that are possible with a case now."""
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
    """Opens the form of one step; for a letter, the list of letters. `number` is that of the action or redress it is
    about."""
    if step is StepKey.LETTER:
        open_letters(app, services, reference, then)
        return
    from feedback_tui.screens.steps.step_screen import StepScreen

    app.push_screen(StepScreen(services, reference, step, number), then)


def open_letters(app: App[Any], services: Services, reference: str, then: Then | None = None) -> None:
    """Opens the list of the council's letters."""
    from feedback_tui.screens.steps.letters import LettersScreen

    app.push_screen(LettersScreen(services, reference), then)


def open_letter(app: App[Any], services: Services, reference: str, key: str, then: Then | None = None) -> None:
    """Opens one letter, filled in from the case."""
    from feedback_tui.screens.steps.letter import LetterScreen

    app.push_screen(LetterScreen(services, reference, key), then)


def open_contact(app: App[Any], services: Services, reference: str, kind: Contact, then: Then | None = None) -> None:
    """Opens the form for a contact of this kind."""
    from feedback_tui.screens.steps.call_form import ContactScreen

    app.push_screen(ContactScreen(services, reference, kind), then)


def open_where(app: App[Any], services: Services, reference: str | None = None) -> None:
    """Opens the search for a caller's case, with `reference` found first if given; then the page of the chosen case."""
    from feedback_tui.screens.case.caller_lookup import WhereScreen

    def go(found: str | None) -> None:
        if found:
            open_case(app, services, found)

    app.push_screen(WhereScreen(services, reference), go)


def open_investigators(app: App[Any], services: Services) -> None:
    """Opens the list of investigators, with what is overdue from each."""
    from feedback_tui.screens.queue.investigators import InvestigatorsScreen

    app.push_screen(InvestigatorsScreen(services))


def open_explain(app: App[Any], services: Services, reference: str, meant: DateMeant | None = None) -> None:
    """Opens a case's dates, counted day by day, at the date `meant`."""
    from feedback_tui.screens.case.explain_dates import ExplainScreen

    app.push_screen(ExplainScreen(services, reference, meant))


def open_year(app: App[Any], services: Services, at: str = "") -> None:
    """Opens the year's figures, at the section or working report named `at`."""
    from feedback_tui.screens.year.year import YearScreen

    app.push_screen(YearScreen(services, at))


def open_job(app: App[Any], services: Services, name: str) -> None:
    """Opens long work: an import, an export or a backup."""
    from feedback_tui.screens.admin.job import JobScreen
    from feedback_tui.screens.admin.jobs import JOBS

    app.push_screen(JobScreen(services, JOBS[name]))


def open_list_export(app: App[Any], services: Services, lists: Sequence[ScreenList]) -> None:
    """Opens the writing of a list to a file; if there are several lists, it asks for one."""
    from feedback_tui.screens.admin.job import JobScreen
    from feedback_tui.screens.admin.list_export import list_job

    app.push_screen(JobScreen(services, list_job(lists)))


def open_learning(app: App[Any], services: Services) -> None:
    """Opens the learning ledger."""
    from feedback_tui.screens.queue.learning_ledger import LearningScreen

    app.push_screen(LearningScreen(services))


def open_cases(app: App[Any], services: Services, text: str = "", title: str = "") -> None:
    """Opens all cases, or those that the typed filter matches; `title` says what they are."""
    from feedback_tui.screens.queue.cases import CasesScreen

    app.push_screen(CasesScreen(services, text, title))


def open_filtered(app: App[Any], services: Services, wanted: CaseFilter, title: str = "") -> None:
    """Opens the list of cases that a filter matches."""
    from feedback_tui.desk.filters.filter_parser import write_filter

    open_cases(app, services, write_filter(wanted), title)


def open_bulk_step(
    app: App[Any], services: Services, cases: Mapping[int, str], step: StepKey, then: Callable[[BulkResult], None]
) -> None:
    """Opens the form of one step for several cases; `then` is called with the results."""
    from feedback_tui.screens.bulk.bulk_step import BulkStepScreen

    app.push_screen(BulkStepScreen(services, cases, step, then))


def open_saved_filters(app: App[Any], services: Services, text: str, then: Then) -> None:
    """Opens the officer's saved filters; `then` is called with the chosen filter's text, or None."""
    from feedback_tui.screens.shared.saved_filters import SavedFiltersScreen

    app.push_screen(SavedFiltersScreen(services, text), then)


def open_guides(app: App[Any], services: Services, name: str = "") -> None:
    """Opens the guides, at the one of this name."""
    from feedback_tui.screens.help.guides import GuidesScreen

    app.push_screen(GuidesScreen(services, name))


def open_tour(app: App[Any], services: Services) -> None:
    """Starts the tour through the fictional council."""
    from feedback_tui.screens.help.tour import start_tour

    start_tour(app, services)


def open_morning(app: App[Any], services: Services) -> None:
    """Opens the figures of the morning."""
    from feedback_tui.screens.queue.morning import MorningScreen

    app.push_screen(MorningScreen(services))


def open_find(app: App[Any], services: Services) -> None:
    """Opens the full-text search, then the page of the chosen case."""
    from feedback_tui.screens.queue.find import FindScreen

    def go(reference: str | None) -> None:
        if reference:
            open_case(app, services, reference)

    app.push_screen(FindScreen(services), go)


def open_goto(app: App[Any], services: Services) -> None:
    """Asks for a reference or a name, then opens the page of the chosen case."""
    from feedback_tui.screens.queue.goto import GotoScreen

    def go(reference: str | None) -> None:
        if reference:
            open_case(app, services, reference)

    app.push_screen(GotoScreen(services), go)


def open_days_off(app: App[Any], services: Services) -> None:
    """Opens the form for days off."""
    from feedback_tui.screens.admin.days_off import DaysOffScreen

    app.push_screen(DaysOffScreen(services))


def open_calculator(app: App[Any], services: Services) -> None:
    """Opens the working-day calculator."""
    from feedback_tui.screens.admin.day_calculator import CalculatorScreen

    app.push_screen(CalculatorScreen(services))
