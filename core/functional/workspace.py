"""Scratch memory that each thread keeps: fresh pages cost more than the sums that are made in them."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from core.functional.arrays import Array

MOST_BYTES = 2**23  # of one kept piece; larger ones are made anew
CACHE_LINE = 64


class Workspace(threading.local):
    """Named pieces, so that two users of one thread never share one."""

    def __init__(self) -> None:
        self.kept: dict[str, Array] = {}

    def line(self, name: str, size: int, dtype: np.dtype[Any]) -> Array:
        """`size` cells with whatever was in them before."""
        needed = size * dtype.itemsize
        if needed > MOST_BYTES:
            return np.empty(size, dtype=dtype)
        held = self.kept.get(name)
        if held is None or held.nbytes < needed:
            held = self.kept[name] = aligned(needed)
        return held[:needed].view(dtype)


def aligned(size: int) -> Array:
    """Bytes that begin where a cache line does, so that no vector of them lies in two."""
    room = np.empty(size + CACHE_LINE, dtype=np.uint8)
    first = -room.ctypes.data % CACHE_LINE
    return room[first : first + size]


WORKSPACE = Workspace()
