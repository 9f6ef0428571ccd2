"""The interface in a browser: textual-serve, limited to the browser that first opens the printed address.

Any program and user of this machine, and any page open in the browser, can reach a local web server. So each start
creates a key that works once: the browser that sends it gets a cookie, and the address alone, for example from the
browser's history, opens nothing afterwards. Browsers send cookies to all ports of a machine. So the cookie is limited
to a secret path and is never sent to another program's pages. (`__Host-` and `__Secure-` cookies need HTTPS, which is
not available here.)
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
"""Allows only content from this server (the page of textual-serve would load a font from Google), and forbids
framing."""
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
"""The most seconds that ending takes."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DeskServer(Server):
    """Serves the interface to the one browser that sends the key first."""

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
        """The origin of this server's pages as browsers send it: without the port if that is 80."""
        return self.public_url.lower().removesuffix(":80")

    def initialize_logging(self) -> None:
        """Logs warnings only, without variable values, because these can be personal text."""
        logging.basicConfig(level="WARNING", format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Prints nothing, because the command has printed the address already."""

    def request_exit(self) -> None:
        """Ends the server after Ctrl+C or a signal, within `END_WITHIN` seconds: a sleeping browser never closes its
        connection. Sessions notice and end by themselves, keeping drafts."""
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
        """Answers only the bound browser at the printed address, and no page of another origin; binds the browser that
        sends the key first. All others get status 403."""
        if (refused := self._refusal(request)) is not None:
            return web.Response(status=403, text=refused, headers=HEADERS)
        if "key" in request.query:
            return self._bind(request)
        answer = await handler(request)
        if not answer.prepared:
            answer.headers.update(HEADERS)
        return answer

    def _refusal(self, request: web.Request) -> str | None:
        """Returns the text for refusing a request, or None to answer it."""
        asks, origin = request.headers, request.headers.get("Origin")
        # Another host name that resolves to this machine could come from another site's page (DNS rebinding).
        if request.host.lower().removesuffix(":80") != urlsplit(self.origin).netloc:
            return NO_KEY
        # Browsers always send the origin with a websocket request.
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
        """Redirects to the address without the key, and sets the cookie that binds the browser."""
        answer = web.Response(status=302, headers={**HEADERS, "Location": f"{self.path}/"})
        if not self._is_bound(request):
            self._is_spent = True
            answer.set_cookie(COOKIE, self._binding, httponly=True, samesite="Strict", path=f"{self.path}/")
        return answer

    def _is_bound(self, request: web.Request) -> bool:
        return _same(request.cookies.get(COOKIE, ""), self._binding)


def _same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())
