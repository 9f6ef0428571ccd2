"""Copies a register from a file to a server or back: every row is the same, including the record of events."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_tui.casework.view_log import all_opened_as_keeper
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend.backend import keeper_of
from feedback_tui.storage.backend.server_timeouts import long_work
from feedback_tui.storage.bulk.dump import Tables, fill, same
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.register import open_register


@dataclass(frozen=True)
class Copied:
    """What was copied and compared."""

    cases: int
    events: int
    head: str
    """The hash of the last event, the same in both."""


@long_work()
def copy_register(source: str, target: str) -> Copied:
    """Copies the register at `source` to `target`, where there must be none yet, and compares the two row by row.

    Raises RegisterError if there is no source, if `target` exists, or if the copy differs or is not sound; HiddenCases
    if the server hides cases from this login.
    """
    original = open_register(source)
    try:
        original.require_all_cases("the copy would be short: a keeper makes it")
        if original.is_keepers:
            all_opened_as_keeper(original)
        with original.reading() as session:
            keeper_of(target).create(lambda connection: fill(connection, Tables(session)))
            copy = open_register(target)
            try:
                with copy.reading() as other:
                    if (table := same(session, other)) is not None:
                        raise RegisterError(
                            f"{copy.where} is not what {original.where} is: {table} differs. Do not use it."
                        )
                health = check(copy)
            finally:
                copy.close()
    finally:
        original.close()
    if not health.sound:
        raise RegisterError(f"{copy.where} is not sound: {health.findings[0].words} Do not use it.")
    return Copied(sum(health.cases.values()), health.events, health.head)
