"""Which steps can be taken with many cases at once. Apart from their forms, which are loaded when one is opened."""

from __future__ import annotations

from feedback_tui.enums import StepKey

FOR_MANY = (StepKey.ACKNOWLEDGE, StepKey.ALLOCATE, StepKey.CLOSE, StepKey.NOTE)
