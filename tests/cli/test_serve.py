"""The interface in a browser: on this machine alone unless it is asked for, and for whoever has the key alone."""

from __future__ import annotations

import shlex
import sys

import pytest
from aiohttp.test_utils import TestClient, TestServer

from feedback_tui.cli.browser import DeskServer
from tests.cli.conftest import Command

PORT = 8123


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "desk.example"])
def test_another_address_is_refused_unless_it_is_meant(command: Command, host: str) -> None:
    refused = command("serve", "--host", host)
    assert refused.code == 2
    assert "--open-to-network" in refused.err


def test_without_its_part_it_says_what_to_install(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "feedback_tui.cli.browser", None)
    missing = command("serve")
    assert missing.code == 1
    assert "feedback-tui[browser]" in missing.err


def test_each_tab_runs_this_program_on_the_same_register(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[DeskServer] = []
    monkeypatch.setattr(DeskServer, "serve", lambda self: served.append(self))
    opened = command("serve", "--port", str(PORT))
    assert opened.code == 0
    arguments = shlex.split(served[0].command)
    assert arguments[:4] == [sys.executable, "-m", "feedback_tui", "--db"]
    assert opened.out.strip() == f"http://127.0.0.1:{PORT}/?key={served[0].key}"
    warned = command("serve", "--host", "0.0.0.0", "--open-to-network")
    assert "There is no password" in warned.err


async def test_nothing_is_answered_without_the_key_or_to_another_page() -> None:
    server = DeskServer("true", "127.0.0.1", PORT)
    async with TestClient(TestServer(await server._make_app())) as client:
        for path in ("/", "/ws", "/static/js/textual.js", "/?key=", "/?key=wrong", "/?key=%ff"):
            assert (await client.get(path)).status == 403
        let_in = await client.get(f"/?key={server.key}", allow_redirects=False)
        assert let_in.status == 302
        cookie = let_in.headers["Set-Cookie"]
        assert all(part in cookie for part in (server.key, "HttpOnly", "SameSite=Strict"))
        page = await client.get("/")
        assert page.status == 200
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        other = await client.get("/ws", headers={"Origin": "http://elsewhere.example"})
        assert other.status == 403
