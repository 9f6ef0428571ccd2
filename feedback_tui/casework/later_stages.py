"""Verbs that only some stages of some procedures have: skipping a stage, naming people, agreeing the record, the
panel."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    beginning_of,
    cause_deadlines,
    date_problems,
    last_step,
    meet,
    move_on,
    refuse_problems,
    require,
    rules_of,
    stage_of,
)
from feedback_tui.casework.errors import Problem
from feedback_tui.casework.review import cancel_deadlines, officer_problems, open_stage
from feedback_tui.casework.stage_parts import panel_lacks, parts_of, roles_in
from feedback_tui.enums import DeadlineKind, StageEntry, StagePart, StageTime, Status, StepKey
from feedback_tui.models.case import Case, PartOfStage, Stage
from feedback_tui.models.inputs.later_stages import PartNamed, StageDay, StageSkip
from feedback_tui.rules.profile_values import listed
from feedback_tui.rules.stage_rules import StageRules


def skip_stage(actor: Actor, reference: str, given: StageSkip, seen: int | None = None) -> StepResult:
    """Goes on to the next stage without an answer of this one, by agreement or, if the procedure allows it, by the
    council's decision. The open deadlines of the stage are cancelled.

    Raises StepNotAllowed, also if the procedure does not allow it; InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.SKIP_STAGE, actor)
        stage, profile = stage_of(case), actor.register.profile
        following = rules_of(case, profile, stage.number + 1)
        last, before = last_step(case)
        problems = date_problems("on", "The day", given.on, actor.today, not_before=last, before=before)
        problems += officer_problems(case, following, given.officer, given.investigator)
        if following.entered is not StageEntry.COUNCIL and not given.agreed_by:
            problems.append(Problem("agreed_by", f"Stage {stage.number} is skipped by agreement: say who agreed."))
        if not given.reason:
            problems.append(Problem("reason", "Give the reason: why it goes on without an answer of this stage."))
        refuse_problems(problems)
        stage.skipped_on, stage.skip_agreed_by, stage.skip_reason = given.on, given.agreed_by, given.reason
        cancel_deadlines(case, stage.number)
        open_stage(case, following.number, given.on, given.officer, given.investigator)
        old = move_on(case, Status.IN_REVIEW)
        cause_deadlines(case, actor)
        work.record(
            StepKey.SKIP_STAGE,
            case,
            given.on,
            from_status=old,
            reason=given.reason,
            details={
                "skipped": stage.number,
                "stage": following.number,
                "officer": case.officer,
                "investigator": given.investigator,
            },
        )
    return done(case)


