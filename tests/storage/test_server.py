"""What only a register on a server has: logins and their roles, hidden cases, faults, who is in a case."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from feedback_tui.casework.errors import NoSuchCase
from feedback_tui.casework.notes import note
from feedback_tui.casework.restrict import restrict
from feedback_tui.desk.case.page import case_page
from feedback_tui.desk.queue.queue import queue
from feedback_tui.enums import Outcome
from feedback_tui.exchange.copy_register import copy_register
from feedback_tui.models.inputs.early_closure import Restriction
from feedback_tui.models.inputs.stages import Note, PointInput
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend import server_timeouts
from feedback_tui.storage.errors import (
    HiddenCases,
    InDoubt,
    OnServer,
    RegisterError,
    SavedEvent,
    ServerAway,
    ServerRefuses,
)
from feedback_tui.storage.make_roles import make_roles
from feedback_tui.storage.register import Register, open_register
from tests.casework.cases import RECEIVED, Casework
from tests.conftest import actor_on
from tests.places import everything_in, login_of, new_place, one_at_a_time
from tests.postgres import FAST, server
from tests.terminal.program import PATIENCE

pytestmark = pytest.mark.of_a_server
YEAR = reporting_year("2023/24")


def as_login(register: Register, login: str, role: str) -> Register:
    """The register as a login of this role sees it."""
    opened = open_register(login_of(register.where, login, role))
    opened.reader = opened.officer_for(login)
    return opened


@pytest.fixture
def shared(shropshire: Register) -> Register:
    """A register with roles, one open case and a restricted one."""
    with one_at_a_time():
        make_roles(shropshire.where)
    Casework(shropshire).log(customer_name="Ann Lee", points=(PointInput(team="Enable"),))
    secret = Casework(shropshire, officer="kim").log(customer_name="Councillor's Aunt", description="A secret")
    restrict(secret.actor(RECEIVED), secret.reference, Restriction(on=RECEIVED, officers=("kim",), reason="A relative"))
    return shropshire


def test_an_officer_does_casework_and_no_more(shared: Register) -> None:
    sam = as_login(shared, "sam", "feedback_officer")
    try:
        case = Casework(sam, officer="sam").log(customer_name="Bo Day", points=(PointInput(team="Enable"),))
        case.acknowledge(RECEIVED)
        case.investigate(RECEIVED)
        case.respond(RECEIVED, Outcome.UPHELD)
        for statement in (
            "UPDATE event SET officer = 'someone'",
            "DELETE FROM event",
            "TRUNCATE event",
            "UPDATE setting SET value = ''",
            "UPDATE words SET text = NULL",
        ):
            with pytest.raises(ServerRefuses, match="Your login may not do that"), sam.transaction("sam") as work:
                work.session.connection().exec_driver_sql(statement)
    finally:
        sam.close()
    assert check(shared).sound


def test_a_login_of_readers_reads_and_saves_nothing(shared: Register) -> None:
    reader = as_login(shared, "rita", "feedback_reader")
    try:
        assert len(queue(reader, RECEIVED)) == 1
        with pytest.raises(ServerRefuses, match="Nothing was saved"):
            note(actor_on(reader, RECEIVED, "rita"), "ASC-24-0001", Note(on=RECEIVED, words="No"))
    finally:
        reader.close()


def test_a_restricted_case_is_hidden_by_the_server_itself(shared: Register) -> None:
    sam, kim, boss = (
        as_login(shared, "sam", "feedback_officer"),
        as_login(shared, "kim", "feedback_officer"),
        as_login(shared, "boss", "feedback_manager"),
    )
    keeper = as_login(shared, "keith", "feedback_keeper")
    try:
        with sam.engine.connect() as connection:
            for table, column in (
                ("feedback_case", "description"),
                ("person", "name"),
                ("words", "text"),
                ("search", "words"),
            ):
                found = connection.exec_driver_sql(f"SELECT {column} FROM {table}").scalars().all()
                assert found
                assert not {"A secret", "Councillor's Aunt"} & set(found)
        with pytest.raises(NoSuchCase):
            case_page(sam, "ASC-24-0002", RECEIVED)
        assert case_page(kim, "ASC-24-0002", RECEIVED).description == "A secret"
        # Whoever does not see every case has no figures that are short of some.
        with pytest.raises(HiddenCases, match="1 restricted case is hidden from your login"):
            figures_of(sam, YEAR, RECEIVED)
        with pytest.raises(HiddenCases, match="a keeper prints them"):
            figures_of(boss, YEAR, RECEIVED)
        assert figures_of(keeper, YEAR, RECEIVED).feedback.total == 2
    finally:
        for each in (sam, kim, boss, keeper):
            each.close()


def test_the_login_is_the_officer(shared: Register) -> None:
    sam = as_login(shared, "sam", "feedback_officer")
    try:
        with pytest.raises(RegisterError, match="you are sam, not Kim Ode"):
            sam.officer_for("Kim Ode")
    finally:
        sam.close()


def test_who_is_in_a_case_is_seen_by_the_others(shared: Register) -> None:
    sam, kim = as_login(shared, "sam", "feedback_officer"), as_login(shared, "kim", "feedback_officer")
    watching, other = sam.watch(), kim.watch()
    try:
        assert watching.enter(1) == []
        assert other.enter(1) == ["sam"]
        assert watching.enter(1) == ["kim"]
        assert other.enter(2) == []
        assert watching.enter(1) == []
        watching.close()
        # The server lets go of what a connection held once it has noticed that it is gone.
        end = monotonic() + PATIENCE
        while other.enter(1):
            assert monotonic() < end, "sam is in the case still"
    finally:
        for each in (watching, other, sam, kim):
            each.close()


def test_there_and_back_again(shropshire: Register, tmp_path: Path) -> None:
    case = Casework(shropshire).log(customer_name="Łucja", points=(PointInput(text="x"),))
    case.acknowledge(RECEIVED)
    file = str(tmp_path / "copy.db")
    copied = copy_register(shropshire.where, file)
    assert copied.cases == 1
    back = new_place(tmp_path)
    assert copy_register(file, back) == copied
    assert everything_in(back) == everything_in(shropshire.where)
    with pytest.raises(RegisterError, match="exists already"):
        copy_register(file, back)
    # Numbers go on where they were.
    other = open_register(back)
    try:
        Casework(other).log(customer_name="Next")
        assert check(other).sound
    finally:
        other.close()


def test_what_only_a_file_has_points_to_the_servers_own_tools(shropshire: Register) -> None:
    from feedback_tui.storage.maintenance.backup import backup

    with pytest.raises(OnServer, match="pg_dump"):
        backup(shropshire)


def test_a_server_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    """Away at the start, gone before a save, back again: plain sentences, and nothing twice."""
    from feedback_tui.rules.profile import profile_text
    from feedback_tui.storage.register import create_register

    with server(FAST) as own:
        engine = create_engine(
            f"{own.url.replace('postgresql', 'postgresql+psycopg')}/postgres", isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE desk TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
        engine.dispose()
        register = create_register(f"{own.url}/desk", profile_text("shropshire"))
        case = Casework(register).log()
        own.stop("fast")
        with pytest.raises(ServerAway, match="Nothing was saved; try again"):
            case.acknowledge(RECEIVED)
        with pytest.raises(ServerAway):
            open_register(register.where)
        own.start()
        case.acknowledge(RECEIVED)
        assert [event.past for event in case.page().timeline] == ["logged", "acknowledged"]
        assert check(register).sound
        register.close()


@pytest.mark.parametrize("saved", [True, False])
def test_a_commit_whose_answer_is_lost_is_asked_after(
    shropshire: Register, monkeypatch: pytest.MonkeyPatch, saved: bool
) -> None:
    """The connection breaks after the commit, or before it: saving says which, and nothing is there twice."""
    case = Casework(shropshire).log()

    def broken(connection: Any) -> None:
        if saved:
            connection.commit()
        connection.driver_connection.close()
        monkeypatch.undo()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(shropshire.engine.dialect, "do_commit", broken)
    if saved:
        case.acknowledge(RECEIVED)
    else:
        with pytest.raises(ServerAway, match="Nothing was saved; try again"):
            case.acknowledge(RECEIVED)
        case.acknowledge(RECEIVED)
    assert [event.past for event in case.page().timeline] == ["logged", "acknowledged"]
    assert check(shropshire).sound


def test_where_no_one_can_say_whether_it_was_saved_that_is_said(
    shropshire: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_timeouts, "ASK_WITHIN", 0)
    gone = create_engine("postgresql+psycopg://127.0.0.1:1/gone")
    with pytest.raises(InDoubt, match="whether it was saved is not known"):
        shropshire.keeper.was_saved(gone, SavedEvent(1, "0" * 64))


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("postgresql://officer:secret@127.0.0.1/desk", "A password does not belong in the address"),
        ("postgresql://officer@127.0.0.1:1/desk", "cannot be reached"),
        ("postgresql://no.such.host.invalid/desk", "there is no such host"),
        ("postgresql:desk", "is no address of a database"),
    ],
)
def test_an_address_that_cannot_be_used(where: str, said: str) -> None:
    with pytest.raises(RegisterError, match=said) as caught:
        open_register(where)
    assert "secret" not in str(caught.value)


def test_a_database_that_sorts_otherwise_is_refused_with_the_right_command(tmp_path: Path) -> None:
    from tests import places

    place = places.database("TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    from feedback_tui.rules.profile import profile_text
    from feedback_tui.storage.register import create_register

    with pytest.raises(RegisterError, match="createdb --template template0 --encoding UTF8"):
        create_register(place, profile_text("shropshire"))
    places.drop(place)


@pytest.mark.parametrize(
    ("made", "login", "told"),
    [
        ('CREATE ROLE "may not" NOLOGIN', "may not", r"not permitted to log in\. Log in by another name"),
        ('CREATE ROLE "no more" LOGIN CONNECTION LIMIT 0', "no more", "every connection that it has is taken"),
        ("SELECT 1", "never heard of", "does not exist. Ask whoever keeps it to make it"),
    ],
)
def test_a_login_that_is_not_let_in_is_told_why(shropshire: Register, made: str, login: str, told: str) -> None:
    with one_at_a_time(), psycopg.connect(shropshire.where, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone():
            connection.execute(made)
    where = make_url(shropshire.where).set(username=login).render_as_string(hide_password=False)
    with pytest.raises(RegisterError, match=told) as error:
        open_register(where)
    assert "the connection broke" not in str(error.value)


def test_a_database_that_takes_no_more_connections_says_so(shropshire: Register) -> None:
    shropshire.close()
    name = make_url(shropshire.where).database
    where = login_of(shropshire.where, "plain officer", "pg_read_all_data")
    with psycopg.connect(shropshire.where, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT 0')
    with pytest.raises(ServerAway, match="every connection that it has is taken"):
        open_register(where)
