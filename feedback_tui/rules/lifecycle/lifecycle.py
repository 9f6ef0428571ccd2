"""The table of all steps, and the rules that read it: which step is allowed now, why not, and what is possible instead.

Verbs, screens and help use this table. Its rows are in the other modules of this folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from feedback_tui.enums import Kind, Law, Status, StepKey
from feedback_tui.rules.lifecycle.changes import CHANGES
from feedback_tui.rules.lifecycle.closing import ENDS, ERASED, KEPT, REOPENED, WHEN_ERASED, WHEN_KEPT
from feedback_tui.rules.lifecycle.contact import CONTACT
from feedback_tui.rules.lifecycle.corrections import CORRECTIONS
from feedback_tui.rules.lifecycle.early_closure import EARLY_CLOSURE
from feedback_tui.rules.lifecycle.follow_up import FOLLOWING
from feedback_tui.rules.lifecycle.investigator import DRAFT
from feedback_tui.rules.lifecycle.later_stages import LATER_STAGES
from feedback_tui.rules.lifecycle.ombudsman import OMBUDSMAN
from feedback_tui.rules.lifecycle.people import PEOPLE
from feedback_tui.rules.lifecycle.provider import PROVIDER
from feedback_tui.rules.lifecycle.stages import HANDLING
from feedback_tui.rules.lifecycle.step import Step, words_at

S, K = Status, StepKey
_OF_STAGE_1 = (K.ACKNOWLEDGE, K.RESPOND, K.CHANGE_PROCEDURE)
_ALSO_OF_A_VOID_ONE = (K.ERASE, K.DO_NOT_DESTROY, K.MAY_BE_DESTROYED)
_OF_A_LATER_STAGE = (K.ACKNOWLEDGE_REVIEW, K.RESPOND_REVIEW)
_OF_THE_NEXT = (K.REQUEST_REVIEW, K.REFUSE_STAGE)

_WHAT_IT_IS = (*CORRECTIONS, *PROVIDER, *EARLY_CLOSURE)
LIFE: tuple[Step, ...] = (
    *HANDLING,
    *LATER_STAGES,
    *OMBUDSMAN,
    *CHANGES,
    *PEOPLE,
    *_WHAT_IT_IS,
    *CONTACT,
    *DRAFT,
    *FOLLOWING,
    *ENDS,
)
HEADINGS: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("Handling", HANDLING),
    ("The stage", LATER_STAGES),
    ("Contact", CONTACT),
    ("The draft", DRAFT),
    ("What follows", FOLLOWING),
    ("Ombudsman", OMBUDSMAN),
    ("People", PEOPLE),
    ("What it is, and who sees it", _WHAT_IT_IS),
    ("Changes", CHANGES),
    ("Ends, and back", ENDS),
)
"""The headings of the menu of steps, each with its steps. A step under no heading comes last."""
BY_KEY = {step.key: step for step in LIFE}
PAST = {step.key: step.past for step in LIFE} | {
    K.LOG: "logged",
    K.IMPORT: "imported",
    K.MOVE_DEADLINES: "deadlines moved",
    K.DAYS_OFF: "days off changed",
    K.USE_PROFILE: "profile changed",
    K.TYPE_FIGURES: "figures of a year typed",
    K.WRITE_YEAR: "words of a year's report written",
}
_STANDS = {
    S.INVESTIGATING: "it is being investigated",
    S.RESPONSE_SENT: "its response was sent",
}
"""The clause for a status, if it is not “it is” and the status."""


@dataclass(frozen=True)
class Standing:
    """The facts about a case that decide which steps are allowed."""

    kind: Kind
    status: Status
    acknowledged: bool
    """Whether the stage it is in was acknowledged."""
    answered: bool
    """Whether the stage it is in was answered."""
    stages: int = 1
    """How many stages its procedure has; 1 while it is not settled."""
    then: str = "Ombudsman"
    """What follows the procedure's last stage."""
    stage: int = 1
    laws: tuple[Law, ...] | None = None
    """The law that its procedure is under; several, while that is not settled: each that it may be. None: not known."""
    facts: frozenset[str] | None = frozenset()
    """What else holds of it, in the words that a row's `needs` has: ``action owed``. None: not known until it is read.
    """


def stage_meant(key: StepKey, standing: Standing) -> int:
    """Returns the stage that a step is about: the next one where it is asked for or refused, else the one under way; 2
    where no later stage has begun."""
    asked = key in _OF_THE_NEXT and standing.status is not S.IN_REVIEW
    return max(standing.stage + asked, 2)


