"""What a server holds its logins to, whichever program asks; and that its catalogue leaves nothing open."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from feedback_tui.casework.errors import NoSuchCase, Restricted
from feedback_tui.casework.log import log
from feedback_tui.casework.restrict import restrict
from feedback_tui.casework.view_log import views_of
from feedback_tui.desk.case.page import case_page
from feedback_tui.enums import Kind
from feedback_tui.exchange.copy_register import copy_register
from feedback_tui.models.inputs.early_closure import Restriction
from feedback_tui.models.inputs.stages import NewCase
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend import schema
from feedback_tui.storage.backend.server_functions import KEEPER
from feedback_tui.storage.backend.server_roles import MANAGER, OFFICER, READER, ROLES
from feedback_tui.storage.make_roles import make_roles
from feedback_tui.storage.register import Register, create_register, open_register
from tests.casework.cases import RECEIVED, Casework
from tests.conftest import actor_on
from tests.places import SERVER, login_of, one_at_a_time
from tests.torture import attacker, attacks
from tests.torture.server_stock import dropped, furnished

pytestmark = pytest.mark.of_a_server
_number = itertools.count(1)


@pytest.fixture
def shared(shropshire: Register) -> Register:
    """A register with roles, an open case, and one restricted to Kim."""
    with one_at_a_time():
        make_roles(shropshire.where)
    Casework(shropshire).log(customer_name="Ann Lee")
    secret = Casework(shropshire, officer="kim").log(customer_name="Councillor's Aunt", description="A secret")
    restrict(secret.actor(RECEIVED), secret.reference, Restriction(on=RECEIVED, officers=("kim",), reason="A relative"))
    return shropshire


@pytest.fixture
def as_login(shared: Register) -> Iterator[Any]:
    """Opens the register as a login of a role."""
    opened: list[Register] = []

    def open_it(login: str, role: str) -> Register:
        register = open_register(login_of(shared.where, login, role))
        register.reader = register.officer_for(login)
        opened.append(register)
        return register

    yield open_it
    for register in opened:
        register.close()


@pytest.fixture(scope="module")
def original() -> Iterator[str]:
    """The name of the database of a furnished register with roles, which no one is connected to."""
    name = f"furnished_{next(_number)}_{id(_number)}"
    yield furnished(SERVER, name)
    dropped(SERVER, name)


def test_every_attack_as_each_role(original: str) -> None:
    count = attacks.run(SERVER, original, through_the_program=(MANAGER,))
    assert count.broken == []
    assert count.tried == 3 * len(attacks.ATTACKS) + len(attacks.COMMANDS)


def test_statements_at_random_say_the_same_of_two_registers(original: str) -> None:
    count = attacker.run(SERVER, original, 150, seed=17)
    assert count.broken == []
    assert count.told["answered"] > 30


def open_in_the_catalogue(connection: psycopg.Connection[Any]) -> list[str]:
    """What a login could go through: a table without a policy, a function of the owner's that can be led astray, a
    right of everyone's, a sequence that may be set."""
    asked = (
        # Tables, views and whatever else holds rows: what has a policy, or is named here as everyone's to read.
        "SELECT 'table ' || relname FROM pg_class AS c WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT (relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy "
        "WHERE polrelid = c.oid)) AND relname NOT IN ('setting', 'day_off', 'working_day', 'typed_figure', "
        "'year_text', 'reference_counter', 'calendar_day', 'alembic_version')",
        # A policy is one that asks for the case.
        "SELECT 'policy ' || tablename FROM pg_policies WHERE schemaname = 'public' AND (policyname <> 'feedback_seen' "
        "OR permissive <> 'PERMISSIVE' OR cmd <> 'ALL' OR roles <> '{public}' "
        "OR qual !~ 'feedback_may_see|feedback_case' OR with_check !~ 'feedback_may_see|feedback_case')",
        "SELECT 'two policies ' || tablename FROM pg_policies WHERE schemaname = 'public' GROUP BY 1 "
        "HAVING count(*) > 1",
        # Functions: with a path of their own, and run by no one who was not given them.
        "SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef "
        "AND proconfig IS DISTINCT FROM ARRAY['search_path=pg_catalog, pg_temp']",
        "SELECT 'everyone runs ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
        "AND has_function_privilege('public', oid, 'EXECUTE')",
        # Rights: of everyone, and on sequences.
        "SELECT 'everyone ' || privilege_type || ' ' || relname FROM pg_class, aclexplode(relacl) "
        "WHERE relnamespace = 'public'::regnamespace AND grantee = 0",
        "SELECT 'sets ' || relname FROM pg_class, aclexplode(relacl) WHERE relnamespace = 'public'::regnamespace "
        "AND relkind = 'S' AND privilege_type <> 'USAGE' AND grantee <> relowner",
        "SELECT 'default for everyone ' || defaclobjtype::text FROM pg_default_acl, aclexplode(defaclacl) "
        "WHERE grantee = 0",
        "SELECT 'functions to come' WHERE NOT EXISTS (SELECT 1 FROM pg_default_acl WHERE defaclobjtype = 'f')",
        "SELECT 'temporary tables' WHERE has_database_privilege('public', current_database(), 'TEMPORARY')",
        "SELECT 'tables of anyone' WHERE has_schema_privilege('public', 'public', 'CREATE')",
        # Every row of a case, and of the register, is held to the record.
        "SELECT 'no event for ' || relname FROM pg_class AS c WHERE relnamespace = 'public'::regnamespace "
        "AND relkind = 'r' AND relname NOT IN ('event', 'alembic_version') AND NOT EXISTS (SELECT 1 FROM pg_trigger "
        "WHERE tgrelid = c.oid AND tgconstraint <> 0 AND tgdeferrable AND tgenabled = 'O' AND tgname LIKE '%_is_told')",
    )
    return [str(row[0]) for sql in asked for row in connection.execute(sql).fetchall()]


