"""A council's changed profile takes the place of the one in use: what changes is shown, and no case loses its rules."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, union
from sqlmodel import col

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.days_off import DaysOffChanged, apply_days_off
from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.enums import StepKey
from feedback_tui.models.case import Case, Stage
from feedback_tui.models.inputs.stages import DaysOffChange
from feedback_tui.models.register import Setting
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.profile import read_profile
from feedback_tui.rules.profile_changes import profile_changes, what_must_stay
from feedback_tui.rules.working_days import DayOff
from feedback_tui.storage.backend.server_timeouts import long_work
from feedback_tui.storage.opened_register import profile_mark
from feedback_tui.storage.setting_keys import PROFILE, PROFILE_MARK
from feedback_tui.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ProfileUsed:
    """What a changed profile changes."""

    profile: Profile
    changes: tuple[str, ...]
    """A sentence each; none where the two say the same."""
    days_off: DaysOffChanged | None
    """What its new closure days move."""


@long_work()
def use_profile(actor: Actor, written: str, where: str = "") -> ProfileUsed:
    """Puts the profile written in TOML in the place of the register's. Rehearse it to see what it changes.

    New closure days come with it, and move the open deadlines across them. Raises BadProfile; StepNotAllowed where
    cases run
    under a procedure or a version that it takes away or changes.
    """
    new = read_profile(written, where)
    with actor.transaction() as work:
        old = actor.register.profile
        if problems := what_must_stay(old, new, _in_use(work)):
            listed = "\n".join(f"  {problem}" for problem in problems)
            raise StepNotAllowed(
                f"The profile was not changed: a case keeps the version that it began under.\n{listed}"
            )
        changes = tuple(profile_changes(old, new))
        if actor.register.profile_toml == written:
            return ProfileUsed(new, (), None)
        calendar = actor.register.calendar
        added = tuple(
            DayOff(day, why)
            for day, why in sorted(new.closures.items())
            if day.weekday() < 5 and day not in calendar.days_off
        )
        days_off = apply_days_off(work, actor, DaysOffChange(added=added, closure=True)) if added else None
        if not actor.rehearsing:
            work.session.get_one(Setting, PROFILE).value = written
            work.session.merge(Setting(key=PROFILE_MARK, value=profile_mark(written)))
        work.record_register(
            StepKey.USE_PROFILE,
            actor.today,
            details={"profile": new.key, "mark": profile_mark(written), "changes": list(changes)},
        )
    return ProfileUsed(new, changes, days_off)


def _in_use(work: UnitOfWork) -> list[tuple[str, str]]:
    """The procedures and versions that cases and their stages run under, closed ones too: they may be reopened."""
    of_cases = select(col(Case.procedure), col(Case.procedure_version)).where(col(Case.procedure).is_not(None))
    of_stages = select(col(Stage.procedure), col(Stage.procedure_version)).where(col(Stage.procedure).is_not(None))
    found = work.session.execute(union(of_cases, of_stages))
    return [(procedure, version or "1") for procedure, version in found]
