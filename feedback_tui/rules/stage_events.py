"""The events from which time limits are counted, as ``explain --at EVENT=DATE`` names them:
``stage_2_record_agreed``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from feedback_tui.enums import STAGES
from feedback_tui.plain_error import PlainError
from feedback_tui.rules.deadlines import Facts, StageDays
from feedback_tui.rules.procedures import Version
from feedback_tui.rules.profile_values import listed
from feedback_tui.text import one_line

_OF_THE_CASE = ("acknowledged", "consent", "enquiry")
_OF_A_STAGE = {
    "requested": "requested_on",
    "acknowledged": "acknowledged_on",
    "record_agreed": "record_agreed_on",
    "panel_held": "panel_held_on",
    "report_received": "report_received_on",
}
_OF_THE_PANEL = {"panel_held": "panel_held", "panel_report_received": "report_received"}
"""The events of a stage with a panel. A procedure has at most one such stage, so its number may be left out."""
_STAGE = re.compile(r"stage_(\d+)_(\w+)")


class UnknownEvent(PlainError, ValueError):
    """The procedure does not have this event; the message lists those it has."""


def events_of(version: Version) -> list[str]:
    """Returns the events from which a version of a procedure counts its limits, with the events that these follow."""
    found = [*_OF_THE_CASE]
    for number in range(1, version.stages + 1):
        rules = version.stage(number)
        days = ["requested", "acknowledged"] if number > 1 else []
        days += ["record_agreed"] if rules.agrees_a_record else []
        days += ["panel_held", "report_received"] if rules.has_panel else []
        found += [f"stage_{number}_{day}" for day in days]
    return found + (list(_OF_THE_PANEL) if len(_with_panel(version)) == 1 else [])


def with_events(facts: Facts, events: Iterable[tuple[str, date]], version: Version) -> Facts:
    """Returns the facts with these events added.

    Raises UnknownEvent for an event that this version of the procedure does not have.
    """
    for name, day in events:
        match name:
            case "acknowledged":
                facts = replace(facts, acknowledged_on=day)
            case "consent":
                facts = replace(facts, consent_on=day)
            case "enquiry":
                facts = replace(facts, enquiry_on=day)
            case _:
                stage, event = _of_a_stage(name, version)
                days = replace(facts.stages.get(stage, StageDays()), **{_OF_A_STAGE[event]: day})
                facts = replace(facts, stages={**facts.stages, stage: days})
    return facts


def _of_a_stage(name: str, version: Version) -> tuple[int, str]:
    if name in _OF_THE_PANEL and len(stages := _with_panel(version)) == 1:
        return stages[0], _OF_THE_PANEL[name]
    if name not in (known := events_of(version)):
        raise UnknownEvent(f"{_why_unknown(name, version)}: write {listed(known)}")
    found = _STAGE.fullmatch(name)
    assert found is not None
    return int(found[1]), found[2]


def _why_unknown(name: str, version: Version) -> str:
    found = _STAGE.fullmatch(name)
    if found is not None and int(found[1]) not in STAGES:
        return f"There is no stage {found[1]}: a procedure has at most {STAGES[-1]}"
    if found is not None and int(found[1]) > version.stages:
        many = "one stage" if version.stages == 1 else f"{version.stages} stages"
        return f"There is no stage {found[1]} in this procedure, which has {many}"
    return f"“{one_line(name, 40)}” is no day that this procedure counts from"


def _with_panel(version: Version) -> list[int]:
    return [number for number in range(1, version.stages + 1) if version.stage(number).has_panel]
