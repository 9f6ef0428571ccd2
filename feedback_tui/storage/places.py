"""What names a register: a path, or the address of a database."""

from __future__ import annotations

from pathlib import Path

from feedback_tui.storage.errors import OnServer, RegisterError
from feedback_tui.storage.names import true_name


def on_server(where: str) -> bool:
    """Whether `where` names a database on a server, not a file."""
    return where.startswith("postgresql")


def register_file(where: str) -> Path:
    """The file that `where` (a path, or a ``sqlite:///`` URL) names, by its one name, whatever it is called here.

    Raises OnServer, RegisterError for another.
    """
    if "://" not in where:
        return true_name(Path(where))
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(where)
    except ArgumentError:
        raise RegisterError(f"{where} is neither a path nor a database URL.") from None
    if url.get_backend_name() == "postgresql":
        raise OnServer(url.render_as_string())
    if url.get_backend_name() != "sqlite" or not url.database:
        raise RegisterError(f"Registers are kept in a SQLite file or on PostgreSQL, not on {url.get_backend_name()}.")
    return true_name(Path(url.database))
