"""What can be wrong with a register, each in one plain sentence that says what to do."""

from __future__ import annotations

from feedback_tui.errors import PlainError


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
        super().__init__(f"{where} is not a register of this program: {why}. Name the right file with --db.")


class NewerRegister(RegisterError):
    """The register was made by a newer version of the program."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} was made by a newer version of this program. Update the program; the register was left as it is."
        )


class RegisterExists(RegisterError):
    """A register would be overwritten."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} exists already and was left as it is. Name another place with --db.")


class RegisterBusy(RegisterError):
    """Another program holds the register for longer than we wait."""

    def __init__(self) -> None:
        super().__init__("The register is in use by another program just now. Nothing was saved; try again.")


class RegisterUnwritable(RegisterError):
    """The register can be read but not written, or the disk is full."""


class BrokenRegister(RegisterError):
    """The file is damaged."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"{where} is damaged ({why}). Nothing was changed; run feedback-tui check, and restore a backup."
        )
