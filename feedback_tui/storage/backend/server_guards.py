"""The row policies, triggers and rights of PUBLIC that restrict every login on a server, whichever program it uses.

They are created with each new register, after each migration, and by the command ``roles``. A new table is covered
because of its columns. `server_state` reports where a server differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlmodel import SQLModel

from feedback_tui.models.tables import TABLES
from feedback_tui.storage.audit.change_capture import table_of
from feedback_tui.storage.backend.event_triggers import SERVER_TRIGGERS
from feedback_tui.storage.backend.server_functions import FUNCTIONS
from feedback_tui.storage.search.search_index import DERIVED

POLICY = "feedback_seen"
"""The name of the one policy on each table with rows of cases. It applies to all roles; the owner of the tables is
exempt."""
_SEES_CASE = "restricted_to IS NULL OR public.feedback_may_see(id)"
# Further conditions for seeing a case, such as its service, would be added here: f"({_SEES_CASE}) AND …". Rows that
# belong to a case follow its visibility.
_OF_NO_CASE: Mapping[str, str] = {
    "setting": "register_is_told",
    "day_off": "register_is_told",
    "working_day": "register_is_told",
    "calendar_day": "register_is_told",
    "typed_figure": "register_is_told",
    "year_text": "register_is_told",
    "reference_counter": "counter_is_told",
}
"""Tables without rows of cases. Every login may read them; each has a trigger that requires an event for a change."""
INDEXES = DERIVED
"""Derived tables without a model: the search index and the index of names. They follow the same rules as other rows of
a case."""
_LIMITED = "row_security_active('public.event'::regclass)"
"""Whether the login is subject to the policies. The owner of the tables, who loads events that
others recorded, is not."""
_OLD_FUNCTIONS = ("feedback_hidden()", "feedback_hidden_people()")
"""Functions of release 0.1. A login could make them read its own table, or run its view, with the owner's rights."""


class Policy(NamedTuple):
    """The SQL conditions of a row policy: for rows that a login may see, and for rows that it may write."""

    seen: str
    written: str


class Trigger(NamedTuple):
    """A trigger on a table, and the SQL that creates it."""

    name: str
    table: str
    function: str
    sql: str


def guard_statements() -> Iterator[str]:
    """Yields the SQL that creates the guards. It switches to the owner of the tables, also for later statements of the
    transaction."""
    yield _OF_THE_DATABASE
    yield _AS_THE_OWNER
    yield "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"
    yield from FUNCTIONS
    yield _NO_POLICIES
    for signature in _OLD_FUNCTIONS:
        yield f"DROP FUNCTION IF EXISTS public.{signature}"
    for name in names():
        yield from _of_table(name)
    for trigger in triggers():
        yield f'DROP TRIGGER IF EXISTS {trigger.name} ON public."{trigger.table}"'
        yield trigger.sql
    yield _NO_ONES_FUNCTIONS


def names() -> tuple[str, ...]:
    """Returns the names of all tables of a register on a server: those of the models and the derived ones."""
    return (*(table_of(model).name for model in TABLES), *INDEXES)


def policy_of(name: str) -> Policy | None:
    """Returns the policy of a table, or None if it belongs to the whole register."""
    if name == "feedback_case":
        return Policy(_SEES_CASE, _SEES_CASE)
    if name == "person":
        person = (
            "EXISTS (SELECT 1 FROM public.party WHERE party.person_id = person.id) "
            "OR public.feedback_may_see_person(person.id)"
        )
        return Policy(person, person)
    if name in _OF_NO_CASE:
        return None
    case_id = None if name in INDEXES else SQLModel.metadata.tables[name].columns.get("case_id")
    if case_id is None and name not in INDEXES:
        # A table without a rule here is hidden from everyone.
        return Policy("false", "false")
    below = f'EXISTS (SELECT 1 FROM public.feedback_case WHERE feedback_case.id = "{name}".case_id)'
    if case_id is not None and case_id.nullable:
        below = f"case_id IS NULL OR {below}"
    written = below
    if name == "party":
        # Otherwise a login could see a hidden person by adding them to a case of its own.
        written = f"{below} AND (person_id IS NULL OR public.feedback_may_see_person(person_id))"
    if name == "viewing":
        written = (
            f"{below} AND officer = session_user::text "
            "AND viewed_at BETWEEN transaction_timestamp() AND clock_timestamp()"
        )
    return Policy(below, written)


