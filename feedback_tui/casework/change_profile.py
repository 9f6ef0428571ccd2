"""Replaces the council's profile. The changes are listed, and procedures in use cannot be removed or changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, union
from sqlmodel import col

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.days_off import DaysOffChanged, apply_days_off, apply_nation
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
    """The effect of a changed profile."""

    profile: Profile
    changes: tuple[str, ...]
    """One sentence for each change; empty if there is none."""
    days_off: DaysOffChanged | None
    """The deadlines moved by its new closure days or its new calendar; None if it has neither."""


@long_work()
def use_profile(actor: Actor, written: str, where: str = "") -> ProfileUsed:
    """Replaces the register's profile by one in TOML, and returns the changes. Rehearse it to see them first.

    New closure days in it are added to the days off and move the open deadlines across them; so do the bank holidays of
    another nation, which a change of its calendar brings. If the text is unchanged
    nothing is written. Raises BadProfile; StepNotAllowed if it removes or changes a procedure or version that cases run
    under.
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
        another = new.calendar is not calendar.nation
        if another and added:
            raise StepNotAllowed(
                "The profile was not changed: it has another calendar and new closure days. Change the calendar first, "
                "see what moves, and name the closure days after that."
            )
        days_off = None
        if another:
            days_off = apply_nation(work, actor, new.calendar)
        elif added:
            days_off = apply_days_off(work, actor, DaysOffChange(added=added, closure=True))
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
    """Returns the procedures and versions of all cases and stages. Closed cases count, because they may be reopened."""
    of_cases = select(col(Case.procedure), col(Case.procedure_version)).where(col(Case.procedure).is_not(None))
    of_stages = select(col(Stage.procedure), col(Stage.procedure_version)).where(col(Stage.procedure).is_not(None))
    found = work.session.execute(union(of_cases, of_stages))
    return [(procedure, version or "1") for procedure, version in found]
