"""The time limits that a procedure states (a number of days or months from a day in the life of a case), and how far
they may be extended. They are frozen, and validated when they are made."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from feedback_tui.enums import STAGES, CountsFrom, DeadlineKind, Unit
from feedback_tui.rules.profile_values import Flag, MaybeText, Shape, listed, one_of, whole, wrong
from feedback_tui.rules.sources import Sourced

_K, _F = DeadlineKind, CountsFrom
CLOCKS: Final[dict[DeadlineKind, tuple[CountsFrom, ...]]] = {
    _K.ACKNOWLEDGEMENT: (_F.RECEIPT,),
    _K.DRAFT: (_F.RECEIPT, _F.ACKNOWLEDGEMENT, _F.CONSENT),
    _K.STAGE_1_TARGET: (_F.RECEIPT, _F.ACKNOWLEDGEMENT, _F.CONSENT),
    _K.STAGE_1_LIMIT: (_F.RECEIPT, _F.ACKNOWLEDGEMENT, _F.CONSENT),
    _K.STAGE_2_ACKNOWLEDGEMENT: (_F.REVIEW_REQUEST,),
    _K.STAGE_2_TARGET: (_F.REVIEW_REQUEST, _F.REVIEW_ACKNOWLEDGEMENT),
    _K.STAGE_2_LIMIT: (_F.REVIEW_REQUEST, _F.REVIEW_ACKNOWLEDGEMENT),
    _K.OMBUDSMAN_REPLY: (_F.OMBUDSMAN_ENQUIRY,),
}
"""The deadlines that a procedure can have, each with the days from which it can be counted.

The end of the six months is set by law; every other kind of deadline is a date that a person sets.
"""
_STARTS: Final = (*dict.fromkeys(start for starts in CLOCKS.values() for start in starts),)
COUNTED: Final = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS)
ACKNOWLEDGED_WITHIN: Final = 3
"""Working days to acknowledge a complaint: 2009 Regulations, reg 13."""

CountedUnit = Annotated[Unit, BeforeValidator(one_of(COUNTED))]
Count = Annotated[int | None, BeforeValidator(whole(0, 1000))]
StageNumber = Annotated[int, BeforeValidator(whole(STAGES[0], STAGES[-1]))]


class CountedTime(Sourced):
    """So many days or months, or not stated."""

    count: Count = None
    unit: CountedUnit = Unit.WORKING_DAYS
    not_stated: Flag = False
    closures_count: Flag = True
    """Whether the council's closure days are days off for it. They never are if its law sets it (``rules.laws``)."""

    @model_validator(mode="after")
    def _stated_or_not(self) -> Self:
        check_count(self.count, self.unit, not_stated=self.not_stated)
        return self


class Limit(CountedTime):
    """The time limit for one deadline: a number of days or months from a day in the life of the case."""

    deadline: Annotated[DeadlineKind, BeforeValidator(one_of(CLOCKS))]
    counts_from: Annotated[CountsFrom, BeforeValidator(one_of(sorted(_STARTS, key=tuple(CountsFrom).index)))] = Field(
        alias="from"
    )

    @model_validator(mode="after")
    def _counted_from_a_day_of_it(self) -> Self:
        if self.counts_from not in (starts := CLOCKS[self.deadline]):
            raise wrong(f"{self.deadline} is counted from {listed(starts)}", "from")
        return self

    @property
    def rule(self) -> str:
        """The limit in words: ``25 working days from receipt``."""
        if self.count is None:
            return f"not stated: the council sets its own (from {self.counts_from})"
        unit = self.unit.removesuffix("s") if self.count == 1 else self.unit
        return f"{self.count} {unit} from {self.counts_from}"


def check_count(count: int | None, unit: Unit, *, not_stated: bool) -> None:
    """Raises what `wrong` returns unless a limit has either a count or `not_stated`."""
    if not_stated == (count is not None):
        raise wrong("give either a count, or not_stated = true where the council's source states none")
    if unit is Unit.MONTHS and count == 0:
        raise wrong("a limit in months is at least 1", "count")


def is_later(target: Limit | None, limit: Limit | None) -> bool:
    """Returns whether an aim is later than the limit; False if the two are counted differently and cannot be
    compared."""
    if target is None or limit is None or target.count is None or limit.count is None:
        return False
    same_clock = target.counts_from is limit.counts_from and target.unit is limit.unit
    return same_clock and target.count > limit.count


class Allowance(Shape):
    """How far one stage may be extended, and under which conditions."""

    stage: StageNumber = 1
    at_most: Annotated[int | None, BeforeValidator(whole(1, 1000))] = None
    """The most days that may be added to the limit; None: only the aim may move, up to the limit."""
    unit: CountedUnit = Unit.WORKING_DAYS
    beyond: Annotated[Literal["agreement", "good reason"], BeforeValidator(one_of(("agreement", "good reason")))] = (
        "agreement"
    )
    """What an extension beyond the allowance needs."""
    tell: MaybeText = ""
    """What the complainant is told when it is extended."""
