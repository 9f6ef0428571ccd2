"""The form of each step of a case: its fields, its input and its verb."""

from __future__ import annotations

from collections.abc import Callable

from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import StepKey
from feedback_tui.rules.lifecycle.lifecycle import step_now
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.declared_form import declared_form
from feedback_tui.screens.steps.special_forms.changes import (
    allocate_form,
    change_procedure_form,
    correct_receipt_form,
    hold_form,
)
from feedback_tui.screens.steps.special_forms.closing import close_form, erase_form, reopen_form, undo_form
from feedback_tui.screens.steps.special_forms.contact import contact_form, next_update_form
from feedback_tui.screens.steps.special_forms.early_closure import (
    change_kind_form,
    correct_form,
    decline_form,
    joint_form,
    points_form,
    provider_form,
    restrict_form,
)
from feedback_tui.screens.steps.special_forms.follow_up import (
    action_done_form,
    learn_form,
    plan_action_form,
    quote_form,
    redress_form,
    remedy_done_form,
)
from feedback_tui.screens.steps.special_forms.investigator import chase_form, sign_off_form
from feedback_tui.screens.steps.special_forms.letter import letter_form
from feedback_tui.screens.steps.special_forms.ombudsman import choice_form, draft_form, ombudsman_form, query_form
from feedback_tui.screens.steps.special_forms.people import (
    apart_form,
    authority_form,
    correct_person_form,
    death_form,
    limits_form,
    same_person_form,
)
from feedback_tui.screens.steps.special_forms.stages import (
    acknowledge_form,
    answer_form,
    investigate_form,
    name_part_form,
    refuse_stage_form,
    request_review_form,
    skip_stage_form,
)
from feedback_tui.screens.steps.step_form import StepForm

Special = Callable[[StepForm, CasePage, Profile], StepForm]
"""Adapts the form made from a step's record to a case."""
SPECIAL: dict[StepKey, Special] = {
    StepKey.ACKNOWLEDGE: acknowledge_form,
    StepKey.INVESTIGATE: investigate_form,
    StepKey.RESPOND: answer_form,
    StepKey.RESPOND_REVIEW: answer_form,
    StepKey.REQUEST_REVIEW: request_review_form,
    StepKey.REFUSE_STAGE: refuse_stage_form,
    StepKey.SKIP_STAGE: skip_stage_form,
    StepKey.NAME_PART: name_part_form,
    StepKey.CLOSE: close_form,
    StepKey.REOPEN: reopen_form,
    StepKey.ERASE: erase_form,
    StepKey.UNDO: undo_form,
    StepKey.ALLOCATE: allocate_form,
    StepKey.HOLD: hold_form,
    StepKey.CHANGE_PROCEDURE: change_procedure_form,
    StepKey.CORRECT_RECEIPT: correct_receipt_form,
    StepKey.CORRECT: correct_form,
    StepKey.POINTS: points_form,
    StepKey.CHANGE_KIND: change_kind_form,
    StepKey.JOINT: joint_form,
    StepKey.PROVIDER: provider_form,
    StepKey.RESTRICT: restrict_form,
    StepKey.DECLINE: decline_form,
    StepKey.REDRESS: redress_form,
    StepKey.REMEDY_DONE: remedy_done_form,
    StepKey.LEARN: learn_form,
    StepKey.PLAN_ACTION: plan_action_form,
    StepKey.ACTION_DONE: action_done_form,
    StepKey.QUOTE: quote_form,
    StepKey.OMBUDSMAN_QUERY: query_form,
    StepKey.OMBUDSMAN: ombudsman_form,
    StepKey.OMBUDSMAN_DRAFT: draft_form,
    StepKey.CHOOSE_OMBUDSMAN: choice_form,
    StepKey.CONTACT: contact_form,
    StepKey.NEXT_UPDATE: next_update_form,
    StepKey.LETTER: letter_form,
    StepKey.CHASE: chase_form,
    StepKey.SIGN_OFF: sign_off_form,
    StepKey.CORRECT_PERSON: correct_person_form,
    StepKey.AUTHORITY: authority_form,
    StepKey.DEATH: death_form,
    StepKey.SAME_PERSON: same_person_form,
    StepKey.APART: apart_form,
    StepKey.PERSISTENCE: limits_form,
}


def step_form(key: StepKey, page: CasePage, profile: Profile) -> StepForm:
    """Returns the form of a step for this case."""
    form = declared_form(step_now(key, page.standing), page, profile)
    return SPECIAL[key](form, page, profile) if key in SPECIAL else form
