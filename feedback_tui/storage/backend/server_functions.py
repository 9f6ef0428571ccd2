"""The SQL functions of a register on a server. Those that read rows hidden from the login run as the owner of the
tables.

Such a function (``SECURITY DEFINER``) names every table with its schema and searches a login's temporary schema last.
Otherwise a login could create a table or view there with the name of ours, which would be read or run with the owner's
rights. Inside the functions ``session_user`` is the login and ``current_user`` the owner.
"""

from __future__ import annotations

from feedback_tui.storage.audit.hash_chain import FIRST

KEEPER = "feedback_keeper"
"""The role that sees all cases."""
SAFE_PATH = "search_path=pg_catalog, pg_temp"
"""The search path that each function must have."""
REFUSED = "42501"
"""The SQLSTATE of a refusal: insufficient_privilege, as the server itself uses."""


def _function(signature: str, returns: str, body: str, how: str = "LANGUAGE sql STABLE SECURITY DEFINER") -> str:
    return (
        f"CREATE OR REPLACE FUNCTION public.{signature} RETURNS {returns} {how} "
        f"SET search_path = pg_catalog, pg_temp AS $${body}$$"
    )


def _trigger(name: str, body: str) -> str:
    return _function(f"{name}()", "trigger", body, "LANGUAGE plpgsql SECURITY DEFINER")


# In a SECURITY DEFINER function `current_user` is the owner of the tables.
_ABOVE = (
    "(pg_has_role(session_user, current_user, 'MEMBER') "
    f"OR coalesce(pg_has_role(session_user, to_regrole('{KEEPER}')::oid, 'MEMBER'), false))"
)
"""Whether the login sees all cases: it is a member of the owner or of the keeper role."""
_NAMED = (
    "(strpos(lower(restricted_to), lower(session_user)) > 0 AND lower(session_user) = ANY "
    "(string_to_array(regexp_replace(btrim(lower(restricted_to)), '\\s*;\\s*', ';', 'g'), ';')))"
)
"""Whether the login is among the officers that a case is restricted to."""
_OWNS = _function("feedback_owns()", "boolean", "SELECT pg_has_role(session_user, current_user, 'MEMBER')")
_KEEPS = _function(
    "feedback_keeps()", "boolean", f"SELECT {_ABOVE} AND NOT pg_has_role(session_user, current_user, 'MEMBER')"
)
# A login that restricts a case to others still sees it for the rest of that transaction, which must update the search
# index. xmin tells that the row was written by this transaction; a row still being inserted is not found at all.
_MAY_SEE = _function(
    "feedback_may_see(integer)",
    "boolean",
    f"""
DECLARE
  seen boolean;
BEGIN
  SELECT restricted_to IS NULL OR {_NAMED} OR xmin IS NOT DISTINCT FROM pg_current_xact_id_if_assigned()::xid
    INTO seen FROM public.feedback_case WHERE id = $1;
  RETURN coalesce(seen, false) OR {_ABOVE};
END
""",
    "LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED COST 1000",
)
# A person without a party in any case is visible only in the transaction that wrote them, until a party is added.
_MAY_SEE_PERSON = _function(
    "feedback_may_see_person(integer)",
    "boolean",
    f"""
DECLARE
  own boolean;
BEGIN
  SELECT xmin IS NOT DISTINCT FROM pg_current_xact_id_if_assigned()::xid
    INTO own FROM public.person WHERE id = $1;
  RETURN own IS NULL OR own OR {_ABOVE} OR EXISTS (
    SELECT 1 FROM public.party WHERE person_id = $1 AND public.feedback_may_see(case_id)
  );
END
""",
    "LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED COST 1000",
)
_HIDDEN_CASES = _function(
    "feedback_hidden_cases()",
    "bigint",
    f"SELECT count(*) FROM public.feedback_case WHERE restricted_to IS NOT NULL AND NOT {_NAMED} AND NOT {_ABOVE}",
)
_LAST_EVENT = _function(
    "feedback_last_event()",
    "TABLE (number integer, digest text)",
    "SELECT id, hash FROM public.event ORDER BY id DESC LIMIT 1",
)
_WAS_SAVED = _function(
    "feedback_was_saved(integer, text)",
    "boolean",
    "SELECT EXISTS (SELECT 1 FROM public.event WHERE id = $1 AND hash = $2)",
)
_HAS_REFERENCE = _function(
    "feedback_has_reference(text)",
    "boolean",
    "SELECT EXISTS (SELECT 1 FROM public.feedback_case WHERE reference_key = $1)",
)
# The time that a login must put on its events; NULL for the owner, who loads events that others recorded.
_MOMENT = _function(
    "feedback_moment()",
    "timestamptz",
    "SELECT CASE WHEN pg_has_role(session_user, current_user, 'MEMBER') THEN NULL ELSE clock_timestamp() END",
    "LANGUAGE sql VOLATILE SECURITY DEFINER",
)
SEARCHED = f"""
    WITH hits AS MATERIALIZED (
      SELECT case_id, ts_rank(said, looked_for) AS rank FROM public.search
      WHERE said @@ looked_for AND case_id <> ALL (without) AND case_id NOT IN (
        SELECT id FROM public.feedback_case WHERE restricted_to IS NOT NULL AND NOT ({_NAMED} OR {_ABOVE})
      )
    ),
    best AS (SELECT case_id, rank FROM hits ORDER BY rank DESC, case_id DESC LIMIT most)
    SELECT case_id, ts_headline('pg_catalog.simple', concat_ws(E'\\n', reference, people, words), looked_for, shown),
           (SELECT count(*) FROM hits)
    FROM best JOIN public.search USING (case_id) ORDER BY rank DESC, case_id DESC"""
