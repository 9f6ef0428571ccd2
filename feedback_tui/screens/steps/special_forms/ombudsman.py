"""The forms for the Ombudsman's handling, where they depend on earlier approaches."""

from __future__ import annotations

from typing import Any

from feedback_tui.desk.case.page import CasePage, OmbudsmanView
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.lifecycle.ombudsman import NEW_APPROACH
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
        responded_on={"help": _now(last, "responded_on")},
    )


def draft_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Proposes today for the draft decision if none is on record."""
    there = next((row for row in reversed(page.ombudsman) if row.draft_decision_on and not row.decided_on), None)
    draft: dict[str, Any] = {"default": "" if there else "today", "help": _now(there, "draft_decision_on")}
    return changed(form, draft_decision_on=draft)


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
