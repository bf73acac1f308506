"""How much of a stream is made at a time: as much as its reader takes, and nobody's bulk before another's beginning."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field

from app.http.wire import ARRIVING, Wire
from app.lanes import CLIENT

FIRST_CELLS = 2**10  # about 8 kB of text: a second of steps at the pace of an eye, and what those get who read slowly
MOST_CELLS = 7 * 2**12  # about 220 kB, which with what the kernel keeps is about 256 kB
AT_WORK = 4  # streams of one client that are opened, or chunks of its streams that are made, at a time
MOST_ARRIVALS, MOST_OPENINGS = 64, 4  # connections that are taken in before a turn, streams that are opened before it
SLOW = 0.1  # seconds: who needs longer for what was sent reads slowly


class Turns:
    """One in each round of the event loop, clients one after another: what else came in that round goes before.

    Of one client no more than a share are at work at a time. For a while turns wait for those that go before them, and
    for connections that arrive: a loop takes in one in each round, behind long rounds all others would wait unheard.
    """

    def __init__(self, before: Turns | None = None, share: int = AT_WORK) -> None:
        self.before = before
        self.share = share
        self.waiting: dict[str, deque[asyncio.Future[None]]] = {}  # whose turn is next comes first
        self.working: Counter[str] = Counter()
        self.passing = False
        self.arrived = self.held = 0

    @asynccontextmanager
    async def mine(self) -> AsyncGenerator[None, None]:
        """Lasts as long as the work that the turn is for."""
        client, turn = CLIENT.get(), asyncio.get_running_loop().create_future()
        self.waiting.setdefault(client, deque()).append(turn)
        self.go_on()
        try:
            await turn
            yield
        finally:
            if turn.done() and not turn.cancelled():
                self.working[client] -= 1
                if not self.working[client]:
                    del self.working[client]
                self.go_on()

    def go_on(self) -> None:
        if not self.passing and self.waiting:
            self.passing = True
            asyncio.get_running_loop().call_soon(self.pass_on)

    def others(self) -> int:
        """How many rounds are left to what goes before."""
        arrived, self.arrived = self.arrived, ARRIVING.count
        if arrived != self.arrived:
            return MOST_ARRIVALS
        return MOST_OPENINGS if self.before is not None and self.before.waiting else 0

    def pass_on(self) -> None:
        """Wakes the next who still waits and whose client has not its share at work."""
        self.passing = False
        if self.held < self.others():
            self.held += 1
            self.go_on()
            return
        self.held = 0
        while (client := next(filter(self.has_share, self.waiting), None)) is not None:
            turns = self.waiting.pop(client)
            while turns and turns[0].done():
                turns.popleft()
            if not turns:
                continue
            turns.popleft().set_result(None)
            self.working[client] += 1
            if turns:
                self.waiting[client] = turns
            self.go_on()
            return

    def has_share(self, client: str) -> bool:
        """Whether one more of the client's may be at work."""
        return self.working[client] < self.share


@dataclass(slots=True)
class Reader:
    """Who takes a stream: each time a third of what was taken at once so far, little when something was not.

    >>> reader = Reader()
    >>> reader.took(6000), reader.cells
    (None, 2000)
    >>> reader.waited = 5.0
    >>> reader.took(1000), reader.cells
    (None, 1024)
    """

    turns: Turns = field(default_factory=Turns)
    wire: Wire | None = None  # none of who asks without a connection
    cells: int = FIRST_CELLS  # numbers that the next chunk may tell
    total: int = 0
    begun: bool = False
    waited: float = 0.0  # seconds for which the last chunk was not taken

    @property
    def leaving(self) -> bool:
        """Whether the server was asked to stop."""
        return self.wire is not None and self.wire.draining

    def took(self, cells: int) -> None:
        """Told so many numbers, and waited until they were taken."""
        self.total = 0 if self.waited > SLOW else self.total + cells
        self.cells = max(FIRST_CELLS, min(self.total // 3, MOST_CELLS))

    def turn(self) -> AbstractAsyncContextManager[None]:
        """In which the next chunk is to be made; the first is waited for, and takes none."""
        begun, self.begun = self.begun, True
        return self.turns.mine() if begun else nullcontext()
