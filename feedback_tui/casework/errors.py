"""The errors by which a verb refuses a step. Nothing was changed."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_tui.plain_error import PlainError
from feedback_tui.rules.restricted_access import ask


class StepNotAllowed(PlainError):
    """The case does not allow the step. The message is shown to the officer."""


class NoSuchCase(StepNotAllowed):
    """There is no case with this reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no case {reference}.")
        self.reference = reference


class Restricted(StepNotAllowed):
    """Only the officers named for the case may open it."""

    def __init__(self, reference: str, restricted_to: str | None, officer: str = "") -> None:
        super().__init__(f"{reference} is {ask(restricted_to, officer)}. Only the officers named for it open it.")
        self.reference = reference


@dataclass(frozen=True)
class Problem:
    """A problem with the input: the field, and a sentence with what is needed."""

    field: str
    words: str


class InvalidInput(StepNotAllowed):
    """The input is not valid. It lists all problems at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in problems))


class ConflictError(StepNotAllowed):
    """Another officer changed the case since it was read."""

    def __init__(self, reference: str, who: str, what: str) -> None:
        super().__init__(f"{who} changed {reference} meanwhile ({what}). Nothing was saved; look, and save again.")
        self.reference, self.who, self.what = reference, who, what
