"""Officers at work on one case at once, each in a process of their own: no edit is lost.

``python -m tests.torture.together PATH REFERENCE EDITS`` is one of them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlmodel import col, func, select

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.enums import Kind, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.event import Event
from feedback_tui.models.inputs.stages import NewCase, Note
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.errors import RegisterBusy
from feedback_tui.storage.register import open_register
from tests.torture.count import Count
from tests.torture.stock import RECEIVED, TODAY, actor_on, an_empty_register


def run(folder: Path, processes: int, edits: int) -> Count:
    """Lets `processes` officers write `edits` notes each on one case; each reads the case and raises its version."""
    count = Count(f"No edit of {processes} officers × {edits} on one case is lost")
    path = an_empty_register(folder / "register.db")
    register = open_register(str(path))
    case = NewCase(kind=Kind.COMMENT, received_on=RECEIVED, description="Written to by all.")
    reference = log(actor_on(register), case).reference
    command = [sys.executable, "-m", "tests.torture.together", str(path), reference, str(edits)]
    officers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    for officer in officers:
        out, err = officer.communicate(timeout=600)
        if officer.returncode:
            count.broken.append(err[-500:])
            continue
        count.tell("waits for another officer", int(out))
    count.tried = processes * edits
    with register.reading() as session:
        notes = session.exec(select(func.count()).select_from(Event).where(col(Event.step) == StepKey.NOTE)).one()
        version = session.exec(select(Case.version)).one()
    if notes != count.tried or version != 1 + count.tried:
        count.broken.append(f"{notes} notes stand there, and the case is at version {version}")
    if not (health := check(register)).sound:
        count.broken.append("; ".join(finding.words for finding in health.findings))
    register.close()
    return count


def _write_notes(path: str, reference: str, edits: int) -> int:
    """Writes the notes, and gives how often it had to try again."""
    waits = 0
    register = open_register(path)
    actor = Actor(register, "Sam", TODAY)
    for number in range(edits):
        while True:
            try:
                note(actor, reference, Note(on=RECEIVED, words=f"Note {number}."))
                break
            except RegisterBusy:
                waits += 1
    register.close()
    return waits


if __name__ == "__main__":
    print(_write_notes(sys.argv[1], sys.argv[2], int(sys.argv[3])))