def test_the_catalogue_leaves_nothing_open_and_a_new_table_would(shared: Register) -> None:
    with psycopg.connect(shared.where) as connection:
        assert open_in_the_catalogue(connection) == []
        connection.execute("CREATE TABLE secret (case_id integer, text text)")
        connection.execute("CREATE FUNCTION led_astray() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'")
        connection.execute("GRANT UPDATE ON SEQUENCE deadline_id_seq TO feedback_officer")
        assert open_in_the_catalogue(connection) == [
            "table secret",
            "function led_astray",
            "sets deadline_id_seq",
            "no event for secret",
        ]
        connection.rollback()


def test_what_a_model_adds_without_a_case_is_seen_by_no_one() -> None:
    """A table that nothing was said of: held back until someone says what of it a login may see."""
    from sqlalchemy import Column, Integer, Table
    from sqlmodel import SQLModel

    from feedback_tui.storage.backend.server_guards import Policy, policy_of

    table = Table("newly_added", SQLModel.metadata, Column("id", Integer, primary_key=True))
    try:
        assert policy_of("newly_added") == Policy("false", "false")
    finally:
        SQLModel.metadata.remove(table)


LEFT_OPEN = {
    "ALTER FUNCTION public.feedback_may_see(integer) RESET search_path": "The function feedback_may_see is not as",
    "CREATE OR REPLACE FUNCTION public.feedback_owns() RETURNS boolean LANGUAGE sql AS 'SELECT true'": "feedback_owns",
    "GRANT EXECUTE ON FUNCTION public.feedback_catch_up() TO PUBLIC": "Everyone may run the function feedback_catch_up",
    "CREATE FUNCTION public.astray() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'": "astray is none of ours",
    "ALTER TABLE deadline DISABLE ROW LEVEL SECURITY": "The rows of deadline are not kept from those who may",
    "DROP POLICY feedback_seen ON event": "The rows of event are not kept",
    "CREATE POLICY mine ON words USING (true)": "The rows of words are not kept",
    "ALTER POLICY feedback_seen ON person USING (true) WITH CHECK (true)": "The rows of person are not kept",
    "ALTER TABLE deadline DISABLE TRIGGER deadline_is_told": "The trigger deadline_is_told is not as it must be",
    "DROP TRIGGER event_is_signed ON event": "The trigger event_is_signed is not as it must be",
    "GRANT UPDATE ON SEQUENCE deadline_id_seq TO feedback_officer": "Others than the owner may set the numbers of",
    "ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC": "Functions that are made later could be run by",
    "GRANT CREATE ON SCHEMA public TO PUBLIC": "Everyone may make tables in",
    "DO $$ BEGIN EXECUTE 'GRANT TEMPORARY ON DATABASE ' || quote_ident(current_database()) || ' TO PUBLIC'; END $$": (
        "Everyone may make temporary tables"
    ),
}


