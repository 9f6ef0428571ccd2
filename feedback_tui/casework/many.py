"""One step for many cases. Each is a verb of its own with its own event; refused cases are reported
and left unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.storage.errors import RegisterError


@dataclass(frozen=True)
class Left:
    """A case that was left unchanged, and why."""

    reference: str
    why: str


@dataclass(frozen=True)
class Many:
    """The results of the cases, in the order given."""

    done: tuple[StepResult, ...]
    left: tuple[Left, ...]


def take_many(
    actor: Actor,
    references: Iterable[str],
    verb: Callable[[Actor, str], StepResult],
    progress: Callable[[int], None] | None = None,
) -> Many:
    """Takes a step with each case, one after another. If it is refused for one, that case is left and the next follows.

    After a RegisterError, such as a full disk, the rest are not tried. `progress` is called before each case with how
    many came before; an error that it raises stops there.
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
