"""A line to a server that can be cut: a proxy over loopback, of which each connection may have an end of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

PIECE = 4096
BUSY = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


class Proxy:
    """Passes bytes both ways; `ends` says for each connection after how many bytes of the answer it is cut."""

    def __init__(self, port: int, ends: Sequence[int | bytes]) -> None:
        self.port, self.ends, self.taken = port, list(ends), 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        with suppress(OSError):  # it was closed
            while True:
                client, _ = self.listener.accept()
                end = self.ends[self.taken] if self.taken < len(self.ends) else None
                self.taken += 1
                threading.Thread(target=self.passed, args=(client, end), daemon=True).start()

    def passed(self, client: socket.socket, end: int | bytes | None) -> None:
        with client, socket.create_connection(("127.0.0.1", self.port)) as server:
            if isinstance(end, bytes):
                client.recv(PIECE)
                client.sendall(end)
                return
            threading.Thread(target=pump, args=(client, server), daemon=True).start()
            left = end if end is not None else 2**60
            with suppress(OSError):
                while left and (content := server.recv(min(PIECE, left))):
                    client.sendall(content)
                    left -= len(content)
            for end_of in (client, server):  # a socket that another thread reads is not ended by closing it
                with suppress(OSError):
                    end_of.shutdown(socket.SHUT_RDWR)


def pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while content := source.recv(PIECE):
            target.sendall(content)


@contextmanager
def proxied(port: int, *ends: int | bytes) -> Iterator[Proxy]:
    proxy = Proxy(port, ends)
    threading.Thread(target=proxy.serve, daemon=True).start()
    yield proxy
    proxy.listener.close()
