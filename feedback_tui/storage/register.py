"""Creates and opens registers. A register of an earlier version is migrated after a verified backup."""

from __future__ import annotations

from feedback_tui import folders
from feedback_tui.rules.nations import Nation
from feedback_tui.rules.profile import read_profile
from feedback_tui.storage.backend import schema_version
from feedback_tui.storage.backend.backend import keeper_of
from feedback_tui.storage.backend.file_backend import RegisterFile
from feedback_tui.storage.backend.lazy_models import models_loaded
from feedback_tui.storage.backend.sqlite_fast_reader import at_once
from feedback_tui.storage.errors import BrokenRegister, NewerRegister, RegisterError
from feedback_tui.storage.opened_register import Register, is_newer

__all__ = ["Register", "create_register", "nation_at_once", "open_register"]


def create_register(where: str, profile_toml: str, officer: str = "") -> Register:
    """Creates a register for a council's profile, and opens it. Raises RegisterError, BadProfile.

    On an error nothing is left. `officer` is recorded as its maker; if empty, the system's user.
    """
    profile = read_profile(profile_toml)
    keeper = keeper_of(where)
    from feedback_tui.storage.new_register import fill

    keeper.create(lambda connection: fill(connection, profile, profile_toml, officer or folders.officer_name()))
    return open_register(where)


def open_register(where: str) -> Register:
    """Opens the register at `where`. Raises a RegisterError that says what is wrong with it.

    A register of an earlier version is migrated, after a verified backup if it is a file.
    """
    if (register := at_once(where, lambda begun: Register(RegisterFile.at(where), begun))) is not None:
        return register
    return _open(where)


def nation_at_once(where: str) -> Nation:
    """Returns the nation by whose bank holidays the register counts. Returns England if the register does not exist, is
    on a server, is encrypted or is of an earlier version: nothing is asked, opened or migrated to find out."""
    return at_once(where, lambda begun: begun.calendar.nation) or Nation.ENGLAND


@models_loaded
def _open(where: str) -> Register:
    """Opens a register by SQLAlchemy, and migrates an older one. Raises RegisterError if it cannot be used;
    BrokenRegister if it is damaged."""
    from sqlalchemy.exc import SQLAlchemyError

    from feedback_tui.storage.backend import schema
    from feedback_tui.storage.backend.sqlite_engine import READING

    keeper = keeper_of(where)
    keeper.require()
    register = Register(keeper)
    try:
        with register.engine.execution_options(**{READING: True}).connect() as connection:
            shape = schema.shape_of(connection)
        if shape is None:
            raise BrokenRegister(register.where, "it has no schema version")
        if shape != schema_version.HEAD:
            _bring_up(register, shape)
            # Nothing read before the migration is kept.
            register.close()
            return Register(keeper)
        return register
    except SQLAlchemyError as error:
        register.close()
        register.raise_plainly(error)
    except BaseException:
        register.close()
        raise


def _bring_up(register: Register, shape: str) -> None:
    """Migrates an older register, after a verified backup if it is a file. Raises RegisterError."""
    from feedback_tui.storage.backend import schema

    if shape not in schema.known_shapes():
        if is_newer(shape):
            raise NewerRegister(register.where)
        raise BrokenRegister(register.where, f"its schema version is “{shape}”")
    kept = _copy_before(register)
    try:
        schema.migrate(register.engine)
    except Exception as error:
        plain = register.keeper.in_words(error)
        raise plain or RegisterError(
            f"{register.where} could not be brought to this version of the program, and was left as it was "
            f"({type(error).__name__}). Go on with the version you had{kept}."
        ) from error


def _copy_before(register: Register) -> str:
    """Makes a backup before a migration and returns where it is, as the end of a sentence; "" on a server, which has
    its own backups."""
    from feedback_tui.storage.maintenance import backup

    if not isinstance(register.keeper, RegisterFile):
        return ""
    return f"; a copy is kept at {backup.backup(register, why=backup.Why.MIGRATION)}"
