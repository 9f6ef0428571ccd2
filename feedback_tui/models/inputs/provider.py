"""What the step about the provider's part takes (2009 Regulations, reg 11)."""

from __future__ import annotations

from datetime import date

from feedback_tui.models.inputs.stages import Input, MaybeName, Words


class ProviderPart(Input):
    """What was asked, answered, sent, kept and received in a complaint about a provider. None or "" leaves a field as
    it is."""

    asked_on: date | None = None
    """When the complainant was asked whether details may be sent to the provider."""
    answer_due_on: date | None = None
    answered_on: date | None = None
    agreed: bool | None = None
    """What the complainant answered."""
    sent_on: date | None = None
    """When the details were sent."""
    sent_to: MaybeName = None
    response_due_on: date | None = None
    kept: Words = ""
    """Which part of the complaint the council handles itself, as the complainant was told."""
    told_on: date | None = None
    """When the complainant was told that."""
    response_on: date | None = None
    """When the provider's answer was received."""
