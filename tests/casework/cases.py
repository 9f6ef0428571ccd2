"""Steps of a case in short, for the tests of the verbs; and what the whole database holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import inspect

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.close import close_case, reopen, withdraw
from feedback_tui.casework.errors import InvalidInput, StepNotAllowed
from feedback_tui.casework.extend import extend
from feedback_tui.casework.investigate import investigate
from feedback_tui.casework.log import log
from feedback_tui.casework.ombudsman import ombudsman
from feedback_tui.casework.respond import respond, respond_review
from feedback_tui.casework.review import acknowledge_review, request_review
from feedback_tui.desk.case.page import CasePage, DeadlineView, EventView, case_page
from feedback_tui.enums import DeadlineKind, DeadlineState, Kind, Outcome
from feedback_tui.models.inputs.stages import (
    Acknowledgement,
    Closing,
    ExtensionInput,
    InvestigationStart,
    NewCase,
    OmbudsmanStep,
    Reason,
    Response,
    ReviewRequest,
    Withdrawal,
)
from feedback_tui.storage.backend.sqlite_engine import READING
from feedback_tui.storage.register import Register
from feedback_tui.storage.search.search_index import TABLES_OF_IT
from tests.conftest import actor_on

K, S = DeadlineKind, DeadlineState
RECEIVED = date(2024, 3, 4)
"""A Monday. Good Friday is 29 March, Easter Monday 1 April; 6 May, 27 May and 26 August are bank holidays."""
ACKNOWLEDGE_BY, AIM, LIMIT, SIX_MONTHS = date(2024, 3, 7), date(2024, 4, 10), date(2024, 6, 7), date(2024, 9, 3)
"""What ``statutory-adult`` of Shropshire causes for it: 3, 25 and 65 working days; the day before 4 September."""
CLOSED_TABLES = ("working_day", "day_off", "alembic_version")


@dataclass(frozen=True)
class Casework:
    """A case on its way, each step in a line: every step is recorded on the day it happens."""

    register: Register
    reference: str = ""
    officer: str = "Sam Reed"

    def log(self, received: date = RECEIVED, procedure: str | None = "statutory-adult", **more: Any) -> Casework:
        given = NewCase(received_on=received, procedure=procedure, **{"kind": Kind.COMPLAINT, **more})
        today = given.settled_on or received
        return Casework(self.register, log(self.actor(today), given).reference, self.officer)

    def acknowledge(self, on: date, **more: Any) -> StepResult:
        return acknowledge(self.actor(on), self.reference, Acknowledgement(on=on, **more))

    def investigate(self, on: date, investigator: str = "Pat Lowe", **more: Any) -> StepResult:
        given = InvestigationStart(on=on, investigator=investigator, **more)
        return investigate(self.actor(on), self.reference, given)

    def extend(self, told: date, to: date, **more: Any) -> StepResult:
        given = ExtensionInput(**{"to": to, "told_on": told, "reason": "A report is awaited", **more})
        return extend(self.actor(told), self.reference, given)

    def respond(self, on: date, *findings: Outcome, **more: Any) -> StepResult:
        return respond(self.actor(on), self.reference, Response(on=on, findings=findings, **more))

    def request_review(self, on: date, officer: str = "Kim Ode", **more: Any) -> StepResult:
        return request_review(self.actor(on), self.reference, ReviewRequest(on=on, officer=officer, **more))

    def acknowledge_review(self, on: date, **more: Any) -> StepResult:
        return acknowledge_review(self.actor(on), self.reference, Acknowledgement(on=on, **more))

    def respond_review(self, on: date, *findings: Outcome, **more: Any) -> StepResult:
        return respond_review(self.actor(on), self.reference, Response(on=on, findings=findings, **more))

    def withdraw(self, on: date, reason: str = "It was put right") -> StepResult:
        return withdraw(self.actor(on), self.reference, Withdrawal(on=on, reason=reason))

    def close(self, on: date, **more: Any) -> StepResult:
        return close_case(self.actor(on), self.reference, Closing(on=on, **more))

    def reopen(self, on: date, reason: str = "New facts came in") -> StepResult:
        return reopen(self.actor(on), self.reference, Reason(on=on, reason=reason))

    def ombudsman(self, today: date, **given: Any) -> StepResult:
        return ombudsman(self.actor(today), self.reference, OmbudsmanStep(**given))

    def actor(self, today: date) -> Any:
        return actor_on(self.register, today, self.officer)

    def page(self, today: date = RECEIVED) -> CasePage:
        return case_page(self.register, self.reference, today)

    def deadline(self, kind: DeadlineKind) -> DeadlineView:
        """The one deadline of this kind that was not superseded."""
        (found,) = [row for row in self.page().deadlines if row.kind is kind and row.state is not S.SUPERSEDED]
        return found

    def dates(self) -> dict[DeadlineKind, tuple[DeadlineState, date, date]]:
        """Each deadline that was not superseded: its state, and its original and current date."""
        rows = [row for row in self.page().deadlines if row.state is not S.SUPERSEDED]
        found = {row.kind: (row.state, row.original_due_on, row.due_on) for row in rows}
        assert len(found) == len(rows), "two deadlines of a kind"
        return found

    def last_event(self) -> EventView:
        return self.page().timeline[-1]


def everything(register: Register) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, by another road than the program's: what a refused verb must leave as it was."""
    with register.engine.execution_options(**{READING: True}).connect() as connection:
        return {
            table: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY 1')]
            for table in inspect(connection).get_table_names()
            if table not in CLOSED_TABLES and table not in TABLES_OF_IT
        }


@contextmanager
def refused(register: Register, *words: str, field: str = "") -> Iterator[None]:
    """The verb in the block is refused with these words (for `field`, where one is named), and changes nothing."""
    before = everything(register)
    with pytest.raises(StepNotAllowed) as caught:
        yield
    said = str(caught.value)
    for word in words:
        assert word in said, said
    if field:
        assert isinstance(caught.value, InvalidInput), said
        assert field in [problem.field for problem in caught.value.problems], said
    assert everything(register) == before


@contextmanager
def one_event(register: Register) -> Iterator[None]:
    """The block records exactly one event, and raises the version of its case by one (a new case begins at 1)."""
    before = everything(register)
    yield
    after = everything(register)
    assert len(after["event"]) == len(before["event"]) + 1
    versions_before, versions = _versions(before), _versions(after)
    assert after["event"][:-1] == before["event"]
    changed = {case: version for case, version in versions.items() if versions_before.get(case, 0) != version}
    (case,) = changed
    assert changed[case] == versions_before.get(case, 0) + 1


def _versions(rows: dict[str, list[tuple[object, ...]]]) -> dict[object, int]:
    return {row[0]: int(str(row[3])) for row in rows["feedback_case"]}
