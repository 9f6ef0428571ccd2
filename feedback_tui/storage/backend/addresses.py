"""The address of a register: a path or a database URL."""

from __future__ import annotations

import re
from pathlib import Path

from feedback_tui.storage.backend.file_names import true_name
from feedback_tui.storage.errors import OnServer, RegisterError

_SECRET = "(?:password|passwd|secret|token)"


def on_server(where: str) -> bool:
    """Whether `where` is the URL of a PostgreSQL database rather than a file."""
    return where.startswith("postgresql")


def shown(where: str) -> str:
    """Returns `where` for display, with passwords and other secrets in a URL masked."""
    if "://" not in where:
        return where
    hidden = re.sub(r"://([^:/?#@]*):.*@", r"://\1:***@", where, flags=re.DOTALL)
    return re.sub(rf"(?i)([?&][^=&]*{_SECRET}[^=&]*=)[^&]*", r"\1***", hidden)


def holds_secret(name: str) -> bool:
    """Whether a URL parameter of this name holds a secret, such as ``sslpassword`` or ``oauth_client_secret``."""
    return re.search(_SECRET, name, re.IGNORECASE) is not None


def register_file(where: str) -> Path:
    """Returns the true path of the file that `where` names, a path or a ``sqlite:///`` URL; see `file_names.true_name`.

    Raises OnServer for a PostgreSQL URL, RegisterError for any other database.
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
