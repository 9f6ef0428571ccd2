"""The forms for the Ombudsman's handling, where they depend on earlier approaches."""

from __future__ import annotations

from typing import Any

from feedback_tui.casework.ombudsman import REPLY_DAYS
from feedback_tui.desk.case.page import CasePage, OmbudsmanView
from feedback_tui.enums import DeadlineKind, Unit
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.lifecycle.ombudsman import NEW_APPROACH, THE_USUAL_ONE
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, changed, offering


def query_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Proposes today for the query if no approach is undecided; asks which approach if there is one."""
    last = _undecided(page)
    return changed(
        _which_approach(form, page),
        first_contact_on={"help": _now(last, "first_contact_on")},
        query_on={"default": "" if last else "today", "help": _now(last, "query_on")},
    )


def ombudsman_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Proposes today for the enquiry if no approach is undecided; asks which approach if there is one."""
    last = _undecided(page)
    return changed(
        _which_approach(form, page),
        received_on={"default": "" if last else "today", "help": _now(last, "received_on")},
        due_on={"help": _stated_or_counted(page, profile)},
        their_decision={"vocabulary": _their_words(page, profile)},
        responded_on={"help": _now(last, "responded_on")},
    )


def draft_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Proposes today for the draft decision if none is on record."""
    there = next((row for row in reversed(page.ombudsman) if row.draft_decision_on and not row.decided_on), None)
    draft: dict[str, Any] = {"default": "" if there else "today", "help": _now(there, "draft_decision_on")}
    return changed(form, draft_decision_on=draft, draft_due_on={"help": _comments_due(page, profile)})


def choice_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the Ombudsmen of the profile; the first word of the list is the usual one, with its name."""
    usual = profile.usual_ombudsman(page.procedure, page.procedure_version)
    help = f"the usual one: {usual.name}" if usual else "its procedure has no usual one"
    words = (THE_USUAL_ONE, *(each.name for each in profile.ombudsmen if each is not usual))
    now = profile.ombudsman_for(page.procedure, page.procedure_version, page.ombudsman_key)
    chosen = now.name if now is not None and page.ombudsman_key else THE_USUAL_ONE
    return offering(form, "ombudsman_key", words, default=chosen, help=help)


def _their_words(page: CasePage, profile: Profile) -> tuple[str, ...]:
    ombudsman = profile.ombudsman_for(page.procedure, page.procedure_version, page.ombudsman_key)
    return tuple(word.name for word in ombudsman.decisions.words) if ombudsman else ()


def _stated_or_counted(page: CasePage, profile: Profile) -> str:
    """Returns the help of the field for the due date: the date in the Ombudsman's letter, or how it is counted without
    one."""
    first = "the date that their letter states"
    chosen = profile.ombudsman_for(page.procedure, page.procedure_version, page.ombudsman_key)
    if page.ombudsman_key is not None:
        days = chosen.reply.days if chosen else None
        return f"{first}; empty: {days} calendar days from the enquiry" if days else f"{first}: it is needed"
    procedure = profile.procedure(page.procedure) if page.procedure else None
    limit = procedure.version(page.procedure_version or "1").limit(DeadlineKind.OMBUDSMAN_REPLY) if procedure else None
    days = limit.count if limit and limit.count is not None and limit.unit is Unit.CALENDAR_DAYS else REPLY_DAYS
    return f"{first}; empty: {days} calendar days from the enquiry, the council's figure"


def _comments_due(page: CasePage, profile: Profile) -> str:
    ombudsman = profile.ombudsman_for(page.procedure, page.procedure_version, page.ombudsman_key)
    days = ombudsman.comments.days if ombudsman else None
    counted = f"; empty: {days} calendar days from the draft" if days else ": none is counted without it"
    return f"the date that their letter names{counted}"


def _undecided(page: CasePage) -> OmbudsmanView | None:
    """Returns the last approach if the Ombudsman has not decided it yet; otherwise None."""
    return page.ombudsman[-1] if page.ombudsman and page.ombudsman[-1].decided_on is None else None


def _which_approach(form: StepForm, page: CasePage) -> StepForm:
    """Offers the approaches on record and a new one; a new one is chosen if the last was decided."""
    if not page.ombudsman:
        return changed(form, record=None)
    approaches = [_approach(row) for row in page.ombudsman]
    last = NEW_APPROACH if _undecided(page) is None else approaches[-1]
    return offering(form, "record", (*approaches, NEW_APPROACH), default=last)


def _approach(row: OmbudsmanView) -> str:
    known = row.their_reference or (row.received_on and long_date(row.received_on)) or ""
    return f"{row.position}. {row.status}" + (f", {known}" if known else "")


def _now(record: OmbudsmanView | None, column: str) -> str:
    """Returns the help for a field with a day on record, which stays if the field is left empty; "" without one."""
    day = getattr(record, column) if record is not None else None
    return f"now {long_date(day)}; empty: stays" if day else ""
