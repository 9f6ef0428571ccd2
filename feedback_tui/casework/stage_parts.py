"""The people with a role in a stage, and what a stage still needs before it can be answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from feedback_tui.casework.errors import Problem
from feedback_tui.enums import Outcome, StagePart
from feedback_tui.models.case import Case, PartOfStage, Stage
from feedback_tui.rules.findings import NO_FINDINGS_NEEDED, overall_outcome
from feedback_tui.rules.profile_values import listed
from feedback_tui.rules.stage_rules import PANEL, StageRules

if TYPE_CHECKING:
    from feedback_tui.models.inputs.stages import Response


def parts_of(case: Case, stage: int) -> list[PartOfStage]:
    """Returns the people with a role in a stage, in the order in which they were named."""
    return [row for row in case.stage_parts if row.stage_number == stage]


def missing_parts(case: Case, stage: Stage, rules: StageRules, only: Sequence[StagePart] = tuple(StagePart)) -> str:
    """Returns the roles of a stage for which nobody is named, in words: ``the panel chair and 1 panel member``; "" if
    there are none. With `only`, of these roles."""
    there = [row.part for row in parts_of(case, stage.number)]
    there += [StagePart.INVESTIGATING_OFFICER] if stage.investigator else []
    found = []
    for part, needed in rules.parts.items():
        lacking = needed - there.count(part)
        if part in only and lacking > 0:
            found.append(f"the {part}" if needed == 1 else f"{lacking} {part}{'s' if lacking > 1 else ''}")
    return listed(found, "and") if found else ""


def stage_problems(case: Case, rules: StageRules, given: Response, findings: Sequence[Outcome | None]) -> list[Problem]:
    """Returns why a stage cannot be answered like this: someone is not named, the panel's report was not received, or
    the stage cannot have this outcome. A stage that is settled early needs neither people nor a panel."""
    outcome = given.outcome or overall_outcome(findings)
    problems = []
    if rules.outcomes and outcome not in rules.outcomes:
        problems.append(
            Problem("outcome", f"{rules.words} has no outcome “{outcome}”: it is {listed(rules.outcomes)}.")
        )
    if given.outcome in NO_FINDINGS_NEEDED:
        return problems
    stage = next(stage for stage in case.stages if stage.number == rules.number)
    if lacking := missing_parts(case, stage, rules):
        problems.append(Problem("on", f"{rules.words} needs {lacking}: name them first."))
    if rules.has_panel and stage.report_received_on is None:
        problems.append(
            Problem("on", f"The panel’s report of {rules.words} has not come: record the day it did first.")
        )
    return problems


def panel_lacks(case: Case, stage: Stage, rules: StageRules) -> str:
    """Returns the members of the panel that are not named yet, in words; "" if all are."""
    return missing_parts(case, stage, rules, PANEL)


def roles_in(case: Case) -> Iterator[tuple[str, str]]:
    """Yields everyone who has worked on a case, with their role as the end of a sentence."""
    for stage in case.stages:
        if stage.officer:
            yield stage.officer, f"handled stage {stage.number}"
        if stage.investigator:
            yield stage.investigator, f"investigated stage {stage.number}"
    if case.officer:
        yield case.officer, "has the case"
    for row in case.stage_parts:
        yield row.name, f"is the {row.part} of stage {row.stage_number}"
