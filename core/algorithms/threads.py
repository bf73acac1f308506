"""Two halves of a large picture at once: NumPy lets go of the interpreter while it computes."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from core.integers import whole

_most = min(2, os.cpu_count() or 1)


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
    others = [pool(parts).submit(work, *edges[part : part + 2]) for part in range(1, parts)]
    try:
        work(edges[0], edges[1])
    finally:
        for other in others:
            other.result()


@cache
def pool(parts: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(parts - 1, thread_name_prefix="band")
