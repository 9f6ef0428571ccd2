"""Anchors: the number and hash of one event, kept outside the register so that a tampered record can be detected.

The hash chain alone cannot show that its end was cut off or that all of it was rewritten; an anchor can. Each backup's
manifest has one, `check` prints one, and the year's report ends with one. `once_was` tells a register that was
rewritten from a different register.
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
"""The number of hexadecimal digits: the shortest accepted (what `check` shows of the last event), and a full hash."""
_ONE = re.compile(r"(\d{1,18}):([0-9a-f]{16,64})", re.ASCII | re.IGNORECASE)
_IN_TEXT = re.compile(r"(?<![\w:])(\d{1,18})\\?:((?:[0-9a-f]\s*){64})(?![0-9a-f])", re.ASCII)
"""An anchor in the text of a report, where a line break may fall inside the hash."""
_LARGEST = 50_000_000
"""How much of a file is searched for anchors, in bytes."""
_DOCUMENT = "word/document.xml"
_SAMPLE = 1000
"""How many events, and how many texts, are compared to tell whether two registers are the same."""


class NoAnchor(RegisterError, ValueError):
    """The text or file given as an anchor is not one."""


@dataclass(frozen=True)
class Anchor:
    """The number and hash of one event at the time the anchor was noted."""

    number: int
    hash: str
    """The full hash, or at least its first 16 hexadecimal digits."""
    source: str = ""
    """The name of the file it was read from; empty if it was typed."""

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


def read_anchor(text: str) -> Anchor:
    """Parses an anchor typed as ``N:HASH``. Raises NoAnchor if the text has another form."""
    found = _ONE.fullmatch(text.strip())
    if found is None:
        raise NoAnchor(
            f"“{text[:100]}” is no anchor: write the event's number, a colon and its hash, as check and the year's "
            f"report print them (at least {SHORTEST_HASH} digits of it)."
        )
    return Anchor(int(found[1]), found[2].lower())


def read_anchors(file: Path) -> list[Anchor]:
    """Returns the anchors found in `file`: a backup's manifest, a year's report in any format, or a text with anchors.
    For a folder, returns those of every manifest in it.

    Raises NoAnchor if there is none or the file cannot be read.
    """
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
                # Word may split a hash over several runs, so the markup between its characters is removed.
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
    """Returns a sentence that says how the register contradicts `anchor`, or "" if it agrees. `last` is the number of
    the register's last event."""
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
    """Returns whether `backup`, whose first event differs, was made from this register before its record was rewritten.

    It was if both have the same register identity, share the digest of a text (digests are salted at random, so two
    registers do not share one by chance), or have an event with the same content. Returns False if the backup cannot be
    opened.
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
