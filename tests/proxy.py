"""A network between the program and a server that misbehaves: it falls silent, is cut, or delays. For tests alone."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

Stop = Callable[[bytes], bool]


class Proxy:
    """Forwards connections from a port of its own to a server on loopback, as long as it is told to.

    Silent, it takes bytes and forwards none, and neither end is told: as a firewall does that forgot a connection.
    """

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lost: list[tuple[socket.socket, socket.socket]] = []
        self._flowing, self._ended = threading.Event(), threading.Event()
        self._flowing.set()
        self.delay = 0.0
        """Seconds that each piece is held back."""
        self.silent_at: Stop | None = None
        """Falls silent when a piece from the program is like that: before it is forwarded."""
        self.silent_after: Stop | None = None
        """The same, but that piece is forwarded still: only its answer is lost."""
        threading.Thread(target=self._accept, daemon=True).start()

    def address(self, url: str) -> str:
        """The address of a register, by way of this proxy."""
        parts = urlsplit(url)
        user = f"{parts.username}@" if parts.username else ""
        return urlunsplit(parts._replace(netloc=f"{user}127.0.0.1:{self.port}"))

    @property
    def silent(self) -> bool:
        """Whether nothing is forwarded."""
        return not self._flowing.is_set()

    def fall_silent(self) -> None:
        """Forwards nothing more, old connections or new, and tells nobody."""
        self._flowing.clear()

    def speak(self, *, forget: bool = True) -> None:
        """Forwards again. What was open stays lost, as it does where a firewall forgot it, unless it is to go on."""
        self.silent_at = self.silent_after = None
        if forget:
            # They stay open, and silent, for ever: only new ones are forwarded.
            self._lost += self._pairs
            self._pairs = []
        self._flowing.set()

    def speak_once_silent(self) -> None:
        """Speaks again as soon as it has fallen silent, from a thread of its own."""

        def wait() -> None:
            while not self.silent:
                select.select([], [], [], 0.01)
            self.speak()

        threading.Thread(target=wait, daemon=True).start()

    def cut(self) -> None:
        """Closes every connection."""
        for pair in self._pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self._pairs = []

    def close(self) -> None:
        """Ends it."""
        self._ended.set()
        self._flowing.set()
        self._listener.close()
        self.cut()
        self._pairs = self._lost
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        self._flowing.wait()
        with suppress(OSError):
            far = socket.create_connection(self._target)
            pair = (near, far)
            self._pairs.append(pair)
            for source, target in (pair, pair[::-1]):
                arguments = (pair, source, target)
                threading.Thread(target=self._forward, args=arguments, daemon=True).start()

    def _forward(self, pair: tuple[socket.socket, socket.socket], source: socket.socket, target: socket.socket) -> None:
        near = source is pair[0]
        with suppress(OSError, ValueError):
            while not self._ended.is_set():
                data = source.recv(65536)
                if near and self.silent_after is not None and self.silent_after(data):
                    target.sendall(data)
                    self.fall_silent()
                    continue
                if near and self.silent_at is not None and self.silent_at(data):
                    self.fall_silent()
                self._flowing.wait()
                if pair not in self._pairs:
                    threading.Event().wait()  # Forgotten.
                if self.delay:
                    select.select([], [], [], self.delay)
                if not data:
                    break
                target.sendall(data)
        for end in pair:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy_to(url: str) -> Iterator[tuple[Proxy, str]]:
    """A proxy to the server of a register, and the register's address by way of it."""
    port = urlsplit(url).port
    assert port is not None
    proxy = Proxy(port)
    try:
        yield proxy, proxy.address(url)
    finally:
        proxy.close()