def name_part(actor: Actor, reference: str, given: PartNamed, seen: int | None = None) -> StepResult:
    """Names who has a role in the current stage. Naming someone for a role again replaces the person.

    An independent role must go to someone who has not worked on the case and is not a member or officer of the council,
    nor married to one; the officer confirms that. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.NAME_PART, actor)
        stage, rules = stage_of(case), rules_of(case, actor.register.profile)
        there = {row.position: row for row in parts_of(case, stage.number) if row.part is given.part}
        needed = rules.parts[given.part]
        free = next((place for place in range(1, needed + 1) if place not in there), 1 if needed == 1 else None)
        place = given.number or free
        old = there.get(place) if place else None
        refuse_problems(_part_problems(actor, case, stage, rules, given, place, old))
        assert place is not None
        independent = True if given.part.is_independent else None
        if old is None:
            case.stage_parts.append(
                PartOfStage(
                    stage_number=stage.number,
                    part=given.part,
                    position=place,
                    name=given.name,
                    named_on=given.on,
                    independent=independent,
                )
            )
        else:
            old.name, old.named_on, old.independent = given.name, given.on, independent
        work.record(
            StepKey.NAME_PART,
            case,
            given.on,
            from_status=case.status,
            details={"stage": stage.number, "part": given.part, "name": given.name, "independent": independent},
        )
    return done(case)


def _part_problems(
    actor: Actor,
    case: Case,
    stage: Stage,
    rules: StageRules,
    given: PartNamed,
    place: int | None,
    replaced: PartOfStage | None,
) -> list[Problem]:
    problems = date_problems(
        "on", "The naming", given.on, actor.today, not_before=stage.started_on, before=beginning_of(stage)
    )
    needed = rules.parts[given.part]
    if not needed:
        problems.append(
            Problem("part", f"{rules.words} needs no {given.part}: it needs {listed(map(str, rules.parts), 'and')}.")
        )
    elif place is None:
        problems.append(Problem("number", f"All {needed} are named: give the number of the one to replace."))
    elif place > needed:
        problems.append(Problem("number", f"{rules.words} needs {needed} of this part: there is no number {place}."))
    if not given.name:
        problems.append(Problem("name", f"Name the {given.part}."))
    elif (why := _why_another(case, stage, given, replaced)) is not None:
        problems.append(Problem("name", f"{given.name} {why}: name someone else."))
    if given.part.is_independent and not given.independent:
        problems.append(
            Problem(
                "independent",
                "Confirm that they are no member or officer of the council, nor the spouse or civil partner of one.",
            )
        )
    return problems


def _why_another(case: Case, stage: Stage, given: PartNamed, replaced: PartOfStage | None) -> str | None:
    """Returns why this person cannot have the role, as the end of a sentence; None if they can."""
    if given.part is StagePart.ADJUDICATING_OFFICER:
        # They decide on what the investigation of this stage found.
        others = [(stage.investigator or "", f"investigated stage {stage.number}")]
        others += [(row.name, f"is the {row.part}") for row in parts_of(case, stage.number) if row is not replaced]
    else:
        own = None if replaced is None else (replaced.name, f"is the {replaced.part} of stage {replaced.stage_number}")
        others = [each for each in roles_in(case) if each != own]
    return next((what for name, what in others if name.casefold() == given.name.casefold()), None)


def agree_record(actor: Actor, reference: str, given: StageDay, seen: int | None = None) -> StepResult:
    """Records the day on which the complainant agreed the written record of the complaint. The stage's times are
    counted from it.

    Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.AGREE_RECORD, actor)
        stage = stage_of(case)
        refuse_problems(_day_problems(actor, given.on, "The agreement", stage.started_on, beginning_of(stage)))
        stage.record_agreed_on = given.on
        cause_deadlines(case, actor)
        work.record(StepKey.AGREE_RECORD, case, given.on, from_status=case.status, details={"stage": stage.number})
    return done(case)


def panel_held(actor: Actor, reference: str, given: StageDay, seen: int | None = None) -> StepResult:
    """Records the day on which the panel was held. The panel's report is owed from then. Raises StepNotAllowed;
    InvalidInput, also if a member of the panel is not named."""
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.PANEL_HELD, actor)
        stage, rules = stage_of(case), rules_of(case, actor.register.profile)
        problems = _day_problems(actor, given.on, "The panel", stage.started_on, beginning_of(stage))
        if lacking := panel_lacks(case, stage, rules):
            problems.append(Problem("on", f"Name the panel first: {lacking} of {rules.words}."))
        refuse_problems(problems)
        stage.panel_held_on = given.on
        meet(case, (DeadlineKind.of(stage.number, StageTime.PANEL),), given.on)
        cause_deadlines(case, actor)
        work.record(StepKey.PANEL_HELD, case, given.on, from_status=case.status, details={"stage": stage.number})
    return done(case)


def report_received(actor: Actor, reference: str, given: StageDay, seen: int | None = None) -> StepResult:
    """Records the day on which the panel's report was received. The council's reply is owed from then. Raises
    StepNotAllowed, InvalidInput."""
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.PANEL_REPORT, actor)
        stage = stage_of(case)
        refuse_problems(_day_problems(actor, given.on, "The report", stage.panel_held_on, "the panel"))
        stage.report_received_on = given.on
        meet(case, (DeadlineKind.of(stage.number, StageTime.REPORT),), given.on)
        cause_deadlines(case, actor)
        work.record(StepKey.PANEL_REPORT, case, given.on, from_status=case.status, details={"stage": stage.number})
    return done(case)


def _day_problems(actor: Actor, on: date, what: str, since: date | None, before: str) -> list[Problem]:
    return date_problems("on", what, on, actor.today, not_before=since, before=before)
