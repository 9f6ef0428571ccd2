"""Converts cases to register rows, for an export and for comparison in an import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Row, Select, select
from sqlmodel import Session, SQLModel, col

from feedback_tui.casework.importing.import_across_columns import plain_points
from feedback_tui.enums import Outcome, Part, Status
from feedback_tui.models.case import Case, ComplaintPoint, Stage, StageFinding
from feedback_tui.models.deadline import Extension
from feedback_tui.models.ombudsman import OmbudsmanRecord
from feedback_tui.models.people import Party, Person
from feedback_tui.models.redress import Action, Learning, Remedy
from feedback_tui.models.register_row import STAGE_COLUMNS, ActionRow, LearningRow, PointRow, RegisterRow, RemedyRow
from feedback_tui.rules.case_summary import is_made
from feedback_tui.storage.audit.change_capture import table_of

T = TypeVar("T", RemedyRow, LearningRow, ActionRow)

AT_ONCE = 500
"""How many cases are read at once, with a few queries each time, so that memory does not grow with the register."""
Below = defaultdict[int, list[Row[Any]]]
"""Rows by the id of their case."""


def cases_in_order(session: Session) -> list[int]:
    """Returns the ids of all cases except those logged in error, by date of receipt, then reference."""
    found = session.execute(
        select(col(Case.received_on), col(Case.reference), col(Case.id)).where(col(Case.status) != Status.VOID)
    ).all()
    # Sorted in Python, because databases order text differently.
    return [case_id for _, _, case_id in sorted(tuple(row) for row in found)]


def stored_rows(session: Session, ids: Sequence[int]) -> Iterator[dict[int, RegisterRow]]:
    """Yields the register rows of these cases by id, `AT_ONCE` cases at a time, in the order of `ids`."""
    waiting = iter(ids)
    while lot := list(islice(waiting, AT_ONCE)):
        yield _rows(session, lot)


def _rows(session: Session, ids: list[int]) -> dict[int, RegisterRow]:
    table = table_of(Case)
    cases = {case.id: case for case in session.execute(select(table).where(table.c.id.in_(ids)))}
    stages = _below(session, ids, Stage, "number")
    points = _below(session, ids, ComplaintPoint, "position")
    later = _below(session, ids, StageFinding, "id")
    parties = _parties(session, ids)
    extensions = _below(session, ids, Extension, "id")
    ombudsman = _below(session, ids, OmbudsmanRecord, "position")
    remedies = _below(session, ids, Remedy, "position")
    learning = _below(session, ids, Learning, "position")
    actions = _below(session, ids, Action, "position")
    return {
        case_id: RegisterRow(
            **{column: getattr(cases[case_id], column) for column in _OF_THE_CASE},
            summary=_own_summary(cases[case_id]),
            points=_points(points[case_id], later[case_id], stages[case_id]),
            remedies=_saying(RemedyRow(remedy.kind, remedy.amount_pence) for remedy in remedies[case_id]),
            learning=_saying(LearningRow(learned.area, _in_a_list(learned.text)) for learned in learning[case_id]),
            actions=_saying(
                ActionRow(
                    _in_a_list(action.text), _in_a_list(action.owner or "") or None, action.due_on, action.done_on
                )
                for action in actions[case_id]
            ),
            **_handling(stages[case_id]),
            **_extension(extensions[case_id]),
            **_people(parties[case_id]),
            **_ombudsman(ombudsman[case_id]),
        )
        for case_id in ids
        if case_id in cases
    }


_OF_THE_CASE = (
    "reference", "kind", "received_on", "procedure", "channel", "description", "acknowledged_on", "closed_on",
    "closing_reason", "compliment_source", "recipient_role",
)  # fmt: skip


def _own_summary(case: Row[Any]) -> str:
    """Returns the summary if someone wrote it; "" if it was made from the description."""
    return "" if is_made(case.summary, case.description) else case.summary


def _below(session: Session, ids: list[int], model: type[SQLModel], order: str) -> Below:
    """Returns the rows of one table by case, sorted by the column `order`."""
    table = table_of(model)
    return _by_case(session, select(table).where(table.c.case_id.in_(ids)).order_by(table.c[order]))


def _parties(session: Session, ids: list[int]) -> Below:
    party, person = table_of(Party), table_of(Person)
    return _by_case(
        session,
        select(party.c.case_id, party.c.part, party.c.role, person.c.name)
        .select_from(party.outerjoin(person, party.c.person_id == person.c.id))
        .where(party.c.case_id.in_(ids))
        .order_by(party.c.position, party.c.id),
    )


def _by_case(session: Session, query: Select[Any]) -> Below:
    found: Below = defaultdict(list)
    for row in session.execute(query):
        found[row.case_id].append(row)
    return found


def _saying(things: Iterable[T]) -> tuple[T, ...]:
    """Leaves out rows without any value: an empty position is not part of the register."""
    return tuple(thing for thing in things if any(item not in (None, "") for item in thing))


def _in_a_list(text: str) -> str:
    """Replaces semicolons, which separate the texts in a cell."""
    return text.replace(";", ",")


def _points(points: list[Row[Any]], later: list[Row[Any]], stages: list[Row[Any]]) -> tuple[PointRow, ...]:
    at = {(row.stage_number, row.point_position): row.finding for row in later}
    outcomes = {stage.number: stage.outcome for stage in stages}
    found = (_point(point, at.get((2, point.position)), at.get((3, point.position))) for point in points)
    return plain_points(found, outcomes)


def _point(point: Row[Any], *later: Outcome | None) -> PointRow:
    # The register has no sub-category without a category.
    category, subcategory = (point.category, point.subcategory) if point.category else (point.subcategory, None)
    return PointRow(point.team, point.provider, category, subcategory, point.theme, point.finding, *later)


def _handling(stages: list[Row[Any]]) -> dict[str, Any]:
    first, *later = stages
    said = {
        "investigation_started_on": first.investigation_started_on,
        "investigating_officer": first.investigator,
        "responded_on": first.responded_on,
        "outcome": first.outcome,
        "answered_again_on": first.answered_again_on,
    }
    for stage, its in zip(later, STAGE_COLUMNS[1:], strict=False):  # The register has no columns for further stages.
        said |= {its.began: stage.started_on, its.answered: stage.responded_on, its.outcome: stage.outcome}
        if stage.number == 2:
            said["review_answered_again_on"] = stage.answered_again_on
    for stage, its in zip(stages, STAGE_COLUMNS, strict=False):
        if its.skipped:
            said[its.skipped] = stage.skipped_on
    return said


def _extension(extensions: list[Row[Any]]) -> dict[str, Any]:
    """Returns the last extension of the stage 1 response."""
    first_stage = [extension for extension in extensions if extension.stage_number == 1]
    if not first_stage:
        return {}
    last = first_stage[-1]
    return {"extended_to": last.extended_to, "extension_reason": last.reason, "extension_told_on": last.told_on}


def _people(parties: list[Row[Any]]) -> dict[str, Any]:
    """Returns the customer and the complainant; if there is no complainant, the representative."""
    said: dict[str, Any] = {}
    for part in (Part.REPRESENTATIVE, Part.COMPLAINANT, Part.CUSTOMER):
        party = next((party for party in parties if party.part is part), None)
        if party is None:
            continue
        if part is Part.CUSTOMER:
            said["customer_name"] = party.name or ""
        else:
            said |= {"correspondent_name": party.name or "", "correspondent_role": party.role}
    return said


def _ombudsman(records: list[Row[Any]]) -> dict[str, Any]:
    """Returns the last approach to the Ombudsman; the register has columns for one only.

    For an approach decided without an enquiry, the day of the query or first contact is given as the day received. Not
    while it is undecided: an import would then take it for an enquiry with a reply owed.
    """
    if not records:
        return {}
    last = records[-1]
    came_on = (last.query_on or last.first_contact_on) if last.decided_on else None
    return {
        "ombudsman_received_on": last.received_on or came_on,
        "ombudsman_responded_on": last.responded_on,
        "ombudsman_decided_on": last.decided_on,
        "ombudsman_decision": last.decision,
    }
