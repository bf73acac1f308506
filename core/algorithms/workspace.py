"""Memory to work in: scratch that each thread keeps, because fresh pages cost more than the sums made in them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np

from core.algorithms.arrays import Array

MOST_BYTES = 2**23  # of one kept piece; larger ones are made anew
MOST_VIEWS = 128
PAGE = 4096
LONG_ROW = 144  # cells from which a row is worth a loop of its own (docs/core.md)
SMALLEST_BUFFER = 64  # cells

Made = TypeVar("Made")


class Workspace(threading.local):
    """Named pieces, so that two users of one thread never share one."""

    def __init__(self) -> None:
        self.kept: dict[str, Array] = {}
        self.views: dict[Hashable, Any] = {}

    def line(self, name: str, size: int, dtype: np.dtype[Any]) -> Array:
        """`size` cells with whatever was in them before."""
        needed = size * dtype.itemsize
        if needed > MOST_BYTES:
            return np.empty(size, dtype=dtype)
        held = self.kept.get(name)
        if held is None or held.nbytes < needed:
            held = self.kept[name] = apart(needed, len(self.kept))
            self.views.clear()
        return held[:needed].view(dtype)

    def cut(self, key: Hashable, size: int, make: Callable[[], Made]) -> Made:
        """What `make` cuts from pieces of up to `size` bytes, remembered until one of the pieces is replaced."""
        if size > MOST_BYTES:
            return make()
        found: Made | None = self.views.get(key)
        if found is None:
            found = make()
            if len(self.views) >= MOST_VIEWS:
                self.views.clear()
            self.views[key] = found
        return found


def apart(size: int, number: int) -> Array:
    """Bytes that begin where a cache line does, and elsewhere in their page than pictures and other pieces do.

    A processor that stores a little ahead of where it loads, pages apart, waits: it compares the last 12 bits of the
    addresses only. Large pictures begin at 16 in their page, and most of their rows at 16 + 512 k.
    """
    room = np.empty(size + PAGE, dtype=np.uint8)
    first = (256 + 1024 * (number % 4) - room.ctypes.data) % PAGE
    return room[first : first + size]


@contextmanager
def rows_in_place(width: int) -> Iterator[None]:
    """Let ufuncs work on rows that are parts of longer ones where they lie.

    By default NumPy first gathers rows below 8192 cells in a buffer, and scatters the results again: that helps the
    shortest, and doubles the time of all others. For operands of one type only: conversions need the buffer.
    """
    with np.errstate():  # its end brings the old buffer back
        if width >= LONG_ROW:
            np.setbufsize(SMALLEST_BUFFER)
        yield


WORKSPACE = Workspace()
