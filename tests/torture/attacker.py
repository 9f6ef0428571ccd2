"""An attacker who knows the catalogue tries statements at random on two registers that differ only in a hidden case.

What either says may hold nothing of that case, and both must say the same: rows, counts, sums, errors, notices.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, NamedTuple

import psycopg

from tests.torture.count import Count, chance_of
from tests.torture.server_stock import (
    LOGINS,
    columns_of,
    copied,
    dropped,
    hidden_case,
    logged_in,
    made,
    mark,
)

CANARIES = ("zqcanaryone", "zqcanarytwo")
"""What stands in every text of the hidden case, in the one register and in the other: as long, so that sizes are the
same."""
WITHOUT = ("feedback_moment",)
"""Functions that say something else each time."""
LIMITED = ("feedback_reader", "feedback_officer", "feedback_manager")
"""The roles that do not see every case."""
_AGGREGATES = (
    "count({0})",
    "count(DISTINCT {0})",
    "max({0}::text)",
    "min({0}::text)",
    "sum(length({0}::text))",
    "bool_or({0} IS NOT NULL)",
    "string_agg({0}::text, ',' ORDER BY {0}::text)",
    "md5(string_agg({0}::text, '' ORDER BY {0}::text))",
    "array_agg({0} ORDER BY {0}::text)::text",
    "json_agg({0} ORDER BY {0}::text)::text",
    "mode() WITHIN GROUP (ORDER BY {0}::text)",
)


class Known(NamedTuple):
    """What the attacker knows: columns by table, functions with the kinds of what they take, the hidden case."""

    tables: dict[str, dict[str, str]]
    functions: list[tuple[str, list[str]]]
    case: int


def run(server: str, original: str, statements: int, seed: int) -> Count:
    """Tries so many statements on two copies of a furnished register, as each role in turn. `seed` is the number of the
    lots that it draws."""
    count = Count("A statement made at random tells nothing of a case that is hidden from the login")
    rng = chance_of(seed)
    names = [f"{original}_{seed}_{part}" for part in ("one", "two")]
    places = [copied(server, original, name) for name in names]
    for number, (place, canary) in enumerate(zip(places, CANARIES, strict=True)):
        mark(place, canary, number)
    known = _known(places[0])
    for role in LIMITED:
        with ExitStack() as stack:
            both = [_Listened(stack.enter_context(logged_in(place, LOGINS[role]))) for place in places]
            for _ in range(statements // len(LIMITED)):
                statement = _statement(rng, known)
                one, two = (each.said_to(statement) for each in both)
                count.tried += 1
                count.tell("answered", one[0] == "rows")
                if one != two:
                    count.broken.append(f"{role}: {statement} → {str(one)[:200]} and {str(two)[:200]}")
                elif any(canary in str(one) for canary in CANARIES):
                    count.broken.append(f"{role}: {statement} → {str(one)[:200]}")
    for name in names:
        dropped(server, name)
    return count


class _Listened:
    """A connection, and the notices that it is sent."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._notices: list[str] = []
        connection.add_notice_handler(lambda notice: self._notices.append(notice.message_primary or ""))

    def said_to(self, statement: str) -> tuple[object, ...]:
        """All that a statement tells, whatever it did taken back."""
        self._notices.clear()
        try:
            with self._connection.transaction(force_rollback=True):
                cursor = self._connection.execute(made(statement))
                rows = sorted(map(repr, cursor.fetchall())) if cursor.description else []
                return "rows", cursor.rowcount, rows, tuple(self._notices)
        except psycopg.Error as error:
            said = error.diag
            told = (said.message_primary, said.message_detail, said.message_hint)
            return "error", error.sqlstate, *told, tuple(self._notices)


def _known(place: str) -> Known:
    with psycopg.connect(place) as connection:
        tables = columns_of(connection)
        rows = connection.execute(
            "SELECT proname, ARRAY(SELECT format_type(kind, NULL) FROM unnest(proargtypes) AS kind) FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace AND prorettype <> 'trigger'::regtype ORDER BY 1"
        ).fetchall()
    functions = [(str(name), [str(kind) for kind in kinds]) for name, kinds in rows if name not in WITHOUT]
    return Known(tables, functions, hidden_case(place))


def _statement(rng: random.Random, known: Known) -> str:
    kind: Callable[[random.Random, Known], str] = rng.choice(
        [_select, _select, _aggregate, _aggregate, _exists, _exists, _join, _join, _call, _cast, _change, _change,
         _insert, _catalogue, _whole, _window, _set_first]
    )  # fmt: skip
    return kind(rng, known)


def _table(rng: random.Random, known: Known) -> str:
    return rng.choice(sorted(known.tables))


def _column(rng: random.Random, known: Known, table: str) -> str:
    return f'"{rng.choice(list(known.tables[table]))}"'


