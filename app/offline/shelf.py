"""Files of figures: one that was made lately is not made again, and only so many are being made at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable

from app.cache import Cache

AT_A_TIME = 2


class Shelf:
    """Others wait until there is a hand for them; what is in the cache waits for nobody."""

    def __init__(self, cache: Cache, hands: int = AT_A_TIME) -> None:
        self.cache = cache
        self.hands = asyncio.Semaphore(hands)

    async def get(self, key: Hashable, make: Callable[[], Awaitable[bytes]]) -> bytes:
        found: bytes | None = self.cache.get(key)
        if found is not None:
            return found
        async with self.hands:
            found = self.cache.get(key)  # while it waited, another may have made it
            if found is None:
                found = await make()
                self.cache.put(key, found, len(found))
            return found
