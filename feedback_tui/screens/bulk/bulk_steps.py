"""The steps that can be taken with many cases at once. In a module of its own, so that the forms load only when one is
opened."""

from __future__ import annotations

from feedback_tui.enums import StepKey

FOR_MANY = (StepKey.ACKNOWLEDGE, StepKey.ALLOCATE, StepKey.CLOSE, StepKey.NOTE)
