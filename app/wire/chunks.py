"""Written pieces of streams, kept while there is room: who walks what another walks is given the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from weakref import WeakKeyDictionary

from app.cache import Cache
from core.trace import Trace

KEPT_BYTES = 2**24

Key = tuple[str, int, int, int, str, int]


class Chunks:
    """Kept by the trace that they tell, from which step to which, in what detail.

    >>> import core
    >>> trace, chunks = core.trace("[1 2; 3 4] | flip"), Chunks(1000)
    >>> key = chunks.key(trace, 0, 2, "full", 1)
    >>> chunks.told(key, lambda: b"lines"), chunks.told(key, lambda: b"not made again"), key in chunks
    (b'lines', b'lines', True)
    """

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self.kept = Cache(most_bytes)
        self.numbers: WeakKeyDictionary[Trace, int] = WeakKeyDictionary()
        self.fresh = count()

    def key(self, trace: Trace, start: int, stop: int, detail: str, every: int) -> Key:
        """A trace is known by a number of its own, so that what is kept does not keep the trace."""
        number = self.numbers.get(trace)
        if number is None:
            number = self.numbers.setdefault(trace, next(self.fresh))
        return ("lines", number, start, stop, detail, every)

    def __contains__(self, key: Key) -> bool:
        return key in self.kept

    def told(self, key: Key, make: Callable[[], bytes]) -> bytes:
        return self.kept.told(key, make)