"""The search among the cases that a login may see: the best matches and the number of all."""
# The query is a variable so that the planner does not choose a plan by the frequency of one word.
_SEARCH = _function(
    "feedback_search(asked text, most integer, without integer[], shown text)",
    "TABLE (case_id integer, snippet text, found bigint)",
    f"""
#variable_conflict use_column
DECLARE
  looked_for tsquery := to_tsquery('pg_catalog.simple', asked);
BEGIN
  RETURN QUERY {SEARCHED};
END
""",
    "LANGUAGE plpgsql STABLE SECURITY DEFINER",
)
# Sets each id sequence past the ids in use. For a login other than the owner it moves by the number of new rows only:
# otherwise a single row with the largest id would use up all that are left.
_CATCH_UP = _function(
    "feedback_catch_up()",
    "void",
    """
DECLARE
  found record;
  drawn bigint;
  largest bigint;
  beyond bigint;
BEGIN
  FOR found IN
    SELECT relname, pg_get_serial_sequence(format('public.%I', relname), 'id') AS sequence
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'id' AND NOT attisdropped
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  LOOP
    CONTINUE WHEN found.sequence IS NULL;
    drawn := coalesce(pg_sequence_last_value(found.sequence::regclass), 0);
    EXECUTE format('SELECT max(id), count(*) FILTER (WHERE id > $1) FROM public.%I WHERE id >= $1', found.relname)
      INTO largest, beyond USING drawn;
    IF pg_has_role(session_user, current_user, 'MEMBER') THEN
      EXECUTE format('SELECT max(id) FROM public.%I', found.relname) INTO largest;
      PERFORM setval(found.sequence, greatest(largest, 1), largest IS NOT NULL);
    ELSIF beyond > 0 THEN
      PERFORM setval(found.sequence, drawn + beyond);
    END IF;
  END LOOP;
END
""",
    "LANGUAGE plpgsql VOLATILE SECURITY DEFINER",
)
_LAST_NUMBERS = _function(
    "feedback_last_numbers()",
    "TABLE (of_table text, number bigint)",
    """
BEGIN
  FOR of_table IN
    SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'id' AND NOT attisdropped
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  LOOP
    EXECUTE format('SELECT coalesce(max(id), 0) FROM public.%I', of_table) INTO number;
    RETURN NEXT;
  END LOOP;
END
""",
    "LANGUAGE plpgsql STABLE SECURITY DEFINER",
)

# Builds the same text as storage.audit.hash_chain.event_hash: names in order, no spaces, JSON as it is stored.
_IS_CHAINED = _trigger(
    "event_is_chained",
    f"""
DECLARE
  last_number integer := 0;
  last_hash text := '{FIRST}';
  moment timestamp := NEW.recorded_at AT TIME ZONE 'UTC';
  told text;
BEGIN
  SELECT id, hash INTO last_number, last_hash FROM public.event ORDER BY id DESC LIMIT 1;
  IF NEW.id IS DISTINCT FROM coalesce(last_number, 0) + 1
    OR NEW.previous_hash IS DISTINCT FROM coalesce(last_hash, '{FIRST}') THEN
    RAISE EXCEPTION 'an event follows the last one' USING ERRCODE = '{REFUSED}';
  END IF;
  told := concat(
    '[{{"case_id":', coalesce(NEW.case_id::text, 'null'),
    ',"changes":', NEW.changes,
    ',"details":', NEW.details,
    ',"from_status":', coalesce(to_json(NEW.from_status)::text, 'null'),
    ',"happened_on":"', to_char(NEW.happened_on, 'YYYY-MM-DD'),
    '","id":', NEW.id,
    ',"officer":', to_json(NEW.officer),
    ',"reason":', coalesce(to_json(NEW.reason)::text, 'null'),
    ',"recorded_at":"', to_char(moment, 'YYYY-MM-DD"T"HH24:MI:SS'),
    CASE WHEN to_char(moment, 'US') = '000000' THEN '' ELSE to_char(moment, '.US') END, '+00:00',
    '","step":', to_json(NEW.step),
    ',"to_status":', coalesce(to_json(NEW.to_status)::text, 'null'),
    '}},"', NEW.previous_hash, '"]'
  );
  IF NEW.hash IS DISTINCT FROM encode(sha256(convert_to(told, 'UTF8')), 'hex') THEN
    RAISE EXCEPTION 'an event has the hash of what it says' USING ERRCODE = '{REFUSED}';
  END IF;
  RETURN NEW;
END
""",
)
_IS_SIGNED = _trigger(
    "event_is_signed",
    f"""
BEGIN
  IF NEW.officer IS DISTINCT FROM session_user::text
    OR NEW.recorded_at NOT BETWEEN transaction_timestamp() AND clock_timestamp() THEN
    RAISE EXCEPTION 'an event is its own officer''s, and of now' USING ERRCODE = '{REFUSED}';
  END IF;
  RETURN NEW;
END
""",
)
_IS_KEPT = _trigger("event_is_kept", "BEGIN RAISE EXCEPTION 'events are never changed or removed'; END")

