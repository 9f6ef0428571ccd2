"""The interface in a browser, by a real server: a session ends with it, however it ends, and keeps what was typed."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pyte
import pytest

from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import create_register
from tests.terminal.program import PATIENCE, environment

COLUMNS, ROWS = 100, 30
WORDS = "No carer came on Sunday"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Tab:
    """One tab of a browser: its screen, cell by cell, and its keys."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._screen = socket, pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)

    async def type(self, text: str) -> None:
        await self._socket.send_json(["stdin", text])

    async def wait_for(self, text: str) -> None:
        end = time.monotonic() + PATIENCE
        while text not in (shown := "\n".join(self._screen.display)):
            assert time.monotonic() < end, f"{text!r} never came:\n{shown}"
            message = await self._socket.receive(timeout=PATIENCE)
            assert isinstance(message.data, bytes | str), f"closed before {text!r} came:\n{shown}"
            if isinstance(message.data, bytes):
                self._stream.feed(message.data)


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[tuple[subprocess.Popen[str], Tab]]:
    """A server on an empty register, with one tab open; what it reads and writes stays in the folder."""
    create_register(str(folder / "register.db"), profile_text("shropshire")).close()
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "feedback_tui", "serve", "--port", str(port), "--folder", str(folder / "files")],
        env={**os.environ, **environment(folder)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        origin = f"http://127.0.0.1:{port}"
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
            for _ in range(int(PATIENCE / 0.1)):
                try:
                    page = await (await browser.get(address)).text()
                    break
                except aiohttp.ClientConnectorError:
                    time.sleep(0.1)  # It says its address before it listens.
            found = re.search(r'data-session-websocket-url="([^"]+)"', page)
            assert found is not None, page
            url = f"{found[1]}?width={COLUMNS}&height={ROWS}"
            async with browser.ws_connect(url, origin=origin, autoclose=False) as opened:
                yield server, Tab(opened)
    finally:
        server.kill()
        server.wait()


def _sessions(server: int) -> set[int]:
    """The processes that descend from the server's."""
    found: set[int] = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, parent = int(stat.parent.name), int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if parent == server:
            found |= {number, *_sessions(number)}
    return found


def _until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def _runs(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=lambda how: how.name)
async def test_a_killed_server_takes_its_sessions_along_and_drafts_are_kept(
    tmp_path: Path, how: signal.Signals
) -> None:
    async with served(tmp_path) as (server, tab):
        await tab.wait_for("Nothing is open")
        await tab.type("n")
        await tab.wait_for("These dates follow")
        await tab.type(WORDS)
        await tab.wait_for("Sunday")
        sessions = _sessions(server.pid)
        assert sessions
        begun = time.monotonic()
        server.send_signal(how)
        _until(lambda: not any(map(_runs, sessions)), "a session stays without its server")
        assert time.monotonic() - begun < 15
    (draft,) = (tmp_path / "state").rglob("drafts/*.json")
    assert json.loads(draft.read_text())["words"]["description"] == WORDS
