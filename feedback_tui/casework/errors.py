"""A verb's refusal: what was not done, why, and what is possible instead. Nothing was changed."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_tui.plain_error import PlainError
from feedback_tui.rules.restricted_access import ask


class StepNotAllowed(PlainError):
    """The case does not allow it. The message is a sentence for the officer."""


class NoSuchCase(StepNotAllowed):
    """There is no case with this reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no case {reference}.")
        self.reference = reference


class Restricted(StepNotAllowed):
    """The case may be opened by the officers named for it alone."""

    def __init__(self, reference: str, restricted_to: str | None, officer: str = "") -> None:
        super().__init__(f"{reference} is {ask(restricted_to, officer)}. Only the officers named for it open it.")
        self.reference = reference


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what was given: the field (its name in the input), and what would be right."""

    field: str
    words: str


class InvalidInput(StepNotAllowed):
    """What was given cannot stand: each problem with its field, all at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in problems))


class ConflictError(StepNotAllowed):
    """Someone else changed the case since it was looked at."""

    def __init__(self, reference: str, who: str, what: str) -> None:
        super().__init__(f"{who} changed {reference} meanwhile ({what}). Nothing was saved; look, and save again.")
        self.reference, self.who, self.what = reference, who, what
