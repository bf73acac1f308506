"""Whole numbers are exact or refused: the largest sum that could occur is known before a sum is made.

The bound is a Python integer, so it cannot wrap itself: the largest number of the picture times what the weights of
one sum add up to. Of pictures of bytes their type says enough; wider ones are looked through once.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from core.algorithms.arrays import LARGEST_INTEGER, Array
from core.errors import SceneError
from core.geometry import Pair, Slide


def largest(x: Array) -> int:
    """The largest magnitude in an integer array, as an exact Python int."""
    if x.size == 0:
        return 0
    return max(abs(int(x.max())), abs(int(x.min())))


def largest_of_type(dtype: np.dtype[Any]) -> int:
    """The largest magnitude that integers of that type can have."""
    limits = np.iinfo(dtype)
    return max(int(limits.max), -int(limits.min))


def heaviest(weights: Array) -> int:
    """Of each row of the first axis the magnitudes added up; the largest of these sums, exactly."""
    if weights.size == 0:
        return 0
    rows = weights.reshape(len(weights), -1)
    if largest(rows) * rows.shape[1] < 2**62:
        return int(abs(rows.astype(np.int64, copy=False)).sum(axis=1).max())
    return max(sum(abs(int(weight)) for weight in row) for row in rows)


def heaviest_stamps(weights: Array, groups: int) -> int:
    """What all kernel cells that can meet in one output of a transposed convolution add up to."""
    channels, planes = weights.shape[:2]
    grouped = weights.reshape(groups, channels // groups, planes, *weights.shape[2:])
    return heaviest(grouped.swapaxes(1, 2).reshape(groups * planes, -1))


def most_stamps(slides: tuple[Slide, Slide], count: Pair) -> int:
    """No cell lies under more windows than this."""
    return math.prod(min(slide.kernel_size, windows) for slide, windows in zip(slides, count, strict=True))


def exact_bound(limit: int, kernels: Array, bias: Array | None) -> int:
    """No sum of these integers, nor any part of one, is larger than this."""
    return limit * heaviest(kernels) + (largest(bias) if bias is not None else 0)


def refuse_overflow(bound: int) -> None:
    """No sum may wrap around silently."""
    if bound > LARGEST_INTEGER:
        raise SceneError("x", bound, "sums could reach this and no longer be exact in 64 bits: use floats")


def check_sums(x: Array, factor: int, more: int = 0, among: int = 0) -> None:
    """Refuses integers of which sums could leave 64 bits: `factor` times the largest of them, and `more`.

    `among` is a number that stands among those of x, as the value of a border does.
    """
    if x.dtype.kind == "f":
        return
    if max(largest_of_type(x.dtype), among) * factor + more > LARGEST_INTEGER:
        refuse_overflow(max(largest(x), among) * factor + more)
