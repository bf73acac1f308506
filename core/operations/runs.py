"""The fast way to the windows of consecutive cells: a band of rows copied once for each kernel cell, not once a window.

Arrays here are (channels, kH, kW, n): each kernel cell's values for all windows lie side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.algorithms.arrays import holding, widened
from core.geometry import Slide
from core.vocabulary import Array

FEWEST_CELLS = 16  # in a run that is worth a band of its own


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive windows of one plane of the output: places first to last in memory order, over some channels."""

    channels: slice
    first: int
    last: int


def runs(at: Array, channels: Array, shape: tuple[int, int]) -> list[Run] | None:
    """The cells (n, 3) as a few runs; None where they are no runs or too many."""
    depth = channels.shape[1]
    if len(at) < FEWEST_CELLS or channels[0, -1] - channels[0, 0] + 1 != depth:
        return None
    plane, row, col = at.T
    place = row * shape[1]
    place += col
    ends = [len(at) - 1]
    if plane[0] != plane[-1]:
        ends = [*np.flatnonzero(plane[1:] != plane[:-1]).tolist(), *ends]
    starts = [0, *(end + 1 for end in ends[:-1])]
    if len(ends) * FEWEST_CELLS > len(at) or not consecutive(place, starts, ends):
        return None
    return [
        Run(slice(int(channels[start, 0]), int(channels[start, 0]) + depth), int(place[start]), int(place[end]))
        for start, end in zip(starts, ends, strict=True)
    ]


def consecutive(place: Array, starts: list[int], ends: list[int]) -> bool:
    return all(
        bool((place[start + 1 : end + 1] - place[start:end] == 1).all())
        for start, end in zip(starts, ends, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Plane:
    """The input with its slides: which cell each padded row and column shows, and how many windows fit across."""

    x: Array
    rows: Slide
    cols: Slide
    row_source: Array
    col_source: Array
    across: int
    fill: float

    def windows(self, run: Run) -> Array:
        """(channels, kH, kW, n)"""
        top, bottom = run.first // self.across, run.last // self.across
        if bottom == top + 1:  # two pieces of long rows: never the whole rows
            end = bottom * self.across
            pieces = [Run(run.channels, run.first, end - 1), Run(run.channels, end, run.last)]
            return np.concatenate([self.windows(piece) for piece in pieces], axis=-1)
        left, right = (run.first % self.across, run.last % self.across) if top == bottom else (0, self.across - 1)
        taps = self._taps(run.channels, (top, bottom), (left, right))
        skipped = run.first - top * self.across - left
        return taps[..., skipped : skipped + run.last - run.first + 1]

    def _taps(self, channels: slice, down: tuple[int, int], right: tuple[int, int]) -> Array:
        """Of the windows in some rows and columns of the output, what each kernel cell meets."""
        band = self._band(channels, positions_under(self.rows, *down), positions_under(self.cols, *right))
        kernel = (self.rows.kernel_size, self.cols.kernel_size)
        count = (down[1] - down[0] + 1, right[1] - right[0] + 1)
        taps = np.empty((len(band), *kernel, *count), band.dtype)
        for i in range(kernel[0]):
            lines = band[:, positions_met(self.rows, i, count[0])]
            for j in range(kernel[1]):
                taps[:, i, j] = lines[:, :, positions_met(self.cols, j, count[1])]
        return taps.reshape(len(band), *kernel, -1)

    def _band(self, channels: slice, down: slice, right: slice) -> Array:
        rows, cols = self.row_source[down], self.col_source[right]
        if contiguous(rows) and contiguous(cols):
            return holding(widened(self.x[channels, rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]), self.fill)
        band = holding(widened(self.x[channels, rows[:, None], cols]), self.fill)
        outside = (rows[:, None] < 0) | (cols < 0)
        if outside.any():
            band[:, outside] = self.fill
        return band


def positions_met(slide: Slide, tap: int, count: int) -> slice:
    """The padded positions that one kernel cell meets over `count` windows."""
    start = tap * slide.dilation
    return slice(start, start + (count - 1) * slide.stride + 1, slide.stride)


def positions_under(slide: Slide, first: int, last: int) -> slice:
    """The padded positions under the windows first to last."""
    return slice(first * slide.stride, last * slide.stride + slide.span)


def contiguous(source: Array) -> bool:
    return bool(source[0] >= 0 and (source[1:] - source[:-1] == 1).all())
