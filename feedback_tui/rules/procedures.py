"""The classes of a council's profile: procedures with their versions, stages, limits and extensions.

A profile is read into them (``rules.profile``). They are frozen, and validated when they are made.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, Self

from dateutil.relativedelta import relativedelta
from pydantic import BeforeValidator, Field, field_serializer, model_validator

from feedback_tui.enums import STAGES, DeadlineKind, Kind, Law, Outcome, StageTime, Unit
from feedback_tui.plain_error import PlainError
from feedback_tui.rules.laws import law_of, may_move, with_closures_said
from feedback_tui.rules.letters import Council, Letter, letter_of, letters_of
from feedback_tui.rules.limits import ACKNOWLEDGED_WITHIN, Allowance, Limit, is_later
from feedback_tui.rules.nations import Nation
from feedback_tui.rules.ombudsmen import LGSCO, USUAL, Ombudsman, ombudsmen_of
from feedback_tui.rules.profile_values import Day, Flag, MaybeText, Name, Shape, Text, listed, one_of, whole, wrong
from feedback_tui.rules.stage_rules import StageRules, as_before

REFERENCE_LENGTH: Final = 40
RETAINED_FOR: Final = 6
"""Years for which the text of a closed case is kept, if the profile does not say."""

KindOfFeedback = Annotated[Kind, BeforeValidator(one_of(Kind))]
Years = Annotated[int, BeforeValidator(whole(1, 100))]
MaybeYears = Annotated[int | None, BeforeValidator(whole(1, 100))]
StagesSaid = Annotated[Literal[1, 2], BeforeValidator(whole(1, 2))]
MaybeName = Name | None
AnOutcome = Annotated[Outcome, BeforeValidator(one_of(Outcome))]
LawKey = Annotated[Law, BeforeValidator(one_of(Law))]


class Version(Shape):
    """A procedure as it is from a day on. A case stays under the version in force when it began."""

    version: Name
    in_force_from: Day
    law: LawKey = Law.NONE
    """The law of this version; if it names none, that of the procedure."""
    ombudsman: MaybeName = None
    """The key of the usual Ombudsman for its complaints; None: that of the procedure."""
    said_stages: StagesSaid = Field(default=1, alias="stages")
    """The number of stages, 1 or 2, in a version without tables of its stages. With tables, their number counts."""
    then: Text
    """What comes after the last stage: ``Ombudsman``."""
    review_by: MaybeText = ""
    """Who may do Stage 2."""
    own_limits: tuple[Limit, ...] = Field(alias="limit")
    own_extensions: tuple[Allowance, ...] = Field(default=(), alias="extension")
    tables: tuple[StageRules, ...] = Field(default=(), alias="stage")

    @model_validator(mode="before")
    @classmethod
    def _each_limit_says_whether_closures_count(cls, data: Any) -> Any:
        if not isinstance(data, dict) or data.get("law", Law.NONE) not in tuple(Law):
            return data
        return with_closures_said(Law(data.get("law", Law.NONE)), data)

    @model_validator(mode="after")
    def _the_law_knows_no_closures(self) -> Self:
        of_stages = (
            (limit, ("stage", number, "limit", index))
            for number, stage in enumerate(self.tables)
            for index, limit in enumerate(stage.limits)
        )
        for limit, path in (*((limit, ("limit", index)) for index, limit in enumerate(self.own_limits)), *of_stages):
            if limit.closures_count and not may_move(self.law, limit.deadline):
                raise wrong(
                    f"this time is set by {self.law.label}: closure days never move it, leave closures_count out",
                    *(*path, "closures_count"),
                )
        return self

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        kinds = [limit.deadline for limit in self.own_limits]
        for index, kind in enumerate(kinds):
            if kind in kinds[:index]:
                raise wrong(f"{kind} stands twice: write one limit for each deadline", "limit", index, "deadline")
            if self.tables and kind.stage is not None:
                raise wrong(
                    f"the stages have tables of their own: write it under stage {kind.stage}, as time = “{kind.time}”",
                    *("limit", index, "deadline"),
                )
            if self.stages == 1 and kind.startswith("stage_2"):
                raise wrong(f"{kind} needs stages = 2", "limit", index, "deadline")
        if self.limit(DeadlineKind.ACKNOWLEDGEMENT) is None:
            raise wrong("a limit for the acknowledgement is needed", *(("stage", 0) if self.tables else ()), "limit")
        for target, limit in (
            (DeadlineKind.STAGE_1_TARGET, DeadlineKind.STAGE_1_LIMIT),
            (DeadlineKind.STAGE_2_TARGET, DeadlineKind.STAGE_2_LIMIT),
        ):
            if not self.tables and is_later(self.limit(target), self.limit(limit)):
                raise wrong(f"{target} is later than {limit}", "limit", kinds.index(target), "count")
        stages = [allowance.stage for allowance in self.own_extensions]
        for index, stage in enumerate(stages):
            if self.tables:
                raise wrong(f"write the extension under stage {stage}, in its table", "extension", index, "stage")
            if stage in stages[:index]:
                raise wrong(f"stage {stage} stands twice: write one extension a stage", "extension", index, "stage")
            if stage > self.stages:
                raise wrong("an extension of stage 2 needs stages = 2", "extension", index, "stage")
        return self

    @model_validator(mode="after")
    def _its_stages_follow_one_another(self) -> Self:
        if self.tables and "said_stages" in self.model_fields_set:
            raise wrong("it has as many stages as tables of them: leave stages out", "stages")
        for index, stage in enumerate(self.tables):
            if index + 1 not in STAGES:
                raise wrong(f"a procedure has at most {STAGES[-1]} stages: leave this one out", "stage", index)
            if stage.number != index + 1:
                raise wrong(
                    f"stages follow one another, each in a table of its own: number = {index + 1} comes here",
                    *("stage", index, "number"),
                )
        if self.tables and self.tables[-1].may_be_skipped:
            raise wrong(
                "no stage comes after the last one: leave may_be_skipped out",
                *("stage", len(self.tables) - 1, "may_be_skipped"),
            )
        return self

    @field_serializer("said_stages")
    def _as_many_as_there_are(self, _said: int) -> int:
        return self.stages

    @property
    def stages(self) -> int:
        """How many stages it has."""
        return len(self.tables) or self.said_stages

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """All limits: those of the version, then those of its stages."""
        return (*self.own_limits, *(limit for stage in self.tables for limit in stage.limits))

    def stage(self, number: int) -> StageRules:
        """Returns the rules of a stage. For a stage that this version lacks (the case came from another procedure), the
        rules are those of `as_before`."""
        return self.tables[number - 1] if number <= len(self.tables) else as_before(number)

    def limit(self, kind: DeadlineKind) -> Limit | None:
        """Returns the limit for a deadline of `kind`; None if this version has none."""
        return next((limit for limit in self.limits if limit.deadline is kind), None)

    def counts_closures(self, kind: DeadlineKind) -> bool:
        """Returns whether closure days are days off for a deadline of `kind`; they are for a date that a person
        sets."""
        limit = self.limit(kind)
        return may_move(self.law, kind) if limit is None else limit.closures_count

    def why_no_closures(self, kind: DeadlineKind) -> str:
        """Returns why closure days do not move a deadline of `kind`, as the end of a sentence; "" if they do."""
        if self.counts_closures(kind):
            return ""
        own = may_move(self.law, kind)
        return "the profile says so" if own else f"it is set by {self.law.label}"

    def answers_count_closures(self, stage: int) -> bool:
        """Returns whether closure days are left out of the working days that the answer of `stage` took. They are if
        they are days off for its limit or, without a limit, for its aim."""
        kinds = (DeadlineKind.of(stage, time) for time in (StageTime.LIMIT, StageTime.TARGET, StageTime.REPLY))
        return next((limit.closures_count for kind in kinds if (limit := self.limit(kind)) is not None), True)

    def allowance(self, stage: int) -> Allowance | None:
        """Returns how far `stage` may be extended; None if this version does not say."""
        if self.tables:
            return self.stage(stage).extension
        return next((allowance for allowance in self.own_extensions if allowance.stage == stage), None)

    @property
    def extensions(self) -> tuple[Allowance, ...]:
        """How far each stage may be extended, by number; stages without such a rule are left out."""
        return self.own_extensions or tuple(stage.extension for stage in self.tables if stage.extension is not None)


class Procedure(Shape):
    """A complaints procedure, with all its versions."""

    key: Name
    name: Name
    group: Name
    """The name of its group. Reports count the procedures of a group together, such as Wigan's three formal ones."""
    kinds: tuple[KindOfFeedback, ...] = (Kind.COMPLAINT,)
    law: LawKey = Law.NONE
    """The law of the procedure; a version may be under another."""
    ombudsman: MaybeName = None
    """The key of the usual Ombudsman for its complaints; None: the usual one of its law."""
    regulations_2009: Flag = False
    """Whether it is under the 2009 Regulations (acknowledged within 3 working days, at most six months, one stage).
    Older profiles have this key instead of `law`."""
    names_provider: Flag = False
    adult_social_care: Flag = True
    """False if the procedure must not be used for adult social care (under the Ombudsman's Code)."""
    versions: tuple[Version, ...] = Field(alias="version", min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _each_version_is_under_a_law(cls, data: Any) -> Any:
        """Sets the law of the procedure and of each version, and `regulations_2009` to match it."""
        if not isinstance(data, dict) or data.get("law", Law.NONE) not in tuple(Law):
            return data
        law = data.get("law", Law.REGULATIONS_2009 if data.get("regulations_2009") is True else Law.NONE)
        under_2009 = law == Law.REGULATIONS_2009
        if "law" in data and data.get("regulations_2009", under_2009) is not under_2009:
            raise wrong(f"law says {law}: leave regulations_2009 out", "regulations_2009")
        adults = law in (Law.REGULATIONS_2009, Law.NONE)
        filled = {"law": law, "regulations_2009": under_2009, "adult_social_care": adults} | data
        if isinstance(versions := data.get("version"), list):
            filled["version"] = [
                {"law": law_of(data, version)} | version if isinstance(version, dict) else version
                for version in versions
            ]
        return filled

    @model_validator(mode="after")
    def _is_under_its_law(self) -> Self:
        if self.adult_social_care and self.law not in (Law.REGULATIONS_2009, Law.NONE):
            raise wrong(f"{self.law.label} does not apply to adult social care: leave it out", "adult_social_care")
        for index, version in enumerate(self.versions):
            if (version.law is Law.REGULATIONS_2009) is not self.regulations_2009:
                raise wrong(
                    "under the 2009 Regulations a procedure is in every version: write its law above them",
                    *("version", index, "law"),
                )
        return self

    @model_validator(mode="after")
    def _follows_each_other(self) -> Self:
        for index, (older, newer) in enumerate(pairwise(self.versions), start=1):
            if newer.in_force_from <= older.in_force_from:
                raise wrong(
                    f"version {newer.version} came into force on {newer.in_force_from}, but the one before it on "
                    f"{older.in_force_from}: put the versions in order, each on a date of its own",
                    *("version", index, "in_force_from"),
                )
            if newer.version in [version.version for version in self.versions[:index]]:
                raise wrong(f"there are two versions {newer.version}", "version", index, "version")
        return self

    @model_validator(mode="after")
    def _follows_the_regulations(self) -> Self:
        if not self.regulations_2009:
            return self
        if not self.adult_social_care:
            raise wrong("the 2009 Regulations are those of adult social care", "adult_social_care")
        for index, version in enumerate(self.versions):
            if version.stages != 1:
                raise wrong(
                    "a complaint under the 2009 Regulations has one stage: stages = 1", "version", index, "stages"
                )
            for position, limit in enumerate(version.own_limits):
                if limit.deadline is not DeadlineKind.ACKNOWLEDGEMENT:
                    continue
                if limit.unit is not Unit.WORKING_DAYS or limit.count not in range(ACKNOWLEDGED_WITHIN + 1):
                    raise wrong(
                        "under the 2009 Regulations a complaint is acknowledged within 3 working days (reg 13)",
                        *("version", index, "limit", position, "count"),
                    )
        return self

    def version_on(self, day: date) -> Version:
        """Returns the version in force on `day`; for a day before the first version, as of an old case recorded late,
        the first."""
        in_force = [version for version in self.versions if version.in_force_from <= day]
        return in_force[-1] if in_force else self.versions[0]

    def version(self, name: str) -> Version:
        """Returns the version named `name`. Raises LookupError."""
        for version in self.versions:
            if version.version == name:
                return version
        raise LookupError(f"procedure {self.key} has no version {name}")


class Vocabulary(Shape):
    """The open words that a council offers. Others may be typed, and are stored as written."""

    teams: tuple[Name, ...] = ()
    providers: tuple[Name, ...] = ()
    categories: dict[Name, tuple[Name, ...]] = {}
    """Each category, with its sub-categories."""
    themes: tuple[Name, ...] = ()
    channels: tuple[Name, ...] = ()
    learning_areas: tuple[Name, ...] = ()
    remedies: tuple[Name, ...] = ()
    compliment_sources: tuple[Name, ...] = ()
    investigators: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for field in type(self).model_fields:
            words = [word.casefold() for word in getattr(self, field)]
            for index, word in enumerate(words):
                if word in words[:index]:
                    raise wrong(f"“{word}” stands twice: capitals make no difference", field, index)
        return self


class Usual(Shape):
    """The values with which a new case begins, so that the officer types less."""

    kind: KindOfFeedback = Kind.COMPLAINT
    channel: Name = "email"
    procedure: Name
    consent_days: Annotated[int | None, BeforeValidator(whole(1, 365))] = None
    """Working days until requested consent is due back; None: the officer sets the date each time."""


class Retention(Shape):
    """For how many years the text of a closed case is kept: one number for all cases, or different ones for some kinds
    and outcomes."""

    years: Years = RETAINED_FOR
    complaint: MaybeYears = None
    concern: MaybeYears = None
    compliment: MaybeYears = None
    comment: MaybeYears = None
    enquiry: MaybeYears = None
    outcomes: dict[AnOutcome, Years] = {}
    """The years for cases with an outcome; they take precedence over those for the kind."""

    def years_for(self, kind: Kind, outcome: Outcome | None = None) -> int:
        """Returns the years for cases of this kind with this final outcome."""
        if outcome in self.outcomes:
            return self.outcomes[outcome]
        own: int | None = getattr(self, kind.value)
        return self.years if own is None else own

    def kept_until(self, kind: Kind, ended_on: date, outcome: Outcome | None = None) -> date:
        """Returns the first day on which the text of a case that ended on `ended_on` may be erased."""
        return ended_on + relativedelta(years=self.years_for(kind, outcome))


class Profile(Shape):
    """The configuration of one council."""

    key: Name
    name: Name
    source: Text
    reference: Name = "ASC-{year}-{number:04d}"
    response_bands: tuple[Annotated[int, BeforeValidator(whole(0, 1000))], ...] = (20, 30)
    """The last working day of each band of response times: (20, 30) gives the bands 0-20, 21-30, 31+."""
    headline: tuple[Name, ...] = ()
    """The parts of the council's own headline figure: ``group:…``, ``procedure:…``, ``kind:…`` and ``ombudsman``."""
    usual: Usual
    vocabulary: Vocabulary = Vocabulary()
    calendar: Annotated[Nation, BeforeValidator(one_of(Nation))] = Nation.ENGLAND
    """The nation by whose bank holidays working days are counted."""
    closures: dict[Day, Name] = {}
    retention: Retention = Retention()
    record_views: Flag = False
    """Whether it is logged who opened a case, and when."""
    procedures: tuple[Procedure, ...] = Field(alias="procedure", min_length=1)
    council: Council = Council()
    own_ombudsmen: tuple[Ombudsman, ...] = Field(default=(), alias="ombudsman")
    """The council's own Ombudsmen. One with the key of a common Ombudsman replaces it."""
    own_letters: tuple[Letter, ...] = Field(default=(), alias="letter")
    """The council's own letters. One with the key of a common letter replaces it."""

    @model_validator(mode="after")
    def _letters_stand_once(self) -> Self:
        keys = [letter.key.casefold() for letter in self.own_letters]
        for index, key in enumerate(keys):
            if key in keys[:index]:
                raise wrong(f"there are two letters {key}: each has a key of its own", "letter", index, "key")
        return self

    @model_validator(mode="after")
    def _ombudsmen_are_known(self) -> Self:
        own = [each.key.casefold() for each in self.own_ombudsmen]
        for index, key in enumerate(own):
            if key in own[:index]:
                raise wrong(f"there are two Ombudsmen {key}: each has a key of its own", "ombudsman", index, "key")
        for index, procedure in enumerate(self.procedures):
            self._check_ombudsman(procedure.ombudsman, "procedure", index, "ombudsman")
            for number, version in enumerate(procedure.versions):
                self._check_ombudsman(version.ombudsman, "procedure", index, "version", number, "ombudsman")
        return self

    def _check_ombudsman(self, key: str | None, *path: str | int) -> None:
        if key is not None and key.casefold() not in (known := [each.key.casefold() for each in self.ombudsmen]):
            raise wrong(f"there is no Ombudsman {key}: write {listed(known)}", *path)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        keys = [procedure.key for procedure in self.procedures]
        plain_keys = [key.casefold() for key in keys]
        for index, key in enumerate(plain_keys):
            if key in plain_keys[:index]:
                raise wrong(
                    f"there are two procedures {keys[index]}: each has a key of its own", "procedure", index, "key"
                )
        if self.usual.procedure not in keys:
            raise wrong(f"there is no procedure {self.usual.procedure}: write {listed(keys)}", "usual", "procedure")
        if list(self.response_bands) != sorted(set(self.response_bands)):
            raise wrong("write rising numbers of working days: [20, 30]", "response_bands")
        if not _makes_references(self.reference):
            raise wrong("write {year} and {number} once each: “ASC-{year}-{number:04d}”", "reference")
        groups = dict.fromkeys(procedure.group for procedure in self.procedures)
        known = [f"group:{group}" for group in groups] + [f"procedure:{key}" for key in keys]
        known += [f"kind:{kind}" for kind in Kind] + ["ombudsman"]
        for index, part in enumerate(self.headline):
            if part not in known:
                raise wrong(f"“{part}” cannot be counted: write {listed(known)}", "headline", index)
        return self

    @property
    def letters(self) -> tuple[Letter, ...]:
        """All letters that an officer of this council can write."""
        return letters_of(self.own_letters)

    def letter(self, key: str) -> Letter:
        """Returns the letter with this key, ignoring upper and lower case. Raises UnknownLetter, whose message lists
        the letters."""
        return letter_of(self.own_letters, key)

    @property
    def ombudsmen(self) -> tuple[Ombudsman, ...]:
        """Returns every Ombudsman that a complainant of this council may go to."""
        return ombudsmen_of(self.own_ombudsmen)

    def ombudsman(self, key: str) -> Ombudsman:
        """Returns the Ombudsman with this key or name, regardless of case. Raises UnknownOmbudsman."""
        wanted = key.strip().casefold()
        for each in self.ombudsmen:
            if wanted in (each.key.casefold(), each.name.casefold()):
                return each
        keys = ", ".join(each.key for each in self.ombudsmen)
        raise UnknownOmbudsman(f"“{key}” is not an Ombudsman of {self.name}: use {keys}")

    def ombudsman_for(self, procedure: str | None, version: str | None, chosen: str | None) -> Ombudsman | None:
        """Returns the Ombudsman chosen for a case, or the usual one of its procedure. None if its law has none, or if
        the chosen one is no longer in the profile."""
        if chosen is None:
            return self.usual_ombudsman(procedure, version)
        return next((each for each in self.ombudsmen if each.key.casefold() == chosen.casefold()), None)

    def usual_ombudsman(self, procedure: str | None, version: str | None) -> Ombudsman | None:
        """Returns the usual Ombudsman for complaints under this version of a procedure; without a procedure, that of
        councils (LGSCO). None if its law has none."""
        if procedure is None:
            return self.ombudsman(LGSCO)
        of = self.procedure(procedure)
        its = of.version(version or "1")
        key = its.ombudsman or of.ombudsman or USUAL[its.law]
        return None if key is None else self.ombudsman(key)

    def under(self, law: Law) -> tuple[tuple[str, str], ...]:
        """Returns the versions of procedures under this law: the key of the procedure, and the name of the version."""
        return tuple(
            (procedure.key, version.version)
            for procedure in self.procedures
            for version in procedure.versions
            if version.law is law
        )

    def procedure(self, key: str) -> Procedure:
        """Returns the procedure with this key, ignoring upper and lower case. Raises UnknownProcedure, whose message
        lists the procedures."""
        for procedure in self.procedures:
            if procedure.key.casefold() == key.strip().casefold():
                return procedure
        keys = ", ".join(procedure.key for procedure in self.procedures)
        raise UnknownProcedure(f"“{key}” is not a procedure of {self.name}: use {keys}")


def _makes_references(pattern: str) -> bool:
    """Returns whether a pattern contains the year and the number once each, and no other place to fill in."""
    year, number, other = r"\{year\}", r"\{number(?::0\dd)?\}", "[^{}]*"
    either = f"{other}(?:{year}{other}{number}|{number}{other}{year}){other}"
    return len(pattern) <= REFERENCE_LENGTH and re.fullmatch(either, pattern) is not None


class UnknownOmbudsman(PlainError, ValueError):
    """An Ombudsman key that the profile does not have."""


class UnknownProcedure(PlainError, ValueError):
    """A procedure key that the profile does not have."""
