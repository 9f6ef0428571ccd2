"""Imports cases, all or none, in one transaction with an `imported` event for each case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.errors import InvalidInput, Problem, StepNotAllowed
from feedback_tui.casework.importing.case_to_row import AT_ONCE, stored_rows
from feedback_tui.casework.importing.import_across_columns import as_stored, row_problems
from feedback_tui.casework.importing.import_batches import write_cases
from feedback_tui.enums import Status
from feedback_tui.models.case import Case
from feedback_tui.models.register_row import RegisterRow
from feedback_tui.rules.procedures import Profile
from feedback_tui.storage.backend.server_timeouts import long_work


@dataclass(frozen=True)
class Imported:
    """The result of an import: how many cases are new, and how many were in the register with the same content."""

    new: int
    unchanged: int


@dataclass(frozen=True)
class Conflict:
    """A case of the import that the register has with other content."""

    line: int
    reference: str
    columns: tuple[str, ...]
    """The columns that differ; empty if the case was logged in error."""

    def __str__(self) -> str:
        where = f"line {self.line}, {self.reference}" if self.line else self.reference
        if not self.columns:
            return f"{where}: was marked as logged in error"
        return f"{where}: {', '.join(self.columns)}"


class Conflicts(StepNotAllowed):
    """Cases of the import are in the register with other content. Nothing was imported."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = tuple(conflicts)
        listed = "\n".join(f"  {conflict}" for conflict in conflicts)
        which = f"{len(conflicts)} cases are" if len(conflicts) > 1 else "One case is"
        super().__init__(
            f"{which} in the register already and say{'s' if len(conflicts) == 1 else ''} something else there. "
            f"Nothing was imported: take out the rows, or correct one of the two. What differs:\n{listed}"
        )


@long_work()
def import_cases(
    actor: Actor,
    rows: Sequence[RegisterRow],
    progress: Callable[[int], None] | None = None,
    *,
    checked_under: Profile | None = None,
) -> Imported:
    """Imports register rows; cases that the register has already with the same content are left alone.

    `progress` is called regularly with how many new cases were prepared; an error that it raises cancels the import. A
    rehearsal writes nothing. `checked_under` is the profile under which the rows were checked already; they are checked
    again if the register has another.

    Raises Conflicts if the register has a case with other content; InvalidInput for invalid rows.
    """
    given = {row.reference.casefold(): as_stored(row) for row in rows}
    if checked_under is not actor.register.profile or len(given) < len(rows):
        _refuse_bad_rows(actor, rows)
    with actor.transaction() as work:
        there = _already_there(work.session, given)
        new = [row for key, row in given.items() if key not in there]
        if new and not actor.rehearsing:
            write_cases(actor, work, new, progress or (lambda _written: None))
    return Imported(len(new), len(given) - len(new))


def _refuse_bad_rows(actor: Actor, rows: Sequence[RegisterRow]) -> None:
    problems: list[Problem] = []
    seen: set[str] = set()
    for row in rows:
        key = row.reference.casefold()
        if key in seen:
            problems.append(Problem("reference", f"{row.reference}: there are two cases of this reference."))
        seen.add(key)
        problems += [
            Problem(problem.field, f"{row.reference}, {problem.field}: {problem.words}.")
            for problem in row_problems(row, actor.register.profile)
        ]
    if problems:
        raise InvalidInput(problems)


def _already_there(session: Session, given: dict[str, RegisterRow]) -> set[str]:
    """Returns the keys of those cases that the register has. Raises Conflicts if the content of any differs, or if it
    was marked as logged in error (void)."""
    if session.exec(select(Case.id).limit(1)).first() is None:
        return set()
    keys = list(given)
    found: dict[int, tuple[str, Status]] = {}
    for start in range(0, len(keys), AT_ONCE):
        lot = keys[start : start + AT_ONCE]
        for case_id, key, status in session.exec(
            select(col(Case.id), col(Case.reference_key), col(Case.status)).where(col(Case.reference_key).in_(lot))
        ):
            assert case_id is not None
            found[case_id] = (key, status)
    conflicts = []
    for stored in stored_rows(session, list(found)):
        for case_id, row in stored.items():
            key, status = found[case_id]
            wanted = given[key]
            differs = tuple(row.different(wanted)) if row != wanted else ()
            if differs or status is Status.VOID:
                conflicts.append(Conflict(wanted.line, wanted.reference, () if status is Status.VOID else differs))
    if conflicts:
        raise Conflicts(sorted(conflicts, key=lambda conflict: (conflict.line, conflict.reference)))
    return {key for key, _ in found.values()}