_NUMBERED = f"""
  IF TG_NARGS > 0 AND TG_OP <> 'DELETE' THEN
    IF (TG_OP = 'INSERT' OR NEW.id <> OLD.id)
      AND NEW.id > coalesce(pg_sequence_last_value(TG_ARGV[0]::regclass), 0) THEN
      RAISE EXCEPTION 'a number is drawn before it is given' USING ERRCODE = '{REFUSED}';
    END IF;
  END IF;
"""
_OWN_EVENT = "SELECT 1 FROM public.event WHERE xmin = pg_current_xact_id()::xid"
_UNTOLD = f"RAISE EXCEPTION 'a row changes only together with an event that says so' USING ERRCODE = '{REFUSED}'"


def _told(name: str, key: str) -> str:
    """Returns the trigger function that requires an event in this transaction for the case that a row belongs to, and
    for the one that it belonged to before. `key` is the column with the case id."""
    return _trigger(
        name,
        f"""
BEGIN
{_NUMBERED}
  IF TG_OP <> 'INSERT' AND OLD.{key} IS NOT NULL AND NOT EXISTS ({_OWN_EVENT} AND case_id = OLD.{key}) THEN
    {_UNTOLD};
  END IF;
  IF TG_OP <> 'DELETE' THEN
    IF NOT EXISTS ({_OWN_EVENT} AND case_id = NEW.{key}) THEN
      {_UNTOLD};
    END IF;
  END IF;
  RETURN NULL;
END
""",
    )


_TOLD_CASE = _told("case_is_told", "id")
_TOLD_BELOW = _told("part_is_told", "case_id")
_TOLD_PERSON = _trigger(
    "person_is_told",
    f"""
DECLARE
  who integer := CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
{_NUMBERED}
  IF NOT EXISTS ({_OWN_EVENT} AND case_id IS NOT NULL AND (
    case_id IN (SELECT case_id FROM public.party WHERE person_id = who)
    OR NOT EXISTS (SELECT 1 FROM public.party WHERE person_id = who)
  )) THEN
    {_UNTOLD};
  END IF;
  RETURN NULL;
END
""",
)
_TOLD_REGISTER = _trigger(
    "register_is_told",
    f"""
BEGIN
{_NUMBERED}
  IF NOT EXISTS ({_OWN_EVENT} AND case_id IS NULL) THEN
    {_UNTOLD};
  END IF;
  RETURN NULL;
END
""",
)
# The last number of a year may not exceed the number of case ids given so far. Otherwise a login could set the largest
# number, after which no reference could follow.
_TOLD_COUNTER = _trigger(
    "counter_is_told",
    f"""
BEGIN
  IF TG_OP = 'DELETE' OR NOT EXISTS ({_OWN_EVENT} AND case_id IS NOT NULL)
    OR NEW.last > pg_sequence_last_value(pg_get_serial_sequence('public.feedback_case', 'id')::regclass) THEN
    {_UNTOLD};
  END IF;
  RETURN NULL;
END
""",
)
_NUMBERED_ONLY = _trigger("row_is_numbered", f"BEGIN{_NUMBERED}  RETURN NULL;\nEND")
# Touches a person whose party was deleted, so that they stay visible to the end of the transaction, which may delete
# them too.
_PART_TAKEN = _trigger(
    "part_is_taken",
    """
BEGIN
  UPDATE public.person SET same_as_id = same_as_id WHERE id = OLD.person_id;
  RETURN NULL;
END
""",
)

FUNCTIONS = (
    _OWNS, _KEEPS, _MAY_SEE, _MAY_SEE_PERSON, _HIDDEN_CASES, _LAST_EVENT, _WAS_SAVED, _HAS_REFERENCE, _MOMENT, _SEARCH,
    _CATCH_UP, _LAST_NUMBERS, _IS_CHAINED, _IS_SIGNED, _IS_KEPT, _TOLD_CASE, _TOLD_BELOW, _TOLD_PERSON, _TOLD_REGISTER,
    _TOLD_COUNTER, _NUMBERED_ONLY, _PART_TAKEN,
)  # fmt: skip
"""The CREATE statements, each after those of the functions it calls."""


def name_of(statement: str) -> str:
    """Returns the name of the function that a statement creates."""
    return statement.split("public.", 1)[1].split("(", 1)[0]


def body_of(statement: str) -> str:
    """Returns the function's body as the server stores it."""
    return statement.split("$$")[1]


def is_trigger(statement: str) -> bool:
    """Whether the function is a trigger function."""
    return "RETURNS trigger" in statement
