"""The command that serves the interface in a browser, for colleagues without a terminal."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from socket import gethostname
from typing import Annotated

import typer

from feedback_tui import browser_files, folders
from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import Place, place

LOOPBACK, PORT = "127.0.0.1", 8000


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = PORT,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = LOOPBACK,
    open_to_network: Annotated[
        bool, typer.Option("--open-to-network", help="Needed with another --host: others can reach it, unencrypted.")
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(
            help="The only folder that files are read from and written to. Default: in the user's data folder."
        ),
    ] = None,
) -> None:
    """Serves the interface in a browser on this machine until Ctrl+C. Exits with 1 if the extra is missing or the port
    cannot be used. Raises BadParameter for a host that others can reach without --open-to-network."""
    if not _is_loopback(host):
        if not open_to_network:
            raise typer.BadParameter(
                f"{host} can be reached from other machines. Nothing would be encrypted, and whoever has the address "
                "with its key works as you: say --open-to-network if that is meant."
            )
        print_err(
            "Warning: other machines can reach this, unencrypted. There is no password: only the key in the address."
        )
    try:
        from feedback_tui.cli.browser import DeskServer
    except ImportError:
        print_err(
            "The interface in a browser needs one part more: pip install 'feedback-tui[browser]', or "
            "pipx inject feedback-tui textual-serve."
        )
        raise typer.Exit(1) from None
    command = _command(place(context), pretended=_given(context, "day"))
    server = DeskServer(command, host, port, f"http://{_called(host)}:{port}")
    files = _folder(folder)
    # Inherited by each session that this server starts.
    os.environ[browser_files.VARIABLE] = str(files)
    print_out(server.address)
    sys.stdout.flush()
    print_err(
        f"Open this address in a browser: its key is good once, and for that browser alone. Whoever opens it works as "
        f"{place(context).officer}; Ctrl+C ends it."
    )
    print_err(f"Files are read from {files} and written there, nowhere else; none that is there is written over.")
    try:
        server.serve()
    except OSError as error:
        print_err(f"Port {port} of {host} cannot be used: {error.strerror or error}. Choose another with --port.")
        raise typer.Exit(1) from None


def _folder(named: Path | None) -> Path:
    """Returns the folder for files, created for this user alone if it does not exist. Raises BadParameter if it cannot
    be."""
    folder = (named.expanduser() if named else folders.data_folder() / "files").absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise typer.BadParameter(f"{folder} cannot be the folder for files: {error.strerror}.") from None
    return folder.resolve()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _called(host: str) -> str:
    """Returns the host name to use in the address."""
    if host in ("0.0.0.0", "::"):
        return gethostname()
    return f"[{host}]" if ":" in host else host


def _given(context: typer.Context, name: str) -> bool:
    return context.parent is not None and context.parent.params.get(name) is not None


def _command(here: Place, *, pretended: bool) -> str:
    """Returns the command that each browser tab runs: this program, on the same register, as the same officer."""
    arguments = [sys.executable, "-m", "feedback_tui", "--db", here.where, "--as", here.officer]
    if pretended:
        arguments += ["--today", here.today.isoformat()]
    return subprocess.list2cmdline(arguments) if sys.platform == "win32" else shlex.join(arguments)
