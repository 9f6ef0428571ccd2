"""Writes the cases of an import in batches. The rows are prepared here, or in a second process while this one writes.

Fast path (the second process; `write_cases` alone uses it). Gain: an import of 12,000 cases takes 0.7 of the time on
two processors. Cost: the module `worker_process`, and rows must be picklable. Tested against preparing in this process
by tests/casework/test_import_beside.py: the same rows, events and index, also if the second process ends at any time.
Delete it when preparing a batch takes less than a tenth of writing it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing, nullcontext
from functools import partial

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.importing import row_to_case
from feedback_tui.casework.importing.row_to_case import CaseMaker, Import, highest_numbers
from feedback_tui.models.register import ReferenceCounter
from feedback_tui.models.register_row import RegisterRow
from feedback_tui.storage.bulk.new_rows import NewRows, Ready, dialect_named, name_of
from feedback_tui.storage.unit_of_work import UnitOfWork
from feedback_tui.worker_process import Beside, processors

LOT = 250
"""How many cases are written together."""
WORTH_IT = 2_000
"""How many cases make starting a second process worthwhile."""
AHEAD = 3
"""How many batches the second process may have at once."""
Lot = Sequence[RegisterRow]
SecondProcess = Beside[Lot, Ready]


def write_cases(actor: Actor, work: UnitOfWork, rows: Sequence[RegisterRow], progress: Callable[[int], None]) -> None:
    """Inserts the cases of these rows, each with its event; does not commit.

    `progress` is called regularly with how many were prepared.
    """
    new = work.new_cases()
    about = Import(actor.register.profile, actor.register.calendar, actor.officer, actor.today, work.now)
    written = far = 0

    def told(made: int = 0) -> None:
        nonlocal far
        far = max(far, written + made)
        progress(far)

    lots = [rows[start : start + LOT] for start in range(0, len(rows), LOT)]
    there = start_second_process(len(rows))
    with nullcontext() if there is None else there, closing(_made(about, new.rows, lots, told, there)) as made:
        for lot, ready in zip(lots, made, strict=True):
            # Progress is reported within a batch too, so that the interface can respond.
            new.write(ready, told)
            written += len(lot)
            told()
    _remember_references(actor, work, rows)


def _made(
    about: Import, rows: NewRows, lots: Sequence[Lot], told: Callable[[int], None], there: SecondProcess | None
) -> Generator[Ready, None, None]:
    """Yields each batch, prepared here until the second process is ready, and then there."""
    here, waiting = CaseMaker(about, rows), deque(lots)
    while waiting and not (there is not None and there.is_ready()):
        yield here.make(waiting.popleft(), told)
    if there is None or not waiting:
        return
    there.hand(partial(_maker, about, name_of(rows.dialect), rows.last))
    given: deque[Lot] = deque()
    while waiting or given:
        while waiting and len(given) < AHEAD:
            given.append(waiting.popleft())
            there.give(given[-1])
        lot = given.popleft()
        # If the process has ended, the batch is prepared here, so that an error in a row is raised as usual.
        yield there.take() or here.make(lot, told)


def start_second_process(cases: int) -> SecondProcess | None:
    """Starts a process that prepares cases; it is ready some tenths of a second later.

    Returns None if there are too few cases or processors, or the process cannot be started.
    """
    if cases < WORTH_IT or processors() < 2:
        return None
    try:
        return Beside(row_to_case.__name__)
    except OSError:
        return None


def _maker(about: Import, dialect: str, last: Mapping[str, int]) -> Callable[[Lot], Ready]:
    """Returns the function that the second process prepares batches with."""
    return CaseMaker(about, NewRows(dialect_named(dialect), last)).make


def _remember_references(actor: Actor, work: UnitOfWork, rows: Sequence[RegisterRow]) -> None:
    """Sets the counters of references so that the next case follows the imported ones that have the
    council's pattern."""
    for year, number in highest_numbers(actor.register.profile.reference, rows).items():
        counter = work.session.get(ReferenceCounter, year)
        if counter is None:
            work.session.add(ReferenceCounter(year=year, last=number))
        else:
            counter.last = max(counter.last, number)
