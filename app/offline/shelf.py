"""Files that were made lately, and how many are being made at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable

from cachetools import LRUCache

AT_A_TIME = 2
MOST_BYTES = 32 * 2**20


class Shelf:
    """A file that is asked for again is not made again; others wait until there is a hand for them."""

    def __init__(self, most_bytes: int = MOST_BYTES, hands: int = AT_A_TIME) -> None:
        self.kept: LRUCache[Hashable, bytes] = LRUCache(most_bytes, getsizeof=len)
        self.hands = asyncio.Semaphore(hands)

    async def get(self, key: Hashable, make: Callable[[], Awaitable[bytes]]) -> bytes:
        async with self.hands:
            found = self.kept.get(key)
            if found is None:
                found = await make()
                if len(found) <= self.kept.maxsize:
                    self.kept[key] = found
            return found
