"""A PostgreSQL server for the tests: started in a folder of its own, on loopback, and stopped again.

``python -m tests.postgres COMMAND …`` runs a command with ``FEEDBACK_TUI_TEST_SERVER`` naming it. Needs Debian's
package ``postgresql``, or another that brings ``initdb`` and ``pg_ctl``.
"""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 300
"""Seconds that it is given to start, or to stop, on a machine that is busy."""
PORTS = (15_000, 32_000)
"""Systems give the ends of connections numbers above these."""
FAST = "fsync=off synchronous_commit=off full_page_writes=off autovacuum=off jit=off max_wal_size=4GB"
"""What was saved need not outlive these tests; the runs on durability start a server without it."""


def programs() -> Path:
    """The folder of ``initdb`` and ``pg_ctl``."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if not folders:
        sys.exit("PostgreSQL is not installed: apt-get install postgresql")
    return folders[-1]


class Server:
    """A server on loopback; it can be stopped hard and started again."""

    def __init__(self, folder: Path, settings: str = "") -> None:
        self.folder, self.port, self._settings = folder, _free_port(), settings
        # A server refuses to run as root: it is then Debian's own user for it, or nobody.
        self._user = _server_user() if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)
        self._run(
            "initdb", "-D", str(folder / "data"), "-U", "officer", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )

    @property
    def url(self) -> str:
        """Its address, without a database."""
        return f"postgresql://officer@127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        options += "".join(f" -c {setting}" for setting in self._settings.split())
        self._control("-o", options, "-l", str(self.folder / "log"), "start")

    @property
    def runs(self) -> bool:
        """Whether it was started, and not stopped since."""
        return (self.folder / "data" / "postmaster.pid").exists()

    def stop(self, how: str = "fast") -> None:
        """Stops it: ``fast``, or ``immediate`` as a crash would."""
        self._control("-m", how, "stop")

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", str(PATIENCE), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(programs() / program), *arguments],
            user=self._user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}")


@contextmanager
def server(settings: str = "") -> Iterator[Server]:
    """A server for the time of the block."""
    with tempfile.TemporaryDirectory(prefix="feedback-tui-pg-") as folder:
        Path(folder).chmod(0o755)
        started = Server(Path(folder), settings)
        started.start()
        try:
            yield started
        finally:
            if started.runs:
                started.stop("immediate")


def _free_port() -> int:
    """A port that no one has, and that no connection is given for its own end while the server is away."""
    while True:
        port = random.randrange(*PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _server_user() -> str:
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def main() -> int:
    """Runs the command that is named."""
    with server(FAST) as started:
        return subprocess.run(
            sys.argv[1:], env={**os.environ, "FEEDBACK_TUI_TEST_SERVER": started.url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
