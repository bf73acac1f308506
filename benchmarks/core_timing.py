"""Fair clocks for a busy machine: opponents take turns, and medians of the ratios of neighbours count.

A turn begins with a few milliseconds that are not timed, so that nobody pays for what the other left in the caches:
the numbers are those of a loop over frames.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np

from core.algorithms import caches

Work = Callable[[], object]

SECONDS = 1.5  # spent on a pair
WARM_SECONDS = 0.003  # not timed at the beginning of a turn
FEWEST, MOST = 5, 301


@dataclass(frozen=True)
class Duel:
    """The median of ours / theirs over many rounds, and the median seconds of each."""

    ratio: float
    ours: float
    theirs: float
    rounds: int


def duel(ours: Work, theirs: Work, inner: int = 1) -> Duel:
    """Both by turns; `inner` calls a turn for those that are over in microseconds."""
    ours()
    theirs()
    pairs: list[tuple[float, float]] = []
    started = time.perf_counter()
    while len(pairs) < FEWEST or (len(pairs) < MOST and time.perf_counter() - started < SECONDS):
        pairs.append((turn(ours, inner), turn(theirs, inner)))
    ratio = median(mine / other for mine, other in pairs)
    return Duel(ratio, median(mine for mine, _ in pairs), median(other for _, other in pairs), len(pairs))


def turn(work: Work, inner: int) -> float:
    started = time.perf_counter()
    work()
    while time.perf_counter() - started < WARM_SECONDS:
        work()
    return seconds(work, inner)


def seconds(work: Work, inner: int = 1) -> float:
    started = time.perf_counter()
    for _ in range(inner):
        work()
    return (time.perf_counter() - started) / inner


def best_seconds(work: Work, times: int = 7) -> float:
    work()
    return median(seconds(work) for _ in range(times))


def suppose_cache() -> int:
    """The core's cache in bytes; with LEVEL2_KIB in the environment, what a machine with such a cache would cut to."""
    supposed = os.environ.get("LEVEL2_KIB")
    if supposed:
        size = int(supposed) * 2**10
        caches.level2 = lambda: size  # type: ignore[assignment]
    return caches.level2()


def copy_speed() -> float:
    """Bytes a second, read and written, of copying a 1080p float32 picture."""
    x = np.ones((1080, 1920), np.float32)
    y = np.empty_like(x)
    return 2 * x.nbytes / best_seconds(lambda: np.copyto(y, x), 31)


def product_speed() -> float:
    """Floating-point operations a second of a large sgemm."""
    side = 1024
    a, b = np.ones((side, side), np.float32), np.ones((side, side), np.float32)
    c = np.empty_like(a)
    return 2 * side**3 / best_seconds(lambda: np.matmul(a, b, out=c))
