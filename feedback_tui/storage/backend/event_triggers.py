"""The triggers that keep the record of events as it was written, as they must stand in each database now.

A migration makes them, in words of its own.
"""

from __future__ import annotations

WORDS = "events are never changed or removed"
TRIGGERS = {
    f"event_no_{action.lower()}": f"CREATE TRIGGER event_no_{action.lower()} BEFORE {action} ON event "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for action in ("UPDATE", "DELETE")
}
"""In a file. Rebuilding a table drops its triggers: they are looked for afterwards."""
SERVER_TRIGGERS = {
    f"event_no_{action.lower()}": f"CREATE TRIGGER event_no_{action.lower()} BEFORE {action} ON event "
    f"FOR EACH {'STATEMENT' if action == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION event_is_kept()"
    for action in ("UPDATE", "DELETE", "TRUNCATE")
}
"""On a server."""
