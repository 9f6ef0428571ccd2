"""What the mark “do not destroy” takes."""

from __future__ import annotations

from datetime import date

from feedback_tui.models.inputs.stages import Reason


class DoNotDestroy(Reason):
    """Marks a case whose words must not be erased."""

    review_on: date
    """When it is decided whether it must still be kept."""
