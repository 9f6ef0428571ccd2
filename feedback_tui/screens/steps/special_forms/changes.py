"""The forms of handing over, hold, the procedure and the receipt, as far as they depend on the case."""

from __future__ import annotations

from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import DeadlineKind, OtherProcess
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, changed


def allocate_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Says who has it now; the investigator is asked for once there is an investigation."""
    stage = page.stages[-1]
    return changed(
        form,
        officer={"help": f"now {page.officer}; empty: stays" if page.officer else ""},
        investigator={
            "help": f"now {stage.investigator}; empty: stays" if stage.investigator else "",
            "shown": lambda words: stage.investigation_started_on is not None or stage.number == 2,
        },
    )


def hold_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """A case on hold stays so, for the same process, until another day."""
    rules = [deadline.rule for deadline in page.open_deadlines if deadline.kind is DeadlineKind.REVIEW_HOLD]
    waits = next((process for process in OtherProcess if any(rule.endswith(process) for rule in rules)), None)
    return changed(form, process={"default": waits} if waits else {})


def change_procedure_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """The procedures that it is not under; social care and the provider are asked where the chosen one wants them."""
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
    """Says which day stands now; whether an extended date stays is asked where there is one."""
    extended = any(row.due_on != row.original_due_on and not row.fixed_by_hand for row in page.open_deadlines)
    return changed(
        form,
        received_on={"help": f"now {long_date(page.received_on)}"},
        keep_extended={"shown": lambda words: extended},
    )