def _literal(rng: random.Random) -> str:
    canary = rng.choice(CANARIES)
    begin = rng.randrange(len(canary))
    return rng.choice([canary, canary[: begin + 1], canary[begin:], canary[0], "a", "2026", "%"])


def _condition(rng: random.Random, known: Known, table: str, alias: str = "t") -> str:
    column = f"{alias}.{_column(rng, known, table)}"
    literal = _literal(rng)
    return rng.choice(
        [
            f"{column}::text LIKE '%{literal}%'",
            f"{column}::text LIKE '{literal}%'",
            f"{column}::text = '{literal}'",
            f"{column}::text >= '{literal}'",
            f"{column}::text ~ '{literal[:1]}'",
            f"length({column}::text) > {rng.randrange(20)}",
            f"{column} IS NOT NULL",
            f"substr({column}::text, {rng.randrange(1, 6)}, 1) = '{literal[:1]}'",
            f"strpos({alias}::text, '{literal}') > 0",
            f"1 / (CASE WHEN {column}::text LIKE '{literal}%' THEN 0 ELSE 1 END) = 1",
            f"({alias}.ctid)::text > '(0,{rng.randrange(9)})'",
            f"NOT ({column}::text < '{literal}')",
            f'{column} IN (SELECT {_column(rng, known, table)} FROM public."{table}")',
        ]
    )


def _select(rng: random.Random, known: Known) -> str:
    table = _table(rng, known)
    column = _column(rng, known, table)
    return f'SELECT t.{column}, t.ctid::text FROM public."{table}" AS t WHERE {_condition(rng, known, table)}'


def _whole(rng: random.Random, known: Known) -> str:
    table = _table(rng, known)
    shown = rng.choice(
        ["t::text", "row_to_json(t)::text", "to_jsonb(t)::text", "md5(t::text)", "t.*", "hashtext(t::text)"]
    )
    joined = rng.choice(
        ["", "", f", generate_series(1, {rng.randrange(1, 3)})", " TABLESAMPLE SYSTEM (100) REPEATABLE (1)"]
    )
    return f'SELECT {shown} FROM public."{table}" AS t{joined}'


def _aggregate(rng: random.Random, known: Known) -> str:
    table = _table(rng, known)
    asked = rng.choice(_AGGREGATES).format(f"t.{_column(rng, known, table)}")
    grouped = f"t.{_column(rng, known, table)}::text"
    where = f' FROM public."{table}" AS t WHERE {_condition(rng, known, table)}'
    return rng.choice(
        [
            f"SELECT {asked}{where}",
            f"SELECT {grouped}, {asked}{where} GROUP BY 1",
            f"SELECT {grouped}, {asked}{where} GROUP BY ROLLUP (1) HAVING count(*) > {rng.randrange(3)}",
        ]
    )


def _exists(rng: random.Random, known: Known) -> str:
    table = _table(rng, known)
    inner = f'SELECT 1 FROM public."{table}" AS t WHERE {_condition(rng, known, table)}'
    return rng.choice(
        [
            f"SELECT EXISTS ({inner})",
            f"SELECT count(*) FROM ({inner} AND {_condition(rng, known, table)}) AS found",
            f"SELECT CASE WHEN EXISTS ({inner}) THEN 1 / 0 ELSE 1 END",
            f"WITH found AS MATERIALIZED ({inner}) SELECT count(*), sum(1) FROM found",
            f"SELECT {known.case} IN (SELECT id FROM public.feedback_case AS t "
            f"WHERE {_condition(rng, known, 'feedback_case')})",
            f"DO $$ BEGIN IF EXISTS ({inner}) THEN RAISE EXCEPTION 'there'; ELSE RAISE NOTICE 'no'; END IF; END $$",
        ]
    )


def _join(rng: random.Random, known: Known) -> str:
    one, two = _table(rng, known), _table(rng, known)
    left, right = f"t.{_column(rng, known, one)}", f"u.{_column(rng, known, two)}"
    how = rng.choice(["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"])
    return (
        f'SELECT count(*), count(DISTINCT {left}::text), max({right}::text) FROM public."{one}" AS t {how} '
        f'public."{two}" AS u ON {left}::text = {right}::text WHERE {_condition(rng, known, one)}'
    )


def _window(rng: random.Random, known: Known) -> str:
    table = _table(rng, known)
    column = f"t.{_column(rng, known, table)}::text"
    return (
        f"SELECT {column}, count(*) OVER (), rank() OVER (ORDER BY {column}), "
        f'lag({column}) OVER (ORDER BY {column}) FROM public."{table}" AS t'
    )


def _argument(rng: random.Random, known: Known, kind: str) -> str:
    match kind:
        case "integer":
            return str(rng.choice([known.case, known.case, 1, 2, 0, -1]))
        case "integer[]":
            return rng.choice(["'{}'::integer[]", f"'{{{known.case}}}'::integer[]"])
        case _:
            return f"'{_literal(rng)[:-1]}'"


