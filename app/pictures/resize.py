"""Smaller pictures: every cell is the exact mean of the area that it covers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Whole = npt.NDArray[np.int64]

BLOCK = 2**18  # cells that are worked on at a time


def fitted(size: tuple[int, int], longest_side: int) -> tuple[int, int]:
    """The size, shrunk in proportion until no side is longer; never enlarged, never 0.

    >>> fitted((451, 300), 64), fitted((10, 10), 64)
    ((64, 43), (10, 10))
    """
    longest = max(size)
    if longest <= longest_side:
        return size
    width, height = (max((2 * side * longest_side + longest) // (2 * longest), 1) for side in size)
    return width, height


def area_average(array: Pixels, longest_side: int) -> Pixels:
    """(C, H, W) -> (C, h, w), max(h, w) <= longest_side: each cell the mean of the area it covers.

    Exact in integers, cells cut by an edge counted by their share, halves rounded up; never enlarges.

    >>> area_average(np.array([[[0, 1], [1, 0]]], np.uint8), 1)
    array([[[1]]], dtype=uint8)
    """
    C, rows, cols = array.shape
    new_cols, new_rows = fitted((cols, rows), longest_side)
    if (new_rows, new_cols) == (rows, cols):
        return array
    down, across = Shares.of(rows, new_rows), Shares.of(cols, new_cols)
    means = np.empty((C, new_rows, new_cols), np.uint8)
    step, area = max(1, BLOCK // (C * cols)), rows * cols
    for first in range(0, new_rows, step):
        last = min(first + step, new_rows)
        sums = across.of_columns(down.of_rows(array, first, last))
        means[:, first:last] = np.floor((2 * sums + area) / (2 * area))  # exact: far from 53 bits
    return means


@dataclass(frozen=True, slots=True)
class Shares:
    """A side of `size` cells cut into `count` equal stretches; sums are in units of 1 / count of a cell.

    Stretch k begins in cell edges[k], of which shares[k] units belong to the stretch before it.
    """

    size: int
    count: int
    edges: Whole
    shares: Whole

    @classmethod
    def of(cls, size: int, count: int) -> Self:
        edges, shares = np.divmod(np.arange(count + 1, dtype=np.int64) * size, count)
        return cls(size, count, edges, shares)

    def of_rows(self, array: Pixels, first: int, last: int) -> Whole:
        """(C, H, W) -> (C, last - first, W): the sums over those stretches of rows."""
        sums = np.empty((len(array), last - first, array.shape[2]), np.int64)
        for index, (start, stop) in enumerate(pairwise(self.edges[first : last + 1].tolist())):
            rows = array[:, start:stop].astype(np.int64)  # widened first: reducing with a cast is 30 times slower
            np.add.reduce(rows, axis=1, out=sums[:, index])
        sums *= self.count
        sums -= array[:, self.edges[first:last]] * self.shares[first:last, None]
        after = np.minimum(self.edges[first + 1 : last + 1], self.size - 1)
        sums += array[:, after] * self.shares[first + 1 : last + 1, None]
        return sums

    def of_columns(self, lines: Whole) -> Whole:
        """(C, n, W) -> (C, n, count): the sums over all stretches of columns."""
        before = np.zeros((*lines.shape[:2], self.size + 1), np.int64)
        np.cumsum(lines, axis=2, out=before[..., 1:])
        before = before.take(self.edges, axis=2)
        sums = before[..., 1:] - before[..., :-1]
        sums *= self.count
        cut = lines.take(np.minimum(self.edges, self.size - 1), axis=2)
        cut *= self.shares
        sums -= cut[..., :-1]
        sums += cut[..., 1:]
        return sums
