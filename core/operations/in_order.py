"""Whole maps whose sums are made in the order in which a step tells them, so that both end in the same last digit.

Floats round at every addition, so another order gives another last digit. A step adds its products channel by channel,
row by row; matrix products and shifted pictures do not. Here many sums are made at once, each of them in that order.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from core.algorithms.arrays import matching
from core.operations.runs import Plane, Run
from core.operations.sums import FEW_ADDENDS, in_order
from core.operations.windows import Windows
from core.vocabulary import Array, Layer

MOST_PRODUCTS = 2**22  # of a map; beyond, the fast ways are ten milliseconds ahead (docs/core.md)
COLUMNS = 2**18  # cells of windows that are laid out at a time
AT_WORK = 2**15  # sums that are made at a time: they and their products stay in the core's own cache


def correlated(
    windows: Windows, x: Array, weight: Array, groups: int, fill: float, links: Array | None = None
) -> Array:
    """The sums of products (F, oH, oW), before divisor and bias, as the steps make them.

    Shape    x (C, H, W), weight (F, C / groups, kH, kW); links (F, C) where some channels are not seen
    """
    F, deep, *kernel = weight.shape
    kernels = matching(weight, x).reshape(groups, F // groups, deep, math.prod(kernel))
    if few(windows):
        sums = joined([beside(kernels, some, links) for some in gathered(windows, x, fill)])
    else:
        taps = np.ascontiguousarray(np.moveaxis(kernels, -1, 0))
        sums = joined([added(taps, some, links) for some in columns(windows, x, fill)])
    return sums.reshape(F, *windows.shape)


def pooled(windows: Windows, x: Array) -> Array:
    """The sums of the cells under each window, each channel by itself: (C, oH, oW)."""
    if few(windows):
        sums = joined([in_order(some, 2).T for some in gathered(windows, x, 0)])
    else:
        sums = joined([in_order(np.moveaxis(some, 1, 2), 2) for some in columns(windows, x, 0)])
    return sums.reshape(len(x), *windows.shape)


def stepped(layer: Layer, x: Array) -> Array:
    """The map of a layer whose windows differ in size: the outputs of all its steps."""
    at = np.stack(np.unravel_index(np.arange(layer.steps), layer.walked_shape), axis=1)
    size = max(1, COLUMNS // layer.step_cells())
    made = joined([layer.outputs(x, at[first : first + size]) for first in range(0, len(at), size)])
    return made.reshape(layer.output_shape)


def few(windows: Windows) -> bool:
    """Whether there are fewer windows than cells in each: then a sum at a time is added up, not a cell at a time."""
    return kernel_cells(windows) > max(FEW_ADDENDS, math.prod(windows.shape))


def kernel_cells(windows: Windows) -> int:
    return windows.rows.kernel_size * windows.cols.kernel_size


def pieces(windows: Windows, x: Array) -> Iterator[tuple[int, int]]:
    """So many windows at a time, first and one after the last."""
    cells, step = math.prod(windows.shape), max(1, COLUMNS // (len(x) * kernel_cells(windows)))
    for first in range(0, cells, step):
        yield first, min(first + step, cells)


def columns(windows: Windows, x: Array, fill: float) -> Iterator[Array]:
    """The cells under windows (C, kH * kW, n): each kernel cell's values side by side."""
    rows, cols = windows.slides
    plane = Plane(x, rows, cols, windows.row_source, windows.col_source, windows.shape[1], fill)
    for first, last in pieces(windows, x):
        yield plane.windows(Run(slice(0, len(x)), first, last - 1)).reshape(len(x), -1, last - first)


def gathered(windows: Windows, x: Array, fill: float) -> Iterator[Array]:
    """The same with each window's cells side by side: (n, C, kH * kW)."""
    for first, last in pieces(windows, x):
        at = np.stack(np.unravel_index(np.arange(first, last), (1, *windows.shape)), axis=1)
        channels = np.broadcast_to(np.arange(len(x)), (len(at), len(x)))
        yield windows.gather_scattered(x, channels, at, fill).reshape(len(at), len(x), -1)


def added(taps: Array, under: Array, links: Array | None) -> Array:
    """taps (size, groups, F, deep) and columns (groups * deep, size, n) -> (groups * F, n)"""
    size, groups, F, deep = taps.shape
    seen = under.reshape(groups, 1, deep, size, -1)
    step = max(1, AT_WORK // (groups * deep * seen.shape[-1]))
    sums = np.empty((groups, F, seen.shape[-1]), np.result_type(taps, seen))
    for first in range(0, F, step):
        some = taps[:, :, first : first + step, :, None]
        by_channel = some[0] * seen[..., 0, :]
        products = np.empty_like(by_channel)
        for place in range(1, size):
            np.multiply(some[place], seen[..., place, :], out=products)
            by_channel += products
        if links is not None:  # whatever stands in a channel that is not seen, NaN too
            by_channel[0, ~links[first : first + step]] = 0
        sums[:, first : first + step] = in_order(np.moveaxis(by_channel, 2, 3), 3)
    return sums.reshape(groups * F, -1)


def beside(kernels: Array, under: Array, links: Array | None) -> Array:
    """kernels (groups, F, deep, size) and windows (n, groups * deep, size) -> (groups * F, n)"""
    groups, F, deep, size = kernels.shape
    seen = under.reshape(-1, groups, deep, size)
    sums = np.empty((groups, F, len(seen)), np.result_type(kernels, seen))
    for place in range(F):
        by_channel = in_order(seen * kernels[:, place], 3)
        if links is not None:
            by_channel[:, 0, ~links[place]] = 0
        sums[:, place] = in_order(by_channel, 2).T
    return sums.reshape(groups * F, -1)


def joined(made: list[Array]) -> Array:
    return made[0] if len(made) == 1 else np.concatenate(made, axis=-1)
