"""The deadline queue: one row for what a case owes next, and one for each action, redress and Ombudsman reply.

The first page without a filter and in the usual order, of a register in a file that was not read before, is read with
the sqlite3 driver (`fast_first_page`); everything else with SQLAlchemy (`queue_reader`). Only this module decides
which. Both give the same rows.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from feedback_tui.desk.queue.fast_first_page import groups_at_once, queue_at_once
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_row import QueueGroup, QueueRow
from feedback_tui.desk.queue.sort_and_group import USUAL, Arrangement, Grouping
from feedback_tui.storage.backend.lazy_models import models_loaded
from feedback_tui.storage.unopened import Unopened

if TYPE_CHECKING:
    from feedback_tui.storage.register import Register


def queue(
    register: Register | Unopened,
    today: date,
    wanted: QueueFilter | None = None,
    limit: int | None = None,
    offset: int = 0,
    arranged: Arrangement = USUAL,
) -> list[QueueRow]:
    """Returns the rows of the queue from position `offset` (from 0), at most `limit`: earliest due date first, then
    those without a date, oldest receipt first; or in the order of `arranged`.

    Raises RegisterError.
    """
    wanted = wanted or QueueFilter()
    if _is_first(register, wanted, arranged) and not offset:
        found = queue_at_once(
            register.where, today, register.reader, limit, overdue=wanted.overdue, every=wanted.every_deadline
        )
        if found is not None:
            return found
    return _queue(register, today, wanted, limit, offset, arranged)


def queue_groups(register: Register, today: date, wanted: QueueFilter | None, group: Grouping) -> list[QueueGroup]:
    """Returns the groups of the queue in order. By due date: overdue, today, this week, later, without a date.

    Raises RegisterError.
    """
    wanted = wanted or QueueFilter()
    if _is_first(register, wanted, Arrangement(group)) and wanted == QueueFilter():
        found = groups_at_once(register.where, today)
        if found is not None:
            return found
    return _queue_groups(register, today, wanted, group)


@models_loaded
def queue_place(
    register: Register,
    today: date,
    wanted: QueueFilter | None,
    case_id: int,
    deadline_id: int | None,
    arranged: Arrangement = USUAL,
    remedy_id: int | None = None,
) -> int | None:
    """Returns the position of a row in the queue, from 0: of the deadline, or of the redress without a date, else of
    the first row of the case; None if it has none. Raises RegisterError."""
    from feedback_tui.desk.queue import queue_reader

    return queue_reader.queue_place(register, today, wanted, case_id, deadline_id, arranged, remedy_id)


def _is_first(register: Register | Unopened, wanted: QueueFilter, arranged: Arrangement) -> bool:
    """Whether the register was not read before, and this is its queue in the usual order without a filter of cases."""
    unread = isinstance(register, Unopened) or register.is_fresh
    unfiltered = QueueFilter(overdue=wanted.overdue, every_deadline=wanted.every_deadline)
    return unread and arranged.is_usual and wanted == unfiltered


@models_loaded
def _queue(
    register: Register | Unopened,
    today: date,
    wanted: QueueFilter,
    limit: int | None,
    offset: int,
    arranged: Arrangement,
) -> list[QueueRow]:
    from feedback_tui.desk.queue import queue_reader

    opened = register.open() if isinstance(register, Unopened) else register
    return queue_reader.queue(opened, today, wanted, limit, offset, arranged)


@models_loaded
def _queue_groups(register: Register, today: date, wanted: QueueFilter, group: Grouping) -> list[QueueGroup]:
    from feedback_tui.desk.queue import queue_reader

    return queue_reader.queue_groups(register, today, wanted, group)
