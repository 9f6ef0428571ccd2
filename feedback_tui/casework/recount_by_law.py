"""Times of the law that a council's closure days had moved: shown, and counted again as the law counts them.

Earlier versions of the program counted every deadline with the closure days. No migration corrects what was stored: an
officer does, and each move is on the record of its case. Closed deadlines stay as they were.
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
    """The open times of the law that closure days had moved, from the date that they have to the right one."""
    with register.reading() as session:
        groups, moves = _moves(register, session)
    return told((groups[move.id], move.due_to) for move in moves)


@long_work()
def count_by_law(actor: Actor) -> tuple[MovedDeadline, ...]:
    """Moves them back; gives what moved, by the date it had. Rehearse it to see what would move.

    One that was extended keeps the date the complainant was told, and only its original date moves.
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
