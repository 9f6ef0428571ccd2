"""Finds the guards that a server does not enforce, and says how to correct that."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.engine import Connection

from feedback_tui.storage.backend.server_functions import FUNCTIONS, SAFE_PATH, body_of, name_of
from feedback_tui.storage.backend.server_guards import POLICY, all_triggers, names, policy_of

PUT_RIGHT = "feedback-tui roles, run by the owner of the tables, puts it right."
_POLICY_NAMES = {"feedback_case": "feedback_may_see", "person": "party"}
"""The function or table that the policy of these tables must mention; others must mention ``feedback_case``."""


def not_held_to(connection: Connection) -> Iterator[str]:
    """Yields a sentence for each function, policy, trigger or right that is not as required."""
    yield from _functions(connection)
    yield from _policies(connection)
    yield from _strangers(connection)
    yield from _rights(connection)


def _functions(connection: Connection) -> Iterator[str]:
    there = {
        str(name): (str(body), bool(definer), [str(setting) for setting in settings or ()])
        for name, body, definer, settings in connection.exec_driver_sql(
            "SELECT proname, prosrc, prosecdef, proconfig FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        )
    }
    for statement in FUNCTIONS:
        if there.pop(name_of(statement), None) != (body_of(statement), True, [SAFE_PATH]):
            yield f"The function {name_of(statement)} is not as it must be: {PUT_RIGHT}"
    for name, (_, definer, _) in there.items():
        if definer:
            yield f"The function {name} is none of ours, and runs with its owner's rights. Its owner drops it."
    open_to_all = connection.exec_driver_sql(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
        "AND has_function_privilege('public', oid, 'EXECUTE') AND prosecdef ORDER BY 1"
    ).scalars()
    yield from (f"Everyone may run the function {name}: {PUT_RIGHT}" for name in open_to_all)


def _policies(connection: Connection) -> Iterator[str]:
    secured = set(
        connection.exec_driver_sql(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
        ).scalars()
    )
    policies: dict[str, list[tuple[str, str]]] = {}
    for table, *policy in connection.exec_driver_sql(
        "SELECT tablename, policyname, concat(qual, ' ', with_check, ' ', roles, cmd) FROM pg_policies "
        "WHERE schemaname = 'public'"
    ):
        policies.setdefault(str(table), []).append((str(policy[0]), str(policy[1])))
    for name in names():
        if policy_of(name) is None:
            continue
        (called, says), *more = policies.get(name) or [("", "")]
        key = _POLICY_NAMES.get(name, "feedback_case")
        if name not in secured or more or called != POLICY or key not in says or "{public}ALL" not in says:
            yield f"The rows of {name} are not kept from those who may not see their case: {PUT_RIGHT}"


def _strangers(connection: Connection) -> Iterator[str]:
    others = connection.exec_driver_sql(
        "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace ORDER BY 2"
    )
    for table, name in others:
        if (str(table), str(name)) not in all_triggers():
            yield f"{name} is none of ours: it could change what is stored."


def _rights(connection: Connection) -> Iterator[str]:
    database, temporary, create = connection.exec_driver_sql(
        "SELECT current_database(), has_database_privilege('public', current_database(), 'TEMPORARY'), "
        "has_schema_privilege('public', 'public', 'CREATE')"
    ).one()
    if temporary:
        yield (
            f"Everyone may make temporary tables in {database}. feedback-tui roles puts it right, or the owner of the "
            f"database: REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC."
        )
    if create:
        yield (
            f"Everyone may make tables in {database}. feedback-tui roles puts it right, or the owner of the database: "
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC."
        )
    set_by = connection.exec_driver_sql(
        "SELECT DISTINCT relname FROM pg_class, aclexplode(relacl) WHERE relkind = 'S' "
        "AND relnamespace = 'public'::regnamespace AND privilege_type = 'UPDATE' AND grantee <> relowner ORDER BY 1"
    ).scalars()
    yield from (f"Others than the owner may set the numbers of {name}: {PUT_RIGHT}" for name in set_by)
    future = connection.exec_driver_sql(
        "SELECT NOT EXISTS (SELECT 1 FROM pg_default_acl WHERE defaclobjtype = 'f' AND defaclnamespace = 0 "
        "AND defaclrole = (SELECT relowner FROM pg_class WHERE oid = 'public.event'::regclass) "
        "AND NOT EXISTS (SELECT 1 FROM aclexplode(defaclacl) WHERE grantee = 0))"
    ).scalar_one()
    if future:
        yield f"Functions that are made later could be run by everyone: {PUT_RIGHT}"
