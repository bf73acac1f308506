"""What was computed last, kept while there is room for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any

from cachetools import LRUCache

from app import metrics

LARGEST_SHARE = 0.75  # one thing may fill at most this part of the cache


class Cache:
    """What was used last, as many bytes of it as there is room for; safe to use from many threads."""

    def __init__(self, most_bytes: int) -> None:
        self.kept: LRUCache[Hashable, tuple[Any, int]] = LRUCache(most_bytes, getsizeof=lambda kept: kept[1])
        self.lock = threading.Lock()

    def get(self, key: Hashable) -> Any:
        with self.lock:
            found = self.kept.get(key, (None, 0))[0]
        metrics.looked_for(str(key[0]) if isinstance(key, tuple) else metrics.ELSE, found is not None).inc()
        return found

    def __contains__(self, key: Hashable) -> bool:
        with self.lock:
            return key in self.kept

    def put(self, key: Hashable, value: Any, size: int) -> None:
        if size <= self.kept.maxsize * LARGEST_SHARE:
            with self.lock:
                self.kept[key] = (value, size)

    def told(self, key: Hashable, make: Callable[[], bytes], beside: int = 0) -> bytes:
        """Some text that is kept, or made and kept; `beside` are the bytes that its key takes."""
        found: bytes | None = self.get(key)
        if found is None:
            found = make()
            self.put(key, found, len(found) + beside)
        return found