def triggers() -> Iterator[Trigger]:
    """Yields all triggers except those that forbid changing events (`storage.backend.event_triggers`)."""
    for name, of_whom in (("event_is_chained", ""), ("event_is_signed", f" WHEN ({_LIMITED})")):
        sql = f"CREATE TRIGGER {name} BEFORE INSERT ON public.event FOR EACH ROW{of_whom}"
        yield Trigger(name, "event", name, f"{sql} EXECUTE FUNCTION public.{name}()")
    taken = "part_is_taken"
    yield Trigger(
        taken,
        "party",
        taken,
        f"CREATE TRIGGER {taken} AFTER DELETE ON public.party FOR EACH ROW EXECUTE FUNCTION public.{taken}()",
    )
    for table in names():
        if (function := _held_to_the_record_by(table)) is None:
            continue
        numbered = table not in INDEXES and "id" in SQLModel.metadata.tables[table].columns
        given = f"'public.{table}_id_seq'" if numbered else ""
        yield Trigger(
            f"{table}_is_told",
            table,
            function,
            f'CREATE CONSTRAINT TRIGGER {table}_is_told AFTER INSERT OR UPDATE OR DELETE ON public."{table}" '
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ({_LIMITED}) EXECUTE FUNCTION public.{function}({given})",
        )


def all_triggers() -> dict[tuple[str, str], str]:
    """Returns all required triggers: (table, name) with the function each calls."""
    kept = {("event", name): "event_is_kept" for name in SERVER_TRIGGERS}
    return kept | {(each.table, each.name): each.function for each in triggers()}


def _held_to_the_record_by(name: str) -> str | None:
    """Returns the trigger function that requires an event for each changed row of a table; None if it has no such
    trigger."""
    match name:
        case "event":
            return None
        case "feedback_case":
            return "case_is_told"
        case "person":
            return "person_is_told"
        case "viewing":
            return "row_is_numbered"
        case _:
            return _OF_NO_CASE.get(name) or ("part_is_told" if policy_of(name) != Policy("false", "false") else None)


def _of_table(name: str) -> Iterator[str]:
    policy = policy_of(name)
    if policy is None:
        yield f'ALTER TABLE public."{name}" DISABLE ROW LEVEL SECURITY'
        return
    yield f'ALTER TABLE public."{name}" ENABLE ROW LEVEL SECURITY'
    yield f'CREATE POLICY {POLICY} ON public."{name}" USING ({policy.seen}) WITH CHECK ({policy.written})'


_OWNER = "(SELECT relowner::regrole FROM pg_class WHERE oid = 'public.event'::regclass)"
# If the owner of the tables does not own the database, these rights are left alone, and `server_state` reports them.
_OF_THE_DATABASE = f"""DO $$ BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CREATE, USAGE ON SCHEMA public TO %s', {_OWNER});
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
EXCEPTION WHEN insufficient_privilege THEN NULL; END $$"""
_AS_THE_OWNER = f"DO $$ BEGIN EXECUTE format('SET LOCAL ROLE %s', {_OWNER}); END $$"
_NO_POLICIES = """DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP POLICY %I ON public.%I', found.policyname, found.tablename);
  END LOOP;
END $$"""
_NO_ONES_FUNCTIONS = """DO $$ DECLARE found regprocedure; BEGIN
  FOR found IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    AND pg_get_userbyid(proowner) = current_user LOOP
    EXECUTE format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', found);
  END LOOP;
END $$"""