def _call(rng: random.Random, known: Known) -> str:
    name, kinds = rng.choice(known.functions)
    arguments = [_argument(rng, known, kind) for kind in kinds]
    if name == "feedback_search":
        arguments[0] = f"'''{_literal(rng)}'':*'"
    return f"SELECT * FROM public.{name}({', '.join(arguments)})"


def _cast(rng: random.Random, known: Known) -> str:
    table = _table(rng, known)
    kind = rng.choice(["integer", "date", "json", "uuid", "boolean", "regclass", "xml", "inet"])
    column = f"t.{_column(rng, known, table)}"
    return rng.choice(
        [
            f'SELECT {column}::text::{kind}::text FROM public."{table}" AS t WHERE {_condition(rng, known, table)}',
            f'SELECT count(*) FROM public."{table}" AS t WHERE {column}::text::{kind}::text IS NOT NULL',
        ]
    )


def _change(rng: random.Random, known: Known) -> str:
    table = _table(rng, known)
    column = _column(rng, known, table)
    where = _condition(rng, known, table)
    value = rng.choice([column, "NULL", "DEFAULT", str(known.case), f"'{_literal(rng)[:-1]}'"])
    return rng.choice(
        [
            f'UPDATE public."{table}" AS t SET {column} = {value} WHERE {where} RETURNING t.{column}::text',
            f'DELETE FROM public."{table}" AS t WHERE {where} RETURNING t::text',
            f'SELECT t.{column}::text FROM public."{table}" AS t WHERE {where} FOR UPDATE',
            f'UPDATE public."{table}" AS t SET {column} = u.{column} FROM public."{table}" AS u WHERE {where}',
        ]
    )


def _insert(rng: random.Random, known: Known) -> str:
    """A row of another made one of the hidden case, or the hidden case's own; what it meets may not be told."""
    table = _table(rng, known)
    columns = list(known.tables[table])
    # A reference that is known whole is found to be taken: that is told, and is no part of this.
    values = [
        str(known.case) if name.endswith("_id") and rng.random() < 0.7
        else f"t.{name}" if name not in ("id", "digest", "reference_key") or rng.random() < 0.5
        else str(known.case) if name == "id" else f"'new' || t.\"{name}\""
        for name in columns
    ]  # fmt: skip
    named = ", ".join(f'"{name}"' for name in columns)
    conflict = rng.choice(["", "", "ON CONFLICT DO NOTHING", f'ON CONFLICT DO NOTHING RETURNING "{columns[0]}"'])
    chosen = f'SELECT {", ".join(values)} FROM public."{table}" AS t LIMIT 1'
    return f'INSERT INTO public."{table}" ({named}) {chosen} {conflict}'


def _catalogue(rng: random.Random, known: Known) -> str:
    table = _table(rng, known)
    return rng.choice(
        [
            f"SELECT s::text FROM pg_stats AS s WHERE tablename = '{table}'",
            f"SELECT s::text FROM pg_stats_ext AS s WHERE tablename = '{table}'",
            "SELECT * FROM pg_statistic",
            f"SELECT relpages, reltuples FROM pg_class WHERE oid = 'public.\"{table}\"'::regclass",
            f"SELECT pg_relation_size('public.\"{table}\"')",
            f"SELECT table_to_xml('public.\"{table}\"', true, false, '')::text",
            f"SELECT query_to_xml('SELECT * FROM public.\"{table}\"', true, false, '')::text",
            "SELECT schema_to_xml('public', true, false, '')::text",
            f"SELECT col_description('public.\"{table}\"'::regclass, 1)",
            "SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
            f"SELECT last_value FROM public.{table}_id_seq",
            f'TABLE public."{table}"',
        ]
    )


def _set_first(rng: random.Random, known: Known) -> str:
    """The same after what a login may set for itself. As one piece: nothing is left behind."""
    before = rng.choice(
        [
            "SET LOCAL row_security = off", "SET LOCAL search_path = pg_temp, public", "SET LOCAL enable_seqscan = off",
            "SET LOCAL ROLE feedback_keeper", "SET LOCAL ROLE feedback_officer", "SET LOCAL ROLE feedback_manager",
            "SET LOCAL session_replication_role = replica", "SET LOCAL plan_cache_mode = force_generic_plan",
            "SET CONSTRAINTS ALL IMMEDIATE", "SET LOCAL enable_indexscan = off", "SET LOCAL DateStyle = 'German'",
        ]
    )  # fmt: skip
    kind: Callable[[random.Random, Known], str] = rng.choice([_select, _aggregate, _exists, _change, _whole])
    return f"{before}; {kind(rng, known)}"
