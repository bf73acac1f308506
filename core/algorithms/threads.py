"""Two halves of a large picture at once: NumPy lets go of the interpreter while it computes."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import local

from core.algorithms.caches import cache_bytes
from core.integers import whole

LONGER = 4  # times: two threads that make short calls of NumPy wait for the interpreter more than for memory

_most = min(2, os.cpu_count() or 1)
_bands = local()


def set_num_threads(count: int) -> None:
    """How many bands of rows are computed at the same time; 1 keeps everything in the calling thread."""
    global _most
    _most = whole("threads", count, 1, 64)


def get_num_threads() -> int:
    return _most


def over_rows(work: Callable[[int, int], None], rows: int, worth_it: bool) -> None:
    """work(start, stop) over all rows, in as many bands as there are threads if the work is worth starting one."""
    parts = min(_most, rows) if worth_it else 1
    if parts <= 1:
        work(0, rows)
        return
    edges = [rows * part // parts for part in range(parts + 1)]
    others = [pool(parts).submit(beside, work, *edges[part : part + 2]) for part in range(1, parts)]
    try:
        beside(work, edges[0], edges[1])
    finally:
        for other in others:
            other.result()


def beside(work: Callable[[int, int], None], start: int, stop: int) -> None:
    """One of several bands that are computed at the same time."""
    _bands.many = True
    try:
        work(start, stop)
    finally:
        _bands.many = False


def tile_bytes(part: float, least: int = 0, most: int | None = None) -> int:
    """So much of a core's cache for what one call of NumPy works on; longer where other threads make calls too."""
    size = cache_bytes(part, least)
    return (size if most is None else min(size, most)) * (LONGER if getattr(_bands, "many", False) else 1)


@cache
def pool(parts: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(parts - 1, thread_name_prefix="band")
