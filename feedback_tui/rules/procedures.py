"""What a council's way of working consists of: procedures with their versions, stages, limits and extensions.

These are the shapes that a profile is read into (``rules.profile``). Frozen, and checked as they are made.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from feedback_tui.words import CountsFrom, DeadlineKind, Kind, Unit


def _name(text: object) -> object:
    if isinstance(text, str) and (";" in text or " > " in text):
        raise ValueError("“;” and “ > ” cannot stand in a name")
    return text


Name = Annotated[str, BeforeValidator(_name), Field(min_length=1, max_length=120)]


class Shape(BaseModel):
    """A frozen piece of a profile that takes no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Limit(Shape):
    """One dated obligation that a procedure causes: so many days or months from a day in the life of the case."""

    deadline: DeadlineKind
    counts_from: CountsFrom = Field(alias="from")
    count: int | None = Field(default=None, ge=0, le=1000)
    unit: Unit = Unit.WORKING_DAYS
    source: str = Field(min_length=1)
    not_stated: bool = False

    @model_validator(mode="after")
    def _stated_or_not(self) -> Self:
        if self.not_stated == (self.count is not None):
            raise ValueError("give either a count, or not_stated = true where the council's source states none")
        if self.unit is Unit.FIXED or self.counts_from is CountsFrom.SET:
            raise ValueError("a limit is counted: in working days, calendar days or months, from a day of the case")
        return self

    @property
    def rule(self) -> str:
        """The limit in words: ``25 working days from receipt``."""
        if self.count is None:
            return f"not stated: the council sets its own (from {self.counts_from})"
        unit = self.unit.removesuffix("s") if self.count == 1 else self.unit
        return f"{self.count} {unit} from {self.counts_from}"


class Allowance(Shape):
    """How far one stage may be extended, and what that asks for."""

    stage: Literal[1, 2] = 1
    at_most: int | None = Field(default=None, ge=1)
    """Days that may be added to the limit; absent: up to the limit itself, the aim alone moves."""
    unit: Unit = Unit.WORKING_DAYS
    beyond: Literal["agreement", "good reason"] = "agreement"
    """What an extension past the allowance needs."""
    tell: str = ""
    """What the complainant is told with it."""


class Version(Shape):
    """A procedure as it stands from a day on. A case keeps the version it began under."""

    version: Name
    in_force_from: date
    stages: Literal[1, 2] = 1
    then: str = Field(min_length=1)
    """What follows the last stage: ``Ombudsman``."""
    review_by: str = ""
    """Who may do Stage 2."""
    limits: tuple[Limit, ...] = Field(alias="limit")
    extensions: tuple[Allowance, ...] = Field(default=(), alias="extension")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        kinds = [limit.deadline for limit in self.limits]
        if doubled := {kind for kind in kinds if kinds.count(kind) > 1}:
            raise ValueError(f"{sorted(doubled)[0]} stands twice: one limit a deadline")
        if DeadlineKind.ACKNOWLEDGEMENT not in kinds:
            raise ValueError("an acknowledgement limit is needed")
        if self.stages == 1 and (second := [kind for kind in kinds if kind.startswith("stage_2")]):
            raise ValueError(f"{second[0]} needs stages = 2")
        return self

    def limit(self, kind: DeadlineKind) -> Limit | None:
        """The limit that causes a deadline of `kind`, where this version has one."""
        return next((limit for limit in self.limits if limit.deadline is kind), None)

    def allowance(self, stage: int) -> Allowance | None:
        """What this version says of extending `stage`."""
        return next((allowance for allowance in self.extensions if allowance.stage == stage), None)


