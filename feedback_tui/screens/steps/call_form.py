"""The form of a contact whose kind is known before it opens: a call, or a failed attempt."""

from __future__ import annotations

from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import Contact, StepKey
from feedback_tui.screens.shared.services import Services
from feedback_tui.screens.steps.special_forms.contact import form_of_kind
from feedback_tui.screens.steps.step_form import StepForm
from feedback_tui.screens.steps.step_screen import StepScreen
from feedback_tui.widgets.drafts import contact_draft


class ContactScreen(StepScreen):
    """The form for a contact of one kind."""

    def __init__(self, services: Services, reference: str, kind: Contact) -> None:
        super().__init__(services, reference, StepKey.CONTACT)
        self._kind = kind

    @property
    def draft_name(self) -> str:
        return contact_draft(self._reference or "", self._kind)

    def form_for(self, page: CasePage) -> StepForm:
        return form_of_kind(super().form_for(page), self._kind)
