"""What can be wrong with a register, each in one plain sentence that says what to do."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from feedback_tui.plain_error import PlainError


class RegisterError(PlainError):
    """The register cannot be used as asked; the message is for the officer."""


class NoRegister(RegisterError):
    """There is no register at the place named."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"There is no register at {where}. Make one with: feedback-tui init --profile shropshire, "
            "or name another with --db."
        )


class NotARegister(RegisterError):
    """Something stands there, but no register of this program."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"{where} is not a register of this program: {why}. It was left as it is; name the right file with --db, "
            "or restore a backup."
        )


class NewerRegister(RegisterError):
    """The register was made by a newer version of the program, or brought to one `since` it was opened."""

    def __init__(self, where: str, *, since: bool = False) -> None:
        super().__init__(
            f"{where} was brought to a newer version of this program since it was opened here. Nothing was saved; "
            "update the program, and open the register again."
            if since
            else f"{where} was made by a newer version of this program. Update the program; the register was left as "
            "it is."
        )


class RegisterExists(RegisterError):
    """A register would be overwritten."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} exists already and was left as it is. Name another place with --db.")


class OnNetworkShare(RegisterError):
    """The file would stand on a network share, where locks are not kept and what was saved can be lost."""

    def __init__(self, where: str, kind: str) -> None:
        super().__init__(
            f"{where} is on a network share ({kind}): a register in one file is not safe there, since shares do not "
            "keep its locks. Keep it on a disk of this computer; a team on one register needs a PostgreSQL server."
        )


class UnknownDisk(RegisterError):
    """The file would stand on a disk that cannot be told from a network share: whoever knows is asked."""

    def __init__(self, where: str, kind: str, point: str) -> None:
        super().__init__(
            f"{where} is on {point}, and whether that is a disk of this computer cannot be told (its kind: {kind}). "
            "On a network share a register in one file is not safe. Where it is a disk of this computer, say so: "
            f"in a terminal the program asks, elsewhere set FEEDBACK_TUI_LOCAL_DISKS={point}"
        )
        self.point, self.kind = point, kind


class RegisterMoved(RegisterError):
    """The file that was opened is no longer the one that stands there."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} was moved, deleted or exchanged since it was opened. Nothing was saved; open the register again."
        )


class RegisterBusy(RegisterError):
    """Another program holds the register for longer than we wait."""

    def __init__(self, name: str = "", since: datetime | None = None) -> None:
        by = f"by {name}" if name else "by another program"
        when = f" since {since:%H:%M:%S}" if since else " just now"
        super().__init__(f"The register is in use {by}{when}. Nothing was saved; try again.")


class OpenElsewhere(RegisterError):
    """Another window or program has the register open, and the file itself is to be replaced."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} is open in another window or program, which would go on with the file as it was. Nothing was "
            "changed: close it there, and try again."
        )


class RegisterInUse(RegisterError):
    """Someone has been reading it, or writing anywhere on its server, since before the words were erased."""

    def __init__(self) -> None:
        super().__init__(
            "Someone has been reading since before, or is writing in another database of the server, and what they may "
            "see must stay until they are done."
        )


class RegisterUnwritable(RegisterError):
    """The register can be read but not written, or the disk is full."""


class CannotBeStored(RegisterError):
    """A text has half of a character (a lone surrogate), which no encoding has."""

    def __init__(self) -> None:
        super().__init__("A text has half of a character, which cannot be stored. Nothing was saved; write it again.")


class BrokenRegister(RegisterError):
    """The file is damaged."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"{where} is damaged ({why}). Nothing was changed; run feedback-tui check, and restore a backup."
        )


class KeyNeeded(RegisterError):
    """The register is encrypted, and no key was given."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} is no plain database: it is encrypted, or no register at all. An encrypted one opens with its "
            "key alone, which is asked for."
        )
        self.where = where


class WrongKey(RegisterError):
    """The key does not open it."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The key does not open {where}: it is not its key, or the file is damaged, or no register. Nothing was "
            "changed; try again, or restore a backup if the key is right."
        )
        self.where = where


class BadBackup(RegisterError):
    """A backup could not be made or cannot be trusted."""


class OnServer(RegisterError):
    """Something that only a register in a file has was asked of one on a server."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} is on a PostgreSQL server, and this is for a register in a file: backups are made there with "
            "pg_dump, and its disk is encrypted there (see the guide for one server). To have a copy in a file, use: "
            "feedback-tui copy."
        )


class ServerAway(RegisterError):
    """The server does not answer, or the connection broke."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"The server of {where} cannot be reached ({why}). Nothing was saved; try again.")


class SavedEvent(NamedTuple):
    """The last event of a step, by which the register can be asked whether the step was saved."""

    number: int
    hash: str


class InDoubt(RegisterError):
    """The connection broke in the moment of saving, and the server cannot be asked."""

    def __init__(self, where: str, event: SavedEvent) -> None:
        super().__init__(
            f"The server of {where} went away in the moment of saving: whether it was saved is not known. Look, once "
            "it is back, before you save again."
        )
        self.event = event


class ServerRefuses(RegisterError):
    """The server lets this officer not in, or not do that."""


class OnlyOnServer(RegisterError):
    """Something that only a register on a server has was asked of one in a file."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} is a file: roles are for a register on a PostgreSQL server (see the guide for one).")


class HiddenCases(RegisterError):
    """What needs every case was asked for by a login from which some are hidden; `so` says what follows."""

    def __init__(self, count: int, so: str) -> None:
        cases = "1 restricted case is" if count == 1 else f"{count} restricted cases are"
        super().__init__(f"{cases} hidden from your login, and {so}.")
