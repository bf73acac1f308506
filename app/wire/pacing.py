"""How much of a stream is made at a time: as much as its reader takes, and nobody's bulk before another's beginning."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

from app.http.wire import Wire

FIRST_CELLS = 2**9  # about 4 kB of text: the first steps, and what those get who read slowly
MOST_CELLS = 7 * 2**12  # about 220 kB, which with what the kernel keeps is about 256 kB
SLOW = 0.1  # seconds: who needs longer for what was sent reads slowly


class Turns:
    """One after another, one in each round of the event loop: what else came in that round goes before."""

    def __init__(self) -> None:
        self.waiting: deque[asyncio.Future[None]] = deque()
        self.passing = False

    async def mine(self) -> None:
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self.waiting.append(turn)
        if not self.passing:
            self.passing = True
            loop.call_soon(self.pass_on, loop)
        await turn

    def pass_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wakes the next who still waits."""
        while self.waiting:
            turn = self.waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                break
        self.passing = bool(self.waiting)
        if self.passing:
            loop.call_soon(self.pass_on, loop)


@dataclass(slots=True)
class Reader:
    """Who takes a stream: each time half of what was taken at once so far, little when something was not.

    >>> reader = Reader()
    >>> reader.took(2000), reader.cells
    (None, 1000)
    >>> reader.waited = 5.0
    >>> reader.took(1000), reader.cells
    (None, 512)
    """

    turns: Turns = field(default_factory=Turns)
    wire: Wire | None = None  # none of who asks without a connection
    cells: int = FIRST_CELLS  # numbers that the next chunk may tell
    total: int = 0
    waited: float = 0.0  # seconds for which the last chunk was not taken

    @property
    def leaving(self) -> bool:
        """Whether the server was asked to stop."""
        return self.wire is not None and self.wire.draining

    def took(self, cells: int) -> None:
        """Told so many numbers, and waited until they were taken."""
        self.total = 0 if self.waited > SLOW else self.total + cells
        self.cells = max(FIRST_CELLS, min(self.total // 2, MOST_CELLS))

    async def next(self, cells: int) -> None:
        """Returns when the next chunk is to be made, after one of so many cells."""
        self.took(cells)
        await self.turns.mine()
