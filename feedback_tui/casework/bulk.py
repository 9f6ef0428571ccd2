"""One step for many cases. Each case has its own transaction and event; refused cases are reported
and left unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.casework.change import allocate
from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.casework.investigator import chase
from feedback_tui.models.inputs.contact import ChaseInput
from feedback_tui.models.inputs.stages import Allocation


@dataclass(frozen=True)
class Tried:
    """The result for one case."""

    reference: str
    why_not: str = ""
    """Why the step was refused; empty if it was done."""

    @property
    def done(self) -> bool:
        return not self.why_not


def chase_each(actor: Actor, references: Iterable[str], given: ChaseInput) -> list[Tried]:
    """Logs the same chase on each case."""
    return [_try(lambda one=reference: chase(actor, one, given), reference) for reference in references]  # type: ignore[misc]


def hand_over_each(actor: Actor, moves: Iterable[tuple[str, Allocation]], *, check: bool = False) -> list[Tried]:
    """Hands each case over. With `check` nothing is written."""
    actor = replace(actor, rehearsing=check)
    return [_try(lambda a=ref, b=given: allocate(actor, a, b), ref) for ref, given in moves]  # type: ignore[misc]


def _try(verb: Callable[[], StepResult], reference: str) -> Tried:
    try:
        return Tried(verb().reference)
    except StepNotAllowed as error:
        return Tried(reference, str(error).removeprefix(f"{reference} – "))
