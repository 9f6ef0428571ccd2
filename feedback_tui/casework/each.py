"""One step for many cases: each its own transaction and event; what does not fit is named and left."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from feedback_tui.casework.change import allocate
from feedback_tui.casework.draft import chase
from feedback_tui.casework.duty import Done, Duty
from feedback_tui.casework.refusals import Refused
from feedback_tui.models.contact_steps import ChaseInput
from feedback_tui.models.steps import Allocation


@dataclass(frozen=True)
class Tried:
    """What became of one case."""

    reference: str
    why_not: str = ""
    """Why it was left as it was; empty: it was done."""

    @property
    def done(self) -> bool:
        return not self.why_not


def chase_each(duty: Duty, references: Iterable[str], given: ChaseInput) -> list[Tried]:
    """Logs the same chase on each case."""
    return [_try(lambda one=reference: chase(duty, one, given), reference) for reference in references]  # type: ignore[misc]


def hand_over_each(duty: Duty, moves: Iterable[tuple[str, Allocation]], *, check: bool = False) -> list[Tried]:
    """Hands each case over; with `check`, only says what would be."""
    duty = replace(duty, rehearsing=check)
    return [_try(lambda a=ref, b=given: allocate(duty, a, b), ref) for ref, given in moves]  # type: ignore[misc]


def _try(verb: Callable[[], Done], reference: str) -> Tried:
    try:
        return Tried(verb().reference)
    except Refused as error:
        return Tried(reference, str(error).removeprefix(f"{reference} – "))
