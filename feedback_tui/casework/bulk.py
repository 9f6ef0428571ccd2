"""One step for many cases: each has its own transaction and event; a refused case is left unchanged, and named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.casework.change import allocate
from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.casework.investigator import chase
from feedback_tui.models.inputs.contact import ChaseInput
from feedback_tui.models.inputs.stages import Allocation
from feedback_tui.storage.errors import RegisterError

NOT_TRIED = "not tried, for the same reason as the one before"


@dataclass(frozen=True)
class CaseResult:
    """The result for one case."""

    reference: str
    why_left: str = ""
    """Why it was left unchanged, without its reference; empty if the step was done."""


@dataclass(frozen=True)
class BulkResult:
    """The results of the cases, in the order given."""

    cases: tuple[CaseResult, ...]

    @property
    def done(self) -> tuple[CaseResult, ...]:
        """The cases for which the step was done."""
        return tuple(case for case in self.cases if not case.why_left)

    @property
    def left(self) -> tuple[CaseResult, ...]:
        """The cases that were left unchanged."""
        return tuple(case for case in self.cases if case.why_left)


def each_case(
    actor: Actor,
    references: Iterable[str],
    verb: Callable[[Actor, str], StepResult],
    progress: Callable[[int], None] | None = None,
) -> BulkResult:
    """Takes a step with each case, one after another. If it is refused for one, that case is left and the next follows.

    `progress` is called before each case with how many came before; an error that it raises stops there. Raises
    RegisterError, such as a full disk, before any case was done; after that the rest are not tried.
    """
    return _each(((reference, partial(verb, actor, reference)) for reference in references), progress)


def chase_each(actor: Actor, references: Iterable[str], given: ChaseInput) -> BulkResult:
    """Logs the same chase on each case. Raises RegisterError as `each_case` does."""
    return each_case(actor, references, lambda actor, reference: chase(actor, reference, given))


def hand_over_each(actor: Actor, moves: Iterable[tuple[str, Allocation]], *, check: bool = False) -> BulkResult:
    """Hands each case over. With `check` nothing is written. Raises RegisterError as `each_case` does."""
    actor = replace(actor, rehearsing=check)
    return _each((reference, partial(allocate, actor, reference, given)) for reference, given in moves)


def _each(
    steps: Iterable[tuple[str, Callable[[], StepResult]]], progress: Callable[[int], None] | None = None
) -> BulkResult:
    results: list[CaseResult] = []
    any_done = broken = False
    for number, (reference, step) in enumerate(steps):
        if progress is not None:
            progress(number)
        if broken:
            results.append(CaseResult(reference, NOT_TRIED))
            continue
        try:
            results.append(CaseResult(step().reference))
            any_done = True
        except (StepNotAllowed, RegisterError) as error:
            broken = isinstance(error, RegisterError)
            if broken and not any_done:
                raise
            results.append(CaseResult(reference, str(error).removeprefix(f"{reference} – ")))
    return BulkResult(tuple(results))
