"""One step for many cases: each its own verb with its own event; what does not fit is named and left."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.storage.errors import RegisterError


@dataclass(frozen=True)
class Left:
    """A case that was left as it was, and why."""

    reference: str
    why: str


@dataclass(frozen=True)
class Many:
    """What became of each case, in the order they were given."""

    done: tuple[StepResult, ...]
    left: tuple[Left, ...]


def take_many(
    actor: Actor,
    references: Iterable[str],
    verb: Callable[[Actor, str], StepResult],
    progress: Callable[[int], None] | None = None,
) -> Many:
    """Takes a step with each case, as it stands then. A refusal leaves that case alone and goes on with the next.

    Where the register itself fails (a full disk, a file that is gone) what follows is not tried. `progress` is told how
    many have been looked at; an error that it raises stops before the next one.
    """
    done: list[StepResult] = []
    left: list[Left] = []
    broken: RegisterError | None = None
    for number, reference in enumerate(references):
        if progress is not None:
            progress(number)
        if broken is not None:
            left.append(Left(reference, "not tried, for the same reason as the one before"))
            continue
        try:
            done.append(verb(actor, reference))
        except StepNotAllowed as error:
            left.append(Left(reference, str(error)))
        except RegisterError as error:
            broken = error
            left.append(Left(reference, str(error)))
    return Many(tuple(done), tuple(left))
