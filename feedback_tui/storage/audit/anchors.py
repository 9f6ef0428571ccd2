"""Anchors: the number and the hash that one event had, kept where whoever changes the register cannot change them.

A chain of events cannot see that its own end was cut off, or that all of it was made anew: an anchor does. Each
backup's manifest has one, `check` prints one, the year's report ends with one. What tells one register from another is
here too.
"""

from __future__ import annotations

import json
import re
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Connection

from feedback_tui.storage.backend.file_errors import database_errors
from feedback_tui.storage.backend.sqlite_connection import connect
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.maintenance.backup_manifest import SUFFIX
from feedback_tui.storage.setting_keys import REGISTER

SHORTEST_HASH, WHOLE_HASH = 16, 64
"""Hexadecimal digits: what `check` shows of the last event, and all of a hash."""
_ONE = re.compile(r"(\d{1,18}):([0-9a-f]{16,64})", re.ASCII | re.IGNORECASE)
_IN_TEXT = re.compile(r"(?<![\w:])(\d{1,18})\\?:((?:[0-9a-f]\s*){64})(?![0-9a-f])", re.ASCII)
"""In a report, whose lines may break anywhere."""
_LARGEST = 50_000_000
"""Bytes of a file that anchors are looked for in."""
_DOCUMENT = "word/document.xml"
_SAMPLE = 1000
"""Events, and texts, by which two registers are compared."""


class NoAnchor(RegisterError, ValueError):
    """What was given as an anchor is none."""


@dataclass(frozen=True)
class Anchor:
    """What one event was when it was noted."""

    number: int
    hash: str
    """All of it, or its beginning: at least 16 digits."""
    source: str = ""
    """The file that it was read from; empty: it was typed."""

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


def read_anchor(text: str) -> Anchor:
    """The anchor that is typed as ``N:HASH``. Raises NoAnchor."""
    found = _ONE.fullmatch(text.strip())
    if found is None:
        raise NoAnchor(
            f"“{text[:100]}” is no anchor: write the event's number, a colon and its hash, as check and the year's "
            f"report print them (at least {SHORTEST_HASH} digits of it)."
        )
    return Anchor(int(found[1]), found[2].lower())


def read_anchors(file: Path) -> list[Anchor]:
    """The anchors in a file kept elsewhere: a backup's manifest, a year's report in any format, or lines of them; of a
    folder, those of every manifest in it. Raises NoAnchor."""
    if file.is_dir():
        found = [anchor for manifest in sorted(file.glob(f"*{SUFFIX}")) for anchor in _in_manifest(manifest)]
    else:
        found = _in_manifest(file) or _in_text(file)
    if not found:
        raise NoAnchor(f"There is no anchor in {file}: it is no manifest of a backup, and no report or list with one.")
    return found


def _in_manifest(file: Path) -> list[Anchor]:
    try:
        stored = json.loads(_bytes(file))
        return [
            Anchor(int(stored["last_event"]), read_anchor(f"{stored['last_event']}:{stored['head']}").hash, file.name)
        ]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []


def _in_text(file: Path) -> list[Anchor]:
    data = _bytes(file)
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(file) as archive, archive.open(_DOCUMENT) as part:
                # Its text may be set in pieces: what is marked up between two letters is no part of it.
                data = re.sub(rb"<[^>]*>", b"", part.read(_LARGEST))
        except (zipfile.BadZipFile, KeyError, OSError, RuntimeError):
            return []
    text = data.decode("utf-8", "replace")
    found = {(int(number), "".join(digits.split())) for number, digits in _IN_TEXT.findall(text)}
    return [Anchor(number, digits, file.name) for number, digits in sorted(found)]


def _bytes(file: Path) -> bytes:
    try:
        with file.expanduser().open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError as error:
        raise NoAnchor(f"{file} cannot be read: {error.strerror}.") from None


def misfit(connection: Connection, anchor: Anchor, last: int) -> str:
    """What is wrong where a register does not have the event that an anchor tells of, in a sentence; empty where it
    does. `last` is the number of its last event."""
    named = f"the anchor {anchor.number}:{anchor.hash[:SHORTEST_HASH]}" + (
        f" of {anchor.source}" if anchor.source else ""
    )
    sql = f"SELECT hash FROM event WHERE id = {anchor.number}"
    found = connection.exec_driver_sql(sql).scalar()
    if found is None:
        return (
            f"The record ends at event {last}, and {named} is of a later one: its end was cut off, or an earlier "
            "backup was put back."
        )
    if not str(found).startswith(anchor.hash):
        return f"Event {anchor.number} is not the one that {named} tells of: the record was made anew."
    return ""


def once_was(connection: Connection, backup: Path) -> bool:
    """Whether a backup whose record begins otherwise was made of this very register, before its record was made anew.

    It was where both have the identity that a register is given when it is made; or a text under the same digest, which
    is salted with what chance gave; or an event that is the same but for its hashes. A backup that cannot be opened
    tells nothing.
    """
    try:
        with closing(connect(backup)) as other:
            mine = connection.exec_driver_sql('SELECT value FROM setting WHERE "key" = ?', (REGISTER,)).scalar()
            theirs = other.execute('SELECT value FROM setting WHERE "key" = ?', (REGISTER,)).fetchone()
            if mine is not None and theirs == (mine,):
                return True
            for (digest,) in other.execute("SELECT digest FROM words LIMIT ?", (_SAMPLE,)):
                if connection.exec_driver_sql("SELECT 1 FROM words WHERE digest = ?", (digest,)).scalar():
                    return True
            fields = "id, case_id, step, happened_on, recorded_at, officer, details, changes"
            events = f"SELECT {fields} FROM event WHERE id <= {_SAMPLE} ORDER BY id"
            here = {tuple(row) for row in connection.exec_driver_sql(events)}
            return any(tuple(row) in here for row in other.execute(events))
    except database_errors(RegisterError, OSError):
        return False
