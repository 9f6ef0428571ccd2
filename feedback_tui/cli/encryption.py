"""The commands for encryption: encrypt, decrypt, and the key of a register."""

from __future__ import annotations

import typer

from feedback_tui.cli.printing import print_err
from feedback_tui.cli.shared import place

key_commands = typer.Typer(
    help="The key of an encrypted register: change it, or have the system's keyring remember it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def encrypt(context: typer.Context) -> None:
    """Encrypts the register and its backups with a new key; an encrypted, verified copy replaces the file. Raises
    BadKey if it is encrypted already, or for a key that is too short."""
    from feedback_tui.cli.key_prompt import ask_new_key
    from feedback_tui.storage.backend.addresses import register_file
    from feedback_tui.storage.backend.encryption_keys import BadKey, key_of
    from feedback_tui.storage.backend.sqlcipher import driver

    here = place(context)
    driver()
    here.register().close()
    path = register_file(here.where)
    if key_of(path) is not None:
        raise BadKey(f"{path} is encrypted already: feedback-tui key change gives it another key.")
    _give(here.where, ask_new_key(), f"{path} is encrypted")


def decrypt(context: typer.Context) -> None:
    """Makes an encrypted register readable without a key. Earlier backups stay encrypted. Raises BadKey if it is not
    encrypted."""
    from feedback_tui.storage.backend.addresses import register_file
    from feedback_tui.storage.backend.encryption_keys import BadKey, key_of
    from feedback_tui.storage.maintenance.change_encryption import give_key

    here = place(context)
    here.register().close()
    path = register_file(here.where)
    if key_of(path) is None:
        raise BadKey(f"{path} is not encrypted.")
    give_key(here.where, None)
    print_err(f"{path} can be read without a key now. Its backups so far keep theirs.")


@key_commands.command("change")
def change(context: typer.Context) -> None:
    """Gives an encrypted register, and its backups, another key."""
    from feedback_tui.cli.key_prompt import ask_new_key
    from feedback_tui.storage.backend.addresses import register_file
    from feedback_tui.storage.backend.encryption_keys import BadKey, key_of

    here = place(context)
    here.register().close()
    path = register_file(here.where)
    if key_of(path) is None:
        raise BadKey(f"{path} is not encrypted: feedback-tui encrypt does that.")
    _give(here.where, ask_new_key(), f"{path} has another key")


@key_commands.command("remember")
def remember(context: typer.Context) -> None:
    """Puts the key into the system's keyring, so that this user is not asked for it on this machine."""
    from feedback_tui.storage.backend.addresses import register_file
    from feedback_tui.storage.backend.encryption_keys import BadKey, key_of

    here = place(context)
    here.register().close()
    path = register_file(here.where)
    if (key := key_of(path)) is None:
        raise BadKey(f"{path} is not encrypted.")
    key.remember(path)
    print_err("The system's keyring has the key now.")


@key_commands.command("forget")
def forget(context: typer.Context) -> None:
    """Removes the key from the system's keyring, so that it is asked for again."""
    from feedback_tui.storage.backend.addresses import register_file
    from feedback_tui.storage.backend.encryption_keys import forget_in_keyring

    forget_in_keyring(register_file(place(context).where))
    print_err("The system's keyring has no key of this register.")


def _give(where: str, key: object, done: str) -> None:
    from feedback_tui.storage.backend.encryption_keys import Key
    from feedback_tui.storage.maintenance.change_encryption import give_key

    assert isinstance(key, Key)
    rekeyed = give_key(where, key)
    print_err(f"{done}, with {rekeyed.backups} backups beside it.")
    for path in rekeyed.left:
        print_err(f"{path} is as it was: look at it, and remove it if no one needs it.")
    print_err(
        "What was deleted may still be read from a disk that is not encrypted itself, and from exports and copies."
    )
