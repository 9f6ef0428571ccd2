"""The forms for allocation, hold, procedure and receipt, where they depend on the case."""

from __future__ import annotations

from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import DeadlineKind, OtherProcess
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, changed


def allocate_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Shows who has the case now; the investigator only once an investigation has started, or at stage 2."""
    stage = page.stages[-1]
    return changed(
        form,
        officer={"help": f"now {page.officer}; empty: stays" if page.officer else ""},
        investigator={
            "help": f"now {stage.investigator}; empty: stays" if stage.investigator else "",
            "shown": lambda words: stage.investigation_started_on is not None or stage.number > 1,
        },
    )


def hold_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """For a case on hold, proposes the same process."""
    rules = [deadline.rule for deadline in page.open_deadlines if deadline.kind is DeadlineKind.REVIEW_HOLD]
    waits = next((process for process in OtherProcess if any(rule.endswith(process) for rule in rules)), None)
    return changed(form, process={"default": waits} if waits else {})


def change_procedure_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the other procedures; shows the fields for social care and provider if the chosen procedure needs them."""
    others = [row for row in profile.procedures if page.kind in row.kinds and row.key != page.procedure]
    asked = {row.key for row in others if not row.adult_social_care}
    names_provider = {row.key for row in others if row.names_provider}
    return changed(
        form,
        procedure={
            "default": others[0].key if others else "",
            "vocabulary": [row.key for row in others],
        },
        adult_social_care={"shown": lambda words: words["procedure"] in asked},
        provider={
            "shown": lambda words: words["procedure"] in names_provider and not any(row.provider for row in page.points)
        },
    )


def correct_receipt_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Shows the current day of receipt; asks whether an extended date stays if there is one."""
    extended = any(row.due_on != row.original_due_on and not row.fixed_by_hand for row in page.open_deadlines)
    return changed(
        form,
        received_on={"help": f"now {long_date(page.received_on)}"},
        keep_extended={"shown": lambda words: extended},
    )
