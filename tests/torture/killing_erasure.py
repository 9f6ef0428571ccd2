"""Processes killed while they erase: what was said to be erased is gone from the file, and the register is whole.

To be run in a process that has no threads, since it forks.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.close import withdraw
from feedback_tui.casework.erase import erase_for_good
from feedback_tui.casework.log import log
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import Erasure, NewCase, Withdrawal
from feedback_tui.storage.register import open_register
from tests.torture.count import Count, chance_of
from tests.torture.killing import LONGEST, killed, look
from tests.torture.stock import RECEIVED, actor_on, an_empty_register


def run(folder: Path, rounds: int, seed: int = 5) -> Count:
    """Kills `rounds` processes that log, withdraw and erase on one register."""
    count = Count("What was said to be erased before a process was killed is gone from the file")
    chance = chance_of(seed)
    path = an_empty_register(folder / "register.db")
    for number in range(rounds):
        said = killed(lambda say: _erase_all_day(path, say), chance.random() * 3 * LONGEST)
        count.tried += 1
        erased = [line for line in said if line.startswith("erase ")]
        count.tell("erasures", len(erased))
        look(path, [line.rpartition(" ")[0] for line in erased], count, thoroughly=number % 10 == 0)
        content = path.read_bytes()
        count.broken += [f"round {number}: {line}" for line in erased if line.rpartition(" ")[2].encode() in content]
    return count


def _erase_all_day(path: Path, say: Callable[[str], None]) -> None:
    register = open_register(str(path))
    today = actor_on(register).today
    actor = Actor(register, f"officer {os.getpid()}", today)
    while True:
        secret = f"secret-{os.getpid()}-{time.monotonic_ns()}"
        new = NewCase(kind=Kind.COMPLAINT, received_on=RECEIVED, description=f"{secret} " * 50, customer_name=secret)
        reference = log(actor, new).reference
        say(f"log {reference} {secret}")
        withdraw(actor, reference, Withdrawal(on=RECEIVED + timedelta(days=1), reason=secret))
        erase_for_good(
            actor, reference, Erasure(on=today, reason="Asked for.", nevertheless="It was about someone else")
        )
        say(f"erase {reference} {secret}")
