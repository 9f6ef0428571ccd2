"""The interface in a browser: textual-serve, kept to the browser that first opens the address printed when it starts.

A web server on this machine can be reached by every other program and user of it, and by any page that is open in the
browser. So each start makes a key. It is good for one use: the browser that brings it is given a cookie for it, and an
address that is left in its history, or seen over a shoulder, opens nothing.

Browsers send cookies to every port of a machine. So the cookie is for one path alone, whose name no one else knows, and
is never sent to another program's pages. (`__Host-` and `__Secure-` names need HTTPS, which there is none of here.)
"""

from __future__ import annotations

import hmac
import logging
import os
import secrets
from collections.abc import Awaitable, Callable
from threading import Timer
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

COOKIE = "feedback_tui"
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'; form-action 'none'; base-uri 'none'"
)
"""Nothing is fetched from anywhere else (the page of textual-serve asks Google for a font), and no page frames it."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NO_KEY = "Open the address that feedback-tui serve printed: it carries a key, which this one does not.\n"
SPENT = (
    "This address was opened before: its key is good for one browser, once, and is spent.\n\n"
    "If that was you, go on in the browser that opened it, or in another tab of it. If it was not, someone else has\n"
    "it: end feedback-tui serve with Ctrl+C. Started again, it prints a new address.\n"
)
ELSEWHERE = "This page may not ask here.\n"
END_WITHIN = 3.0
"""Seconds from being told to end until it has."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DeskServer(Server):
    """Serves the desk to the one browser that brings its key first."""

    def __init__(self, command: str, host: str, port: int, public_url: str | None = None) -> None:
        super().__init__(command, host=host, port=port, title="feedback-tui", public_url=public_url)
        self.key, self.path = secrets.token_urlsafe(24), f"/{secrets.token_hex(16)}"
        self._binding = secrets.token_urlsafe(32)
        self._is_spent = False

    @property
    def address(self) -> str:
        """The address to open, with the key."""
        return f"{self.public_url}{self.path}/?key={self.key}"

    @property
    def origin(self) -> str:
        """What a browser calls the pages of this server: without the port where that is the usual one."""
        return self.public_url.lower().removesuffix(":80")

    def initialize_logging(self) -> None:
        """Warnings alone, without the values around them: they may be people's words."""
        logging.basicConfig(level="WARNING", format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Says nothing: the command has said what there is to say."""

    def request_exit(self) -> None:
        """Ends it, at Ctrl+C or when it is told to. Browsers are waited for no longer than a moment: one that is asleep
        says goodbye to nobody. Sessions end by themselves once the server is gone, with what was typed kept."""
        ending = Timer(END_WITHIN, os._exit, (0,))
        ending.daemon = True
        ending.start()
        super().request_exit()

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.add_subapp(self.path, await super()._make_app())
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Lets through the browser that is bound to this server, on the address that was printed, and no page of
        another origin; binds the one that brings the key first."""
        if (refused := self._refusal(request)) is not None:
            return web.Response(status=403, text=refused, headers=HEADERS)
        if "key" in request.query:
            return self._bind(request)
        answer = await handler(request)
        if not answer.prepared:
            answer.headers.update(HEADERS)
        return answer

    def _refusal(self, request: web.Request) -> str | None:
        """Why a request is not answered, in words; None where it is."""
        asks, origin = request.headers, request.headers.get("Origin")
        # A name of somebody else's that leads to this machine is how a page of theirs would reach it.
        if request.host.lower().removesuffix(":80") != urlsplit(self.origin).netloc:
            return NO_KEY
        # A browser always says whose page opens a websocket.
        is_socket = "upgrade" in asks.get("Connection", "").lower() or request.path == f"{self.path}/ws"
        if (origin is None and is_socket) or (origin is not None and origin.lower() != self.origin):
            return ELSEWHERE
        is_page = asks.get("Sec-Fetch-Mode", "navigate") == "navigate"
        if not is_page and asks.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            return ELSEWHERE
        if not request.path.startswith(f"{self.path}/"):
            return NO_KEY
        if self._is_bound(request):
            return None
        if request.method != "GET" or not _same(request.query.get("key", ""), self.key):
            return NO_KEY
        return SPENT if self._is_spent else None

    def _bind(self, request: web.Request) -> web.StreamResponse:
        """Sends the browser on to the address without the key, bound to this server."""
        answer = web.Response(status=302, headers={**HEADERS, "Location": f"{self.path}/"})
        if not self._is_bound(request):
            self._is_spent = True
            answer.set_cookie(COOKIE, self._binding, httponly=True, samesite="Strict", path=f"{self.path}/")
        return answer

    def _is_bound(self, request: web.Request) -> bool:
        return _same(request.cookies.get(COOKIE, ""), self._binding)


def _same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())
