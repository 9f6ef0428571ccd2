"""The forms for contacts and the next update, where they depend on the case."""

from __future__ import annotations

from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import Contact, DeadlineKind, Part
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, changed, offering
from feedback_tui.text import one_line

_BY_TELEPHONE = (Contact.CALL_FROM, Contact.CALL_TO, Contact.FAILED_TRY)
_FIRST = (Part.COMPLAINANT, Part.REPRESENTATIVE, Part.CUSTOMER)


def contact_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the people of the case; asks for the next update only while the case is open."""
    form = offering(form, "person", people_of(page))
    return form if page.status.is_open else changed(form, next_update_on=None)


def form_of_kind(form: StepForm, kind: Contact) -> StepForm:
    """Returns the form of a contact with its kind chosen, and the telephone as channel for calls."""
    return changed(form, kind={"default": kind}, channel={"default": "telephone" if kind in _BY_TELEPHONE else ""})


def next_update_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Shows the day promised before."""
    owed = next((due for due in page.open_deadlines if due.kind is DeadlineKind.NEXT_UPDATE), None)
    return changed(form, to={"help": f"now {long_date(owed.due_on)}" if owed else "nothing was promised yet"})


def people_of(page: CasePage) -> dict[str, int]:
    """Returns the people of a case as a list shows them, each with its number; the complainant first, unless
    unreachable."""
    numbers = list(enumerate(page.people, start=1))
    numbers.sort(key=lambda pair: (pair[1].no_letters is not None, not pair[1].name, _FIRST.index(pair[1].part)))
    return {
        one_line(f"{number}. {person.name or 'no name known'} ({person.part})", 60): number
        for number, person in numbers
    }
