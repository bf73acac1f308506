"""The server as it ends: asked to stop, it refuses what is new, lets streams say their last line, and leaves with 0."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from contextlib import suppress
from types import FrameType

import uvicorn
from uvicorn.supervisors import Multiprocess, multiprocess

from app.http.protocol import BoundedProtocol
from app.http.wire import Serving

LOOK = 0.05  # seconds between two looks at whether all is answered
DESCRIPTORS = 65_536  # that a server would like to have: one a connection, and some

log = logging.getLogger("kernelwalk")


class GracefulServer(uvicorn.Server):
    """While it drains it still listens, so that proxies learn of it; what is under way is ended or waited for."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.server_state = Serving()
        self.handle_exit = self.asked_to_stop  # type: ignore[method-assign]  # uvicorn's name for it

    def asked_to_stop(self, sig: int, frame: FrameType | None) -> None:
        """Not raised again at the end, as uvicorn would: a server that was asked to stop and did has not failed."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Within one grace: what is still computed when it is over has a second more to be called off."""
        loop = asyncio.get_running_loop()
        grace, begun = self.config.timeout_graceful_shutdown or 0, loop.time()
        await self.drain(grace)
        self.config.timeout_graceful_shutdown = max(1, round(grace - (loop.time() - begun)))
        await super().shutdown(sockets)

    async def drain(self, grace: float) -> None:
        """Until all that was begun is answered and taken, or the grace is over."""
        loop = asyncio.get_running_loop()
        until = loop.time() + grace
        self.server_state.draining = True  # type: ignore[attr-defined]
        for connection in self.connections():
            connection.wire.release()
        while self.busy() and loop.time() < until and not self.force_exit:  # noqa: ASYNC110 - uvicorn tells no one
            await asyncio.sleep(LOOK)
        if self.busy():
            for connection in self.connections():
                connection.transport.abort()

    def busy(self) -> bool:
        """Whether something is still to be answered, or waits in this process for its reader."""
        waiting = (connection.transport.get_write_buffer_size() for connection in self.connections())
        return bool(self.server_state.tasks) or any(waiting)

    def connections(self) -> list[BoundedProtocol]:
        return [found for found in self.server_state.connections if isinstance(found, BoundedProtocol)]


class Worker(multiprocess.Process):
    """One of several server processes."""

    @property
    def server(self) -> uvicorn.Server:
        if self._server is None:
            self._server = GracefulServer(config=self.config)
        return self._server


def run(config: uvicorn.Config) -> int:
    """Serves until asked to stop; the exit status."""
    widen()
    if config.workers > 1:
        multiprocess.Process = Worker  # type: ignore[misc]  # uvicorn has no other way to name the server of a worker
        with suppress(KeyboardInterrupt):
            Multiprocess(config, sockets=[config.bind_socket()]).run()
        return 0
    server = GracefulServer(config)
    with suppress(KeyboardInterrupt):
        server.run()
    return 0 if server.started else 3


def widen() -> None:
    """As many descriptors as the system lets us have, up to what a server can use."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    if soft < most:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
