"""Officers at once on one register on a server; clients killed, and the server stopped as a crash would, under load.

``python -m tests.torture.on_a_server PLACE REFERENCE EDITS NAME`` is one officer: it prints each note that was
acknowledged to it, as soon as it was.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import suppress

from sqlalchemy import create_engine
from sqlmodel import col, select

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.desk.case.page import case_page
from feedback_tui.enums import Kind, StepKey
from feedback_tui.models.event import Event, Words
from feedback_tui.models.inputs.stages import NewCase, Note
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.errors import RegisterBusy, ServerAway
from feedback_tui.storage.register import Register, create_register, open_register
from tests.postgres import Server, server
from tests.torture.count import Count, chance_of
from tests.torture.stock import RECEIVED, TODAY, actor_on


def a_register(own: Server, name: str, profile: str = "shropshire") -> Register:
    """An empty register on a server."""
    engine = create_engine(
        f"{own.url.replace('postgresql', 'postgresql+psycopg')}/postgres", isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
    engine.dispose()
    return create_register(f"{own.url}/{name}", profile_text(profile))


def together(processes: int, edits: int) -> Count:
    """Lets `processes` officers write `edits` notes each, all on one case: as many notes stand there."""
    count = Count(f"No edit of {processes} officers × {edits} on one case of a server is lost")
    with server() as own:
        register = a_register(own, "together")
        reference = log(actor_on(register), NewCase(kind=Kind.COMMENT, received_on=RECEIVED)).reference
        officers = [_officer(register, reference, edits, f"officer{number}") for number in range(processes)]
        acknowledged = [line for officer in officers for line in officer.communicate(timeout=900)[0].split()]
        count.tried = processes * edits
        _look(register, acknowledged, count)
        if len(acknowledged) != count.tried:
            count.broken.append(f"{len(acknowledged)} were acknowledged of {count.tried}")
        register.close()
    return count


def crashes(rounds: int, officers: int = 4, seed: int = 3) -> Count:
    """In each round, under load, a client is killed and the server is stopped as a crash would, and started again."""
    count = Count("What a server had acknowledged is there after kills and crashes, once")
    chance = chance_of(seed)
    with server() as own:
        register = a_register(own, "crashes")
        references = [
            log(actor_on(register), NewCase(kind=Kind.COMMENT, received_on=RECEIVED)).reference for _ in range(officers)
        ]
        for number in range(rounds):
            working = [
                _officer(register, reference, 10_000, f"r{number}o{index}")
                for index, reference in enumerate(references)
            ]
            # Under load only once each has saved something.
            firsts = [officer.stdout.readline().strip() for officer in working if officer.stdout is not None]
            time.sleep(chance.random())
            working[0].send_signal(signal.SIGKILL)
            own.stop("immediate")
            own.start()
            time.sleep(1 + chance.random())
            for officer in working:
                officer.terminate()
            later = [line for officer in working for line in officer.communicate(timeout=60)[0].split()]
            acknowledged = [*firsts, *later]
            count.tried += 1
            count.tell("acknowledged writes", len(acknowledged))
            _look(register, acknowledged, count)
        register.close()
    return count


def _look(register: Register, acknowledged: list[str], count: Count) -> None:
    with register.reading() as session:
        query = select(Words.text).join(Event, col(Event.reason) == col(Words.digest))
        stand = session.exec(query.where(col(Event.step) == StepKey.NOTE)).all()
    if lost := set(acknowledged) - set(stand):
        count.broken.append(f"{len(lost)} acknowledged notes are lost, {min(lost)} first")
    if len(stand) != len(set(stand)):
        count.broken.append(f"{len(stand) - len(set(stand))} notes stand there twice")
    if not (health := check(register)).sound:
        count.broken.append("; ".join(finding.words for finding in health.findings))


def _officer(register: Register, reference: str, edits: int, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.torture.on_a_server", register.where, reference, str(edits), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _work(where: str, reference: str, edits: int, name: str) -> None:
    """Writes notes one after the other; one whose fate is not known is tried again only if it is not there."""
    register = None
    for number in range(edits):
        words, in_doubt = f"{name}-{number}", False
        while True:
            with suppress(RegisterBusy, ServerAway):
                register = register or open_register(where)
                if in_doubt and any(event.words == words for event in case_page(register, reference, TODAY).timeline):
                    break
                in_doubt = True
                note(Actor(register, name, TODAY), reference, Note(on=RECEIVED, words=words))
                break
            time.sleep(0.01)
        print(words, flush=True)


if __name__ == "__main__":
    _work(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
