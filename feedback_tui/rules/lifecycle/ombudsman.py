"""The rows of the Ombudsman's handling: beside the case, whatever its status, and without reopening it."""

from __future__ import annotations

from feedback_tui.enums import StepKey
from feedback_tui.rules.lifecycle.step import ANY, COMPLAINTS, Step

K = StepKey
WITH_OMBUDSMAN, TO_COMPLY = "with the Ombudsman", "to comply with the Ombudsman"

OMBUDSMAN: tuple[Step, ...] = (
    Step(
        K.OMBUDSMAN_QUERY,
        "Ombudsman's query",
        "Ombudsman's query",
        COMPLAINTS,
        ANY,
        None,
        "first contact; their query, its due date, when it was answered; their reference",
        "it is void",
        beside=True,
    ),
    Step(
        K.OMBUDSMAN,
        "Ombudsman",
        "Ombudsman",
        COMPLAINTS,
        ANY,
        None,
        "date received and their due date, then the reply, then the decision and what was agreed",
        "only a complaint goes to the Ombudsman",
    ),
    Step(
        K.OMBUDSMAN_DRAFT,
        "Ombudsman's draft",
        "Ombudsman's draft decision",
        COMPLAINTS,
        ANY,
        None,
        "date of their draft decision; our comments",
        "it is void",
        beside=True,
        needs=WITH_OMBUDSMAN,
        lacking="nothing is with the Ombudsman now",
    ),
    Step(
        K.COMPLIED,
        "Ombudsman: complied",
        "complied with the Ombudsman's decision",
        COMPLAINTS,
        ANY,
        None,
        "date; how the Ombudsman was told: everything agreed with them is done",
        "it is void",
        beside=True,
        needs=TO_COMPLY,
        lacking="the Ombudsman has decided nothing that is still to be complied with",
    ),
)
