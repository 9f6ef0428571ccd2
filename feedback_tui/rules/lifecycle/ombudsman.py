"""The rows of the Ombudsman's handling: beside the case, whatever its status, and without reopening it."""

from __future__ import annotations

from feedback_tui.enums import Status, StepKey
from feedback_tui.rules.lifecycle.step import ANY, COMPLAINTS, Step

S, K = Status, StepKey
WITH_OMBUDSMAN, TO_COMPLY = "with the Ombudsman", "to comply with the Ombudsman"

OMBUDSMAN: tuple[Step, ...] = (
    Step(
        key=K.OMBUDSMAN_QUERY,
        words="Ombudsman's query",
        past="Ombudsman's query",
        saved="Ombudsman's query recorded",
        also_asks="first contact; their query, its due date, when it was answered; their reference",
        kinds=COMPLAINTS,
        after=ANY,
        leads_to=None,
        otherwise="it is void",
        beside=True,
        synonyms="lgsco lgo first contact assessment",
    ),
    Step(
        key=K.OMBUDSMAN,
        words="Ombudsman",
        past="Ombudsman",
        saved="Ombudsman's step recorded",
        also_asks="date received and their due date, then the reply, then the decision and what was agreed",
        kinds=COMPLAINTS,
        after=ANY,
        leads_to=None,
        otherwise="only a complaint goes to the Ombudsman",
        likely={S.CLOSED: 2},
        shortcut="o",
        synonyms="lgsco lgo enquiry decision investigation",
    ),
    Step(
        key=K.OMBUDSMAN_DRAFT,
        words="Ombudsman's draft",
        past="Ombudsman's draft decision",
        saved="Ombudsman's draft decision recorded",
        also_asks="date of their draft decision; our comments",
        kinds=COMPLAINTS,
        after=ANY,
        leads_to=None,
        otherwise="it is void",
        beside=True,
        needs=WITH_OMBUDSMAN,
        lacking="nothing is with the Ombudsman now",
        synonyms="lgsco lgo decision comments",
    ),
    Step(
        key=K.COMPLIED,
        words="Ombudsman: complied",
        past="complied with the Ombudsman's decision",
        also_asks="date; how the Ombudsman was told: everything agreed with them is done",
        kinds=COMPLAINTS,
        after=ANY,
        leads_to=None,
        otherwise="it is void",
        beside=True,
        needs=TO_COMPLY,
        lacking="the Ombudsman has decided nothing that is still to be complied with",
        likely_where_owed=3,
        synonyms="lgsco lgo compliance remedy done",
    ),
)
