"""Functions of single cells over large arrays: a piece at a time, so that what lies between two passes stays close."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.algorithms.arrays import Array
from core.algorithms.caches import cache_bytes

PIECE = 1 / 8  # of a core's cache: up to five arrays of this size are at work
MOST_BYTES = 2**16  # of a piece: for larger scratch arrays the C library may ask the system each time


def by_pieces(work: Callable[..., None], x: Array, *others: Array) -> Array:
    """A new array of the shape and type of x, which work(y, x, *others) fills cell by cell; all of one shape."""
    if x.ndim == 0:  # NumPy makes numbers of them on the way, which take no answers
        return by_pieces(work, x.reshape(1), *(other.reshape(1) for other in others)).reshape(())
    y = np.empty(x.shape, dtype=x.dtype)
    if x.nbytes <= MOST_BYTES:
        work(y, x, *others)
        return y
    lines = [np.ascontiguousarray(each).reshape(-1) for each in (y, x, *others)]
    step = min(cache_bytes(PIECE), MOST_BYTES) // x.itemsize
    for start in range(0, y.size, step):
        work(*[line[start : start + step] for line in lines])
    return y
