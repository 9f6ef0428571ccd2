"""A disk that is full at many points: nothing acknowledged is lost, and each refusal is one plain sentence.

To be run in a process that has no threads, since it forks.
"""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable
from pathlib import Path

from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import NewCase, Note
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.maintenance.backup import backup, backups_folder
from feedback_tui.storage.register import open_register
from tests.torture.count import Count
from tests.torture.killing import killed, look
from tests.torture.stock import RECEIVED, actor_on, an_empty_register

REFUSED = "REFUSED "


def run(folder: Path, points: int) -> Count:
    """Lets the files of a register grow no further than `points` different sizes."""
    count = Count("What was acknowledged before the disk was full is there")
    template, path = an_empty_register(folder / "template.db"), folder / "register.db"
    size = template.stat().st_size
    for point in range(points):
        # Every second point lets the journal grow less than the register: rolling back needs room too.
        limit = size + point * 1500 if point % 2 else 1024 + point * 3000
        shutil.rmtree(backups_folder(path), ignore_errors=True)
        shutil.copyfile(template, path)
        said = killed(lambda say, limit=limit: _fill(path, limit, say), 30)  # type: ignore[misc]
        count.tried += 1
        refused = [line for line in said if line.startswith(REFUSED)]
        if not refused:
            count.broken.append(f"at {limit} bytes nothing was refused")
        count.tell("refused in a sentence", len(refused))
        acknowledged = [line for line in said if not line.startswith(REFUSED)]
        count.tell("acknowledged writes", len(acknowledged))
        look(path, acknowledged, count, thoroughly=True)
    return count


def _fill(path: Path, limit: int, say: Callable[[str], None]) -> None:
    """Works until the disk is full, twice: an officer tries again."""
    register = open_register(str(path))
    actor = actor_on(register)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    for _again in range(2):
        try:
            while True:
                case = NewCase(kind=Kind.COMPLAINT, received_on=RECEIVED, description="word " * 500)
                reference = log(actor, case).reference
                say(f"log {reference}")
                note(actor, reference, Note(on=RECEIVED, words="word " * 500))
                say(f"note {reference}")
        except RegisterError as error:
            say(f"{REFUSED}{error}")
    try:
        backup(register)
        say(f"{REFUSED}nothing: the backup had room")
    except RegisterError as error:
        say(f"{REFUSED}{error}")
