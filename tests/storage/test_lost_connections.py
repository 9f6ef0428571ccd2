"""A network that falls silent, is cut or delays, between the program and a server: every wait ends with a sentence, the
team goes on, and nothing is there twice."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Event, Thread
from time import monotonic

import psycopg
import pytest

from feedback_tui.casework.notes import note
from feedback_tui.desk.queue.queue import queue
from feedback_tui.models.inputs.stages import Note
from feedback_tui.storage import change_watch
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend import server_timeouts
from feedback_tui.storage.backend.server_backend import LOCK, RegisterServer
from feedback_tui.storage.errors import InDoubt, RegisterBusy, ServerAway
from feedback_tui.storage.make_roles import make_roles
from feedback_tui.storage.register import Register, open_register
from tests.casework.cases import RECEIVED, Casework
from tests.conftest import actor_on
from tests.places import login_of, one_at_a_time
from tests.proxy import Proxy, proxy_to

pytestmark = pytest.mark.of_a_server
REFERENCE = "ASC-24-0001"


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fifth of the times, so that the tests wait no longer than they must. Their order is the same."""
    for name, seconds in {
        "STEP_WITHIN": 2.5,
        "ASK_WITHIN": 1.5,
        "PING_WITHIN": 0.5,
        "SILENT_FOR": 0.5,
        "CONNECT_WITHIN": 2,
    }.items():
        monkeypatch.setattr(server_timeouts, name, seconds)
    monkeypatch.setattr(server_timeouts, "STEP", server_timeouts.Limits(statement=5, lock=1, idle=2, transaction=30))


@pytest.fixture
def far(shropshire: Register) -> Iterator[tuple[Register, Proxy]]:
    """A register with one case, by way of a network that can fall silent; and that network."""
    Casework(shropshire).log(description="No carer came")
    with proxy_to(shropshire.where) as (proxy, address):
        register = open_register(address)
        queue(register, RECEIVED)
        try:
            yield register, proxy
        finally:
            register.close()


def noted(register: Register, words: str) -> None:
    note(actor_on(register, RECEIVED, register.login), REFERENCE, Note(on=RECEIVED, words=words))


def notes(register: Register) -> list[str]:
    from feedback_tui.desk.case.page import case_page

    return [event.words or "" for event in case_page(register, REFERENCE, RECEIVED).timeline[1:]]


def takes(seconds: float, work: Callable[[], object]) -> None:
    """The work ends in time, however it ends."""
    begun = monotonic()
    try:
        work()
    finally:
        assert monotonic() - begun < seconds


def test_a_silent_network_ends_every_wait_with_a_sentence(far: tuple[Register, Proxy]) -> None:
    register, proxy = far
    proxy.fall_silent()
    with pytest.raises(ServerAway, match=r"does not answer\). Nothing was saved; try again"):
        takes(8, lambda: noted(register, "lost"))
    with pytest.raises(ServerAway, match="does not answer"):
        takes(8, lambda: queue(register, RECEIVED))
    with pytest.raises(ServerAway, match="does not answer"):
        takes(8, lambda: open_register(register.where))
    proxy.speak()
    noted(register, "saved")
    assert notes(register) == ["saved"]


def test_a_connection_that_a_firewall_forgot_is_replaced(far: tuple[Register, Proxy]) -> None:
    """The network is there, only what was open is lost: nobody is told anything."""
    register, proxy = far
    proxy.fall_silent()
    proxy.speak()
    noted(register, "saved")
    assert notes(register) == ["saved"]


def test_a_connection_lost_in_the_middle_of_a_save_stops_nobody(
    far: tuple[Register, Proxy], shropshire: Register
) -> None:
    register, proxy = far
    proxy.silent_at = lambda sent: b"INSERT INTO event" in sent
    with pytest.raises(ServerAway, match="Nothing was saved"):
        takes(8, lambda: noted(register, "lost"))
    # The server let go of the lock by itself: the program that held it cannot say that it is gone.
    noted(shropshire, "of a colleague")
    proxy.speak()
    noted(register, "saved")
    assert notes(shropshire) == ["of a colleague", "saved"]
    assert check(shropshire).sound


def test_long_work_is_waited_for_while_the_server_is_at_it_and_no_longer(far: tuple[Register, Proxy]) -> None:
    register, proxy = far
    with register.reading() as session:
        session.connection().exec_driver_sql("SELECT pg_sleep(1.6)")
    proxy.silent_after = lambda sent: b"pg_sleep" in sent
    with pytest.raises(ServerAway), server_timeouts.long_work(), register.reading() as session:
        takes(8, lambda: session.connection().exec_driver_sql("SELECT pg_sleep(0.1)"))


@pytest.mark.parametrize("arrived", [True, False])
def test_a_commit_in_doubt_is_asked_for_by_its_event(
    far: tuple[Register, Proxy], shropshire: Register, arrived: bool
) -> None:
    """Cut at the commit, before it or after: asked over a new connection, by the event, which a failover leaves."""
    register, proxy = far

    proxy.speak_once_silent()
    if arrived:
        proxy.silent_after = lambda sent: b"COMMIT" in sent
        noted(register, "once")
    else:
        proxy.silent_at = lambda sent: b"COMMIT" in sent
        with pytest.raises(ServerAway, match="Nothing was saved"):
            noted(register, "once")
        noted(register, "once")
    assert notes(shropshire) == ["once"]
    assert check(shropshire).sound