def test_check_says_where_a_server_is_open_and_roles_puts_it_right(shared: Register) -> None:
    for statement, told in LEFT_OPEN.items():
        with shared.engine.connect() as connection:
            connection.exec_driver_sql(statement)
            (found,) = schema.differences(connection)
            assert told in found
            connection.rollback()
    with psycopg.connect(shared.where, autocommit=True) as connection:
        for statement in LEFT_OPEN:
            connection.execute(statement)
        assert len(check(shared).findings) >= len(LEFT_OPEN) - 1, "one table is open in two ways"
        connection.execute("DROP FUNCTION public.astray()")
    with one_at_a_time():
        make_roles(shared.where)
    assert check(shared).findings == ()


def test_logins_have_the_names_that_people_write(place: str) -> None:
    """A name with capitals and a space owns the register, another works in it."""
    owner = login_of(place, "Head Of Service")
    create_register(owner, profile_text("shropshire")).close()
    with one_at_a_time():
        make_roles(owner)
    register = open_register(login_of(place, "Pat O-Lowe Jones", OFFICER))
    register.reader = register.officer_for("Pat O-Lowe Jones")
    case = Casework(register, officer="Pat O-Lowe Jones").log(customer_name="Ann Lee")
    restrict(
        case.actor(RECEIVED),
        case.reference,
        Restriction(on=RECEIVED, officers=("Pat O-Lowe Jones",), reason="A relative"),
    )
    assert case_page(register, case.reference, RECEIVED).restricted_to == "Pat O-Lowe Jones"
    register.close()
    register = open_register(owner)
    assert check(register).findings == ()
    register.close()


def test_a_server_of_the_version_before_is_put_right_with_its_next_migration(shared: Register) -> None:
    """Its functions looked where a login makes tables, its policies left events and sequences open."""
    with psycopg.connect(shared.where, autocommit=True) as connection:
        connection.execute(
            "DO $$ DECLARE found record; BEGIN "
            "FOR found IN SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgname NOT LIKE 'event_no%' LOOP "
            "EXECUTE format('DROP TRIGGER %I ON %I', found.tgname, found.relname); END LOOP; "
            "FOR found IN SELECT policyname, tablename FROM pg_policies LOOP "
            "EXECUTE format('DROP POLICY %I ON %I', found.policyname, found.tablename); END LOOP; "
            "FOR found IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
            "AND proname <> 'event_is_kept' LOOP EXECUTE format('DROP FUNCTION %s', found.name); END LOOP; END $$"
        )
        connection.execute(
            "CREATE FUNCTION feedback_hidden() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER "
            "SET search_path = public AS $$ SELECT id FROM feedback_case WHERE restricted_to IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM unnest(string_to_array(restricted_to, ';')) AS n "
            "WHERE lower(n) = lower(session_user)) $$"
        )
        connection.execute(
            "CREATE POLICY feedback_named ON feedback_case TO feedback_reader, feedback_officer "
            "USING (id NOT IN (SELECT feedback_hidden())) WITH CHECK (true)"
        )
        connection.execute("CREATE POLICY feedback_all ON feedback_case TO feedback_manager USING (true)")
        connection.execute("GRANT UPDATE ON ALL SEQUENCES IN SCHEMA public TO feedback_officer")
        connection.execute("ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC")
    schema.migrate(shared.engine)
    assert check(shared).findings == ()
    with psycopg.connect(shared.where) as connection:
        assert open_in_the_catalogue(connection) == []


