"""Counts the register as it was on a past day: whatever has a later date is left out.

Each SELECT is prefixed with common table expressions that have the names of the tables, so that the queries of the
figures need no change. Facts without a date (a team, a procedure, a finding that was changed later) are those of today,
and a case that was closed and later reopened counts as open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Table, event, func, select
from sqlalchemy.engine import Connection

from feedback_tui.enums import Status
from feedback_tui.reports.counting.counted_cases import (
    ACTION,
    CASE,
    EVENT,
    EXTENSION,
    LEARNING,
    OMBUDSMAN,
    REMEDY,
    STAGE,
)

_STOOD = "the day that the register is counted as of"
"""The key in `Connection.info` for the expressions in use."""
_EARLIER = (Status.RESPONSE_SENT, Status.INVESTIGATING, Status.ACKNOWLEDGED, Status.LOGGED)


@contextmanager
def as_it_stood(connection: Connection, day: date) -> Iterator[None]:
    """A context in which the connection reads the register as it was at the end of `day`. Nothing changes if no event
    was recorded later.

    It can be nested, with another day.
    """
    if not _recorded_after(connection, day):
        yield
        return
    before = connection.info.get(_STOOD)
    here = connection.scalar(select(func.current_schema())) if connection.dialect.name == "postgresql" else "main"
    connection.info[_STOOD] = _expressions(f'"{here}".', day)
    if before is None:
        event.listen(connection, "before_cursor_execute", _put_before, retval=True)
    try:
        yield
    finally:
        if before is None:
            event.remove(connection, "before_cursor_execute", _put_before)
            del connection.info[_STOOD]
        else:
            connection.info[_STOOD] = before


def _recorded_after(connection: Connection, day: date) -> bool:
    """Returns whether the last event was recorded after `day` (UTC). Also true if the register has no events."""
    newest = select(func.max(EVENT.c.id)).scalar_subquery()
    last = connection.scalar(select(EVENT.c.recorded_at).where(EVENT.c.id == newest))
    return last is None or last.date() > day


def _put_before(
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
) -> tuple[str, Any]:
    expressions = connection.info.get(_STOOD)
    if expressions is None or not statement.lstrip().startswith("SELECT"):
        return statement, parameters
    return f"WITH {expressions} {statement}", parameters


def _expressions(schema: str, day: date) -> str:
    on = f"'{day.isoformat()}'"

    def until(column: str, by: str = "") -> str:
        """Returns SQL for a column that is null if its date (or the date in the column `by`) is later."""
        return f"CASE WHEN {by or column} <= {on} THEN {column} END"

    first = f"SELECT 1 FROM {schema}stage AS s WHERE s.case_id = t.id AND s.number = 1 AND"
    known = {
        Status.RESPONSE_SENT: f"EXISTS ({first} s.responded_on <= {on})",
        Status.INVESTIGATING: f"EXISTS ({first} s.investigation_started_on <= {on})",
        Status.ACKNOWLEDGED: f"t.acknowledged_on <= {on}",
        Status.LOGGED: "1 = 1",
    }
    was = " ".join(f"WHEN {known[status]} THEN '{status}'" for status in _EARLIER)
    still = f"t.status <> '{Status.CLOSED}' OR t.closed_on IS NULL OR t.closed_on <= {on}"
    open_then = f"t.closed_on > {on}"
    of_days: tuple[str, ...] = ("acknowledged_on", "closed_on", "reopened_on", "thanked_on", "refusal_told_on")
    of_case = {column: until(column) for column in of_days} | {
        "status": f"CASE WHEN {still} THEN t.status {was} END",
        "closing_reason": f"CASE WHEN {open_then} THEN NULL ELSE t.closing_reason END",
        "not_accepted": f"CASE WHEN {open_then} THEN NULL ELSE t.not_accepted END",
    }
    ended = f"SELECT 1 FROM {schema}feedback_case AS c WHERE c.id = t.case_id AND c.closed_on > {on}"
    undecided = f"t.responded_on > {on} OR (t.responded_on IS NULL AND EXISTS ({ended}))"
    of_days = ("acknowledged_on", "investigation_started_on", "responded_on", "answered_again_on")
    of_stage = {column: until(column) for column in of_days} | {
        "outcome": f"CASE WHEN {undecided} THEN NULL ELSE t.outcome END",
        "working_days_taken": f"CASE WHEN t.responded_on > {on} THEN NULL ELSE t.working_days_taken END",
    }
    of_days = ("first_contact_on", "query_on", "received_on", "draft_decision_on", "responded_on", "decided_on")
    of_record = {column: until(column) for column in (*of_days, "complied_on")} | {
        "decision": f"CASE WHEN t.decided_on > {on} THEN NULL ELSE t.decision END",
        "due_on": f"CASE WHEN t.received_on > {on} THEN NULL ELSE t.due_on END",
    }
    came = "COALESCE(t.received_on, t.query_on, t.first_contact_on, t.decided_on)"
    answered = (
        f"SELECT 1 FROM {schema}stage AS s WHERE s.case_id = t.case_id AND s.number = 1 AND s.responded_on > {on}"
    )

    def agreed(column: str) -> str:
        """Returns the SQL condition that an action or redress was agreed by the day: its due date was set by then, or
        it has none and the response had been sent."""
        due = f"SELECT 1 FROM {schema}deadline AS d WHERE d.{column} = t.id"
        set_later = f"EXISTS ({due} AND d.counted_from > {on})"
        return f"NOT {set_later} AND (EXISTS ({due}) OR NOT EXISTS ({answered}))"

    made: Mapping[Table, tuple[Mapping[str, str], str]] = {
        CASE: (of_case, f"t.received_on <= {on}"),
        STAGE: (of_stage, f"t.number = 1 OR t.started_on <= {on}"),
        OMBUDSMAN: (of_record, f"{came} IS NULL OR {came} <= {on}"),
        ACTION: ({"done_on": until("done_on")}, agreed("action_id")),
        REMEDY: ({"done_on": until("done_on"), "offered_on": until("offered_on")}, agreed("remedy_id")),
        LEARNING: ({}, f"NOT EXISTS ({answered})"),
        EXTENSION: ({}, f"t.told_on IS NULL OR t.told_on <= {on}"),
    }
    return ", ".join(_expression(table, schema, *how) for table, how in made.items())


def _expression(table: Table, schema: str, columns: Mapping[str, str], where: str) -> str:
    chosen = ", ".join(f"{columns.get(column.name, f't.{column.name}')} AS {column.name}" for column in table.columns)
    return f"{table.name} AS NOT MATERIALIZED (SELECT {chosen} FROM {schema}{table.name} AS t WHERE {where})"
