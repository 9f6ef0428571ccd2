"""The same steps on a file and on a server: every reader and the year say the same of both."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.casework.errors import Restricted, StepNotAllowed
from feedback_tui.casework.log import log
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case.page import CasePage, case_page
from feedback_tui.desk.case_list import cases
from feedback_tui.desk.earlier_cases import earlier_cases
from feedback_tui.desk.filters.case_filter import CaseFilter
from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_reader import queue_counts
from feedback_tui.desk.queue.queue_row import QueueRow
from feedback_tui.enums import Role, StepKey
from feedback_tui.exchange.register_csv import register_csv
from feedback_tui.models.inputs import stages
from feedback_tui.reports.figures import figures_of
from feedback_tui.reports.renderers.as_json import document
from feedback_tui.rules.months import reporting_year
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, create_register, open_register
from tests.casework.test_life_machine import COMING_IN, FIRST_DAY, KEYS, STEPS, Chance
from tests.places import copy_of, drop, empty_place

pytestmark = pytest.mark.of_a_server
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_file_and_a_server_say_the_same(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = create_register(str(Path(folder) / "register.db"), profile_text("shropshire"))
        server = open_register(copy_of(empty_place("shropshire"), Path(folder)))
        try:
            references, today = _live(Random(seed), (file, server))
            told = [_all_that_is_read(register, references, today) for register in (file, server)]
            assert told[0] == told[1]
            assert check(file).findings == check(server).findings == ()
        finally:
            for register in (file, server):
                register.close()
            drop(server.where)


def _live(draw: Random, registers: tuple[Register, Register]) -> tuple[list[str], date]:
    today, references = FIRST_DAY, list[str]()
    for kind, procedure, _ in COMING_IN:
        people = {"customer_name": "Łucja O'Brien", "correspondent_name": "Bea Öz", "correspondent_role": Role.FAMILY}
        new = stages.NewCase.model_validate({"kind": kind, "procedure": procedure, "received_on": today, **people})
        references += _both(registers, today, partial(_log, new))
    for _ in range(30):
        today += timedelta(days=draw.choice([0, 0, 1, 4, 11, 40]))
        reference, key, chance = draw.choice(references), draw.choice(KEYS), Chance.of(draw)
        if key in STEPS:
            _both(registers, today, partial(_step, key, reference, chance))
        else:
            _both(registers, today, partial(_undo, reference))
    return references, today


def _log(new: stages.NewCase, actor: Actor) -> StepResult:
    return log(actor, new)


def _step(key: StepKey, reference: str, chance: Chance, actor: Actor) -> StepResult:
    return STEPS[key](actor, reference, chance)


def _undo(reference: str, actor: Actor) -> StepResult:
    return undo(actor, reference)


def _both(registers: tuple[Register, Register], today: date, step: Callable[[Actor], StepResult]) -> list[str]:
    """Takes a step on both; gives the reference, or nothing where both refused it with the same words."""
    told: list[StepResult | str] = []
    for register in registers:
        try:
            told.append(step(Actor(register, "Sam Reed", today, now=lambda: NOW)))
        except StepNotAllowed as refusal:
            told.append(str(refusal))
    assert told[0] == told[1]
    return [told[0].reference] if isinstance(told[0], StepResult) else []


def _page(register: Register, reference: str, today: date) -> CasePage | str:
    """The case, or why it is not opened: it may have been restricted to others. Without the ids of its deadlines: once
    one was undone, a file gives its number again, and a server does not."""
    try:
        page = case_page(register, reference, today)
        return replace(page, deadlines=tuple(replace(due, number=0) for due in page.deadlines))
    except Restricted as why:
        return str(why)


def _queue(register: Register, today: date, wanted: QueueFilter | None = None) -> list[QueueRow]:
    return [replace(row, deadline_id=None) for row in queue(register, today, wanted)]


def _all_that_is_read(register: Register, references: list[str], today: date) -> list[Any]:
    return [
        [_page(register, reference, today) for reference in references],
        _queue(register, today),
        _queue(register, today, QueueFilter(every_deadline=True)),
        queue_counts(register, today),
        _queue(register, today, QueueFilter(words="łucja")),
        cases(register, today, CaseFilter()),
        earlier_cases(register, "öz"),
        [document(figures_of(register, reporting_year(label), today)) for label in ("2025/26", "2026/27")],
        register_csv(register),
    ]