def test_whether_it_was_saved_can_be_asked_later(far: tuple[Register, Proxy], shropshire: Register) -> None:
    register, proxy = far
    proxy.silent_after = lambda sent: b"COMMIT" in sent
    with pytest.raises(InDoubt, match="whether it was saved is not known") as arrived:
        takes(10, lambda: noted(register, "arrived"))
    proxy.speak()
    assert register.was_saved(arrived.value.event)
    proxy.silent_at = lambda sent: b"COMMIT" in sent
    with pytest.raises(InDoubt) as lost:
        takes(10, lambda: noted(register, "lost"))
    proxy.speak()
    assert not register.was_saved(lost.value.event)
    assert notes(shropshire) == ["arrived"]


def test_after_a_failover_the_number_of_a_transaction_is_another_ones(shropshire: Register) -> None:
    """A standby that took over may have given the number to somebody else's work: only the event is a proof."""
    Casework(shropshire).log()
    with shropshire.reading() as session:
        number, digest = (
            session.connection().exec_driver_sql("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").one()
        )
    from feedback_tui.storage.errors import SavedEvent

    assert shropshire.was_saved(SavedEvent(number, digest))
    assert not shropshire.was_saved(SavedEvent(number, "0" * 64))
    assert not shropshire.was_saved(SavedEvent(number + 1, digest))


def test_who_reads_cannot_hold_up_who_writes(shropshire: Register) -> None:
    with one_at_a_time():
        make_roles(shropshire.where)
    Casework(shropshire).log()
    with closing(psycopg.connect(login_of(shropshire.where, "rita", "feedback_reader"))) as reader:
        reader.execute("SELECT pg_advisory_lock(%s)", (0x46425455,))
        reader.execute("SELECT pg_advisory_lock(%s, id) FROM feedback_case", (change_watch.IN_A_CASE,))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute(LOCK)
        noted(shropshire, "saved")
        watching = shropshire.watch()
        takes(5, lambda: watching.enter(1))
        watching.close()
    assert notes(shropshire) == ["saved"]


def test_who_holds_the_register_is_named_and_since_when(shropshire: Register) -> None:
    with one_at_a_time():
        make_roles(shropshire.where)
    Casework(shropshire).log()
    lou = open_register(login_of(shropshire.where, "lou", "feedback_officer"))
    sam = open_register(login_of(shropshire.where, "sam", "feedback_officer"))
    try:
        since = r"in use by lou since \d\d:\d\d:\d\d\. Nothing was saved"
        with lou.transaction("lou"), pytest.raises(RegisterBusy, match=since):
            takes(5, lambda: noted(sam, "second"))
        with closing(psycopg.connect(lou.where)) as by_hand:
            by_hand.execute(LOCK)
            with pytest.raises(RegisterBusy, match=r"in use by lou just now\. Nothing was saved"):
                takes(5, lambda: noted(sam, "second"))
        noted(sam, "second")
    finally:
        lou.close()
        sam.close()


def test_each_kind_of_work_has_limits_on_the_server(shropshire: Register) -> None:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "tcp_keepalives_idle")
    asked = f"SELECT {', '.join(f'current_setting({name!r})' for name in names)}"

    def allowed() -> list[str]:
        with shropshire.transaction("kim", rehearsal=reading) as work:
            return list(work.session.connection().exec_driver_sql(asked).one())

    found = {}
    for reading in (True, False):
        found["reading" if reading else "step"] = allowed()
        with server_timeouts.long_work():
            found["long reading" if reading else "long work"] = allowed()
    # Over a local socket there are no keepalives: the tests' server is reached by TCP.
    assert found == {
        "reading": ["2min", "5s", "1min", "10"],
        "step": ["5s", "1s", "2s", "10"],
        "long reading": ["1h", "5s", "2min", "10"],
        "long work": ["1h", "5s", "2min", "10"],
    }


def test_a_program_that_ends_waits_for_no_server(far: tuple[Register, Proxy]) -> None:
    register, proxy = far
    proxy.fall_silent()
    ended = Event()

    def read() -> None:
        with pytest.raises(ServerAway), server_timeouts.within(60):
            queue(register, RECEIVED)
        ended.set()

    Thread(target=read, daemon=True).start()
    assert not ended.wait(0.2)
    register.abandon()
    assert ended.wait(2)


def test_a_name_server_that_does_not_answer_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    never = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_given, **_named: [never.wait()][:0])
    place = "postgresql://officer@register.council.example/desk"
    with pytest.raises(ServerAway, match="does not answer"):
        takes(6, lambda: open_register(place))
    never.set()


def test_a_watch_notices_that_its_server_is_gone(far: tuple[Register, Proxy], monkeypatch: pytest.MonkeyPatch) -> None:
    register, proxy = far
    monkeypatch.setattr(change_watch, "HEARD_EVERY", 0.0)
    watching = register.watch()
    assert watching.changed() is False
    proxy.fall_silent()
    with pytest.raises(psycopg.OperationalError):
        takes(5, watching.changed)
    watching.close()
    assert isinstance(register.keeper, RegisterServer)
