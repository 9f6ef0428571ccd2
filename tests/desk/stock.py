"""A busy register for the readers of the desk: a fictional council's cases, and what only verbs do to a few."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from feedback_tui.casework.close import void
from feedback_tui.casework.hold import hold
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.desk.queue.queue import queue
from feedback_tui.enums import OtherProcess, Status
from feedback_tui.exchange.demo import fictional_register
from feedback_tui.exchange.register_csv import read_rows
from feedback_tui.models.inputs.stages import Hold, Reason
from feedback_tui.rules.profile import load_profile, profile_text
from feedback_tui.storage.register import Register, create_register, open_register
from tests.conftest import actor_on
from tests.places import copy_of, drop, made_once

PROFILE = "westmarch"


@contextmanager
def busy_register(folder: Path, cases: int, today: date) -> Iterator[Register]:
    """A register with so many cases, as busy on `today` as a real one. Who has it open asks for `either`."""
    made = made_once(f"busy_{cases}_{today:%Y%m%d}", lambda place: _make(place, cases, today))
    register = open_register(copy_of(made, folder))
    try:
        yield register
    finally:
        register.close()
        drop(register.where)


def _make(place: str, cases: int, today: date) -> None:
    profile = load_profile(PROFILE)
    register = create_register(place, profile_text(PROFILE))
    rows = read_rows(fictional_register(cases, today, profile=profile), profile, today)
    actor = actor_on(register, today)
    import_cases(actor, rows)
    under_way = [row.reference for row in queue(register, today) if row.status is Status.INVESTIGATING]
    first, second = list(dict.fromkeys(under_way))[:2]
    waits = Hold(
        on=today, process=OtherProcess.COURT, reason="A hearing", told_on=today, look_again_on=today + timedelta(days=9)
    )
    hold(actor, first, waits)
    void(actor, second, Reason(on=today, reason="Logged twice"))
    register.close()
