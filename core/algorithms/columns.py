"""Convolution of a single plane, column by column of the kernel: one matrix product, then shifted sums.

A column of a kernel alone looks straight down: it reads kH rows of the picture where they lie, and nothing has to be
copied. Every column makes a map of its own, and all of them are one product, four output rows at a time, so that BLAS
has work: a matrix that holds the columns once per output row, each time one row lower. The feature map is the sum of
these maps, each moved left by the place of its column.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import as_strided

from core.algorithms.arrays import Array, all_finite
from core.algorithms.gemm import banded_weight
from core.algorithms.shapes import Shapes
from core.algorithms.windows import covered, region
from core.algorithms.workspace import WORKSPACE, rows_in_place
from core.geometry import Pair

TOGETHER = 4  # output rows of one product
BAND_BYTES = 2**22  # of the columns' maps
APART = 16  # cells between the rows of the maps: rows of 4096 bytes would all want the same places in the cache


@dataclass(frozen=True, slots=True)
class Kernel:
    """One kernel (kH, kW), prepared: its columns for four output rows at a time, and for one."""

    four: Array  # (4 * kW, kH + 3)
    one: Array  # (kW, kH)


def prepared(kernel: Array) -> Kernel:
    columns = kernel.T[:, None, :, None]
    return Kernel(banded_weight(columns, TOGETHER, 1), banded_weight(columns, 1, 1))


def correlate_columns(x: Array, kernel: Kernel, shapes: Shapes, y: Array, start: int, stop: int) -> None:
    """Output rows start..stop of one plane, (H, W) * (kH, kW) -> y (stop - start, oW); stride and dilation 1."""
    kernel_width, zeros = len(kernel.one), shapes.padding_mode == "zeros"
    cols = (0, x.shape[1]) if zeros else covered(shapes.slides[1], 0, shapes.count[1])
    places = [j - shapes.slides[1].padding[0] * zeros for j in range(kernel_width)]
    width, dtype = cols[1] - cols[0], kernel.one.dtype
    a_row = kernel_width * (width + APART)
    fitting = BAND_BYTES // (a_row * dtype.itemsize)
    step = max(1, min(stop - start, fitting // TOGETHER * TOGETHER or fitting))
    maps = WORKSPACE.line("maps of columns", step * a_row, dtype).reshape(step, kernel_width, width + APART)
    with np.errstate(invalid="ignore"), rows_in_place(width):
        for first in range(start, stop, step):
            rows = min(step, stop - first)
            under = covered(shapes.slides[0], first, first + rows)
            seen = region(x[None, None], under, cols, shapes.padding_mode)[0, 0].astype(dtype, copy=False)
            # a zero of the matrix times NaN would be NaN in other rows too
            whole = rows // TOGETHER * TOGETHER if all_finite(seen) else 0
            multiply(kernel.four, seen, maps[:whole], TOGETHER)
            multiply(kernel.one, seen[whole:], maps[whole:rows], 1)
            add_moved(maps[:rows, :, :width], places, y[first - start : first - start + rows])


def multiply(weights: Array, seen: Array, maps: Array, together: int) -> None:
    """The maps of all columns, (rows, kW, W), of the picture's rows under them."""
    products, width, (row, cell) = len(maps) // together, seen.shape[1], seen.strides
    if products:
        under = as_strided(seen, (products, weights.shape[1], width), (row * together, row, cell), writeable=False)
        np.matmul(weights, under, out=maps.reshape(products, len(weights), -1)[:, :, :width])


def add_moved(maps: Array, places: list[int], y: Array) -> None:
    """y[r, k] = sum over j of maps[r, j, k + places[j]], as far as the picture goes; the maps are used up."""
    parts = [(met(place, maps.shape[2], y.shape[1]), maps[:, j], place) for j, place in enumerate(places)]
    parts = [part for part in parts if part[0][0] < part[0][1]]
    whole = next((number for number, part in enumerate(parts) if part[0] == (0, y.shape[1])), None)
    if whole is None:
        y[...] = 0
        total, moved = y, 0
    else:
        _, total, moved = parts.pop(whole)
    (start, stop), last, place = parts.pop() if parts and total is not y else ((0, 0), total, moved)
    for (first, end), one, at in parts:
        some = total[:, first + moved : end + moved]
        np.add(some, one[:, first + at : end + at], out=some)
    if total is y:
        return
    for left, right in ((0, start), (stop, y.shape[1])):
        y[:, left:right] = total[:, left + moved : right + moved]
    np.add(last[:, start + place : stop + place], total[:, start + moved : stop + moved], out=y[:, start:stop])


def met(place: int, width: int, count: int) -> Pair:
    """The outputs whose cell at this place lies in the picture."""
    return max(-place, 0), min(width - place, count)
