"""Attacks on a register on a server, by SQL, as a login of each role: nothing hidden is told, and nothing changes.

The logins may make temporary tables here: what they are refused, they are refused without that.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import open_register
from tests.torture.attacker import LIMITED
from tests.torture.count import Count
from tests.torture.forged_events import BELOW, Forged, Scene, forged_event, sql_value
from tests.torture.server_stock import LOGINS, copied, dropped, hidden_case, logged_in, made

_SHORTEST = 6
"""Letters of a hidden text that is looked for: a shorter one may stand elsewhere by chance."""


Attack = Callable[[Scene], Iterator[str | Forged]]
"""The statements of an attack, each of which may fail."""


def run(server: str, original: str, through_the_program: Sequence[str] = LIMITED) -> Count:
    """Tries every attack on a copy of a furnished register, as each role that does not see every case; and the commands
    that read, as these roles."""
    count = Count("No attack by SQL or through the program tells of a hidden case, or changes a row")
    name = f"{original}_attacked"
    place = copied(server, original, name)
    hidden = hidden_texts(place)
    with psycopg.connect(place, autocommit=True) as owner:
        owner.execute(made(f'GRANT TEMPORARY ON DATABASE "{name}" TO PUBLIC'))
        before = _all_of_it(owner)
        for role in LIMITED:
            for attack in ATTACKS:
                count.tried += 1
                said = _attempt(place, LOGINS[role], attack)
                what = f"{role}: {attack.__name__}"
                count.broken += [f"{what} told {text!r}" for text in hidden if text in said]
                if (after := _all_of_it(owner)) != before:
                    changed = [table for table in after if after[table] != before.get(table)]
                    count.broken.append(f"{what} changed {', '.join(changed)}")
                    before = after
                if _became_more(owner, LOGINS[role]):
                    count.broken.append(f"{what} became more than it was")
            for command in COMMANDS if role in through_the_program else ():
                count.tried += 1
                said = _told_by_the_program(place, LOGINS[role], command)
                count.broken += [f"{role}: {' '.join(command)} told {text!r}" for text in hidden if text in said]
        owner.execute(made(f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC'))
    register = open_register(place)
    count.broken += [f"afterwards: {finding.words}" for finding in check(register).findings]
    register.close()
    dropped(server, name)
    return count


def hidden_texts(place: str) -> set[str]:
    """The texts that stand in the hidden case, and in no other."""
    case = hidden_case(place)
    with psycopg.connect(place) as connection:
        rows = connection.execute(
            "SELECT text FROM words WHERE case_id = %(case)s UNION "
            "SELECT name FROM person WHERE id IN (SELECT person_id FROM party WHERE case_id = %(case)s) UNION "
            "SELECT summary FROM feedback_case WHERE id = %(case)s UNION "
            "SELECT reference FROM feedback_case WHERE id = %(case)s",
            {"case": case},
        ).fetchall()
        others = " ".join(
            str(row)
            for sql in (
                "SELECT text FROM words WHERE case_id <> %s",
                "SELECT * FROM feedback_case WHERE id <> %s",
                # A case that was joined to it says so by its reference.
                "SELECT details FROM event WHERE case_id <> %s",
            )
            for row in connection.execute(made(sql), (case,)).fetchall()
        )
        people = connection.execute(
            "SELECT string_agg(name, ' ') FROM person WHERE id IN (SELECT person_id FROM party WHERE case_id <> %s)",
            (case,),
        ).fetchone()
    others += str(people)
    return {str(text) for (text,) in rows if text and len(text) >= _SHORTEST and text not in others}


def _scene(connection: psycopg.Connection[Any], place: str, login: str) -> Scene:
    last = connection.execute("SELECT number, digest FROM public.feedback_last_event()").fetchone()
    seen = connection.execute("SELECT min(case_id) FROM public.deadline WHERE state = 'open'").fetchone()
    assert last is not None
    assert seen is not None
    return Scene(login, (last[0], last[1]), seen[0], hidden_case(place), datetime.now(UTC))


def _attempt(place: str, login: str, attack: Attack) -> str:
    """All that an attack is told."""
    said: list[str] = []
    with logged_in(place, login) as connection:
        connection.add_notice_handler(lambda notice: said.append(f"{notice.message_primary} {notice.message_detail}"))
        scene = _scene(connection, place, login)
        for statement in attack(scene):
            try:
                said += _answers(connection, scene, statement)
            except psycopg.Error as error:
                said.append(f"{error} {error.diag.message_detail} {error.diag.context}")
            connection.execute("ROLLBACK")
    return "\n".join(said)


def _answers(connection: psycopg.Connection[Any], scene: Scene, statement: str | Forged) -> Iterator[str]:
    if isinstance(statement, Forged):
        connection.execute("BEGIN")
        row = connection.execute("SELECT clock_timestamp()").fetchone()
        assert row is not None
        begun = forged_event(scene._replace(now=row[0].astimezone(UTC)), statement.other)
        statement = f"{begun}; {statement.then}; {statement.end}"
    if statement.startswith("COPY"):
        with connection.cursor() as cursor, cursor.copy(made(statement)) as copying:
            yield from (bytes(part).decode() for part in copying)
        return
    cursor = connection.execute(made(statement))
    while True:
        if cursor.description:
            yield from map(str, cursor.fetchall())
        if not cursor.nextset():
            return


def _all_of_it(owner: psycopg.Connection[Any]) -> dict[str, object]:
    """A digest of each table; those that may be waited for by no one."""
    names = owner.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
    ).fetchall()
    return {
        str(name): owner.execute(
            made(f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM public.\"{name}\" AS t")
        ).fetchone()
        for (name,) in names
    }


def _became_more(owner: psycopg.Connection[Any], login: str) -> bool:
    row = owner.execute(
        "SELECT rolsuper OR rolcreaterole OR rolbypassrls OR rolcreatedb "
        "OR pg_has_role(oid, 'feedback_keeper', 'MEMBER') FROM pg_roles WHERE rolname = %s",
        (login,),
    ).fetchone()
    return bool(row and row[0])


def _told_by_the_program(place: str, login: str, command: tuple[str, ...]) -> str:
    from feedback_tui.cli.main import run as run_command

    own = place.replace("://officer@", f"://{login}@")
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        run_command(["--db", own, "--today", "2026-06-30", *command])
    # What was asked for is told again.
    return "\n".join(line for line in (out.getvalue() + err.getvalue()).splitlines() if "There is no case" not in line)


READ_ALL = tuple(f"SELECT t::text FROM public.{table} AS t" for table in ("feedback_case", "person", *BELOW))


def a_temporary_table_in_place_of_ours(_: Scene) -> Iterator[str | Forged]:
    yield "CREATE TEMP TABLE feedback_case (id int, restricted_to text)"
    yield "GRANT SELECT ON pg_temp.feedback_case TO PUBLIC"
    yield "INSERT INTO pg_temp.feedback_case SELECT n, NULL FROM generate_series(1, 100) AS n"
    yield "SET search_path = pg_temp, public"
    yield from READ_ALL


def a_temporary_view_that_runs_as_the_owner(scene: Scene) -> Iterator[str | Forged]:
    for name, columns in (
        ("feedback_case", "1 AS id, NULL::text AS restricted_to"),
        ("event", "1 AS id, 1 AS case_id, ''::text AS hash"),
        ("party", "1 AS id, 1 AS case_id, 1 AS person_id"),
        ("search", "1 AS case_id, ''::tsvector AS said"),
    ):
        yield (
            f"CREATE FUNCTION pg_temp.climb_{name}() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN "
            f"EXECUTE 'ALTER ROLE {scene.login} SUPERUSER'; RETURN true; END $$"
        )
        yield f"CREATE TEMP VIEW {name} AS SELECT {columns} WHERE pg_temp.climb_{name}()"
        yield f"GRANT SELECT ON pg_temp.{name} TO PUBLIC"
    yield "SET search_path = pg_temp, public"
    yield from READ_ALL
    yield "SELECT * FROM public.feedback_search('''carer'':*', 50, '{}', '')"
    yield "SELECT public.feedback_hidden_cases(), public.feedback_may_see(1), public.feedback_may_see_person(1)"
    yield "SELECT public.feedback_catch_up()"


def functions_and_operators_in_place_of_the_servers(scene: Scene) -> Iterator[str | Forged]:
    for function in ("lower(name) RETURNS text", "lower(text) RETURNS text", "trim(text) RETURNS text"):
        yield f"CREATE FUNCTION pg_temp.{function} LANGUAGE sql AS $$ SELECT 'kim' $$"
    yield (
        "CREATE FUNCTION pg_temp.yes(name, text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN "
        f"EXECUTE 'GRANT feedback_keeper TO {scene.login}'; RETURN true; END $$"
    )
    yield "CREATE OPERATOR pg_temp.= (LEFTARG = name, RIGHTARG = text, FUNCTION = pg_temp.yes)"
    yield "SET search_path = pg_temp, pg_catalog, public"
    yield from READ_ALL


def a_function_that_tells_what_it_is_given(scene: Scene) -> Iterator[str | Forged]:
    yield (
        "CREATE FUNCTION pg_temp.tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$ BEGIN "
        "RAISE NOTICE '%', $1; RETURN true; END $$"
    )
    for table in ("feedback_case", "person", *BELOW):
        yield f"SELECT 1 FROM public.{table} AS t WHERE pg_temp.tell(t::text)"
        yield f"SELECT count(*) FROM public.{table} AS t GROUP BY pg_temp.tell(t::text)"
    yield "SELECT 1 FROM public.feedback_case AS t JOIN public.words AS w ON pg_temp.tell(t.description || w.text)"


def errors_that_tell(_: Scene) -> Iterator[str | Forged]:
    yield "SELECT description::integer FROM public.feedback_case"
    yield "SELECT 1 FROM public.words WHERE text::integer = 1"
    yield "SELECT 1 FROM public.person WHERE name::date IS NULL"
    yield "INSERT INTO public.feedback_case SELECT * FROM public.feedback_case"
    yield "SELECT 1 / (CASE WHEN name LIKE '%' THEN 0 ELSE 1 END), name FROM public.person"


def to_be_someone_else(scene: Scene) -> Iterator[str | Forged]:
    for name in ("feedback_keeper", "officer", "kim", "postgres"):
        yield f"SET ROLE {name}"
        yield f"SET SESSION AUTHORIZATION {name}"
        yield from READ_ALL[:3]
        yield "RESET ROLE"
    yield f"GRANT feedback_keeper TO {scene.login}"
    yield f"ALTER ROLE {scene.login} SUPERUSER"
    yield f"ALTER ROLE {scene.login} RENAME TO kim"
    yield "CREATE ROLE kim_too LOGIN"


def to_switch_it_off(_: Scene) -> Iterator[str | Forged]:
    yield "SET row_security = off"
    yield from READ_ALL
    yield "SET session_replication_role = replica"
    for table in ("feedback_case", "event", "deadline"):
        yield f"ALTER TABLE public.{table} DISABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE public.{table} DISABLE TRIGGER ALL"
        yield f"ALTER TABLE public.{table} OWNER TO CURRENT_USER"
        yield f"DROP POLICY feedback_seen ON public.{table}"
        yield f"CREATE POLICY mine ON public.{table} USING (true)"
        yield f"CREATE RULE mine AS ON INSERT TO public.{table} DO ALSO DELETE FROM public.deadline"
        yield (
            f"CREATE TRIGGER mine BEFORE UPDATE ON public.{table} FOR EACH ROW "
            "EXECUTE FUNCTION suppress_redundant_updates_trigger()"
        )
        yield f"TRUNCATE public.{table} CASCADE"
    yield "CREATE OR REPLACE FUNCTION public.feedback_may_see(integer) RETURNS boolean LANGUAGE sql AS 'SELECT true'"
    yield "CREATE FUNCTION public.mine() RETURNS boolean LANGUAGE sql AS 'SELECT true'"
    yield "CREATE TABLE public.mine (id int)"
    yield "CREATE SCHEMA mine"
    yield "DROP FUNCTION public.event_is_signed() CASCADE"


def what_the_server_knows_beside_the_rows(_: Scene) -> Iterator[str | Forged]:
    yield "ANALYZE"
    yield "SELECT s::text FROM pg_stats AS s WHERE schemaname = 'public'"
    yield "SELECT s::text FROM pg_statistic AS s"
    yield "SELECT schema_to_xml('public', true, false, '')::text"
    yield "SELECT query FROM pg_stat_activity"
    yield "COPY public.feedback_case TO STDOUT"
    yield "COPY (SELECT * FROM public.words) TO PROGRAM 'cat'"
    yield "SELECT pg_read_file('PG_VERSION')"
    yield "CREATE EXTENSION pageinspect"
    yield "SELECT get_raw_page('public.feedback_case', 0)"


def to_let_oneself_in(scene: Scene) -> Iterator[str | Forged]:
    yield "UPDATE public.feedback_case SET restricted_to = NULL"
    yield f"UPDATE public.feedback_case SET restricted_to = '{scene.login}' WHERE id = {scene.hidden}"
    yield f"UPDATE public.feedback_case SET version = version + 1 WHERE id = {scene.hidden}"
    yield (
        f"INSERT INTO public.feedback_case SELECT * FROM public.feedback_case WHERE id = {scene.seen} "
        "ON CONFLICT (id) DO UPDATE SET restricted_to = NULL RETURNING description"
    )
    yield Forged({}, f"UPDATE public.feedback_case SET id = {scene.hidden} WHERE id = {scene.seen}")
    yield f"SELECT * FROM public.feedback_case WHERE id = {scene.hidden} FOR UPDATE"


def to_take_a_hidden_person_into_a_case_of_ones_own(scene: Scene) -> Iterator[str | Forged]:
    for person in range(1, 30):
        name = f"(SELECT name FROM public.person WHERE id = {person})"
        yield Forged(
            {},
            "INSERT INTO public.party (case_id, person_id, position, part, authority_words, relationship, may_be_told) "
            f"VALUES ({scene.seen}, {person}, 99, 'relative', '', '', '') RETURNING {name}; SELECT {name}",
            "ROLLBACK",
        )


def to_write_into_a_hidden_case(scene: Scene) -> Iterator[str | Forged]:
    for table in BELOW:
        changed = f"UPDATE public.{table} SET case_id = {scene.hidden}"
        yield Forged({}, f"DO $$ BEGIN {changed}; IF NOT FOUND THEN RAISE EXCEPTION 'none'; END IF; END $$")
        yield f"DELETE FROM public.{table} WHERE case_id = {scene.hidden} RETURNING *"
    yield Forged({"case_id": scene.hidden})
    yield Forged({"case_id": scene.hidden}, _contact(scene.hidden))
    yield Forged({}, _contact(scene.hidden))
    yield f"INSERT INTO public.viewing (case_id, officer, viewed_at) VALUES ({scene.hidden}, '{scene.login}', now())"
    yield Forged({}, f"INSERT INTO public.words VALUES (repeat('a', 64), {scene.hidden}, 'salt', 'text')")


def _contact(case: int, **given: object) -> str:
    columns = {
        "case_id": case,
        "position": 99,
        "contacted_on": date(2026, 6, 30),
        "kind": "call_to",
        "text": "x",
        **given,
    }
    written = ", ".join(map(sql_value, columns.values()))
    return f"INSERT INTO public.contact ({', '.join(columns)}) VALUES ({written})"


def events_of_others_and_of_other_times(scene: Scene) -> Iterator[str | Forged]:
    yield Forged({"officer": "Sam"})
    yield Forged({"officer": "kim"})
    yield Forged({"officer": scene.login.upper()})
    for moved in (timedelta(days=-30), timedelta(minutes=-2), timedelta(minutes=2)):
        yield Forged({"recorded_at": moved})
    yield Forged({"id": scene.last[0] + 2})
    yield Forged({"id": scene.last[0]})
    yield Forged({"id": -1})
    yield Forged({"previous_hash": "0" * 64})
    yield Forged({"hash": "0" * 64})
    yield Forged({}, f"UPDATE public.event SET officer = 'Sam' WHERE officer = '{scene.login}'")
    yield "DELETE FROM public.event"
    yield "UPDATE public.event SET officer = officer"
    yield "TRUNCATE public.event"


def rows_without_an_event(scene: Scene) -> Iterator[str | Forged]:
    yield "DELETE FROM public.deadline"
    yield "UPDATE public.deadline SET state = 'met'"
    yield "UPDATE public.feedback_case SET officer = 'Sam'"
    yield "UPDATE public.feedback_case SET status = 'closed'"
    yield "UPDATE public.person SET name = 'No one'"
    yield "DELETE FROM public.search"
    yield "UPDATE public.search SET words = ''"
    yield "UPDATE public.words SET text = NULL, salt = NULL"
    yield "DELETE FROM public.year_text"
    yield "UPDATE public.typed_figure SET value = '0'"
    yield "UPDATE public.reference_counter SET last = 0"
    yield "DELETE FROM public.day_off"
    yield "UPDATE public.setting SET value = ''"
    for table in BELOW:
        yield f"DELETE FROM public.{table}"
    # The event is of another case, or of the register.
    yield Forged({}, f"DELETE FROM public.deadline WHERE case_id <> {scene.seen}")
    yield Forged({"case_id": None}, "DELETE FROM public.deadline")
    yield Forged({}, "UPDATE public.typed_figure SET value = '0'")
    yield Forged({}, f"UPDATE public.deadline SET case_id = {scene.seen}")


def to_stop_all_logging(scene: Scene) -> Iterator[str | Forged]:
    largest = 2**31 - 1
    for table in ("feedback_case", "deadline", "event", "viewing", "contact"):
        yield f"SELECT setval('public.{table}_id_seq', {largest})"
        yield f"ALTER SEQUENCE public.{table}_id_seq RESTART WITH {largest}"
    yield Forged({}, f"UPDATE public.deadline SET id = {largest} WHERE case_id = {scene.seen}")
    yield Forged({}, f"{_contact(scene.seen, id=largest)}; SELECT public.feedback_catch_up()")
    yield (
        "INSERT INTO public.viewing (id, case_id, officer, viewed_at) "
        f"VALUES ({largest}, {scene.seen}, '{scene.login}', now())"
    )
    yield Forged({}, f"UPDATE public.reference_counter SET last = {largest}")
    yield Forged({}, f"INSERT INTO public.reference_counter VALUES (2027, {largest})")


def who_looked_as_someone_else(scene: Scene) -> Iterator[str | Forged]:
    yield f"INSERT INTO public.viewing (case_id, officer, viewed_at) VALUES ({scene.seen}, 'Sam', now())"
    yield (
        f"INSERT INTO public.viewing (case_id, officer, viewed_at) VALUES ({scene.seen}, '{scene.login}', "
        "now() - interval '1 day')"
    )
    yield "UPDATE public.viewing SET officer = 'Sam'"
    yield "DELETE FROM public.viewing"


def what_is_searched(scene: Scene) -> Iterator[str | Forged]:
    yield "SELECT * FROM public.feedback_search('''carer'':*', 500, '{}', 'MaxWords=500, MinWords=400')"
    yield "SELECT * FROM public.feedback_search('''elm'':*', 500, '{}', 'MaxWords=500, MinWords=400')"
    yield "SELECT * FROM public.feedback_search('''flora'':*', 500, NULL, '')"
    yield f"SELECT * FROM public.search WHERE case_id = {scene.hidden}"


ATTACKS: tuple[Attack, ...] = (
    a_temporary_table_in_place_of_ours,
    a_temporary_view_that_runs_as_the_owner,
    functions_and_operators_in_place_of_the_servers,
    a_function_that_tells_what_it_is_given,
    errors_that_tell,
    to_be_someone_else,
    to_switch_it_off,
    what_the_server_knows_beside_the_rows,
    to_let_oneself_in,
    to_take_a_hidden_person_into_a_case_of_ones_own,
    to_write_into_a_hidden_case,
    events_of_others_and_of_other_times,
    rows_without_an_event,
    to_stop_all_logging,
    who_looked_as_someone_else,
    what_is_searched,
)
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("queue",), ("cases",), ("today",), ("find", "carer"), ("find", "Flora"), ("learning",), ("chase-list",),
    ("report", "open"), ("report", "owed"), ("summary", "2026/27"), ("check",), ("subject", "Flora Elm"),
    ("erase", "--dry-run"),
    ("copy", "/nowhere", "/nowhere/else.db"), ("export", "/nowhere/out.csv"), ("export", "/nowhere/out.json"),
)  # fmt: skip
