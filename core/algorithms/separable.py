"""Kernels that are a column times a row: two short passes instead of one wide one, and binomials as chains of sums.

sobel-x = [1 2 1] down * [-1 0 1] across, and [1 2 1] = [1 1] * [1 1]: three additions a pixel, no multiplication.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from core.algorithms.arrays import Array

Taps = tuple[float, ...]  # the weights of one pass along one side

LONGEST_CHAIN = 12


@dataclass(frozen=True, slots=True)
class Chain:
    """One 1-D kernel as passes one after another; their polynomial product is the kernel."""

    passes: tuple[Taps, ...]

    @property
    def work(self) -> int:
        return sum(work(taps) for taps in self.passes)


def work(taps: Taps) -> int:
    """How many times a pass goes over the picture: one addition per further tap, one product per distinct weight."""
    weights = [abs(w) for w in taps if w]
    distinct = set(weights)
    return max(len(weights) - 1, 0) + len(distinct - {1.0}) + (all(w <= 0 for w in taps) and len(distinct) == 1)


def column_and_row(kernel: Array) -> tuple[Taps, Taps] | None:
    """Two 1-D kernels whose product is this one, exactly for integers, or None."""
    row, col = divmod(int(abs(kernel).argmax()), kernel.shape[1])
    if kernel[row, col] == 0:
        return None
    if kernel.dtype.kind == "f":
        return float_factors(kernel.astype(np.float64), row, col)
    down = [int(w) for w in kernel[:, col]]
    divisor = math.gcd(*down)
    down = [w // divisor for w in down]
    across = [Fraction(int(w), down[row]) for w in kernel[row]]
    exact = all(
        d * a == int(w) for d, line in zip(down, kernel, strict=True) for a, w in zip(across, line, strict=True)
    )
    if not exact or any(a.denominator != 1 for a in across):
        return None
    return tuple(map(float, down)), tuple(map(float, across))


def float_factors(kernel: Array, row: int, col: int) -> tuple[Taps, Taps] | None:
    down, across = kernel[:, col] / kernel[row, col], kernel[row]
    smallest = abs(down[down != 0]).min()
    if abs(down / smallest - np.round(down / smallest)).max() < 1e-12:  # [0.5 1 0.5] -> [1 2 1]
        down, across = np.round(down / smallest), across * smallest
    if abs(np.outer(down, across) - kernel).max() > 4e-16 * abs(kernel).max():
        return None
    return tuple(down.tolist()), tuple(across.tolist())


def chain(taps: Taps) -> Chain:
    """The passes that do the least work: sums and differences of neighbours are split off while that helps.

    >>> chain((1.0, 2.0, 1.0)).passes
    ((1.0, 1.0), (1.0, 1.0))
    >>> chain((-1.0, 0.0, 1.0)).passes
    ((-1.0, 0.0, 1.0),)
    """
    best = Chain((taps,))
    if len(taps) > LONGEST_CHAIN or any(w != int(w) for w in taps):
        return best
    for factor in ((1.0, 1.0), (-1.0, 1.0)):
        rest = divided(taps, factor[0])
        if rest is not None and len(rest) > 1:
            candidate = Chain((factor, *chain(rest).passes))
            best = min(best, candidate, key=lambda one: one.work)
    return best


def divided(taps: Taps, sign: float) -> Taps | None:
    """The taps whose pass, followed by (sign, 1), gives these; None if there are none."""
    rest: list[float] = []
    for w in taps[:-1]:
        rest.append(sign * (w - (rest[-1] if rest else 0.0)))
    return tuple(rest) if rest and rest[-1] == taps[-1] else None


def scale_of(taps: Taps) -> tuple[Taps, float]:
    """Whole-number taps and one factor, where the taps are multiples of one number: [0.25 0.5 0.25] = 0.25 [1 2 1].

    >>> scale_of((0.25, 0.5, 0.25))
    ((1.0, 2.0, 1.0), 0.25)
    """
    smallest = min((abs(w) for w in taps if w), default=1.0)
    ratios = [w / smallest for w in taps]
    if smallest == 1.0 or any(abs(r - round(r)) > 1e-12 or abs(r) > 1e6 for r in ratios):
        return taps, 1.0
    return tuple(float(round(r)) for r in ratios), smallest
