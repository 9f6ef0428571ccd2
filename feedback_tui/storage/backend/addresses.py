"""What names a register: a path, or the address of a database."""

from __future__ import annotations

import re
from pathlib import Path

from feedback_tui.storage.backend.file_names import true_name
from feedback_tui.storage.errors import OnServer, RegisterError

_SECRET = "(?:password|passwd|secret|token)"


def on_server(where: str) -> bool:
    """Whether `where` names a database on a server, not a file."""
    return where.startswith("postgresql")


def shown(where: str) -> str:
    """`where` as it may be printed: without a password or another secret in an address, however it is written."""
    if "://" not in where:
        return where
    hidden = re.sub(r"://([^:/?#@]*):.*@", r"://\1:***@", where, flags=re.DOTALL)
    return re.sub(rf"(?i)([?&][^=&]*{_SECRET}[^=&]*=)[^&]*", r"\1***", hidden)


def holds_secret(name: str) -> bool:
    """Whether a part of an address of this name is a secret: ``sslpassword``, ``oauth_client_secret``."""
    return re.search(_SECRET, name, re.IGNORECASE) is not None


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
        raise RegisterError(f"{shown(where)} is neither a path nor a database URL.") from None
    if url.get_backend_name() == "postgresql":
        raise OnServer(shown(where))
    if url.get_backend_name() != "sqlite" or not url.database:
        raise RegisterError(f"Registers are kept in a SQLite file or on PostgreSQL, not on {url.get_backend_name()}.")
    return true_name(Path(url.database))
