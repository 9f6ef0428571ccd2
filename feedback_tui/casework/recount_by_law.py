"""Finds deadlines set by law that closure days had moved, and counts them again.

Earlier versions of the program counted every deadline with the closure days. An officer corrects this, not a migration,
so that each move is on record. Closed deadlines do not change.
"""

from __future__ import annotations

from sqlmodel import Session, col

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.move_deadlines import Alike, MovedDeadline, open_deadlines, told, write_moves
from feedback_tui.enums import StepKey, Unit
from feedback_tui.gc_pause import garbage_kept
from feedback_tui.models.deadline import Deadline
from feedback_tui.rules.late_holidays import NOT_COUNTED, Move, counted_wrongly
from feedback_tui.storage.backend.server_timeouts import long_work
from feedback_tui.storage.register import Register


def moved_wrongly(register: Register) -> tuple[MovedDeadline, ...]:
    """Returns the open deadlines set by law that closure days moved, with the date they have and the right one."""
    with register.reading() as session:
        groups, moves = _moves(register, session)
    return told((groups[move.id], move.due_to) for move in moves)


@long_work()
def count_by_law(actor: Actor) -> tuple[MovedDeadline, ...]:
    """Moves those deadlines to the right dates, and returns them by former date. Rehearse it to see what would move.

    An extended deadline keeps the date told to the complainant; only its original date changes.
    """
    with garbage_kept(), actor.transaction() as work:
        groups, moves = _moves(actor.register, work.session)
        if moves and not actor.rehearsing:
            write_moves(work, groups, moves, actor.register.calendar, [NOT_COUNTED], actor.today)
            work.record_register(StepKey.DAYS_OFF, actor.today, details={"counted_by_law": len(moves)})
        return told((groups[move.id], move.due_to) for move in moves)


def _moves(register: Register, session: Session) -> tuple[list[Alike], list[Move]]:
    counted = (col(Deadline.unit) == Unit.WORKING_DAYS) & col(Deadline.count).is_not(None)
    groups = open_deadlines(session, register.profile, counted & ~col(Deadline.fixed_by_hand))
    return groups, counted_wrongly([group.deadline for group in groups if not group.closures_count], register.calendar)
