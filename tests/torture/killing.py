"""Processes killed at any moment: what was acknowledged is there, and the register can always be read.

To be run in a process that has no threads, since it forks.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from sqlmodel import col
from sqlmodel import select as select_rows

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.close import withdraw
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.enums import Kind
from feedback_tui.exchange.demo import fictional_register
from feedback_tui.exchange.register_csv import read_rows
from feedback_tui.models.case import Case
from feedback_tui.models.event import Event
from feedback_tui.models.inputs.stages import Acknowledgement, NewCase, Note, Withdrawal
from feedback_tui.models.register_row import RegisterRow
from feedback_tui.rules.profile import load_profile, profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.maintenance.backup import backup, backups
from feedback_tui.storage.maintenance.restore import restore
from feedback_tui.storage.register import create_register, open_register
from tests.torture.count import Count, chance_of
from tests.torture.stock import RECEIVED, TODAY, actor_on, an_empty_register

LONGEST = 0.3
"""Seconds after its first acknowledgement that a process may live."""


def run(folder: Path, rounds: int, seed: int = 1) -> Count:
    """Kills `rounds` processes that log, acknowledge, note, withdraw and back up on one register."""
    count = Count("What a killed process had acknowledged is there")
    chance = chance_of(seed)
    path = an_empty_register(folder / "register.db")
    for number in range(rounds):
        acknowledged = killed(lambda say: _work(path, say), chance.random() * LONGEST)
        count.tried += 1
        count.tell("acknowledged writes", len(acknowledged))
        look(path, acknowledged, count, thoroughly=number % 10 == 0 or number == rounds - 1)
    return count


def run_restores(folder: Path, rounds: int, seed: int = 2) -> Count:
    """Kills `rounds` processes that restore one of two backups over the register: it is one of the two, whole."""
    count = Count("A register is the old or the new one when restoring is killed")
    chance = chance_of(seed)
    path = an_empty_register(folder / "register.db")
    register = open_register(str(path))
    log(actor_on(register), NewCase(kind=Kind.COMMENT, received_on=RECEIVED))
    few = backup(register, folder / "few.db")
    log(actor_on(register), NewCase(kind=Kind.COMMENT, received_on=RECEIVED))
    many = backup(register, folder / "many.db")
    register.close()
    for number in range(rounds):
        killed(lambda say: _restore_all_day(path, (few, many), say), chance.random() * LONGEST)
        count.tried += 1
        register = open_register(str(path))
        with register.reading() as session:
            cases = len(session.exec(select_rows(Case.id)).all())
        if cases not in (1, 2) or (number % 10 == 0 and not check(register).sound):
            count.broken.append(f"round {number}: {cases} cases, {check(register).findings}")
        register.close()
    return count


def run_imports(folder: Path, rounds: int, seed: int = 3) -> Count:
    """Kills `rounds` processes that import 200 cases: all of them are there, or none."""
    count = Count("An import that is killed has imported all or nothing")
    chance = chance_of(seed)
    profile, cases, path = load_profile("westmarch"), 200, folder / "register.db"
    template = folder / "template.db"
    create_register(str(template), profile_text("westmarch")).close()
    rows = list(read_rows(fictional_register(cases, TODAY, profile=profile), profile, TODAY))
    for number in range(rounds):
        shutil.copyfile(template, path)
        said = killed(lambda say: _import(path, rows, say), chance.random() * 4 * LONGEST)
        count.tried += 1
        register = open_register(str(path))
        with register.reading() as session:
            there = len(session.exec(select_rows(Case.id)).all())
        count.tell("of all" if there else "of nothing")
        if there != (cases if "imported" in said else there and cases) or not check(register).sound:
            count.broken.append(f"round {number}: {there} cases, {said}, {check(register).findings}")
        register.close()
    return count


def _import(path: Path, rows: Sequence[RegisterRow], say: Callable[[str], None]) -> None:
    register = open_register(str(path))
    say("begun")
    import_cases(actor_on(register), rows)
    say("imported")
    time.sleep(10)


def _work(path: Path, say: Callable[[str], None]) -> None:
    """What an officer's process does until it is killed; `say` is what the officer saw."""
    register = open_register(str(path))
    actor = actor_on(register, officer=f"officer {os.getpid()}")
    actor = Actor(register, actor.officer, actor.today)
    while True:
        words = f"{os.getpid()} {time.monotonic_ns()}"
        reference = log(actor, NewCase(kind=Kind.COMPLAINT, received_on=RECEIVED, description=words * 20)).reference
        say(f"log {reference}")
        acknowledge(actor, reference, Acknowledgement(on=RECEIVED))
        say(f"acknowledge {reference}")
        note(actor, reference, Note(on=RECEIVED, words=words))
        say(f"note {reference}")
        withdraw(actor, reference, Withdrawal(on=RECEIVED + timedelta(days=1), reason=words))
        say(f"withdraw {reference}")
        if time.monotonic_ns() % 3 == 0:
            backup(register)


def _restore_all_day(path: Path, files: tuple[Path, Path], say: Callable[[str], None]) -> None:
    while True:
        for file in files:
            restore(file, str(path))
            say(file.name)


def killed(work: Callable[[Callable[[str], None]], None], after: float) -> list[str]:
    """Forks a process for `work`, kills it `after` seconds from the first thing it said, and gives what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(lambda words: void(os.write(writing, f"{words}\n".encode())))
        except BaseException as error:
            os.write(writing, f"FAILED {type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(1)
    os.close(writing)
    said = bytearray()
    deadline = time.monotonic() + 30
    begun = False
    while (left := deadline - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            if not (more := os.read(reading, 65536)):
                break
            said += more
            if not begun:
                begun, deadline = True, time.monotonic() + after
    os.kill(child, signal.SIGKILL)
    while more := os.read(reading, 65536):
        said += more
    os.close(reading)
    os.waitpid(child, 0)
    # A line without its end was not acknowledged yet.
    lines = said.decode().split("\n")[:-1]
    if failed := [line for line in lines if line.startswith("FAILED")]:
        raise AssertionError(failed[0])
    return lines


def void(_: object) -> None:
    """Takes what is not needed."""


def look(path: Path, acknowledged: list[str], count: Count, *, thoroughly: bool) -> None:
    register = open_register(str(path))
    try:
        with register.reading() as session:
            done = set(
                session.exec(
                    select_rows(col(Event.step), col(Case.reference)).join(Case, col(Case.id) == col(Event.case_id))
                ).all()
            )
        for line in acknowledged:
            step, reference = line.split(" ", 1)
            if (step, reference) not in done:
                count.broken.append(f"{line} is not there")
        if thoroughly:
            health = check(register)
            if not health.sound:
                count.broken.append("; ".join(finding.words for finding in health.findings))
            for kept in backups(str(path))[:3]:
                kept.verify()
            count.tell("checks")
    finally:
        register.close()
