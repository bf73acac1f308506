"""Convolution as matrix multiplication: windows laid out as columns, so that BLAS does the sums.

Small pictures are laid out once, as textbooks show it (im2col). Large ones are walked in bands of rows: a band keeps
only the kW sideways shifts of each of its rows, and every output row reads kH of those rows where they lie
(memory-efficient convolution, Cho and Brand 2017). With few kernels several output rows share one product, whose
matrix then holds the kernel once per row, each time one row lower: a band matrix.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from core.algorithms.arrays import Array, all_finite
from core.algorithms.shapes import Shapes
from core.algorithms.windows import covered, fill_region, region, windows
from core.algorithms.workspace import WORKSPACE
from core.geometry import Pair, Slide

BAND_BYTES = 2**21  # of shifted rows; for wide kernels twice as much, or a band shares too few rows with itself
LONGEST_ENDS = 1.5  # times the output: how long a line of the padded picture may be to be copied with its ends
TALL_ENOUGH = 4  # rows of a product below which BLAS starves; 8 for wide kernels
WIDE = 7  # measured with OpenBLAS' Haswell kernels, see docs/core.md


class Columns:
    """A prepared im2col: padded picture, columns and kernels stay where they are between calls.

    With stride 1 a column runs along whole lines of the padded picture, ends included: one long copy instead of a
    short one per row. The products at the line ends mean nothing and are left behind.
    """

    def __init__(self, shapes: Shapes, kernels: Array) -> None:
        self.shapes = shapes
        n, c, height, width = shapes.input
        (top, bottom), (left, right) = (slide.padding for slide in shapes.slides)
        self.picture = np.zeros((n, c, top + height + bottom, left + width + right), dtype=kernels.dtype)
        self.inside = self.picture[:, :, top : top + height, left : left + width]
        rows, cols = shapes.count
        line = self.picture.shape[3]
        along = all(slide.stride == 1 for slide in shapes.slides) and line <= LONGEST_ENDS * cols
        self.view = windows(self.picture, shapes.slides, (1, (rows - 1) * line + cols) if along else shapes.count)
        self.laid_out = np.empty(self.view.shape, dtype=kernels.dtype)  # (N, C, kH, kW, oH, oW) or (..., 1, cells)
        groups, share = shapes.groups, shapes.weight[0] // shapes.groups
        deep, cells = shapes.weight[1] * shapes.weight[2] * shapes.weight[3], self.view.shape[4] * self.view.shape[5]
        self.columns = squeezed(self.laid_out.reshape(n, groups, deep, cells))
        self.rows = squeezed(np.ascontiguousarray(kernels).reshape(1, groups, share, deep))
        wide = line if along else cols
        made = np.empty((n, groups, share, rows * wide), dtype=kernels.dtype)
        self.product = squeezed(made)[..., :cells]
        self.answer = made.reshape(*shapes.output[:3], wide)[..., :cols]
        self.straight = squeezed_shape((n, groups, share, cells)) if self.answer.flags.c_contiguous else None

    def run(self, x: Array, y: Array) -> None:
        """y = kernels as rows @ windows as columns"""
        if self.shapes.padding_mode == "zeros":
            self.inside[...] = x
        else:
            rows, cols = (covered_side(slide, size) for slide, size in
                          zip(self.shapes.slides, self.shapes.input[2:], strict=True))  # fmt: skip
            fill_region(self.picture, x.reshape(self.shapes.input), rows, cols, self.shapes.padding_mode, 0)
        self.laid_out[...] = self.view
        if self.straight is not None and y.dtype == self.product.dtype:
            np.matmul(self.rows, self.columns, out=y.reshape(self.straight))
            return
        np.matmul(self.rows, self.columns, out=self.product)
        y.reshape(self.shapes.output)[...] = self.answer


def squeezed(array: Array) -> Array:
    """Without a batch or groups of one: matmul is quicker on plain matrices."""
    return array.reshape(squeezed_shape(array.shape))


def squeezed_shape(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(side for side in shape[:2] if side != 1) + shape[2:]


def covered_side(slide: Slide, size: int) -> Pair:
    return -slide.padding[0], size + slide.padding[1]


@dataclass(frozen=True, slots=True)
class Bands:
    """One group of channels of one picture, walked in bands of output rows."""

    shapes: Shapes

    def together(self) -> int:
        """How many output rows one product makes, so that it is tall enough for BLAS."""
        kernels = self.shapes.weight[0] // self.shapes.groups
        tall = TALL_ENOUGH if self.shapes.weight[2] <= WIDE else 2 * TALL_ENOUGH
        return max(1, -(-tall // kernels)) if self.shapes.slides[0].dilation == 1 else 1

    def rows(self, itemsize: int) -> int:
        """How many output rows a band has, a multiple of those made together."""
        slide, together = self.shapes.slides[0], self.together()
        a_row = self.shapes.weight[1] * self.shapes.weight[3] * self.shapes.count[1] * itemsize * slide.stride
        room = BAND_BYTES if self.shapes.weight[3] < WIDE else 2 * BAND_BYTES
        return max(together, (room // a_row - slide.span // slide.stride) // together * together)


def banded_weight(kernels: Array, together: int, stride: int) -> Array:
    """(F, C, kH, kW) -> (rows * F, input rows * C * kW): the kernel once per output row, each time lower."""
    f, c, kh, kw = kernels.shape
    rows = (together - 1) * stride + kh
    band = np.zeros((together, f, rows, c, kw), dtype=kernels.dtype)
    for row in range(together):
        band[row, :, row * stride : row * stride + kh] = kernels.transpose(0, 2, 1, 3)
    return band.reshape(together * f, rows * c * kw)


def correlate_bands(
    x: Array, kernels: Array, shapes: Shapes, out: Array, start: int, stop: int, origin: int = 0
) -> None:
    """Output rows start..stop of one group: (C, H, W) * (F, C, kH, kW) -> out (F, rows from `origin`, oW)."""
    if start >= stop:
        return
    bands = Bands(shapes)
    together, step = bands.together(), bands.rows(kernels.itemsize)
    if together > 1 and not all_finite(x):
        together = 1  # a zero of the band matrix times NaN would be NaN in other rows
    weights = banded_weight(kernels, together, shapes.slides[0].stride)
    lowest = banded_weight(kernels, 1, 1)
    buffer = shifted_rows_buffer(shapes, min(step, stop - start), kernels.dtype)
    for first in range(start, stop, step):
        last = min(first + step, stop)
        whole = first + (last - first) // together * together
        shifts = shift_rows(x, shapes, first, last, buffer)
        multiply(weights, shifts, shapes, together, out[:, first - origin : whole - origin])
        if whole < last:
            rest = shifts[(whole - first) * shapes.slides[0].stride :]
            multiply(lowest, rest, shapes, 1, out[:, whole - origin : last - origin])


def shifted_rows_buffer(shapes: Shapes, rows: int, dtype: np.dtype[Any]) -> Array:
    """(rows, C, kW, oW), with whatever was in it before."""
    first, last = covered(shapes.slides[0], 0, rows)
    shape = (last - first, shapes.weight[1], shapes.weight[3], shapes.count[1])
    return WORKSPACE.line("shifted rows", math.prod(shape), dtype).reshape(shape)


def shift_rows(x: Array, shapes: Shapes, start: int, stop: int, buffer: Array) -> Array:
    """Every input row under output rows start..stop, shifted once per kernel column."""
    rows = covered(shapes.slides[0], start, stop)
    height = rows[1] - rows[0]
    shifts = buffer[:height]
    if shapes.padding_mode != "zeros":
        cols = covered(shapes.slides[1], 0, shapes.count[1])
        x = region(x[None], rows, cols, shapes.padding_mode)[0]
        above, below, left = 0, x.shape[1], 0
    else:
        above = min(max(-rows[0], 0), height)
        below = min(max(x.shape[1] - rows[0], above), height)
        x = x[:, max(rows[0], 0) : rows[0] + below]
        left = shapes.slides[1].padding[0]
    shifts[:above] = 0
    shifts[below:] = 0
    slide, picture = shapes.slides[1], x.transpose(1, 0, 2)
    for j in range(slide.kernel_size):
        offset = j * slide.dilation - left
        first = max(-(offset // slide.stride), 0)
        last = min((x.shape[2] - 1 - offset) // slide.stride + 1, shapes.count[1])
        shifts[above:below, :, j, : max(min(first, last), 0)] = 0
        shifts[above:below, :, j, max(last, 0) :] = 0
        if first < last and above < below:
            at = offset + first * slide.stride
            source = picture[:, :, at : at + (last - first - 1) * slide.stride + 1 : slide.stride]
            shifts[above:below, :, j, first:last] = source
    return shifts


def multiply(weights: Array, shifts: Array, shapes: Shapes, together: int, out: Array) -> None:
    """out[:, r] = weights @ the shifted rows under output row r, for all rows of the band in one batched product."""
    f, rows, cols = out.shape
    slide = shapes.slides[0]
    row_stride, per_row = shifts.strides[0], shifts.shape[1] * shifts.shape[2]
    if slide.dilation > 1:
        return multiply_dilated(weights, shifts, shapes, out)
    products = rows // together
    deep = weights.shape[1]
    seen = as_strided(
        shifts,
        (products, deep, cols),
        (row_stride * slide.stride * together, row_stride // per_row, shifts.itemsize),
        writeable=False,
    )
    # (F, rows, oW) -> (products, together * F, oW), written where it lies when one of the two is 1
    if together == 1:
        np.matmul(weights, seen, out=out.transpose(1, 0, 2))
    elif f == 1:
        np.matmul(weights, seen, out=out.reshape(products, together, cols))
    else:
        made = np.matmul(weights, seen).reshape(products, together, f, cols)
        out.reshape(f, products, together, cols)[...] = made.transpose(2, 0, 1, 3)
    return None


def multiply_dilated(weights: Array, shifts: Array, shapes: Shapes, out: Array) -> None:
    """With holes between the rows there is nothing to read in one piece: one product per kernel row, added up."""
    f, rows, cols = out.shape
    slide = shapes.slides[0]
    parts = weights.reshape(f, slide.kernel_size, -1)
    deep = parts.shape[2]
    for i in range(slide.kernel_size):
        seen = shifts[i * slide.dilation :][: (rows - 1) * slide.stride + 1 : slide.stride].reshape(rows, deep, cols)
        product = np.matmul(parts[:, i], seen).transpose(1, 0, 2)
        if i == 0:
            out[...] = product
        else:
            out += product
