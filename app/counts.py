"""Counts that run out after a span of time, kept by `limits` in this process or in a Valkey."""

from __future__ import annotations

import time

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

PREFIX = "kernelwalk"
PATIENCE = 0.25  # seconds that a store of counts may take: every visitor waits for it


class Counts:
    """Two numbers a name, of the span that runs and of the one before, weighed by how much of it still counts."""

    failures = (StorageError, OSError)  # of a store that does not answer

    def __init__(self, address: str = "") -> None:
        self.window = SlidingWindowCounterRateLimiter(shared(address) if address else MemoryStorage())

    async def wait(self, rule: str, most: int, seconds: int, name: str, cost: int) -> float | None:
        """Counts `cost`, or where that would be more than `most` tells the seconds until there may be room.

        Refuses  with one of the failures while the store does not answer
        """
        item = RateLimitItemPerSecond(most, seconds, namespace=rule)
        if await self.window.hit(item, name, cost=cost):
            return None
        return (await self.window.get_window_stats(item, name)).reset_time - time.time()


def shared(address: str) -> Storage:
    """Connects when it is first asked."""
    made = storage_from_string(
        f"async+{address}",
        wrap_exceptions=True,
        key_prefix=PREFIX,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
    )
    assert isinstance(made, Storage)
    return made
