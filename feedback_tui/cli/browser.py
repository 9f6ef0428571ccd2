"""The interface in a browser: textual-serve, kept to whoever has the key that is printed when it starts.

A web server on this machine can be reached by every other program and user of it, and by any page that is open in the
browser. So each start makes a key; without it nothing is answered, whatever address or page asks.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

COOKIE = "feedback_tui_key"
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'"
)
"""Nothing is fetched from anywhere else (the page of textual-serve asks Google for a font), and no page frames it."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DeskServer(Server):
    """Serves the desk to whoever has its key."""

    def __init__(self, command: str, host: str, port: int, public_url: str | None = None) -> None:
        super().__init__(command, host=host, port=port, title="feedback-tui", public_url=public_url)
        self.key = secrets.token_urlsafe(24)

    @property
    def address(self) -> str:
        """The address to open, with the key."""
        return f"{self.public_url}/?key={self.key}"

    def initialize_logging(self) -> None:
        """Warnings alone, without the values around them: they may be people's words."""
        logging.basicConfig(level="WARNING", format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Says nothing: the command has said what there is to say."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Lets through whoever has the key, and no page of another origin."""
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden(text="This page may not ask here.")
        if self._is_key(request.query.get("key", "")):
            response = web.Response(status=302, headers={"Location": "/"})
            response.set_cookie(COOKIE, self.key, httponly=True, samesite="Strict", path="/")
            return response
        if not self._is_key(request.cookies.get(COOKIE, "")):
            raise web.HTTPForbidden(text="Open the address that feedback-tui serve printed: it carries the key.")
        answer = await handler(request)
        if not answer.prepared:
            answer.headers["Content-Security-Policy"] = POLICY
            answer.headers["Referrer-Policy"] = "no-referrer"
            answer.headers["Cache-Control"] = "no-store"
        return answer

    def _is_key(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.key.encode())