@pytest.mark.parametrize("role", [READER, OFFICER, MANAGER])
def test_who_is_not_named_sees_nothing_below_a_restricted_case(as_login: Any, role: str) -> None:
    register = as_login(f"g_{role}", role)
    with register.engine.execution_options(reading=True).connect() as connection:
        for table in ("feedback_case", "person"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 1, table
        for table in ("event", "stage", "party", "deadline", "words", "search", "complaint_point"):
            cases = connection.exec_driver_sql(
                f"SELECT DISTINCT case_id FROM {table} WHERE case_id IS NOT NULL"
            ).scalars()
            assert list(cases) == [1], table
    with pytest.raises(NoSuchCase):
        case_page(register, "ASC-24-0002", RECEIVED)


def test_what_a_login_records_is_its_own_and_of_the_servers_now(as_login: Any, shared: Register) -> None:
    sam = as_login("sam", OFFICER)
    before = datetime.now(UTC) - timedelta(seconds=1)
    long_ago = actor_on(sam, RECEIVED, "sam")
    reference = log(
        long_ago.__class__(sam, "sam", RECEIVED, now=lambda: datetime(2001, 1, 1, tzinfo=UTC)),
        NewCase(kind=Kind.COMPLAINT, received_on=RECEIVED, procedure="statutory-adult", customer_name="Bo"),
    ).reference
    (event,) = case_page(sam, reference, RECEIVED).timeline
    assert event.officer == "sam"
    assert before <= event.recorded_at <= datetime.now(UTC) + timedelta(seconds=1)
    assert check(shared).sound


def test_who_restricts_a_case_to_others_sees_it_no_more_and_those_named_let_all_in_again(
    as_login: Any, shared: Register
) -> None:
    sam, kim = as_login("sam", OFFICER), as_login("kim", OFFICER)
    odd = 'Zoë "Z" O\'Neil \\ 50 % \u2028'
    case = Casework(sam, officer="sam").log(customer_name="Bo Day", officer="kim")
    given = Restriction(on=RECEIVED, officers=("kim", odd), reason="A colleague's aunt")
    restrict(case.actor(RECEIVED), case.reference, given)
    with pytest.raises(NoSuchCase):
        case_page(sam, case.reference, RECEIVED)
    own = actor_on(kim, RECEIVED, "kim")
    restrict(own, case.reference, Restriction(on=RECEIVED, officers=(), reason="They left"))
    assert [event.officer for event in case_page(sam, case.reference, RECEIVED).timeline] == ["sam", "sam", "kim"]
    assert check(shared).sound


def test_a_keepers_openings_are_on_record_whatever_the_profile_says(
    as_login: Any, shared: Register, tmp_path: Any
) -> None:
    keith, kim = as_login("keith", KEEPER), as_login("kim", OFFICER)
    with pytest.raises(Restricted):
        case_page(shared, "ASC-24-0002", RECEIVED)
    assert views_of(kim, "ASC-24-0002") == ()
    for _ in range(2):
        assert case_page(keith, "ASC-24-0002", RECEIVED).description == "A secret"
    assert [view.officer for view in views_of(kim, "ASC-24-0002")] == ["keith"]
    case_page(keith, "ASC-24-0001", RECEIVED)
    assert views_of(kim, "ASC-24-0001") == ()
    copy_register(keith.where, str(tmp_path / "copy.db"))
    assert len(views_of(kim, "ASC-24-0002")) == 2


def test_a_reference_that_a_hidden_case_has_is_passed_over(as_login: Any, shared: Register) -> None:
    with psycopg.connect(shared.where) as connection:
        connection.execute("UPDATE reference_counter SET last = 1")
    assert Casework(as_login("sam", OFFICER), officer="sam").log().reference == "ASC-24-0003"


def test_the_roles_are_those_of_the_guide() -> None:
    assert ROLES == ("feedback_reader", "feedback_officer", "feedback_manager", "feedback_keeper")
