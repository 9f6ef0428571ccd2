"""The errors of a register. The message of each is a plain sentence that also says what to do."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from feedback_tui.plain_error import PlainError


class RegisterError(PlainError):
    """A register cannot be used as requested. The message is shown to the officer."""


class NoRegister(RegisterError):
    """There is no register at this address."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"There is no register at {where}. Make one with: feedback-tui init --profile shropshire, "
            "or name another with --db."
        )


class NotARegister(RegisterError):
    """The file or database is not a register of this program."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"{where} is not a register of this program: {why}. It was left as it is; name the right file with --db, "
            "or restore a backup."
        )


class NewerRegister(RegisterError):
    """A newer version of the program made the register, or migrated it after it was opened here (`since`)."""

    def __init__(self, where: str, *, since: bool = False) -> None:
        super().__init__(
            f"{where} was brought to a newer version of this program since it was opened here. Nothing was saved; "
            "update the program, and open the register again."
            if since
            else f"{where} was made by a newer version of this program. Update the program; the register was left as "
            "it is."
        )


class RegisterExists(RegisterError):
    """Creating a register would overwrite an existing one."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} exists already and was left as it is. Name another place with --db.")


class OnNetworkShare(RegisterError):
    """The file is on a network share, which does not keep locks reliably, so that saved data can be lost."""

    def __init__(self, where: str, kind: str) -> None:
        super().__init__(
            f"{where} is on a network share ({kind}): a register in one file is not safe there, since shares do not "
            "keep its locks. Keep it on a disk of this computer; a team on one register needs a PostgreSQL server."
        )


class UnknownDisk(RegisterError):
    """Whether the file is on a local disk or a network share is unknown; the officer is asked."""

    def __init__(self, where: str, kind: str, point: str) -> None:
        super().__init__(
            f"{where} is on {point}, and whether that is a disk of this computer cannot be told (its kind: {kind}). "
            "On a network share a register in one file is not safe. Where it is a disk of this computer, say so: "
            f"in a terminal the program asks, elsewhere set FEEDBACK_TUI_LOCAL_DISKS={point}"
        )
        self.point, self.kind = point, kind


class RegisterMoved(RegisterError):
    """The file at this path is no longer the one that was opened."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} was moved, deleted or exchanged since it was opened. Nothing was saved; open the register again."
        )


class RegisterBusy(RegisterError):
    """Another program holds the lock for longer than the timeout."""

    def __init__(self, name: str = "", since: datetime | None = None) -> None:
        by = f"by {name}" if name else "by another program"
        when = f" since {since:%H:%M:%S}" if since else " just now"
        super().__init__(f"The register is in use {by}{when}. Nothing was saved; try again.")


class OpenElsewhere(RegisterError):
    """The file is to be replaced, but another window or program has it open."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} is open in another window or program, which would go on with the file as it was. Nothing was "
            "changed: close it there, and try again."
        )


class RegisterInUse(RegisterError):
    """A reader, or a writer anywhere on the server, began before the erasure, so erased rows cannot be removed yet."""

    def __init__(self) -> None:
        super().__init__(
            "Someone has been reading since before, or is writing in another database of the server, and what they may "
            "see must stay until they are done."
        )


class RegisterUnwritable(RegisterError):
    """The register is read-only, or the disk is full."""


class CannotBeStored(RegisterError):
    """A text has a lone surrogate, which no encoding can store."""

    def __init__(self) -> None:
        super().__init__("A text has half of a character, which cannot be stored. Nothing was saved; write it again.")


class BrokenRegister(RegisterError):
    """The register is damaged."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"{where} is damaged ({why}). Nothing was changed; run feedback-tui check, and restore a backup."
        )


class KeyNeeded(RegisterError):
    """The register may be encrypted, and no key was given."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} is no plain database: it is encrypted, or no register at all. An encrypted one opens with its "
            "key alone, which is asked for."
        )
        self.where = where


class WrongKey(RegisterError):
    """The key does not open the register."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The key does not open {where}: it is not its key, or the file is damaged, or no register. Nothing was "
            "changed; try again, or restore a backup if the key is right."
        )
        self.where = where


class BadBackup(RegisterError):
    """A backup could not be made, or is damaged."""


class OnServer(RegisterError):
    """The operation is for registers in a file, and this one is on a server."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} is on a PostgreSQL server, and this is for a register in a file: backups are made there with "
            "pg_dump, and its disk is encrypted there (see the guide for one server). To have a copy in a file, use: "
            "feedback-tui copy."
        )


class ServerAway(RegisterError):
    """The server does not answer, or the connection was lost."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"The server of {where} cannot be reached ({why}). Nothing was saved; try again.")


class SavedEvent(NamedTuple):
    """The last event of a step, used to find out whether the step was saved."""

    number: int
    hash: str


class InDoubt(RegisterError):
    """The connection was lost during a commit, and whether it was saved cannot be found out."""

    def __init__(self, where: str, event: SavedEvent) -> None:
        super().__init__(
            f"The server of {where} went away in the moment of saving: whether it was saved is not known. Look, once "
            "it is back, before you save again."
        )
        self.event = event


class ServerRefuses(RegisterError):
    """The server refuses this login, or does not allow it the operation."""


class OnlyOnServer(RegisterError):
    """The operation is for registers on a server, and this one is in a file."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} is a file: roles are for a register on a PostgreSQL server (see the guide for one).")


class HiddenCases(RegisterError):
    """The operation needs all cases, and some are hidden from this login. `so` says what follows from that."""

    def __init__(self, count: int, so: str) -> None:
        cases = "1 restricted case is" if count == 1 else f"{count} restricted cases are"
        super().__init__(f"{cases} hidden from your login, and {so}.")
