"""A team on one server: officers at work at once, against one alone.

``python -m tests.benchmarks.team [OFFICERS] [SECONDS]``. Each officer is a process of its own that does an officer's
round without a pause: reads the queue, opens a case, searches, logs one, acknowledges it, notes a call. Printed for one
officer and for all: rounds a second; how long a saved step took (half of them, nineteen of twenty, the longest); how
often someone waited five seconds for the one writer, and was told so.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from statistics import quantiles

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.desk.case.page import case_page
from feedback_tui.desk.find import find
from feedback_tui.desk.queue.queue import queue
from feedback_tui.enums import Kind
from feedback_tui.exchange.demo import fictional_register
from feedback_tui.exchange.register_csv import read_rows
from feedback_tui.models.inputs.stages import Acknowledgement, NewCase, Note, PointInput
from feedback_tui.rules.profile import load_profile
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.errors import RegisterBusy
from feedback_tui.storage.register import open_register
from tests.postgres import server
from tests.torture.on_a_server import a_register

TODAY = date(2026, 7, 3)
CASES = 5000
BUSY = "busy"


def main(officers: int, seconds: float) -> None:
    """Prints the table."""
    with server() as own:
        register = a_register(own, "team", "westmarch")
        profile = load_profile("westmarch")
        rows = read_rows(fictional_register(CASES, TODAY, profile=profile), profile, TODAY)
        import_cases(Actor(register, "Sam", TODAY), rows)
        print(f"{CASES:,} cases on a server of this machine; each officer without a pause, for {seconds:.0f} s")
        alone = _measure(register.where, 1, seconds)
        together = _measure(register.where, officers, seconds)
        print(f"rounds a second, {officers} officers over one: {together / alone:.2f}")
        print("sound" if check(register).sound else "NOT SOUND")
        register.close()


def _measure(where: str, officers: int, seconds: float) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.team", "--officer", where, str(seconds)]
    working = [
        subprocess.Popen([*command, f"officer{number}"], stdout=subprocess.PIPE, text=True)
        for number in range(officers)
    ]
    told = [line for officer in working for line in officer.communicate(timeout=600)[0].split()]
    if any(officer.returncode for officer in working):
        sys.exit("an officer's program failed")
    waits = [float(line) for line in told if line != BUSY]
    cuts = quantiles(waits, n=20)
    rate = len(waits) / 3 / seconds
    print(
        f"{officers:3} officers: {rate:6.1f} rounds a second; a saved step {cuts[9] * 1000:.0f} ms in half, "
        f"{cuts[18] * 1000:.0f} ms in nineteen of twenty, {max(waits) * 1000:.0f} ms at the longest; "
        f"{told.count(BUSY)} times someone was told that the register is in use, and saved again"
    )
    return rate


def _work(where: str, seconds: float, name: str) -> None:
    draw = random.Random(name)
    register = open_register(where)
    actor = Actor(register, name, TODAY)
    register.reader = name
    _round(actor, draw)  # What is only done once is not measured.
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for wait in _round(actor, draw):
            print(wait)
    register.close()


def _round(actor: Actor, draw: random.Random) -> list[float]:
    """One round; gives how long each of its three saved steps took."""
    rows = queue(actor.register, TODAY, limit=50)
    case_page(actor.register, draw.choice(rows).reference, TODAY)
    find(actor.register, "carer late", most=20)
    waits = []

    def timed(step: Callable[[], object]) -> None:
        begun = time.monotonic()
        while True:
            try:
                step()
                break
            except RegisterBusy:
                print(BUSY)
        waits.append(time.monotonic() - begun)

    new = NewCase(kind=Kind.COMPLAINT, received_on=TODAY, procedure="statutory-adult", points=(PointInput(team="A"),))
    made: list[str] = []
    timed(lambda: made.append(log(actor, new).reference))
    timed(lambda: acknowledge(actor, made[0], Acknowledgement(on=TODAY)))
    timed(lambda: note(actor, made[0], Note(on=TODAY, words="Rang; she is content to wait.")))
    return waits


if __name__ == "__main__":
    if sys.argv[1:2] == ["--officer"]:
        _work(sys.argv[2], float(sys.argv[3]), sys.argv[4])
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 50, float(sys.argv[2]) if sys.argv[2:] else 20)
