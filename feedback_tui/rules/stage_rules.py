"""The rules of one stage of a procedure: ``[[procedure.version.stage]]`` of a profile.

For a version with one or two stages and no such tables, `as_before` makes the same rules.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from feedback_tui.enums import CountsFrom, DeadlineKind, Outcome, StageEntry, StagePart, StageTime, Unit
from feedback_tui.rules.limits import Allowance, CountedTime, CountedUnit, Limit, StageNumber, is_later
from feedback_tui.rules.profile_values import Flag, Name, Shape, listed, one_of, whole, wrong
from feedback_tui.rules.sources import Sourced

_T, _F, _P = StageTime, CountsFrom, StagePart
_ENTERED: Final = {True: (_F.RECEIPT, _F.ACKNOWLEDGEMENT, _F.CONSENT), False: (_F.REQUEST, _F.ACKNOWLEDGEMENT)}
"""The days from which the limits of the first stage, and of any later stage, can be counted."""
_OF_THE_PANEL: Final = (_F.PANEL_HELD, _F.REPORT_RECEIVED)
_ENDED_BY: Final = {
    _T.ACKNOWLEDGEMENT: (_F.ACKNOWLEDGEMENT, _F.CONSENT, _F.RECORD_AGREED, *_OF_THE_PANEL),
    _T.PANEL: _OF_THE_PANEL,
    _T.REPORT: (_F.REPORT_RECEIVED,),
}
"""For a time, the days that only come after it: it cannot be counted from them."""
_TIMES_OF_A_PANEL: Final = (_T.PANEL, _T.REPORT)
PANEL: Final = (_P.PANEL_CHAIR, _P.PANEL_MEMBER)
OFFICER: Final = "officer"
INVESTIGATOR: Final = "investigator"
Another = Annotated[Literal["officer", "investigator"], BeforeValidator(one_of((OFFICER, INVESTIGATOR)))]


class StageLimit(CountedTime):
    """The limit of one time of a stage: a number of days or months from a day in the life of the case or the stage."""

    time: Annotated[StageTime, BeforeValidator(one_of(StageTime))]
    counts_from: Annotated[
        CountsFrom,
        BeforeValidator(one_of((*_ENTERED[True], _F.REQUEST, _F.RECORD_AGREED, *_OF_THE_PANEL))),
    ] = Field(alias="from")


class Window(Sourced):
    """How long after the response of the previous stage a stage may be asked for. A later request is accepted, and it
    is recorded that it was late."""

    count: Annotated[int, BeforeValidator(whole(1, 1000))]
    unit: CountedUnit = Unit.WORKING_DAYS


class StageRules(Shape):
    """One stage of a procedure."""

    number: StageNumber
    name: Name
    """The council's name for it: ``Review panel``."""
    entered: Annotated[StageEntry, BeforeValidator(one_of(StageEntry))]
    """How it begins: by receipt, by request, or by the council's own decision."""
    asked_within: Window | None = None
    may_be_skipped: Flag = False
    """Whether the complainant and the council may agree to skip it."""
    another: tuple[Another, ...] = ()
    """The roles that must go to other people than in earlier stages."""
    needs: tuple[Annotated[StagePart, BeforeValidator(one_of(StagePart))], ...] = ()
    """The roles that it needs, repeated if several people have one: a panel of three is a chair and two members."""
    outcomes: tuple[Annotated[Outcome, BeforeValidator(one_of(Outcome))], ...] = ()
    """The outcomes that it can have; none: all."""
    own_limits: tuple[StageLimit, ...] = Field(default=(), alias="limit")
    extension: Allowance | None = None

    @model_validator(mode="before")
    @classmethod
    def _its_extension_is_of_this_stage(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(extension := data.get("extension"), dict):
            return data
        if "stage" in extension:
            raise wrong("the extension is of this stage: leave its number out", "extension", "stage")
        return {**data, "extension": {"stage": data.get("number")} | extension}

    @model_validator(mode="after")
    def _is_entered_as_its_place_allows(self) -> Self:
        first = self.number == 1
        if first is not (self.entered is StageEntry.RECEIPT):
            rest = listed(way for way in StageEntry if way is not StageEntry.RECEIPT)
            raise wrong(f"stage {self.number} is entered by {'receipt' if first else rest}", "entered")
        if self.asked_within is not None and self.entered is not StageEntry.REQUEST:
            raise wrong("nobody asks for this stage: leave it out", "asked_within")
        if first and self.another:
            raise wrong("no stage came before the first: leave it out", "another")
        for index, part in enumerate(self.needs):
            if part is not _P.PANEL_MEMBER and part in self.needs[:index]:
                raise wrong(f"{part} stands twice: a stage has one", "needs", index)
        return self

    @model_validator(mode="after")
    def _its_clocks_can_begin(self) -> Self:
        for index, limit in enumerate(self.own_limits):
            if limit.time in [other.time for other in self.own_limits[:index]]:
                raise wrong(f"{limit.time} stands twice: write each time of a stage once", "limit", index, "time")
            if limit.time in _TIMES_OF_A_PANEL and not self.has_panel:
                raise wrong(f"this stage needs no panel: write {_NEEDS_PANEL}", "limit", index, "time")
            if limit.counts_from not in (starts := self.starts_of(limit.time)):
                known = f"{limit.time} of stage {self.number} is counted from {listed(starts)}"
                raise wrong(f"{known}: {self._never_began(limit)}", "limit", index, "from")
        target = next((index for index, limit in enumerate(self.own_limits) if limit.time is _T.TARGET), 0)
        if is_later(self.limit(_T.TARGET), self.limit(_T.LIMIT)):
            raise wrong("the target is later than the limit", "limit", target, "count")
        return self

    def _never_began(self, limit: StageLimit) -> str:
        if limit.counts_from in _OF_THE_PANEL and not self.has_panel:
            return f"it has no panel, unless {_NEEDS_PANEL}"
        if limit.counts_from in _ENDED_BY.get(limit.time, ()):
            return "that day comes only after it"
        return "no such day begins it"

    def starts_of(self, time: StageTime) -> tuple[CountsFrom, ...]:
        """Returns the days from which a time of this stage can be counted."""
        panel = _OF_THE_PANEL if self.has_panel else ()
        found = (*_ENTERED[self.number == 1], _F.RECORD_AGREED, *panel)
        return tuple(start for start in found if start not in _ENDED_BY.get(time, ()))

    @property
    def has_panel(self) -> bool:
        """Whether it has a panel."""
        return any(part in PANEL for part in self.needs)

    @property
    def agrees_a_record(self) -> bool:
        """Whether the written record of the complaint is agreed in it, because a time is counted from that day."""
        return any(limit.counts_from is _F.RECORD_AGREED for limit in self.own_limits)

    @property
    def parts(self) -> Counter[StagePart]:
        """How many people each role needs, by role."""
        return Counter(self.needs)

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """Its times as limits, in the order of the profile."""
        return tuple(
            Limit.model_construct(
                deadline=DeadlineKind.of(self.number, limit.time),
                **{name: getattr(limit, name) for name in StageLimit.model_fields if name != "time"},
            )
            for limit in self.own_limits
        )

    def limit(self, time: StageTime) -> Limit | None:
        """Returns the limit of this time; None if it has none."""
        return next((limit for limit in self.limits if limit.deadline.time is time), None)

    @property
    def words(self) -> str:
        """Its number and name in a sentence: ``Stage 3 (Review panel)``."""
        return f"Stage {self.number} ({self.name})" if self.name else f"Stage {self.number}"


_NEEDS_PANEL: Final = f"needs = [{', '.join(f'“{part}”' for part in (*PANEL, _P.PANEL_MEMBER))}]"


def as_before(number: int) -> StageRules:
    """Returns the rules of a stage in a version without tables of its stages: Stage 2 is asked for at any time, and
    goes to another officer and investigator."""
    first = number == 1
    return StageRules.model_construct(
        number=number,
        name="",
        entered=StageEntry.RECEIPT if first else StageEntry.REQUEST,
        another=() if first else (OFFICER, INVESTIGATOR),
    )
