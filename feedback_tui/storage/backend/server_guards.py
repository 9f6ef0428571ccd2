"""What a register on a server holds each login to, whichever program asks: policies, triggers, rights of everyone.

Made with every new register and after every migration, and again by ``roles``; a table that a model adds has them by
its columns. `server_state` says where a server is not so.
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
"""The one policy of a table that has rows of cases. It is everyone's; the owner of the tables stands above it."""
_SEES_CASE = "restricted_to IS NULL OR public.feedback_may_see(id)"
# Here stands what else must hold of a case for a login to see it, once there is more than one service:
# f"({_SEES_CASE}) AND …". Whatever belongs to a case follows it by itself.
_OF_NO_CASE: Mapping[str, str] = {
    "setting": "register_is_told",
    "day_off": "register_is_told",
    "working_day": "register_is_told",
    "calendar_day": "register_is_told",
    "typed_figure": "register_is_told",
    "year_text": "register_is_told",
    "reference_counter": "counter_is_told",
}
"""The tables without rows of cases, which every login reads, each with the trigger that holds it to the record."""
INDEXES = DERIVED
"""The tables that no model has: what is searched, and the names, by case. They are held to what all else below a case
is held to."""
_LIMITED = "row_security_active('public.event'::regclass)"
"""Whether it is a login that is held to all this: not the owner of the tables, who loads what others recorded."""
_OLD_FUNCTIONS = ("feedback_hidden()", "feedback_hidden_people()")
"""Of release 0.1: they could be made to read a login's own table, or to run its view, as the owner."""


class Policy(NamedTuple):
    """What must hold of a row that a login sees, and of one that it writes."""

    seen: str
    written: str


class Trigger(NamedTuple):
    """A trigger of ours on a table."""

    name: str
    table: str
    function: str
    sql: str


def guard_statements() -> Iterator[str]:
    """The SQL that makes them; what follows it in the transaction is done as the owner of the tables too."""
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
    """The tables of a register on a server: those of the models, and what is searched."""
    return (*(table_of(model).name for model in TABLES), *INDEXES)


def policy_of(name: str) -> Policy | None:
    """The policy of a table; None for what belongs to the register as a whole."""
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
        # A table that nothing was said of here yet: no one sees it.
        return Policy("false", "false")
    below = f'EXISTS (SELECT 1 FROM public.feedback_case WHERE feedback_case.id = "{name}".case_id)'
    if case_id is not None and case_id.nullable:
        below = f"case_id IS NULL OR {below}"
    written = below
    if name == "party":
        # Else whoever writes that a hidden person has a part in a case of theirs would see them.
        written = f"{below} AND (person_id IS NULL OR public.feedback_may_see_person(person_id))"
    if name == "viewing":
        written = (
            f"{below} AND officer = session_user::text "
            "AND viewed_at BETWEEN transaction_timestamp() AND clock_timestamp()"
        )
    return Policy(below, written)


def triggers() -> Iterator[Trigger]:
    """The triggers of ours, but for those that keep events as they are (`storage.backend.event_triggers`)."""
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
    """Every trigger that a register on a server must have, by table and name, with its function."""
    kept = {("event", name): "event_is_kept" for name in SERVER_TRIGGERS}
    return kept | {(each.table, each.name): each.function for each in triggers()}


def _held_to_the_record_by(name: str) -> str | None:
    """The function that asks for an event of each changed row of a table; None where events are no matter."""
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
# Where the owner of the tables does not own the database too, that is for whoever does: `server_state` says so.
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
