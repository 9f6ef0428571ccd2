"""Power cuts, simulated: only what was synced is surely kept. What was acknowledged is there when power comes back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import Acknowledgement, NewCase, Note
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.register import open_register
from tests.torture.count import Count, chance_of
from tests.torture.killing import look
from tests.torture.recording_disk import Disk, recording
from tests.torture.stock import RECEIVED, actor_on, an_empty_register

CASES = 12


def run(folder: Path, cuts: int, *, synchronous: str = "", seed: int = 1) -> Count:
    """Cuts the power at `cuts` points of a day's work, each twice: of what was not synced nothing or half is kept.

    `synchronous` puts another setting in the program's place.
    """
    count = Count("What was acknowledged is there after a power cut" + (f" with {synchronous}" if synchronous else ""))
    path = an_empty_register(folder / "register.db")
    begin = {path.name: path.read_bytes()}
    chance = chance_of(seed)
    with recording(folder) as disk:
        _work(path, disk, synchronous)
    writes = [number for number, step in enumerate(disk.steps) if step[0] != "said"]
    points = set(chance.sample(writes, min(cuts, len(writes))))
    after = folder / "after"
    after.mkdir()
    for number, (files, said) in enumerate(disk.cuts(begin, points, chance)):
        for old in after.iterdir():
            old.unlink()
        for name, content in files.items():
            (after / name).write_bytes(content)
        count.tried += 1
        count.tell("acknowledged writes", len(said))
        try:
            look(after / path.name, said, count, thoroughly=number % 5 == 0)
        except RegisterError as error:
            count.broken.append(str(error))
    if not count.tried:
        count.broken.append("no write was seen")
    return count


def control(folder: Path, cuts: int) -> Count:
    """The same without syncing: the simulation must see that writes are lost, or it sees nothing."""
    seen = run(folder, cuts, synchronous="OFF")
    count = Count("The simulation sees what a power cut takes where nothing is synced", tried=seen.tried)
    count.tell("lost or unreadable", len(seen.broken))
    if not seen.broken:
        count.broken.append("nothing was lost")
    return count


def _work(path: Path, disk: Disk, synchronous: str) -> None:
    register = open_register(str(path))
    if synchronous:
        # Every connection of the pool: one, since nothing here works at once.
        with register.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.execute(f"PRAGMA synchronous = {synchronous}")
    actor = actor_on(register)
    for number in range(CASES):
        case = NewCase(kind=Kind.COMPLAINT, received_on=RECEIVED, description=f"Case {number}. " * 50)
        reference = log(actor, case).reference
        disk.say(f"log {reference}")
        acknowledge(actor, reference, Acknowledgement(on=RECEIVED))
        disk.say(f"acknowledge {reference}")
        note(actor, reference, Note(on=RECEIVED, words="Rang. " * 300))
        disk.say(f"note {reference}")
    register.close()