def step_now(key: StepKey, standing: Standing) -> Step:
    """Returns a step in the words of the stage that it is about."""
    return BY_KEY[key].at_stage(stage_meant(key, standing))


def past_of(key: StepKey, details: Mapping[str, object]) -> str:
    """Returns what was done in a step, in the words of its stage, as its event's details name it."""
    stage = details.get("stage")
    return words_at(PAST.get(key, str(key)), stage if isinstance(stage, int) else 2)


def refusal(key: StepKey, standing: Standing) -> str | None:
    """Returns why this step is not allowed now, as a clause (``it is closed``); None if it is allowed."""
    step, stage = step_now(key, standing), standing.stage
    if standing.facts is not None and ERASED in standing.facts:
        return WHEN_ERASED
    if key is StepKey.UNDO:
        return None
    if key is StepKey.ERASE and standing.facts is not None and KEPT in standing.facts:
        return WHEN_KEPT
    if standing.status is Status.VOID and key not in _ALSO_OF_A_VOID_ONE:
        return "it was marked as logged in error and counts nowhere"
    if standing.kind not in step.kinds:
        return f"it is {_a(standing.kind)}, and that is for {_either(step.kinds)}"
    if step.laws and standing.laws is not None and (why := _other_law(step, standing.laws)) is not None:
        return why
    if key in _OF_THE_NEXT:
        if standing.stages == 1:
            return f"its procedure has one stage: what comes next is the {standing.then}"
        if standing.status is Status.IN_REVIEW:
            return f"Stage {stage_meant(key, standing)} is under way" if key is StepKey.REQUEST_REVIEW else None
        if stage > 1 and stage >= standing.stages:
            return f"Stage {stage} was done: what comes next is the {standing.then}"
        if not standing.answered:
            return step.otherwise
    if step.needs and standing.facts is not None and step.needs not in standing.facts:
        return step.lacking
    if standing.status is Status.ON_HOLD:
        if stage > 1 and key in _OF_STAGE_1:
            return f"{step.otherwise} (Stage {stage} is under way)"
        if stage == 1 and key in _OF_A_LATER_STAGE:
            return step.otherwise
    if standing.status not in step.after and not _answers_again(key, standing):
        stands = _STANDS.get(standing.status, f"it is {standing.status}")
        return step.otherwise if step.otherwise == stands else f"{step.otherwise} ({stands})"
    if step.once and standing.acknowledged:
        return step.once
    return None


def _other_law(step: Step, laws: tuple[Law, ...]) -> str | None:
    """Returns why a step that only exists under some laws is not allowed under `laws`, as a clause; None if it is."""
    theirs = " or ".join(law.label for law in step.laws)
    if len(laws) > 1:
        return f"it is for complaints under {theirs}, and the procedure is not settled: settle it first"
    if laws and laws[0] not in step.laws:
        return f"it is for complaints under {theirs}, and this one is under {laws[0].label}"
    return None


def _answers_again(key: StepKey, standing: Standing) -> bool:
    """Whether this step is a further answer, of the stage that a case was reopened in."""
    answer = K.RESPOND if standing.stage == 1 else K.RESPOND_REVIEW
    return key is answer and standing.status is S.RESPONSE_SENT and REOPENED in (standing.facts or ())


def possible(standing: Standing) -> list[Step]:
    """Returns the steps that are allowed now, in the order of the table."""
    return [step for step in LIFE if refusal(step.key, standing) is None]


def likely(standing: Standing) -> list[Step]:
    """Returns the allowed steps that are often next for a case in this state, the likeliest first.

    Steps that settle something owed, such as an action, come last; for a closed case, first.
    """
    often = sorted((step for step in LIFE if standing.status in step.likely), key=lambda s: s.likely[standing.status])
    owed = sorted((step for step in LIFE if step.likely_where_owed), key=lambda step: step.likely_where_owed)
    wanted = (*owed, *often) if standing.status is Status.CLOSED else (*often, *owed)
    return [step for step in wanted if refusal(step.key, standing) is None]


def instead(standing: Standing) -> str:
    """Returns what is possible now, as the last sentence of a refusal: ``Possible now: Acknowledge, Withdraw.``"""
    steps = possible(standing)
    named = [step for step in steps if not step.beside] or steps
    words = [step_now(step.key, standing).words for step in named]
    return f"Possible now: {', '.join(words)}." if words else "Nothing can be done with it."


def _a(kind: Kind) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _either(kinds: tuple[Kind, ...]) -> str:
    named = [_a(kind) for kind in kinds]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
