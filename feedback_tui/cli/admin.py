"""Commands that create, open and maintain a register: init, demo, check, backup, restore, where."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from feedback_tui import folders
from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import Place, place
from feedback_tui.cli.startup import open_interface

DEMO_PROFILE = "westmarch"
DEMO_CASES = 600


def init(
    context: typer.Context,
    profile: Annotated[str, typer.Option(help="A profile that comes with the program, or a council's own FILE.toml.")],
    encrypted: Annotated[bool, typer.Option("--encrypted", help="Encrypt it; its key is asked for.")] = False,
) -> None:
    """Creates the register for a council's profile and prints its path. Raises RegisterExists; RegisterError;
    BadProfile."""
    from feedback_tui.rules.profile import profile_text
    from feedback_tui.storage.register import create_register

    if encrypted:
        _take_new_key(place(context).where)
    register = create_register(place(context).where, profile_text(profile))
    print_out(register.where)
    print_err(f"A register for {register.profile.name} was made.")


def _take_new_key(where: str) -> None:
    from feedback_tui.cli.key_prompt import ask_new_key
    from feedback_tui.storage.backend.addresses import register_file
    from feedback_tui.storage.backend.encryption_keys import hold
    from feedback_tui.storage.backend.sqlcipher import driver
    from feedback_tui.storage.errors import RegisterExists

    driver()
    path = register_file(where)
    if path.exists():
        raise RegisterExists(str(path))
    hold(path, ask_new_key())


def demo(
    context: typer.Context,
    no_open: Annotated[bool, typer.Option("--no-open", help="Only make it.")] = False,
    cases: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many cases.")] = DEMO_CASES,
) -> None:
    """Opens the interface on a fictional council with two years of cases, in a temporary register, or in the one that
    --db names. An existing file of that name is opened unchanged. With --no-open it only makes the register and prints
    its path. Raises RegisterError."""
    here = place(context)
    kept = context.parent is not None and context.parent.params.get("db")
    if kept:
        _make_demo(here.where, here, cases)
        _open_demo(here, here.where, no_open)
        return
    with tempfile.TemporaryDirectory(prefix="feedback-tui-demo-", ignore_cleanup_errors=True) as folder:
        where = str(Path(folder) / "demo.db")
        _make_demo(where, here, cases)
        if no_open:
            print_err("The demo was made and is gone again: name a place to keep it with --db PATH demo --no-open.")
        _open_demo(here, where, no_open)


def _open_demo(here: Place, where: str, no_open: bool) -> None:
    if no_open:
        print_out(where)
        return
    pretended = here.today if here.today != date.today() else None
    if code := open_interface(where, here.officer, pretended, offer_tour=_first_time()):
        raise typer.Exit(code)


def _first_time() -> bool:
    """Returns whether this user has never been offered the tour, and records the offer."""
    offered = folders.state_folder() / "tour-offered"
    if offered.exists():
        return False
    with contextlib.suppress(OSError):
        offered.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        offered.touch(mode=0o600)
    return True


def _make_demo(where: str, here: Place, cases: int) -> None:
    from feedback_tui.casework.actor import Actor
    from feedback_tui.casework.importing.import_cases import import_cases
    from feedback_tui.exchange.demo import fictional_register
    from feedback_tui.exchange.register_csv import read_rows
    from feedback_tui.rules.profile import load_profile, profile_text
    from feedback_tui.storage.register import create_register

    if Path(where).exists():
        return
    print_err(f"Making a fictional council with {cases} cases …")
    profile = load_profile(DEMO_PROFILE)
    register = create_register(where, profile_text(DEMO_PROFILE))
    rows = read_rows(fictional_register(cases, here.today, profile=profile), profile, here.today)
    import_cases(Actor(register, here.officer, here.today), rows)
    register.close()


def check(
    context: typer.Context,
    year: Annotated[str | None, typer.Option(help="Also list the cases that make this year's figures wobble.")] = None,
    anchor: Annotated[
        list[str] | None,
        typer.Option(metavar="N:HASH", help="An event as it was noted elsewhere; may stand several times."),
    ] = None,
    anchors: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="The same from a file kept elsewhere: a backup's manifest, a year's report, a list."
        ),
    ] = None,
) -> None:
    """Checks the file, the record and the counts, and prints the result. Exits with 1 only if integrity fails. Raises
    BadParameter for an anchor or year that cannot be read."""
    from feedback_tui.storage.audit.anchors import NoAnchor, read_anchor, read_anchors
    from feedback_tui.storage.audit.check import check as check_register

    try:
        given = [read_anchor(text) for text in anchor or ()]
        given += [each for file in anchors or () for each in read_anchors(file)]
    except NoAnchor as error:
        raise typer.BadParameter(str(error)) from None
    register = place(context).register()
    health = check_register(register, given)
    for line in health.lines:
        print_out(line)
    if year is not None:
        _list_wobbles(context, year)
    if not health.sound:
        print_err("The register is not sound: restore a backup (feedback-tui restore FILE), and keep this file.")
        raise typer.Exit(1)


def _list_wobbles(context: typer.Context, year: str) -> None:
    from feedback_tui.desk.data_quality import wobbles
    from feedback_tui.rules.months import reporting_year

    here = place(context)
    try:
        span = reporting_year(year)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None
    found = wobbles(here.register(), span, here.today)
    print_out(f"{span.label}: {len(found)} things to look at before the year is published")
    for wobble in found:
        print_out(f"  {wobble.reference}  {wobble.what}")


def backup(
    context: typer.Context,
    dest: Annotated[Path | None, typer.Argument(help="A file or folder; else beside the register.")] = None,
) -> None:
    """Makes a verified copy of the register and prints its path. Raises RegisterError."""
    from feedback_tui.storage.maintenance.backup import backup as make_backup

    print_out(str(make_backup(place(context).register(), dest)))


def restore(context: typer.Context, file: Annotated[Path, typer.Argument(help="The backup.")]) -> None:
    """Replaces the register by a backup. The register replaced is kept beside it, and erased text stays erased."""
    from feedback_tui.casework.actor import Actor
    from feedback_tui.casework.erase import restore_backup
    from feedback_tui.cli.key_prompt import unlocked

    here, path = place(context), file.expanduser().absolute()

    def put_back() -> None:
        restore_backup(path, here.where, lambda register: Actor(register, here.officer, here.today))

    _ask_for_the_key_of_what_stands_there(here)
    unlocked(path, put_back)
    print_err(f"{place(context).where} was restored from {file}.")


def _ask_for_the_key_of_what_stands_there(here: Place) -> None:
    """The register replaced is kept first, which needs its key; the backup usually has the same key."""
    from feedback_tui.cli.key_prompt import ask_key
    from feedback_tui.storage.backend.addresses import register_file
    from feedback_tui.storage.backend.encryption_keys import from_keyring, hold
    from feedback_tui.storage.backend.sqlcipher import is_plain
    from feedback_tui.storage.maintenance.atomic_files import looks_encrypted

    path = register_file(here.where)
    if path.is_file() and not is_plain(path) and looks_encrypted(path):
        hold(path, from_keyring(path) or ask_key(f"Key of {path}: "))


def where(context: typer.Context) -> None:
    """Prints the register, the officer and the folder of state that the program uses."""
    from feedback_tui.storage.backend.addresses import shown

    here = place(context)
    print_out(f"register  {shown(here.where)}\nofficer   {here.officer}\nstate     {folders.state_folder()}")
