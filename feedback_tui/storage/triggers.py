"""The triggers that keep the record of events as it was written, in the words of each database."""

from __future__ import annotations

from collections.abc import Iterator

WORDS = "events are never changed or removed"
TRIGGERS = {
    f"event_no_{action.lower()}": f"CREATE TRIGGER event_no_{action.lower()} BEFORE {action} ON event "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for action in ("UPDATE", "DELETE")
}
"""In a file. Rebuilding a table drops its triggers: they are looked for afterwards."""
SERVER_FUNCTION = (
    f"CREATE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"
)
SERVER_TRIGGERS = {
    f"event_no_{action.lower()}": f"CREATE TRIGGER event_no_{action.lower()} BEFORE {action} ON event "
    f"FOR EACH {'STATEMENT' if action == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION event_is_kept()"
    for action in ("UPDATE", "DELETE", "TRUNCATE")
}
"""On a server."""


def triggers_of(dialect: str) -> Iterator[str]:
    """The statements that make them, for the database of this name."""
    if dialect == "postgresql":
        yield SERVER_FUNCTION
        yield from SERVER_TRIGGERS.values()
    else:
        yield from TRIGGERS.values()
