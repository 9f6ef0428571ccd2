"""The current definitions of the triggers that forbid changing or removing events, for each database.

Migrations create them with SQL of their own, which is frozen.
"""

from __future__ import annotations

WORDS = "events are never changed or removed"
TRIGGERS = {
    f"event_no_{action.lower()}": f"CREATE TRIGGER event_no_{action.lower()} BEFORE {action} ON event "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for action in ("UPDATE", "DELETE")
}
"""For a SQLite file. Rebuilding a table drops its triggers, so migrations check afterwards that they exist."""
SERVER_TRIGGERS = {
    f"event_no_{action.lower()}": f"CREATE TRIGGER event_no_{action.lower()} BEFORE {action} ON event "
    f"FOR EACH {'STATEMENT' if action == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION event_is_kept()"
    for action in ("UPDATE", "DELETE", "TRUNCATE")
}
"""For a PostgreSQL server."""
