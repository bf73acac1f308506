"""The connection under a request, as far as a stream needs to know it: what its reader has taken, and its end."""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import suppress

from starlette.types import Scope
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.server import ServerState

WIRE = "kernelwalk.wire"  # in a scope's extensions
AHEAD, ALL = 32 * 1024, 2**30  # bytes that the kernel keeps for a reader who has no room for them


class Arriving:
    """How many connections were taken in so far: a loop takes one in each round, others may wait behind it."""

    count = 0


ARRIVING = Arriving()


class Serving(ServerState):
    """What all connections of a server know."""

    draining = False  # the server was asked to stop


class Wire:
    """One connection; what it lacks on some system is done without."""

    def __init__(self, transport: asyncio.Transport, flow: FlowControl, serving: ServerState) -> None:
        self.transport = transport
        self.flow = flow
        self.serving = serving
        self.paced = False

    @property
    def draining(self) -> bool:
        """Whether the server was asked to stop: what is under way should come to its end."""
        return isinstance(self.serving, Serving) and self.serving.draining

    @property
    def open(self) -> bool:
        """Whether somebody may still read."""
        return not self.transport.is_closing()

    def pace(self) -> None:
        """From now on little is kept for a reader who does not read, below and here."""
        if not self.paced:
            self.paced = True
            self.keep_below(AHEAD)
            self.transport.set_write_buffer_limits(high=AHEAD // 2)

    def keep_below(self, most: int) -> None:
        """How much the kernel takes from us before it has sent the rest; what is on its way does not count."""
        wire: socket.socket | None = self.transport.get_extra_info("socket")
        if wire is not None and hasattr(socket, "TCP_NOTSENT_LOWAT"):
            with suppress(OSError, ValueError):  # no TCP, or closed
                wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, most)

    async def drained(self) -> None:
        """Returns when what was written has gone to the reader, but for as much as keeps it busy."""
        await self.flow.drain()

    def release(self) -> None:
        """Gives the kernel all that waits, which it will deliver when this process has gone."""
        self.keep_below(ALL)

    def drop(self) -> None:
        """Ends the connection at once, also what the kernel still keeps for its reader."""
        wire = self.transport.get_extra_info("socket")
        if wire is not None:
            with suppress(OSError, ValueError):  # it is closed already
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()


def wire_of(scope: Scope) -> Wire | None:
    """The connection of a request; none where somebody asks without one."""
    found: Wire | None = scope.get("extensions", {}).get(WIRE)
    return found