class Procedure(Shape):
    """The rules that a complaint is handled under."""

    key: Name
    name: Name
    group: Name
    """The reports count procedures of one group together: Wigan's three formal ones."""
    kinds: tuple[Kind, ...] = (Kind.COMPLAINT,)
    regulations_2009: bool = False
    """Under the 2009 Regulations: acknowledged within 3 working days, six months at the outside, one stage."""
    names_provider: bool = False
    adult_social_care: bool = True
    """False where the procedure may not be used for adult social care (the Ombudsman's Code)."""
    versions: tuple[Version, ...] = Field(alias="version", min_length=1)

    @model_validator(mode="after")
    def _follows_the_regulations(self) -> Self:
        starts = [version.in_force_from for version in self.versions]
        if starts != sorted(set(starts)):
            raise ValueError("versions stand in the order they came into force, each on its own date")
        if not self.regulations_2009:
            return self
        for version in self.versions:
            acknowledge = version.limit(DeadlineKind.ACKNOWLEDGEMENT)
            if acknowledge is None or (acknowledge.count or 0) > 3 or acknowledge.unit is not Unit.WORKING_DAYS:
                raise ValueError(
                    "under the 2009 Regulations a complaint is acknowledged within 3 working days (reg 13)"
                )
            if version.stages != 1:
                raise ValueError("a complaint under the 2009 Regulations has one stage: stages = 1")
        return self

    def version_on(self, day: date) -> Version:
        """The version in force on `day`; the first one for a day before any (a late-recorded old case)."""
        in_force = [version for version in self.versions if version.in_force_from <= day]
        return in_force[-1] if in_force else self.versions[0]

    def version(self, name: str) -> Version:
        """The version called `name`. Raises LookupError."""
        for version in self.versions:
            if version.version == name:
                return version
        raise LookupError(f"procedure {self.key} has no version {name}")


class Vocabulary(Shape):
    """The open words that a council offers: others may be typed, and are stored as written."""

    teams: tuple[Name, ...] = ()
    providers: tuple[Name, ...] = ()
    categories: dict[Name, tuple[Name, ...]] = {}
    """Category, and its sub-categories."""
    themes: tuple[Name, ...] = ()
    channels: tuple[Name, ...] = ()
    learning_areas: tuple[Name, ...] = ()
    remedies: tuple[Name, ...] = ()
    compliment_sources: tuple[Name, ...] = ()
    investigators: tuple[Name, ...] = ()


class Usual(Shape):
    """What a new case starts with, so that the officer types less."""

    kind: Kind = Kind.COMPLAINT
    channel: Name = "email"
    procedure: Name


class Profile(Shape):
    """One council's set-up. Data, not code."""

    key: Name
    name: Name
    source: str
    reference: str = Field(default="ASC-{year}-{number:04d}")
    response_bands: tuple[int, ...] = (20, 30)
    """Upper ends of the response-time bands, in working days: (20, 30) gives 0-20, 21-30, 31+."""
    headline: tuple[str, ...] = ()
    """What the council's own headline counts: ``group:…``, ``procedure:…``, ``kind:…`` and ``ombudsman``."""
    usual: Usual
    vocabulary: Vocabulary = Vocabulary()
    closures: dict[date, Name] = {}
    procedures: tuple[Procedure, ...] = Field(alias="procedure", min_length=1)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        keys = [procedure.key for procedure in self.procedures]
        if len(set(keys)) != len(keys):
            raise ValueError("each procedure has a key of its own")
        if self.usual.procedure not in keys:
            raise ValueError(f"usual.procedure is {self.usual.procedure}, but the procedures are {', '.join(keys)}")
        if list(self.response_bands) != sorted(set(self.response_bands)):
            raise ValueError("response_bands rise: [20, 30]")
        try:
            made = {self.reference.format(year=26, number=number) for number in (1, 2)}
        except (KeyError, IndexError, ValueError):
            made = set()
        if len(made) != 2:
            raise ValueError("reference needs {year} and {number}: “ASC-{year}-{number:04d}”")
        groups = {procedure.group for procedure in self.procedures}
        known = {f"group:{group}" for group in groups} | {f"procedure:{key}" for key in keys}
        known |= {f"kind:{kind}" for kind in Kind} | {"ombudsman"}
        for part in self.headline:
            if part not in known:
                raise ValueError(f"headline cannot count “{part}”: use {', '.join(sorted(known))}")
        return self

    def procedure(self, key: str) -> Procedure:
        """The procedure with this key, whatever its case. Raises UnknownProcedure, naming those there are."""
        for procedure in self.procedures:
            if procedure.key.casefold() == key.strip().casefold():
                return procedure
        keys = ", ".join(procedure.key for procedure in self.procedures)
        raise UnknownProcedure(f"“{key}” is not a procedure of {self.name}: use {keys}")


class UnknownProcedure(ValueError):
    """A procedure key that the profile does not have."""
