"""The interface in a browser: on this machine alone unless it is asked for, and for whoever has the key alone."""

from __future__ import annotations

import shlex
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientResponse, DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer

from feedback_tui import browser_files
from feedback_tui.cli.browser import DeskServer
from tests.cli.conftest import Command

PORT = 8123
Asks = Callable[..., Awaitable[ClientResponse]]


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
    started: list[DeskServer] = []
    monkeypatch.setattr(DeskServer, "serve", lambda self: started.append(self))
    opened = command("serve", "--port", str(PORT))
    assert opened.code == 0
    arguments = shlex.split(started[0].command)
    assert arguments[:4] == [sys.executable, "-m", "feedback_tui", "--db"]
    assert opened.out.strip() == f"http://127.0.0.1:{PORT}{started[0].path}/?key={started[0].key}"
    assert "works as" in opened.err
    warned = command("serve", "--host", "0.0.0.0", "--open-to-network")
    assert "There is no password" in warned.err


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a served session is told by its environment is put back; the folder for files is the test's."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv(browser_files.VARIABLE, "")


HOST = {"Host": f"127.0.0.1:{PORT}"}
ORIGIN = {"Origin": f"http://127.0.0.1:{PORT}"}


@asynccontextmanager
async def browser() -> AsyncIterator[tuple[DeskServer, Asks]]:
    """A server, and a browser without cookies of its own: a test says what it sends."""
    server = DeskServer("true", "127.0.0.1", PORT, f"http://127.0.0.1:{PORT}")
    async with TestClient(TestServer(await server._make_app()), cookie_jar=DummyCookieJar()) as client:

        async def ask(path: str, cookie: str = "", **more: str) -> ClientResponse:
            headers = {**HOST, **more} | ({"Cookie": cookie} if cookie else {})
            return await client.get(path, headers=headers, allow_redirects=False)

        yield server, ask


async def let_in(server: DeskServer, ask: Asks) -> str:
    """Opens the address that was printed, and gives the cookie as a browser sends it."""
    answer = await ask(f"{server.path}/?key={server.key}")
    assert (answer.status, answer.headers["Location"]) == (302, f"{server.path}/")
    return answer.headers["Set-Cookie"].split(";")[0]


async def test_nothing_is_answered_without_the_key() -> None:
    async with browser() as (server, ask):
        for path in (
            "/", "/ws", "/static/js/textual.js", "/?key=", "/?key=wrong", "/?key=%ff", f"/?key={server.key}",
            server.path, f"{server.path}/", f"{server.path}/ws", f"{server.path}/static/js/textual.js",
            f"{server.path}/?key=wrong", f"{server.path}/?key=%ff", f"{server.path}/download/x",
        ):  # fmt: skip
            assert (await ask(path)).status == 403
            assert (await ask(path, "feedback_tui=; feedback_tui_key=x")).status == 403


async def test_the_cookie_is_sent_to_no_other_program() -> None:
    """Cookies know no ports: one for `/` went to whatever page was opened on another port of this machine."""
    async with browser() as (server, ask):
        given = await ask(f"{server.path}/?key={server.key}")
        cookie = given.headers["Set-Cookie"]
        assert f"Path={server.path}/" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "Domain" not in cookie
        assert server.key not in cookie
        assert len(server.path) > 32


async def test_the_key_in_the_history_opens_nothing() -> None:
    async with browser() as (server, ask):
        cookie = await let_in(server, ask)
        again = await ask(f"{server.path}/?key={server.key}")
        assert again.status == 403
        assert "is spent" in await again.text()
        assert again.headers["Content-Type"].startswith("text/plain")
        assert "Set-Cookie" not in again.headers
        # The browser that opened it goes on: reloaded, in another tab, by the address that was printed.
        assert (await ask(f"{server.path}/", cookie)).status == 200
        reopened = await ask(f"{server.path}/?key={server.key}", cookie)
        assert (reopened.status, reopened.headers["Location"]) == (302, f"{server.path}/")


async def test_the_page_names_this_server_alone() -> None:
    async with browser() as (server, ask):
        page = await ask(f"{server.path}/", await let_in(server, ask))
        text = await page.text()
        assert f"ws://127.0.0.1:{PORT}{server.path}/ws" in text
        assert server.key not in text
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert page.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "more",
    [
        {"Origin": "http://elsewhere.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {"Origin": f"https://127.0.0.1:{PORT}"},
        {"Host": "elsewhere.example"},
        {"Host": f"localhost:{PORT}"},
        {"Host": f"127.0.0.1:{PORT + 1}"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"},
    ],
    ids=str,
)
async def test_no_page_of_another_origin_or_name_is_answered(more: dict[str, str]) -> None:
    async with browser() as (server, ask):
        asked = await ask(f"{server.path}/?key={server.key}", **more)
        assert asked.status == 403
        cookie = await let_in(server, ask)  # And the key was not spent by it.
        for path in ("/", "/ws", "/static/js/textual.js"):
            assert (await ask(f"{server.path}{path}", cookie, **more)).status == 403


async def test_a_websocket_needs_the_cookie_and_the_origin_both() -> None:
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }  # fmt: skip
    async with browser() as (server, ask):
        cookie = await let_in(server, ask)
        path = f"{server.path}/ws"
        assert (await ask(path, cookie, **upgrade)).status == 403
        assert (await ask(path, "", **upgrade, **ORIGIN)).status == 403
        assert (await ask(f"{path}?key={server.key}", "", **upgrade, **ORIGIN)).status == 403
        assert (await ask(path, cookie, **upgrade, Origin="http://127.0.0.1:9999")).status == 403
        assert (await ask(path, cookie, **upgrade, **ORIGIN)).status == 101


async def test_a_look_at_the_address_does_not_spend_its_key() -> None:
    server = DeskServer("true", "127.0.0.1", PORT, f"http://127.0.0.1:{PORT}")
    async with TestClient(TestServer(await server._make_app())) as client:
        assert (await client.head(f"{server.path}/?key={server.key}", headers=HOST)).status == 403
        opened = await client.get(f"{server.path}/?key={server.key}", headers=HOST, allow_redirects=False)
        assert opened.status == 302
