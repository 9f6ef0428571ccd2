"""The forms of what is said, sent or tried, and of the investigator's half."""

from __future__ import annotations

from feedback_tui.casework.contact import contact, next_update
from feedback_tui.casework.investigator import chase, check_draft, draft_received, sign_off
from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import Contact, DeadlineKind, Part
from feedback_tui.models.inputs import contact as steps
from feedback_tui.models.inputs.stages import Input
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.lifecycle.ask import NO, YES, Entry
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, day_field, needed_day
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField

_CHASE_AGAIN = "+5wd"
_BY_TELEPHONE = (Contact.CALL_FROM, Contact.CALL_TO, Contact.FAILED_TRY)
_FIRST = (Part.COMPLAINANT, Part.REPRESENTATIVE, Part.CUSTOMER)


def people_of(page: CasePage) -> dict[str, int]:
    """The people of a case as a list shows them, each with its number; who complains stands first, if reached."""
    numbered = list(enumerate(page.people, start=1))
    numbered.sort(key=lambda pair: (pair[1].no_letters is not None, not pair[1].name, _FIRST.index(pair[1].part)))
    return {
        one_line(f"{number}. {person.name or 'no name known'} ({person.part})", 60): number
        for number, person in numbered
    }


def contact_form(page: CasePage, profile: Profile, kind: Contact = Contact.CALL_FROM) -> StepForm:
    """A call, a meeting, a letter, a failed try."""
    people = people_of(page)
    fields = (
        FormField("words", "What was said", Entry.WORDS, lines=3, help="a holding letter: the reason (regulation 14)"),
        FormField("kind", "It was", Entry.CLOSED, kind, required=True, vocabulary=tuple(Contact), help="↓ lists them"),
        FormField(
            "channel", "By", Entry.OPEN, "telephone" if kind in _BY_TELEPHONE else "",
            vocabulary=profile.vocabulary.channels,
        ),
        FormField("person", "With", Entry.CLOSED, next(iter(people), ""), vocabulary=tuple(people)),
        day_field("On"),
        FormField(
            "told", "They were told", Entry.CHOICE, NO, vocabulary=(NO, YES),
            help="how it stands: the update that was due is done",
            shown=lambda words: words["kind"] not in (Contact.FAILED_TRY, Contact.HOLDING_LETTER),
        ),
        FormField(
            "next_update_on", "They hear next", Entry.DATE, future=True, help="empty: what was promised stays",
            shown=lambda words: page.status.is_open and words["kind"] != Contact.FAILED_TRY,
        ),
    )  # fmt: skip

    def build(filled: Filled) -> Input:
        return steps.ContactInput(
            on=needed_day(filled, "on"),
            kind=Contact(filled.text("kind")),
            channel=filled.text("channel"),
            person=people.get(filled.text("person")),
            words=filled.text("words"),
            told=filled.text("told") == YES,
            next_update_on=filled.day("next_update_on"),
        )

    return StepForm(fields, build, contact, {})


def next_update_form(page: CasePage, profile: Profile) -> StepForm:
    """The day on which they hear next."""
    owed = next((due for due in page.open_deadlines if due.kind is DeadlineKind.NEXT_UPDATE), None)
    now = f"now {long_date(owed.due_on)}" if owed else "nothing was promised yet"
    fields = (
        FormField("to", "They hear next", Entry.DATE, "+10wd", required=True, future=True, help=now),
        FormField("reason", "Why", Entry.WORDS, lines=2, help="needed where an update that is overdue is put off"),
    )

    def build(filled: Filled) -> Input:
        return steps.NextUpdate(to=needed_day(filled, "to"), reason=filled.text("reason"))

    return StepForm(fields, build, next_update, {})


def chase_form(page: CasePage, profile: Profile) -> StepForm:
    """The investigator was chased."""
    fields = (
        FormField(
            "next_on", "Chase again", Entry.DATE, _CHASE_AGAIN, future=True,
            help=f"with {page.stages[-1].investigator}; empty: not again",
        ),
        FormField("why_late", "Why it is late", Entry.WORDS, lines=2),
        FormField("escalated_to", "Escalated to", Entry.LINE, help="the manager who was told; empty: no one"),
        day_field("Chased on"),
    )  # fmt: skip

    def build(filled: Filled) -> Input:
        return steps.ChaseInput(
            on=needed_day(filled, "on"),
            escalated_to=one_line(filled.text("escalated_to")),
            why_late=filled.text("why_late"),
            next_on=filled.day("next_on"),
        )

    return StepForm(fields, build, chase, {})


def draft_received_form(page: CasePage, profile: Profile) -> StepForm:
    """The draft came."""

    def build(filled: Filled) -> Input:
        return steps.DraftReceived(on=needed_day(filled, "on"))

    return StepForm((day_field("It came on"),), build, draft_received, {})


def draft_checked_form(page: CasePage, profile: Profile) -> StepForm:
    """The draft was checked, and stands or goes back."""
    fields = (
        day_field("Checked on"),
        FormField("by", "By", Entry.LINE, help="empty: you"),
        FormField("words", "What was found", Entry.WORDS, lines=2),
        FormField("again_on", "Next draft due", Entry.DATE, future=True, help="where it went back; empty: it stands"),
    )

    def build(filled: Filled) -> Input:
        return steps.DraftCheck(
            on=needed_day(filled, "on"),
            by=one_line(filled.text("by")),
            words=filled.text("words"),
            again_on=filled.day("again_on"),
        )

    return StepForm(fields, build, check_draft, {})


def sign_off_form(page: CasePage, profile: Profile) -> StepForm:
    """The response was signed off."""
    fields = (
        FormField(
            "by", "Signed off by", Entry.LINE, profile.council.signatory, required=True,
            help="the responsible person, or whom they named",
        ),
        day_field("On"),
    )  # fmt: skip

    def build(filled: Filled) -> Input:
        return steps.SignOff(on=needed_day(filled, "on"), by=one_line(filled.text("by")))

    return StepForm(fields, build, sign_off, {})
